"""SQLite's errors as sentences for a person, converted in one place. Any process and thread that opens a library.

Errors of the disk, of locks and of damage are known failures and become ``LibraryError``. Everything else SQLite
reports (a constraint, wrong SQL, a misused connection) is a fault of this program and is left as it is.
Result codes: https://www.sqlite.org/rescode.html
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from dmdx_desktop.errors import LibraryError, Retry

PRIMARY_CODE_MASK: Final = 0xFF
DISK_TITLE: Final = "The library could not be saved."
OPEN_TITLE: Final = "The library could not be opened."


def disk_full() -> LibraryError:
    return LibraryError(
        "disk_full",
        DISK_TITLE,
        "The disk is full.",
        "Free some space and try again; nothing that was saved before is lost.",
    )


def locked() -> LibraryError:
    return LibraryError(
        "locked",
        "The library is busy.",
        "Another program is holding its database.",
        "Close the other program and try again.",
        retry=Retry.LATER,
    )


def damaged() -> LibraryError:
    return LibraryError(
        "damaged",
        OPEN_TITLE,
        "Its database is damaged.",
        "Run `dmdx-desktop doctor` to see what can be saved, or put back a backup.",
        retry=Retry.NEVER,
    )


def read_only() -> LibraryError:
    return LibraryError(
        "read_only",
        DISK_TITLE,
        "Its folder or its database may not be written to.",
        "Allow writing to the folder, or choose another one with --basedir.",
    )


def cannot_open() -> LibraryError:
    return LibraryError(
        "cannot_open",
        OPEN_TITLE,
        "Its database is missing or may not be read.",
        "Check that the folder exists and that you may read it, or choose another one with --basedir.",
    )


def missing_database() -> LibraryError:
    return LibraryError(
        "missing_database",
        OPEN_TITLE,
        "Its database is gone or empty, and its pictures are still there.",
        "Put library.db back from a copy; to begin anew, first move the folder `blobs` somewhere else.",
    )


def disk_failure() -> LibraryError:
    return LibraryError(
        "disk_failure",
        "The library could not be read or saved.",
        "The disk reported an error.",
        "Check the disk, then try again.",
    )


def closed() -> LibraryError:
    return LibraryError(
        "closed",
        "The library is closed.",
        "The program is ending.",
        "Start the program again; the work continues where it stopped.",
        retry=Retry.LATER,
    )


def error_of_sqlite(error: sqlite3.Error) -> LibraryError | None:
    """The known failure that ``error`` stands for, or None when it is a fault of this program."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    # The shared-memory index of the write-ahead log is the one file SQLite cannot grow without naming it I/O.
    if code == sqlite3.SQLITE_IOERR_SHMSIZE:
        return disk_full()
    makers = {
        sqlite3.SQLITE_FULL: disk_full,
        sqlite3.SQLITE_BUSY: locked,
        sqlite3.SQLITE_LOCKED: locked,
        sqlite3.SQLITE_CORRUPT: damaged,
        sqlite3.SQLITE_NOTADB: damaged,
        sqlite3.SQLITE_READONLY: read_only,
        sqlite3.SQLITE_PERM: read_only,
        sqlite3.SQLITE_CANTOPEN: cannot_open,
        sqlite3.SQLITE_IOERR: disk_failure,
        sqlite3.SQLITE_INTERRUPT: closed,
    }
    maker = makers.get(code & PRIMARY_CODE_MASK)
    return maker() if maker is not None else None


def error_of_disk(error: OSError) -> LibraryError:
    """The failure that ``error`` stands for when a file of the library itself was read or written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full()
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return read_only()
    return disk_failure()


@contextmanager
def library_errors() -> Iterator[None]:
    """Turn known failures of SQLite and of the disk into ``LibraryError``; let faults of this program through."""
    try:
        yield
    except sqlite3.Error as error:
        known = error_of_sqlite(error)
        if known is None:
            raise
        raise known from error
    except OSError as error:
        raise error_of_disk(error) from error
