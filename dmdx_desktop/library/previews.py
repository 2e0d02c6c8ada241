"""The preview store: small JPEGs of references and outputs in a database of their own. Threads that may touch files.

It is a cache: it may be deleted at any time, is made anew when it is missing or damaged, and keeps to a budget of bytes
by dropping what was asked for longest ago. Nothing else depends on what is in it.
"""

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeVar

from dmdx_desktop.config import Paths
from dmdx_desktop.library.connections import Connection, open_writable, rewrite, sqlite_files, truncate_wal
from dmdx_desktop.library.durable import remove_file
from dmdx_desktop.library.sqlite_errors import error_of_sqlite, library_errors
from dmdx_desktop.library.steps import NoObserver, Step, StepObserver
from dmdx_desktop.models.ids import now_ms

log = logging.getLogger(__name__)

EDGES: Final = (320, 1024)
"""Longest sides in pixels."""
DEFAULT_BUDGET_BYTES: Final = 2_000_000_000
SHARE_AFTER_EVICTION: Final = 0.9
"""How full the store is once it has been over its budget: evicting a little more makes it rarer."""
EVICTED_AT_ONCE: Final = 64
TOUCH_AFTER_MS: Final = 3_600_000
"""How old the last noted use of a preview is before another one is written down."""
WAL_WAIT_MS: Final = 20

T = TypeVar("T")

# A store whose tables differ from these is thrown away: there is nothing in it to migrate.
FORMAT: Final = 1
TABLES: Final = (
    """
    CREATE TABLE IF NOT EXISTS preview (
        key INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL,
        edge INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        used_at INTEGER NOT NULL,
        jpeg BLOB NOT NULL,
        UNIQUE (sha256, edge)
    ) STRICT
    """,
    "CREATE INDEX IF NOT EXISTS preview_by_use ON preview (used_at, key)",
    f"PRAGMA user_version = {FORMAT}",
)


class PreviewStore:
    """Previews by the hash of the picture they show and their longest side. Methods may be called from any thread.

    Every method raises ``LibraryError`` when the disk refuses (disk_full, read_only, locked); a damaged store is
    replaced by an empty one without a word.
    """

    def __init__(
        self, paths: Paths, *, budget_bytes: int = DEFAULT_BUDGET_BYTES, observer: StepObserver | None = None
    ) -> None:
        self._file = paths.previews_db
        self._budget_bytes = budget_bytes
        self._observer = observer or NoObserver()
        self._lock = threading.Lock()
        with library_errors():
            self._connection, self._bytes = _opened(self._file)

    def put(self, sha256: str, previews: Mapping[int, bytes]) -> None:
        """Store the previews of one picture, by edge, in place of those it has."""
        self._carry_out(lambda connection: self._put(connection, sha256, previews))

    def get(self, sha256: str, edge: int) -> bytes | None:
        """The JPEG of a picture at one size, or None when it has to be made (again) and ``put``."""
        return self._carry_out(lambda connection: _get(connection, sha256, edge))

    def has(self, sha256: str) -> bool:
        """Whether every size of a picture is there."""
        return self._carry_out(lambda connection: _has(connection, sha256))

    def remove(self, sha256s: Collection[str]) -> int:
        """Overwrite and remove the previews of these pictures; returns how many there were."""
        return self._carry_out(lambda connection: self._remove(connection, sha256s))

    def truncate_wal(self) -> bool:
        """Empty the write-ahead log, so that removed previews are gone from it too; False: try again later."""
        return self._carry_out(lambda connection: truncate_wal(connection, WAL_WAIT_MS))

    def make_anew(self) -> None:
        """Throw the store away and begin with an empty one."""
        with self._lock, library_errors():
            self._begin_anew()

    def rewrite(self) -> None:
        """Write the store anew, so that no copy of a removed preview is left between the others."""
        self._observer.step(Step.BEFORE_PREVIEWS)
        self._carry_out(rewrite)
        self._observer.step(Step.AFTER_PREVIEWS)

    @property
    def size_bytes(self) -> int:
        """The bytes of all previews together."""
        with self._lock:
            return self._bytes

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            with contextlib.suppress(sqlite3.Error):
                truncate_wal(self._connection, WAL_WAIT_MS)
            self._connection.close()

    def _carry_out(self, work: Callable[[Connection], T]) -> T:
        with self._lock, library_errors():
            try:
                return work(self._connection)
            except sqlite3.DatabaseError as error:
                if not _is_damage(error):
                    raise
                log.info("the preview store is damaged and is made anew")
                self._begin_anew()
                return work(self._connection)

    def _begin_anew(self) -> None:
        self._connection.close()
        self._connection = _made_anew(self._file)
        self._bytes = 0

    def _put(self, connection: Connection, sha256: str, previews: Mapping[int, bytes]) -> None:
        added = 0
        with self._transaction(connection):
            for edge, jpeg in previews.items():
                added += len(jpeg) - _forget(connection, sha256, edge)
                connection.execute(
                    "INSERT INTO preview (sha256, edge, bytes, used_at, jpeg) VALUES (?, ?, ?, ?, ?)",
                    (sha256, edge, len(jpeg), now_ms(), jpeg),
                )
            excess = self._bytes + added - self._budget_bytes
            if excess > 0:
                added -= _evict(connection, excess + int(self._budget_bytes * (1 - SHARE_AFTER_EVICTION)))
        self._bytes += added

    def _remove(self, connection: Connection, sha256s: Collection[str]) -> int:
        sizes: list[int] = []
        with self._transaction(connection):
            for sha256 in sha256s:
                cursor = connection.execute("DELETE FROM preview WHERE sha256 = ? RETURNING bytes", (sha256,))
                sizes.extend(size for (size,) in cursor.fetchall())
        self._bytes -= sum(sizes)
        return len(sizes)

    @contextlib.contextmanager
    def _transaction(self, connection: Connection) -> Iterator[None]:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._observer.step(Step.BEFORE_PREVIEWS)
            connection.execute("COMMIT")
            self._observer.step(Step.AFTER_PREVIEWS)
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _opened(file: Path) -> tuple[Connection, int]:
    """The store, and the bytes in it; a damaged one is replaced by an empty one."""
    try:
        return _whole(file)
    except sqlite3.DatabaseError as error:
        if not _is_damage(error):
            raise
        return _made_anew(file), 0


