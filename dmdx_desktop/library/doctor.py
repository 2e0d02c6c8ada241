"""The doctor: looks a library over without changing a byte of it. A thread that may touch files; never the event loop.

Looking means looking: no file is created, not even the ones SQLite keeps beside a database, and no time stamp moves. A
library that nobody has open is read in place when its write-ahead log is empty, else from a private copy. In the core
that has it open it is read like any reader does, beside the writer (and never by opening its files in another way,
which would drop the locks SQLite holds on them: https://www.sqlite.org/howtocorrupt.html section 2.2).

What a killed core leaves half done is no damage: the next start clears it away (see ``upkeep``).
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import LibraryError, Retry
from dmdx_desktop.library.blobs import holds_blobs, never
from dmdx_desktop.library.connections import Connection, open_for_reading, open_read_only, size_of, sqlite_files
from dmdx_desktop.library.examine_files import examine_access, examine_blobs
from dmdx_desktop.library.examine_rows import (
    examine_database,
    examine_rows,
    examine_schema,
    examine_search,
    examine_values,
)
from dmdx_desktop.library.findings import Damage, Finding, finding
from dmdx_desktop.library.migrations import check_readable
from dmdx_desktop.library.readers import read_one_moment
from dmdx_desktop.library.sqlite_errors import library_errors
from dmdx_desktop.library.upkeep import leftovers_possible

ATTEMPTS: Final = 3
HEADER: Final = b"SQLite format 3\0"
# Nothing more can be said of the files of a library in which one of these was found.
HOPELESS: Final = frozenset({Damage.DAMAGED_DATABASE, Damage.MISSING_TABLE, Damage.UNKNOWN_VERSION})
# Further looks at the rows would only find the consequences of these.
MISLEADING: Final = HOPELESS | {Damage.INVALID_VALUE}

_FileState = tuple[tuple[int, int], ...]


def examine(paths: Paths, *, at_work: bool = False, stop: Callable[[], bool] = never) -> list[Finding]:
    """Everything that is wrong with the library below ``paths``; an empty list when nothing is.

    ``at_work``: the core of this very process has the library open and goes on writing. Otherwise nobody may write to
    it meanwhile: raises ``LibraryError`` (in_use) when somebody does.
    """
    if at_work:
        with library_errors(), closing(open_for_reading(paths.library_db)) as connection:
            return list(_examine(paths, connection, at_work=True, stop=stop))
    if not size_of(paths.library_db):
        return list(_examine_without_database(paths))
    for _ in range(ATTEMPTS):
        before = _file_state(paths)
        findings = _examine_unused(paths, stop)
        if _file_state(paths) == before:
            return findings
    raise LibraryError(
        "in_use",
        "The library could not be examined.",
        "Another program is changing it.",
        "Close DMDX Studio and try again.",
        retry=Retry.LATER,
    )


def _examine_unused(paths: Paths, stop: Callable[[], bool]) -> list[Finding]:
    try:
        with library_errors(), _steady_connection(paths.library_db) as connection:
            return list(_examine(paths, connection, at_work=False, stop=stop))
    except LibraryError as error:
        if error.code != "damaged":
            raise
        return [finding(Damage.DAMAGED_DATABASE, "database")]


def _examine(paths: Paths, connection: Connection, *, at_work: bool, stop: Callable[[], bool]) -> Iterator[Finding]:
    of_database = read_one_moment(connection, _examine_whole)
    yield from of_database
    if HOPELESS.isdisjoint(found.kind for found in of_database):
        leftovers_are_normal = at_work or leftovers_possible(connection)
        yield from examine_blobs(paths, connection, leftovers_are_normal=leftovers_are_normal, stop=stop)
    yield from examine_access(paths)
    yield from _examine_previews(paths, at_work=at_work)


def _examine_whole(connection: Connection) -> list[Finding]:
    """Everything to be said about the database, as far as it can be read."""
    findings: dict[Finding, None] = {}
    try:
        check_readable(connection)
        for look in (examine_database, examine_schema, examine_values, examine_rows, examine_search):
            findings.update(dict.fromkeys(look(connection)))
            if not MISLEADING.isdisjoint(found.kind for found in findings):
                break
    except LibraryError:
        findings[finding(Damage.UNKNOWN_VERSION, "database")] = None
    except sqlite3.DatabaseError:
        findings[finding(Damage.DAMAGED_DATABASE, "database")] = None
    return list(findings)


def _examine_without_database(paths: Paths) -> Iterator[Finding]:
    if holds_blobs(paths):
        yield finding(Damage.MISSING_DATABASE, "database")


def _examine_previews(paths: Paths, *, at_work: bool) -> Iterator[Finding]:
    database, log, _ = sqlite_files(paths.previews_db)
    if not size_of(database):
        return
    try:
        if at_work:
            whole = _previews_are_whole(open_for_reading(database))
        elif size_of(log):
            # After a crash the log may complete it; the store mends or replaces itself when it is opened.
            with database.open("rb") as stream:
                whole = stream.read(len(HEADER)) == HEADER
        else:
            whole = _previews_are_whole(open_read_only(database, immutable=True))
    except sqlite3.DatabaseError:
        whole = False
    if not whole:
        yield finding(Damage.DAMAGED_PREVIEWS, "previews")


def _previews_are_whole(connection: Connection) -> bool:
    with closing(connection):
        (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        connection.execute("SELECT sha256, edge, jpeg FROM preview LIMIT 1").fetchone()
        return bool(answer == "ok")


@contextmanager
def _steady_connection(database: Path) -> Iterator[Connection]:
    """A connection that reads ``database`` as it is and leaves no trace beside it."""
    original, log, _ = sqlite_files(database)
    if not size_of(log):
        with closing(open_read_only(original, immutable=True)) as connection:
            yield connection
        return
    with tempfile.TemporaryDirectory(prefix="dmdx-doctor-") as folder:
        copy, copied_log, _ = sqlite_files(Path(folder) / database.name)
        shutil.copyfile(original, copy)
        shutil.copyfile(log, copied_log)
        with closing(open_read_only(copy)) as connection:
            yield connection


def _file_state(paths: Paths) -> _FileState:
    """Sizes and times of change of the files that any writer would touch."""
    states = []
    for file in sqlite_files(paths.library_db):
        try:
            facts = file.stat()
            states.append((facts.st_size, facts.st_mtime_ns))
        except FileNotFoundError:
            states.append((0, 0))
    return tuple(states)
