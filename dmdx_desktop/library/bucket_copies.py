"""Copies of finished images in the designer's own bucket: those that are wanted, those that are there. Writer thread.

A row is written with its image and says where a copy may lie before a byte of it leaves; it goes with its render, after
the purge has remembered what to delete.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import every_row, placeholders
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import now_ms

NOWHERE: Final = ""
"""The bucket of a copy that is wanted, whichever will be connected."""


class CopyState(StrEnum):
    """How far a copy is."""

    WAITING = "waiting"
    STORED = "stored"
    FAILED = "failed"
    """Its own file cannot be read: trying again would not help."""
    LEFT = "left"
    """Another bucket was connected before it was verified: some of it may lie in the former one."""


@dataclass(frozen=True, slots=True)
class WantedCopy:
    """An image that is to be copied to a bucket, its file and its piece; ``origin`` is where it was begun."""

    origin: str
    render_key: int
    sha256: str
    bytes: int
    job_key: int
    job_id: str


@dataclass(frozen=True, slots=True)
class CopyCount:
    """How many copies there are, and how many bytes they have."""

    waiting: int = 0
    stored: int = 0
    failed: int = 0
    waiting_bytes: int = 0
    stored_bytes: int = 0


def enqueue(tx: Transaction, render_key: int) -> None:
    """A copy of a finished image is wanted, should there ever be a bucket for copies."""
    cursor = tx.execute(
        "INSERT INTO bucket_copy (render_key, origin, state, created_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING RETURNING key",
        (render_key, NOWHERE, CopyState.WAITING, now_ms()),
    )
    tx.changed(Table.BUCKET_COPY, *(key for (key,) in cursor.fetchall()))


def wanted(connection: Connection, limit: int) -> tuple[WantedCopy, ...]:
    """The next images to be copied. An image that is hidden for its deletion is none."""
    cursor = connection.execute(
        "SELECT bucket_copy.origin, bucket_copy.render_key, output.sha256, output.bytes, job.key, job.id"
        " FROM bucket_copy JOIN output ON output.render_key = bucket_copy.render_key"
        " JOIN job ON job.key = output.job_key WHERE bucket_copy.state = 'waiting' ORDER BY bucket_copy.key LIMIT ?",
        (limit,),
    )
    return every_row(WantedCopy, cursor)


def begin(tx: Transaction, copies: Sequence[WantedCopy], origin: str, objects: Sequence[str]) -> tuple[WantedCopy, ...]:
    """Copies are about to lie in a bucket, as these objects; those whose image was not deleted meanwhile."""
    keys = [copy.render_key for copy in copies]
    there = {key for (key,) in tx.execute(f"SELECT key FROM render WHERE key IN ({placeholders(keys)})", tuple(keys))}
    for copy, name in zip(copies, objects, strict=True):
        if copy.origin in (NOWHERE, origin):
            tx.execute(
                "UPDATE bucket_copy SET origin = ?, object = ? WHERE render_key = ? AND origin = ?",
                (origin, name, copy.render_key, copy.origin),
            )
        else:
            tx.execute(
                "UPDATE bucket_copy SET state = 'left' WHERE render_key = ? AND origin = ?",
                (copy.render_key, copy.origin),
            )
            tx.execute(
                "INSERT INTO bucket_copy (render_key, origin, object, state, created_at)"
                " SELECT key, ?, ?, 'waiting', ? FROM render WHERE key = ?"
                " ON CONFLICT (render_key, origin) DO UPDATE SET state = 'waiting', object = excluded.object",
                (origin, name, now_ms(), copy.render_key),
            )
    return tuple(copy for copy in copies if copy.render_key in there)


def settle(tx: Transaction, copy: WantedCopy, origin: str, state: CopyState) -> None:
    """The copy is in this bucket and verified, or cannot be made."""
    cursor = tx.execute(
        "UPDATE bucket_copy SET state = ?, bytes = ?, settled_at = ? WHERE render_key = ? AND origin = ? RETURNING key",
        (state, copy.bytes, now_ms(), copy.render_key, origin),
    )
    tx.changed(Table.BUCKET_COPY, *(key for (key,) in cursor.fetchall()))


def lost_below(tx: Transaction, origin: str, prefix: str) -> None:
    """Everything below a prefix was deleted: what was copied there for images that stay is wanted anew."""
    cursor = tx.execute(
        "UPDATE bucket_copy SET state = 'waiting', settled_at = NULL"
        " WHERE origin = ? AND object >= ? AND object < ? AND state = 'stored' RETURNING key",
        (origin, prefix, prefix + "\uffff"),
    )
    tx.changed(Table.BUCKET_COPY, *(key for (key,) in cursor.fetchall()))


def count(connection: Connection, origin: str) -> CopyCount:
    """How many copies wait, and lie in this bucket."""
    found = dict.fromkeys(CopyState, (0, 0))
    for state, number, size in connection.execute(
        "SELECT bucket_copy.state, count(*), coalesce(sum(output.bytes), 0) FROM bucket_copy"
        " JOIN output ON output.render_key = bucket_copy.render_key"
        " WHERE origin = ? OR bucket_copy.state = 'waiting' GROUP BY bucket_copy.state",
        (origin,),
    ):
        found[CopyState(state)] = (number, size)
    return CopyCount(
        waiting=found[CopyState.WAITING][0],
        stored=found[CopyState.STORED][0],
        failed=found[CopyState.FAILED][0],
        waiting_bytes=found[CopyState.WAITING][1],
        stored_bytes=found[CopyState.STORED][1],
    )
