"""How a library on disk becomes one this program understands: versions, ordered steps, a backup before each.

Writer thread of the core, before anything else uses the library. ``user_version`` holds major * 1000 + minor. A newer
major is refused with a sentence; a newer minor only added what older programs do not look at, and is opened as it is.
Each version has a section in docs/library-format.md.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from dmdx_desktop.errors import LibraryError
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.durable import make_private_folder, new_private_file, remove_file, sync_file, sync_folder
from dmdx_desktop.library.schema import create_version_1_0
from dmdx_desktop.library.schema_1_1 import add_1_1
from dmdx_desktop.library.schema_1_2 import add_1_2
from dmdx_desktop.library.schema_1_3 import add_1_3
from dmdx_desktop.library.sqlite_errors import OPEN_TITLE, damaged
from dmdx_desktop.models.ids import now_ms

# "DMDX" in ASCII: tells a library from any other SQLite database (https://www.sqlite.org/fileformat.html).
APPLICATION_ID: Final = 0x444D4458
MINORS_PER_MAJOR: Final = 1000
BACKUPS_KEPT: Final = 3
BACKUP_SUFFIX: Final = ".db"


class Version(NamedTuple):
    """The version of a library's format: a new major cannot be read by older programs, a new minor can."""

    major: int
    minor: int

    @classmethod
    def unpack(cls, user_version: int) -> "Version":
        """The version stored as ``user_version``."""
        return cls(*divmod(user_version, MINORS_PER_MAJOR))

    @property
    def packed(self) -> int:
        """What is stored as ``user_version``."""
        return self.major * MINORS_PER_MAJOR + self.minor


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: ``apply`` turns the version before into ``version``, inside a transaction that is not its own."""

    version: Version
    apply: Callable[[Connection], None]


MIGRATIONS: Final[tuple[Migration, ...]] = (
    Migration(Version(1, 0), create_version_1_0),
    Migration(Version(1, 1), add_1_1),
    Migration(Version(1, 2), add_1_2),
    Migration(Version(1, 3), add_1_3),
)


def migrate(connection: Connection, migrations: tuple[Migration, ...], backups: Path) -> None:
    """Bring the library of ``connection`` to the last of ``migrations``, one durable step after the other.

    Raises ``LibraryError``: newer_version, not_a_library, damaged, disk_full, read_only. A step that fails leaves the
    version before it, whole.
    """
    current = checked_version(connection, newest=migrations[-1].version)
    _check_writable(connection)
    is_new = not current.packed
    for migration in migrations:
        if migration.version <= current:
            continue
        if not is_new:
            _back_up(connection, current, backups)
        _apply(connection, migration)
        current = migration.version


def check_readable(connection: Connection, newest: Version = MIGRATIONS[-1].version) -> None:
    """Raise ``LibraryError`` unless this program can read the library of ``connection`` as it is."""
    version = checked_version(connection, newest=newest)
    if version < newest:
        raise LibraryError(
            "older_version",
            OPEN_TITLE,
            "It was made by an older version of DMDX Studio and has not been upgraded yet.",
            "Start DMDX Studio once; the library is backed up first.",
        )


def checked_version(connection: Connection, newest: Version = MIGRATIONS[-1].version) -> Version:
    """The version of a library, which is zero for an empty database. Raises ``LibraryError``: not_a_library, newer."""
    version = Version.unpack(_number(connection, "user_version"))
    application = _number(connection, "application_id")
    is_empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if is_empty and version.packed == 0:
        return version
    if application != APPLICATION_ID or version.packed <= 0:
        raise _not_a_library()
    if version.major > newest.major:
        raise LibraryError(
            "newer_version",
            OPEN_TITLE,
            "It was made by a newer version of DMDX Studio.",
            "Install that version, or choose another folder with --basedir.",
        )
    return version


def _check_writable(connection: Connection) -> None:
    # SQLite opens a file it may not write to without a word; the first transaction says so.
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")


def _apply(connection: Connection, migration: Migration) -> None:
    # Tables are rebuilt by dropping the old one, which must not delete the rows that refer to it.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        migration.apply(connection)
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise damaged()
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {migration.version.packed}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _back_up(connection: Connection, version: Version, backups: Path) -> None:
    """Write a copy of the library as it is now, durable before the first change."""
    if make_private_folder(backups):
        sync_folder(backups.parent)
    final = backups / f"library-{version.major}.{version.minor}-{now_ms()}{BACKUP_SUFFIX}"
    part = final.with_suffix(".part")
    remove_file(part)
    try:
        with new_private_file(part):
            pass
        with closing(sqlite3.connect(part)) as copy:
            connection.backup(copy)
        sync_file(part)
        os.replace(part, final)
    except BaseException:
        remove_file(part)
        raise
    for old in sorted(backups.glob(f"*{BACKUP_SUFFIX}"), key=_made_at)[:-BACKUPS_KEPT]:
        remove_file(old)
    sync_folder(backups)


def _made_at(backup: Path) -> int:
    moment = backup.stem.rpartition("-")[2]
    return int(moment) if moment.isdecimal() else 0


def _number(connection: Connection, pragma: str) -> int:
    value: int = connection.execute(f"PRAGMA {pragma}").fetchone()[0]
    return value


def _not_a_library() -> LibraryError:
    return LibraryError(
        "not_a_library",
        OPEN_TITLE,
        "The folder holds a database of another program under the same name.",
        "Choose another folder with --basedir.",
    )
