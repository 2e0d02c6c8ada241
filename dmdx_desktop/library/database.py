"""The library as one object: opening and upgrading it, writing through one thread, reading on others, hearing changes.

Core process. The window process reads with ``LibraryReader``. No await ever happens inside a transaction: works are
plain functions that run to their end on a thread of the library.
"""

import asyncio
import contextlib
import os
import sqlite3
from collections.abc import Collection
from typing import Final, TypeVar

from dmdx_desktop.config import Paths
from dmdx_desktop.library.blobs import holds_blobs
from dmdx_desktop.library.changes import Changed as Changed
from dmdx_desktop.library.changes import ChangeFeed, Changes
from dmdx_desktop.library.changes import Table as Table
from dmdx_desktop.library.connections import Connection as Connection
from dmdx_desktop.library.connections import open_for_reading, open_writable, rewrite, size_of, truncate_wal
from dmdx_desktop.library.durable import make_private_folder, sync_folder
from dmdx_desktop.library.migrations import MIGRATIONS, Migration, Version, checked_version, migrate
from dmdx_desktop.library.readers import Readers
from dmdx_desktop.library.reading import READER_THREADS, Read
from dmdx_desktop.library.reading import LibraryReader as LibraryReader
from dmdx_desktop.library.sqlite_errors import library_errors, missing_database, read_only
from dmdx_desktop.library.steps import NoObserver, StepObserver
from dmdx_desktop.library.upkeep import leftovers_possible, note_first_write, note_proper_end
from dmdx_desktop.library.writer import Lane as Lane
from dmdx_desktop.library.writer import Transaction as Transaction
from dmdx_desktop.library.writer import Work, Writer

WAL_WAIT_MS: Final = 20
CLOSING_WAL_WAIT_MS: Final = 500

T = TypeVar("T")


class Library(LibraryReader):
    """A library opened for writing. One at a time: the core holds the basedir's lock before it opens one."""

    def __init__(self, connection: Connection, readers: Readers, observer: StepObserver) -> None:
        super().__init__(readers)
        self.changes: Final = ChangeFeed()
        self._connection = connection
        self._closed = False
        self._has_leftovers = leftovers_possible(connection)
        self._writer = Writer(connection, self.changes, observer, note_first_write)

    @classmethod
    def open(
        cls,
        paths: Paths,
        *,
        observer: StepObserver | None = None,
        migrations: tuple[Migration, ...] = MIGRATIONS,
        threads: int = READER_THREADS,
    ) -> "Library":
        """Open the library below ``paths``, making or upgrading it where needed.

        Raises ``LibraryError``: disk_full, locked, damaged, missing_database, read_only, cannot_open, newer_version,
        not_a_library.
        """
        with library_errors():
            make_private_folder(paths.basedir)
            _check_writable(paths)
            _check_ours(paths, migrations[-1].version)
            connection = open_writable(paths.library_db)
            try:
                migrate(connection, migrations, paths.backups)
                sync_folder(paths.basedir)
                return cls(connection, Readers(paths.library_db, threads), observer or NoObserver())
            except BaseException:
                connection.close()
                raise

    @property
    def has_leftovers(self) -> bool:
        """Whether an earlier core ended without closing: files without rows may be left (see ``leftovers``)."""
        return self._has_leftovers

    async def read(self, work: Read[T]) -> T:
        """The result of ``work`` on one snapshot of the library; see :meth:`read_blocking`."""
        return await asyncio.wrap_future(self._readers.submit(work))

    async def write(self, work: Work[T], *, lane: Lane = Lane.BULK) -> T:
        """Carry out ``work`` in a transaction; returns its result once that is durable.

        ``work`` must be short (a millisecond or two): up to 8 ms of bulk works share one commit, and a command waits
        for that long. When it raises, nothing of it remains and the others of its group are untouched. A caller that is
        cancelled before its work began takes the work back; after that the work is committed all the same.
        Raises ``LibraryError`` when the commit fails (the library stays usable), else whatever ``work`` raises.
        """
        return await asyncio.wrap_future(self._writer.submit(work, lane))

    def write_blocking(self, work: Work[T], *, lane: Lane = Lane.BULK) -> T:
        """:meth:`write` for callers without an event loop; never from the writer thread itself."""
        return self._writer.submit(work, lane).result()

    async def until(self, work: Read[T | None], tables: Collection[Table]) -> T:
        """Read ``work`` now and after each commit that touches ``tables``, until it gives something other than None.

        Raises ``LibraryError`` (closed) when the library is closed meanwhile.
        """
        loop = asyncio.get_running_loop()
        changed = asyncio.Event()

        def hear(changes: Changes) -> None:
            if not changes or any(change.table in tables for change in changes):
                # The loop may have ended between the commit and this call; then nobody waits any more.
                with contextlib.suppress(RuntimeError):
                    loop.call_soon_threadsafe(changed.set)

        self.changes.subscribe(hear)
        try:
            while True:
                changed.clear()
                found = await self.read(work)
                if found is not None:
                    return found
                await changed.wait()
        finally:
            self.changes.unsubscribe(hear)

    async def truncate_wal(self) -> bool:
        """Try to empty the write-ahead log; False when a reader still uses it and the caller should try again."""
        return await asyncio.wrap_future(self._writer.submit_outside(lambda it: truncate_wal(it, WAL_WAIT_MS)))

    async def rewrite(self) -> None:
        """Write the whole database anew: the only way to be rid of every trace of what was deleted.

        The writer is busy meanwhile (80 MB take 0.6 s, 780 MB 13 s), so it is done once for many deletions.
        """
        await asyncio.wrap_future(self._writer.submit_outside(rewrite))

    def note_leftovers(self) -> None:
        """Remember beyond the closing that something was left half done: the next core clears it away."""
        self._has_leftovers = True

    def note_leftovers_gone(self) -> None:
        """Remember, at a proper closing, that everything an earlier core left half done was cleared away."""
        self._has_leftovers = False

    def close(self) -> None:
        """Carry out what is queued, empty the write-ahead log and let go of the files.

        Blocks; a core calls it from another thread than its loop's. A second call does nothing.
        """
        if self._closed:
            return
        self._closed = True
        self._writer.close()
        super().close()
        self.changes.publish(())
        with contextlib.suppress(sqlite3.Error):
            # What could not be moved out of the log stays in it, whole, and is read from there next time.
            if not self._has_leftovers:
                note_proper_end(self._connection)
            truncate_wal(self._connection, CLOSING_WAL_WAIT_MS)
        self._connection.close()


def _check_ours(paths: Paths, newest: Version) -> None:
    """Look before anything is written: at what another program made, or a newer one of ours, not a byte is changed.

    Nor is a new library begun among the files of one that has lost its database: they would belong to nothing.
    """
    if size_of(paths.library_db):
        with contextlib.closing(open_for_reading(paths.library_db)) as connection:
            checked_version(connection, newest)
    elif holds_blobs(paths):
        raise missing_database()


def _check_writable(paths: Paths) -> None:
    # SQLite would say of a read-only folder only that it "cannot open" something.
    if not os.access(paths.basedir, os.W_OK):
        raise read_only()
