"""Purges: the rows that remember what is being deleted until it is proven gone, and the receipts that remain.

Writer thread; reads anywhere. ``purging`` carries them out. A purge can be taken back until its rows are deleted.
"""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dmdx_desktop.errors import UsageError
from dmdx_desktop.library import jobs, search
from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import columns_of, every_row, found, new_key, one_row, placeholders
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import JobId, new_id, now_ms


class PurgeState(StrEnum):
    """How far a deletion has come. ``planned``: can be taken back; then the rows are gone, then the files, then all."""

    PLANNED = "planned"
    FILES = "files"
    TRACES = "traces"
    FORGOTTEN = "forgotten"


class ItemKind(StrEnum):
    """What a purge has to remember: hashes of files to remove, and the group key to put back when it is undone."""

    BLOB = "blob"
    GROUP_KEY = "group_key"


@dataclass(frozen=True, slots=True)
class PurgeRow:
    """One job on its way out. ``counts`` is JSON: what was removed so far, by kind."""

    key: int
    id: str
    job_id: JobId
    state: PurgeState
    counts: str
    created_at: int
    held_until: int
    """It is not carried out before, unless it is asked for."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", PurgeState(self.state))


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """Proof of a finished deletion: a random id, counts (JSON) and times. No name, hash or picture."""

    key: int
    id: str
    counts: str
    started_at: int
    finished_at: int


SELECT: Final = f"SELECT {columns_of(PurgeRow)} FROM purge"
SELECT_RECEIPT: Final = f"SELECT {columns_of(ReceiptRow)} FROM receipt"


def plan(tx: Transaction, job_ids: Sequence[str]) -> tuple[PurgeRow, ...]:
    """Begin to delete jobs: from now on they are hidden, their work must stop, and their group keys are free.

    A job that is being deleted already keeps its purge. Raises ``UsageError`` (not_found) when one does not exist.
    """
    return tuple(_plan_one(tx, job_id) for job_id in dict.fromkeys(job_ids))


def open_purge(tx: Transaction, purge_id: str, *, job_id: str) -> PurgeRow:
    """Begin a deletion; what it deletes is for the caller to hide."""
    now = now_ms()
    tx.execute("INSERT INTO tombstone (job_id, deleted_at) VALUES (?, ?) ON CONFLICT DO NOTHING", (job_id, now))
    cursor = tx.execute(
        "INSERT INTO purge (id, job_id, state, counts, created_at) VALUES (?, ?, ?, '{}', ?)",
        (purge_id, job_id, PurgeState.PLANNED, now),
    )
    tx.changed(Table.PURGE, new_key(cursor))
    return found(by_id(tx.connection, purge_id), "deletion")


def to_be_undone(connection: Connection, purge_id: str) -> PurgeRow:
    """The purge that is to be taken back. Raises ``UsageError`` (not_found, too_late) when it is too late for that."""
    purge = found(by_id(connection, purge_id), "deletion")
    if purge.state is not PurgeState.PLANNED:
        raise UsageError("too_late", "It is already being deleted.", "Part of it is gone.", "Import it again.")
    return purge


def hold(tx: Transaction, purge_ids: Sequence[str], until: int) -> None:
    """Leave these time to be taken back; nothing happens to what is being carried out already."""
    for purge_id in purge_ids:
        cursor = tx.execute(
            "UPDATE purge SET held_until = ? WHERE id = ? AND state = ? RETURNING key",
            (until, purge_id, PurgeState.PLANNED),
        )
        tx.changed(Table.PURGE, *(key for (key,) in cursor.fetchall()))


def close_undone(tx: Transaction, purge: PurgeRow) -> None:
    """Forget a purge that was taken back; what it had hidden is in view again."""
    tx.execute("DELETE FROM purge WHERE key = ?", (purge.key,))
    tx.execute("DELETE FROM tombstone WHERE job_id = ?", (purge.job_id,))
    tx.changed(Table.PURGE, purge.key)


def undo(tx: Transaction, purge_id: str) -> None:
    """Take the purge of a piece back. Raises ``UsageError`` (not_found, too_late)."""
    purge = to_be_undone(tx.connection, purge_id)
    job = found(jobs.by_id(tx.connection, purge.job_id), "piece")
    (group_key,) = items(tx.connection, purge.key, ItemKind.GROUP_KEY)
    if jobs.by_group_key(tx.connection, group_key) is not None:
        # The same pictures were imported again meanwhile; both pieces stay, this one under a key of its own.
        group_key = job.group_key
    tx.execute("UPDATE job SET deleted_at = NULL, group_key = ? WHERE key = ?", (group_key, job.key))
    close_undone(tx, purge)
    search.refresh(tx, job.key)
    tx.changed(Table.JOB, job.key)


def advance(tx: Transaction, purge: PurgeRow, state: PurgeState) -> None:
    """A step is done: store the state it leads to. Where somebody else has done it meanwhile, nothing happens."""
    tx.execute("UPDATE purge SET state = ? WHERE key = ? AND state = ?", (state, purge.key, purge.state))
    tx.changed(Table.PURGE, purge.key)


def count(tx: Transaction, purge: PurgeRow, counts: Mapping[str, int]) -> None:
    """Add to what the receipt will say was removed."""
    current = of_job(tx.connection, purge.job_id)
    if current is not None:
        known: dict[str, int] = json.loads(current.counts)
        summed = {kind: known.get(kind, 0) + counts.get(kind, 0) for kind in sorted({*known, *counts})}
        tx.execute("UPDATE purge SET counts = ? WHERE key = ?", (json.dumps(summed), purge.key))


def forget_blobs(tx: Transaction, purge: PurgeRow, sha256s: Collection[str]) -> None:
    """Drop the memory of files that are gone, or that others need."""
    tx.executemany(
        "DELETE FROM purge_item WHERE purge_key = ? AND kind = ? AND value = ?",
        [(purge.key, ItemKind.BLOB, sha256) for sha256 in sha256s],
    )


def forget_items(tx: Transaction, purge_key: int) -> None:
    """Drop what the purge remembered: it is all gone."""
    tx.execute("DELETE FROM purge_item WHERE purge_key = ?", (purge_key,))


def finish(tx: Transaction, purge: PurgeRow) -> ReceiptRow:
    """Write the receipt; the tombstone goes last, in the same transaction."""
    cursor = tx.execute(
        "INSERT INTO receipt (id, counts, started_at, finished_at) VALUES (?, ?, ?, ?)",
        (secrets.token_hex(16), purge.counts, purge.created_at, now_ms()),
    )
    receipt_key = new_key(cursor)
    tx.execute("DELETE FROM purge WHERE key = ?", (purge.key,))
    tx.execute("DELETE FROM tombstone WHERE job_id = ?", (purge.job_id,))
    tx.changed(Table.PURGE, purge.key)
    tx.changed(Table.RECEIPT, receipt_key)
    row = one_row(ReceiptRow, tx.execute(f"{SELECT_RECEIPT} WHERE key = ?", (receipt_key,)))
    return found(row, "receipt")


def by_id(connection: Connection, purge_id: str) -> PurgeRow | None:
    """The purge of a public id, or None once it is finished or undone."""
    return one_row(PurgeRow, connection.execute(f"{SELECT} WHERE id = ?", (purge_id,)))


def by_key(connection: Connection, key: int) -> PurgeRow | None:
    """The purge of ``key``, or None once it is finished or undone."""
    return one_row(PurgeRow, connection.execute(f"{SELECT} WHERE key = ?", (key,)))


def of_job(connection: Connection, job_id: str) -> PurgeRow | None:
    """The purge of a job, or None when it is not being deleted."""
    return one_row(PurgeRow, connection.execute(f"{SELECT} WHERE job_id = ?", (job_id,)))


def unfinished(connection: Connection) -> tuple[PurgeRow, ...]:
    """Every purge that is not proven complete, oldest first."""
    return every_row(PurgeRow, connection.execute(f"{SELECT} ORDER BY key"))


def of_ids(connection: Connection, purge_ids: Sequence[str]) -> tuple[PurgeRow, ...]:
    """Those of the purges that are unfinished, oldest first."""
    cursor = connection.execute(f"{SELECT} WHERE id IN ({placeholders(purge_ids)}) ORDER BY key", purge_ids)
    return every_row(PurgeRow, cursor)


def items(connection: Connection, purge_key: int, kind: ItemKind) -> tuple[str, ...]:
    """What a purge remembers of one kind."""
    cursor = connection.execute(
        "SELECT value FROM purge_item WHERE purge_key = ? AND kind = ? ORDER BY value", (purge_key, kind)
    )
    return tuple(value for (value,) in cursor)


def receipts(connection: Connection, *, limit: int = 200) -> tuple[ReceiptRow, ...]:
    """The latest receipts, newest first."""
    return every_row(ReceiptRow, connection.execute(f"{SELECT_RECEIPT} ORDER BY key DESC LIMIT ?", (limit,)))


def _plan_one(tx: Transaction, job_id: str) -> PurgeRow:
    known = of_job(tx.connection, job_id)
    if known is not None:
        return known
    job = found(jobs.by_id(tx.connection, job_id), "piece")
    purge = open_purge(tx, new_id(now_ms()), job_id=job_id)
    tx.execute(
        "INSERT INTO purge_item (purge_key, kind, value) VALUES (?, ?, ?)",
        (purge.key, ItemKind.GROUP_KEY, job.group_key),
    )
    tx.execute("UPDATE job SET deleted_at = ?, group_key = ? WHERE key = ?", (purge.created_at, purge.id, job.key))
    search.refresh(tx, job.key)
    tx.changed(Table.JOB, job.key)
    return purge
