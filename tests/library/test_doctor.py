"""The doctor: finds every seeded kind of damage, sees none where there is none, touches nothing, mends what it can."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import LibraryError
from dmdx_desktop.library import outputs, purges, references, renders, tasks
from dmdx_desktop.library.database import Library
from dmdx_desktop.library.doctor import examine
from dmdx_desktop.library.findings import Damage, Finding, finding
from dmdx_desktop.library.references import ReferenceState
from dmdx_desktop.library.repairs import repair
from dmdx_desktop.models.render_state import RenderState
from tests.library.world import StoredPiece, add_job, close_places, invented_hash, open_places, store_piece

IMPORT_UNTIL_KILLED = """
import os, sys
from pathlib import Path
from dmdx_desktop.config import Paths
from tests.library.world import open_places, store_piece
places = open_places(Paths(Path(sys.argv[1])))
for number in range(5):
    store_piece(places, Path(sys.argv[2]), number)
orphan = Path(sys.argv[2]) / "orphan.png"
orphan.write_bytes(b"a file whose row was never written")
places.blobs.add_file(orphan)
(places.paths.parts / "unfinished").write_bytes(b"half a picture")
os._exit(9)
"""

CHANGE_WHEN_TOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
for _ in sys.stdin:
    connection.execute("UPDATE job SET updated_at = updated_at + 1")
    print(flush=True)
connection.close()
"""


@dataclass(frozen=True)
class Seeded:
    """A library that was closed properly, and what is in it."""

    paths: Paths
    pieces: list[StoredPiece]

    @property
    def piece(self) -> StoredPiece:
        return self.pieces[1]

    def blob(self, sha256: str) -> Path:
        return self.paths.blobs / sha256[:2] / sha256

    def sql(self, *statements: str) -> None:
        """Change the database as no program of ours would."""
        with closing(sqlite3.connect(self.paths.library_db, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("PRAGMA ignore_check_constraints = ON")
            for statement in statements:
                connection.execute(statement)


@pytest.fixture
def seeded(paths: Paths, tmp_path: Path) -> Seeded:
    places = open_places(paths)
    pieces = [store_piece(places, tmp_path, number) for number in range(4)]
    close_places(places)
    return Seeded(paths, pieces)


def state_of(folder: Path) -> dict[str, tuple[int, int, int, bytes]]:
    """Everything below a folder: modes, times of change, sizes and contents."""
    found = {}
    for entry in sorted([folder, *folder.rglob("*")]):
        facts = entry.lstat()
        content = entry.read_bytes() if entry.is_file() else b""
        found[str(entry.relative_to(folder))] = (facts.st_mode, facts.st_mtime_ns, facts.st_size, content)
    return found


def kinds(findings: list[Finding]) -> set[Damage]:
    return {found.kind for found in findings}


def tear_page_of(seeded: Seeded, table: str) -> None:
    with closing(sqlite3.connect(seeded.paths.library_db)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    with seeded.paths.library_db.open("r+b") as stream:
        stream.seek((root - 1) * 4096)
        stream.write(os.urandom(4096))


def empty_an_index(seeded: Seeded) -> None:
    seeded.sql(
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, '(job_key, key)', '(job_key, key) WHERE key < 0')"
        " WHERE name = 'output_by_job'",
        "PRAGMA writable_schema = RESET",
        "REINDEX output_by_job",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, ' WHERE key < 0', '') WHERE name = 'output_by_job'",
        "PRAGMA writable_schema = RESET",
    )


def flip_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def add_stray_blob(seeded: Seeded) -> None:
    stray = seeded.blob(invented_hash(7))
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"x")
    stray.chmod(0o600)


def add_stray_file(seeded: Seeded) -> None:
    (seeded.blob(seeded.piece.reference.sha256).parent / "notes.txt").touch(mode=0o600)


def replace_by_link(seeded: Seeded) -> None:
    file = seeded.blob(seeded.piece.output.sha256)
    file.unlink()
    file.symlink_to(seeded.piece.source)


