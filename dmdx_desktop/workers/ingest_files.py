"""Reads the files of an import: copied and hashed on several threads, their headers checked in a picture process.

Core process, asyncio loop; the copying itself on the threads of the files pool.
"""

import asyncio
import os
import shutil
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import DmdxError, LibraryError, PictureError
from dmdx_desktop.imaging import refusals
from dmdx_desktop.imaging.formats import HEAD_BYTES, foreign_kind, sniff
from dmdx_desktop.library.blobs import BlobStore, Staged
from dmdx_desktop.library.durable import BINARY, NO_FOLLOW, NO_WAIT
from dmdx_desktop.library.intake import IntakeRow
from dmdx_desktop.services.base import PictureCalls
from dmdx_desktop.workers.files import FilesPool
from dmdx_desktop.workers.frames import error_from, words_of
from dmdx_desktop.workers.pools import PictureProcessError
from dmdx_desktop.workers.walk import not_a_file, path_error

# A thread is handed a few files at a time: going through the loop for each of them costs as much as a small file.
COPIED_IN_A_ROW: Final = 8
HEADER_SECONDS: Final = 10.0
# What must stay free for the database, its log and the previews.
KEPT_FREE_BYTES: Final = 64_000_000


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What reading one file gave: a durable copy with its header, or the reason why there is none.

    Sizes are in pixels, seen upright.
    """

    row: IntakeRow
    staged: Staged | None = None
    error: DmdxError | None = None
    format: str = ""
    width: int = 0
    height: int = 0


class FileReader:
    """Reads batches of files; several batches at a time."""

    def __init__(self, paths: Paths, blobs: BlobStore, files: FilesPool, pictures: PictureCalls) -> None:
        self._paths = paths
        self._blobs = blobs
        self._files = files
        self._pictures = pictures
        # Headers take a fraction of a millisecond each: a second process would cost more to start than it saves.
        self._headers_turn = asyncio.Lock()

    async def read(self, rows: Sequence[IntakeRow]) -> list[ReadFile]:
        """What came of each file, in order. Raises ``LibraryError`` when the library's disk refuses."""
        await self._files.run(self._refuse_when_full, rows)
        parts = [rows[start : start + COPIED_IN_A_ROW] for start in range(0, len(rows), COPIED_IN_A_ROW)]
        copied = await asyncio.gather(*(self._files.run(self._copy_all, part) for part in parts))
        reads = [read for part in copied for read in part]
        copies = [read.staged for read in reads if read.staged is not None]
        async with self._headers_turn:
            headers = iter(await self._headers(copies))
        return [read if read.staged is None else _with_header(read, next(headers)) for read in reads]

    def discard(self, reads: Sequence[ReadFile]) -> None:
        """Drop what is left of the copies of these files. Blocks."""
        for read in reads:
            if read.staged is not None:
                self._blobs.discard(read.staged)

    def _copy_all(self, rows: Sequence[IntakeRow]) -> list[ReadFile]:
        return list(self._copies(rows))

    def _copies(self, rows: Sequence[IntakeRow]) -> Iterator[ReadFile]:
        for row in rows:
            try:
                _refuse_by_content(row.path)
                staged = self._blobs.stage(Path(row.path), stop=self._files.stopping.is_set)
            except PictureError as error:
                yield ReadFile(row, error=error)
            else:
                yield ReadFile(row, staged)

    async def _headers(self, copies: Sequence[Staged]) -> list[dict[str, object]]:
        """The header or the problem of each copy. A copy that takes its process down is found by asking one by one."""
        if not copies:
            return []
        try:
            answer = await self._pictures.call(
                "headers", {"paths": [str(copy.path) for copy in copies]}, seconds=HEADER_SECONDS, priority=1
            )
        except PictureProcessError as error:
            if len(copies) == 1:
                return [{"problem": words_of(error)}]
            return [header for copy in copies for header in await self._headers([copy])]
        headers = answer.values.get("headers")
        if not isinstance(headers, list) or len(headers) != len(copies):
            raise LookupError("a picture process did not answer what it was asked")
        return headers

    def _refuse_when_full(self, rows: Sequence[IntakeRow]) -> None:
        needed = sum(_size_of(row.path) for row in rows)
        if shutil.disk_usage(self._paths.basedir).free < needed + KEPT_FREE_BYTES:
            raise LibraryError(
                "disk_full",
                "The disk is full.",
                "There is not enough room for the next pictures; those that were added are safe.",
                "Free some space, then run `dmdx-desktop resume`.",
            )


def _with_header(read: ReadFile, answer: Mapping[str, object]) -> ReadFile:
    problem, header = answer.get("problem"), answer.get("header")
    if isinstance(problem, dict):
        return replace(read, error=error_from(problem))
    if not isinstance(header, dict):
        raise LookupError("a picture process did not answer what it was asked")
    return replace(
        read,
        format=str(header["format"]),
        width=int(header["upright_width"]),
        height=int(header["upright_height"]),
    )


def _refuse_by_content(path: str) -> None:
    """Raise the ``PictureError`` of a file that is none of our formats, before a byte of it is copied."""
    try:
        descriptor = os.open(path, os.O_RDONLY | NO_FOLLOW | NO_WAIT | BINARY)
    except OSError as error:
        raise path_error(error) from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise not_a_file()
        head = os.read(descriptor, HEAD_BYTES)
    except OSError as error:
        raise path_error(error) from error
    finally:
        os.close(descriptor)
    if not head:
        raise refusals.empty_file()
    if sniff(head) is None:
        kind = foreign_kind(head, Path(path).suffix)
        raise refusals.not_a_picture() if kind is None else refusals.unsupported_format(kind)


def _size_of(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0
