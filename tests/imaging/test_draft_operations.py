"""The studio's operations as a picture process calls them: JSON in, files and JSON out."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dmdx_desktop.errors import PictureError, UsageError
from dmdx_desktop.imaging.answers import Operation
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.colour_profiles import ColourConverter
from dmdx_desktop.imaging.provenance import pixels_sha256, read_provenance
from dmdx_desktop.imaging.safe_open import open_picture
from dmdx_desktop.imaging.studio_operations import StudioOperations, within_working_size
from dmdx_desktop.models.piece import Piece
from tests.imaging.sample_truth import RESOURCES, SAMPLES

RING = "halo-ring_top.png"


@pytest.fixture
def operations() -> dict[str, Operation]:
    return StudioOperations(RESOURCES, Bounds(), ColourConverter()).by_name()


def _request(to: Path, file: str = RING, **changes: object) -> dict[str, object]:
    return {
        "path": str(SAMPLES / file),
        "sha256": file,
        "to": str(to),
        "variant": {"scene": "marble", "metal": "rose_gold", "size": 300},
        "piece": Piece().model_dump(mode="json"),
        "seed": 11,
        "created_at": 1_764_000_000_000,
        "title": "Halo ring",
        **changes,
    }


def test_draft_writes_the_picture_it_answers_for(operations: dict[str, Operation], tmp_path: Path) -> None:
    target = tmp_path / "draft.png"
    values = operations["draft"](_request(target)).values

    with Image.open(target) as image:
        assert (image.width, image.height, image.mode) == (300, 300, "RGB")
        assert values["pixels_sha256"] == pixels_sha256(image)
    assert values["bytes"] == target.stat().st_size
    said = read_provenance(target)
    assert said is not None
    assert said.title == "Halo ring"
    assert said.created_at == 1_764_000_000_000


def test_draft_on_another_date_after_other_work_has_the_same_pixels(
    operations: dict[str, Operation], tmp_path: Path
) -> None:
    first = operations["draft"](_request(tmp_path / "one.png")).values
    operations["draft"](_request(tmp_path / "other.png", "emerald-ring_top.png"))
    later = operations["draft"](_request(tmp_path / "two.png", created_at=1_800_000_000_000)).values
    anew = StudioOperations(RESOURCES, Bounds(), ColourConverter()).by_name()["draft"](_request(tmp_path / "three.png"))

    assert first["pixels_sha256"] == later["pixels_sha256"] == anew.values["pixels_sha256"]


def test_cut_outs_are_kept_for_later_drafts_while_there_is_room(
    monkeypatch: pytest.MonkeyPatch, operations: dict[str, Operation], tmp_path: Path
) -> None:
    copies = {name: tmp_path / f"copy of {name}" for name in (RING, "emerald-ring_top.png")}
    for name, copy in copies.items():
        copy.write_bytes((SAMPLES / name).read_bytes())
        operations["measure"]({"path": str(copy), "sha256": name})
        copy.unlink()
    for name, copy in copies.items():
        operations["draft"](_request(tmp_path / "draft.png", path=str(copy), sha256=name))

    monkeypatch.setattr("dmdx_desktop.imaging.studio_operations.KEPT_PIXELS", 1)
    operations["measure"]({"path": str(SAMPLES / "halo-ring_side.png"), "sha256": "one more"})
    for name, copy in copies.items():
        with pytest.raises(PictureError):
            operations["draft"](_request(tmp_path / "draft.png", path=str(copy), sha256=name))


def test_cut_out_writes_the_coverage_of_the_upright_picture(operations: dict[str, Operation], tmp_path: Path) -> None:
    source = SAMPLES / "wedding-band_three-quarter_photo-exif.jpg"
    target = tmp_path / "mask.png"
    values = operations["cut_out"]({"path": str(source), "to": str(target)}).values

    picture = open_picture(source, Bounds())
    with Image.open(target) as mask:
        assert mask.mode == "L"
        assert mask.size == picture.image.size == (values["width"], values["height"])
    assert isinstance(values["confidence"], float)


def test_measure_answers_a_piece_that_can_be_read_back(operations: dict[str, Operation]) -> None:
    values = operations["measure"]({"path": str(SAMPLES / RING), "sha256": RING}).values

    assert Piece.model_validate(values["piece"]).kind.value == "cad"


@pytest.mark.parametrize(
    "change", [{"seed": -1}, {"variant": {"size": 9}}, {"piece": 3}, {"colour": "red"}, {"sha256": ""}]
)
def test_draft_with_wrong_arguments_is_refused(
    change: dict[str, object], operations: dict[str, Operation], tmp_path: Path
) -> None:
    with pytest.raises(UsageError):
        operations["draft"]({**_request(tmp_path / "draft.png"), **change})
    assert not list(tmp_path.iterdir())


def test_draft_on_a_scene_of_paid_engines_is_refused(operations: dict[str, Operation], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="paid engine"):
        operations["draft"](_request(tmp_path / "draft.png", variant={"scene": "wine"}))


def test_within_working_size_reduces_only_what_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    Image.fromarray(np.full((4000, 4000, 3), 200, dtype=np.uint8)).save(path)
    large = open_picture(path, Bounds())

    assert within_working_size(large).image.size == (2000, 2000)
    small = open_picture(SAMPLES / RING, Bounds())
    assert within_working_size(small) is small
