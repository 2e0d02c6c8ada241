"""Compares a library's rows with each other and with the files around them, trusting none of the product's own checks.

Reads a copy of the database, so that looking at what a killed process left changes nothing about it.
"""

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from dmdx_desktop.config import Paths

NONE_OF_THESE: Final = {
    "a picture of a piece twice": "SELECT job_key, sha256 FROM reference GROUP BY 1, 2 HAVING count(*) > 1",
    "a picture twice under one title": "SELECT title, sha256 FROM reference JOIN job ON job.key = job_key"
    " WHERE deleted_at IS NULL GROUP BY 1, 2 HAVING count(*) > 1",
    "the same render twice": "SELECT job_key, scene, metal, shot, shape, n, run_key FROM render"
    " GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING count(*) > 1",
    "two outputs of a render": "SELECT render_key FROM output GROUP BY 1 HAVING count(*) > 1",
    "an output of an unfinished render": "SELECT output.key FROM output JOIN render ON render.key = render_key"
    " WHERE state <> 'done'",
    "a finished render without output": "SELECT key FROM render WHERE state = 'done'"
    " AND NOT EXISTS (SELECT 1 FROM output WHERE render_key = render.key)",
    "two exports to one file": "SELECT folder, file_name FROM export GROUP BY 1, 2 HAVING count(*) > 1",
    "a task for nothing": "SELECT key FROM task WHERE CASE subject_table"
    " WHEN 'reference' THEN subject_key NOT IN (SELECT key FROM reference)"
    " ELSE subject_key NOT IN (SELECT key FROM output) END",
    "a picture that is never prepared": "SELECT key FROM reference WHERE state = 'listed'"
    " AND NOT EXISTS (SELECT 1 FROM task WHERE subject_table = 'reference' AND subject_key = reference.key)",
    "a living piece that cannot be searched for": "SELECT key FROM job WHERE deleted_at IS NULL"
    " AND key NOT IN (SELECT rowid FROM search)",
    "a deleted piece that can be searched for": "SELECT rowid FROM search"
    " WHERE rowid NOT IN (SELECT key FROM job WHERE deleted_at IS NULL)",
    "a deletion nobody remembers": "SELECT key FROM job WHERE deleted_at IS NOT NULL"
    " AND id NOT IN (SELECT job_id FROM purge)",
    "the same problem twice": "SELECT command_key, reference_key, render_key, path, code FROM problem"
    " GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1",
}
"""Queries that must find nothing, at any moment whatever."""

NAMED_BLOBS: Final = (
    "SELECT sha256 FROM reference UNION SELECT clean_sha256 FROM reference WHERE clean_sha256 IS NOT NULL"
    " UNION SELECT sha256 FROM output"
)
UNFINISHED: Final = {
    "tasks": "SELECT count(*) FROM task",
    "commands": "SELECT count(*) FROM command WHERE state NOT IN ('done')",
    "renders": "SELECT count(*) FROM render WHERE state NOT IN ('done')",
    "exports": "SELECT count(*) FROM export WHERE state <> 'done'",
    "intake": "SELECT count(*) FROM intake",
    "purges": "SELECT (SELECT count(*) FROM purge) + (SELECT count(*) FROM purge_item)"
    " + (SELECT count(*) FROM tombstone)",
}
"""What counts none once everything was carried to its end."""


@contextmanager
def rows_of(database: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a copy of ``database`` with its log, as a process left them."""
    with tempfile.TemporaryDirectory(prefix="dmdx-audit-") as folder:
        copy = Path(folder) / database.name
        for suffix in ("", "-wal"):
            if Path(f"{database}{suffix}").exists():
                shutil.copyfile(f"{database}{suffix}", f"{copy}{suffix}")
        with closing(sqlite3.connect(copy)) as connection:
            yield connection


def faults_at_any_moment(paths: Paths) -> list[str]:
    """What must not be found even right after a kill."""
    if not paths.library_db.exists() or not paths.library_db.stat().st_size:
        return []
    with rows_of(paths.library_db) as rows:
        if not rows.execute("SELECT 1 FROM sqlite_schema WHERE name = 'job'").fetchone():
            return [] if not list(_blobs(paths)) else ["there are files but no tables yet"]
        return [*_faults_of_database(rows), *_faults_of_rows(rows), *_faults_of_named_blobs(rows, paths)]


def faults_at_rest(paths: Paths) -> list[str]:
    """What must not be found once a core has opened the library anew and closed it, whatever is still to be done."""
    with rows_of(paths.library_db) as rows:
        named = {sha256 for (sha256,) in rows.execute(NAMED_BLOBS)}
        remembered = {value for (value,) in rows.execute("SELECT value FROM purge_item WHERE kind = 'blob'")}
    faults = [f"a file without a row: {file.name}" for file in _blobs(paths) if file.name not in named | remembered]
    faults += [f"an unfinished file: {part.name}" for part in paths.parts.iterdir()]
    with rows_of(paths.previews_db) as rows:
        shown = {sha256 for (sha256,) in rows.execute("SELECT DISTINCT sha256 FROM preview")}
    faults += [f"a preview of nothing: {sha256}" for sha256 in shown - named - remembered]
    return faults


def faults_at_the_end(paths: Paths, exported: Path) -> list[str]:
    """What must not be found once everything was carried to its end."""
    faults = [*faults_at_any_moment(paths), *faults_at_rest(paths)]
    with rows_of(paths.library_db) as rows:
        counted = {what: rows.execute(query).fetchone()[0] for what, query in UNFINISHED.items()}
    faults += [f"unfinished {what}: {number}" for what, number in counted.items() if number]
    faults += [f"a temporary file: {file.name}" for file in exported.rglob(".*")]
    return faults


def _faults_of_database(rows: sqlite3.Connection) -> Iterator[str]:
    (whole,) = rows.execute("PRAGMA integrity_check").fetchone()
    if whole != "ok":
        yield f"integrity_check: {whole}"
    for table, key, *_ in rows.execute("PRAGMA foreign_key_check"):
        yield f"a row of nothing: {table} {key}"
    try:
        rows.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        yield f"the search index: {error}"


def _faults_of_rows(rows: sqlite3.Connection) -> Iterator[str]:
    for what, query in NONE_OF_THESE.items():
        found = rows.execute(query).fetchall()
        if found:
            yield f"{what}: {found}"


def _faults_of_named_blobs(rows: sqlite3.Connection, paths: Paths) -> Iterator[str]:
    for (sha256,) in rows.execute(NAMED_BLOBS):
        file = paths.blobs / sha256[:2] / sha256
        if not file.is_file():
            yield f"a row without its file: {sha256}"
        elif hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
            yield f"a file that is not what its row says: {sha256}"


def _blobs(paths: Paths) -> list[Path]:
    return [file for file in paths.blobs.glob("*/*") if file.parent != paths.parts]
