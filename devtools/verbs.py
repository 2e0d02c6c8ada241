"""The verbs of dev.py, their manual pages and what they do."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from devtools.environment import ROOT, Parts, make_ready, run, start
from devtools.locks import make_locks
from devtools.system_parts import need_program
from devtools.telling import CannotGoOnError, tell

PEERS = {
    "previews": ("vipsthumbnail", "libvips-tools"),
    "uploads": ("rclone", "rclone"),
    "window_start": ("qimgv", "qimgv"),
}
"""Programs that a bench measures against, by the bench's name, each with the Debian package that brings it."""


NICENESS = 10
"""Of the tests: whoever uses the computer meanwhile does not notice them."""


ON_A_SCREEN = {"frames", "idle", "million_rows", "upload_frames", "window_start", "workspace_switch"}
"""The benches that open the window on an X server of their own."""


@dataclass(frozen=True)
class Verb:
    """One task of dev.py: how it is called, what it is for in a line, its manual page and what carries it out."""

    usage: str
    summary: str
    manual: str
    act: Callable[[Sequence[str]], int]


def main(arguments: Sequence[str]) -> int:
    """Carries out one command line and returns its exit code, or goes on as another program."""
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(_overview())
        return 0
    name, *rest = arguments
    if name not in VERBS:
        tell(f"dev.py has no verb “{name}”. It knows: {', '.join(VERBS)}.")
        return 2
    if rest in (["-h"], ["--help"]):
        print(f"usage: python dev.py {VERBS[name].usage}\n\n{VERBS[name].summary}\n\n{VERBS[name].manual.strip()}")
        return 0
    try:
        return VERBS[name].act(rest[1:] if rest[:1] == ["--"] else rest)
    except CannotGoOnError as reason:
        tell(str(reason))
        return 1
    except KeyboardInterrupt:
        return 130


def _overview() -> str:
    width = max(len(verb.usage) for verb in VERBS.values())
    lines = [
        "usage: python dev.py VERB [arguments]",
        "",
        "Every task of a developer of DMDX Studio. The first use makes .venv from the lock files in requirements/",
        "and sees to what the operating system lacks; later uses start at once.",
        "",
        *(f"  {verb.usage:<{width}}  {verb.summary}" for verb in VERBS.values()),
        "",
        "python dev.py VERB --help says more about one of them.",
    ]
    return "\n".join(lines)


def _run(arguments: Sequence[str]) -> int:
    if arguments[:1] == ["--demo"]:
        make_ready(Parts.DEV)
        start(["-m", "tests.servers.demo", *arguments[1:]], folder=ROOT)
    make_ready(Parts.RUN)
    # -P keeps the folder the user stands in, and whatever Python files lie there, out of the program.
    start(["-P", "-m", "dmdx_desktop", *arguments])


def _test(arguments: Sequence[str]) -> int:
    make_ready(Parts.DEV)
    workers = max(2, min(os.cpu_count() or 2, 8))
    # Each process begins with a stretch of its own and takes over from the others' ends: what tests of one file make
    # once is seldom made by two processes.
    processes = ("-n", str(workers), "--dist", "worksteal")
    spread = () if any(word.startswith(("-n", "--numprocesses")) for word in arguments) else processes
    if hasattr(os, "nice"):
        # As nice as the core of a window: tests beside it would leave it next to no time.
        os.nice(NICENESS)
    # Tests start the program hundreds of times. Where Python is told to keep no byte code, each start would compile it.
    run(["-m", "compileall", "-q", "dmdx_desktop"])
    start(["-m", "pytest", *spread, *arguments], folder=ROOT)


def _lint(arguments: Sequence[str]) -> int:
    if arguments not in ([], ["--fix"]):
        tell("dev.py lint takes nothing but --fix.")
        return 2
    make_ready(Parts.DEV)
    checks = (
        [["ruff", "check", "--fix"], ["ruff", "format"], ["mypy"]]
        if arguments
        else [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]]
    )
    return max([run(["-m", *check]) for check in checks])


