"""Questions: references that a vision model is still to be asked about. Writer thread; reads anywhere.

A row is the work, as a task is: written with what makes it necessary, deleted with what came of it. One that waits for
an account, for credit or for the network stays until that is there.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import columns_of, every_row, placeholders
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import now_ms


class WaitsFor(StrEnum):
    """What a question waits for."""

    ACCOUNT = "account"
    CREDITS = "credits"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One reference to be asked about; lower ``priority`` goes first."""

    key: int
    reference_key: int
    command_key: int | None
    priority: int
    crashes: int
    created_at: int


COLUMNS: Final = columns_of(QuestionRow)


def enqueue(tx: Transaction, reference_key: int, *, priority: int, command_key: int | None) -> None:
    """Have a reference asked about. Asking again for what waits tries it anew, and never makes it less urgent."""
    cursor = tx.execute(
        "INSERT INTO question (reference_key, command_key, priority, created_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (reference_key) DO UPDATE SET priority = min(priority, excluded.priority),"
        " command_key = coalesce(excluded.command_key, command_key), waits_for = NULL RETURNING key",
        (reference_key, command_key, priority, now_ms()),
    )
    tx.changed(Table.QUESTION, *(key for (key,) in cursor.fetchall()))


def finish(tx: Transaction, key: int) -> None:
    """What came of it is stored in this same transaction: the work is gone."""
    tx.execute("DELETE FROM question WHERE key = ?", (key,))
    tx.changed(Table.QUESTION, key)
    # Whoever waits for readings listens to tasks.
    tx.changed(Table.TASK, key)


def count_crash(tx: Transaction, key: int) -> int:
    """The picture process died over it; returns how often so far."""
    rows = tx.execute("UPDATE question SET crashes = crashes + 1 WHERE key = ? RETURNING crashes", (key,)).fetchall()
    tx.changed(Table.QUESTION, key)
    return int(rows[0][0]) if rows else 0


def put_off(tx: Transaction, waits_for: WaitsFor) -> None:
    """All that are to be asked wait: what stands in the way of one stands in the way of each."""
    cursor = tx.execute("UPDATE question SET waits_for = ? WHERE waits_for IS NULL RETURNING key", (waits_for,))
    keys = [key for (key,) in cursor.fetchall()]
    tx.changed(Table.QUESTION, *keys)
    tx.changed(Table.TASK, *keys)


def go_on(tx: Transaction, waits_for: Collection[WaitsFor] = tuple(WaitsFor)) -> int:
    """Ask what waits for these; returns how many there are."""
    cursor = tx.execute(
        f"UPDATE question SET waits_for = NULL WHERE waits_for IN ({placeholders(tuple(waits_for))}) RETURNING key",
        tuple(waits_for),
    )
    keys = [key for (key,) in cursor.fetchall()]
    tx.changed(Table.QUESTION, *keys)
    return len(keys)


def waiting(connection: Connection, limit: int, busy: Sequence[int] = ()) -> tuple[QuestionRow, ...]:
    """The next questions, most urgent first."""
    cursor = connection.execute(
        f"SELECT {COLUMNS} FROM question WHERE waits_for IS NULL AND key NOT IN ({placeholders(tuple(busy))})"
        " ORDER BY priority, key LIMIT ?",
        (*busy, limit),
    )
    return every_row(QuestionRow, cursor)


def are_put_off(connection: Connection, waits_for: WaitsFor) -> bool:
    """Whether any waits for this."""
    return connection.execute("SELECT 1 FROM question WHERE waits_for = ? LIMIT 1", (waits_for,)).fetchone() is not None


def count(connection: Connection, *, command_key: int | None = None) -> int:
    """How many can be asked now, of one command or of all."""
    test, values = ("", ()) if command_key is None else (" AND command_key = ?", (command_key,))
    number: int = connection.execute(f"SELECT count(*) FROM question WHERE waits_for IS NULL{test}", values).fetchone()[
        0
    ]
    return number


def is_asked_about(connection: Connection, job_key: int) -> bool:
    """Whether a question about a job can be asked now."""
    cursor = connection.execute(
        "SELECT 1 FROM reference JOIN question ON question.reference_key = reference.key"
        " WHERE reference.job_key = ? AND question.waits_for IS NULL LIMIT 1",
        (job_key,),
    )
    return cursor.fetchone() is not None
