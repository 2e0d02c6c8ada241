"""Watermarks over finished images: where they stand, that they can be read, and that nothing else changes."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops

from dmdx_desktop.config import resources_folder
from dmdx_desktop.imaging.marking import marked
from dmdx_desktop.models.watermark import MarkPlace, Watermark

FONTS: Path = resources_folder() / "fonts"


def _box(before: Image.Image, after: Image.Image) -> tuple[int, int, int, int]:
    box = ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("place", list(MarkPlace))
@pytest.mark.parametrize("grey", [20, 245])
def test_watermark_stands_at_its_place_and_differs_from_the_ground(place: MarkPlace, grey: int) -> None:
    image = Image.new("RGB", (600, 400), (grey, grey, grey))
    after = marked(image, Watermark(text="© Atelier Żółć Ω", place=place, opacity=1.0), FONTS)
    left, top, right, bottom = _box(image, after)
    across, down = (left + right) / 2 / 600, (top + bottom) / 2 / 400
    assert (across < 0.5) is (place in (MarkPlace.TOP_LEFT, MarkPlace.BOTTOM_LEFT)) or place is MarkPlace.CENTRE
    assert (down < 0.5) is (place in (MarkPlace.TOP_LEFT, MarkPlace.TOP_RIGHT)) or place is MarkPlace.CENTRE
    strongest = np.abs(np.asarray(after, np.int16) - grey).max()
    assert strongest > 150


def test_watermark_that_is_too_long_shrinks_into_the_image() -> None:
    image = Image.new("RGB", (200, 300), (240, 240, 240))
    left, _, right, _ = _box(image, marked(image, Watermark(text="W" * 60, size=0.2), FONTS))
    assert left >= 0
    assert right <= 200


def test_watermark_leaves_what_is_clear_clear_and_keeps_the_mode() -> None:
    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    after = marked(image, Watermark(text="Proof", opacity=0.5), FONTS)
    alpha = np.asarray(after)[:, :, 3]
    assert after.mode == "RGBA"
    assert alpha[:200].max() == 0
    assert 100 < alpha.max() <= 128
