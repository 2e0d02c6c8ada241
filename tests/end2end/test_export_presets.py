"""Exports for channels, from the command to the file, over a real core with real picture processes."""

import json
import re
from pathlib import Path

import pytest
from PIL import Image

from dmdx_desktop.config import Paths, load_settings
from dmdx_desktop.core import Core, open_core
from dmdx_desktop.errors import StandstillError
from dmdx_desktop.imaging.provenance import read_provenance
from dmdx_desktop.library import exports
from dmdx_desktop.library.database import LibraryReader
from dmdx_desktop.library.steps import Step
from dmdx_desktop.models.commands import Export, LookAtImages, RenderPaths, Resume
from dmdx_desktop.models.ids import OutputId
from dmdx_desktop.models.outcome import Document
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.models.treatment import FileFormat, Ground, SheetPage, Treatment
from tests.end2end.command_line import PENDANT, RING, CommandLine
from tests.pdf_pages import read_pages

pytestmark = pytest.mark.by_turns("presets of exports", of=4)

SCENES = ("white", "marble", "transparent")
RECIPE = Recipe.model_validate({"scenes": SCENES, "size": 320})


class _Stops:
    """Ends the work at the first moment of a kind, as a crash there would."""

    def __init__(self, at: Step) -> None:
        self.at: Step | None = at

    def step(self, name: Step) -> None:
        if name is self.at:
            self.at = None
            raise StandstillError("stopped", "Stopped.", "By the test.", "")


def _ignore(phase: str, done: int, total: int | None) -> None:
    del phase, done, total


def _files(document: Document) -> list[Path]:
    listed = document["outputs"]
    assert isinstance(listed, list)
    return [Path(str(row["file"])) for row in listed if isinstance(row, dict)]


async def _rendered(core: Core, to: Path) -> list[str]:
    command = RenderPaths(paths=(str(RING), str(PENDANT)), to=str(to), recipe=RECIPE)
    document = (await core.execute(command, _ignore)).document
    listed = document["outputs"]
    assert isinstance(listed, list)
    return [str(row["id"]) for row in listed if isinstance(row, dict)]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "library")


async def test_export_with_a_treatment_writes_what_it_asks_for_and_says_drafts_are_drafts(
    paths: Paths, tmp_path: Path
) -> None:
    treatment = Treatment(format=FileFormat.JPEG, size=256, shape=(1, 1), ground=Ground.WHITE, fill=0.85)
    async with open_core(paths, load_settings(paths)) as core:
        ids = await _rendered(core, tmp_path / "drafts")
        command = Export(targets=tuple(ids), to=str(tmp_path / "shop"), template="{title}_{scene}", treatment=treatment)
        document = (await core.execute(command, _ignore)).document

    files = _files(document)
    assert len({file.name for file in files}) == len(ids) == 6
    assert {file.suffix for file in files} == {".jpg"}
    assert sorted(path.name for path in (tmp_path / "shop").iterdir()) == sorted(file.name for file in files)
    for file in files:
        said = read_provenance(file)
        assert said is not None
        assert said.label == "Draft"
        with Image.open(file) as image:
            assert (image.format, image.size) == ("JPEG", (256, 256))
            assert "marble" in file.name or image.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("at", [Step.BEFORE_NAMING, Step.AFTER_NAMING])
async def test_export_that_was_stopped_writes_each_file_once_when_resumed(
    at: Step, paths: Paths, tmp_path: Path
) -> None:
    treatment = Treatment(format=FileFormat.WEBP, size=200)
    stops = _Stops(at)
    stops.at = None
    command = Export(everything=True, to=str(tmp_path / "web"), treatment=treatment)
    async with open_core(paths, load_settings(paths), stops) as core:
        ids = await _rendered(core, tmp_path / "drafts")
        stops.at = at
        with pytest.raises(StandstillError, match="By the test"):
            await core.execute(command, _ignore)
        await core.execute(Resume(), _ignore)

    written = sorted(path.name for path in (tmp_path / "web").iterdir())
    assert len(written) == len(ids)
    assert not [name for name in written if re.search(r"-2\.webp$", name)]


