"""Decodes each new picture whole, once: is it sound, its clean copy, its previews. Core process, asyncio loop."""

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library import problems, references, renders, tasks
from dmdx_desktop.library.blob_use import discard
from dmdx_desktop.library.database import Connection, Transaction
from dmdx_desktop.library.places import Places
from dmdx_desktop.library.previews import EDGES
from dmdx_desktop.library.references import ReferenceRow
from dmdx_desktop.library.tasks import Subject, TaskKind, TaskRow
from dmdx_desktop.models.problem import Problem
from dmdx_desktop.models.render_state import RenderEvent
from dmdx_desktop.services.base import PictureCalls
from dmdx_desktop.workers.files import FilesPool
from dmdx_desktop.workers.pools import PictureProcessError
from dmdx_desktop.workers.render_steps import step

PREPARE_SECONDS: Final = 10.0


class Prepare:
    """Carries out tasks of the kind ``prepare``."""

    def __init__(self, places: Places, files: FilesPool, pictures: PictureCalls) -> None:
        self._library = places.library
        self._blobs = places.blobs
        self._previews = places.previews
        self._files = files
        self._pictures = pictures

    def waiting(self, connection: Connection, busy: Collection[int], limit: int) -> Sequence[TaskRow]:
        """The next tasks."""
        return tasks.waiting(connection, TaskKind.PREPARE, limit, busy)

    async def carry_out(self, task: TaskRow) -> None:
        """Decode the reference, and store what came of it. Raises ``DmdxError``."""
        # Begun before the row is read: a deletion whose rows go from here on waits until the part has come to an end.
        part = self._blobs.begin()
        try:
            reference = await self._library.read(lambda connection: references.find(connection, task.subject_key))
            if reference is None:
                await self._library.write(lambda tx: tasks.finish(tx, task.key))
            else:
                await self._prepare(task, reference, part)
        finally:
            await self._files.run(self._blobs.abandon, part)

    async def _prepare(self, task: TaskRow, reference: ReferenceRow, part: Path) -> None:
        answer = await self._pictures.call(
            "prepare",
            {"path": str(self._blobs.path_of(reference.sha256)), "clean_copy_to": str(part)},
            seconds=PREPARE_SECONDS,
            priority=task.priority,
        )
        clean, facts = answer.values.get("clean_copy"), json.dumps(answer.values.get("facts"))
        if not isinstance(clean, dict):
            raise LookupError("a picture process did not answer what it was asked")
        await self._files.run(self._previews.put, reference.sha256, dict(zip(EDGES, answer.payloads, strict=True)))
        clean_sha256 = reference.sha256
        if clean.get("same_as_source"):
            kept = await self._library.write(lambda tx: _store(tx, task, clean_sha256, facts))
        else:
            staged = await self._files.run(self._blobs.measure, part)
            clean_sha256 = staged.sha256
            with self._blobs.protected([clean_sha256]):
                await self._files.run(self._blobs.commit, staged)
                kept = await self._library.write(lambda tx: _store(tx, task, clean_sha256, facts))
        if not kept:
            await discard(self._library, self._blobs, self._previews, [reference.sha256, clean_sha256])

    async def fail(self, task: TaskRow, error: DmdxError) -> None:
        """The reference cannot be used, unless its process merely died and a second try is worth it."""
        await self._library.write(lambda tx: _fail(tx, task, error))


def _store(tx: Transaction, task: TaskRow, clean_sha256: str, facts: str) -> bool:
    """Store what decoding found and ask for a reading; False where the piece was deleted meanwhile."""
    kept = references.set_ready(tx, task.subject_key, clean_sha256=clean_sha256, facts=facts)
    if kept:
        # Another command may have claimed the task since it was begun; the reading is what that command waits for.
        claimed = tasks.get(tx.connection, task.key) or task
        tasks.enqueue(
            tx,
            TaskKind.ANALYSE,
            Subject.REFERENCE,
            task.subject_key,
            priority=claimed.priority,
            command_key=claimed.command_key,
        )
    tasks.finish(tx, task.key)
    return kept


def _fail(tx: Transaction, task: TaskRow, error: DmdxError) -> None:
    if isinstance(error, PictureProcessError) and tasks.count_crash(tx, task.key) < tasks.MAX_CRASHES:
        return
    reference = references.find(tx.connection, task.subject_key)
    if reference is not None:
        references.set_unreadable(tx, reference.key)
        add_reference_problem(tx, reference, error, task.command_key)
        for render in renders.unfinished_of_reference(tx.connection, reference.key):
            step(tx, render.key, RenderEvent.FAIL, problem_code=error.code)
    tasks.finish(tx, task.key)


def add_reference_problem(tx: Transaction, reference: ReferenceRow, error: DmdxError, command_key: int | None) -> None:
    """Write down what is wrong with a reference."""
    problems.add(
        tx,
        Problem.of(error, path=reference.source_path),
        command_key=command_key,
        job_key=reference.job_key,
        reference_key=reference.key,
    )
