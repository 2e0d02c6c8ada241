"""Libraries that cannot be used as they are: full, read-only, held, damaged, newer. One sentence each, nothing lost."""

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from tests.end2end.command_line import PENDANT, RING, SMALL, CommandLine, sentence
from tests.end2end.conditions import as_anyone, held, without_rights
from tests.library.small_disk import fill, make_read_only, small_disk

SCENES: Final = ("marble", "slate", "warm", "soft_grey")
ROOM_FOR_ONE_PICTURE: Final = 2_500_000


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The basedir of a library with one piece and one output, to be copied and then spoilt."""
    folder = tmp_path_factory.mktemp("sound")
    CommandLine(folder / "library").json("render", RING, "--to", folder / "out", *SMALL)
    return folder / "library"


@pytest.fixture
def program(sound: Path, tmp_path: Path) -> CommandLine:
    shutil.copytree(sound, tmp_path / "library")
    return CommandLine(tmp_path / "library")


def blobs_of(basedir: Path) -> set[str]:
    return {hashlib.sha256(file.read_bytes()).hexdigest() for file in (basedir / "blobs").glob("??/*")}


def _garbage(database: Path) -> None:
    database.write_bytes(b"not a database " * 3000)


def _torn_page(database: Path) -> None:
    with database.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xa5" * 8192)


def _other_program(database: Path) -> None:
    database.unlink()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE recipes (name)")


def _newer(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA user_version = 999000")


def _gone(database: Path) -> None:
    database.unlink()


def _emptied(database: Path) -> None:
    database.write_bytes(b"")


@pytest.mark.by_turns("spoilt databases", of=2)
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_garbage, "The library could not be opened. Its database is damaged. Run `dmdx-desktop doctor`"),
        (_torn_page, "The library could not be opened. Its database is damaged. Run `dmdx-desktop doctor`"),
        (_other_program, "The library could not be opened. The folder holds a database of another program"),
        (_newer, "The library could not be opened. It was made by a newer version of DMDX Studio. Install that"),
        (_gone, "The library could not be opened. Its database is gone or empty, and its pictures are still there."),
        (_emptied, "The library could not be opened. Its database is gone or empty, and its pictures are still there."),
    ],
)
def test_spoilt_database_is_refused_in_one_sentence_and_left_as_it_is(
    program: CommandLine, tmp_path: Path, spoil: Callable[[Path], None], words: str
) -> None:
    database = program.basedir / "library.db"
    spoil(database)
    before = database.read_bytes() if database.exists() else None
    pictures = blobs_of(program.basedir)
    for verb in (("jobs",), ("render", PENDANT, "--to", tmp_path / "out"), ("resume",)):
        assert sentence(program(*verb, exit_code=1)).startswith(words)
    found = program.json("doctor", exit_code=1)["findings"]
    assert found[0]["where"] == "database"
    assert (database.read_bytes() if database.exists() else None) == before
    assert blobs_of(program.basedir) == pictures


def test_settings_that_are_damaged_are_named(program: CommandLine) -> None:
    (program.basedir / "settings.json").write_text("{nope")
    assert "settings.json in the basedir is damaged" in sentence(program("jobs", exit_code=2))


def test_basedir_held_by_a_core_that_does_not_answer_is_said_to_be(program: CommandLine) -> None:
    with held(program.basedir):
        said = sentence(program("jobs", exit_code=1))
    assert said.startswith("Another program has this library open. It does not answer. Close DMDX Studio")
    assert len(program.json("jobs")["jobs"]) == 1


def test_basedir_that_may_not_be_written_to_is_said_to_be_so(sound: Path, tmp_path: Path) -> None:
    shutil.copytree(sound, tmp_path / "library")
    program = CommandLine(tmp_path / "library", wrapper=as_anyone())
    with without_rights(program.basedir, 0o500):
        assert "may not be written to" in sentence(program("import", PENDANT, exit_code=1))
    with without_rights(program.basedir / "library.db"):
        assert "may not be read" in sentence(program("jobs", exit_code=1))
    assert len(program.json("jobs")["jobs"]) == 1


def test_read_only_disk_is_a_sentence_and_can_still_be_examined(sound: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "16m") as disk:
        shutil.copytree(sound, disk / "library")
        make_read_only(disk)
        program, fresh = CommandLine(disk / "library"), CommandLine(disk / "new")
        for verb in (("jobs",), ("import", PENDANT), ("doctor", "--repair")):
            assert "cannot be written to" in sentence(program(*verb, exit_code=1))
        assert "cannot be written to" in sentence(fresh("import", PENDANT, exit_code=1))
        assert program.json("doctor")["findings"] == []
        other = CommandLine(tmp_path / "other")
        assert "read-only" in sentence(other("render", RING, "--to", disk / "out", *SMALL, exit_code=1))
        assert "cannot be written" in sentence(other("cutout", RING, "--to", disk / "mask.png", exit_code=1))


@pytest.mark.by_turns("full disks")
def test_full_disk_during_import_says_so_and_resume_goes_on(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "80m") as disk:
        program = CommandLine(disk / "library")
        program.json("import", RING)
        (disk / "filler").write_bytes(bytes(20_000_000))
        said = sentence(program("import", PENDANT, exit_code=1))
        assert said.startswith("The disk is full.")
        assert said.endswith("then run `dmdx-desktop resume`.")
        assert len(program.json("jobs")["jobs"]) == 1
        (disk / "filler").unlink()
        program("resume")
        assert len(program.json("jobs")["jobs"]) == 2
        assert program.json("doctor")["findings"] == []


@pytest.mark.by_turns("full disks")
def test_disk_without_a_byte_left_says_so_and_loses_nothing(sound: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "16m") as disk:
        shutil.copytree(sound, disk / "library")
        program = CommandLine(disk / "library")
        (job,) = program.json("jobs")["jobs"]
        filler = fill(disk)
        for verb in (("generate", job["id"], "--size", "1024"), ("import", PENDANT)):
            assert "disk is full" in sentence(program(*verb, exit_code=1))
        filler.unlink()
        program("resume", exit_code=program("resume").exit_code)
        assert [row["id"] for row in program.json("jobs")["jobs"]][-1] == job["id"]
        assert program.json("doctor")["findings"] == []


@pytest.mark.by_turns("full disks")
def test_full_disk_during_a_render_says_so_and_resume_makes_the_pictures(sound: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "24m") as disk:
        shutil.copytree(sound, disk / "library")
        program = CommandLine(disk / "library")
        (job,) = program.json("jobs")["jobs"]
        filler = disk / "filler"
        filler.write_bytes(bytes(shutil.disk_usage(disk).free - ROOM_FOR_ONE_PICTURE))
        scenes = [word for scene in SCENES for word in ("--scene", scene)]
        assert "disk is full" in sentence(program("generate", job["id"], "--size", "1600", *scenes, exit_code=1))
        filler.unlink()
        assert len(program.json("resume")["outputs"]) == len(SCENES)
        assert {output["scene"] for output in program.json("outputs")["outputs"]} == {"white", *SCENES}
        assert program.json("doctor")["findings"] == []


@pytest.mark.by_turns("full disks")
def test_full_export_folder_says_that_the_pictures_are_safe(program: CommandLine, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "8k") as disk:
        said = sentence(program("export", "--all", "--to", disk / "out", exit_code=1))
        assert "they are safe in the library" in said
        assert list((disk / "out").iterdir()) == []
    program("resume")
    assert len(list((tmp_path / "disk" / "out").iterdir())) == 1
