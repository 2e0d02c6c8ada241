"""Work is rows: takes waiting rows of one kind in their order, a few at a time, for as long as the core lives.

Core process, asyncio loop. Nothing is remembered here that a row does not say; after a crash the same rows wait again.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Generic, Protocol, TypeVar

from dmdx_desktop.errors import DmdxError, StandstillError
from dmdx_desktop.library.changes import Changes
from dmdx_desktop.library.database import Connection, Library, Table
from dmdx_desktop.workers.supervisor import outcome_of


class Keyed(Protocol):
    """A row with its integer key."""

    @property
    def key(self) -> int: ...


Row = TypeVar("Row", bound=Keyed)
Waiting = Callable[[Connection, Collection[int], int], Sequence[Row]]
"""Reads the next waiting rows: without those with these keys, at most so many."""


class RowLoop(Generic[Row]):
    """Carries out each waiting row once, ``width`` at a time.

    ``carry_out`` ends a row's work by changing the row, so that it waits no more. When it raises, ``fail`` does that,
    with the reason. A ``StandstillError`` is the fault of no row: it ends the loop, and the rows stay.
    """

    def __init__(
        self,
        library: Library,
        tables: Collection[Table],
        waiting: Waiting[Row],
        carry_out: Callable[[Row], Awaitable[None]],
        fail: Callable[[Row, DmdxError], Awaitable[None]],
        *,
        width: int,
    ) -> None:
        self._library = library
        self._tables = frozenset(tables)
        self._waiting = waiting
        self._carry_out = carry_out
        self._fail = fail
        self._width = width
        self._busy: dict[int, asyncio.Task[DmdxError | None]] = {}
        self._woken = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    async def run(self) -> None:
        """Until cancelled. Raises ``StandstillError`` when nothing more can be done, and what ``fail`` raises."""
        self._library.changes.subscribe(self._hear)
        try:
            while True:
                self._woken.clear()
                await self._start_waiting()
                await self._woken.wait()
                self._collect_ended()
        finally:
            self._library.changes.unsubscribe(self._hear)
            await self._end_all()

    async def _start_waiting(self) -> None:
        free = self._width - len(self._busy)
        if free <= 0:
            return
        busy = tuple(self._busy)
        for row in await self._library.read(lambda connection: self._waiting(connection, busy, free)):
            task = asyncio.create_task(outcome_of(self._one(row)))
            self._busy[row.key] = task
            task.add_done_callback(lambda _: self._woken.set())

    async def _one(self, row: Row) -> None:
        error = await outcome_of(self._carry_out(row))
        if isinstance(error, StandstillError):
            raise error
        if error is not None:
            await self._fail(row, error)

    def _collect_ended(self) -> None:
        ended = {key: task for key, task in self._busy.items() if task.done()}
        for key, task in ended.items():
            del self._busy[key]
            error = None if task.cancelled() else task.result()
            if error is not None:
                raise error

    async def _end_all(self) -> None:
        tasks = tuple(self._busy.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _hear(self, changes: Changes) -> None:
        """On the writer thread: wake the loop when its tables changed."""
        if any(change.table in self._tables for change in changes):
            # The core may be ending: then there is no loop to wake.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._woken.set)
