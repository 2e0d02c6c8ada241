"""Brings files into the library: found, copied, hashed, their headers checked, then listed. Core process, asyncio loop.

Every file is a row before it is opened, and a durable blob before it is a reference. Stopped anywhere, the same rows
say where to go on; a blob without a row, or a copy half made, is swept at the next start.
"""

import asyncio
import os
import shutil
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import DmdxError, LibraryError, PictureError
from dmdx_desktop.imaging import refusals
from dmdx_desktop.imaging.formats import HEAD_BYTES, foreign_kind, sniff
from dmdx_desktop.library import commands, intake, jobs, problems, references, tasks
from dmdx_desktop.library.blobs import BlobStore, Staged
from dmdx_desktop.library.database import Connection, Library, Table, Transaction
from dmdx_desktop.library.durable import BINARY, NO_FOLLOW, NO_WAIT
from dmdx_desktop.library.intake import FoundFile, IntakeRow
from dmdx_desktop.models.choices import GroupMode
from dmdx_desktop.models.filenames import read_name
from dmdx_desktop.models.outcome import Report
from dmdx_desktop.models.piece import Piece, combine
from dmdx_desktop.models.problem import Problem
from dmdx_desktop.models.vocabulary import View
from dmdx_desktop.services.base import PictureCalls
from dmdx_desktop.workers.files import FilesPool
from dmdx_desktop.workers.frames import error_from, words_of
from dmdx_desktop.workers.pools import PictureProcessError
from dmdx_desktop.workers.supervisor import together
from dmdx_desktop.workers.walk import Found, Walk, not_a_file, path_error

WALKED: Final = "walked"
FOUND_AT_ONCE: Final = 256
READ_AT_ONCE: Final = 32
HEADER_SECONDS: Final = 10.0
# What must stay free for the database, its log and the previews.
KEPT_FREE_BYTES: Final = 64_000_000


@dataclass(frozen=True, slots=True)
class _Read:
    """What reading one file gave: a staged copy with its header, or the reason why there is none."""

    row: IntakeRow
    staged: Staged | None
    error: DmdxError | None
    format: str = ""
    width: int = 0
    height: int = 0


class Ingest:
    """Imports for commands; one object serves them all."""

    def __init__(
        self, paths: Paths, library: Library, blobs: BlobStore, files: FilesPool, pictures: PictureCalls
    ) -> None:
        self._paths = paths
        self._library = library
        self._blobs = blobs
        self._files = files
        self._pictures = pictures

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
        walked = asyncio.Event()
        if command.phase:
            walked.set()
            await self._read_all(command.key, priority, walked, report)
            return 0
        await together(self._walk(command.key, walk, walked), self._read_all(command.key, priority, walked, report))
        return walk.ignored

    async def _walk(self, command_key: int, walk: Walk, walked: asyncio.Event) -> None:
        items = iter(walk)
        while found := await self._files.next_of(items, FOUND_AT_ONCE):
            await self._library.write(lambda tx, found=found: _write_found(tx, command_key, found))  # type: ignore[misc]
        await self._library.write(lambda tx: commands.set_phase(tx, command_key, WALKED))
        walked.set()

    async def _read_all(self, command_key: int, priority: int, walked: asyncio.Event, report: Report) -> None:
        """Read what was found, in that order. The next files are copied while the last ones are being listed."""
        after, listing = 0, None
        try:
            while rows := await self._next(command_key, after, walked):
                after = rows[-1].key
                reads = await self._read(rows)
                if listing is not None:
                    await listing
                await self._tell(command_key, walked, report)
                listing = asyncio.create_task(self._list(command_key, priority, reads))
            if listing is not None:
                await listing
            await self._tell(command_key, walked, report)
        finally:
            if listing is not None and not listing.done():
                listing.cancel()
                await asyncio.gather(listing, return_exceptions=True)

    async def _next(self, command_key: int, after: int, walked: asyncio.Event) -> tuple[IntakeRow, ...]:
        """The next files to read; empty once there are none and there will be none."""

        def look(connection: Connection) -> tuple[IntakeRow, ...] | None:
            all_found = walked.is_set()
            rows = intake.waiting(connection, command_key, after_key=after, limit=READ_AT_ONCE)
            return rows if rows or all_found else None

        return await self._library.until(look, {Table.INTAKE, Table.COMMAND})

    async def _read(self, rows: Sequence[IntakeRow]) -> list[_Read]:
        await self._files.run(self._refuse_when_full, rows)
        staged = await asyncio.gather(*(self._stage(row) for row in rows))
        copies = [read.staged for read in staged if read.staged is not None]
        headers = iter(await self._headers(copies))
        return [read if read.staged is None else _with_header(read, next(headers)) for read in staged]

    async def _stage(self, row: IntakeRow) -> _Read:
        try:
            return _Read(row, await self._files.run(self._stage_blocking, row.path), None)
        except PictureError as error:
            return _Read(row, None, error)

    def _stage_blocking(self, path: str) -> Staged:
        _refuse_by_content(path)
        return self._blobs.stage(Path(path), stop=self._files.stopping.is_set)

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

    async def _list(self, command_key: int, priority: int, reads: Sequence[_Read]) -> None:
        kept = [read.staged for read in reads if read.staged is not None and read.error is None]
        refused = [read.staged for read in reads if read.staged is not None and read.error is not None]
        hashes = [staged.sha256 for staged in kept]
        with self._blobs.protected(hashes):
            await self._files.run(self._blobs.commit_all, kept)
            await self._library.write(lambda tx: _write_reads(tx, command_key, priority, reads))
        for staged in refused:
            await self._files.run(self._blobs.discard, staged)

    async def _tell(self, command_key: int, walked: asyncio.Event, report: Report) -> None:
        counts = await self._library.read(lambda connection: intake.counts(connection, command_key))
        report("reading", counts.done + counts.problem, counts.total if walked.is_set() else None)

    def _refuse_when_full(self, rows: Sequence[IntakeRow]) -> None:
        needed = sum(_size_of(row.path) for row in rows)
        if shutil.disk_usage(self._paths.basedir).free < needed + KEPT_FREE_BYTES:
            raise LibraryError(
                "disk_full",
                "The disk is full.",
                "There is not enough room for the next pictures; those that were added are safe.",
                "Free some space, then run `dmdx-desktop resume`.",
            )


