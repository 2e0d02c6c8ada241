"""Brings files into the library: found, copied, hashed, their headers checked, then listed. Core process, asyncio loop.

Every file is a row before it is opened, and a durable blob before it is a reference. Stopped anywhere, the same rows
say where to go on; a blob without a row, or a copy half made, is swept at the next start.

The files go through in batches, and several batches are under way at once, so that the disk, the threads that copy, the
picture process that checks headers and the writer all have something to do. They are listed in the order they were
found, whichever is read first.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Final

from dmdx_desktop.config import Paths
from dmdx_desktop.library import commands, intake
from dmdx_desktop.library.blobs import BlobStore
from dmdx_desktop.library.database import Connection, Library, Table
from dmdx_desktop.library.intake import IntakeRow
from dmdx_desktop.models.choices import GroupMode
from dmdx_desktop.models.outcome import Report
from dmdx_desktop.services.base import PictureCalls
from dmdx_desktop.workers.files import FilesPool
from dmdx_desktop.workers.ingest_files import FileReader, ReadFile
from dmdx_desktop.workers.ingest_rows import write_found, write_reads
from dmdx_desktop.workers.supervisor import together
from dmdx_desktop.workers.walk import Walk

WALKED: Final = "walked"
FOUND_AT_ONCE: Final = 256
BATCH: Final = 64
BATCHES_UNDER_WAY: Final = 4
# The rows of a few files are a millisecond of the writer's time: a user's edit never waits for more.
LISTED_AT_ONCE: Final = 16
TOLD_EVERY_S: Final = 0.1


class Ingest:
    """Imports for commands; one object serves them all."""

    def __init__(
        self, paths: Paths, library: Library, blobs: BlobStore, files: FilesPool, pictures: PictureCalls
    ) -> None:
        self._library = library
        self._blobs = blobs
        self._files = files
        self._reader = FileReader(paths, blobs, files, pictures)

    async def run(
        self,
        command: commands.CommandRow,
        paths: Sequence[str],
        group: GroupMode,
        priority: int,
        report: Report,
    ) -> int:
        """Import what lies under ``paths`` for ``command``, or what is left of it; returns how many files were ignored.

        ``priority`` is that of the work that each picture then needs (``library.tasks``). Raises ``LibraryError`` when
        the library's disk refuses; everything else becomes a problem of the command.
        """
        walk = Walk(tuple(paths), group, command.id)
        progress = _Progress(self._library, command.key, report)
        if command.phase:
            await self._read_all(command.key, priority, progress)
            return 0
        await together(self._walk(command.key, walk), self._read_all(command.key, priority, progress))
        return walk.ignored

    async def _walk(self, command_key: int, walk: Walk) -> None:
        items = iter(walk)
        while found := await self._files.next_of(items, FOUND_AT_ONCE):
            await self._library.write(lambda tx, found=found: write_found(tx, command_key, found))  # type: ignore[misc]
        await self._library.write(lambda tx: commands.set_phase(tx, command_key, WALKED))

    async def _read_all(self, command_key: int, priority: int, progress: "_Progress") -> None:
        under_way: deque[asyncio.Task[None]] = deque()
        after = 0
        try:
            while rows := await self._next(command_key, after):
                after = rows[-1].key
                before = under_way[-1] if under_way else None
                under_way.append(asyncio.create_task(self._bring(command_key, priority, rows, before)))
                if len(under_way) == BATCHES_UNDER_WAY:
                    await under_way.popleft()
                await progress.tell()
            while under_way:
                await under_way.popleft()
            await progress.tell(at_once=True)
        finally:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)

    async def _next(self, command_key: int, after: int) -> tuple[IntakeRow, ...]:
        """The next files to read; empty once there are none and there will be none."""

        def look(connection: Connection) -> tuple[IntakeRow, ...] | None:
            # Asked before the files are: what the walk found last is there once it says that it is done.
            all_found = _is_walked(connection, command_key)
            rows = intake.waiting(connection, command_key, after_key=after, limit=BATCH)
            return rows if rows or all_found else None

        return await self._library.until(look, {Table.INTAKE, Table.COMMAND})

    async def _bring(
        self, command_key: int, priority: int, rows: Sequence[IntakeRow], before: "asyncio.Task[None] | None"
    ) -> None:
        """Read one batch, and list it once the one ``before`` is listed."""
        reads = await self._reader.read(rows)
        kept = [read.staged for read in reads if read.staged is not None and read.error is None]
        try:
            with self._blobs.protected([staged.sha256 for staged in kept]):
                await self._files.run(self._blobs.commit_all, kept)
                if before is not None:
                    await before
                await self._list(command_key, priority, reads)
        finally:
            await self._files.run(self._reader.discard, [read for read in reads if read.error is not None])

    async def _list(self, command_key: int, priority: int, reads: Sequence[ReadFile]) -> None:
        parts = [reads[start : start + LISTED_AT_ONCE] for start in range(0, len(reads), LISTED_AT_ONCE)]
        await asyncio.gather(
            *(
                self._library.write(lambda tx, part=part: write_reads(tx, command_key, priority, part))  # type: ignore[misc]
                for part in parts
            )
        )


class _Progress:
    """Tells now and then how far an import is."""

    def __init__(self, library: Library, command_key: int, report: Report) -> None:
        self._library = library
        self._command_key = command_key
        self._report = report
        self._told_at = 0.0

    async def tell(self, *, at_once: bool = False) -> None:
        """Report, unless that was done a moment ago."""
        now = asyncio.get_running_loop().time()
        if not at_once and now - self._told_at < TOLD_EVERY_S:
            return
        self._told_at = now
        done, total = await self._library.read(self._count)
        self._report("reading", done, total)

    def _count(self, connection: Connection) -> tuple[int, int | None]:
        """How many files are read, and of how many; None while they are still being found."""
        all_found = _is_walked(connection, self._command_key)
        counts = intake.counts(connection, self._command_key)
        return counts.done + counts.problem, counts.total if all_found else None


def _is_walked(connection: Connection, command_key: int) -> bool:
    """Whether every file of the import is a row."""
    return commands.get(connection, command_key).phase != ""
