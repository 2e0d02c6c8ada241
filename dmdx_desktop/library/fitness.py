"""Whether a library works on this computer: its SQLite, its disk. A trial in a folder of its own; blocks its thread."""

import sqlite3
from typing import Final

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import LibraryError
from dmdx_desktop.library import jobs, search
from dmdx_desktop.library.database import Library
from dmdx_desktop.library.writer import Transaction

# RETURNING and STRICT tables.
OLDEST_SQLITE: Final = (3, 37, 0)


def try_library(paths: Paths) -> str:
    """Open a library at ``paths``, where there is none, write to it, search it and close it; returns SQLite's version.

    Raises ``LibraryError`` with what does not work.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(str(part) for part in OLDEST_SQLITE)
        raise _unfit(f"SQLite {sqlite3.sqlite_version} is older than {oldest}.")
    library = Library.open(paths)
    try:
        key = library.write_blocking(_add_job)
        if library.write_blocking(lambda tx: search.find(tx.connection, "gold")) != [key]:
            raise _unfit("What was written is not found again.")
    finally:
        library.close()
    return sqlite3.sqlite_version


def _add_job(tx: Transaction) -> int:
    job = jobs.ensure(tx, title="Rose gold ring", group_key="trial")
    search.refresh(tx, job.key)
    return job.key


def _unfit(detail: str) -> LibraryError:
    return LibraryError(
        "library_unfit",
        "A library does not work on this computer.",
        detail,
        "Install the program anew, with the Python and the libraries it names.",
    )
