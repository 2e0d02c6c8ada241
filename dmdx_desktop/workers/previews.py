"""Makes previews again where the cache lost them: it may be deleted at any time. Core process, asyncio loop."""

from collections.abc import Collection, Sequence
from typing import Final

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library import outputs, references, tasks
from dmdx_desktop.library.database import Connection, Transaction
from dmdx_desktop.library.places import Places
from dmdx_desktop.library.previews import EDGES
from dmdx_desktop.library.tasks import Subject, TaskKind, TaskRow
from dmdx_desktop.services.base import PictureCalls
from dmdx_desktop.workers.files import FilesPool
from dmdx_desktop.workers.pools import PictureProcessError

PREVIEW_SECONDS: Final = 10.0
# What is older than these is made when somebody looks at it.
MADE_AGAIN_AT_MOST: Final = 5_000


class Previews:
    """Carries out tasks of the kind ``preview``."""

    def __init__(self, places: Places, files: FilesPool, pictures: PictureCalls) -> None:
        self._library = places.library
        self._blobs = places.blobs
        self._previews = places.previews
        self._files = files
        self._pictures = pictures

    async def ask_for_lost(self) -> None:
        """Where the whole cache is gone, ask for the previews of the newest pictures."""
        if self._previews.size_bytes == 0:
            await self._library.write(_ask_for_newest)

    def waiting(self, connection: Connection, busy: Collection[int], limit: int) -> Sequence[TaskRow]:
        """The next tasks."""
        return tasks.waiting(connection, TaskKind.PREVIEW, limit, busy)

    async def carry_out(self, task: TaskRow) -> None:
        """Make and store the previews of the task's picture. Raises ``DmdxError``."""
        sha256 = await self._sha256(task)
        if sha256 is not None:
            # A deletion whose rows go from here on waits until these previews are there, and takes them with it.
            with self._blobs.protected([sha256]):
                await self._make(task, sha256)
        await self._library.write(lambda tx: tasks.finish(tx, task.key))

    async def _make(self, task: TaskRow, sha256: str) -> None:
        if await self._sha256(task) is None:
            return
        answer = await self._pictures.call(
            "previews", {"path": str(self._blobs.path_of(sha256))}, seconds=PREVIEW_SECONDS, priority=task.priority
        )
        await self._files.run(self._previews.put, sha256, dict(zip(EDGES, answer.payloads, strict=True)))

    async def _sha256(self, task: TaskRow) -> str | None:
        return await self._library.read(lambda connection: _sha256_of(connection, task))

    async def fail(self, task: TaskRow, error: DmdxError) -> None:
        """A tile stays empty: nothing else is lost, and the picture itself has its own problem where it is damaged."""
        await self._library.write(lambda tx: _fail(tx, task, error))


def _sha256_of(connection: Connection, task: TaskRow) -> str | None:
    if task.subject_table is Subject.REFERENCE:
        reference = references.find(connection, task.subject_key)
        return None if reference is None else reference.sha256
    rows = outputs.of_keys(connection, [task.subject_key])
    return rows[0].sha256 if rows else None


def _ask_for_newest(tx: Transaction) -> None:
    for subject, keys in (
        (Subject.OUTPUT, outputs.newest_keys(tx.connection, MADE_AGAIN_AT_MOST)),
        (Subject.REFERENCE, references.newest_ready_keys(tx.connection, MADE_AGAIN_AT_MOST)),
    ):
        for key in keys:
            tasks.enqueue(tx, TaskKind.PREVIEW, subject, key)


def _fail(tx: Transaction, task: TaskRow, error: DmdxError) -> None:
    if isinstance(error, PictureProcessError) and tasks.count_crash(tx, task.key) < tasks.MAX_CRASHES:
        return
    tasks.finish(tx, task.key)