async def test_contact_sheet_is_one_pdf_with_every_image_and_is_not_written_twice(paths: Paths, tmp_path: Path) -> None:
    async with open_core(paths, load_settings(paths)) as core:
        await _rendered(core, tmp_path / "drafts")
        everything = Export(everything=True, to=str(tmp_path / "sheet"), template="Spring", sheet=SheetPage.LETTER)
        first = (await core.execute(everything, _ignore)).document
        again = (await core.execute(everything, _ignore)).document
        other = everything.model_copy(update={"id": "another"})
        await core.execute(other, _ignore)

    assert {file.name for file in _files(first)} == {"Spring.pdf"}
    assert _files(again) == _files(first)
    content = (tmp_path / "sheet" / "Spring.pdf").read_bytes()
    assert content.startswith(b"%PDF-1.5")
    assert content.rstrip().endswith(b"%%EOF")
    assert content.count(b"/Type /Page ") == 1
    assert b"/MediaBox [0 0 612 792]" in content
    (page,) = read_pages(content)
    assert len(page.pictures) == 6
    assert page.lines[0].startswith("Contact sheet · 6 images · ")
    assert page.lines[-1] == "1 / 1"
    titles, words = page.lines[1:-1:2], page.lines[2:-1:2]
    assert sorted(words) == sorted(f"{scene} · 01 · Draft" for scene in ("White", "Marble", "Cut-out") * 2)
    assert len(set(titles)) == 2
    assert sorted(path.name for path in (tmp_path / "sheet").iterdir()) == ["Spring-2.pdf", "Spring.pdf"]


async def test_image_that_cannot_be_treated_is_a_problem_and_the_others_are_written(
    paths: Paths, tmp_path: Path
) -> None:
    async with open_core(paths, load_settings(paths)) as core:
        ids = await _rendered(core, tmp_path / "drafts")
        tight = Treatment(format=FileFormat.PNG, max_bytes=100_000)
        outcome = await core.execute(Export(everything=True, to=str(tmp_path / "png"), treatment=tight), _ignore)

    problems = outcome.document["problems"]
    assert isinstance(problems, list)
    assert {problem["code"] for problem in problems if isinstance(problem, dict)} == {"file_too_large"}
    named = {str(problem["path"]) for problem in problems if isinstance(problem, dict)}
    assert named < set(ids)
    assert len(_files(outcome.document)) == len(ids) - len(named) > 0
    reader = LibraryReader.open(paths)
    try:
        waiting = reader.read_blocking(lambda connection: exports.unfinished_files(connection))
    finally:
        reader.close()
    assert waiting == []


async def test_look_at_images_tells_what_surrounds_each_piece(paths: Paths, tmp_path: Path) -> None:
    async with open_core(paths, load_settings(paths)) as core:
        ids = await _rendered(core, tmp_path / "drafts")
        outcome = await core.execute(LookAtImages(outputs=(*map(OutputId, ids), OutputId("gone"))), _ignore)

    listed = outcome.document["images"]
    assert isinstance(listed, list)
    looks = {str(look["id"]): look for look in listed if isinstance(look, dict)}
    assert list(looks) == ids
    assert [looks[each]["edge"] for each in ids] == ["pure_white", "busy", "clear"] * 2
    assert all((look["fill"] is None) == (look["edge"] == "busy") for look in looks.values())


def test_export_verb_knows_presets_and_refuses_others(tmp_path: Path) -> None:
    program = CommandLine(tmp_path / "library")
    program.json("render", RING, "--to", tmp_path / "out", "--size", "320")
    exported = program.json("export", "--all", "--to", tmp_path / "shop", "--preset", "google_merchant")["outputs"]
    named = program.json("export", "--all", "--to", tmp_path / "own", "--preset", "web_small", "--name", "a_{nn}.png")
    refused = program("export", "--all", "--to", tmp_path / "x", "--preset", "ebuy", "--json", exit_code=2)

    assert [Path(row["file"]).name for row in exported] == ["solitaire-ring_top_as_reference_white_draft_01.jpg"]
    assert [Path(row["file"]).name for row in named["outputs"]] == ["a_01.webp"]
    assert "ebay" in json.dumps(refused.problem)
    assert not (tmp_path / "x").exists()