def _bench(arguments: Sequence[str]) -> int:
    return _measure("bench", arguments)


def _soak(arguments: Sequence[str]) -> int:
    return _measure("tests/soak", arguments)


def _measure(folder: str, arguments: Sequence[str]) -> int:
    """Runs one script of ``folder`` with its own arguments, or without a name each of them in turn."""
    scripts = _scripts(folder)
    if arguments[:1] == ["--list"]:
        print("\n".join(f"{name:<12} {purpose}" for name, purpose in scripts.items()))
        return 0
    names = arguments[:1] or list(scripts)
    unknown = [name for name in names if name not in scripts]
    if unknown or not names:
        tell(f"{folder}/ has no script “{''.join(unknown)}”. It has: {', '.join(scripts) or 'none yet'}.")
        return 2
    make_ready(Parts.DEV)
    codes = {}
    for name in names:
        if folder == "bench" and name in ON_A_SCREEN:
            need_program("Xvfb", "xvfb")
        if name in PEERS:
            need_program(*PEERS[name])
        codes[name] = run(["-m", f"{folder.replace('/', '.')}.{name}", *arguments[1:]])
    if len(codes) > 1:
        print("\n".join(f"{'FAIL' if code else 'PASS'} {name}" for name, code in codes.items()))
    return max(codes.values())


def _scripts(folder: str) -> dict[str, str]:
    """The scripts of ``folder`` that can be started, each with the first line of its documentation."""
    texts = {file.stem: file.read_text(encoding="utf-8") for file in sorted((ROOT / Path(folder)).glob("*.py"))}
    started = {name: text for name, text in texts.items() if '__name__ == "__main__"' in text}
    return {name: text.removeprefix('"""').splitlines()[0].strip().rstrip('"') for name, text in started.items()}


def _contact_sheet(arguments: Sequence[str]) -> int:
    make_ready(Parts.DEV)
    return run(["-m", "devtools.contact_sheet", *arguments])


def _screenshots(arguments: Sequence[str]) -> int:
    make_ready(Parts.DEV)
    need_program("Xvfb", "xvfb")
    return run(["-m", "devtools.screenshots", *arguments])


def _package(arguments: Sequence[str]) -> int:
    if arguments:
        tell("dev.py package takes no arguments.")
        return 2
    make_ready(Parts.DEV)
    return run(["-m", "devtools.package"])


def _translations(arguments: Sequence[str]) -> int:
    make_ready(Parts.DEV)
    return run(["-m", "devtools.translations", *arguments])


def _lock(arguments: Sequence[str]) -> int:
    if arguments:
        tell("dev.py lock takes no arguments.")
        return 2
    make_locks()
    return 0


