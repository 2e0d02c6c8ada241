"""Exports: which picture goes to which file, decided before the first file is written. Writer thread; reads anywhere.

The name is fixed with the row: an export that is resumed writes the same file, not a second one beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import columns_of, every_row
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import now_ms

PART_PREFIX: Final = ".dmdx-"


class ExportState(StrEnum):
    """``waiting`` to be written, or ``done``."""

    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class NewExport:
    """A file to be written: ``file_name`` in ``folder``."""

    output_key: int
    folder: str
    file_name: str


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One file of one export."""

    key: int
    command_key: int
    output_key: int
    folder: str
    file_name: str
    state: ExportState
    created_at: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", ExportState(self.state))


SELECT: Final = f"SELECT {columns_of(ExportRow)} FROM export"


def plan(tx: Transaction, command_key: int, files: Sequence[NewExport]) -> None:
    """Write down the files of an export; an output the command exports already keeps its name."""
    now = now_ms()
    tx.executemany(
        "INSERT INTO export (command_key, output_key, folder, file_name, state, created_at)"
        " VALUES (?, ?, ?, ?, 'waiting', ?) ON CONFLICT (command_key, output_key) DO NOTHING",
        [(command_key, file.output_key, file.folder, file.file_name, now) for file in files],
    )
    tx.changed(Table.EXPORT, command_key)


def rename(tx: Transaction, key: int, file_name: str) -> None:
    """Choose another name: something else came to stand under the first one meanwhile."""
    tx.execute("UPDATE export SET file_name = ? WHERE key = ?", (file_name, key))


def finish(tx: Transaction, key: int) -> None:
    """The file is written and durable."""
    rows = tx.execute("UPDATE export SET state = 'done' WHERE key = ? RETURNING command_key", (key,)).fetchall()
    # The feed names the command, whose progress is what anyone follows.
    tx.changed(Table.EXPORT, *(command_key for (command_key,) in rows))


def drop(tx: Transaction, key: int) -> None:
    """The file will not be written by this export."""
    rows = tx.execute("DELETE FROM export WHERE key = ? RETURNING command_key", (key,)).fetchall()
    tx.changed(Table.EXPORT, *(command_key for (command_key,) in rows))


def waiting(connection: Connection, command_key: int) -> tuple[ExportRow, ...]:
    """The files a command has still to write."""
    cursor = connection.execute(f"{SELECT} WHERE command_key = ? AND state = 'waiting' ORDER BY key", (command_key,))
    return every_row(ExportRow, cursor)


def of_command(connection: Connection, command_key: int) -> tuple[ExportRow, ...]:
    """Every file of an export, in the order of its outputs."""
    cursor = connection.execute(f"{SELECT} WHERE command_key = ? ORDER BY output_key", (command_key,))
    return every_row(ExportRow, cursor)


def is_known(connection: Connection, key: int) -> bool:
    """Whether the file is still to be written, or was; False once its picture was deleted."""
    return connection.execute("SELECT 1 FROM export WHERE key = ?", (key,)).fetchone() is not None


def part_of(row: ExportRow, sha256: str) -> Path:
    """The file a picture is copied to before it gets its name; the same one however often that is tried."""
    return Path(row.folder) / f"{PART_PREFIX}{sha256[:16]}-{row.key}.part"


def unfinished_files(connection: Connection) -> list[tuple[Path, Path]]:
    """The part file and the file of every export that has not ended, whether they are there or not."""
    hashes = connection.execute(
        "SELECT export.key, output.sha256 FROM export JOIN output ON output.key = export.output_key"
        " WHERE state = 'waiting'"
    )
    sha256_of = dict(hashes.fetchall())
    rows = every_row(ExportRow, connection.execute(f"{SELECT} WHERE state = 'waiting'"))
    return [(part_of(row, sha256_of[row.key]), Path(row.folder) / row.file_name) for row in rows]


def is_taken(connection: Connection, folder: str, file_name: str) -> bool:
    """Whether any export has this name in this folder."""
    cursor = connection.execute("SELECT 1 FROM export WHERE folder = ? AND file_name = ?", (folder, file_name))
    return cursor.fetchone() is not None
