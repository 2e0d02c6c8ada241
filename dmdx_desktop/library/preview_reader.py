"""Previews read beside the core that makes them. Any process; on threads that may touch files.

The store is a cache that may be missing, made anew or damaged at any moment: whatever goes wrong means that there is no
preview yet, and nobody is told.
"""

import contextlib
import sqlite3
import threading

from dmdx_desktop.config import Paths
from dmdx_desktop.library.connections import Connection, open_for_reading


class PreviewReader:
    """One connection for each thread that asks."""

    def __init__(self, paths: Paths) -> None:
        self._file = paths.previews_db
        self._own = threading.local()
        self._lock = threading.Lock()
        self._connections: list[Connection] = []

    def get(self, sha256: str, edge: int) -> bytes | None:
        """The JPEG of a picture at one size, or None where there is none (yet)."""
        try:
            row = (
                self._connection()
                .execute("SELECT jpeg FROM preview WHERE sha256 = ? AND edge = ?", (sha256, edge))
                .fetchone()
            )
        except sqlite3.Error:
            self._let_go()
            return None
        return None if row is None else bytes(row[0])

    def close(self) -> None:
        """Let go of the file; no thread asks any more."""
        with self._lock:
            for connection in self._connections:
                with contextlib.suppress(sqlite3.Error):
                    connection.close()
            self._connections.clear()

    def _connection(self) -> Connection:
        connection: Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = open_for_reading(self._file)
            self._own.connection = connection
            with self._lock:
                self._connections.append(connection)
        return connection

    def _let_go(self) -> None:
        self._own.connection = None
