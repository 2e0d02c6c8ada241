"""Writes finished pictures to folders of the user: never over an existing file, and once each. Core process.

All names of an export are chosen and written down before the first file is; resumed, it writes the same files. What is
changed on its way out (size, ground, format, pages of a sheet) is made in picture processes.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dmdx_desktop.errors import DmdxError, PictureError
from dmdx_desktop.library import exports, outputs, problems
from dmdx_desktop.library.blobs import BlobStore
from dmdx_desktop.library.database import Connection, Library, Transaction
from dmdx_desktop.library.exports import ExportRow, NewExport
from dmdx_desktop.library.image_names import image_names
from dmdx_desktop.library.steps import StepObserver
from dmdx_desktop.models.naming import collision_key, free_name
from dmdx_desktop.models.outcome import Report
from dmdx_desktop.models.problem import Problem
from dmdx_desktop.models.treatment import SheetPage, Treatment
from dmdx_desktop.services.base import PictureCalls
from dmdx_desktop.workers import export_files
from dmdx_desktop.workers.export_files import PictureGoneError
from dmdx_desktop.workers.files import FilesPool
from dmdx_desktop.workers.sheet import SheetFile, SheetWriter

WRITTEN_AT_ONCE: Final = 4
TREAT_SECONDS: Final = 60.0
PRIORITY: Final = 2


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What an export is to do with its pictures: copy them, treat each, or put all on the pages of one sheet."""

    folder: Path
    template: str
    treatment: Treatment | None = None
    sheet: SheetPage | None = None


@dataclass(frozen=True, slots=True)
class _File:
    """One file to be written, with the blob it is made of."""

    row: ExportRow
    blob: Path
    sha256: str

    @property
    def part(self) -> Path:
        return exports.part_of(self.row, self.sha256)


