"""The mask of the piece in one picture, written where the user wants it. Core process or command line; asyncio loop."""

import asyncio
import contextlib
import stat
from pathlib import Path
from typing import Final

from pydantic import JsonValue, TypeAdapter

from dmdx_desktop.errors import DmdxError, UsageError
from dmdx_desktop.library.durable import sync_file
from dmdx_desktop.models.commands import CutOut
from dmdx_desktop.models.ids import new_id
from dmdx_desktop.models.outcome import Document
from dmdx_desktop.services.base import PictureCalls
from dmdx_desktop.workers.walk import not_a_file, path_error

CUT_OUT_SECONDS: Final = 20.0
_DOCUMENT: Final[TypeAdapter[dict[str, JsonValue]]] = TypeAdapter(dict[str, JsonValue])


async def write_cut_out(command: CutOut, pictures: PictureCalls) -> Document:
    """Cut the piece out and write its coverage. Raises ``DmdxError``; an older file is replaced only by a whole one."""
    target = Path(command.to)
    part = target.with_name(f".dmdx-{new_id()}.part")
    try:
        await asyncio.to_thread(_make_ready, Path(command.path), target)
        answer = await pictures.call("cut_out", {"path": command.path, "to": str(part)}, seconds=CUT_OUT_SECONDS)
        await asyncio.to_thread(_put_in_place, part, target)
    finally:
        await asyncio.to_thread(_remove, part)
    facts = {name: answer.values.get(name) for name in ("width", "height", "confidence", "background")}
    return _DOCUMENT.validate_python({"file": str(target), **facts})


def _make_ready(source: Path, target: Path) -> None:
    try:
        if not stat.S_ISREG(source.stat().st_mode):
            raise not_a_file()
        is_same = target.exists() and target.samefile(source)
    except OSError as error:
        raise path_error(error) from error
    if is_same:
        raise UsageError(
            "target_is_source",
            "The mask cannot be written there.",
            "It would replace the picture it is made from.",
            "Choose another file with --to.",
        )
    if target.is_dir():
        raise UsageError(
            "target_is_a_folder",
            "The mask cannot be written there.",
            "There is a folder of this name.",
            "Name a file with --to, such as mask.png.",
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable() from error


def _put_in_place(part: Path, target: Path) -> None:
    try:
        sync_file(part)
        part.replace(target)
    except OSError as error:
        raise _not_writable() from error


def _remove(part: Path) -> None:
    with contextlib.suppress(OSError):  # a folder that takes no files gives none back either
        part.unlink()


def _not_writable() -> DmdxError:
    return DmdxError(
        "folder_not_writable",
        "The mask cannot be written there.",
        "The folder is read-only, full, or belongs to somebody else.",
        "Choose another place with --to.",
    )
