"""Agreements: whether finished pictures agree with their references, and those still to be compared.

Writer thread; reads anywhere.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import columns_of, every_row, placeholders
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.agreement import Agreement, Compared
from dmdx_desktop.models.ids import now_ms

MOST_CRASHES: Final = 2


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One picture to be compared."""

    key: int
    output_key: int
    crashes: int
    created_at: int


@dataclass(frozen=True, slots=True)
class StoredAgreement:
    """What a comparison came to."""

    verdict: Agreement
    fields: tuple[Compared, ...]


def enqueue(tx: Transaction, output_key: int) -> None:
    """Have a picture compared with its reference."""
    cursor = tx.execute(
        "INSERT INTO comparison (output_key, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING key",
        (output_key, now_ms()),
    )
    tx.changed(Table.COMPARISON, *(key for (key,) in cursor.fetchall()))


def waiting(connection: Connection, limit: int, busy: Collection[int]) -> tuple[ComparisonRow, ...]:
    """The next pictures to be compared."""
    cursor = connection.execute(
        f"SELECT {columns_of(ComparisonRow)} FROM comparison WHERE crashes < {MOST_CRASHES}"
        f" AND key NOT IN ({placeholders(tuple(busy))}) ORDER BY key LIMIT ?",
        (*busy, limit),
    )
    return every_row(ComparisonRow, cursor)


def store(
    tx: Transaction, comparison: ComparisonRow, verdict: Agreement, fields: Sequence[Compared], read_by: str | None
) -> None:
    """What it came to; the work is gone. Nothing is stored of a picture that was deleted meanwhile."""
    tx.execute("DELETE FROM comparison WHERE key = ?", (comparison.key,))
    told = json.dumps([field.model_dump(mode="json") for field in fields])
    tx.execute(
        "INSERT INTO agreement (output_key, verdict, fields, read_by, created_at)"
        " SELECT key, ?, ?, ?, ? FROM output WHERE key = ?"
        " ON CONFLICT (output_key) DO UPDATE SET verdict = excluded.verdict, fields = excluded.fields,"
        " read_by = excluded.read_by, created_at = excluded.created_at",
        (verdict, told, read_by, now_ms(), comparison.output_key),
    )
    tx.changed(Table.COMPARISON, comparison.key)
    tx.changed(Table.OUTPUT, comparison.output_key)


def give_up(tx: Transaction, comparison: ComparisonRow, *, crashed: bool) -> None:
    """It could not be compared; one whose process merely died is tried once more."""
    if crashed:
        tx.execute("UPDATE comparison SET crashes = crashes + 1 WHERE key = ?", (comparison.key,))
    else:
        tx.execute("DELETE FROM comparison WHERE key = ?", (comparison.key,))
    tx.changed(Table.COMPARISON, comparison.key)


def of_output(connection: Connection, output_key: int) -> StoredAgreement | None:
    """What the comparison of a picture came to; None where there was none."""
    row = connection.execute("SELECT verdict, fields FROM agreement WHERE output_key = ?", (output_key,)).fetchone()
    if row is None:
        return None
    return StoredAgreement(Agreement(row[0]), tuple(Compared.model_validate(one) for one in json.loads(row[1])))


def count(connection: Connection) -> int:
    """How many pictures are still to be compared."""
    number: int = connection.execute(f"SELECT count(*) FROM comparison WHERE crashes < {MOST_CRASHES}").fetchone()[0]
    return number
