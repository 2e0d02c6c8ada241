"""Outputs: the finished pictures. Writer thread; reads anywhere.

The gallery pages through these, a million of them if need be: each page continues behind the last key of the one
before (newest first), walks one index in its order and never sorts.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import found, new_key
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import OutputId, new_id, now_ms

PAGE: Final = 200
LAST_KEY: Final = 2**63 - 1


class Flag(StrEnum):
    """What the user decided about a picture."""

    NONE = "none"
    PICK = "pick"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class NewOutput:
    """A picture whose blob is durable. Everything else is taken from its render's row."""

    render_key: int
    width: int
    height: int
    bytes: int
    sha256: str
    pixels_sha256: str


class OutputRow(NamedTuple):
    """One finished picture. A named tuple, not a dataclass: a page of these costs a tenth to make."""

    key: int
    id: OutputId
    render_key: int
    job_key: int
    run_key: int
    scene: str
    metal: str
    shot: str
    shape: str
    engine: str
    width: int
    height: int
    bytes: int
    sha256: str
    pixels_sha256: str
    rating: int
    flag: str
    created_at: int


@dataclass(frozen=True, slots=True)
class OutputFilter:
    """Which outputs to list; None does not restrict. One that is set is served by an index, further ones are tested."""

    job_key: int | None = None
    run_key: int | None = None
    scene: str | None = None
    metal: str | None = None
    flag: Flag | None = None
    rating: int | None = None


EVERYTHING: Final = OutputFilter()
SELECT: Final = f"SELECT {', '.join(OutputRow._fields)} FROM output"
# The index to walk for the first filter that is set: the most selective columns first.
FILTER_COLUMNS: Final = ("job_key", "run_key", "rating", "flag", "scene", "metal")
INDEXES: Final = {
    "job_key": "output_by_job",
    "run_key": "output_by_run",
    "rating": "output_by_rating",
    "flag": "output_by_flag",
    "scene": "output_by_scene",
    "metal": "output_by_metal",
}


def insert(tx: Transaction, new: NewOutput) -> OutputRow:
    """Add the picture of a render. A render has one output: asking again returns the one it has."""
    known = of_render(tx.connection, new.render_key)
    if known is not None:
        return known
    now = now_ms()
    cursor = tx.execute(
        "INSERT INTO output (id, render_key, job_key, run_key, scene, metal, shot, shape, engine,"
        " width, height, bytes, sha256, pixels_sha256, created_at)"
        " SELECT ?, key, job_key, run_key, scene, metal, shot, shape, engine, ?, ?, ?, ?, ?, ?"
        " FROM render WHERE key = ?",
        (new_id(now), new.width, new.height, new.bytes, new.sha256, new.pixels_sha256, now, new.render_key),
    )
    if cursor.rowcount != 1:
        return found(None, "render")
    row = get(tx.connection, new_key(cursor))
    tx.changed(Table.OUTPUT, row.key)
    tx.changed(Table.JOB, row.job_key)
    return row


def set_rating(tx: Transaction, key: int, rating: int) -> None:
    """Give a picture zero to five stars."""
    tx.execute("UPDATE output SET rating = ? WHERE key = ?", (rating, key))
    tx.changed(Table.OUTPUT, key)


def set_flag(tx: Transaction, key: int, flag: Flag) -> None:
    """Pick or reject a picture, or take that back."""
    tx.execute("UPDATE output SET flag = ? WHERE key = ?", (flag, key))
    tx.changed(Table.OUTPUT, key)


def set_checks(tx: Transaction, key: int, ticked: Mapping[str, bool]) -> None:
    """Tick lines of the checklist of a picture, or take ticks away; lines that are not named stay as they are."""
    (text,) = tx.execute("SELECT checks FROM output WHERE key = ?", (key,)).fetchone()
    known = {**json.loads(text), **ticked}
    checks = json.dumps({item: True for item in sorted(known) if known[item]})
    tx.execute("UPDATE output SET checks = ? WHERE key = ?", (checks, key))
    tx.changed(Table.OUTPUT, key)


def page_query(chosen: OutputFilter) -> tuple[str, tuple[object, ...]]:
    """The SQL of a page and the values of its filters; the last key seen and the limit follow them."""
    asked = [(column, getattr(chosen, column)) for column in FILTER_COLUMNS]
    given = [(column, value) for column, value in asked if value is not None]
    tests = "".join(f"{column} = ? AND " for column, _ in given)
    index = f" INDEXED BY {INDEXES[given[0][0]]}" if given else ""
    return f"{SELECT}{index} WHERE {tests}key < ? ORDER BY key DESC LIMIT ?", tuple(value for _, value in given)


def page(
    connection: Connection, *, chosen: OutputFilter = EVERYTHING, before_key: int = LAST_KEY, limit: int = PAGE
) -> list[OutputRow]:
    """Up to ``limit`` outputs, newest first, older than ``before_key``."""
    sql, values = page_query(chosen)
    return list(map(OutputRow._make, connection.execute(sql, (*values, before_key, limit))))


def keys(connection: Connection, chosen: OutputFilter = EVERYTHING) -> list[int]:
    """The keys of all outputs, newest first: the order of the window's grid."""
    sql, values = page_query(chosen)
    sql = sql.replace(SELECT, "SELECT key FROM output", 1)
    return [key for (key,) in connection.execute(sql, (*values, LAST_KEY, -1))]


def newest_keys(connection: Connection, limit: int) -> list[int]:
    """The keys of the newest outputs."""
    return [key for (key,) in connection.execute("SELECT key FROM output ORDER BY key DESC LIMIT ?", (limit,))]


def of_keys(connection: Connection, wanted: list[int]) -> list[OutputRow]:
    """The outputs of ``wanted`` in that order; those that are gone are left out."""
    rows = (_one(connection, "key = ?", key) for key in wanted)
    return [row for row in rows if row is not None]


def get(connection: Connection, key: int) -> OutputRow:
    """The output of ``key``. Raises ``UsageError`` (not_found)."""
    return found(_one(connection, "key = ?", key), "image")


def by_id(connection: Connection, output_id: str) -> OutputRow | None:
    """The output of a public id, or None."""
    return _one(connection, "id = ?", output_id)


def of_render(connection: Connection, render_key: int) -> OutputRow | None:
    """The picture a render made, or None."""
    return _one(connection, "render_key = ?", render_key)


def of_run(connection: Connection, run_key: int) -> list[OutputRow]:
    """Every picture of a run, in the order its renders were planned."""
    cursor = connection.execute(f"{SELECT} INDEXED BY output_by_run WHERE run_key = ?", (run_key,))
    return sorted(map(OutputRow._make, cursor), key=lambda row: row.render_key)


def count_of_job(connection: Connection, job_key: int) -> int:
    """How many outputs a job has."""
    number: int = connection.execute("SELECT count(*) FROM output WHERE job_key = ?", (job_key,)).fetchone()[0]
    return number


def count(connection: Connection) -> int:
    """How many outputs there are."""
    number: int = connection.execute("SELECT count(*) FROM output").fetchone()[0]
    return number


def _one(connection: Connection, test: str, value: object) -> OutputRow | None:
    values = connection.execute(f"{SELECT} WHERE {test}", (value,)).fetchone()
    return None if values is None else OutputRow._make(values)
