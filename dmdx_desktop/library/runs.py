"""Runs: one press of Generate each, with the recipe as it was. Writer thread; reads anywhere."""

from dataclasses import dataclass
from typing import Final

from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import columns_of, found, one_row
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import RunId, new_id, now_ms


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run; ``recipe`` is the JSON of a ``models.recipe.Recipe``."""

    key: int
    id: RunId
    command_key: int
    recipe: str
    created_at: int


SELECT: Final = f"SELECT {columns_of(RunRow)} FROM run"


def ensure(tx: Transaction, *, command_key: int, recipe: str) -> RunRow:
    """The run of a command, added when there is none yet; a command makes one run however often it is resumed."""
    now = now_ms()
    tx.execute(
        "INSERT INTO run (id, command_key, recipe, created_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (command_key) DO NOTHING",
        (new_id(now), command_key, recipe, now),
    )
    row = found(of_command(tx.connection, command_key), "run")
    tx.changed(Table.RUN, row.key)
    return row


def id_of(connection: Connection, key: int) -> RunId | None:
    """The public id of the run ``key``; None once it went with the last of its pieces."""
    row = one_row(RunRow, connection.execute(f"{SELECT} WHERE key = ?", (key,)))
    return None if row is None else row.id


def of_command(connection: Connection, command_key: int) -> RunRow | None:
    """The run that a command made, or None."""
    return one_row(RunRow, connection.execute(f"{SELECT} WHERE command_key = ?", (command_key,)))
