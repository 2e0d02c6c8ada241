"""Answers of a vision model that broke off: what they cost is still to be asked. Writer thread; reads anywhere.

They may have been paid like any other; their service knows the cost some time later, or never.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dmdx_desktop.library import ledger
from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.ledger import Movement, Payee
from dmdx_desktop.library.rows import columns_of, every_row
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import now_ms

MOST_LOOKUPS: Final = 20
"""An answer that its service did not know so often never came into being."""
AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class ReadingBillRow:
    """One answer, by the id its service gave it, and how often that was asked in vain."""

    key: int
    generation: str
    lookups: int


def enqueue(tx: Transaction, generations: Sequence[str]) -> None:
    """These answers broke off."""
    for generation in generations:
        cursor = tx.execute(
            "INSERT INTO reading_bill (generation, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING key",
            (generation, now_ms()),
        )
        tx.changed(Table.READING_BILL, *(key for (key,) in cursor.fetchall()))


def waiting(connection: Connection) -> tuple[ReadingBillRow, ...]:
    """The oldest of those whose cost is not known."""
    cursor = connection.execute(f"SELECT {columns_of(ReadingBillRow)} FROM reading_bill ORDER BY key LIMIT {AT_ONCE}")
    return every_row(ReadingBillRow, cursor)


def settle(tx: Transaction, bill: ReadingBillRow, cost_micro_usd: int) -> None:
    """What it cost is known now."""
    if cost_micro_usd:
        ledger.write(tx, f"reading:{bill.generation}", Payee.OPENROUTER, Movement.CHARGED, cost_micro_usd)
    _delete(tx, bill)


def asked_in_vain(tx: Transaction, bill: ReadingBillRow) -> None:
    """Its service does not know it: it is asked again, but not for ever."""
    if bill.lookups + 1 >= MOST_LOOKUPS:
        _delete(tx, bill)
    else:
        tx.execute("UPDATE reading_bill SET lookups = lookups + 1 WHERE key = ?", (bill.key,))


def _delete(tx: Transaction, bill: ReadingBillRow) -> None:
    tx.execute("DELETE FROM reading_bill WHERE key = ?", (bill.key,))
    tx.changed(Table.READING_BILL, bill.key)
