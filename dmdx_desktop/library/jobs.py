"""Jobs: the pieces of jewellery in the library. Writes on the writer thread, reads on any connection.

A job is found by its integer key, its public id, or its group key: what the pictures of one piece have in common when
they are imported, so that a second import of the same folder adds to the same job.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dmdx_desktop.library import search
from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import columns_of, every_row, found, one_row
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import JobId, new_id, now_ms


@dataclass(frozen=True, slots=True)
class JobRow:
    """One piece. ``piece`` is the JSON of a ``models.piece.Piece``; ``deleted_at`` is set while it is being deleted."""

    key: int
    id: JobId
    title: str
    group_key: str
    piece: str
    created_at: int
    updated_at: int
    deleted_at: int | None


COLUMNS: Final = columns_of(JobRow)


def insert_again(tx: Transaction, *, key: int, job_id: JobId, title: str, group_key: str) -> JobRow:
    """Add a job that was there before, under its own key and id. Those must be free; so must ``group_key``."""
    now = now_ms()
    tx.execute(
        "INSERT INTO job (key, id, title, group_key, piece, created_at, updated_at) VALUES (?, ?, ?, ?, '{}', ?, ?)",
        (key, job_id, title, group_key, now, now),
    )
    search.refresh(tx, key)
    tx.changed(Table.JOB, key)
    return get(tx.connection, key)


def insert(tx: Transaction, *, title: str, group_key: str, piece: str = "{}") -> JobRow:
    """Add a job. ``group_key`` must be new."""
    now = now_ms()
    cursor = tx.execute(
        "INSERT INTO job (id, title, group_key, piece, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)"
        f" RETURNING {COLUMNS}",
        (new_id(now), title, group_key, piece, now, now),
    )
    (values,) = cursor.fetchall()
    row = JobRow(*values)
    search.refresh(tx, row.key)
    tx.changed(Table.JOB, row.key)
    return row


def ensure(tx: Transaction, *, title: str, group_key: str, piece: str = "{}") -> JobRow:
    """The job of ``group_key``, added with ``title`` and ``piece`` (JSON) when there is none yet."""
    known = by_group_key(tx.connection, group_key)
    return known if known is not None else insert(tx, title=title, group_key=group_key, piece=piece)


def set_piece(tx: Transaction, key: int, piece: str) -> None:
    """Store the description of the piece (JSON)."""
    tx.execute("UPDATE job SET piece = ?, updated_at = ? WHERE key = ?", (piece, now_ms(), key))
    search.refresh(tx, key)
    tx.changed(Table.JOB, key)


def set_title(tx: Transaction, key: int, title: str) -> None:
    """Rename the piece."""
    tx.execute("UPDATE job SET title = ?, updated_at = ? WHERE key = ?", (title, now_ms(), key))
    search.refresh(tx, key)
    tx.changed(Table.JOB, key)


def get(connection: Connection, key: int) -> JobRow:
    """The job of ``key``. Raises ``UsageError`` (not_found)."""
    return found(one_row(JobRow, connection.execute(f"SELECT {COLUMNS} FROM job WHERE key = ?", (key,))), "piece")


def by_id(connection: Connection, job_id: str) -> JobRow | None:
    """The job of a public id, or None."""
    return one_row(JobRow, connection.execute(f"SELECT {COLUMNS} FROM job WHERE id = ?", (job_id,)))


def by_group_key(connection: Connection, group_key: str) -> JobRow | None:
    """The job the pictures of ``group_key`` belong to, or None."""
    return one_row(JobRow, connection.execute(f"SELECT {COLUMNS} FROM job WHERE group_key = ?", (group_key,)))


def page(connection: Connection, *, after_key: int = 0, limit: int = 200) -> tuple[JobRow, ...]:
    """Up to ``limit`` jobs that are not being deleted, oldest first, from behind ``after_key``."""
    return every_row(
        JobRow,
        connection.execute(
            f"SELECT {COLUMNS} FROM job WHERE key > ? AND deleted_at IS NULL ORDER BY key LIMIT ?", (after_key, limit)
        ),
    )


def newest(connection: Connection, *, before_key: int | None = None, limit: int = 200) -> tuple[JobRow, ...]:
    """Up to ``limit`` jobs that are not being deleted, newest first, older than ``before_key``."""
    return every_row(
        JobRow,
        connection.execute(
            f"SELECT {COLUMNS} FROM job WHERE key < ? AND deleted_at IS NULL ORDER BY key DESC LIMIT ?",
            (2**63 - 1 if before_key is None else before_key, limit),
        ),
    )


def of_keys(connection: Connection, keys: Sequence[int]) -> tuple[JobRow, ...]:
    """The jobs of ``keys`` in that order; those that are gone are left out."""
    rows = (one_row(JobRow, connection.execute(f"SELECT {COLUMNS} FROM job WHERE key = ?", (key,))) for key in keys)
    return tuple(row for row in rows if row is not None)


def count(connection: Connection) -> int:
    """How many jobs there are, without those being deleted."""
    number: int = connection.execute("SELECT count(*) FROM job WHERE deleted_at IS NULL").fetchone()[0]
    return number