def forget_clean_copy(seeded: Seeded) -> None:
    seeded.sql("UPDATE reference SET clean_sha256 = NULL WHERE key = 2")
    seeded.blob(str(seeded.piece.reference.clean_sha256)).unlink()


def forget_output(seeded: Seeded) -> None:
    seeded.sql("DELETE FROM output WHERE key = 2")
    seeded.blob(seeded.piece.output.sha256).unlink()


def forget_deletion(seeded: Seeded) -> None:
    seeded.sql("UPDATE job SET deleted_at = 1 WHERE key = 2", "DELETE FROM search WHERE rowid = 2")


def clean_copy_of(seeded: Seeded) -> Path:
    return seeded.blob(str(seeded.piece.reference.clean_sha256))


def original_of(seeded: Seeded) -> Path:
    return seeded.blob(seeded.piece.reference.sha256)


def output_of(seeded: Seeded) -> Path:
    return seeded.blob(seeded.piece.output.sha256)


def by_sql(statement: str) -> Callable[[Seeded], None]:
    return lambda seeded: seeded.sql(statement)


ROW_WITHOUT_JOB = "INSERT INTO problem (job_key, code, message, remedy, created_at) VALUES (99, '', '', '', 0)"
TASK_WITHOUT_PICTURE = (
    "INSERT INTO task (kind, subject_table, subject_key, priority, created_at)"
    " VALUES ('prepare', 'reference', 99, 0, 0)"
)
DAMAGES: dict[str, tuple[Damage, Callable[[Seeded], object]]] = {
    "not a database": (Damage.DAMAGED_DATABASE, lambda s: s.paths.library_db.write_bytes(b"rubbish" * 5000)),
    "torn page": (Damage.DAMAGED_DATABASE, lambda s: tear_page_of(s, "job")),
    "cut short": (Damage.DAMAGED_DATABASE, lambda s: os.truncate(s.paths.library_db, 40_000)),
    "database gone": (Damage.MISSING_DATABASE, lambda s: s.paths.library_db.unlink()),
    "database empty": (Damage.MISSING_DATABASE, lambda s: os.truncate(s.paths.library_db, 0)),
    "newer version": (Damage.UNKNOWN_VERSION, by_sql("PRAGMA user_version = 9000")),
    "table gone": (Damage.MISSING_TABLE, by_sql("DROP TABLE receipt")),
    "index gone": (Damage.DAMAGED_INDEX, by_sql("DROP INDEX output_by_job")),
    "index without its rows": (Damage.DAMAGED_INDEX, empty_an_index),
    "impossible state": (Damage.INVALID_VALUE, by_sql("UPDATE render SET state = 'lost'")),
    "broken json": (Damage.INVALID_VALUE, by_sql("UPDATE job SET piece = '{' WHERE key = 2")),
    "row without its job": (Damage.DANGLING_ROW, by_sql(ROW_WITHOUT_JOB)),
    "task without its picture": (Damage.STRAY_TASK, by_sql(TASK_WITHOUT_PICTURE)),
    "output gone": (Damage.LOST_OUTPUT, forget_output),
    "render not done": (Damage.UNSETTLED_RENDER, by_sql("UPDATE render SET state = 'running' WHERE key = 2")),
    "clean copy unknown": (Damage.UNPREPARED_REFERENCE, forget_clean_copy),
    "deletion forgotten": (Damage.STUCK_DELETION, forget_deletion),
    "search row gone": (Damage.STALE_SEARCH, by_sql("DELETE FROM search WHERE rowid = 2")),
    "search row of nothing": (Damage.STALE_SEARCH, by_sql("INSERT INTO search (rowid, title) VALUES (99, 'x')")),
    "search words stale": (Damage.STALE_SEARCH, by_sql("UPDATE job SET title = 'New' WHERE key = 2")),
    "search segments gone": (Damage.STALE_SEARCH, by_sql("UPDATE search_data SET block = zeroblob(8) WHERE id > 10")),
    "reference file gone": (Damage.MISSING_FILE, lambda s: original_of(s).unlink()),
    "clean copy gone": (Damage.MISSING_FILE, lambda s: clean_copy_of(s).unlink()),
    "output file gone": (Damage.MISSING_FILE, lambda s: output_of(s).unlink()),
    "folder of files gone": (Damage.MISSING_FILE, lambda s: shutil.rmtree(output_of(s).parent)),
    "bit flipped": (Damage.DAMAGED_FILE, lambda s: flip_a_bit(original_of(s))),
    "file cut short": (Damage.DAMAGED_FILE, lambda s: os.truncate(output_of(s), 100)),
    "file emptied": (Damage.DAMAGED_FILE, lambda s: os.truncate(output_of(s), 0)),
    "link in place of a file": (Damage.DAMAGED_FILE, replace_by_link),
    "file nobody uses": (Damage.UNUSED_FILE, add_stray_blob),
    "file that is no picture": (Damage.STRAY_FILE, add_stray_file),
    "part file after a proper end": (Damage.LEFTOVER_PART, lambda s: (s.paths.parts / "x").touch(mode=0o600)),
    "file open to others": (Damage.OPEN_TO_OTHERS, lambda s: original_of(s).chmod(0o644)),
    "database open to others": (Damage.OPEN_TO_OTHERS, lambda s: s.paths.library_db.chmod(0o640)),
    "previews overwritten": (Damage.DAMAGED_PREVIEWS, lambda s: s.paths.previews_db.write_bytes(b"rubbish" * 5000)),
    "previews cut short": (Damage.DAMAGED_PREVIEWS, lambda s: os.truncate(s.paths.previews_db, 6000)),
}
MENDED = [name for name, (kind, _) in DAMAGES.items() if finding(kind, "").repairable]

