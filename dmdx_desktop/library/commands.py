"""Commands: what the user asked for, from the moment it was accepted until it ended. Writer thread; reads anywhere.

A command that arrives twice (a window that sends it again to a restarted core) is accepted once.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import columns_of, every_row, found, one_row
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import CommandId, now_ms


class CommandState(StrEnum):
    """The life of a command; the last three are final."""

    ACCEPTED = "accepted"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


FINAL_STATES: Final = frozenset({CommandState.DONE, CommandState.FAILED, CommandState.CANCELLED})


@dataclass(frozen=True, slots=True)
class CommandRow:
    """One command. ``arguments`` and ``outcome`` are JSON; ``phase`` is a word of the worker that carries it out."""

    key: int
    id: CommandId
    kind: str
    arguments: str
    state: CommandState
    phase: str
    outcome: str | None
    accepted_at: int
    ended_at: int | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", CommandState(self.state))


SELECT: Final = f"SELECT {columns_of(CommandRow)} FROM command"


def accept(tx: Transaction, *, command_id: str, kind: str, arguments: str) -> CommandRow:
    """Write a command down before anything is done about it. One that is known already is returned as it stands."""
    tx.execute(
        "INSERT INTO command (id, kind, arguments, state, phase, accepted_at) VALUES (?, ?, ?, ?, '', ?)"
        " ON CONFLICT (id) DO NOTHING",
        (command_id, kind, arguments, CommandState.ACCEPTED, now_ms()),
    )
    row = found(by_id(tx.connection, command_id), "command")
    tx.changed(Table.COMMAND, row.key)
    return row


def set_phase(tx: Transaction, key: int, phase: str) -> None:
    """The command is being carried out and has reached ``phase``; nothing happens to one that has ended."""
    tx.execute(
        "UPDATE command SET state = ?, phase = ? WHERE key = ? AND ended_at IS NULL", (CommandState.RUNNING, phase, key)
    )
    tx.changed(Table.COMMAND, key)


def end(tx: Transaction, key: int, state: CommandState, outcome: str | None = None) -> None:
    """The command has ended in the final ``state``, with ``outcome`` (JSON); a command ends once.

    Its arguments, which name files of the user, are not needed any more and go.
    """
    tx.execute(
        "UPDATE command SET state = ?, outcome = ?, ended_at = ?, arguments = '{}' WHERE key = ? AND ended_at IS NULL",
        (state, outcome, now_ms(), key),
    )
    tx.changed(Table.COMMAND, key)


def get(connection: Connection, key: int) -> CommandRow:
    """The command of ``key``. Raises ``UsageError`` (not_found)."""
    return found(one_row(CommandRow, connection.execute(f"{SELECT} WHERE key = ?", (key,))), "command")


def by_id(connection: Connection, command_id: str) -> CommandRow | None:
    """The command of a public id, or None."""
    return one_row(CommandRow, connection.execute(f"{SELECT} WHERE id = ?", (command_id,)))


def unfinished(connection: Connection) -> tuple[CommandRow, ...]:
    """Every command that has not ended, in the order they were accepted."""
    return every_row(CommandRow, connection.execute(f"{SELECT} WHERE ended_at IS NULL ORDER BY key"))
