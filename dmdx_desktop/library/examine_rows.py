"""The doctor's look at the database: is it whole, and do its rows agree with each other. Reads only; any thread."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Final

from dmdx_desktop.library import search
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.findings import Damage, Finding, finding
from dmdx_desktop.library.migrations import MIGRATIONS

MOST_MESSAGES: Final = 100
INDEX_TROUBLE: Final = re.compile(r"missing from index|wrong # of entries in index|non-unique entry in index")
VALUE_TROUBLE: Final = re.compile(r"^(NULL value in|\S+ value in) (?P<table>\w+)")
CHECK: Final = "CHECK ("
INDEX_NAME: Final = re.compile(r"index (?P<name>\w+)")

# Each query lists the keys of what is wrong. One statement each, so that a busy library gives one answer.
DISAGREEMENTS: Final = (
    (
        Damage.STRAY_TASK,
        "task",
        "SELECT key FROM task WHERE CASE subject_table"
        " WHEN 'reference' THEN NOT EXISTS (SELECT 1 FROM reference WHERE key = task.subject_key)"
        " ELSE NOT EXISTS (SELECT 1 FROM output WHERE key = task.subject_key) END",
    ),
    (
        Damage.LOST_OUTPUT,
        "render",
        "SELECT key FROM render WHERE state = 'done'"
        " AND NOT EXISTS (SELECT 1 FROM output WHERE render_key = render.key)"
        " AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE render_key = render.key)",
    ),
    (
        Damage.UNSETTLED_RENDER,
        "render",
        "SELECT render.key FROM output JOIN render ON render.key = output.render_key WHERE render.state <> 'done'",
    ),
    (
        Damage.UNPREPARED_REFERENCE,
        "reference",
        "SELECT key FROM reference WHERE state = 'ready' AND clean_sha256 IS NULL",
    ),
    (
        Damage.STUCK_DELETION,
        "job",
        "SELECT key FROM job WHERE deleted_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM purge WHERE job_id = job.id)",
    ),
)


def examine_database(connection: Connection) -> Iterator[Finding]:
    """Whether SQLite can read every page, every index matches, and every value is allowed."""
    try:
        messages = [text for (text,) in connection.execute(f"PRAGMA integrity_check({MOST_MESSAGES})")]
    except sqlite3.DatabaseError:
        messages = ["the check itself failed"]
    if messages == ["ok"]:
        return
    # Several lines speak of the same thing: one finding for each thing.
    yield from dict.fromkeys(_meaning(message) for message in messages)


def examine_schema(connection: Connection) -> Iterator[Finding]:
    """Whether every table and index of the format is there as it was made."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as ideal:
        for migration in MIGRATIONS:
            migration.apply(ideal)
        wanted = _schema(ideal)
    present = _schema(connection)
    for (kind, name), sql in wanted.items():
        # The tables behind the search index are SQLite's own and may read differently from one release to the next.
        is_ours = not name.startswith("search_")
        if (kind, name) not in present or (is_ours and present[kind, name] != sql):
            yield finding(Damage.DAMAGED_INDEX if kind == "index" else Damage.MISSING_TABLE, f"{kind} {name}")


def examine_values(connection: Connection) -> Iterator[Finding]:
    """Whether every value is one the format allows.

    SQLite's own check leaves this out for a database that is opened read-only: it does not even read the conditions
    (``sqlite3AddCheckConstraint`` in its source).
    """
    tables = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT'")
    for table, sql in tables.fetchall():
        for condition in _conditions(sql):
            for (key,) in connection.execute(f'SELECT key FROM "{table}" WHERE NOT ({condition})').fetchall():
                yield finding(Damage.INVALID_VALUE, f"{table} {key}")


def examine_rows(connection: Connection) -> Iterator[Finding]:
    """Whether rows that belong together are there together."""
    for table, key, *_ in connection.execute("PRAGMA foreign_key_check"):
        yield finding(Damage.DANGLING_ROW, f"{table} {key}")
    for kind, table, query in DISAGREEMENTS:
        for (key,) in connection.execute(query):
            yield finding(kind, f"{table} {key}")


def examine_search(connection: Connection) -> Iterator[Finding]:
    """Whether the search index says what the rows say."""
    try:
        stale = not _search_matches(connection)
    except sqlite3.DatabaseError:
        stale = True
    if stale:
        yield finding(Damage.STALE_SEARCH, "search")


def _search_matches(connection: Connection) -> bool:
    """Whether the index holds what it should for every job, and finds each by a word of its own."""
    rows = {key: tuple(texts) for key, *texts in connection.execute("SELECT rowid, title, names, words FROM search")}
    for (key,) in connection.execute("SELECT key FROM job WHERE deleted_at IS NULL").fetchall():
        texts = search.text_of(connection, key)
        if texts is None or rows.pop(key, None) != texts:
            return False
        if not _is_found(connection, key, texts):
            return False
    return not rows


def _is_found(connection: Connection, key: int, texts: search.SearchText) -> bool:
    terms = [term for text in texts for term in search.WORD.findall(text)[:1]]
    return all(
        connection.execute("SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?", (f'"{term}"', key)).fetchone()
        for term in terms
    )


def _meaning(message: str) -> Finding:
    if INDEX_TROUBLE.search(message):
        name = INDEX_NAME.search(message)
        return finding(Damage.DAMAGED_INDEX, f"index {name['name']}" if name else "index")
    value = VALUE_TROUBLE.search(message)
    if value:
        return finding(Damage.INVALID_VALUE, value["table"])
    return finding(Damage.DAMAGED_DATABASE, "database")


def _conditions(sql: str) -> Iterator[str]:
    """What stands in the CHECK clauses of a CREATE TABLE statement."""
    start = sql.find(CHECK)
    while start >= 0:
        depth = end = 0
        for end in range(start + len(CHECK) - 1, len(sql)):
            depth += {"(": 1, ")": -1}.get(sql[end], 0)
            if depth == 0:
                break
        yield sql[start + len(CHECK) : end]
        start = sql.find(CHECK, end)


def _schema(connection: Connection) -> dict[tuple[str, str], str]:
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {(kind, name): sql for kind, name, sql in rows}