UNIX_ONLY = frozenset({"link in place of a file", "file open to others", "database open to others"})


@pytest.mark.parametrize("name", DAMAGES)
def test_a_seeded_damage_is_found_and_nothing_is_touched(seeded: Seeded, name: str) -> None:
    if name in UNIX_ONLY and sys.platform == "win32":
        pytest.skip("Windows has other access rights and links")
    kind, damage = DAMAGES[name]
    damage(seeded)
    before = state_of(seeded.paths.basedir)
    findings = examine(seeded.paths)
    assert kinds(findings) == {kind}
    assert state_of(seeded.paths.basedir) == before
    assert all(found.message.endswith(".") and found.remedy.endswith(".") for found in findings)


@pytest.mark.parametrize("name", MENDED)
def test_a_repair_leaves_a_library_without_that_damage(seeded: Seeded, name: str) -> None:
    if name in UNIX_ONLY and sys.platform == "win32":
        pytest.skip("Windows has other access rights and links")
    _, damage = DAMAGES[name]
    damage(seeded)
    findings = examine(seeded.paths)
    assert repair(seeded.paths, findings) == findings
    assert examine(seeded.paths) == []


def test_there_are_at_least_twelve_kinds_of_damage() -> None:
    assert len({kind for kind, _ in DAMAGES.values()}) >= 12
    assert {kind for kind, _ in DAMAGES.values()} == set(Damage)


def test_a_healthy_library_has_no_findings_and_is_not_touched(seeded: Seeded) -> None:
    before = state_of(seeded.paths.basedir)
    assert examine(seeded.paths) == []
    assert state_of(seeded.paths.basedir) == before


def test_no_library_at_all_has_no_findings_and_none_is_made(paths: Paths) -> None:
    assert examine(paths) == []
    assert not paths.basedir.exists()


def test_a_deleted_cache_is_no_damage(seeded: Seeded) -> None:
    shutil.rmtree(seeded.paths.cache)
    assert examine(seeded.paths) == []


