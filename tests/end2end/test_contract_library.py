"""The verbs of the library as scripts rely on them: import, identify, generate, lists, show, export, delete, doctor."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from PIL import Image

from dmdx_desktop.imaging.provenance import read_provenance
from tests.end2end.command_line import PENDANT, RING, SMALL, CommandLine, Json
from tests.end2end.programs import SAMPLES, run_verb

pytestmark = pytest.mark.by_turns("verbs of the library", of=8)

VIEWS: Final = [SAMPLES / f"halo-ring_{view}.png" for view in ("top", "front", "side")]
SOURCES: Final = {"vision", "user", "filename", "measured", "csv"}
OUTPUT_KEYS: Final = {
    "id", "file", "job", "scene", "metal", "shot", "shape", "width", "height", "sha256", "pixels_sha256", "engine",
    "label", "created_at",
}  # fmt: skip
JOB_KEYS: Final = {"id", "title", "references", "outputs", "type", "metal", "warnings", "created_at"}


@pytest.fixture
def program(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "library")


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """A library with two jobs and three outputs, for tests that only look."""
    program = CommandLine(tmp_path_factory.mktemp("stocked") / "library")
    out = program.basedir.parent / "out"
    program.json("render", RING, "--to", out, *SMALL, "--count", "2")
    program.json("render", PENDANT, "--to", out, *SMALL)
    yield program
    shutil.rmtree(program.basedir)


def test_import_document_counts_what_was_brought_in(program: CommandLine) -> None:
    document = program.json("import", RING, PENDANT)
    assert {"jobs", "references", "duplicates", "ignored", "problems", "elapsed_s"} <= document.keys()
    assert (len(document["jobs"]), len(document["references"]), document["duplicates"]) == (2, 2, 0)


@pytest.mark.parametrize("verb", ["outputs", "show"])
def test_outputs_are_listed_as_drafts_in_text_and_json(stocked: CommandLine, verb: str) -> None:
    job = str(stocked.json("outputs")["outputs"][0]["job"])
    arguments = (verb, job) if verb == "show" else (verb,)
    outputs = stocked.json(*arguments)["outputs"]
    lines = [line for line in stocked(*arguments).out.splitlines() if any(o["id"] in line for o in outputs)]
    assert {output["label"] for output in outputs} == {"Draft"}
    assert len(lines) == len(outputs)
    assert all(line.split()[-2:] == ["draft", "Draft"] for line in lines)


def test_export_says_of_its_pictures_that_they_are_drafts(stocked: CommandLine, tmp_path: Path) -> None:
    said = stocked("export", "--all", "--to", tmp_path / "text").out.splitlines()[-1]
    assert said.startswith("3 pictures written in ")
    assert said.endswith(", all drafts.")
    exported = stocked.json("export", "--all", "--to", tmp_path / "json")["outputs"]
    assert [output["label"] for output in exported] == ["Draft"] * 3
    written = [read_provenance(Path(output["file"])) for output in exported]
    assert [provenance and provenance.label for provenance in written] == ["Draft"] * 3


def test_import_again_links_to_what_is_there(program: CommandLine, tmp_path: Path) -> None:
    copy = tmp_path / "other-name.png"
    shutil.copy(RING, copy)
    first = program.json("import", RING)
    again = program.json("import", RING, copy)
    assert (again["jobs"], again["references"]) == (first["jobs"], first["references"])
    assert again["duplicates"] == 1
    assert len(program.json("jobs")["jobs"]) == 1
    assert "1 of them known before" in program("import", RING).out


@pytest.mark.parametrize(("group", "jobs"), [("file", 4), ("folder", 2), ("name", 2), ("all", 1)])
def test_import_group_decides_what_is_one_piece(program: CommandLine, tmp_path: Path, group: str, jobs: int) -> None:
    for folder, pictures in (("halo", VIEWS), ("else", [PENDANT])):
        (tmp_path / "in" / folder).mkdir(parents=True)
        for picture in pictures:
            shutil.copy(picture, tmp_path / "in" / folder)
    document = program.json("import", tmp_path / "in", "--group", group)
    assert (len(document["jobs"]), len(document["references"])) == (jobs, 4)


def test_import_group_name_makes_one_job_with_its_views_in_order(program: CommandLine) -> None:
    (job,) = program.json("import", *VIEWS, "--group", "name")["jobs"]
    shown = program.json("show", job)
    assert shown["title"] == "halo-ring"
    views = [(reference["view"], Path(reference["file"]).name) for reference in shown["references"]]
    assert views == [(view, f"halo-ring_{view}.png") for view in ("top", "front", "side")]


def test_import_finish_leaves_nothing_for_later(program: CommandLine) -> None:
    (job,) = program.json("import", RING, "--finish")["jobs"]
    (reference,) = program.json("show", job)["references"]
    assert reference["state"] == "ready"


def _facts(piece: Json) -> Iterator[tuple[str, Any]]:
    plain = {"file", "job", "reference", "stones", "stones_edited", "warnings"}
    yield from ((name, fact) for name, fact in piece.items() if name not in plain)
    for stone in piece["stones"]:
        yield from ((name, fact) for name, fact in stone.items() if name != "places")


def test_identify_gives_every_value_with_confidence_and_source(program: CommandLine) -> None:
    document = program.json("identify", RING, PENDANT)
    assert {"pieces", "problems", "elapsed_s"} <= document.keys()
    ring, pendant = document["pieces"]
    assert (ring["file"], pendant["file"]) == (str(RING), str(PENDANT))
    for piece in (ring, pendant):
        assert {"file", "job", "kind", "type", "metal", "background", "stones"} <= piece.keys()
        for name, fact in _facts(piece):
            assert fact.keys() == {"value", "confidence", "source"}, name
            assert 0 <= fact["confidence"] <= 1, name
            assert fact["source"] in SOURCES, name
        for stone in piece["stones"]:
            assert {"species", "colour", "shape", "count"} <= stone.keys()
            assert stone["origin"]["value"] == "unknown"
    assert (ring["type"]["value"], ring["type"]["source"]) == ("ring", "filename")
    assert (ring["view"]["value"], ring["view"]["source"]) == ("top", "filename")
    assert ring["kind"]["value"] == "cad"


def test_identify_takes_the_id_of_a_job(program: CommandLine) -> None:
    (job,) = program.json("import", *VIEWS, "--group", "name")["jobs"]
    pieces = program.json("identify", job)["pieces"]
    assert [piece["job"] for piece in pieces] == [job] * 3
    assert [piece["view"]["value"] for piece in pieces] == ["top", "front", "side"]


def test_identify_text_keeps_how_sure_each_value_is(program: CommandLine) -> None:
    header, line = program("identify", PENDANT).out.splitlines()
    assert header.split() == ["file", "kind", "type", "metal", "background", "stones"]
    assert line.startswith("ruby-pendant_front.webp")
    assert line.count("%)") >= 5
    assert "_" not in line.removeprefix("ruby-pendant_front.webp")


def test_cutout_writes_coverage_on_the_pixels_as_seen_upright(program: CommandLine, tmp_path: Path) -> None:
    turned = SAMPLES / "wedding-band_three-quarter_photo-exif.jpg"
    document = program.json("cutout", turned, "--to", tmp_path / "new" / "mask.png")
    assert {"file", "width", "height", "confidence", "background", "problems", "elapsed_s"} <= document.keys()
    with Image.open(turned) as stored, Image.open(tmp_path / "new" / "mask.png") as mask:
        assert mask.mode == "L"
        assert mask.size == (stored.height, stored.width) == (document["width"], document["height"])
        coverage = np.asarray(mask)
    assert coverage.max() == 255
    assert coverage.min() == 0
    assert not program.basedir.exists()
    assert sorted(file.name for file in (tmp_path / "new").iterdir()) == ["mask.png"]


def test_cutout_replaces_an_older_mask_but_never_its_own_picture(program: CommandLine, tmp_path: Path) -> None:
    picture = tmp_path / "ring.png"
    shutil.copy(RING, picture)
    mask = tmp_path / "mask.png"
    mask.write_bytes(b"older")
    program("cutout", picture, "--to", mask)
    assert mask.read_bytes()[:4] == b"\x89PNG"
    assert program.json("cutout", picture, "--to", picture, exit_code=2)["problems"][0]["code"] == "target_is_source"
    assert picture.read_bytes() == RING.read_bytes()


def test_generate_makes_outputs_that_stay_in_the_library(program: CommandLine, tmp_path: Path) -> None:
    (job,) = program.json("import", RING)["jobs"]
    document = program.json("generate", job, *SMALL, "--scene", "warm")
    assert {"run", "outputs", "problems", "elapsed_s"} <= document.keys()
    (output,) = document["outputs"]
    assert output.keys() == OUTPUT_KEYS
    assert (output["file"], output["job"], output["scene"]) == (None, job, "warm")
    exported = program.json("export", output["id"], "--to", tmp_path / "out")["outputs"]
    assert [Path(row["file"]).name for row in exported] == ["solitaire-ring_top_as_reference_warm_01.png"]


def test_outputs_and_jobs_have_the_agreed_keys_newest_first(stocked: CommandLine) -> None:
    outputs = stocked.json("outputs")
    assert outputs["next"] is None
    assert all(output.keys() == OUTPUT_KEYS for output in outputs["outputs"])
    made_at = [output["created_at"] for output in outputs["outputs"]]
    assert made_at == sorted(made_at, reverse=True)
    jobs = stocked.json("jobs")["jobs"]
    assert [job["title"] for job in jobs] == ["ruby-pendant_front", "solitaire-ring_top"]
    assert all(job.keys() == JOB_KEYS for job in jobs)
    assert [job["outputs"] for job in jobs] == [1, 2]


@pytest.mark.parametrize("verb", ["jobs", "outputs"])
def test_pages_follow_each_other_without_gap_or_repetition(stocked: CommandLine, verb: str) -> None:
    whole = [row["id"] for row in stocked.json(verb)[verb]]
    seen: list[str] = []
    more: tuple[str, ...] = ()
    while True:
        page = stocked.json(verb, "--limit", "1", *more)
        seen += [row["id"] for row in page[verb]]
        if page["next"] is None:
            break
        more = ("--after", page["next"])
    assert seen == whole
    assert stocked.json(verb, "--limit", str(len(whole)))["next"] is None


def test_outputs_of_one_job_are_only_its_own(stocked: CommandLine) -> None:
    ring = stocked.json("jobs", "--search", "solitaire")["jobs"][0]["id"]
    outputs = stocked.json("outputs", "--job", ring)["outputs"]
    assert {output["job"] for output in outputs} == {ring}
    assert len(outputs) == 2


def test_jobs_search_finds_words_of_titles_and_descriptions(stocked: CommandLine) -> None:
    def found(words: str) -> list[str]:
        return [job["title"] for job in stocked.json("jobs", "--search", words)["jobs"]]

    assert found("pendant") == ["ruby-pendant_front"]
    assert found("no-such-word") == []
    assert stocked("jobs", "--search", "no-such-word").out == "No jobs.\n"


def test_show_tells_everything_about_a_job(stocked: CommandLine) -> None:
    job = stocked.json("jobs")["jobs"][-1]["id"]
    shown = stocked.json("show", job)
    assert {"id", "title", "created_at", "updated_at", "piece", "references", "renders", "outputs", "problems"} <= (
        shown.keys()
    )
    assert len(shown["renders"]) == 2
    assert all(render["state"] == "done" and "jewellery" in render["prompt"].lower() for render in shown["renders"])
    text = stocked("show", job).out
    assert text.startswith("solitaire-ring_top  (")
    assert "type: ring (90%, filename)" in text


def test_export_all_or_by_job_writes_each_output_once(stocked: CommandLine, tmp_path: Path) -> None:
    everything = stocked.json("export", "--all", "--to", tmp_path / "all")["outputs"]
    assert len(everything) == len(list((tmp_path / "all").iterdir())) == 3
    job = everything[0]["job"]
    mixed = stocked.json("export", job, everything[0]["id"], "--to", tmp_path / "mixed", "--name", "{nn}")
    assert sorted(file.name for file in (tmp_path / "mixed").iterdir()) == sorted(
        Path(row["file"]).name for row in mixed["outputs"]
    )
    assert {row["job"] for row in mixed["outputs"]} == {job}


def test_delete_needs_yes_and_leaves_a_receipt(program: CommandLine, tmp_path: Path) -> None:
    document = program.json("render", RING, "--to", tmp_path / "out", *SMALL)
    (job,) = document["jobs"]
    refused = program.json("delete", job, exit_code=2)
    assert refused["problems"][0]["code"] == "delete_needs_yes"
    assert len(program.json("jobs")["jobs"]) == 1
    deleted = program.json("delete", job, "--yes")
    assert deleted["deleted"] == [job]
    (receipt,) = deleted["receipts"]
    assert receipt.keys() == {"id", "counts", "started_at", "finished_at"}
    assert program.json("jobs")["jobs"] == []
    assert Path(document["outputs"][0]["file"]).exists()
    assert program.json("doctor")["findings"] == []


def test_resume_with_nothing_left_says_so(stocked: CommandLine) -> None:
    document = stocked.json("resume")
    assert (document["commands"], document["outputs"], document["problems"]) == ([], [], [])
    assert stocked("resume").out == "Nothing was left unfinished.\n"


def test_doctor_on_a_sound_library_finds_nothing(stocked: CommandLine) -> None:
    document = stocked.json("doctor")
    assert (document["findings"], document["problems"]) == ([], [])
    assert stocked("doctor").out.startswith("No damage found")


@pytest.mark.parametrize(
    "arguments", [("generate",), ("delete", "--yes"), ("identify",), ("export", "--to", "nowhere"), ("show",)]
)
def test_unknown_id_is_one_problem_that_names_it(
    stocked: CommandLine, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    unknown = "01932c7e-8f4a-7c31-9d52-6b1f0e8a4c27"
    verb, *given = arguments
    options = [tmp_path / word if word == "nowhere" else word for word in given]
    document = stocked.json(verb, unknown, *options, exit_code=2 if verb == "show" else 1)
    (problem,) = document["problems"]
    assert (problem["path"], problem["code"]) == (unknown, "not_found")
    assert problem.keys() == {"path", "code", "message", "remedy"}


def test_unknown_id_beside_known_ones_does_not_hold_those_up(stocked: CommandLine, tmp_path: Path) -> None:
    job = stocked.json("jobs")["jobs"][0]["id"]
    document = stocked.json("export", "mistyped", job, "--to", tmp_path / "out", exit_code=1)
    assert [problem["path"] for problem in document["problems"]] == ["mistyped"]
    assert len(document["outputs"]) == len(list((tmp_path / "out").iterdir())) == 1


def test_export_of_nothing_makes_no_folder(tmp_path: Path) -> None:
    ended = run_verb("export", "--to", str(tmp_path / "pictures"), "--basedir", str(tmp_path / "library"))

    assert not (tmp_path / "pictures").exists(), ended.stderr
