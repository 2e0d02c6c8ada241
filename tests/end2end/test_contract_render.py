"""`render` as scripts rely on it: its document, its files, its defaults, its names."""

import hashlib
import io
import re
import shutil
from pathlib import Path
from typing import Final

import pytest
from PIL import Image, ImageCms

from dmdx_desktop.imaging.provenance import read_provenance
from tests.end2end.command_line import PENDANT, RING, SMALL, CommandLine, Json
from tests.end2end.programs import SAMPLES

pytestmark = pytest.mark.by_turns("what render promises", of=6)

ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
SHA256: Final = re.compile(r"[0-9a-f]{64}")


@pytest.fixture
def program(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "library")


def files_of(document: Json) -> list[Path]:
    return [Path(output["file"]) for output in document["outputs"]]


def test_render_document_has_exactly_the_agreed_keys_and_types(program: CommandLine, tmp_path: Path) -> None:
    document = program.json("render", RING, "--to", tmp_path / "out", *SMALL)
    assert {"jobs", "references", "outputs", "problems", "elapsed_s"} <= document.keys()
    assert isinstance(document["elapsed_s"], float)
    assert document["problems"] == []
    (job,), (reference,), (output,) = document["jobs"], document["references"], document["outputs"]
    assert all(ID.fullmatch(text) for text in (job, reference, output["id"]))
    agreed = {"id", "file", "job", "scene", "metal", "width", "height", "sha256", "engine"}
    assert agreed <= output.keys()
    assert output["job"] == job
    assert (output["scene"], output["metal"], output["engine"]) == ("white", "as_reference", "draft")
    assert (output["width"], output["height"]) == (256, 256)
    assert SHA256.fullmatch(output["sha256"])


def test_render_files_are_what_the_document_says(program: CommandLine, tmp_path: Path) -> None:
    document = program.json("render", RING, PENDANT, "--to", tmp_path / "out", *SMALL)
    assert len(document["outputs"]) == 2
    for output in document["outputs"]:
        file = Path(output["file"])
        assert file.is_absolute()
        assert hashlib.sha256(file.read_bytes()).hexdigest() == output["sha256"]
        with Image.open(file) as image:
            assert (image.format, image.mode, image.size) == ("PNG", "RGB", (output["width"], output["height"]))
    assert sorted(files_of(document)) == sorted((tmp_path / "out").iterdir())


def test_render_without_options_uses_the_defaults_of_the_handbook(program: CommandLine, tmp_path: Path) -> None:
    document = program.json("render", RING, "--to", tmp_path / "out")
    (output,) = document["outputs"]
    assert (output["width"], output["height"], output["shot"], output["shape"]) == (1600, 1600, "as_reference", "1:1")
    assert files_of(document) == [tmp_path / "out" / "solitaire-ring_top_as_reference_white_01.png"]


def test_render_outputs_say_that_they_are_srgb_drafts(program: CommandLine, tmp_path: Path) -> None:
    (file,) = files_of(program.json("render", RING, "--to", tmp_path / "out", *SMALL))
    with Image.open(file) as image:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
    assert "sRGB" in (ImageCms.getProfileDescription(profile) or "")
    provenance = read_provenance(file)
    assert provenance is not None
    assert provenance.label == "Draft"


def test_render_of_a_photo_with_gps_leaves_none_of_it_in_the_output(program: CommandLine, tmp_path: Path) -> None:
    source = SAMPLES / "wedding-band_three-quarter_photo-exif.jpg"
    (file,) = files_of(program.json("render", source, "--to", tmp_path / "out", *SMALL))
    with Image.open(file) as image:
        assert not image.getexif()
    raw = file.read_bytes()
    private = (b"Exif", b"eXIf", b"FakeCam", b"Jane Example", b"GPS", b"Sample Model 1", b"photo-exif.jpg")
    assert not [words for words in private if words in raw]


def test_render_scenes_times_metals_times_count_make_one_picture_each(program: CommandLine, tmp_path: Path) -> None:
    choice = ("--scene", "marble", "--scene", "slate", "--metal", "rose_gold", "--metal", "silver", "--count", "2")
    document = program.json("render", RING, "--to", tmp_path / "out", *SMALL, *choice)
    combinations = [(output["scene"], output["metal"]) for output in document["outputs"]]
    assert sorted(combinations) == sorted([(s, m) for s in ("marble", "slate") for m in ("rose_gold", "silver")] * 2)
    names = {file.name for file in files_of(document)}
    assert {f"solitaire-ring_top_rose_gold_marble_0{n}.png" for n in (1, 2)} <= names
    assert len(names) == 8


