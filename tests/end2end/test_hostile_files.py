"""The thirty hostile files through `render`: each ends as a problem with words or as a right picture."""

import os
import sys
import unicodedata
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

from dmdx_desktop.models.naming import safe_file_name
from tests.end2end.command_line import SMALL, CommandLine, Json
from tests.imaging.hostile_pictures import hostile_pictures

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its file systems take few of these names")

CASES: Final = hostile_pictures()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files under the names they came with. Some have the same content, so that each is told apart by its name."""
    folder = tmp_path_factory.mktemp("hostile")
    for case in CASES:
        (folder / case.name).write_bytes(case.content)
    return folder


@pytest.fixture(scope="module")
def document(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Json:
    """What one render of them all comes to."""
    work = tmp_path_factory.mktemp("work")
    return CommandLine(work / "library").json("render", folder, "--to", work / "out", *SMALL, exit_code=1)


@pytest.mark.by_turns("hostile files")
def test_hostile_files_that_cannot_be_used_are_problems_with_words(folder: Path, document: Json) -> None:
    expected = {str(folder / case.name): case.code for case in CASES if case.code is not None}
    assert {problem["path"]: problem["code"] for problem in document["problems"]} == expected
    assert all(problem["message"].endswith(".") and problem["remedy"].endswith(".") for problem in document["problems"])


def test_hostile_files_that_are_sound_become_pictures(document: Json) -> None:
    contents = {case.content for case in CASES if case.code is None}
    assert len(document["outputs"]) == len(contents)
    for output in document["outputs"]:
        with Image.open(output["file"]) as image:
            image.load()
            assert (image.format, image.mode, image.size) == ("PNG", "RGB", (256, 256))
            assert "icc_profile" in image.info
            assert not image.getexif()


def test_hostile_names_are_safe_in_the_output_folder(document: Json) -> None:
    names = [Path(output["file"]).name for output in document["outputs"]]
    for name in names:
        assert safe_file_name(name) == name
        assert len(name.encode()) <= 200
        assert unicodedata.is_normalized("NFC", name)
        assert not any(unicodedata.category(character) in {"Cc", "Cf"} for character in name)
    assert len({name.casefold() for name in names}) == len(names)
    (folder,) = {Path(output["file"]).parent for output in document["outputs"]}
    assert sorted(os.listdir(folder)) == sorted(names)


@pytest.mark.by_turns("hostile files")
def test_hostile_names_are_never_printed_raw(tmp_path: Path) -> None:
    """``CommandLine`` refuses any answer with a control character or a mark that turns text around."""
    program = CommandLine(tmp_path / "library")
    awkward = [case for case in CASES if not (case.name.isascii() and case.name.isprintable())]
    assert len(awkward) == 5
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.mkdir()
    bad.mkdir()
    for number, case in enumerate(awkward):
        # What follows a picture's end is ignored, and makes each of them a picture of its own.
        (good / case.name).write_bytes(case.content + bytes([number]))
        (bad / case.name).write_bytes(b"words")
    program("import", good)
    assert "not a picture" in program("import", bad, exit_code=1).err
    assert len(program("identify", good).out.splitlines()) == 1 + len(awkward)
    assert len(program("jobs").out.splitlines()) == 1 + len(awkward)
    for job in program.json("jobs")["jobs"]:
        program("show", job["id"])


def test_hostile_file_that_takes_its_process_down_costs_only_itself(document: Json) -> None:
    assert "picture_process_died" not in {problem["code"] for problem in document["problems"]}
    assert document["elapsed_s"] < 60
