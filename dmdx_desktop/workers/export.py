"""Writes finished pictures to folders of the user: never over an existing file, and once each. Core process.

All names of an export are chosen and written down before the first file is; resumed, it writes the same files.
"""

import asyncio
import errno
import hashlib
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dmdx_desktop.errors import DmdxError, LibraryError, UsageError
from dmdx_desktop.library import exports, jobs, outputs, renders
from dmdx_desktop.library.blobs import BlobStore
from dmdx_desktop.library.database import Connection, Library, Transaction
from dmdx_desktop.library.durable import sync_file, sync_folder
from dmdx_desktop.library.exports import ExportRow, NewExport
from dmdx_desktop.library.steps import Step, StepObserver
from dmdx_desktop.models.naming import collision_key, output_file_name, with_suffix
from dmdx_desktop.models.outcome import Report
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.workers.files import FilesPool

WRITTEN_AT_ONCE: Final = 4
ENDING: Final = ".png"
UNKNOWN: Final = "unknown"
NO_LINKS_HERE: Final = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV, errno.EACCES}
)


@dataclass(frozen=True, slots=True)
class _File:
    """One file to be written, with the blob it is a copy of."""

    row: ExportRow
    blob: Path
    sha256: str


class _PictureGoneError(DmdxError):
    """The picture that should be copied is not in the library."""


class Export:
    """Exports for commands; one object serves them all."""

    def __init__(self, library: Library, blobs: BlobStore, files: FilesPool, observer: StepObserver) -> None:
        self._library = library
        self._blobs = blobs
        self._files = files
        self._observer = observer

    async def check_folder(self, folder: Path) -> None:
        """Raise ``DmdxError`` where nothing can be written to ``folder``: better before the work than after it."""
        await self._files.run(_check_folder, folder)

    async def run(
        self, command_key: int, output_keys: Sequence[int], folder: Path, template: str, report: Report
    ) -> None:
        """Write the outputs to ``folder``, which is made where it is missing and there is something to write.

        Raises ``DmdxError`` when the folder cannot be written to; the rows stay, so that `resume` goes on.
        """
        present = await self._files.run(_names_in, folder)
        await self._library.write(lambda tx: _plan(tx, command_key, output_keys, str(folder), template, present))
        waiting = await self._library.read(lambda connection: self._waiting(connection, command_key))
        done = 0
        for start in range(0, len(waiting), WRITTEN_AT_ONCE):
            together = waiting[start : start + WRITTEN_AT_ONCE]
            await asyncio.gather(*(self._write(file) for file in together))
            done += len(together)
            report("exporting", done, len(waiting))

    def _waiting(self, connection: Connection, command_key: int) -> list[_File]:
        files = []
        for row in exports.waiting(connection, command_key):
            sha256 = outputs.get(connection, row.output_key).sha256
            files.append(_File(row, self._blobs.path_of(sha256), sha256))
        return files

    async def _write(self, file: _File) -> None:
        try:
            name = await self._files.run(_write_blocking, file, self._observer)
        except _PictureGoneError:
            if await self._library.read(lambda connection: exports.is_known(connection, file.row.key)):
                raise
        else:
            await self._library.write(lambda tx: _finish(tx, file.row, name))


def _plan(
    tx: Transaction, command_key: int, output_keys: Sequence[int], folder: str, template: str, present: set[str]
) -> None:
    known = {row.output_key: row for row in exports.of_command(tx.connection, command_key)}
    taken = present | {collision_key(row.file_name) for row in known.values()}
    files = []
    # Pieces may have been deleted since the outputs were chosen.
    for output_key in (row.key for row in outputs.of_keys(tx.connection, list(output_keys))):
        if output_key not in known:
            name = _free_name(_name_of(tx.connection, output_key, template), taken)
            taken.add(collision_key(name))
            files.append(NewExport(output_key=output_key, folder=folder, file_name=name))
    exports.plan(tx, command_key, files)


