"""The one thread that writes to a library: two lanes, grouped commits, results only after the commit. Core process.

Bulk works (rows of an import, results of picture processes) are many and small; a commit that is durable against power
loss costs more than all of them. Works that wait are therefore carried out in one transaction, each in a savepoint of
its own, so that one that fails takes nothing with it. Commands, which a person waits for, go first: a command waits for
at most the one bulk transaction that is under way, which ends as soon as a command has come.
"""

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, TypeVar, cast

from dmdx_desktop.errors import LibraryError
from dmdx_desktop.library.changes import ChangeFeed, Table, merge
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.sqlite_errors import closed, disk_failure, error_of_sqlite
from dmdx_desktop.library.steps import Step, StepObserver

GROUP_LIMIT_S: Final = 0.008

T = TypeVar("T")
Parameters = Sequence[object] | Mapping[str, object]


class Lane(StrEnum):
    """Who waits for a write: a person (``COMMAND``, first) or the movers of pictures (``BULK``)."""

    COMMAND = "command"
    BULK = "bulk"


class Transaction:
    """What one work may do inside its transaction. Valid only while the work runs, on the writer thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._touched: list[tuple[Table, int]] = []
        self._at_end: dict[Hashable, Callable[[Transaction], None]] = {}

    @property
    def connection(self) -> Connection:
        """The writing connection, for the functions that read; it sees what this transaction has written."""
        return self._connection

    @property
    def touched(self) -> list[tuple[Table, int]]:
        """What :meth:`changed` was told so far."""
        return self._touched

    def execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Carry out one statement."""
        return self._connection.execute(sql, cast(Any, parameters))

    def executemany(self, sql: str, rows: Sequence[Parameters]) -> sqlite3.Cursor:
        """Carry out one statement for each of ``rows``."""
        return self._connection.executemany(sql, cast(Any, rows))

    def changed(self, table: Table, *keys: int) -> None:
        """Announce, once committed, that the rows ``keys`` of ``table`` are new, different or gone."""
        self._touched.extend((table, key) for key in keys)

    def at_end(self, subject: Hashable, action: "Callable[[Transaction], None]") -> None:
        """Carry out ``action`` when the work is done, as part of it; once, however often ``subject`` is named."""
        self._at_end[subject] = action

    def finish(self) -> None:
        """Carry out what :meth:`at_end` was told. For the writer only."""
        for action in self._at_end.values():
            action(self)


Work = Callable[[Transaction], T]


@dataclass(slots=True)
class _Order:
    """One work and the promise of its result."""

    work: Work[object]
    promise: Future[object] = field(default_factory=Future)


@dataclass(slots=True)
class _Outcome:
    """What a work returned or raised, kept back until its group is committed."""

    order: _Order
    result: object = None
    error: BaseException | None = None
    touched: Sequence[tuple[Table, int]] = ()

    def settle(self, group_error: BaseException | None) -> None:
        error = self.error or group_error
        if error is not None:
            self.order.promise.set_exception(error)
        else:
            self.order.promise.set_result(self.result)


