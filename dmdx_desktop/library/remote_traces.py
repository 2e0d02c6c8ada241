"""What of a piece is at services: written down when its rows go, forgotten when it is gone there too. Writer thread.

A purge is not finished while any of this is left: the row is the only memory of what must be deleted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dmdx_desktop.library import ledger
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.ledger import Movement, Payee
from dmdx_desktop.library.rows import columns_of, every_row, placeholders
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import now_ms


class TraceKind(StrEnum):
    """What is left at a service."""

    PREDICTION = "prediction"
    UNCERTAIN = "uncertain"
    """A paid request of which nobody knows whether it arrived: it is looked for first."""
    OBJECTS = "objects"
    """Everything below a prefix of a bucket, or a single object."""


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One thing to be deleted at a service. ``origin`` is where: the address of the service, or of the bucket."""

    key: int
    purge_key: int
    kind: TraceKind
    value: str
    origin: str
    since: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", TraceKind(self.kind))


SELECT: Final = f"SELECT {columns_of(TraceRow)} FROM purge_remote"


def remember_place(tx: Transaction, job_key: int, prefix: str, origin: str) -> None:
    """Objects of a piece are about to be put below a prefix of a bucket; nothing of a piece that is gone."""
    tx.execute(
        "INSERT INTO object_place (job_key, prefix, origin) SELECT key, ?, ? FROM job WHERE key = ?"
        " ON CONFLICT DO NOTHING",
        (prefix, origin, job_key),
    )


def remember_of_forgotten(tx: Transaction, render_key: int) -> None:
    """A render is forgotten while its piece stays: what engines keep of it goes when the piece does."""
    tx.execute(
        "INSERT INTO prediction_left (reference_key, prediction, origin, created_at)"
        " SELECT reference_key, prediction, origin, attempt.created_at FROM attempt"
        " JOIN render ON render.key = render_key WHERE render_key = ? AND prediction IS NOT NULL"
        " ON CONFLICT DO NOTHING",
        (render_key,),
    )


def share_places(tx: Transaction, source_key: int, target_key: int) -> None:
    """Pictures move from one piece to another: what was stored of them lies where the first one's objects do."""
    tx.execute(
        "INSERT INTO object_place (job_key, prefix, origin) SELECT ?, prefix, origin FROM object_place"
        " WHERE job_key = ? ON CONFLICT DO NOTHING",
        (target_key, source_key),
    )


def remember_of_job(tx: Transaction, purge_key: int, job_key: int) -> None:
    """Write down what a piece leaves at services, before its rows go."""
    places = tx.execute("SELECT prefix, origin FROM object_place WHERE job_key = ?", (job_key,)).fetchall()
    for prefix, origin in places:
        _remember(tx, purge_key, TraceKind.OBJECTS, prefix, origin, now_ms())
    keys = [key for (key,) in tx.execute("SELECT key FROM render WHERE job_key = ?", (job_key,))]
    remember_of_renders(tx, purge_key, keys, beside=places)
    for prediction, origin, created_at in tx.execute(
        "SELECT prediction, origin, prediction_left.created_at FROM prediction_left"
        " JOIN reference ON reference.key = reference_key WHERE job_key = ?",
        (job_key,),
    ).fetchall():
        _remember(tx, purge_key, TraceKind.PREDICTION, prediction, origin, created_at)


def remember_of_renders(
    tx: Transaction, purge_key: int, render_keys: Sequence[int], *, beside: Sequence[tuple[str, str]] = ()
) -> None:
    """Write down what renders leave at services, and settle their money: what was taken will be charged.

    Objects below a prefix of ``beside`` (prefix and bucket) go with that.
    """
    for key in render_keys:
        for name, origin in tx.execute(
            "SELECT object, origin FROM bucket_copy WHERE render_key = ? AND object IS NOT NULL", (key,)
        ).fetchall():
            if not any(name.startswith(prefix) and origin == of for prefix, of in beside):
                _remember(tx, purge_key, TraceKind.OBJECTS, name, origin, now_ms())
        rows = tx.execute(
            "SELECT id, engine, has_marker, state, prediction, origin, quoted_micro_usd, created_at FROM attempt"
            " WHERE render_key = ?",
            (key,),
        ).fetchall()
        for attempt_id, engine, has_marker, state, prediction, origin, quoted, created_at in rows:
            if prediction is not None:
                _remember(tx, purge_key, TraceKind.PREDICTION, prediction, origin, created_at)
            elif state == "intent":
                value = f"{attempt_id} {has_marker} {quoted} {engine}"
                _remember(tx, purge_key, TraceKind.UNCERTAIN, value, origin, created_at)
            if state == "accepted":
                ledger.write(tx, attempt_id, Payee.WAVESPEED, Movement.RELEASED, -quoted)
                ledger.write(tx, attempt_id, Payee.WAVESPEED, Movement.CHARGED, quoted)


def found(tx: Transaction, trace: TraceRow, attempt_id: str, quoted: int, prediction: str | None) -> None:
    """It is known what became of an uncertain request: it is deleted as others are, or it never was."""
    forget(tx, [trace])
    ledger.write(tx, attempt_id, Payee.WAVESPEED, Movement.RELEASED, -quoted)
    if prediction is not None:
        ledger.write(tx, attempt_id, Payee.WAVESPEED, Movement.CHARGED, quoted)
        _remember(tx, trace.purge_key, TraceKind.PREDICTION, prediction, trace.origin, trace.since)


def forget(tx: Transaction, traces: Sequence[TraceRow]) -> None:
    """These are gone at their services."""
    tx.executemany("DELETE FROM purge_remote WHERE key = ?", [(trace.key,) for trace in traces])


def of_purges(connection: Connection, purge_ids: Sequence[str]) -> tuple[TraceRow, ...]:
    """What these purges still have at services; nothing of those that can still be taken back."""
    cursor = connection.execute(
        f"{SELECT} WHERE purge_key IN (SELECT key FROM purge WHERE id IN ({placeholders(purge_ids)})"
        " AND state <> 'planned') ORDER BY key",
        tuple(purge_ids),
    )
    return every_row(TraceRow, cursor)


def purges_with_any(connection: Connection) -> list[str]:
    """The ids of purges of which something is left at a service."""
    cursor = connection.execute("SELECT id FROM purge WHERE key IN (SELECT purge_key FROM purge_remote) ORDER BY key")
    return [purge_id for (purge_id,) in cursor]


def has_any(connection: Connection, purge_key: int) -> bool:
    """Whether a purge has anything left at a service."""
    cursor = connection.execute("SELECT 1 FROM purge_remote WHERE purge_key = ? LIMIT 1", (purge_key,))
    return cursor.fetchone() is not None


def _remember(tx: Transaction, purge_key: int, kind: TraceKind, value: str, origin: str, since: int) -> None:
    tx.execute(
        "INSERT INTO purge_remote (purge_key, kind, value, origin, since) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (purge_key, kind, value, origin, since),
    )
