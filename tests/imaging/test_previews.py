"""Previews are small, upright, sRGB and look like the whole picture made small."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.previews import PREVIEW_EDGES, make_previews, previews_of
from dmdx_desktop.imaging.safe_open import open_picture
from tests.imaging.made_pictures import deep_ramp, encoded, png, ramp

SAMPLES = Path(__file__).parent.parent / "samples"
BOUNDS = Bounds()
PICTURES = [path for path in sorted(SAMPLES.glob("*.*")) if path.suffix != ".json"]


def shown(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("path", PICTURES, ids=[path.name for path in PICTURES])
def test_make_previews_of_a_sample_looks_like_it(path: Path) -> None:
    whole = open_picture(path, BOUNDS).image
    for edge, content in make_previews(path, BOUNDS).items():
        preview = shown(content)
        assert (preview.format, preview.mode, max(preview.size)) == ("JPEG", "RGB", min(edge, max(whole.size)))
        assert abs(preview.width / preview.height - whole.width / whole.height) < 0.01
        assert set(preview.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        ground = Image.new("RGB", whole.size, (128, 128, 128))
        ground.paste(whole, mask=whole.getchannel("A") if whole.mode == "RGBA" else None)
        expected = ground.resize(preview.size, Image.Resampling.BICUBIC)
        assert np.abs(np.asarray(preview).astype(int) - np.asarray(expected)).mean() < 2.5


def test_previews_of_a_decoded_picture_are_those_of_its_file() -> None:
    path = SAMPLES / "halo-ring_top.png"
    assert previews_of(open_picture(path, BOUNDS).image) == make_previews(path, BOUNDS)


def test_make_previews_of_a_small_picture_does_not_enlarge_it(tmp_path: Path) -> None:
    path = tmp_path / "small"
    path.write_bytes(encoded(Image.fromarray(ramp()), "PNG"))
    assert {shown(content).size for content in make_previews(path, BOUNDS).values()} == {(64, 48)}


def test_make_previews_transparent_ground_is_neutral_grey() -> None:
    made = make_previews(SAMPLES / "wedding-band-rose_three-quarter_photo-alpha.png", BOUNDS)
    assert np.abs(np.asarray(shown(made[320]))[0, 0].astype(int) - 128).max() <= 1


def test_make_previews_of_deep_pixels_are_right(tmp_path: Path) -> None:
    path = tmp_path / "deep"
    smooth = np.linspace(0, 65535, 64 * 48).reshape(48, 64).astype(np.uint16)
    path.write_bytes(png(smooth, 0))
    found = np.asarray(shown(make_previews(path, BOUNDS)[320])).astype(int)
    assert np.abs(found - smooth[..., None] / 257).max() <= 4
    path.write_bytes(png(deep_ramp(), 2))
    assert shown(make_previews(path, BOUNDS)[320]).mode == "RGB"


def test_make_previews_narrowest_picture_keeps_a_pixel(tmp_path: Path) -> None:
    path = tmp_path / "narrow"
    path.write_bytes(encoded(Image.new("RGB", (1000, 50)), "JPEG"))
    assert shown(make_previews(path, BOUNDS, edges=(8,))[8]).size == (8, 1)


def test_preview_edges_are_those_the_library_keeps() -> None:
    assert PREVIEW_EDGES == (320, 1024)
