"""Recipes kept under names. Writer thread; reads anywhere."""

from dataclasses import dataclass
from typing import Final

from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import columns_of, every_row
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import now_ms


@dataclass(frozen=True, slots=True)
class RecipeRow:
    """One recipe; ``recipe`` is the JSON of a ``models.recipe.Recipe``."""

    key: int
    name: str
    recipe: str
    updated_at: int


SELECT: Final = f"SELECT {columns_of(RecipeRow)} FROM recipe"


def keep(tx: Transaction, name: str, recipe: str) -> None:
    """Keep a recipe under ``name``, in place of the one of that name."""
    cursor = tx.execute(
        "INSERT INTO recipe (name, recipe, updated_at) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET name = excluded.name, recipe = excluded.recipe,"
        " updated_at = excluded.updated_at RETURNING key",
        (name, recipe, now_ms()),
    )
    tx.changed(Table.RECIPE, *(key for (key,) in cursor.fetchall()))


def forget(tx: Transaction, name: str) -> None:
    """Forget the recipe of ``name``, if there is one."""
    cursor = tx.execute("DELETE FROM recipe WHERE name = ? RETURNING key", (name,))
    tx.changed(Table.RECIPE, *(key for (key,) in cursor.fetchall()))


def every(connection: Connection) -> tuple[RecipeRow, ...]:
    """All kept recipes by name."""
    return every_row(RecipeRow, connection.execute(f"{SELECT} ORDER BY name"))
