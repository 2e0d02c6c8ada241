"""Opening, reading and closing a library, and what a person is told when that cannot be."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import LibraryError
from dmdx_desktop.library import jobs
from dmdx_desktop.library.database import Connection, Library, LibraryReader, Table
from tests.library.world import add_job

READ_IN_ANOTHER_PROCESS = """
import sys
from pathlib import Path
from dmdx_desktop.config import Paths
from dmdx_desktop.library import jobs
from dmdx_desktop.library.database import LibraryReader
reader = LibraryReader.open(Paths(Path(sys.argv[1])))
print(reader.read_blocking(jobs.count), flush=True)
sys.stdin.readline()
print(reader.read_blocking(jobs.count), flush=True)
reader.close()
"""


def never(connection: Connection) -> int | None:
    return None


def start_reader(paths: Paths) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", READ_IN_ANOTHER_PROCESS, str(paths.basedir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )


def first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_open_makes_a_private_library_that_is_there_next_time(paths: Paths) -> None:
    library = Library.open(paths)
    library.write_blocking(lambda tx: add_job(tx, 1))
    library.close()
    assert sorted(entry.name for entry in paths.basedir.iterdir()) == ["library.db"]
    again = Library.open(paths)
    assert again.read_blocking(jobs.count) == 1
    again.close()


@pytest.mark.skipif(sys.platform == "win32", reason="modes are a Unix matter")
def test_open_makes_files_that_only_this_user_may_read(paths: Paths) -> None:
    before = os.umask(0)
    try:
        library = Library.open(paths)
        library.write_blocking(lambda tx: add_job(tx, 1))
        modes = {entry.name: entry.stat().st_mode & 0o777 for entry in paths.basedir.iterdir()}
        library.close()
    finally:
        os.umask(before)
    assert modes == {"library.db": 0o600, "library.db-wal": 0o600, "library.db-shm": 0o600}
    assert paths.basedir.stat().st_mode & 0o777 == 0o700


def test_the_writing_connection_keeps_the_promises_made_for_it(library: Library) -> None:
    def pragmas(connection: Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "temp_store")
        return [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    assert library.write_blocking(lambda tx: pragmas(tx.connection)) == ["wal", 2, 1, 1, 2]


def test_a_reading_connection_cannot_write(library: Library) -> None:
    with pytest.raises(LibraryError) as caught:
        library.read_blocking(lambda connection: connection.execute("DELETE FROM job"))
    assert caught.value.code == "read_only"


def test_a_read_sees_one_moment_however_many_statements_it_takes(library: Library) -> None:
    between = threading.Event()
    written = threading.Event()

    def count_twice(connection: Connection) -> tuple[int, int]:
        first = jobs.count(connection)
        between.set()
        assert written.wait(10)
        return first, jobs.count(connection)

    promise = library._readers.submit(count_twice)
    assert between.wait(10)
    library.write_blocking(lambda tx: add_job(tx, 1))
    written.set()
    assert promise.result(10) == (0, 0)
    assert library.read_blocking(jobs.count) == 1


async def test_until_answers_once_a_commit_makes_it_true(library: Library) -> None:
    def second_job(connection: Connection) -> int | None:
        number = jobs.count(connection)
        return number if number >= 2 else None

    waiting = asyncio.create_task(library.until(second_job, {Table.JOB}))
    await library.write(lambda tx: add_job(tx, 1))
    assert not waiting.done()
    await library.write(lambda tx: add_job(tx, 2))
    assert await asyncio.wait_for(waiting, 10) == 2


async def test_until_fails_with_closed_when_the_library_closes(paths: Paths) -> None:
    library = Library.open(paths)
    waiting = asyncio.create_task(library.until(never, {Table.JOB}))
    await library.write(lambda tx: None)
    await asyncio.to_thread(library.close)
    with pytest.raises(LibraryError) as caught:
        await asyncio.wait_for(waiting, 10)
    assert caught.value.code == "closed"


def _until_it_refuses_reads(library: Library) -> None:
    moment = threading.Event()
    while True:
        try:
            library._readers.submit(never).cancel()
        except LibraryError:
            return
        moment.wait(0.001)


async def test_read_that_waits_for_its_turn_when_the_library_closes_fails_with_closed(paths: Paths) -> None:
    library = Library.open(paths)
    begun, let_go = threading.Event(), threading.Event()

    def busy(connection: Connection) -> None:
        begun.set()
        assert let_go.wait(10)

    reads = [asyncio.create_task(library.read(busy)) for _ in range(40)]
    await asyncio.to_thread(begun.wait, 10)
    closing = asyncio.create_task(asyncio.to_thread(library.close))
    await asyncio.to_thread(_until_it_refuses_reads, library)
    let_go.set()
    await closing
    answers = await asyncio.gather(*reads, return_exceptions=True)
    failures = [one for one in answers if one is not None]
    assert failures
    assert {one.code for one in failures if isinstance(one, LibraryError)} == {"closed"}
    assert all(isinstance(one, LibraryError) for one in failures)


async def test_until_that_is_cancelled_leaves_the_feed(library: Library) -> None:
    waiting = asyncio.create_task(library.until(never, {Table.JOB}))
    await library.write(lambda tx: None)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert library.changes._subscribers == []


def test_close_twice_is_no_error(paths: Paths) -> None:
    library = Library.open(paths)
    library.close()
    library.close()


def test_close_interrupts_a_long_read(paths: Paths) -> None:
    library = Library.open(paths)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    begun = threading.Event()

    def read(connection: Connection) -> object:
        begun.set()
        return connection.execute(endless).fetchone()

    promise = library._readers.submit(read)
    assert begun.wait(10)
    library.close()
    with pytest.raises(LibraryError) as caught:
        promise.result(10)
    assert caught.value.code == "closed"


async def test_truncate_wal_says_no_while_a_reader_holds_on_and_succeeds_after(library: Library) -> None:
    holding = threading.Event()
    let_go = threading.Event()

    def hold(connection: Connection) -> None:
        jobs.count(connection)
        holding.set()
        assert let_go.wait(10)

    await library.write(lambda tx: add_job(tx, 1))
    promise = library._readers.submit(hold)
    await asyncio.to_thread(holding.wait, 10)
    await library.write(lambda tx: add_job(tx, 2))
    assert not await library.truncate_wal()
    let_go.set()
    await asyncio.wrap_future(promise)
    assert await library.truncate_wal()
    await library.write(lambda tx: add_job(tx, 3))


def test_two_other_processes_read_what_this_one_writes(paths: Paths) -> None:
    library = Library.open(paths)
    library.write_blocking(lambda tx: add_job(tx, 1))
    readers = [start_reader(paths), start_reader(paths)]
    assert [first_line(reader) for reader in readers] == ["1", "1"]
    library.write_blocking(lambda tx: add_job(tx, 2))
    assert [reader.communicate("\n", timeout=30)[0].strip() for reader in readers] == ["2", "2"]
    library.close()


def test_two_other_processes_read_a_library_nobody_writes(paths: Paths) -> None:
    library = Library.open(paths)
    library.write_blocking(lambda tx: add_job(tx, 1))
    library.close()
    readers = [start_reader(paths), start_reader(paths)]
    assert [first_line(reader) for reader in readers] == ["1", "1"]
    assert [reader.communicate("\n", timeout=30)[0].strip() for reader in readers] == ["1", "1"]


def test_reading_a_missing_library_is_one_sentence(paths: Paths) -> None:
    with pytest.raises(LibraryError) as caught:
        LibraryReader.open(paths)
    assert caught.value.code == "cannot_open"


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to look like one" * 50, b"SQLite format 3\0"]
)
def test_open_of_what_is_no_database_is_one_sentence_and_changes_nothing(paths: Paths, content: bytes) -> None:
    paths.basedir.mkdir()
    paths.library_db.write_bytes(content)
    with pytest.raises(LibraryError) as caught:
        Library.open(paths)
    assert caught.value.code == "damaged"
    assert paths.library_db.read_bytes() == content


def test_a_torn_page_is_one_sentence_and_other_pages_stay_readable(paths: Paths) -> None:
    library = Library.open(paths)
    for number in range(300):
        library.write_blocking(partial(add_job, number=number, title="x" * 200))
    root = library.read_blocking(
        lambda connection: connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'job'").fetchone()[0]
    )
    library.close()
    with paths.library_db.open("r+b") as stream:
        stream.seek((root - 1) * 4096)
        stream.write(os.urandom(2048))
    library = Library.open(paths)
    with pytest.raises(LibraryError) as caught:
        library.read_blocking(jobs.page)
    assert caught.value.code == "damaged"
    with pytest.raises(LibraryError) as caught:
        library.write_blocking(lambda tx: add_job(tx, 1000))
    assert caught.value.code == "damaged"
    library.close()


def test_a_database_of_another_program_is_refused_and_left_alone(paths: Paths) -> None:
    paths.basedir.mkdir()
    with sqlite3.connect(paths.library_db) as other:
        other.execute("CREATE TABLE theirs (a)")
    other.close()
    with pytest.raises(LibraryError) as caught:
        Library.open(paths)
    assert caught.value.code == "not_a_library"


def test_a_folder_in_place_of_the_database_is_one_sentence(paths: Paths) -> None:
    paths.library_db.mkdir(parents=True)
    with pytest.raises(LibraryError):
        Library.open(paths)


def test_a_file_in_place_of_the_basedir_is_one_sentence(paths: Paths) -> None:
    paths.basedir.write_text("")
    with pytest.raises(LibraryError):
        Library.open(paths)


def test_a_database_locked_by_another_program_is_one_sentence(library: Library, paths: Paths) -> None:
    library.write_blocking(lambda tx: None)
    other = sqlite3.connect(paths.library_db, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    library._connection.execute("PRAGMA busy_timeout = 10")
    with pytest.raises(LibraryError) as caught:
        library.write_blocking(lambda tx: add_job(tx, 1))
    assert caught.value.code == "locked"
    other.execute("ROLLBACK")
    other.close()
    library.write_blocking(lambda tx: add_job(tx, 1))
    assert library.read_blocking(jobs.count) == 1


def test_a_library_whose_core_did_not_close_may_have_leftovers(paths: Paths) -> None:
    killed = subprocess.run(
        [
            sys.executable,
            "-c",
            "import os, sys\nfrom pathlib import Path\nfrom dmdx_desktop.config import Paths\n"
            "from dmdx_desktop.library import jobs\nfrom dmdx_desktop.library.database import Library\n"
            "library = Library.open(Paths(Path(sys.argv[1])))\n"
            "library.write_blocking(lambda tx: jobs.insert(tx, title='a', group_key='a'))\n"
            "os._exit(9)",
            str(paths.basedir),
        ],
        cwd=Path(__file__).resolve().parents[2],
        check=False,
    )
    assert killed.returncode == 9
    library = Library.open(paths)
    assert library.has_leftovers
    assert library.read_blocking(jobs.count) == 1
    library.close()
    library = Library.open(paths)
    assert library.has_leftovers
    library.note_leftovers_gone()
    library.close()
    library = Library.open(paths)
    assert not library.has_leftovers
    library.close()


def test_a_library_that_was_closed_has_no_leftovers(paths: Paths) -> None:
    library = Library.open(paths)
    library.write_blocking(lambda tx: add_job(tx, 1))
    library.close()
    library = Library.open(paths)
    assert not library.has_leftovers
    library.close()