def test_a_library_whose_core_was_just_killed_has_no_findings_and_is_not_touched(paths: Paths, tmp_path: Path) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", IMPORT_UNTIL_KILLED, str(paths.basedir), str(tmp_path)],
        cwd=Path(__file__).resolve().parents[2],
        check=False,
    )
    assert killed.returncode == 9
    assert paths.library_db.with_name("library.db-wal").stat().st_size > 0
    before = state_of(paths.basedir)
    assert examine(paths) == []
    assert state_of(paths.basedir) == before


def test_a_library_at_work_has_no_findings_from_within_its_core(paths: Paths, tmp_path: Path) -> None:
    places = open_places(paths)
    done = threading.Event()

    def work() -> None:
        number = 0
        while not done.is_set():
            number += 1
            store_piece(places, tmp_path, number)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for _ in range(5):
            assert examine(paths, at_work=True) == []
    finally:
        done.set()
        worker.join()
    assert examine(paths, at_work=True) == []
    close_places(places)


def test_a_library_another_process_keeps_changing_is_said_to_be_in_use(seeded: Seeded) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CHANGE_WHEN_TOLD, str(seeded.paths.library_db)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        told, done = other.stdin, other.stdout
        assert told is not None
        assert done is not None

        def let_it_change() -> bool:
            told.write("change\n")
            told.flush()
            done.readline()
            return False

        with pytest.raises(LibraryError) as caught:
            examine(seeded.paths, stop=let_it_change)
        told.close()
        other.wait()
    assert caught.value.code == "in_use"
    assert examine(seeded.paths) == []


def test_the_stop_flag_ends_the_reading_of_pictures(seeded: Seeded) -> None:
    seeded.blob(seeded.piece.reference.sha256).unlink()
    assert examine(seeded.paths, stop=lambda: True) == []


def test_a_lost_reference_is_fetched_from_where_it_came_from(seeded: Seeded) -> None:
    file = seeded.blob(seeded.piece.reference.sha256)
    content = file.read_bytes()
    file.unlink()
    repair(seeded.paths, examine(seeded.paths))
    assert file.read_bytes() == content


def test_a_lost_reference_whose_source_changed_is_given_up_with_a_problem(seeded: Seeded) -> None:
    seeded.piece.source.write_bytes(b"another picture")
    seeded.blob(seeded.piece.reference.sha256).unlink()
    repair(seeded.paths, examine(seeded.paths))
    library = Library.open(seeded.paths)
    row = library.read_blocking(lambda c: references.get(c, seeded.piece.reference.key))
    assert row.state is ReferenceState.UNREADABLE
    library.close()
    assert examine(seeded.paths) == []


def test_a_lost_clean_copy_is_prepared_again(seeded: Seeded) -> None:
    seeded.blob(str(seeded.piece.reference.clean_sha256)).unlink()
    repair(seeded.paths, examine(seeded.paths))
    library = Library.open(seeded.paths)
    (task,) = library.read_blocking(lambda c: tasks.waiting(c, tasks.TaskKind.PREPARE, 10))
    assert task.subject_key == seeded.piece.reference.key
    library.close()


def test_a_lost_draft_is_planned_again(seeded: Seeded) -> None:
    seeded.blob(seeded.piece.output.sha256).unlink()
    repair(seeded.paths, examine(seeded.paths))
    library = Library.open(seeded.paths)
    render = library.read_blocking(lambda c: renders.get(c, seeded.piece.output.render_key))
    assert render.state is RenderState.PLANNED
    assert library.read_blocking(outputs.count) == 3
    library.close()


def test_a_forgotten_deletion_is_planned_again(seeded: Seeded) -> None:
    forget_deletion(seeded)
    repair(seeded.paths, examine(seeded.paths))
    library = Library.open(seeded.paths)
    (purge,) = library.read_blocking(purges.unfinished)
    assert purge.job_id == seeded.piece.job.id
    library.close()


def test_a_job_without_pictures_is_no_damage(seeded: Seeded) -> None:
    library = Library.open(seeded.paths)
    library.write_blocking(lambda tx: add_job(tx, 500))
    library.close()
    assert examine(seeded.paths) == []
