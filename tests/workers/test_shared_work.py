"""One execution of a command for all who ask for it at once."""

import asyncio

import pytest

from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.outcome import ExitCode, Outcome, Report
from dmdx_desktop.workers.shared_work import SharedWork


class Work:
    """A work that reports once, and ends when it is let go."""

    def __init__(self, error: UsageError | None = None) -> None:
        self.begun = 0
        self.cancelled = 0
        self.reported = asyncio.Event()
        self.let_go = asyncio.Event()
        self._error = error

    async def __call__(self, report: Report) -> Outcome:
        self.begun += 1
        report("reading", 1, 2)
        self.reported.set()
        try:
            await self.let_go.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self._error is not None:
            raise self._error
        report("reading", 2, 2)
        return Outcome(ExitCode.WELL, {"number": self.begun})


def _ignore(phase: str, done: int, total: int | None) -> None:
    del phase, done, total


async def test_all_who_ask_meanwhile_share_one_execution_its_progress_and_its_outcome() -> None:
    shared, work = SharedWork(), Work()
    heard: list[list[int]] = [[], []]
    first = asyncio.create_task(shared.run(1, work, lambda phase, done, total: heard[0].append(done)))
    await work.reported.wait()
    second = asyncio.create_task(shared.run(1, work, lambda phase, done, total: heard[1].append(done)))
    await asyncio.sleep(0)
    assert 1 in shared
    work.let_go.set()
    assert await first == await second
    assert work.begun == 1
    assert heard == [[1, 2], [1, 2]]
    assert 1 not in shared


async def test_other_and_later_ones_are_executions_of_their_own() -> None:
    shared, work = SharedWork(), Work()
    work.let_go.set()
    await asyncio.gather(shared.run(1, work, _ignore), shared.run(2, work, _ignore))
    await shared.run(1, work, _ignore)
    assert work.begun == 3


async def test_one_who_leaves_does_not_stop_it_and_the_last_does() -> None:
    shared, work = SharedWork(), Work()
    waiting = [asyncio.create_task(shared.run(1, work, _ignore)) for _ in range(2)]
    await work.reported.wait()
    waiting[0].cancel()
    await asyncio.gather(waiting[0], return_exceptions=True)
    assert work.cancelled == 0
    waiting[1].cancel()
    await asyncio.gather(waiting[1], return_exceptions=True)
    assert work.cancelled == 1
    assert 1 not in shared


async def test_error_reaches_all() -> None:
    shared, work = SharedWork(), Work(UsageError("not_found", "It is not there.", "It was deleted.", "See the list."))
    waiting = [asyncio.create_task(shared.run(1, work, _ignore)) for _ in range(3)]
    await work.reported.wait()
    work.let_go.set()
    for task in waiting:
        with pytest.raises(UsageError):
            await task
