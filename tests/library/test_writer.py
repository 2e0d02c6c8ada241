"""The writer thread: what it promises to those who wait for it."""

import asyncio
import sqlite3
import threading
import time
from concurrent.futures import CancelledError, Future
from functools import partial

import pytest

from dmdx_desktop.errors import LibraryError
from dmdx_desktop.library import jobs
from dmdx_desktop.library.changes import Changed, Changes
from dmdx_desktop.library.database import Lane, Library, Table, Transaction
from dmdx_desktop.library.writer import Writer
from tests.library.world import add_job


class Gate:
    """Holds the writer inside a work, so that a test can queue others behind it."""

    def __init__(self, library: Library) -> None:
        self._entered = threading.Event()
        self._open = threading.Event()
        self._held = writer_of(library).submit(self._hold, Lane.COMMAND)
        assert self._entered.wait(10)

    def _hold(self, tx: Transaction) -> None:
        self._entered.set()
        assert self._open.wait(10)

    def release(self) -> None:
        self._open.set()
        self._held.result(10)


def writer_of(library: Library) -> Writer:
    return library._writer


def add_key(tx: Transaction, number: int) -> int:
    return add_job(tx, number).key


def titles(library: Library) -> list[str]:
    return [row.title for row in library.read_blocking(jobs.page)]


def test_queued_bulk_works_share_one_commit(library: Library) -> None:
    commits: list[Changes] = []
    gate = Gate(library)
    library.changes.subscribe(commits.append)
    promises = [writer_of(library).submit(partial(add_key, number=n), Lane.BULK) for n in range(20)]
    gate.release()
    keys = [promise.result(10) for promise in promises]
    assert len(set(keys)) == 20
    of_jobs = [changes for changes in commits if changes]
    assert len(of_jobs) < 20
    assert frozenset(keys) == frozenset().union(*(change.keys for changes in of_jobs for change in changes))


def test_a_work_that_raises_rolls_back_alone_and_tells_only_its_caller(library: Library) -> None:
    def fail(tx: Transaction) -> None:
        add_job(tx, 2)
        raise RuntimeError("no")

    gate = Gate(library)
    before = writer_of(library).submit(lambda tx: add_job(tx, 1), Lane.BULK)
    failing = writer_of(library).submit(fail, Lane.BULK)
    after = writer_of(library).submit(lambda tx: add_job(tx, 3), Lane.BULK)
    gate.release()
    before.result(10)
    after.result(10)
    with pytest.raises(RuntimeError, match="no"):
        failing.result(10)
    assert titles(library) == ["Ring 1", "Ring 3"]


def test_changes_of_a_work_that_raises_are_not_announced(library: Library) -> None:
    heard: list[Changes] = []
    library.changes.subscribe(heard.append)

    def fail(tx: Transaction) -> None:
        add_job(tx, 1)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        library.write_blocking(fail)
    assert heard == [()]


def test_a_broken_constraint_is_a_fault_of_the_program_and_rolls_back_its_work(library: Library) -> None:
    library.write_blocking(lambda tx: jobs.insert(tx, title="a", group_key="g"))
    with pytest.raises(sqlite3.IntegrityError):
        library.write_blocking(lambda tx: jobs.insert(tx, title="b", group_key="g"))
    assert titles(library) == ["a"]


def test_when_the_commit_fails_every_work_of_the_group_fails_and_the_writer_goes_on(library: Library) -> None:
    def leave_a_broken_promise(tx: Transaction) -> None:
        tx.execute("PRAGMA defer_foreign_keys = ON")
        tx.execute(
            "INSERT INTO intake (command_key, path, group_key, title, view, state) VALUES (9, '', '', '', '', 'found')"
        )

    gate = Gate(library)
    good = writer_of(library).submit(lambda tx: add_job(tx, 1), Lane.BULK)
    bad = writer_of(library).submit(leave_a_broken_promise, Lane.BULK)
    gate.release()
    for promise in (good, bad):
        with pytest.raises(sqlite3.IntegrityError):
            promise.result(10)
    assert titles(library) == []
    library.write_blocking(lambda tx: add_job(tx, 2))
    assert titles(library) == ["Ring 2"]


def test_a_work_that_ends_the_transaction_itself_fails_its_whole_group(library: Library) -> None:
    gate = Gate(library)
    good = writer_of(library).submit(lambda tx: add_job(tx, 1), Lane.BULK)
    rogue = writer_of(library).submit(lambda tx: tx.execute("ROLLBACK").rowcount, Lane.BULK)
    gate.release()
    with pytest.raises(LibraryError):
        good.result(10)
    with pytest.raises(LibraryError):
        rogue.result(10)
    assert titles(library) == []


def test_a_promise_is_kept_only_after_the_commit(library: Library) -> None:
    seen: list[bool] = []
    promise: Future[int] = Future()

    def look(changes: Changes) -> None:
        # Published after the commit and before the promises of its group.
        seen.append(not promise.done())

    library.changes.subscribe(look)
    gate = Gate(library)
    promise = writer_of(library).submit(lambda tx: add_job(tx, 1).key, Lane.BULK)
    gate.release()
    promise.result(10)
    assert all(seen)
    assert len(seen) == 2


