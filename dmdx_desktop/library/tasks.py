"""Tasks: work of the picture processes that is still to be done. Writer thread; reads anywhere.

A row is the work: it is written with what makes it necessary, and deleted in the transaction that stores its result.
Restarting needs nothing but these rows.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dmdx_desktop.library import questions
from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import columns_of, every_row, one_row, placeholders
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import now_ms

MAX_CRASHES: Final = 2
"""A task that took its picture process down this often is held, so that it takes no more."""

FIRST: Final = 0
"""Priority of what is on the screen."""
NORMAL: Final = 10


class TaskKind(StrEnum):
    """``prepare``: decode whole, clean copy, previews; ``analyse``: read the piece; ``preview``: previews alone."""

    PREPARE = "prepare"
    ANALYSE = "analyse"
    PREVIEW = "preview"


class Subject(StrEnum):
    """The table a task is about."""

    REFERENCE = "reference"
    OUTPUT = "output"


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One piece of work; lower ``priority`` goes first."""

    key: int
    kind: TaskKind
    subject_table: Subject
    subject_key: int
    priority: int
    crashes: int
    command_key: int | None
    created_at: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", TaskKind(self.kind))
        object.__setattr__(self, "subject_table", Subject(self.subject_table))


COLUMNS: Final = columns_of(TaskRow)


def enqueue(
    tx: Transaction,
    kind: TaskKind,
    subject: Subject,
    subject_key: int,
    *,
    priority: int = NORMAL,
    command_key: int | None = None,
) -> None:
    """Ask for work. Asking again for what is waiting makes it more urgent, never less."""
    cursor = tx.execute(
        "INSERT INTO task (kind, subject_table, subject_key, priority, command_key, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (subject_table, subject_key, kind)"
        " DO UPDATE SET priority = min(priority, excluded.priority),"
        " command_key = coalesce(excluded.command_key, command_key) RETURNING key",
        (kind, subject, subject_key, priority, command_key, now_ms()),
    )
    for (key,) in cursor.fetchall():
        tx.changed(Table.TASK, key)


def finish(tx: Transaction, key: int) -> None:
    """The result is stored in this same transaction, or never will be: the work is gone."""
    tx.execute("DELETE FROM task WHERE key = ?", (key,))
    tx.changed(Table.TASK, key)


def count_crash(tx: Transaction, key: int) -> int:
    """The picture process died over it; returns how often so far (0 when the task is gone)."""
    rows = tx.execute("UPDATE task SET crashes = crashes + 1 WHERE key = ? RETURNING crashes", (key,)).fetchall()
    tx.changed(Table.TASK, key)
    return int(rows[0][0]) if rows else 0


def claim(tx: Transaction, subject: Subject, subject_key: int, *, priority: int, command_key: int | None) -> None:
    """Whatever still waits for this subject is waited for by a command too, and no less urgent than ``priority``."""
    cursor = tx.execute(
        "UPDATE task SET priority = min(priority, ?), command_key = coalesce(?, command_key)"
        " WHERE subject_table = ? AND subject_key = ? RETURNING key",
        (priority, command_key, subject, subject_key),
    )
    tx.changed(Table.TASK, *(key for (key,) in cursor.fetchall()))


def hurry(tx: Transaction, subject: Subject, subject_keys: Sequence[int], priority: int = FIRST) -> None:
    """Do what is waiting for these subjects earlier: they are on the screen."""
    cursor = tx.execute(
        f"UPDATE task SET priority = ? WHERE subject_table = ? AND subject_key IN ({placeholders(subject_keys)})"
        " AND priority > ? RETURNING key",
        (priority, subject, *subject_keys, priority),
    )
    tx.changed(Table.TASK, *(key for (key,) in cursor.fetchall()))


def waiting(connection: Connection, kind: TaskKind, limit: int, busy: Collection[int] = ()) -> tuple[TaskRow, ...]:
    """The next ``limit`` tasks of a kind, most urgent first, without held ones and those whose keys are ``busy``.

    Rows say what is to do; which of it is under way, only the caller knows.
    """
    cursor = connection.execute(
        f"SELECT {COLUMNS} FROM task WHERE kind = ? AND crashes < 2 AND key NOT IN ({placeholders(tuple(busy))})"
        " ORDER BY priority, key LIMIT ?",
        (kind, *busy, limit),
    )
    return every_row(TaskRow, cursor)


def get(connection: Connection, key: int) -> TaskRow | None:
    """The task of ``key``, or None when it is done."""
    return one_row(TaskRow, connection.execute(f"SELECT {COLUMNS} FROM task WHERE key = ?", (key,)))


def count(connection: Connection, *, command_key: int | None = None) -> int:
    """How many tasks are waiting or under way, of one command or of all; held ones are left out."""
    if command_key is None:
        cursor = connection.execute("SELECT count(*) FROM task WHERE crashes < 2")
    else:
        cursor = connection.execute("SELECT count(*) FROM task WHERE command_key = ? AND crashes < 2", (command_key,))
    number: int = cursor.fetchone()[0]
    return number + questions.count(connection, command_key=command_key)


def job_is_read(connection: Connection, job_key: int) -> bool:
    """Whether nothing is left to be found out about the references of a job; held tasks are left out."""
    cursor = connection.execute(
        "SELECT 1 FROM reference JOIN task ON task.subject_table = 'reference' AND task.subject_key = reference.key"
        " WHERE reference.job_key = ? AND task.kind IN ('prepare', 'analyse') AND task.crashes < 2 LIMIT 1",
        (job_key,),
    )
    return cursor.fetchone() is None and not questions.is_asked_about(connection, job_key)
