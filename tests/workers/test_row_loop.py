"""Work is rows: each carried out or failed once, none lost, whoever fails or cancels. A real library."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import DmdxError, LibraryError, PictureError, StandstillError
from dmdx_desktop.library import tasks
from dmdx_desktop.library.database import Connection, Library, Table, Transaction
from dmdx_desktop.library.tasks import Subject, TaskKind, TaskRow
from dmdx_desktop.workers.row_loop import RowLoop
from dmdx_desktop.workers.supervisor import Supervisor, known_or_unexpected, outcome_of, together


class Desk:
    """A loop over tasks, and what it did with them. ``work`` is what it does about each."""

    def __init__(self, library: Library, work: Callable[[TaskRow], Awaitable[None]], width: int) -> None:
        self._library = library
        self._work = work
        self.done: list[int] = []
        self.failed: list[tuple[int, str]] = []
        self.busy = 0
        self.busiest = 0
        self.loop = RowLoop(library, {Table.TASK}, self._waiting, self._carry_out, self._fail, width=width)

    async def add(self, *subjects: int, priority: int = tasks.NORMAL) -> None:
        await self._library.write(lambda tx: _enqueue(tx, subjects, priority))

    async def none_left(self) -> None:
        await self.so_many_left(0)

    async def so_many_left(self, number: int) -> None:
        await self._library.until(lambda connection: tasks.count(connection) == number or None, {Table.TASK})

    async def left(self) -> int:
        return await self._library.read(tasks.count)

    @staticmethod
    def _waiting(connection: Connection, busy: Collection[int], limit: int) -> tuple[TaskRow, ...]:
        return tasks.waiting(connection, TaskKind.PREPARE, limit, busy)

    async def _carry_out(self, row: TaskRow) -> None:
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        try:
            await self._work(row)
        finally:
            self.busy -= 1
        self.done.append(row.subject_key)
        await self._library.write(lambda tx: tasks.finish(tx, row.key))

    async def _fail(self, row: TaskRow, error: DmdxError) -> None:
        self.failed.append((row.subject_key, error.code))
        await self._library.write(lambda tx: tasks.finish(tx, row.key))


def _enqueue(tx: Transaction, subjects: Collection[int], priority: int) -> None:
    for subject in subjects:
        tasks.enqueue(tx, TaskKind.PREPARE, Subject.REFERENCE, subject, priority=priority)


@asynccontextmanager
async def _desk(
    tmp_path: Path, work: Callable[[TaskRow], Awaitable[None]], width: int = 2
) -> AsyncIterator[tuple[Desk, Supervisor]]:
    library = await asyncio.to_thread(Library.open, Paths(tmp_path / "library"))
    supervisor = Supervisor()
    try:
        yield Desk(library, work, width), supervisor
    finally:
        await supervisor.close()
        await asyncio.to_thread(library.close)


async def _nothing(row: TaskRow) -> None:
    await asyncio.sleep(0)


async def test_every_row_is_carried_out_once_in_order_and_so_many_at_a_time(tmp_path: Path) -> None:
    async with _desk(tmp_path, _nothing, width=3) as (desk, supervisor):
        await desk.add(*range(1, 41))
        supervisor.spawn("loop", desk.loop.run())
        await desk.none_left()
        await desk.add(*range(41, 51))
        await desk.none_left()
        await supervisor.close()
        assert sorted(desk.done) == list(range(1, 51))
        assert desk.busiest == 3
        assert all(abs(subject - place) <= 3 for place, subject in enumerate(desk.done, 1))


async def test_urgent_row_that_comes_later_goes_before_the_others(tmp_path: Path) -> None:
    first_begun, go = asyncio.Event(), asyncio.Event()

    async def wait(row: TaskRow) -> None:
        first_begun.set()
        await go.wait()

    async with _desk(tmp_path, wait, width=1) as (desk, supervisor):
        await desk.add(1, 2, 3)
        supervisor.spawn("loop", desk.loop.run())
        await first_begun.wait()
        await desk.add(9, priority=tasks.FIRST)
        go.set()
        await desk.none_left()
        await supervisor.close()
        assert desk.done == [1, 9, 2, 3]


async def test_row_that_hangs_holds_up_no_other(tmp_path: Path) -> None:
    async def hang_at_one(row: TaskRow) -> None:
        if row.subject_key == 1:
            await asyncio.Event().wait()

    async with _desk(tmp_path, hang_at_one) as (desk, supervisor):
        await desk.add(*range(1, 11))
        supervisor.spawn("loop", desk.loop.run())
        await desk.so_many_left(1)
        await supervisor.close()
        assert desk.done == list(range(2, 11))
        # Cancelled with the loop, it is still to be done.
        assert await desk.left() == 1


async def test_row_whose_work_fails_is_failed_once_with_its_reason(tmp_path: Path) -> None:
    async def refuse_even(row: TaskRow) -> None:
        if row.subject_key % 2 == 0:
            raise PictureError("damaged", "It is damaged.", "A part of it is missing.", "Export it again.")
        await asyncio.sleep(0)

    async with _desk(tmp_path, refuse_even) as (desk, supervisor):
        await desk.add(*range(1, 11))
        supervisor.spawn("loop", desk.loop.run())
        await desk.none_left()
        await supervisor.close()
        assert sorted(desk.done) == [1, 3, 5, 7, 9]
        assert sorted(desk.failed) == [(number, "damaged") for number in (2, 4, 6, 8, 10)]


@pytest.mark.allow_logs
async def test_unforeseen_failure_gets_words_and_its_message_is_in_no_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def slip(row: TaskRow) -> None:
        await asyncio.sleep(0)
        raise ZeroDivisionError("grandmother's ring")

    async with _desk(tmp_path, slip) as (desk, supervisor):
        await desk.add(1)
        supervisor.spawn("loop", desk.loop.run())
        await desk.none_left()
        assert desk.failed == [(1, "unexpected")]
        assert not supervisor.failed.done()
    errors = [record for record in caplog.records if record.levelname == "ERROR"]
    assert len(errors) == 1
    assert "grandmother" not in errors[0].getMessage()


@pytest.mark.parametrize("kind", [LibraryError, StandstillError])
async def test_standstill_ends_the_loop_leaves_the_rows_and_is_told_to_whoever_waits(
    tmp_path: Path, kind: type[StandstillError]
) -> None:
    is_full = True

    async def fill_the_disk(row: TaskRow) -> None:
        await asyncio.sleep(0)
        if is_full and row.subject_key == 2:
            raise kind("disk_full", "The disk is full.", "There is no room.", "Free some space.")

    async with _desk(tmp_path, fill_the_disk, width=1) as (desk, supervisor):
        await desk.add(1, 2, 3)
        running = supervisor.spawn("loop", desk.loop.run())
        with pytest.raises(kind) as raised:
            await supervisor.unless_halted(desk.none_left())
        assert raised.value.code == "disk_full"
        await asyncio.wait({running})
        assert desk.failed == []
        assert await desk.left() == 2
        # Room was made: who starts it again begins with a clean sheet.
        is_full = False
        supervisor.go_on()
        supervisor.spawn("loop", desk.loop.run())
        await supervisor.unless_halted(desk.none_left())
        await supervisor.close()
        assert desk.done == [1, 2, 3]


async def test_cancelled_loop_leaves_the_rows_it_was_about(tmp_path: Path) -> None:
    begun = asyncio.Event()

    async def hang(row: TaskRow) -> None:
        begun.set()
        await asyncio.Event().wait()

    async with _desk(tmp_path, hang) as (desk, supervisor):
        await desk.add(1, 2, 3)
        supervisor.spawn("loop", desk.loop.run())
        await begun.wait()
        await supervisor.close()
        assert (desk.done, desk.failed, desk.busy) == ([], [], 0)
        assert await desk.left() == 3


async def test_who_waits_for_halted_work_gets_its_result_when_there_is_one(tmp_path: Path) -> None:
    supervisor = Supervisor()

    async def answer() -> int:
        await asyncio.sleep(0)
        return 42

    assert await supervisor.unless_halted(answer()) == 42
    supervisor.halt(LibraryError("disk_full", "The disk is full.", "There is no room.", "Free some space."))
    with pytest.raises(LibraryError):
        await supervisor.unless_halted(asyncio.Event().wait())


@pytest.mark.allow_logs
async def test_task_that_ends_by_a_slip_halts_the_work_with_words() -> None:
    supervisor = Supervisor()

    async def slip() -> None:
        await asyncio.sleep(0)
        raise ZeroDivisionError

    await supervisor.spawn("slip", slip())
    assert (await supervisor.failed).code == "unexpected"


async def test_works_side_by_side_fail_with_the_error_itself_and_leave_nothing_running() -> None:
    cancelled = asyncio.Event()

    async def hang() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    async def fail() -> None:
        await asyncio.sleep(0)
        raise LibraryError("disk_full", "The disk is full.", "There is no room.", "Free some space.")

    with pytest.raises(LibraryError):
        await together(hang(), fail())
    assert cancelled.is_set()


async def test_cancelling_goes_through_the_boundaries() -> None:
    hanging = asyncio.Event()
    for boundary in (outcome_of, known_or_unexpected):
        task = asyncio.ensure_future(boundary(_wait_for(hanging)))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def _wait_for(event: asyncio.Event) -> None:
    await event.wait()
