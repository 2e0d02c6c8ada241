"""References: the pictures of each piece that the user brought.

Writes on the writer thread, reads on any connection.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dmdx_desktop.library import search
from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import columns_of, every_row, found, one_row
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import ReferenceId, new_id, now_ms


class ReferenceState(StrEnum):
    """``listed``: blob and header are there; ``ready``: decoded whole, copied clean; ``unreadable``: it cannot be."""

    LISTED = "listed"
    READY = "ready"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class NewReference:
    """What is known of a picture when it is listed. Sizes in pixels as stored, ``bytes`` of the file."""

    job_key: int
    view: str
    original_name: str
    source_path: str
    format: str
    width: int
    height: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """One picture. ``facts`` and ``reading`` are JSON: what decoding found, and what the analyst read in it."""

    key: int
    id: ReferenceId
    job_key: int
    position: int
    view: str
    original_name: str
    source_path: str
    format: str
    width: int
    height: int
    bytes: int
    sha256: str
    clean_sha256: str | None
    facts: str | None
    reading: str | None
    state: ReferenceState
    added_at: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", ReferenceState(self.state))


COLUMNS: Final = columns_of(ReferenceRow)
SELECT: Final = f"SELECT {COLUMNS} FROM reference"


@dataclass(frozen=True, slots=True)
class Listed:
    """The row of a picture, and whether it is new: the same bytes in the same job are one reference."""

    row: ReferenceRow
    is_new: bool


def insert(tx: Transaction, new: NewReference) -> Listed:
    """Add a picture to the end of its job, unless the job has the same bytes already. Its blob must be durable."""
    known = one_row(ReferenceRow, tx.execute(f"{SELECT} WHERE job_key = ? AND sha256 = ?", (new.job_key, new.sha256)))
    if known is not None:
        return Listed(known, is_new=False)
    (position,) = tx.execute("SELECT count(*) FROM reference WHERE job_key = ?", (new.job_key,)).fetchone()
    now = now_ms()
    cursor = tx.execute(
        "INSERT INTO reference (id, job_key, position, view, original_name, source_path, format, width, height, bytes,"
        f" sha256, state, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING {COLUMNS}",
        (
            new_id(now), new.job_key, position, new.view, new.original_name, new.source_path, new.format,
            new.width, new.height, new.bytes, new.sha256, ReferenceState.LISTED, now,
        ),
    )  # fmt: skip
    (values,) = cursor.fetchall()
    row = ReferenceRow(*values)
    search.refresh(tx, row.job_key)
    tx.changed(Table.REFERENCE, row.key)
    tx.changed(Table.JOB, row.job_key)
    return Listed(row, is_new=True)


def set_ready(tx: Transaction, key: int, *, clean_sha256: str, facts: str) -> bool:
    """Store the clean copy and what decoding found (JSON). False when the reference is gone: its job was deleted."""
    return _update(tx, key, "clean_sha256 = ?, facts = ?, state = ?", (clean_sha256, facts, ReferenceState.READY))


def set_unreadable(tx: Transaction, key: int) -> bool:
    """Remember that it cannot be decoded. False when the reference is gone."""
    return _update(tx, key, "state = ?", (ReferenceState.UNREADABLE,))


def set_reading(tx: Transaction, key: int, reading: str) -> bool:
    """Store what the analyst read in it (JSON). False when the reference is gone."""
    return _update(tx, key, "reading = ?", (reading,))


def note_reader(tx: Transaction, key: int, *, model: str, cost_micro_usd: int) -> bool:
    """Store which vision model read it, and what all answers about it cost. False when the reference is gone."""
    return _update(
        tx,
        key,
        "read_by = ?, read_cost_micro_usd = coalesce(read_cost_micro_usd, 0) + ?",
        (model, cost_micro_usd),
    )


def was_read_by_model(connection: Connection, key: int) -> bool:
    """Whether a vision model has read it."""
    row = connection.execute("SELECT read_by FROM reference WHERE key = ?", (key,)).fetchone()
    return row is not None and row[0] is not None


def set_view(tx: Transaction, key: int, view: str) -> bool:
    """Store from where the piece is seen. False when the reference is gone."""
    return _update(tx, key, "view = ?", (view,))


def get(connection: Connection, key: int) -> ReferenceRow:
    """The reference of ``key``. Raises ``UsageError`` (not_found)."""
    return found(find(connection, key), "reference")


def find(connection: Connection, key: int) -> ReferenceRow | None:
    """The reference of ``key``, or None when it is gone."""
    return one_row(ReferenceRow, connection.execute(f"{SELECT} WHERE key = ?", (key,)))


def by_id(connection: Connection, reference_id: str) -> ReferenceRow | None:
    """The reference of a public id, or None."""
    return one_row(ReferenceRow, connection.execute(f"{SELECT} WHERE id = ?", (reference_id,)))


def of_job(connection: Connection, job_key: int) -> tuple[ReferenceRow, ...]:
    """The pictures of a job in the user's order."""
    cursor = connection.execute(f"{SELECT} WHERE job_key = ? ORDER BY position, key", (job_key,))
    return every_row(ReferenceRow, cursor)


def by_sha256(connection: Connection, sha256: str) -> tuple[ReferenceRow, ...]:
    """Every reference with these bytes, in all jobs, oldest first."""
    return every_row(ReferenceRow, connection.execute(f"{SELECT} WHERE sha256 = ? ORDER BY key", (sha256,)))


def by_source(connection: Connection, source_path: str) -> tuple[ReferenceRow, ...]:
    """Every reference that was read from the file ``source_path``, oldest first."""
    return every_row(ReferenceRow, connection.execute(f"{SELECT} WHERE source_path = ? ORDER BY key", (source_path,)))


def newest_ready_keys(connection: Connection, limit: int) -> list[int]:
    """The keys of the newest references that are known to be sound."""
    cursor = connection.execute("SELECT key FROM reference WHERE state = 'ready' ORDER BY key DESC LIMIT ?", (limit,))
    return [key for (key,) in cursor]


def _update(tx: Transaction, key: int, assignments: str, values: tuple[object, ...]) -> bool:
    cursor = tx.execute(f"UPDATE reference SET {assignments} WHERE key = ? RETURNING job_key", (*values, key))
    updated = cursor.fetchall()
    for (job_key,) in updated:
        tx.changed(Table.REFERENCE, key)
        tx.changed(Table.JOB, job_key)
    return bool(updated)
