"""Money: what was reserved, charged, given back, and how much may be spent. Writer thread; reads anywhere.

Every movement is one row under a name of its own, so that writing it twice counts once. Whole micro-USD. The sum of all
rows of a time is what it has cost, with what may still be charged.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import now_ms

HOUR_MS: Final = 3_600_000
WARN_AT: Final = 0.8
LATELY, USUALLY = 2_000, 20
"""Among so many of the latest movements, so many charges tell what something usually costs."""


class Movement(StrEnum):
    """Kinds of movements; released, refunded and corrected ones may be negative."""

    RESERVED = "reserved"
    RELEASED = "released"
    CHARGED = "charged"
    CORRECTED = "corrected"
    REFUNDED = "refunded"


class Payee(StrEnum):
    """Who is paid."""

    OPENROUTER = "openrouter"
    WAVESPEED = "wavespeed"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be spent: in an hour, in a month (None: no budget), and whether the user lifted this month's."""

    attempts_per_render: int
    hour_micro_usd: int
    month_micro_usd: int | None
    is_lifted: bool


@dataclass(frozen=True, slots=True)
class Meter:
    """What this month has cost and what is reserved, in micro-USD; ``hour`` is both together in the last hour."""

    spent: int
    reserved: int
    hour: int
    limits: Limits

    @property
    def share_of_budget(self) -> float | None:
        """How much of the month's budget is spent or reserved; None without a budget."""
        budget = self.limits.month_micro_usd
        return None if budget is None else (self.spent + self.reserved) / max(budget, 1)

    def allows(self, quote: int) -> bool:
        """Whether a request of this price may be sent."""
        within_hour = self.hour + quote <= self.limits.hour_micro_usd
        budget = self.limits.month_micro_usd
        within_month = budget is None or self.limits.is_lifted or self.spent + self.reserved + quote <= budget
        return within_hour and within_month


def write(tx: Transaction, subject: str, payee: Payee, movement: Movement, micro_usd: int) -> None:
    """Write a movement down, once for each subject and kind."""
    cursor = tx.execute(
        "INSERT INTO ledger (id, service, kind, micro_usd, created_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO NOTHING RETURNING key",
        (f"{subject}:{movement}", payee, movement, micro_usd, now_ms()),
    )
    tx.changed(Table.LEDGER, *(key for (key,) in cursor.fetchall()))


def movement_of(connection: Connection, subject: str, movement: Movement) -> int | None:
    """What was written for a subject, or None."""
    row = connection.execute("SELECT micro_usd FROM ledger WHERE id = ?", (f"{subject}:{movement}",)).fetchone()
    return None if row is None else int(row[0])


def meter(connection: Connection) -> Meter:
    """How the money stands now."""
    now = now_ms()
    month = "1000 * CAST(strftime('%s', ? / 1000, 'unixepoch', 'start of month') AS INTEGER)"
    spent, reserved = connection.execute(
        "SELECT coalesce(sum(CASE WHEN kind IN ('charged', 'corrected', 'refunded') THEN micro_usd END), 0),"
        " coalesce(sum(CASE WHEN kind IN ('reserved', 'released') THEN micro_usd END), 0)"
        f" FROM ledger WHERE created_at >= {month}",
        (now,),
    ).fetchone()
    if reserved < 0:
        # What was reserved last month and is charged now counts to last month.
        spent, reserved = spent + reserved, 0
    (hour,) = connection.execute(
        "SELECT coalesce(sum(micro_usd), 0) FROM ledger WHERE created_at > ?", (now - HOUR_MS,)
    ).fetchone()
    return Meter(spent=spent, reserved=reserved, hour=hour, limits=limits(connection))


def usual_charge(connection: Connection, payee: Payee) -> int | None:
    """What the latest things that were paid there have cost on average; None where nothing was paid lately."""
    (average,) = connection.execute(
        "SELECT avg(micro_usd) FROM (SELECT micro_usd FROM (SELECT * FROM ledger ORDER BY key DESC LIMIT ?)"
        " WHERE service = ? AND kind = 'charged' LIMIT ?)",
        (LATELY, payee, USUALLY),
    ).fetchone()
    return None if average is None else round(average)


def limits(connection: Connection) -> Limits:
    """How much may be spent."""
    attempts, hour, month, is_lifted = connection.execute(
        "SELECT attempts_per_render, hour_micro_usd, month_micro_usd,"
        " coalesce(lifted_month, '') = strftime('%Y-%m', 'now') FROM studio WHERE key = 1"
    ).fetchone()
    return Limits(attempts, hour, month, bool(is_lifted))


def set_budget(tx: Transaction, month_micro_usd: int | None) -> None:
    """Set the month's budget, or none; one that was lifted holds again."""
    tx.execute("UPDATE studio SET month_micro_usd = ?, lifted_month = NULL", (month_micro_usd,))
    tx.changed(Table.STUDIO, 1)


def lift_budget(tx: Transaction) -> None:
    """Let this month's renders go beyond the budget; next month it holds again."""
    tx.execute("UPDATE studio SET lifted_month = strftime('%Y-%m', 'now')")
    tx.changed(Table.STUDIO, 1)


def set_fuses(tx: Transaction, *, attempts_per_render: int, hour_micro_usd: int) -> None:
    """Set how often one picture may be paid for at most, and how much an hour may cost."""
    tx.execute(
        "UPDATE studio SET attempts_per_render = ?, hour_micro_usd = ?"
        " WHERE attempts_per_render <> ? OR hour_micro_usd <> ?",
        (attempts_per_render, hour_micro_usd, attempts_per_render, hour_micro_usd),
    )
    tx.changed(Table.STUDIO, 1)


def studio_id(connection: Connection) -> str:
    """A random name of this library, under which it keeps objects in a bucket."""
    (found,) = connection.execute("SELECT id FROM studio WHERE key = 1").fetchone()
    return str(found)
