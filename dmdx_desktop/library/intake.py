"""Intake: the files an import has found and what became of each. Writer thread; reads anywhere.

The walk writes what it finds before a single file is opened, so that an import goes on where it stopped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import columns_of, every_row, one_row
from dmdx_desktop.library.writer import Transaction


class IntakeState(StrEnum):
    """``found`` by the walk; ``done``: it is a reference; ``problem``: it cannot become one, and a problem says why."""

    FOUND = "found"
    DONE = "done"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file the walk came upon, the group it belongs to, and what its name says."""

    path: str
    group_key: str
    title: str
    view: str


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """One file of one import."""

    key: int
    command_key: int
    path: str
    group_key: str
    title: str
    view: str
    state: IntakeState
    job_key: int | None
    reference_key: int | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", IntakeState(self.state))


@dataclass(frozen=True, slots=True)
class IntakeCounts:
    """How far an import is: files still to be read, read, and refused."""

    found: int = 0
    done: int = 0
    problem: int = 0

    @property
    def total(self) -> int:
        return self.found + self.done + self.problem


SELECT: Final = f"SELECT {columns_of(IntakeRow)} FROM intake"


def add(tx: Transaction, command_key: int, files: Sequence[FoundFile]) -> None:
    """Write down what the walk found; a file that is known for this command is left as it is."""
    tx.executemany(
        "INSERT INTO intake (command_key, path, group_key, title, view, state) VALUES (?, ?, ?, ?, ?, 'found')"
        " ON CONFLICT (command_key, path) DO NOTHING",
        [(command_key, file.path, file.group_key, file.title, file.view) for file in files],
    )
    tx.changed(Table.INTAKE, command_key)


def settle(tx: Transaction, key: int, *, job_key: int, reference_key: int) -> None:
    """The file is a reference of a job now."""
    _settle(tx, key, IntakeState.DONE, job_key, reference_key)


def settle_as_problem(tx: Transaction, key: int) -> None:
    """The file cannot become a reference; add the problem in the same transaction."""
    _settle(tx, key, IntakeState.PROBLEM, None, None)


def waiting(connection: Connection, command_key: int, *, after_key: int = 0, limit: int = 200) -> tuple[IntakeRow, ...]:
    """Up to ``limit`` files still to be read, in the order they were found, from behind ``after_key``."""
    cursor = connection.execute(
        f"{SELECT} WHERE command_key = ? AND state = 'found' AND key > ? ORDER BY key LIMIT ?",
        (command_key, after_key, limit),
    )
    return every_row(IntakeRow, cursor)


def of_command(connection: Connection, command_key: int) -> tuple[IntakeRow, ...]:
    """Every file of an import, in the order they were found."""
    return every_row(IntakeRow, connection.execute(f"{SELECT} WHERE command_key = ? ORDER BY key", (command_key,)))


def job_keys(connection: Connection, command_key: int) -> list[int]:
    """The jobs an import led to, each once, in the order of the files."""
    cursor = connection.execute(
        "SELECT job_key FROM intake WHERE command_key = ? AND job_key IS NOT NULL GROUP BY job_key ORDER BY min(key)",
        (command_key,),
    )
    return [key for (key,) in cursor]


def reference_keys(connection: Connection, command_key: int) -> list[int]:
    """The references an import led to, each once, in the order of the files."""
    cursor = connection.execute(
        "SELECT reference_key FROM intake WHERE command_key = ? AND reference_key IS NOT NULL"
        " GROUP BY reference_key ORDER BY min(key)",
        (command_key,),
    )
    return [key for (key,) in cursor]


def forget(tx: Transaction, command_key: int) -> None:
    """The command has ended: what it found is in references and problems now."""
    tx.execute("DELETE FROM intake WHERE command_key = ?", (command_key,))
    tx.changed(Table.INTAKE, command_key)


def by_path(connection: Connection, command_key: int, path: str) -> IntakeRow | None:
    """What became of one file of an import, or None when it was not part of it."""
    return one_row(IntakeRow, connection.execute(f"{SELECT} WHERE command_key = ? AND path = ?", (command_key, path)))


def counts(connection: Connection, command_key: int) -> IntakeCounts:
    """How far an import is."""
    cursor = connection.execute(
        "SELECT state, count(*) FROM intake WHERE command_key = ? GROUP BY state", (command_key,)
    )
    return IntakeCounts(**dict(cursor.fetchall()))


def _settle(tx: Transaction, key: int, state: IntakeState, job_key: int | None, reference_key: int | None) -> None:
    cursor = tx.execute(
        "UPDATE intake SET state = ?, job_key = ?, reference_key = ? WHERE key = ? RETURNING command_key",
        (state, job_key, reference_key, key),
    )
    for (command_key,) in cursor.fetchall():
        # The feed names the import, not the file: its progress is what anyone follows.
        tx.changed(Table.INTAKE, command_key)
