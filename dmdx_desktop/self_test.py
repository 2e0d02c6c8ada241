"""Tries every part of an installation in a temporary folder: for support, for packagers, for a doubtful user.

A process of its own, the command line's thread. Nothing outside the temporary folder is touched, but for a trial
key in the keychain, which is taken out again. Each part is tried
where it will work: pictures in a picture process, the window in a process that it may take down.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from pydantic import JsonValue

from dmdx_desktop.config import Paths, resources_folder
from dmdx_desktop.core import carry_out_here
from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library.fitness import try_library
from dmdx_desktop.link.holder import BasedirLock
from dmdx_desktop.models.commands import RenderPaths
from dmdx_desktop.models.outcome import Document, ExitCode, Outcome
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.services.credentials import keychain_words
from dmdx_desktop.services.http import make_client
from dmdx_desktop.services.r2 import R2, StorageKeys
from dmdx_desktop.workers.pools import PicturePool, picture_command

TOOLKIT_CHECK: Final = "toolkit-check"
WINDOW_CHECK: Final = "window-check"
CHILD_SECONDS: Final = 60.0
PICTURES_SECONDS: Final = 60.0
DRAFT_SIZE: Final = 512
REMEDY: Final = "Install the program anew; if it fails again, send us this list."


class _CheckFailedError(Exception):
    """A part does not work; the words say what was seen."""


def check_installation() -> Outcome:
    """Try every part; exit code 1 when one fails."""
    with tempfile.TemporaryDirectory(prefix="dmdx-self-test-") as folder:
        root = Path(folder)
        checks: tuple[tuple[str, Callable[[], str]], ...] = (
            ("scenes and samples", _resources),
            ("library", lambda: f"SQLite {try_library(Paths(root / 'trial'))}"),
            ("pictures", lambda: _pictures(root)),
            ("toolkit", lambda: _said_by(TOOLKIT_CHECK)),
            ("window and core", lambda: _said_by(WINDOW_CHECK, str(root / "window"))),
            ("keychain", _keychain),
            ("clients of services", _clients),
            ("a draft, end to end", lambda: _draft(root)),
        )
        results = [_result(name, check) for name, check in checks]
    failed = [result for result in results if not result["passed"]]
    rows: list[JsonValue] = [*results]
    problems: list[JsonValue] = [_problem(result) for result in failed]
    return Outcome(ExitCode.SOME_FAILED if failed else ExitCode.WELL, {"checks": rows, "problems": problems})


def _result(name: str, check: Callable[[], str]) -> Document:
    try:
        return {"name": name, "passed": True, "detail": check()}
    except _CheckFailedError as error:
        return {"name": name, "passed": False, "detail": str(error)}
    except DmdxError as error:
        return {"name": name, "passed": False, "detail": error.message}
    except Exception as error:  # the boundary: a part that breaks in an unforeseen way must not hide the others
        return {"name": name, "passed": False, "detail": type(error).__name__}


def _problem(result: Document) -> Document:
    message = f"This part does not work: {result['name']}."
    return {"path": None, "code": "check_failed", "message": message, "remedy": REMEDY}


def _resources() -> str:
    folder = resources_folder()
    counts = {name: len(list((folder / name).glob("*.*"))) for name in ("scenes", "samples")}
    if not all(counts.values()):
        raise _CheckFailedError("some are missing")
    return ", ".join(f"{number} {name}" for name, number in counts.items())


def _pictures(root: Path) -> str:
    found = asyncio.run(_ask_picture_process(root))
    opened, failed = _names(found.get("opened")), _names(found.get("failed"))
    if failed or not opened:
        raise _CheckFailedError(f"{', '.join(failed)} cannot be opened")
    if not found.get("colour"):
        raise _CheckFailedError("colour profiles cannot be read")
    return ", ".join((*opened, "HEIC" if found.get("heic") else "HEIC not installed"))


def _names(found: object) -> list[str]:
    return [str(name) for name in found] if isinstance(found, list) else []


async def _ask_picture_process(root: Path) -> Mapping[str, object]:
    pool = PicturePool(1, picture_command(resources_folder()))
    try:
        answer = await pool.call("try_formats", {"folder": str(root)}, seconds=PICTURES_SECONDS)
        return answer.values
    finally:
        await pool.close()


def _said_by(check: str, *arguments: str) -> str:
    """What a check says that runs in a process of its own, which it may take down."""
    try:
        ended = subprocess.run(
            (*_program(), check, *arguments),
            capture_output=True,
            text=True,
            timeout=CHILD_SECONDS,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _CheckFailedError(f"it did not end within {CHILD_SECONDS:.0f} seconds") from error
    said = ended.stdout.strip()
    if ended.returncode:
        raise _CheckFailedError(said or "it took its process down")
    return said


def _program() -> tuple[str, ...]:
    """What starts this very program, frozen or from a checkout."""
    return (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-P", "-m", "dmdx_desktop")


def _keychain() -> str:
    """Put a key into the system's keychain, read it and take it out; say why not where there is none.

    That is no failure: keys are then locked with a passphrase, or kept until the program ends.
    """
    return keychain_words()


def _clients() -> str:
    """Make the clients of the services and sign an address; nothing is sent."""
    return asyncio.run(_signed_with())


async def _signed_with() -> str:
    storage = R2("https://example.invalid", "self-test", StorageKeys("self", "test"))
    try:
        address = await storage.address_of("picture", marker="self-test")
    finally:
        await storage.close()
    if "X-Amz-Signature=" not in address or "a=self-test" not in address:
        raise _CheckFailedError("an address could not be signed")
    client = make_client("https://example.invalid")
    await client.aclose()
    return "addresses are signed, certificates are the system's"


def _draft(root: Path) -> str:
    sample = next(iter(sorted((resources_folder() / "samples").glob("*.jpg"))))
    paths = Paths(root / "library")
    lock = BasedirLock.try_acquire(paths.lock_file)
    if lock is None:
        raise _CheckFailedError("the lock of a new folder is taken")
    command = RenderPaths(paths=(str(sample),), to=str(root / "out"), recipe=Recipe(size=DRAFT_SIZE))
    with lock:
        outcome = carry_out_here(command, paths, _nobody_watches)
    made = list((root / "out").glob("*.png"))
    if outcome.exit_code or len(made) != 1:
        raise _CheckFailedError("no picture came out")
    return f"{DRAFT_SIZE} x {DRAFT_SIZE} pixels, {made[0].stat().st_size:,} bytes"


def _nobody_watches(phase: str, done: int, total: int | None) -> None:
    del phase, done, total
