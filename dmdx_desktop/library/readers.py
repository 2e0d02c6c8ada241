"""Threads that read a library while the writer writes: each has a read-only connection and sees one moment per read.

Core process and window process; several processes may read the same library at once.
"""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

from dmdx_desktop.library.connections import Connection, open_for_reading
from dmdx_desktop.library.sqlite_errors import closed, error_of_sqlite

STEPS_BETWEEN_LOOKS: Final = 50_000
"""Steps of SQLite's virtual machine between two looks whether the library is closing: a few milliseconds."""

T = TypeVar("T")


class Readers:
    """A few reader threads with a connection each, opened when first needed."""

    def __init__(self, database: Path, threads: int) -> None:
        self._database = database
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="library-reader")
        self._own = threading.local()
        self._lock = threading.Lock()
        self._connections: list[Connection] = []
        self._closed = False

    def submit(self, work: Callable[[Connection], T]) -> Future[T]:
        """Carry out ``work`` on a reader thread, all of it on one snapshot of the library.

        The promise fails with ``LibraryError`` when the library cannot be read, or with what ``work`` raised.
        """
        with self._lock:
            if self._closed:
                raise closed()
            return self._pool.submit(self._carry_out, work)

    def close(self) -> None:
        """Interrupt the reads under way, refuse the waiting ones and close every connection."""
        with self._lock:
            self._closed = True
        # The waiting ones are not cancelled: whoever waits for them would take that for being cancelled itself.
        self._pool.shutdown(wait=True)
        for connection in self._connections:
            connection.close()

    def _carry_out(self, work: Callable[[Connection], T]) -> T:
        if self._closed:
            raise closed()
        try:
            return read_one_moment(self._connection(), work)
        except sqlite3.Error as error:
            known = error_of_sqlite(error)
            if known is None:
                raise
            raise known from error

    def _connection(self) -> Connection:
        connection: Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = open_for_reading(self._database)
            # Unlike interrupt(), this also ends a statement that begins a moment after the closing.
            connection.set_progress_handler(lambda: self._closed, STEPS_BETWEEN_LOOKS)
            self._own.connection = connection
            with self._lock:
                self._connections.append(connection)
        return connection


def read_one_moment(connection: Connection, work: Callable[[Connection], T]) -> T:
    """The result of ``work``, whose statements all see the library as it was at the first of them."""
    connection.execute("BEGIN")
    try:
        return work(connection)
    finally:
        connection.execute("ROLLBACK")
