"""Who holds a basedir: the lock that exactly one core has. Any process; a short wait on the file system at most.

The operating system gives the lock back when its process ends, however it ended.
"""

import errno
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from dmdx_desktop.errors import LibraryError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# SQLite opens no database with a longer path on Unix (MAX_PATHNAME in its os_unix.c, with room for "-journal").
MAX_PATH_BYTES: Final = 500
BUSY = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})


class BasedirLock:
    """The right to be the core of one basedir. Release it by ``close`` or by ending the process."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def try_acquire(cls, lock_file: Path) -> Self | None:
        """The lock, or None where another process has it. Raises ``LibraryError`` where it cannot be asked for."""
        if sys.platform != "win32" and len(os.fsencode(lock_file)) > MAX_PATH_BYTES:
            raise _path_too_long()
        try:
            lock_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(lock_file, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        except OSError as error:
            raise basedir_error(error) from error
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            if error.errno in BUSY:
                return None
            raise basedir_error(error) from error
        return cls(descriptor)

    def close(self) -> None:
        """Give the lock back."""
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def basedir_error(error: OSError) -> LibraryError:
    """The words for a basedir that cannot be written to."""
    if error.errno == errno.ENOSPC:
        return LibraryError(
            "disk_full",
            "The disk is full.",
            "There is no room left in the folder that holds the library.",
            "Free some space, or choose another folder with --basedir.",
        )
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return LibraryError(
            "basedir_not_a_folder",
            "The basedir is not a folder.",
            "There is a file where the library should be.",
            "Choose another folder with --basedir.",
        )
    if error.errno == errno.ENAMETOOLONG:
        return _path_too_long()
    return LibraryError(
        "basedir_read_only",
        "The library cannot be written to.",
        "Its folder is read-only or belongs to somebody else.",
        "Give yourself the right to write there, or choose another folder with --basedir.",
    )


def _path_too_long() -> LibraryError:
    return LibraryError(
        "basedir_path_too_long",
        "The path of the library's folder is too long.",
        "A database cannot be opened under such a path.",
        "Choose a folder with a shorter path with --basedir.",
    )


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
