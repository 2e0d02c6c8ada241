"""Collections: images put together under a name. Writer thread; reads anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from dmdx_desktop.errors import UsageError
from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import new_key
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import now_ms


@dataclass(frozen=True, slots=True)
class CollectionCard:
    """One collection and how many images are in it."""

    key: int
    name: str
    images: int


def ensure(tx: Transaction, name: str) -> int:
    """The key of the collection of ``name``, which is made where there is none."""
    key = find(tx.connection, name)
    if key is None:
        key = new_key(tx.execute("INSERT INTO collection (name, created_at) VALUES (?, ?)", (name, now_ms())))
        tx.changed(Table.COLLECTION, key)
    return key


def add(tx: Transaction, key: int, output_keys: Sequence[int]) -> None:
    """Put images into a collection; those that are in it already stay as they are."""
    tx.executemany(
        "INSERT INTO collection_image (collection_key, output_key) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(key, output_key) for output_key in output_keys],
    )
    tx.changed(Table.COLLECTION, key)


def remove(tx: Transaction, key: int, output_keys: Sequence[int]) -> None:
    """Take images out of a collection."""
    tx.executemany(
        "DELETE FROM collection_image WHERE collection_key = ? AND output_key = ?",
        [(key, output_key) for output_key in output_keys],
    )
    tx.changed(Table.COLLECTION, key)


def rename(tx: Transaction, key: int, name: str) -> None:
    """Give a collection another name. Raises ``UsageError`` (name_taken)."""
    other = find(tx.connection, name)
    if other is not None and other != key:
        raise UsageError(
            "name_taken", "There is a collection of this name.", "Names are told apart without case.", "Choose another."
        )
    tx.execute("UPDATE collection SET name = ? WHERE key = ?", (name, key))
    tx.changed(Table.COLLECTION, key)


def forget(tx: Transaction, key: int) -> None:
    """Remove a collection; its images stay."""
    tx.execute("DELETE FROM collection WHERE key = ?", (key,))
    tx.changed(Table.COLLECTION, key)


def find(connection: Connection, name: str) -> int | None:
    """The key of the collection of ``name``, or None."""
    row = connection.execute("SELECT key FROM collection WHERE name = ?", (name,)).fetchone()
    return None if row is None else int(row[0])


def every(connection: Connection) -> tuple[CollectionCard, ...]:
    """All collections by name."""
    rows = connection.execute(
        "SELECT collection.key, name, count(collection_image.key) FROM collection"
        " LEFT JOIN collection_image ON collection_key = collection.key GROUP BY collection.key ORDER BY name"
    )
    return tuple(CollectionCard(*row) for row in rows)
