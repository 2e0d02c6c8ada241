"""The operations of a picture process take and give JSON and bytes, and report each file's problem by itself."""

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from dmdx_desktop.errors import PictureError, UsageError
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.colour_profiles import ColourConverter
from dmdx_desktop.imaging.operations import OpeningOperations

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture
def operations() -> OpeningOperations:
    return OpeningOperations(Bounds(), ColourConverter())


def test_headers_of_good_and_bad_files_come_in_order(operations: OpeningOperations) -> None:
    paths = [SAMPLES / "wedding-band_three-quarter_photo-exif.jpg", SAMPLES / "manifest.json", SAMPLES / "absent.png"]
    answer = operations.headers({"paths": [str(path) for path in paths]})
    good, bad, missing = json.loads(json.dumps(answer.values))["headers"]
    assert (good["header"]["format"], good["header"]["width"], good["header"]["upright_width"]) == ("jpeg", 960, 1200)
    assert bad["problem"]["code"] == "not_a_picture"
    assert missing["problem"]["code"] == "unreadable_file"
    assert set(bad["problem"]) == {"code", "title", "detail", "remedy"}


def test_prepare_writes_the_clean_copy_and_answers_both_previews(operations: OpeningOperations, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    source = SAMPLES / "bangle_three-quarter_photo-adobergb.jpg"
    answer = operations.prepare({"path": str(source), "clean_copy_to": str(target)})
    told = json.loads(json.dumps(answer.values))
    assert told["facts"]["profile_name"] == "Wide RGB (sample, Adobe-RGB-like)"
    assert told["facts"]["srgb_converted"] is True
    assert told["clean_copy"]["bytes"] == target.stat().st_size
    assert told["clean_copy"]["format"] == "jpeg"
    assert [max(Image.open(io.BytesIO(payload)).size) for payload in answer.payloads] == [320, 1024]


def test_previews_answers_both_sizes(operations: OpeningOperations) -> None:
    answer = operations.previews({"path": str(SAMPLES / "halo-ring_top.png")})
    assert answer.values == {}
    assert [max(Image.open(io.BytesIO(payload)).size) for payload in answer.payloads] == [320, 1024]


def test_prepare_of_a_bad_file_raises_and_writes_nothing(operations: OpeningOperations, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    with pytest.raises(PictureError):
        operations.prepare({"path": str(SAMPLES / "manifest.json"), "clean_copy_to": str(target)})
    assert not target.exists()


@pytest.mark.parametrize("arguments", [{}, {"path": 7}, {"path": ""}])
def test_previews_with_wrong_arguments_is_wrong_use(
    operations: OpeningOperations, arguments: dict[str, object]
) -> None:
    with pytest.raises(UsageError):
        operations.previews(arguments)
    with pytest.raises(UsageError):
        operations.headers(arguments)