@pytest.mark.by_turns("shapes", of=2)
@pytest.mark.parametrize(
    ("shape", "size"), [("1:1", (320, 320)), ("4:5", (256, 320)), ("3:2", (320, 213)), ("16:9", (320, 180))]
)
def test_render_shape_and_size_give_the_pixels_of_the_picture(
    program: CommandLine, tmp_path: Path, shape: str, size: tuple[int, int]
) -> None:
    document = program.json("render", RING, "--to", tmp_path / "out", "--size", "320", "--shape", shape)
    (output,) = document["outputs"]
    assert (output["width"], output["height"], output["shape"]) == (*size, shape)


def test_render_name_that_is_taken_gets_a_suffix_and_nothing_is_overwritten(
    program: CommandLine, tmp_path: Path
) -> None:
    theirs = tmp_path / "out" / "SOLITAIRE-ring_top_as_reference_white_01.PNG"
    theirs.parent.mkdir()
    theirs.write_bytes(b"somebody else's")
    for number in (2, 3):
        document = program.json("render", RING, "--to", tmp_path / "out", *SMALL)
        assert files_of(document) == [tmp_path / "out" / f"solitaire-ring_top_as_reference_white_01-{number}.png"]
    assert theirs.read_bytes() == b"somebody else's"
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_render_name_template_is_followed_and_always_ends_in_png(program: CommandLine, tmp_path: Path) -> None:
    template = "{type}-{metal}_{shot}_{shape}_{size}_{engine}_{nn}"
    document = program.json("render", RING, "--to", tmp_path / "out", *SMALL, "--name", template)
    assert [file.name for file in files_of(document)] == ["ring-as_reference_as_reference_1x1_256_draft_01.png"]


def test_render_shot_with_that_view_is_made_from_the_reference_of_it(program: CommandLine, tmp_path: Path) -> None:
    views = [SAMPLES / f"solitaire-ring_{view}.png" for view in ("front", "side", "top")]
    document = program.json("render", *views, "--to", tmp_path / "out", *SMALL, "--group", "name", "--shot", "side")
    assert len(document["jobs"]) == 1
    assert len(document["references"]) == 3
    (output,) = document["outputs"]
    assert output["shot"] == "side"
    assert files_of(document)[0].name == "solitaire-ring_as_reference_white_01.png"


def test_render_shot_without_that_view_says_why_and_makes_the_others(program: CommandLine, tmp_path: Path) -> None:
    document = program.json(
        "render", RING, "--to", tmp_path / "out", *SMALL, "--shot", "side", "--shot", "top", exit_code=1
    )
    assert [output["shot"] for output in document["outputs"]] == ["top"]
    (problem,) = document["problems"]
    assert (problem["code"], problem["path"]) == ("view_missing", str(RING))
    assert "_side" in problem["remedy"]


def test_render_bad_file_among_good_ones_is_a_problem_and_the_others_are_made(
    program: CommandLine, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(RING, folder)
    (folder / "broken.jpg").write_bytes(b"these are words")
    (folder / "model.stl").write_bytes(b"solid ring\nendsolid ring\n")
    (folder / "notes.txt").write_text("not a picture, and nobody says it is")
    document = program.json("render", folder, "--to", tmp_path / "out", *SMALL, exit_code=1)
    assert len(document["outputs"]) == 1
    assert document["ignored"] == 1
    codes = {Path(problem["path"]).name: problem["code"] for problem in document["problems"]}
    assert codes == {"broken.jpg": "not_a_picture", "model.stl": "unsupported_format"}
    for problem in document["problems"]:
        assert problem.keys() == {"path", "code", "message", "remedy"}
        assert all(isinstance(problem[name], str) and problem[name] for name in problem)


def test_render_without_json_lists_the_files_and_one_summary(program: CommandLine, tmp_path: Path) -> None:
    answer = program("render", RING, PENDANT, "--to", tmp_path / "out", *SMALL)
    *files, summary = answer.out.splitlines()
    assert [Path(file) for file in sorted(files)] == sorted((tmp_path / "out").iterdir())
    assert re.fullmatch(r"2 pictures made from 2 references in \d+\.\d s, all drafts\.", summary)
    assert answer.err == ""


def test_render_transparent_scene_keeps_an_alpha_channel(program: CommandLine, tmp_path: Path) -> None:
    (file,) = files_of(program.json("render", RING, "--to", tmp_path / "out", *SMALL, "--scene", "transparent"))
    with Image.open(file) as image:
        assert image.mode == "RGBA"
        assert image.getchannel("A").getextrema() == (0, 255)