def _name_of(connection: Connection, output_key: int, template: str) -> str:
    output = outputs.get(connection, output_key)
    job = jobs.get(connection, output.job_key)
    render = renders.get(connection, output.render_key)
    piece = Piece.model_validate_json(job.piece)
    return output_file_name(
        template if template.lower().endswith(ENDING) else template + ENDING,
        title=job.title,
        metal=output.metal,
        scene=output.scene,
        shot=output.shot,
        shape=output.shape,
        nn=render.n,
        size=render.size,
        engine=output.engine,
        sku=piece.sku.value,
        type=_stated(piece.type.value),
        stone=next((_stated(stone.species.value) for stone in piece.stones), ""),
    )


def _stated(word: str) -> str:
    """A value for a name; what is not known leaves no trace in it."""
    return "" if word == UNKNOWN else word


def _free_name(name: str, taken: set[str]) -> str:
    chosen, k = name, 2
    while collision_key(chosen) in taken:
        chosen, k = with_suffix(name, k), k + 1
    return chosen


def _finish(tx: Transaction, row: ExportRow, name: str) -> None:
    if name != row.file_name:
        exports.rename(tx, row.key, name)
    exports.finish(tx, row.key)


def _check_folder(folder: Path) -> None:
    """Look at ``folder``, or at the nearest one above it that is there; nothing is made yet."""
    place = folder
    while not os.path.lexists(place) and place != place.parent:
        place = place.parent
    if not place.is_dir():
        raise UsageError(
            "folder_is_a_file",
            "The pictures cannot be written there.",
            "There is a file where their folder should be.",
            "Choose another folder with --to.",
        )
    if not os.access(place, os.W_OK | os.X_OK):
        raise DmdxError(
            "folder_not_writable",
            "The pictures cannot be written there.",
            "The folder is read-only, or belongs to somebody else; nothing was done.",
            "Choose another folder with --to.",
        )


def _names_in(folder: Path) -> set[str]:
    """The names that are taken in ``folder``; none where it is missing. The first picture will make it."""
    _check_folder(folder)
    try:
        return {collision_key(name) for name in os.listdir(folder) if not name.startswith(exports.PART_PREFIX)}
    except FileNotFoundError:
        return set()
    except OSError as error:
        raise _folder_error(error) from error


def _write_blocking(file: _File, observer: StepObserver) -> str:
    """Write the file under its name, or the next free one; returns the name. What is there already is left alone."""
    folder = Path(file.row.folder)
    part = exports.part_of(file.row, file.sha256)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        name = file.row.file_name
        if _is_same(folder / name, file.sha256):
            return name
        shutil.copyfile(file.blob, part)
        sync_file(part)
        k = 2
        observer.step(Step.BEFORE_NAMING)
        while not _give_name(part, folder / name):
            name, k = with_suffix(file.row.file_name, k), k + 1
        observer.step(Step.AFTER_NAMING)
        sync_folder(folder)
        return name
    except OSError as error:
        raise _folder_error(error) if file.blob.exists() else _picture_gone() from error
    finally:
        with suppress(OSError):
            part.unlink()


def _give_name(part: Path, final: Path) -> bool:
    """Let ``part`` appear as ``final``; False when that name is taken. Nothing is ever replaced."""
    try:
        os.link(part, final)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in NO_LINKS_HERE:
            raise
        # A file system without links, such as that of most memory cards: claim the name, then fill it.
        try:
            final.touch(exist_ok=False)
        except FileExistsError:
            return False
        part.replace(final)
    return True


def _is_same(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _picture_gone() -> DmdxError:
    return _PictureGoneError(
        "picture_gone",
        "A picture of the library is missing.",
        "Something else removed its file.",
        "Run `dmdx-desktop doctor --repair`, then export again.",
    )


def _folder_error(error: OSError) -> DmdxError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return LibraryError(
            "disk_full",
            "The disk is full.",
            "There is no room left in the folder the pictures go to; they are safe in the library.",
            "Free some space, then run `dmdx-desktop resume`.",
        )
    return DmdxError(
        "folder_not_writable",
        "The pictures cannot be written there.",
        "The folder is read-only, is a file, or belongs to somebody else; the pictures are safe in the library.",
        "Choose another folder, then run `dmdx-desktop export`.",
    )
