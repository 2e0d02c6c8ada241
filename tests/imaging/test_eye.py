"""The studio's eye: what it answers, that it answers the same again, and what happens where its files are damaged."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dmdx_desktop.errors import UsageError
from dmdx_desktop.imaging.departure import CHANNELS
from dmdx_desktop.imaging.eye import EYE_FOLDER, Eye, Found
from dmdx_desktop.imaging.sight import CLOSE_SIDE, expected_overlap, look_at
from tests.imaging.sample_truth import RESOURCES, picture_of, the_eye

MOST_BYTES = 10_000_000


def test_weights_of_the_eye_are_small() -> None:
    files = list((RESOURCES / EYE_FOLDER).iterdir())

    assert {"glance.onnx", "outline.onnx", "calibration.json", "README.md"} <= {file.name for file in files}
    assert sum(file.stat().st_size for file in files) <= MOST_BYTES


def test_glance_answers_chances_for_every_label() -> None:
    glimpse = the_eye().glance(picture_of("halo-ring_top_photo.jpg").image)

    found, reading = glimpse.found, glimpse.reading
    assert found.piece.shape == found.stone.shape
    assert max(found.piece.shape) == 320
    assert found.piece.min() >= 0.0
    assert found.piece.max() <= 1.0
    for field in (reading.kind, reading.background, reading.tone, reading.view):
        assert sum(field.values()) == pytest.approx(1.0, abs=1e-6)
    assert all(0.0 <= chance <= 1.0 for chance in reading.colours.values())


def test_glance_at_the_same_picture_by_two_eyes_is_the_same() -> None:
    image = picture_of("flower-brooch_top.jpg").image
    one, other = the_eye().glance(image), Eye(RESOURCES).glance(image)

    assert np.array_equal(one.found.piece, other.found.piece)
    assert one.reading == other.reading


@pytest.mark.parametrize("size", [(1, 1), (5, 300), (17, 33), (400, 20)])
def test_outline_of_any_size_has_the_size_of_its_picture(size: tuple[int, int]) -> None:
    rgb = np.random.default_rng(3).integers(0, 256, (*size, 3), dtype=np.uint8)
    quarter = np.zeros((-(-size[0] // 4), -(-size[1] // 4)), np.float32)
    drawn = the_eye().outline(rgb, Found(quarter, quarter), np.zeros((CHANNELS, *quarter.shape), np.float32))

    assert drawn.piece.shape == drawn.stone.shape == size


def test_look_at_a_large_picture_sees_what_it_sees_in_the_small_one() -> None:
    image = picture_of("emerald-ring_front_photo.png").image
    large = image.resize((2 * image.width, 2 * image.height), Image.Resampling.BICUBIC)
    small, big = look_at(image, the_eye()), look_at(large, the_eye())

    assert max(big.piece.shape) > CLOSE_SIDE
    one = np.zeros((image.height, image.width), bool)
    one[small.box[1] : small.box[3], small.box[0] : small.box[2]] = small.piece > 127
    other = np.zeros((large.height, large.width), bool)
    other[big.box[1] : big.box[3], big.box[0] : big.box[2]] = big.piece > 127
    other = other[::2, ::2]
    assert (one & other).sum() / (one | other).sum() > 0.97


def test_look_at_an_even_picture_finds_nothing() -> None:
    sight = look_at(Image.new("RGB", (300, 200), (128, 128, 128)), the_eye())

    assert sight.piece.size == 0
    assert sight.expected_overlap == 0.0


def test_expected_overlap_falls_with_every_doubt() -> None:
    sure = np.array([1.0, 1.0, 0.0, 0.0], np.float32)
    doubtful = np.array([0.9, 0.8, 0.2, 0.0], np.float32)

    assert expected_overlap(sure) == pytest.approx(1.0)
    assert 0.0 < expected_overlap(doubtful) < 0.9
    assert expected_overlap(np.zeros(4, np.float32)) == 0.0


def test_calibration_of_an_outline_never_falls_with_the_expected_overlap() -> None:
    chances = [the_eye().calibration.chance_of_good_outline(at / 200) for at in range(201)]

    assert chances == sorted(chances)
    assert 0.0 <= chances[0] < 0.5 < chances[-1] < 1.0


@pytest.mark.parametrize("damage", ["missing", "cut short", "no model", "no calibration"])
def test_eye_whose_files_are_damaged_says_to_install_anew(damage: str, tmp_path: Path) -> None:
    folder = tmp_path / EYE_FOLDER
    shutil.copytree(RESOURCES / EYE_FOLDER, folder)
    match damage:
        case "missing":
            (folder / "outline.onnx").unlink()
        case "cut short":
            whole = (folder / "glance.onnx").read_bytes()
            (folder / "glance.onnx").write_bytes(whole[: len(whole) // 2])
        case "no model":
            (folder / "glance.onnx").write_bytes(b"not a model")
        case _:
            (folder / "calibration.json").write_text(json.dumps({"fields": {}}))
    with pytest.raises(UsageError) as caught:
        Eye(tmp_path)

    assert caught.value.code == "eye_missing"


def test_eye_in_use_leaves_nothing_in_the_home_and_temporary_folders(tmp_path: Path) -> None:
    """ONNX Runtime would keep an identifier of the machine there and send events to its maker."""
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    home.mkdir()
    temporary.mkdir()
    program = f"""
import sys
sys.path.insert(0, {str(RESOURCES.parent)!r})
from pathlib import Path
from PIL import Image
from dmdx_desktop.imaging.eye import Eye
Eye(Path({str(RESOURCES)!r})).glance(Image.new("RGB", (64, 48)))
"""
    own = {name: str(home) for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "XDG_CACHE_HOME")}
    own |= {name: str(temporary) for name in ("TMPDIR", "TEMP", "TMP")}
    kept = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    subprocess.run([sys.executable, "-B", "-c", program], check=True, env={**kept, **own}, timeout=60)

    assert list(home.rglob("*")) == []
    assert list(temporary.rglob("*")) == []