def _whole(file: Path) -> tuple[Connection, int]:
    connection = open_writable(file)
    try:
        return _with_tables(connection), _total_bytes(connection)
    except sqlite3.DatabaseError:
        connection.close()
        raise


def _with_tables(connection: Connection) -> Connection:
    # A cache need not survive a power cut, only not be damaged by one: one wait for the disk less per picture.
    connection.execute("PRAGMA synchronous = NORMAL")
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found not in (0, FORMAT):
        connection.execute("DROP TABLE IF EXISTS preview")
    for statement in TABLES:
        connection.execute(statement)
    return connection


def _made_anew(file: Path) -> Connection:
    for each in sqlite_files(file):
        remove_file(each)
    return _with_tables(open_writable(file))


def _is_damage(error: sqlite3.Error) -> bool:
    known = error_of_sqlite(error)
    return known is not None and known.code == "damaged"


def _total_bytes(connection: Connection) -> int:
    total: int = connection.execute("SELECT coalesce(sum(bytes), 0) FROM preview").fetchone()[0]
    return total


def _get(connection: Connection, sha256: str, edge: int) -> bytes | None:
    row = connection.execute(
        "SELECT key, used_at, jpeg FROM preview WHERE sha256 = ? AND edge = ?", (sha256, edge)
    ).fetchone()
    if row is None:
        return None
    key, used_at, jpeg = row
    now = now_ms()
    if now - used_at > TOUCH_AFTER_MS:
        connection.execute("UPDATE preview SET used_at = ? WHERE key = ?", (now, key))
    return bytes(jpeg)


def _has(connection: Connection, sha256: str) -> bool:
    (number,) = connection.execute(
        "SELECT count(*) FROM preview WHERE sha256 = ? AND edge <= ?", (sha256, max(EDGES))
    ).fetchone()
    return bool(number >= len(EDGES))


def _forget(connection: Connection, sha256: str, edge: int) -> int:
    """Remove one preview; returns the bytes it had."""
    cursor = connection.execute("DELETE FROM preview WHERE sha256 = ? AND edge = ? RETURNING bytes", (sha256, edge))
    return sum(size for (size,) in cursor.fetchall())


def _evict(connection: Connection, wanted_bytes: int) -> int:
    """Remove what was used longest ago until ``wanted_bytes`` are free; returns the bytes removed."""
    freed = 0
    while freed < wanted_bytes:
        oldest = connection.execute(
            "SELECT key, bytes FROM preview ORDER BY used_at, key LIMIT ?", (EVICTED_AT_ONCE,)
        ).fetchall()
        if not oldest:
            break
        for key, size in oldest:
            if freed >= wanted_bytes:
                break
            connection.execute("DELETE FROM preview WHERE key = ?", (key,))
            freed += size
    return freed
