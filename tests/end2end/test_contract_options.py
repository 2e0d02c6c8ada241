"""Options, manual pages and streams: where options may stand, what help says, and what goes to which stream."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from dmdx_desktop import __version__
from dmdx_desktop.cli.first_window import SCREENS
from dmdx_desktop.errors import AccountError, DmdxError, LibraryError, PictureError, UsageError
from dmdx_desktop.models.choices import RecipeMetal, SceneId, Shape, ShotId
from dmdx_desktop.models.outcome import exit_code_of
from dmdx_desktop.models.vocabulary import Background, StoneColour
from tests.end2end.command_line import RING, SMALL, CommandLine, sentence
from tests.end2end.programs import PROGRAM, environment, run_verb

pytestmark = pytest.mark.by_turns("options of verbs", of=14)

VERBS: Final = (
    "render", "import", "identify", "cutout", "generate", "jobs", "outputs", "show", "export", "delete", "resume",
    "doctor", "self-test",
)  # fmt: skip
WIDEST: Final = 100


@pytest.fixture
def program(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "library")


@pytest.mark.parametrize("before", [True, False])
def test_global_options_may_stand_before_or_after_the_verb(tmp_path: Path, before: bool) -> None:
    options = ["--basedir", str(tmp_path / "library"), "--json"]
    ended = run_verb(*options, "jobs") if before else run_verb("jobs", *options)
    assert ended.returncode == 0
    assert ended.stdout.startswith('{"jobs": []')
    assert (tmp_path / "library" / "library.db").exists()


def test_version_is_printed_as_text_or_as_a_document(program: CommandLine) -> None:
    assert run_verb("--version").stdout == f"DMDX Studio {__version__}\n"
    assert run_verb("--json", "--version").stdout == f'{{"version": "{__version__}"}}\n'


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_no_arguments_without_a_screen_say_what_to_do_instead(tmp_path: Path) -> None:
    here = {name: value for name, value in environment().items() if name not in SCREENS}
    ended = subprocess.run(
        [*PROGRAM, "--basedir", str(tmp_path)], capture_output=True, text=True, env=here, check=False
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith("The window cannot be shown. There is no screen here.")
    assert not any(tmp_path.iterdir())


@pytest.mark.by_turns("help", of=6)
@pytest.mark.parametrize("columns", ["60", "200"])
@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_fits_a_page_and_reads_like_one(verb: str, columns: str) -> None:
    ended = subprocess.run(
        [*PROGRAM, *([verb] if verb else []), "--help"],
        capture_output=True,
        text=True,
        env={**environment(), "COLUMNS": columns},
        check=True,
    )
    assert ended.stderr == ""
    too_wide = [line for line in ended.stdout.splitlines() if len(line) > WIDEST]
    assert not too_wide
    for part in ("usage:", "exit codes:", *(("json:", "problems:", "examples:") if verb else ("verbs:",))):
        assert f"\n{part}" in f"\n{ended.stdout}", part
    assert f"dmdx-desktop {verb}".strip() in ended.stdout


@pytest.mark.parametrize("verb", ["", "render", "generate"])
def test_help_prints_ids_and_defaults(verb: str) -> None:
    said = run_verb(*([verb] if verb else []), "--help").stdout
    for term in (*SceneId, *RecipeMetal, *ShotId, *Shape):
        assert term.value in said, term
    words = " ".join(said.split())
    assert "scene white, metal as_reference, shot as_reference, shape 1:1, size 1600, count 1, engine draft" in words


def test_help_prints_label_lists_groups_and_the_naming_template() -> None:
    said = run_verb("--help").stdout
    for term in (*Background, *StoneColour, "default: file", "{title}_{metal}_{scene}_{nn}.png"):
        assert term in said, term
    assert "three_quarter" in run_verb("identify", "--help").stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("jobs", "--limit", "0"), "limit_out_of_bounds"),
        (("show", "nothing"), "not_found"),
        (("rendr",), "unknown_verb"),
        (("render",), "wrong_use"),
        ((), "no_verb"),
    ],
)
def test_json_errors_are_one_document_too(program: CommandLine, arguments: tuple[str, ...], code: str) -> None:
    assert program(*arguments, "--json", exit_code=2).problem["code"] == code


def test_progress_and_logs_stay_off_standard_output_and_out_of_pipes(program: CommandLine, tmp_path: Path) -> None:
    answer = program("render", RING, "--to", tmp_path / "out", *SMALL, "--json")
    assert answer.err == ""
    assert answer.document["problems"] == []


def test_output_whose_reader_has_enough_ends_quietly(program: CommandLine) -> None:
    program("import", RING)
    script = f"{' '.join(PROGRAM)} jobs --basedir {program.basedir} | head -0; echo ${{PIPESTATUS[0]}}"
    ended = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=environment(), check=True)
    assert ended.stderr == ""
    assert ended.stdout in ("0\n", "141\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_that_is_full_is_a_sentence(program: CommandLine) -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [*PROGRAM, "jobs", "--basedir", str(program.basedir)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
            check=False,
        )
    assert ended.returncode == 1
    assert ended.stderr.startswith("The result could not be written.")
    assert ended.stderr.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="closes streams the way a shell does")
@pytest.mark.parametrize(("closed", "exit_code"), [(">&-", 1), ("2>&-", 0)])
def test_closed_stream_is_no_traceback(program: CommandLine, closed: str, exit_code: int) -> None:
    script = f"{' '.join(PROGRAM)} jobs --basedir {program.basedir} {closed}"
    ended = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=environment(), check=False)
    assert ended.returncode == exit_code
    assert "Traceback" not in ended.stderr


def test_output_narrower_than_unicode_is_escaped_and_not_refused(program: CommandLine, tmp_path: Path) -> None:
    ring = tmp_path / "bague-dorée-💍.png"
    ring.write_bytes(RING.read_bytes())
    program("import", ring)
    narrow = CommandLine(program.basedir, variables={"PYTHONIOENCODING": "ascii"})
    assert r"bague-dor\xe9e-\U0001f48d" in narrow("jobs").out


def test_wrong_use_is_one_sentence_with_the_way_to_the_manual(program: CommandLine) -> None:
    assert sentence(program("render", exit_code=2)) == (
        "The command was not understood. This is missing: PATH, --to. See `dmdx-desktop render --help`."
    )
    assert "Did you mean render?" in sentence(program("rendr", exit_code=2))
    assert "\\x1b[31m" in sentence(program("jobs", "--\x1b[31m", exit_code=2))


@pytest.mark.parametrize(
    ("kind", "exit_code"), [(UsageError, 2), (AccountError, 3), (PictureError, 1), (LibraryError, 1)]
)
def test_exit_code_tells_whose_turn_it_is(kind: type[DmdxError], exit_code: int) -> None:
    assert exit_code_of(kind("code", "Title.", "Detail.", "Remedy.")) == exit_code