def test_commands_go_ahead_of_bulk_works_that_came_before(library: Library) -> None:
    order: list[str] = []
    gate = Gate(library)
    promises = [writer_of(library).submit(lambda tx: order.append("bulk"), Lane.BULK) for _ in range(5)]
    promises.append(writer_of(library).submit(lambda tx: order.append("command"), Lane.COMMAND))
    gate.release()
    for promise in promises:
        promise.result(10)
    assert order == ["command", *["bulk"] * 5]


def test_a_bulk_transaction_ends_as_soon_as_a_command_has_come(library: Library) -> None:
    order: list[str] = []
    commands: list[Future[None]] = []

    def bulk_during_which_a_command_comes(tx: Transaction) -> None:
        order.append("first bulk")
        commands.append(writer_of(library).submit(lambda tx: order.append("command"), Lane.COMMAND))

    gate = Gate(library)
    first = writer_of(library).submit(bulk_during_which_a_command_comes, Lane.BULK)
    second = writer_of(library).submit(lambda tx: order.append("second bulk"), Lane.BULK)
    gate.release()
    first.result(10)
    second.result(10)
    commands[0].result(10)
    assert order == ["first bulk", "command", "second bulk"]


@pytest.mark.alone
def test_a_command_waits_a_few_milliseconds_while_thousands_of_bulk_works_wait(library: Library) -> None:
    bulk = [writer_of(library).submit(partial(add_job, number=n), Lane.BULK) for n in range(3_000)]
    waits: list[float] = []
    for number in range(9):
        began = time.perf_counter()
        library.write_blocking(partial(add_job, number=10_000 + number), lane=Lane.COMMAND)
        waits.append(time.perf_counter() - began)
    assert not bulk[-1].done()
    assert sorted(waits)[4] < 0.05
    for promise in bulk:
        promise.result(30)


async def test_a_caller_cancelled_while_its_work_is_queued_takes_the_work_back(library: Library) -> None:
    gate = await asyncio.to_thread(Gate, library)
    waiting = asyncio.create_task(library.write(lambda tx: add_job(tx, 1)))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.to_thread(gate.release)
    await library.write(lambda tx: add_job(tx, 2))
    assert await library.read(jobs.count) == 1


async def test_a_caller_cancelled_while_its_work_runs_leaves_the_work_committed(library: Library) -> None:
    entered = threading.Event()
    leave = threading.Event()

    def work(tx: Transaction) -> None:
        add_job(tx, 1)
        entered.set()
        assert leave.wait(10)

    waiting = asyncio.create_task(library.write(work))
    await asyncio.to_thread(entered.wait, 10)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    leave.set()
    await library.write(lambda tx: None)
    assert await library.read(jobs.count) == 1


def test_closing_carries_out_what_is_queued_and_takes_nothing_new(library: Library) -> None:
    gate = Gate(library)
    promises = [writer_of(library).submit(partial(add_job, number=n), Lane.BULK) for n in range(5)]
    closing = threading.Thread(target=library.close)
    closing.start()
    gate.release()
    closing.join(10)
    assert [promise.result(0).title for promise in promises] == [f"Ring {n}" for n in range(5)]
    with pytest.raises(LibraryError) as caught:
        library.write_blocking(lambda tx: None)
    assert caught.value.code == "closed"


def test_cancelled_works_alone_make_no_commit(library: Library) -> None:
    heard: list[Changes] = []
    gate = Gate(library)
    cancelled = writer_of(library).submit(lambda tx: add_job(tx, 1), Lane.BULK)
    assert cancelled.cancel()
    gate.release()
    library.changes.subscribe(heard.append)
    key = library.write_blocking(lambda tx: add_job(tx, 2).key)
    with pytest.raises(CancelledError):
        cancelled.result(0)
    assert heard == [(Changed(Table.JOB, frozenset({key})),)]


@pytest.mark.allow_logs
def test_a_subscriber_that_raises_stops_neither_the_writer_nor_the_others(library: Library) -> None:
    heard: list[Changes] = []

    def fail(changes: Changes) -> None:
        raise RuntimeError

    library.changes.subscribe(fail)
    library.changes.subscribe(heard.append)
    library.write_blocking(lambda tx: add_job(tx, 1))
    assert len(heard) == 1


def test_changes_are_heard_in_the_order_of_the_commits(library: Library) -> None:
    heard: list[int] = []
    library.changes.subscribe(lambda changes: heard.extend(key for change in changes for key in sorted(change.keys)))
    keys = [library.write_blocking(partial(add_key, number=n)) for n in range(10)]
    assert heard == keys


def test_the_feed_can_be_joined_and_left_from_many_threads(library: Library) -> None:
    def come_and_go() -> None:
        for _ in range(50):
            hear = heard.append
            library.changes.subscribe(hear)
            library.changes.unsubscribe(hear)

    heard: list[Changes] = []
    threads = [threading.Thread(target=come_and_go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(20):
        library.write_blocking(partial(add_job, number=number))
    for thread in threads:
        thread.join()
    heard.clear()
    library.write_blocking(lambda tx: add_job(tx, 99))
    assert heard == []
