"""What bad input gets: one clear sentence with a remedy, the right exit code, no traceback, and nothing lost."""

import os
import shutil
import socket
import sys
from pathlib import Path

import pytest

from tests.end2end.command_line import PENDANT, RING, SMALL, CommandLine, logs_of, sentence
from tests.end2end.conditions import as_anyone, without_rights

pytestmark = pytest.mark.by_turns("bad input", of=14)
POSIX_FILES = pytest.mark.skipif(sys.platform == "win32", reason="needs links, pipes and names of any bytes")


@pytest.fixture
def program(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "library")


def codes_of(document: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return {os.path.basename(problem["path"]): problem["code"] for problem in document["problems"]}


@pytest.mark.parametrize("verb", ["render", "import", "identify"])
def test_missing_path_is_one_problem_with_a_remedy(program: CommandLine, tmp_path: Path, verb: str) -> None:
    missing = tmp_path / "not there.jpg"
    to = ("--to", tmp_path / "out") if verb == "render" else ()
    assert program(verb, missing, *to, "--json", exit_code=1).problem == {
        "path": str(missing),
        "code": "missing_path",
        "message": "There is nothing at this path. It may have been moved, renamed or deleted.",
        "remedy": "Check the path, and add it again.",
    }
    answer = program(verb, missing, *to, exit_code=1)
    assert answer.err.startswith(f"{missing}: There is nothing at this path.")
    assert answer.err.count("\n") == 1


def test_folder_without_pictures_says_what_would_be_one(program: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "in" / "deeper").mkdir(parents=True)
    (tmp_path / "in" / "notes.txt").write_text("words")
    problem = program("render", tmp_path / "in", "--to", tmp_path / "out", "--json", exit_code=1).problem
    assert (problem["code"], problem["path"]) == ("no_pictures", str(tmp_path / "in"))
    assert "JPEG" in problem["message"]
    assert list((tmp_path / "in").iterdir()) != []


def test_unreadable_file_and_folder_are_problems_and_the_others_go_on(tmp_path: Path) -> None:
    program = CommandLine(tmp_path / "library", wrapper=as_anyone())
    folder = tmp_path / "in"
    (folder / "locked").mkdir(parents=True)
    shutil.copy(RING, folder)
    shutil.copy(PENDANT, folder / "closed.webp")
    with without_rights(folder / "closed.webp"), without_rights(folder / "locked"):
        document = program.json("import", folder, exit_code=1)
        assert program("cutout", folder / "closed.webp", "--to", tmp_path / "m.png", exit_code=1).err.count("\n") == 1
    assert codes_of(document) == {"closed.webp": "unreadable_file", "locked": "unreadable_file"}
    assert len(document["references"]) == 1


def test_wall_of_problems_is_told_as_one_kind(program: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(30):
        (folder / f"model-{number:02d}.stl").write_bytes(b"solid ring\nendsolid ring\n")
    answer = program("import", folder, exit_code=1)
    told = answer.err.splitlines()
    assert len(told) == 10
    assert told[0].startswith("30 times: ")
    assert told[-1] == "  and 22 more, which --json lists"
    assert len(program.json("import", folder, exit_code=1)["problems"]) == 30


@POSIX_FILES
def test_links_devices_and_pipes_below_a_folder_are_left_alone(program: CommandLine, tmp_path: Path) -> None:
    secret = tmp_path / "elsewhere"
    secret.mkdir()
    shutil.copy(PENDANT, secret)
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(RING, folder)
    (folder / "link.webp").symlink_to(secret / PENDANT.name)
    (folder / "links").symlink_to(secret)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.png")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(folder / "s.png"))
        document = program.json("import", folder)
    assert len(document["references"]) == 1
    assert document["ignored"] == 5


@POSIX_FILES
@pytest.mark.parametrize("name", ["pipe.png", "/dev/null"])
def test_device_named_outright_is_a_problem(program: CommandLine, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if not path.exists():
        os.mkfifo(path)
    assert program("import", path, "--json", exit_code=1).problem["code"] == "not_a_file"
    assert program("cutout", path, "--to", tmp_path / "mask.png", "--json", exit_code=1).problem["code"] == "not_a_file"


def test_hidden_files_are_left_alone(program: CommandLine, tmp_path: Path) -> None:
    for hidden in (".cache/ring.png", ".ring.png", "__MACOSX/ring.png", "seen.png"):
        (tmp_path / "in" / hidden).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(RING, tmp_path / "in" / hidden)
    document = program.json("import", tmp_path / "in")
    assert len(document["references"]) == 1
    assert document["ignored"] == 3


def test_too_deep_folder_is_named_with_what_to_do(program: CommandLine, tmp_path: Path) -> None:
    deepest = tmp_path.joinpath("in", *("d" for _ in range(17)))
    deepest.mkdir(parents=True)
    shutil.copy(RING, deepest)
    problem = program("import", tmp_path / "in", "--json", exit_code=1).problem
    assert problem["code"] == "too_deep"
    assert len(program.json("import", problem["path"])["references"]) == 1


@pytest.mark.by_turns("design files", of=2)
@pytest.mark.parametrize("ending", ["stl", "3dm", "step", "obj", "svg", "psd", "pdf"])
def test_design_files_are_told_to_be_saved_as_pictures(program: CommandLine, tmp_path: Path, ending: str) -> None:
    design = tmp_path / f"ring.{ending}"
    design.write_bytes(b"%PDF-1.7\n" if ending == "pdf" else b"solid ring\n" + bytes(200))
    problem = program("import", design, "--json", exit_code=1).problem
    assert problem["code"] in {"unsupported_format", "not_a_picture"}
    assert "PNG" in problem["remedy"]


@POSIX_FILES
def test_name_that_is_no_text_is_a_problem_and_the_others_go_on(program: CommandLine, tmp_path: Path) -> None:
    bad = os.fsdecode(os.fsencode(tmp_path) + b"/ring-\xff.png")
    try:
        shutil.copy(RING, bad)
    except OSError:
        pytest.skip("this file system has names of text only")
    document = program.json("import", bad, RING, exit_code=1)
    assert len(document["references"]) == 1
    assert codes_of(document) == {"ring-\\udcff.png": "name_not_text"}
    folder = program.json("import", tmp_path, exit_code=1)
    assert "name_not_text" in codes_of(folder).values()
    mask = program("cutout", bad, "--to", tmp_path / "mask.png", "--json", exit_code=2)
    assert mask.problem["code"] == "path_not_usable"


@pytest.mark.by_turns("wrong options", of=5)
@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--scene", "marbel"), "Scene marbel does not exist. Did you mean marble?"),
        (("--metal", "rose-gold"), "Metal rose-gold does not exist. Did you mean rose_gold?"),
        (("--shot", "three-quarter"), "Shot three-quarter does not exist. Did you mean three_quarter?"),
        (("--shape", "4:6"), "Shape 4:6 does not exist. Did you mean 4:5?"),
        (("--engine", "drafts"), "Engine drafts does not exist. Did you mean draft? Choose an engine from draft."),
        (("--group", "names"), "Group names does not exist. Did you mean name?"),
        (("--size", "100"), "This size is not possible. It is a whole number from 256 to 4096."),
        (("--size", "large"), "This size is not possible."),
        (("--count", "21"), "This count is not possible. It is a whole number from 1 to 20."),
        (("--scene", "lifestyle"), "This scene needs a paid engine."),
        (("--name", "{tilte}.png"), "The naming template cannot be used. It has a placeholder that does not exist."),
        (("--name", "{title"), "The naming template cannot be used. It has a brace without its partner."),
        (("--name", ""), "The naming template cannot be used. It is empty."),
        (("--to", ""), "This path cannot be used."),
    ],
)
def test_unknown_choice_is_refused_before_anything_is_done(
    program: CommandLine, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    said = sentence(program("render", RING, "--to", tmp_path / "out", *options, exit_code=2))
    assert said.startswith(words)
    assert not program.basedir.exists()
    assert not (tmp_path / "out").exists()


def test_target_that_is_a_file_is_refused_before_the_work(program: CommandLine, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("somebody else's")
    for to in (taken, taken / "below"):
        said = sentence(program("render", RING, "--to", to, *SMALL, exit_code=2))
        assert said.startswith("The pictures cannot be written there. There is a file where their folder should be.")
    assert taken.read_text() == "somebody else's"
    assert program.json("jobs")["jobs"] == []


def test_target_that_may_not_be_written_to_is_refused_before_the_work(tmp_path: Path) -> None:
    program = CommandLine(tmp_path / "library", wrapper=as_anyone())
    (tmp_path / "closed").mkdir()
    with without_rights(tmp_path / "closed", 0o555):
        said = sentence(program("render", RING, "--to", tmp_path / "closed" / "out", *SMALL, exit_code=1))
        mask = sentence(program("cutout", RING, "--to", tmp_path / "closed" / "mask.png", exit_code=1))
    assert "nothing was done" in said
    assert "cannot be written" in mask
    assert program.json("jobs")["jobs"] == []


def test_basedir_that_is_a_file_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("somebody else's")
    for basedir in (tmp_path / "taken", tmp_path / "taken" / "below"):
        said = sentence(CommandLine(basedir)("jobs", exit_code=1))
        assert said.startswith("The basedir is not a folder. There is a file where the library should be.")
    assert (tmp_path / "taken").read_text() == "somebody else's"


def test_doctor_where_there_is_no_library_makes_none(program: CommandLine) -> None:
    assert "There is no library here." in sentence(program("doctor", exit_code=1))
    assert not program.basedir.exists()


def test_log_files_never_name_what_was_imported(program: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "confidential-client"
    folder.mkdir()
    shutil.copy(RING, folder / "secret-design.png")
    (folder / "secret-sketch.jpg").write_bytes(b"words")
    program("render", folder, folder / "nothing-there.png", "--to", tmp_path / "out", *SMALL, exit_code=1)
    program("identify", folder, exit_code=1)
    for private in ("confidential", "secret", "nothing-there", str(tmp_path)):
        assert private not in logs_of(program.basedir)
