"""Full-text search over the pieces: titles, file names, and the words of descriptions and prompts.

Writer thread; reads anywhere. The index row of a job has the job's key as its rowid and is made anew from the job's
rows, in the transaction that changes them, so that it can neither be forgotten nor invent anything.
"""

import json
import re
from collections.abc import Iterator
from typing import Final

from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.writer import Transaction

WORD: Final = re.compile(r"\w+")
MAX_TERMS: Final = 12
UNKNOWN: Final = "unknown"

SearchText = tuple[str, str, str]


def refresh(tx: Transaction, job_key: int) -> None:
    """Bring the index row of a job in line with its other rows, once, at the end of the work that changes them."""
    tx.at_end(("search", job_key), lambda tx: _refresh(tx, job_key))


def _refresh(tx: Transaction, job_key: int) -> None:
    wanted = text_of(tx.connection, job_key)
    present = tx.execute("SELECT title, names, words FROM search WHERE rowid = ?", (job_key,)).fetchone()
    if present == wanted:
        return
    if present is not None:
        tx.execute("DELETE FROM search WHERE rowid = ?", (job_key,))
    if wanted is not None:
        tx.execute("INSERT INTO search (rowid, title, names, words) VALUES (?, ?, ?, ?)", (job_key, *wanted))


def rebuild(tx: Transaction) -> None:
    """Make the whole index anew from its rows, so that nothing of deleted rows is left in its segments.

    FTS5 has an option for this, ``secure-delete``, since SQLite 3.42; once used, older releases can no longer read the
    index, and a library may be carried from a newer computer to an older one.
    """
    tx.execute("INSERT INTO search (search) VALUES ('rebuild')")


def text_of(connection: Connection, job_key: int) -> SearchText | None:
    """What the index should hold for a job: title, names, words. None when it should hold nothing."""
    job = connection.execute("SELECT title, piece FROM job WHERE key = ? AND deleted_at IS NULL", (job_key,)).fetchone()
    if job is None:
        return None
    title, piece = job
    names = connection.execute(
        "SELECT original_name FROM reference WHERE job_key = ? ORDER BY position, key", (job_key,)
    )
    prompts = connection.execute("SELECT DISTINCT prompt FROM render WHERE job_key = ?", (job_key,))
    words = {word.lower() for text in _facts(json.loads(piece)) for word in WORD.findall(text)}
    for (prompt,) in prompts:
        words.update(word.lower() for word in WORD.findall(prompt))
    words.discard(UNKNOWN)
    return title, " ".join(name for (name,) in names), " ".join(sorted(words))


def find(connection: Connection, text: str, *, limit: int = 200) -> list[int]:
    """The keys of up to ``limit`` jobs in which every word of ``text`` begins some word, newest first.

    Any text is a valid question; one without a word finds nothing.
    """
    terms = WORD.findall(text)[:MAX_TERMS]
    if not terms:
        return []
    question = " ".join(f'"{term}"*' for term in terms)
    cursor = connection.execute(
        "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?", (question, limit)
    )
    return [key for (key,) in cursor]


def _facts(node: object) -> Iterator[str]:
    """The stated values in the JSON of a piece, ids split into words: "yellow gold" finds ``yellow_gold``."""
    if isinstance(node, dict):
        for name, inner in node.items():
            if name in ("value", "note") and isinstance(inner, str):
                yield inner.replace("_", " ")
            else:
                yield from _facts(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _facts(inner)
