"""References of which no good draft can be made: a reason and a remedy instead, and a picture for who insists."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from tests.end2end.command_line import RING, SMALL, CommandLine

pytestmark = pytest.mark.by_turns("doubtful references", of=3)


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of one good reference and of others that show what no draft should."""
    folder = tmp_path_factory.mktemp("doubtful")
    ring = Image.open(RING).convert("RGB")
    ring.crop((ring.width // 2, 0, ring.width, ring.height)).save(folder / "cut-off.png")
    ring.resize((200, 200)).save(folder / "tiny.png")
    ring.save(folder / "good.png")
    noise = np.random.default_rng(3).integers(0, 256, (500, 500, 3), dtype=np.uint8)
    Image.fromarray(noise).save(folder / "noise.png")
    Image.new("RGB", (500, 500), (240, 240, 240)).save(folder / "empty.png")
    sheet = Image.new("RGB", (1200, 800), (255, 255, 255))
    pen = ImageDraw.Draw(sheet)
    for number in range(4):
        left, top = 100 + 600 * (number % 2), 80 + 380 * (number // 2)
        pen.ellipse((left, top, left + 260, top + 260), outline=(170, 130, 60), width=40)
    sheet.save(folder / "sheet.png")
    _worn_ring().save(folder / "worn.png")
    return folder


def _worn_ring() -> Image.Image:
    """A gold band on a finger that comes in from above, round and shaded as skin is."""
    outline = Image.new("L", (900, 800))
    ImageDraw.Draw(outline).rounded_rectangle((330, -50, 560, 700), 115, fill=255)
    mask = np.asarray(outline, dtype=np.float32)[..., None] / 255
    soft = np.asarray(outline.filter(ImageFilter.GaussianBlur(60)), dtype=np.float32)[..., None] / 255
    pores = 1 + 0.03 * np.random.default_rng(1).standard_normal((800, 900, 1))
    light = (np.asarray((198, 134, 100)) / 255) ** 2.2 * (0.45 + 0.6 * soft) ** 1.6 * pores
    skin = np.clip(light, 0, 1) ** (1 / 2.2) * 255
    image = Image.fromarray((skin * mask + 235 * (1 - mask)).astype(np.uint8))
    ImageDraw.Draw(image).ellipse((315, 392, 575, 448), fill=(190, 160, 90))
    return image


def _codes(document: dict[str, Any]) -> dict[str, str]:
    return {Path(problem["path"]).name: problem["code"] for problem in document["problems"]}


@pytest.fixture(scope="module")
def answered(doubtful: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[CommandLine, dict[str, Any]]:
    program = CommandLine(tmp_path_factory.mktemp("library"))
    return program, program.json("render", doubtful, "--to", doubtful / "out", "--size", "1024", exit_code=1)


def test_render_of_doubtful_references_makes_the_good_one_and_says_why_not_the_others(
    answered: tuple[CommandLine, dict[str, Any]],
) -> None:
    _, document = answered

    codes = _codes(document)
    # In noise there may be something, up to the frame, or nothing; a picture is made of none of these.
    assert codes.pop("noise.png") in ("no_piece", "check_cut_out", "piece_cut_off")
    assert codes == {
        "cut-off.png": "piece_cut_off",
        "tiny.png": "too_small_for_size",
        "empty.png": "no_piece",
        "sheet.png": "several_pieces",
        "worn.png": "hand_or_face",
    }
    assert [Path(output["file"]).name for output in document["outputs"]] == ["good_as_reference_white_01.png"]
    assert all(problem["remedy"].endswith(".") for problem in document["problems"])


def test_listing_of_doubtful_references_tells_their_warnings(
    answered: tuple[CommandLine, dict[str, Any]],
) -> None:
    program, _ = answered
    jobs = {job["title"]: job for job in program.json("jobs")["jobs"]}

    assert "several_pieces" in jobs["sheet"]["warnings"]
    assert "hand_or_face" in jobs["worn"]["warnings"]
    assert jobs["good"]["warnings"] == []
    assert "The picture shows more than one piece." in program("show", jobs["sheet"]["id"]).out


def test_identify_of_a_doubtful_reference_tells_its_warnings(
    answered: tuple[CommandLine, dict[str, Any]], doubtful: Path
) -> None:
    program, _ = answered

    assert "worn.png: A hand or a face is in the picture." in program("identify", doubtful / "worn.png").out


def test_render_of_a_doubtful_reference_is_made_for_who_insists(doubtful: Path, tmp_path: Path) -> None:
    program = CommandLine(tmp_path / "library")
    insisting = ("--even-if-unsure", *SMALL, "--to", tmp_path / "out")

    assert len(program.json("render", doubtful / "cut-off.png", *insisting)["outputs"]) == 1
    assert _codes(program.json("render", doubtful / "empty.png", *insisting, exit_code=1)) == {"empty.png": "no_piece"}


def test_generate_of_a_doubtful_reference_says_why_not(
    answered: tuple[CommandLine, dict[str, Any]],
) -> None:
    program, _ = answered
    (job,) = (job["id"] for job in program.json("jobs")["jobs"] if job["title"] == "sheet")

    document = program.json("generate", job, *SMALL, exit_code=1)
    assert (_codes(document), document["outputs"]) == ({"sheet.png": "several_pieces"}, [])
    assert len(program.json("generate", job, *SMALL, "--even-if-unsure")["outputs"]) == 1