VERBS = {
    "run": Verb(
        "run [--demo] [arguments]",
        "Start DMDX Studio.",
        """
Everything after “run” goes to the program as it stands, in the folder you stand in. For the program's own manual:

  python dev.py run -- --help
  python dev.py run render --help

With --demo in front, servers on this computer stand in for WaveSpeed, OpenRouter and a bucket: the whole way to paid
pictures can be gone without a key, a network or a cent. Their pictures are drafts, and say so.

  python dev.py run --demo

Example: python dev.py run render resources/samples --to /path/for/pictures
""",
        _run,
    ),
    "test": Verb(
        "test [pytest arguments]",
        "Run the tests, or what pytest's arguments choose of them.",
        """
The tests run in as many processes as the machine has processors (2 to 8), with no screen and no network.
Everything after “test” goes to pytest, in the project's folder. The exit code is pytest's: 0 when all is well.

  python dev.py test                         everything, but of some long tests a few, by turns
  python dev.py test --thorough              everything
  python dev.py test tests/unit -k recipe    some of it
  python dev.py test -n 0 --pdb              in one process, with the debugger at the first failure
  python dev.py test --seed 1234             with the random choices of an earlier run, which printed this number
  python dev.py test -- --help               pytest's own manual
""",
        _test,
    ),
    "lint": Verb(
        "lint [--fix]",
        "Check style and types: ruff, its formatter and mypy --strict.",
        """
Runs all three and exits 0 when none complains. With --fix ruff mends and formats what it can.
The tests run the same checks (tests/arch/test_lint.py).
""",
        _lint,
    ),
    "bench": Verb(
        "bench [name]",
        "Measure the headline figures, each against its peer in the same run.",
        """
Without a name every script of bench/ runs in turn; --list names them. Each prints its rounds, medians, spread,
ratio and gate, and exits 0 when the gate is passed. Figures mean something on an otherwise idle machine only; the
load average is printed with them. The peer programs are installed where that is possible (Debian, as root), and
otherwise the command for it is printed.

  python dev.py bench --list
  python dev.py bench start
""",
        _bench,
    ),
    "soak": Verb(
        "soak [name] [arguments]",
        "Run the long forms of tests: for hours, or hundreds of crashes.",
        """
Without a name every script of tests/soak/ runs in turn with its defaults; --list names them. What follows the
name goes to the script.

  python dev.py soak crash --kills 500
""",
        _soak,
    ),
    "contact-sheet": Verb(
        "contact-sheet [options]",
        "Draw every sample in every scene and metal, as sheets to look at.",
        """
Draws the pictures of tests/samples with the operations of the program and writes one PNG sheet for each, a row for
each scene and a column for each metal, and all of them as contact-sheet.pdf.

  python dev.py contact-sheet                                    everything, into build/contact-sheet
  python dev.py contact-sheet --pieces ring --most 4             some samples
  python dev.py contact-sheet --scenes marble slate --metals rose_gold --size 640
  python dev.py contact-sheet --crops 4096                       also edges at 100 % of drafts of 4096 pixels
  python dev.py contact-sheet --workers 1 --to /path/for/sheets  one process, another folder
  python dev.py contact-sheet --for-docs                         the small sheets in docs/pictures instead
""",
        _contact_sheet,
    ),
    "screenshots": Verb(
        "screenshots [--to FOLDER] [--theme dark|light]",
        "Write every screen of the window in both themes, from the samples.",
        """
Opens the real window on an X server of its own, makes the drafts of the six samples, and writes each screen, dark and
light, 1440 x 900, into docs/pictures/screens. A test compares what it writes with what is checked in there.

  python dev.py screenshots
  python dev.py screenshots --to /path/for/pictures
  python dev.py screenshots --theme dark
""",
        _screenshots,
    ),
    "translations": Verb(
        "translations [--check] [--compile]",
        "Collect the words of the window into the catalogue that translators work on.",
        """
Writes resources/translations/dmdx_en.ts, which has every text the window may look up, English as its own translation.
Another language is a copy of it, dmdx_LANGUAGE.ts, filled with Qt Linguist; the window speaks it where the system
does, once it was compiled. A test fails while the catalogue is not up to date.

  python dev.py translations             write the catalogue
  python dev.py translations --check     only say whether it is up to date
  python dev.py translations --compile   also make the .qm of every other language
""",
        _translations,
    ),
    "package": Verb(
        "package",
        "Freeze the program into a folder that needs no Python, and have it test itself.",
        """
PyInstaller makes dist/dmdx-desktop as installers/dmdx.spec says: one folder, without the parts of Qt and of other
packages that are not used, with resources and licences. The frozen program then runs its own self-test. Prints the
size and the times; exits 0 when the self-test passes and the folder is not larger than it may be. A program for
Windows is made on Windows, one for macOS on macOS.
""",
        _package,
    ),
    "lock": Verb(
        "lock",
        "Choose versions anew: rewrite the hashed lock files in requirements/.",
        """
Resolves pyproject.toml, held by requirements/pins.in, for every platform and Python it allows. Needs uv on the
PATH. Run the tests before committing what it wrote.
""",
        _lock,
    ),
}