class Writer:
    """Owns the writing connection and the thread that uses it.

    Works are carried out in the order they came within a lane. A promise is kept only after the commit that holds its
    work; when the commit fails, all promises of the group fail with the same error and the writer goes on.
    Cancelling a promise whose work has not begun drops the work; later than that it has no effect.
    """

    def __init__(
        self, connection: Connection, feed: ChangeFeed, observer: StepObserver, prologue: Callable[[Connection], None]
    ) -> None:
        """``prologue`` is carried out at the head of the first transaction that is committed."""
        self._connection = connection
        self._prologue = prologue
        self._committed_once = False
        self._feed = feed
        self._observer = observer
        self._arrival = threading.Condition()
        self._lanes: dict[Lane, deque[_Order]] = {Lane.COMMAND: deque(), Lane.BULK: deque()}
        self._errands: deque[tuple[Callable[[Connection], object], Future[object]]] = deque()
        self._closing = False
        # A daemon: a process that ends without closing must not hang on it; an open transaction is rolled back.
        self._thread = threading.Thread(target=self._serve, name="library-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work[T], lane: Lane) -> Future[T]:
        """Queue ``work``. Raises ``LibraryError`` (closed) once :meth:`close` was called."""
        order = _Order(work)
        with self._arrival:
            if self._closing:
                raise closed()
            self._lanes[lane].append(order)
            self._arrival.notify()
        return cast("Future[T]", order.promise)

    def submit_outside(self, errand: Callable[[Connection], T]) -> Future[T]:
        """Queue ``errand`` for a moment between two transactions: what SQLite refuses inside one (checkpoints)."""
        promise: Future[object] = Future()
        with self._arrival:
            if self._closing:
                raise closed()
            self._errands.append((errand, promise))
            self._arrival.notify()
        return cast("Future[T]", promise)

    def close(self) -> None:
        """Carry out what is queued, take nothing new, and return when the thread has ended."""
        with self._arrival:
            self._closing = True
            self._arrival.notify()
        self._thread.join()

    def _serve(self) -> None:
        try:
            while self._wait_for_work():
                if self._lanes[Lane.COMMAND]:
                    self._carry_out_group(Lane.COMMAND)
                elif self._errands:
                    self._carry_out_errand()
                else:
                    self._carry_out_group(Lane.BULK)
        finally:
            self._abandon_the_rest()

    def _wait_for_work(self) -> bool:
        with self._arrival:
            while not (self._lanes[Lane.COMMAND] or self._errands or self._lanes[Lane.BULK]):
                if self._closing:
                    return False
                self._arrival.wait()
        return True

    def _carry_out_group(self, lane: Lane) -> None:
        first = self._take(lane)
        if first is None:
            return
        group = [_Outcome(first)]
        group_error: BaseException | None = None
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._carry_out_works(lane, group)
            self._observer.step(Step.BEFORE_COMMIT)
            self._connection.execute("COMMIT")
            self._committed_once = True
            self._observer.step(Step.AFTER_COMMIT)
            self._feed.publish(merge(outcome.touched for outcome in group))
        except BaseException as error:
            # A boundary: the writer outlives a full disk, and nobody is told of work that is not on disk.
            group_error = _named(error)
            self._roll_back()
        finally:
            for outcome in group:
                outcome.settle(group_error)

    def _carry_out_works(self, lane: Lane, group: list[_Outcome]) -> None:
        """Carry out the one work in ``group``, and those that wait behind it for as long as the commit may wait."""
        deadline = time.monotonic() + GROUP_LIMIT_S
        if not self._committed_once:
            self._prologue(self._connection)
        while True:
            outcome = group[-1]
            self._carry_out(outcome)
            if not self._connection.in_transaction:
                # SQLite gives up a whole transaction on some failures of the disk; the works before are lost too.
                raise outcome.error or disk_failure()
            if time.monotonic() >= deadline or (lane is Lane.BULK and self._lanes[Lane.COMMAND]):
                return
            following = self._take(lane)
            if following is None:
                return
            group.append(_Outcome(following))

    def _carry_out(self, outcome: _Outcome) -> None:
        """Carry out one work in a savepoint of its own; what it raises belongs to whoever asked for it."""
        transaction = Transaction(self._connection)
        self._connection.execute("SAVEPOINT work")
        try:
            outcome.result = outcome.order.work(transaction)
            transaction.finish()
        except BaseException as error:
            outcome.error = _named(error)
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO work")
                self._connection.execute("RELEASE work")
            return
        outcome.touched = transaction.touched
        if self._connection.in_transaction:
            self._connection.execute("RELEASE work")

    def _carry_out_errand(self) -> None:
        errand, promise = self._errands.popleft()
        if not promise.set_running_or_notify_cancel():
            return
        try:
            self._observer.step(Step.BEFORE_ERRAND)
            result = errand(self._connection)
            self._observer.step(Step.AFTER_ERRAND)
        except BaseException as error:
            promise.set_exception(_named(error))
        else:
            promise.set_result(result)

    def _take(self, lane: Lane) -> _Order | None:
        """The next work of ``lane`` that still has someone waiting for it."""
        queue = self._lanes[lane]
        while queue:
            order = queue.popleft()
            if order.promise.set_running_or_notify_cancel():
                return order
        return None

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _abandon_the_rest(self) -> None:
        """Never leave anyone waiting, even should this thread end by a fault of its own."""
        with self._arrival:
            self._closing = True
            waiting = [order.promise for lane in self._lanes.values() for order in lane]
            waiting += [promise for _, promise in self._errands]
        for promise in waiting:
            if promise.set_running_or_notify_cancel():
                promise.set_exception(closed())


def _named(error: BaseException) -> BaseException:
    """``error`` itself, or the known failure of the disk or the database that it stands for."""
    if isinstance(error, sqlite3.Error) and not isinstance(error, LibraryError):
        known = error_of_sqlite(error)
        if known is not None:
            known.__cause__ = error
            return known
    return error