class Export:
    """Exports for commands; one object serves them all."""

    def __init__(
        self,
        library: Library,
        blobs: BlobStore,
        files: FilesPool,
        pictures: PictureCalls,
        observer: StepObserver,
        fonts: Path,
    ) -> None:
        self._library = library
        self._blobs = blobs
        self._files = files
        self._pictures = pictures
        self._observer = observer
        self._sheets = SheetWriter(files, pictures, observer, fonts)

    async def check_folder(self, folder: Path) -> None:
        """Raise ``DmdxError`` where nothing can be written to ``folder``: better before the work than after it."""
        await self._files.run(export_files.check_folder, folder)

    async def run(self, command_key: int, output_keys: Sequence[int], order: ExportOrder, report: Report) -> None:
        """Write the outputs to the folder, which is made where it is missing and there is something to write.

        A picture that cannot be treated becomes a problem of the command; the others go on. Raises ``DmdxError`` when
        the folder cannot be written to; the rows stay, so that `resume` goes on.
        """
        present = await self._files.run(export_files.names_in, order.folder)
        await self._library.write(lambda tx: _plan(tx, command_key, output_keys, order, present))
        waiting = await self._library.read(lambda connection: self._waiting(connection, command_key))
        if order.sheet is not None:
            await self._write_sheet(command_key, waiting, order.sheet, report)
            return
        write = self._copying() if order.treatment is None else self._treating(order.treatment)
        done = 0
        for start in range(0, len(waiting), WRITTEN_AT_ONCE):
            together = waiting[start : start + WRITTEN_AT_ONCE]
            ended = await asyncio.gather(*(self._write(file, write) for file in together), return_exceptions=True)
            # One that fails does not leave the others behind, half written.
            for failure in filter(None, ended):
                raise failure
            done += len(together)
            report("exporting", done, len(waiting))

    def _waiting(self, connection: Connection, command_key: int) -> list[_File]:
        files = []
        for row in exports.waiting(connection, command_key):
            sha256 = outputs.get(connection, row.output_key).sha256
            files.append(_File(row, self._blobs.path_of(sha256), sha256))
        return files

    def _copying(self) -> Callable[[_File], Awaitable[str]]:
        async def copy(file: _File) -> str:
            return await self._files.run(
                export_files.copy_out, file.blob, file.sha256, file.part, file.row.file_name, self._observer
            )

        return copy

    def _treating(self, treatment: Treatment) -> Callable[[_File], Awaitable[str]]:
        asked = treatment.model_dump(mode="json")

        async def treat(file: _File) -> str:
            await self._files.run(export_files.make_folder, file.part.parent)
            try:
                arguments = {"path": str(file.blob), "to": str(file.part), "treatment": asked}
                await self._pictures.call("treat", arguments, seconds=TREAT_SECONDS, priority=PRIORITY)
            except DmdxError:
                await self._files.run(export_files.remove, file.part)
                if not await self._files.run(file.blob.exists):
                    raise export_files.picture_gone() from None
                raise
            return await self._files.run(export_files.name_part, file.part, file.row.file_name, self._observer)

        return treat

    async def _write(self, file: _File, write: Callable[[_File], Awaitable[str]]) -> None:
        try:
            name = await write(file)
        except PictureGoneError:
            if await self._library.read(lambda connection: exports.is_known(connection, file.row.key)):
                raise
        except PictureError as error:
            reason = error
            await self._library.write(lambda tx: _give_up(tx, file.row, reason))
        else:
            await self._library.write(lambda tx: _finish(tx, file.row, name))

    async def _write_sheet(self, command_key: int, waiting: Sequence[_File], page: SheetPage, report: Report) -> None:
        """All pictures in one file: every row of it has the same name, and they end together."""
        name = ""
        while waiting and not name:
            try:
                name = await self._drawn_sheet(waiting, page, report)
            except (PictureError, PictureGoneError):
                # Where pieces were deleted meanwhile, the others make a sheet of their own.
                left = await self._library.read(lambda connection: self._waiting(connection, command_key))
                if len(left) == len(waiting):
                    raise
                waiting = left
        await self._library.write(lambda tx: _finish_all(tx, [file.row for file in waiting], name))

    async def _drawn_sheet(self, waiting: Sequence[_File], page: SheetPage, report: Report) -> str:
        keys = [file.row.output_key for file in waiting]
        names = await self._library.read(lambda connection: image_names(connection, keys))
        if len(names) < len(waiting):
            raise export_files.picture_gone()
        blobs = {file.row.output_key: file.blob for file in waiting}
        pictures = [(each, blobs[each.key]) for each in names]
        sheet = SheetFile(waiting[0].part, waiting[0].row.file_name, page, waiting[0].row.created_at)
        return await self._sheets.write(sheet, pictures, report)


def _plan(tx: Transaction, command_key: int, output_keys: Sequence[int], order: ExportOrder, present: set[str]) -> None:
    known = {row.output_key: row for row in exports.of_command(tx.connection, command_key)}
    taken = present | {collision_key(row.file_name) for row in known.values()}
    shared = next((row.file_name for row in known.values()), None) if order.sheet is not None else None
    files = []
    # Pieces may have been deleted since the outputs were chosen.
    for output_key in (row.key for row in outputs.of_keys(tx.connection, list(output_keys))):
        if output_key in known:
            continue
        if shared is None:
            (names,) = image_names(tx.connection, [output_key])
            name = free_name(names.exported_as(order.template, order.treatment, order.sheet), taken)
            taken.add(collision_key(name))
            shared = name if order.sheet is not None else None
        else:
            name = shared
        files.append(NewExport(output_key=output_key, folder=str(order.folder), file_name=name))
    exports.plan(tx, command_key, files)


def _finish(tx: Transaction, row: ExportRow, name: str) -> None:
    if name != row.file_name:
        exports.rename(tx, row.key, name)
    exports.finish(tx, row.key)


def _finish_all(tx: Transaction, rows: Sequence[ExportRow], name: str) -> None:
    for row in rows:
        _finish(tx, row, name)


def _give_up(tx: Transaction, row: ExportRow, error: DmdxError) -> None:
    """The picture is not written by this command: its reason stands beside the command, under the picture's id."""
    if not exports.is_known(tx.connection, row.key):
        return  # deleted meanwhile, and nobody waits for it
    output = outputs.get(tx.connection, row.output_key)
    exports.drop(tx, row.key)
    problems.add(tx, Problem.of(error, path=output.id), command_key=row.command_key, job_key=output.job_key)
