"""A picture is seen upright whatever its format says, and of several frames the first is taken."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from dmdx_desktop.errors import PictureError
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.safe_open import Picture, open_picture, read_header
from tests.imaging.made_pictures import ORIENTATION_TAG, RGB, encoded, exif_with_orientation, png, png_chunk, ramp, tiff

BOUNDS = Bounds()
CHART = Image.fromarray(ramp())
Chart = NDArray[np.uint8]
SEEN: dict[int, Callable[[Chart], Chart]] = {
    1: lambda stored: stored,
    2: lambda stored: stored[:, ::-1],
    3: lambda stored: stored[::-1, ::-1],
    4: lambda stored: stored[::-1],
    5: lambda stored: stored.swapaxes(0, 1),
    6: lambda stored: stored[::-1].swapaxes(0, 1),
    7: lambda stored: stored[::-1, ::-1].swapaxes(0, 1),
    8: lambda stored: stored[:, ::-1].swapaxes(0, 1),
}
"""Exif 3.0: where the first row and the first column of the stored picture are seen."""


def opened(folder: Path, content: bytes) -> Picture:
    path = folder / "picture"
    path.write_bytes(content)
    return open_picture(path, BOUNDS)


def worst(picture: Picture, expected: Chart) -> int:
    return int(np.abs(np.asarray(picture.image).astype(np.int64) - expected).max())


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_open_picture_turned_is_seen_upright(tmp_path: Path, picture_format: str, orientation: int) -> None:
    exif = exif_with_orientation(orientation)
    content = {
        "JPEG": lambda: encoded(CHART, "JPEG", exif=exif, quality=100, subsampling="4:4:4"),
        "PNG": lambda: encoded(CHART, "PNG", exif=exif),
        "WEBP": lambda: encoded(CHART, "WEBP", exif=exif, lossless=True, exact=True),
        "TIFF": lambda: tiff(ramp(), RGB, more_tags={ORIENTATION_TAG: orientation}),
    }[picture_format]()
    picture = opened(tmp_path, content)
    expected = SEEN[orientation](ramp())
    assert (picture.height, picture.width) == expected.shape[:2]
    assert worst(picture, expected) <= (4 if picture_format == "JPEG" else 0)
    header = read_header(tmp_path / "picture", BOUNDS)
    assert (header.width, header.height, header.orientation) == (64, 48, orientation)
    assert header.upright_size == (picture.width, picture.height)


def test_open_picture_png_that_names_its_turn_after_the_pixels_is_upright(tmp_path: Path) -> None:
    late = png_chunk(b"eXIf", exif_with_orientation(6).removeprefix(b"Exif\x00\x00"))
    assert worst(opened(tmp_path, png(ramp(), 2, after=late)), SEEN[6](ramp())) == 0


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP"])
def test_open_picture_impossible_orientation_is_ignored(tmp_path: Path, picture_format: str) -> None:
    picture = opened(tmp_path, encoded(CHART, picture_format, exif=exif_with_orientation(99)))
    assert (picture.width, picture.height) == CHART.size
    assert picture.header.orientation == 1


@pytest.mark.parametrize("picture_format", ["PNG", "WEBP", "TIFF", "MPO", "GIF"])
def test_open_picture_of_several_frames_shows_the_first(tmp_path: Path, picture_format: str) -> None:
    frames = [Image.fromarray(np.roll(ramp(), 8 * step, axis=1)) for step in range(4)]
    exactly: dict[str, dict[str, Any]] = {"WEBP": {"lossless": True}, "MPO": {"quality": 100, "subsampling": 0}}
    options = exactly.get(picture_format, {})
    content = encoded(frames[0], picture_format, save_all=True, append_images=frames[1:], **options)
    tolerance = {"MPO": 4, "GIF": 24}.get(picture_format, 0)
    assert worst(opened(tmp_path, content), ramp()) <= tolerance


def test_open_picture_heic_is_upright_and_close(tmp_path: Path) -> None:
    heif = pytest.importorskip("pillow_heif")
    target = tmp_path / "made.heic"
    large = CHART.resize((256, 192), Image.Resampling.BICUBIC)
    source = heif.from_pillow(large)
    source.save(target, quality=95, exif=exif_with_orientation(6))
    picture = open_picture(target, BOUNDS)
    assert (picture.width, picture.height) == (192, 256)
    seen = picture.image.resize((12, 16), Image.Resampling.BOX)
    expected = Image.fromarray(SEEN[6](np.asarray(large)).copy()).resize((12, 16), Image.Resampling.BOX)
    assert np.abs(np.asarray(seen).astype(np.int64) - np.asarray(expected)).mean() < 4


def test_open_picture_heic_without_its_library_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    path = tmp_path / "picture"
    path.write_bytes(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(400))
    with pytest.raises(PictureError) as caught:
        read_header(path, BOUNDS)
    assert caught.value.code == "unsupported_format"
    assert "JPEG" in caught.value.remedy
