"""How connections to a library's database are opened: who may write, and which promises SQLite is asked to keep.

Any process; each connection is used by one thread at a time. Facts: https://www.sqlite.org/pragma.html and
https://www.sqlite.org/wal.html
"""

import os
import sqlite3
from pathlib import Path
from sqlite3 import Connection as Connection
from typing import Final

BUSY_TIMEOUT_MS: Final = 5_000
# Checkpoints run inside a commit. A quarter of SQLite's default makes them four times as frequent and the longest
# commit, which a user's edit may have to wait for, 2 ms instead of 8 (p99 over 1,500 commits).
AUTOCHECKPOINT_PAGES: Final = 256
WAL_KEPT_BYTES: Final = 8_000_000
# Of each connection, and a core has half a dozen. The operating system caches the files anyway: sixteen times as much
# made neither an import nor a page of a million faster, only the core 35 MB larger by the 5,000th picture.
PAGE_CACHE_KIB: Final = 1_000
MOST_BYTES_IN_MEMORY: Final = 200_000_000
"""Up to this size a database is rewritten in memory; a larger one by way of a nameless temporary file."""
PRIVATE_FILE_MODE: Final = 0o600
PRIVATE_FOLDER_MODE: Final = 0o700
WAL_SUFFIX: Final = "-wal"
SHM_SUFFIX: Final = "-shm"


def open_writable(database: Path) -> Connection:
    """Open (or create, readable by this user alone) ``database`` for the one thread that writes.

    Write-ahead log, every commit durable against power loss, deleted content overwritten, nothing in temporary files.
    """
    _create_private(database)
    # Autocommit: transactions are opened by hand, so that none begins or ends unseen.
    connection = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    try:
        _configure(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA wal_autocheckpoint = {AUTOCHECKPOINT_PAGES}")
        connection.execute(f"PRAGMA journal_size_limit = {WAL_KEPT_BYTES}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def open_for_reading(database: Path) -> Connection:
    """Open a library's database for reading, beside whoever writes it or alone, also where nothing may be written."""
    # Reading a write-ahead log takes a shared-memory file beside it. Where none can be made, nobody writes either.
    log_is_empty = not size_of(sqlite_files(database)[1])
    return open_read_only(database, immutable=log_is_empty and not os.access(database.parent, os.W_OK))


def open_read_only(database: Path, *, immutable: bool = False) -> Connection:
    """Open ``database`` for reading; it must exist. No statement on this connection can change it.

    ``immutable`` promises SQLite that nobody changes the file meanwhile: it then touches no other file either.
    """
    mode = "mode=ro&immutable=1" if immutable else "mode=ro"
    address = f"{database.resolve().as_uri()}?{mode}"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    try:
        _configure(connection)
        connection.execute("PRAGMA query_only = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def truncate_wal(connection: Connection, wait_ms: int) -> bool:
    """Move the whole write-ahead log into the database and cut it to zero bytes.

    False when a reader still uses the log after ``wait_ms``; the caller tries again later.
    """
    connection.execute(f"PRAGMA busy_timeout = {wait_ms}")
    try:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    return not busy


def rewrite(connection: Connection) -> None:
    """Write every page anew, so that no copy of deleted content is left in the gaps between rows."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
    if pages * page_bytes > MOST_BYTES_IN_MEMORY:
        connection.execute("PRAGMA temp_store = FILE")
    try:
        connection.execute("VACUUM")
    finally:
        connection.execute("PRAGMA temp_store = MEMORY")


def sqlite_files(database: Path) -> tuple[Path, Path, Path]:
    """The database and the two files SQLite may keep beside it."""
    return database, Path(f"{database}{WAL_SUFFIX}"), Path(f"{database}{SHM_SUFFIX}")


def size_of(file: Path) -> int:
    """The bytes of ``file``, zero when it is missing."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def _create_private(database: Path) -> None:
    # SQLite gives the files beside a database the mode of the database itself.
    database.parent.mkdir(mode=PRIVATE_FOLDER_MODE, parents=True, exist_ok=True)
    if not database.exists():
        os.close(os.open(database, os.O_CREAT | os.O_RDWR, PRIVATE_FILE_MODE))


def _configure(connection: Connection) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    # Sorting and statement journals would otherwise leave private text in the system's temporary folder.
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = {-PAGE_CACHE_KIB}")
