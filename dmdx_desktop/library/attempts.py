"""Attempts: each paid request that left or was about to, written down before it leaves. Writer thread; reads anywhere.

What this table says decides whether a request may be sent again, so its fuses are triggers of the database: no more
attempts than allowed, none beside one whose end is not known, none beyond the hour's or the month's money.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import columns_of, every_row, new_key, one_row
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import new_id, now_ms

IDS_AT_ONCE: Final = 100
BILLED_WITHIN_MS: Final = 3 * 24 * 3_600_000
"""A bill that has not come by then does not come; what was quoted stands."""


class AttemptState(StrEnum):
    """What is known of a paid request."""

    INTENT = "intent"
    """It may have left; no answer is stored."""
    ACCEPTED = "accepted"
    """The engine took it; its id is stored."""
    MADE = "made"
    """Its picture is a file of the library."""
    REJECTED = "rejected"
    """It certainly started nothing."""
    LOST = "lost"
    """Reconciliation found nothing of it after the settle window."""
    FAILED = "failed"
    """The engine took it and gave it up."""
    GIVEN_UP = "given_up"
    """The user let it go."""


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One paid request. ``origin`` is the address of the service it went to; money in micro-USD."""

    key: int
    id: str
    render_key: int
    engine: str
    origin: str
    has_marker: bool
    state: AttemptState
    prediction: str | None
    quoted_micro_usd: int
    charged_micro_usd: int | None
    history_expired: bool
    problem_code: str | None
    created_at: int
    answered_at: int | None
    ended_at: int | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", AttemptState(self.state))
        object.__setattr__(self, "has_marker", bool(self.has_marker))
        object.__setattr__(self, "history_expired", bool(self.history_expired))


SELECT: Final = f"SELECT {columns_of(AttemptRow)} FROM attempt"
_ENDED: Final = frozenset(AttemptState) - {AttemptState.INTENT, AttemptState.ACCEPTED}


def begin(
    tx: Transaction, *, render_key: int, attempt_id: str, engine: str, origin: str, has_marker: bool, quoted: int
) -> AttemptRow:
    """Write down that a paid request is about to leave."""
    cursor = tx.execute(
        "INSERT INTO attempt (id, render_key, engine, origin, has_marker, state, quoted_micro_usd, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (attempt_id, render_key, engine, origin, int(has_marker), AttemptState.INTENT, quoted, now_ms()),
    )
    row = one_row(AttemptRow, tx.execute(f"{SELECT} WHERE key = ?", (new_key(cursor),)))
    if row is None:
        raise LookupError("the attempt was not stored")
    tx.changed(Table.ATTEMPT, row.key)
    return row


def new_attempt_id() -> str:
    """An id for an attempt, which goes with its request as the marker."""
    return new_id()


def settle(
    tx: Transaction,
    key: int,
    state: AttemptState,
    *,
    prediction: str | None = None,
    problem_code: str | None = None,
) -> None:
    """Store what became of an attempt."""
    now = now_ms()
    tx.execute(
        "UPDATE attempt SET state = ?, prediction = coalesce(?, prediction), problem_code = coalesce(?, problem_code),"
        " answered_at = coalesce(answered_at, ?), ended_at = CASE WHEN ? THEN ? ELSE ended_at END WHERE key = ?",
        (state, prediction, problem_code, now, state in _ENDED, now, key),
    )
    tx.changed(Table.ATTEMPT, key)


def expire_history(tx: Transaction, key: int) -> None:
    """The engine's history no longer reaches back to this attempt: only the user may decide about it."""
    tx.execute("UPDATE attempt SET history_expired = 1 WHERE key = ?", (key,))
    tx.changed(Table.ATTEMPT, key)


def set_charge(tx: Transaction, key: int, charged: int) -> None:
    """Store what was really charged for an attempt."""
    tx.execute("UPDATE attempt SET charged_micro_usd = ? WHERE key = ?", (charged, key))
    tx.changed(Table.ATTEMPT, key)


def of_render(connection: Connection, render_key: int) -> tuple[AttemptRow, ...]:
    """The attempts of a render, oldest first."""
    return every_row(AttemptRow, connection.execute(f"{SELECT} WHERE render_key = ? ORDER BY key", (render_key,)))


def last_of_render(connection: Connection, render_key: int) -> AttemptRow | None:
    """The latest attempt of a render, or None."""
    cursor = connection.execute(f"{SELECT} WHERE render_key = ? ORDER BY key DESC LIMIT 1", (render_key,))
    return one_row(AttemptRow, cursor)


def by_prediction(connection: Connection, prediction: str) -> AttemptRow | None:
    """The attempt that an engine's id belongs to, or None."""
    return one_row(AttemptRow, connection.execute(f"{SELECT} WHERE prediction = ?", (prediction,)))


def known_predictions(connection: Connection, predictions: Collection[str]) -> frozenset[str]:
    """Those of the engine's ids that belong to attempts of this library."""
    wanted = list(predictions)
    found: set[str] = set()
    for start in range(0, len(wanted), IDS_AT_ONCE):
        some = wanted[start : start + IDS_AT_ONCE]
        marks = ", ".join("?" * len(some))
        found |= {
            row[0] for row in connection.execute(f"SELECT prediction FROM attempt WHERE prediction IN ({marks})", some)
        }
    return frozenset(found)


def unanswered(connection: Connection, engine: str) -> tuple[AttemptRow, ...]:
    """The attempts at an engine of which nobody knows whether they arrived, oldest first."""
    cursor = connection.execute(
        f"{SELECT} WHERE state = 'intent' AND state IN ('intent', 'accepted') AND engine = ? ORDER BY key", (engine,)
    )
    return every_row(AttemptRow, cursor)


def unsettled(connection: Connection, *, limit: int = IDS_AT_ONCE) -> tuple[AttemptRow, ...]:
    """Attempts whose picture is here and whose real charge is not known yet."""
    cursor = connection.execute(
        f"{SELECT} WHERE state = 'made' AND charged_micro_usd IS NULL AND ended_at > ? ORDER BY key DESC LIMIT ?",
        (now_ms() - BILLED_WITHIN_MS, limit),
    )
    return every_row(AttemptRow, cursor)


def count_used(connection: Connection, render_key: int) -> int:
    """How many attempts of a render count: all but those that certainly started nothing."""
    number: int = connection.execute(
        "SELECT count(*) FROM attempt WHERE render_key = ? AND state <> 'rejected'", (render_key,)
    ).fetchone()[0]
    return number
