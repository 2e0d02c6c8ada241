"""The project's virtual environment: made from the hashed lock files, kept true to them by a stamp, and started.

A stamp inside ``.venv`` says from which locks, project table and Python it was made; a start that finds it current
costs the reading of four small files. When one of them changed the environment is made anew, so that nothing that
left the locks stays behind.
"""

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

from devtools.system_parts import need_qt_libraries, need_venv
from devtools.telling import CannotGoOnError, tell

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = FOLDER / "dmdx-stamp"
QT_UNCHECKED = FOLDER / "dmdx-qt-unchecked"
"""Exists until Qt was seen to find every system library it needs."""
WAY_OF_MAKING = 2
"""Counted up when environments are to be made anew though nothing that they are made from has changed."""
TOOLKIT_SUPPORT = Path("shiboken6") / "files.dir"
"""Where the toolkit looks for the Python modules it brings along inside a library, below the packages."""


class Parts(StrEnum):
    """How much is installed: what the program needs, or what its developers need as well."""

    RUN = "run"
    DEV = "dev"

    @property
    def lock(self) -> Path:
        return ROOT / "requirements" / f"{self}.txt"


def make_ready(parts: Parts) -> None:
    """Makes or completes the environment so that it holds ``parts``; costs next to nothing when it does already."""
    if not holds(parts):
        with _one_at_a_time():
            if not holds(parts):
                _make(parts)
    if QT_UNCHECKED.exists() and need_qt_libraries(packages_folder() / "PySide6"):
        _unpack_toolkit_support()
        QT_UNCHECKED.unlink(missing_ok=True)


def start(arguments: Sequence[str], *, folder: Path | None = None) -> NoReturn:
    """Goes on as the environment's Python with ``arguments``, in ``folder`` where one is given. Never returns."""
    command = [str(PYTHON), *arguments]
    if folder is not None:
        os.chdir(folder)
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    # Windows has no exec: wait for the child, and leave Ctrl-C, which reaches both, to it.
    child = subprocess.Popen(command)
    while True:
        with contextlib.suppress(KeyboardInterrupt):
            sys.exit(child.wait())


def run(arguments: Sequence[str]) -> int:
    """Runs the environment's Python with ``arguments`` in the project's folder; its exit code.

    When we are asked to end, it is asked too, and waited for.
    """
    with subprocess.Popen([PYTHON, *arguments], cwd=ROOT) as started:
        before = signal.signal(signal.SIGTERM, lambda number, frame: started.terminate())
        try:
            return started.wait()
        finally:
            signal.signal(signal.SIGTERM, before)


def holds(parts: Parts) -> bool:
    """Whether the environment holds ``parts`` as the files of this moment want it."""
    try:
        stamp = STAMP.read_text()
    except OSError:
        return False
    # What developers need includes what the program needs.
    enough = (Parts.DEV,) if parts is Parts.DEV else (Parts.DEV, Parts.RUN)
    return stamp in {stamp_of(candidate) for candidate in enough}


def stamp_of(parts: Parts) -> str:
    """The stamp of an environment that holds ``parts``."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    made_from = f"{WAY_OF_MAKING}\n{sys.version}\n{ROOT}\n{project['project']}\n{project['build-system']}\n"
    digest = hashlib.sha256(made_from.encode())
    for lock in {Parts.RUN.lock: None, parts.lock: None}:
        digest.update(lock.read_bytes())
    return f"{parts} {digest.hexdigest()}\n"


def _make(parts: Parts) -> None:
    if not holds(Parts.RUN):
        need_venv()
        tell(f"Making .venv with Python {sys.version.split()[0]}")
        # This may be the environment's own Python, about to be cleared away; the one it was made from stays.
        base = getattr(sys, "_base_executable", None) or sys.executable
        _step([base, "-m", "venv", "--clear", str(FOLDER)], "The environment .venv could not be made.")
    STAMP.unlink(missing_ok=True)
    tell(f"Installing the packages of requirements/{parts.lock.name}")
    pip = [str(PYTHON), "-m", "pip", "-qq", "--disable-pip-version-check", "install", "--no-deps"]
    _step(
        [*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", str(parts.lock)],
        "The packages could not be installed. Look at pip's words above, mend the cause and start again.",
    )
    _step(
        [*pip, "--no-index", "--no-build-isolation", "--editable", str(ROOT)],
        "The program could not be installed into its environment. Look at pip's words above.",
    )
    QT_UNCHECKED.touch()
    STAMP.write_text(stamp_of(parts))


def _unpack_toolkit_support() -> None:
    """Unpack the Python modules of the toolkit and compile them.

    Otherwise it compiles them at every start, some hundredths of a second. ``SBK_EMBED`` is the toolkit's own switch
    for that (shiboken6, signature_bootstrap.py).
    """
    failure = "The toolkit's own modules could not be unpacked."
    _step([str(PYTHON), "-c", "import PySide6.QtCore"], failure, {"SBK_EMBED": "0"})
    # Checked by nothing: an installer may give the files other times. The frozen program runs with -O.
    compiled = ["compileall", "-q", "--invalidation-mode", "unchecked-hash", "-o", "0", "-o", "1"]
    _step([str(PYTHON), "-m", *compiled, str(packages_folder() / TOOLKIT_SUPPORT)], failure)


def _step(command: Sequence[str], failure: str, variables: Mapping[str, str] = MappingProxyType({})) -> None:
    # Standard output is for the program's own answer, which a script may be reading.
    environment = {**os.environ, **variables}
    if subprocess.run(command, cwd=ROOT, stdout=sys.stderr, env=environment, check=False).returncode != 0:
        raise CannotGoOnError(failure)


def packages_folder() -> Path:
    """Where the environment's packages lie."""
    if os.name == "nt":
        return FOLDER / "Lib" / "site-packages"
    return FOLDER / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Holds off a second dev.py that would make the same environment, until the first has made it."""
    with (ROOT / ".venv.lock").open("a") as handle:
        if sys.platform == "win32":
            msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
