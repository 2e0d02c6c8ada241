"""Tries every part of an installation in a temporary folder: for support, for packagers, for a doubtful user.

A process of its own, the command line's thread. Nothing outside the temporary folder is touched.
"""

import importlib
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from pydantic import JsonValue

from dmdx_desktop.config import Paths, resources_folder
from dmdx_desktop.core import carry_out_here
from dmdx_desktop.errors import DmdxError
from dmdx_desktop.link.holder import BasedirLock
from dmdx_desktop.models.commands import RenderPaths
from dmdx_desktop.models.outcome import Document, ExitCode, Outcome
from dmdx_desktop.models.recipe import Recipe

# Loaded only when they are needed, so a packager may have left them out without anything else noticing.
LATE_MODULES: Final = (
    "numpy",
    "PIL.Image",
    "PIL.ImageCms",
    "PySide6.QtWidgets",
    "PySide6.QtSvg",
    "qasync",
    "platformdirs",
)
OLDEST_SQLITE: Final = (3, 37, 0)
FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")

# A Qt binding that loses references of True and None aborts the interpreter after about a thousand signals.
REFERENCE_PROBE: Final = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, Signal
class Probe(QObject):
    fired = Signal(object, object)
application = QCoreApplication([])
probe, kept = Probe(), [True, False, None]
before = [sys.getrefcount(value) for value in kept]
for _ in range(200):
    probe.fired.emit(1, 2)
    probe.setObjectName("x")
after = [sys.getrefcount(value) for value in kept]
sys.exit(any(now < then - 20 for then, now in zip(before, after)))
"""


class _CheckFailedError(Exception):
    """A part does not work; the words say what was seen."""


def check_installation() -> Outcome:
    """Try every part; exit code 1 when one fails."""
    with tempfile.TemporaryDirectory(prefix="dmdx-self-test-") as folder:
        root = Path(folder)
        checks: list[tuple[str, Callable[[], str]]] = [
            ("modules", _modules),
            ("database", lambda: _database(root / "check.db")),
            ("picture formats", _formats),
            ("resources", _resources),
            ("Qt keeps its references", _references),
            ("a draft, end to end", lambda: _draft(root)),
        ]
        results = [_result(name, check) for name, check in checks]
    failed = any(not result["passed"] for result in results)
    rows: list[JsonValue] = [*results]
    return Outcome(ExitCode.SOME_FAILED if failed else ExitCode.WELL, {"checks": rows, "problems": []})


def _result(name: str, check: Callable[[], str]) -> Document:
    try:
        return {"name": name, "passed": True, "detail": check()}
    except _CheckFailedError as error:
        return {"name": name, "passed": False, "detail": str(error)}
    except DmdxError as error:
        return {"name": name, "passed": False, "detail": error.message}
    except Exception as error:  # the boundary: a part that breaks in an unforeseen way must not hide the others
        return {"name": name, "passed": False, "detail": type(error).__name__}


def _modules() -> str:
    for module in LATE_MODULES:
        importlib.import_module(module)
    return f"{len(LATE_MODULES)} load"


def _database(file: Path) -> str:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise _CheckFailedError(f"SQLite {sqlite3.sqlite_version} is too old")
    connection = sqlite3.connect(file)
    try:
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute("CREATE VIRTUAL TABLE words USING fts5 (text)")
        connection.execute("INSERT INTO words VALUES ('rose gold')")
        connection.commit()
        found = connection.execute("SELECT count(*) FROM words WHERE words MATCH 'gold'").fetchone()
    finally:
        connection.close()
    if mode != "wal" or found != (1,):
        raise _CheckFailedError("the write-ahead log or full-text search does not work")
    return f"SQLite {sqlite3.sqlite_version} with write-ahead log and full-text search"


def _formats() -> str:
    from PIL import Image, features

    from dmdx_desktop.imaging.heic import heic_is_available

    with tempfile.TemporaryDirectory() as folder:
        for name in FORMATS:
            file = Path(folder) / name
            Image.new("RGB", (40, 30), (200, 160, 80)).save(file, name)
            with Image.open(file, formats=[name]) as image:
                image.load()
    if not features.check("littlecms2"):
        raise _CheckFailedError("colour profiles cannot be read")
    return ", ".join((*FORMATS, "HEIC" if heic_is_available() else "HEIC not installed"))


def _resources() -> str:
    folder = resources_folder()
    counts = {name: len(list((folder / name).glob("*.*"))) for name in ("scenes", "samples")}
    if not all(counts.values()):
        raise _CheckFailedError("scenes or sample pieces are missing")
    return ", ".join(f"{number} {name}" for name, number in counts.items())


def _references() -> str:
    if subprocess.run([sys.executable, "-c", REFERENCE_PROBE], capture_output=True, timeout=60).returncode:
        raise _CheckFailedError("this version of PySide6 does not work with this version of Python")
    return "they do"


def _draft(root: Path) -> str:
    sample = next(iter(sorted((resources_folder() / "samples").glob("*.jpg"))))
    paths = Paths(root / "library")
    lock = BasedirLock.try_acquire(paths.lock_file)
    if lock is None:
        raise _CheckFailedError("the lock of a new folder is taken")
    command = RenderPaths(paths=(str(sample),), to=str(root / "out"), recipe=Recipe(size=512))
    with lock:
        outcome = carry_out_here(command, paths, lambda phase, done, total: None)
    made = list((root / "out").glob("*.png"))
    if outcome.exit_code or len(made) != 1:
        raise _CheckFailedError("no picture came out")
    return f"{made[0].stat().st_size:,} bytes"
