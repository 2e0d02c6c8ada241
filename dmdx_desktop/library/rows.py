"""How rows become values: one line per table in the modules that read them. Any process; pure."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Final, TypeVar

from dmdx_desktop.errors import UsageError

KEYS_AT_ONCE: Final = 4_096
R = TypeVar("R")


def columns_of(row: type[Any], table: str = "") -> str:
    """The columns of a row class, in the order its constructor takes them, for a SELECT."""
    prefix = f"{table}." if table else ""
    return ", ".join(prefix + field.name for field in fields(row))


def one_row(row: type[R], cursor: sqlite3.Cursor) -> R | None:
    """The first row of ``cursor``, or None when there is none."""
    values = cursor.fetchone()
    return None if values is None else row(*values)


def every_row(row: type[R], cursor: sqlite3.Cursor) -> tuple[R, ...]:
    """All rows of ``cursor``."""
    return tuple(row(*values) for values in cursor)


def placeholders(values: Sequence[object]) -> str:
    """As many question marks as there are ``values``, for an IN list."""
    return ", ".join("?" * len(values))


def ids_present(connection: sqlite3.Connection, table: str, ids: Sequence[object]) -> list[str]:
    """Those of the public ``ids`` that rows of ``table`` have, in their order, by one statement."""
    cursor = connection.execute(
        f"SELECT value FROM json_each(?) WHERE value IN (SELECT id FROM {table}) ORDER BY json_each.key",
        (json.dumps(ids),),
    )
    return [public_id for (public_id,) in cursor]


def new_key(cursor: sqlite3.Cursor) -> int:
    """The key of the row that ``cursor`` has just inserted."""
    key = cursor.lastrowid
    if key is None:
        raise LookupError("the statement inserted no row")
    return key


def found(row: R | None, what: str) -> R:
    """``row``, or ``UsageError`` (not_found) with a sentence about ``what`` (such as "piece") when there is none."""
    if row is None:
        raise UsageError(
            "not_found",
            f"There is no such {what}.",
            "It was deleted, or its id was mistyped.",
            "List what there is with `dmdx-desktop jobs`.",
        )
    return row


def json_of_keys(keys: Sequence[int]) -> str:
    """Keys as a JSON list, for ``json_each``; in blocks, so that other threads get their turn between them."""
    blocks = (",".join(map(str, keys[start : start + KEYS_AT_ONCE])) for start in range(0, len(keys), KEYS_AT_ONCE))
    return f"[{','.join(blocks)}]"
