"""The library opened for reading alone: the window's way to it, beside the core that writes it. Any process.

It loads nothing of what writing takes, for a window is shown once this is loaded.
"""

import contextlib
from collections.abc import Callable
from concurrent.futures import Future
from typing import Final, TypeVar

from dmdx_desktop.config import Paths
from dmdx_desktop.library.connections import Connection, open_for_reading
from dmdx_desktop.library.migrations import check_readable
from dmdx_desktop.library.readers import Readers
from dmdx_desktop.library.sqlite_errors import library_errors

READER_THREADS: Final = 3
T = TypeVar("T")
Read = Callable[[Connection], T]


class LibraryReader:
    """A library opened for reading only, beside the core that writes it or without one."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    @classmethod
    def open(cls, paths: Paths, *, threads: int = READER_THREADS) -> "LibraryReader":
        """Open an existing library. Raises ``LibraryError`` when it is missing, damaged or of another major version."""
        with library_errors(), contextlib.closing(open_for_reading(paths.library_db)) as connection:
            check_readable(connection)
        return cls(Readers(paths.library_db, threads))

    def read_blocking(self, work: Read[T]) -> T:
        """The result of ``work`` on one snapshot of the library, for callers without an event loop.

        Raises ``LibraryError`` when the library cannot be read or is closed, else whatever ``work`` raises.
        """
        return self._readers.submit(work).result()

    def submit(self, work: Read[T]) -> "Future[T]":
        """The promise of a :meth:`read_blocking`."""
        return self._readers.submit(work)

    def close(self) -> None:
        """Interrupt what is being read and let go of the library."""
        self._readers.close()
