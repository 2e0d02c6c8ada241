"""Problems: what went wrong with one file, reference or render, in words for the user.

Writer thread; reads anywhere.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import columns_of, every_row, new_key
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import now_ms
from dmdx_desktop.models.problem import Problem


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One problem and what it befell."""

    key: int
    command_key: int | None
    job_key: int | None
    reference_key: int | None
    render_key: int | None
    path: str | None
    code: str
    message: str
    remedy: str
    created_at: int
    waits_for: str | None
    """Where it tells what renders of a command wait for: their state."""


SELECT: Final = f"SELECT {columns_of(ProblemRow)} FROM problem"


def add(
    tx: Transaction,
    problem: Problem,
    *,
    command_key: int | None = None,
    job_key: int | None = None,
    reference_key: int | None = None,
    render_key: int | None = None,
) -> int:
    """Write a problem down; returns its key."""
    cursor = tx.execute(
        "INSERT INTO problem (command_key, job_key, reference_key, render_key, path, code, message, remedy, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            command_key, job_key, reference_key, render_key,
            problem.path, problem.code, problem.message, problem.remedy, now_ms(),
        ),
    )  # fmt: skip
    key = new_key(cursor)
    tx.changed(Table.PROBLEM, key)
    return key


def repeat(tx: Transaction, reference_key: int, command_key: int) -> None:
    """What is wrong with a reference is a problem of a further command that names it, once each."""
    known = {(row.reference_key, row.code) for row in of_command(tx.connection, command_key)}
    for row in of_reference(tx.connection, reference_key):
        if row.render_key is None and (reference_key, row.code) not in known:
            known.add((reference_key, row.code))
            add(
                tx,
                Problem(row.code, row.message, row.remedy, path=row.path),
                command_key=command_key,
                job_key=row.job_key,
                reference_key=reference_key,
            )


def clear_reference(tx: Transaction, reference_key: int) -> None:
    """Drop the problems of a reference: it was tried again."""
    cursor = tx.execute("DELETE FROM problem WHERE reference_key = ? RETURNING key", (reference_key,))
    tx.changed(Table.PROBLEM, *(key for (key,) in cursor.fetchall()))


def forget(tx: Transaction, keys: Sequence[int]) -> int:
    """Drop these problems of pieces of which no image was planned; returns how many there were."""
    found = [
        row
        for (key,) in tx.execute(
            "SELECT problem.key FROM json_each(?) AS wanted JOIN problem ON problem.key = wanted.value"
            " WHERE render_key IS NULL",
            (json.dumps(list(keys)),),
        ).fetchall()
        for row in tx.execute("DELETE FROM problem WHERE key = ? RETURNING key", (key,)).fetchall()
    ]
    tx.changed(Table.PROBLEM, *(key for (key,) in found))
    return len(found)


def say_waiting(tx: Transaction, waits_for: str, problem: Problem, command_key: int) -> None:
    """Say once for a command what its renders wait for, however many there are."""
    known = tx.execute(
        "SELECT 1 FROM problem WHERE command_key = ? AND code = ? AND waits_for = ?",
        (command_key, problem.code, waits_for),
    ).fetchone()
    if known is None:
        key = add(tx, problem, command_key=command_key)
        tx.execute("UPDATE problem SET waits_for = ? WHERE key = ?", (waits_for, key))


def forget_waiting(tx: Transaction) -> None:
    """Drop what was said of waiting renders: they go on."""
    cursor = tx.execute("DELETE FROM problem WHERE waits_for IS NOT NULL RETURNING key")
    tx.changed(Table.PROBLEM, *(key for (key,) in cursor.fetchall()))


def is_waiting(connection: Connection, command_key: int) -> bool:
    """Whether renders of a command wait for an account or for credit."""
    cursor = connection.execute(
        "SELECT 1 FROM problem WHERE command_key = ? AND waits_for IN ('waiting_account', 'waiting_credits')",
        (command_key,),
    )
    return cursor.fetchone() is not None


def of_command(connection: Connection, command_key: int) -> tuple[ProblemRow, ...]:
    """What went wrong while a command was carried out, in order."""
    return every_row(ProblemRow, connection.execute(f"{SELECT} WHERE command_key = ? ORDER BY key", (command_key,)))


def of_job(connection: Connection, job_key: int) -> tuple[ProblemRow, ...]:
    """What went wrong with a job and its pictures, in order."""
    return every_row(ProblemRow, connection.execute(f"{SELECT} WHERE job_key = ? ORDER BY key", (job_key,)))


def of_reference(connection: Connection, reference_key: int) -> tuple[ProblemRow, ...]:
    """What went wrong with a reference, in order."""
    cursor = connection.execute(f"{SELECT} WHERE reference_key = ? ORDER BY key", (reference_key,))
    return every_row(ProblemRow, cursor)