def _write_found(tx: Transaction, command_key: int, found: Sequence[Found | Problem]) -> None:
    files = [
        FoundFile(item.path, item.group_key or "", item.title, item.view or View.UNKNOWN)
        for item in found
        if isinstance(item, Found)
    ]
    intake.add(tx, command_key, files)
    for item in found:
        if isinstance(item, Problem):
            _write_walk_problem(tx, command_key, item)


def _write_walk_problem(tx: Transaction, command_key: int, problem: Problem) -> None:
    """Once a path, however often the walk is begun anew."""
    path = problem.path or ""
    if intake.by_path(tx.connection, command_key, path) is not None:
        return
    intake.add(tx, command_key, [FoundFile(path, "", "", View.UNKNOWN)])
    row = intake.by_path(tx.connection, command_key, path)
    if row is not None:
        intake.settle_as_problem(tx, row.key)
    problems.add(tx, problem, command_key=command_key)


def _write_reads(tx: Transaction, command_key: int, priority: int, reads: Sequence[_Read]) -> None:
    for read in reads:
        if read.error is not None or read.staged is None:
            error = read.error or refusals.not_a_picture()
            intake.settle_as_problem(tx, read.row.key)
            problems.add(tx, Problem.of(error, path=read.row.path), command_key=command_key)
        else:
            _write_reference(tx, command_key, priority, read, read.staged)


def _write_reference(tx: Transaction, command_key: int, priority: int, read: _Read, staged: Staged) -> None:
    row = read.row
    job = jobs.ensure(tx, title=row.title, group_key=row.group_key or f"file:{staged.sha256}")
    listed = references.insert(
        tx,
        references.NewReference(
            job_key=job.key,
            view=row.view,
            original_name=os.path.basename(row.path),
            source_path=row.path,
            format=read.format,
            width=read.width,
            height=read.height,
            bytes=staged.bytes,
            sha256=staged.sha256,
        ),
    )
    if listed.is_new:
        named = read_name(Path(row.path).parent.parts[1:], os.path.basename(row.path))
        jobs.set_piece(tx, job.key, combine(Piece.model_validate_json(job.piece), named).model_dump_json())
        tasks.enqueue(
            tx,
            tasks.TaskKind.PREPARE,
            tasks.Subject.REFERENCE,
            listed.row.key,
            priority=priority,
            command_key=command_key,
        )
    else:
        problems.repeat(tx, listed.row.key, command_key)
        tasks.claim(tx, tasks.Subject.REFERENCE, listed.row.key, priority=priority, command_key=command_key)
    intake.settle(tx, row.key, job_key=job.key, reference_key=listed.row.key)


def _with_header(read: _Read, answer: Mapping[str, object]) -> _Read:
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
