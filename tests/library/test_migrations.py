"""Upgrading a library: order, backups, failures half way, and versions this program does not know."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import LibraryError
from dmdx_desktop.library import jobs
from dmdx_desktop.library.database import Connection, Library, LibraryReader
from dmdx_desktop.library.examine_rows import examine_schema
from dmdx_desktop.library.migrations import BACKUPS_KEPT, MIGRATIONS, Migration, Version
from tests.library.world import add_job


def delete_jobs(connection: Connection) -> None:
    connection.execute("DELETE FROM job")


def add_carat(connection: Connection) -> None:
    connection.execute("ALTER TABLE job ADD COLUMN carat INTEGER NOT NULL DEFAULT 18")


def rebuild_jobs(connection: Connection) -> None:
    """What dropping a column takes on old SQLite: a new table in place of the old one, which others refer to."""
    connection.execute("CREATE TABLE new_job AS SELECT * FROM job")
    connection.execute("DROP TABLE job")
    connection.execute("CREATE TABLE job (key INTEGER PRIMARY KEY, id TEXT UNIQUE, title TEXT, carat INTEGER)")
    connection.execute("INSERT INTO job SELECT key, id, title, carat FROM new_job")
    connection.execute("DROP TABLE new_job")


LAST = MIGRATIONS[-1].version
AFTER = Version(LAST.major, LAST.minor + 1)
NEXT = (*MIGRATIONS, Migration(AFTER, add_carat), Migration(Version(2, 0), rebuild_jobs))


def seed(paths: Paths, migrations: tuple[Migration, ...] = MIGRATIONS) -> None:
    library = Library.open(paths, migrations=migrations)
    library.write_blocking(lambda tx: add_job(tx, 1))
    library.write_blocking(
        lambda tx: tx.execute(
            "INSERT INTO problem (job_key, code, message, remedy, created_at) VALUES (1, 'a', 'b', 'c', 0)"
        )
    )
    library.close()


def version_of(database: Path) -> Version:
    with closing(sqlite3.connect(database)) as connection:
        return Version.unpack(connection.execute("PRAGMA user_version").fetchone()[0])


@given(st.integers(0, 2_000), st.integers(0, 999))
def test_a_version_packed_and_unpacked_is_itself(major: int, minor: int) -> None:
    assert Version.unpack(Version(major, minor).packed) == Version(major, minor)


def test_a_new_library_has_the_last_version_and_no_backup(paths: Paths) -> None:
    Library.open(paths).close()
    assert version_of(paths.library_db) == LAST
    assert not paths.backups.exists()


def test_an_old_library_is_upgraded_step_by_step_with_a_backup_before_each(paths: Paths) -> None:
    seed(paths)
    library = Library.open(paths, migrations=NEXT)
    row = library.read_blocking(lambda c: c.execute("SELECT title, carat FROM job").fetchone())
    kept = library.read_blocking(lambda c: c.execute("SELECT count(*) FROM problem WHERE job_key = 1").fetchone())
    library.close()
    assert row == ("Ring 1", 18)
    assert kept == (1,)
    assert version_of(paths.library_db) == Version(2, 0)
    assert sorted(str(version_of(backup)) for backup in paths.backups.iterdir()) == [
        str(LAST),
        str(AFTER),
    ]


def test_a_backup_opens_as_the_library_it_was(paths: Paths, tmp_path: Path) -> None:
    seed(paths)
    Library.open(paths, migrations=NEXT).close()
    (first,) = paths.backups.glob(f"library-{LAST.major}.{LAST.minor}-*")
    restored = Paths(tmp_path / "restored")
    restored.basedir.mkdir()
    first.rename(restored.library_db)
    library = Library.open(restored)
    assert [row.title for row in library.read_blocking(jobs.page)] == ["Ring 1"]
    library.close()
    if os.name == "posix":
        assert all(backup.stat().st_mode & 0o077 == 0 for backup in paths.backups.iterdir())


def test_a_step_that_fails_leaves_the_version_before_it_whole(paths: Paths) -> None:
    def fail(connection: Connection) -> None:
        connection.execute("DELETE FROM job")
        raise RuntimeError("half way")

    seed(paths)
    with pytest.raises(RuntimeError, match="half way"):
        Library.open(paths, migrations=(*NEXT[:-1], Migration(Version(AFTER.major, AFTER.minor + 1), fail)))
    assert version_of(paths.library_db) == AFTER
    library = Library.open(paths, migrations=NEXT[:-1])
    assert library.read_blocking(jobs.count) == 1
    library.close()


def test_a_step_that_breaks_references_between_rows_is_taken_back(paths: Paths) -> None:
    seed(paths)
    with pytest.raises(LibraryError) as caught:
        Library.open(paths, migrations=(*MIGRATIONS, Migration(AFTER, delete_jobs)))
    assert caught.value.code == "damaged"
    assert version_of(paths.library_db) == LAST


def test_a_newer_major_is_refused_and_not_changed(paths: Paths) -> None:
    seed(paths)
    Library.open(paths, migrations=NEXT).close()
    before = paths.library_db.read_bytes()
    with pytest.raises(LibraryError) as caught:
        Library.open(paths)
    assert caught.value.code == "newer_version"
    with pytest.raises(LibraryError) as caught:
        LibraryReader.open(paths)
    assert caught.value.code == "newer_version"
    assert paths.library_db.read_bytes() == before


def test_a_newer_minor_is_opened_as_it_is(paths: Paths) -> None:
    seed(paths)
    Library.open(paths, migrations=NEXT[:-1]).close()
    library = Library.open(paths)
    assert library.read_blocking(jobs.count) == 1
    library.close()
    assert version_of(paths.library_db) == AFTER


def test_reading_a_library_that_is_not_upgraded_yet_is_one_sentence(paths: Paths) -> None:
    paths.basedir.mkdir()
    with closing(sqlite3.connect(paths.library_db)) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.execute(f"PRAGMA application_id = {0x444D4458}")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    with pytest.raises(LibraryError) as caught:
        LibraryReader.open(paths)
    assert caught.value.code == "older_version"


def test_only_the_latest_backups_are_kept(paths: Paths) -> None:
    seed(paths)
    steps = [Migration(Version(1, minor), lambda connection: None) for minor in range(2, BACKUPS_KEPT + 5)]
    Library.open(paths, migrations=(*MIGRATIONS, *steps)).close()
    kept = sorted(version_of(backup) for backup in paths.backups.iterdir())
    assert kept == [Version(1, minor) for minor in range(4, BACKUPS_KEPT + 4)]


def test_a_library_of_the_first_format_keeps_its_rows_and_is_whole_in_the_present_one(paths: Paths) -> None:
    seed(paths, MIGRATIONS[:1])
    library = Library.open(paths)
    assert [row.title for row in library.read_blocking(jobs.page)] == ["Ring 1"]
    assert list(library.read_blocking(lambda connection: list(examine_schema(connection)))) == []
    library.close()
