"""Reads what a piece is, from its pictures and their names, and keeps its description. Core process, asyncio loop."""

import json
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library import commands, jobs, questions, references, tasks
from dmdx_desktop.library.blobs import BlobStore
from dmdx_desktop.library.database import Connection, Library, Transaction
from dmdx_desktop.library.references import ReferenceRow
from dmdx_desktop.library.tasks import TaskKind, TaskRow
from dmdx_desktop.models.filenames import read_name
from dmdx_desktop.models.piece import Piece, combine
from dmdx_desktop.services.base import Analyst, DescribeRequest
from dmdx_desktop.workers.pools import PictureProcessError
from dmdx_desktop.workers.prepare import add_reference_problem


class Analyse:
    """Carries out tasks of the kind ``analyse``."""

    def __init__(self, library: Library, blobs: BlobStore, analyst: Analyst, asks_model: Callable[[], bool]) -> None:
        self._asks_model = asks_model
        self._library = library
        self._blobs = blobs
        self._analyst = analyst

    def waiting(self, connection: Connection, busy: Collection[int], limit: int) -> Sequence[TaskRow]:
        """The next tasks."""
        return tasks.waiting(connection, TaskKind.ANALYSE, limit, busy)

    async def carry_out(self, task: TaskRow) -> None:
        """Have the reference described, and the piece with it. Raises ``DmdxError``."""
        reference = await self._library.read(lambda connection: references.find(connection, task.subject_key))
        if reference is None:
            await self._library.write(lambda tx: tasks.finish(tx, task.key))
            return
        reading = await self._analyst.describe(
            DescribeRequest(path=self._blobs.path_of(reference.sha256), sha256=reference.sha256)
        )
        asks_model = self._asks_model()
        await self._library.write(lambda tx: _store(tx, task, reading, asks_model=asks_model))

    async def fail(self, task: TaskRow, error: DmdxError) -> None:
        """The piece stays as it is described so far; a process that merely died is worth a second try."""
        await self._library.write(lambda tx: _fail(tx, task, error))


def _store(tx: Transaction, task: TaskRow, reading: Piece, *, asks_model: bool) -> None:
    reference = references.find(tx.connection, task.subject_key)
    if reference is not None:
        references.set_reading(tx, reference.key, reading.model_dump_json())
        _describe(tx, reference, combine(_named(reference), reading))
        # Another command may have claimed the task since it was begun; the answer is what that command waits for.
        claimed = tasks.get(tx.connection, task.key) or task
        if asks_model and not _is_read_here(tx.connection, claimed.command_key):
            questions.enqueue(tx, reference.key, priority=claimed.priority, command_key=claimed.command_key)
    tasks.finish(tx, task.key)


def _is_read_here(connection: Connection, command_key: int | None) -> bool:
    """Whether the command that brought a picture said that it is read on this computer alone."""
    if command_key is None:
        return False
    return json.loads(commands.get(connection, command_key).arguments).get("here", False) is True


def _fail(tx: Transaction, task: TaskRow, error: DmdxError) -> None:
    if isinstance(error, PictureProcessError) and tasks.count_crash(tx, task.key) < tasks.MAX_CRASHES:
        return
    reference = references.find(tx.connection, task.subject_key)
    if reference is not None:
        add_reference_problem(tx, reference, error, task.command_key)
        _describe(tx, reference, _named(reference))
    tasks.finish(tx, task.key)


def _named(reference: ReferenceRow) -> Piece:
    """What the file and the folders it came from are called says of the piece."""
    return read_name(Path(reference.source_path).parent.parts[1:], reference.original_name)


def _describe(tx: Transaction, reference: ReferenceRow, read: Piece) -> None:
    """Add what was read to the description of the piece, which the user may have changed meanwhile."""
    current = Piece.model_validate_json(jobs.get(tx.connection, reference.job_key).piece)
    jobs.set_piece(tx, reference.job_key, combine(current, read).model_dump_json())
