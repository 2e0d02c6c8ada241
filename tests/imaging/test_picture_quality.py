"""Sharpness, size, exposure and cropping, judged on the samples under known blur and compression."""

import io
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from dmdx_desktop.imaging.colour import lab_from_bytes
from dmdx_desktop.imaging.picture_quality import (
    LEAST_SHARPNESS,
    Quality,
    is_cropped,
    judge_quality,
    promise,
    quality_warnings,
    sharpness,
)
from dmdx_desktop.models.vocabulary import PictureWarning
from tests.imaging.sample_truth import Truth, picture_of, truths

PHOTOS = [truth.file for truth in truths() if truth.kind == "photo"]
RING = "emerald-ring_front_photo.png"


@cache
def _grey(file: str) -> Image.Image:
    picture = picture_of(file).image
    if "A" in picture.getbands():
        flat = Image.new("RGB", picture.size, (160, 160, 160))
        flat.paste(picture, mask=picture.getchannel("A"))
        picture = flat
    return picture.convert("L")


@cache
def _truth(file: str) -> Truth:
    return next(truth for truth in truths() if truth.file == file)


def _sharp(image: Image.Image, file: str) -> float:
    value = sharpness(image, _truth(file).piece_mask)
    assert value is not None
    return value


def _compressed(image: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).convert("L")


def _shaken(image: Image.Image, pixels: int) -> Image.Image:
    values = np.asarray(image, dtype=np.float32)
    moved = [np.roll(values, step - pixels // 2, axis=1) for step in range(pixels)]
    return Image.fromarray(np.mean(moved, axis=0).astype(np.uint8))


@pytest.mark.by_turns("samples in focus", of=15)
@pytest.mark.parametrize("file", [truth.file for truth in truths()])
def test_sharpness_of_a_sample_in_focus_is_enough_however_it_is_compressed(file: str) -> None:
    assert _sharp(_grey(file), file) > LEAST_SHARPNESS
    assert _sharp(_compressed(_grey(file), 20), file) > LEAST_SHARPNESS


@pytest.mark.parametrize("radius", [2, 3, 5, 9])
def test_sharpness_of_blurred_photographs_is_too_low(radius: int) -> None:
    for file in PHOTOS:
        assert _sharp(_grey(file).filter(ImageFilter.GaussianBlur(radius)), file) < LEAST_SHARPNESS


@pytest.mark.by_turns("shaken photographs")
@pytest.mark.parametrize("pixels", [9, 13, 21])
def test_sharpness_of_shaken_photographs_is_too_low(pixels: int) -> None:
    for file in PHOTOS:
        assert _sharp(_shaken(_grey(file), pixels), file) < LEAST_SHARPNESS


@pytest.mark.parametrize("quality", [15, 30, 60])
def test_sharpness_of_a_blurred_photograph_is_not_raised_by_compression(quality: int) -> None:
    for file in PHOTOS:
        blurred = _grey(file).filter(ImageFilter.GaussianBlur(3))
        assert _sharp(_compressed(blurred, quality), file) < LEAST_SHARPNESS


def test_sharpness_falls_with_every_step_of_blur() -> None:
    steps = [_sharp(_grey(RING).filter(ImageFilter.GaussianBlur(radius)), RING) for radius in (0, 1, 1.5, 2, 3)]

    assert steps == sorted(steps, reverse=True)


def test_sharpness_of_a_shallow_depth_of_field_counts_what_is_in_focus() -> None:
    grey = _grey(RING)
    blurred = grey.filter(ImageFilter.GaussianBlur(6))
    rows = np.flatnonzero(_truth(RING).piece_mask.any(axis=1))
    focus = Image.new("L", grey.size, 0)
    focus.paste(255, (0, 0, grey.width, int(rows[0] + 0.5 * np.ptp(rows))))

    assert _sharp(Image.composite(grey, blurred, focus), RING) > LEAST_SHARPNESS


def test_sharpness_of_smooth_polished_metal_is_judged_by_its_rim() -> None:
    y, x = np.mgrid[0:600, 0:600].astype(np.float32)
    distance = np.hypot(x - 300, y - 300)
    shade = 150 + 80 * np.sin(x / 90) * np.cos(y / 110)
    cover = np.clip(200.5 - distance, 0, 1)
    picture = Image.fromarray((shade * cover + 255 * (1 - cover)).astype(np.uint8))

    value = sharpness(picture, distance < 200)
    assert value is not None
    assert value > LEAST_SHARPNESS


@pytest.mark.parametrize("size", [(4, 4), (30, 30), (200, 200)])
def test_sharpness_where_nothing_has_an_edge_is_unknown(size: tuple[int, int]) -> None:
    flat = Image.new("L", size, 128)

    assert sharpness(flat, np.ones((size[1], size[0]), dtype=np.bool_)) is None


def _ring_mask(left: int, top: int) -> NDArray[np.bool_]:
    image = Image.new("L", (400, 300))
    ImageDraw.Draw(image).ellipse((left, top, left + 150, top + 150), fill=255)
    return np.asarray(image) > 0


@pytest.mark.parametrize(
    ("left", "top", "cut"),
    [(100, 50, False), (0, 50, True), (1, 50, False), (-40, 50, True), (100, -30, True), (300, 100, True)],
)
def test_is_cropped_wants_more_than_a_touch(left: int, top: int, cut: bool) -> None:
    assert is_cropped(_ring_mask(left, top)) is cut


def test_is_cropped_of_samples_is_never_so() -> None:
    assert not any(is_cropped(truth.piece_mask) for truth in truths())


def _quality(file: str, scale: float = 1.0, light: float = 1.0) -> Quality:
    picture, mask = picture_of(file).image.convert("RGB"), Image.fromarray(_truth(file).piece_mask)
    size = (round(picture.width * scale), round(picture.height * scale))
    colours = np.asarray(picture.resize(size, Image.Resampling.LANCZOS).point(lambda value: min(255, value * light)))
    coverage = np.asarray(mask.convert("L").resize(size))
    return judge_quality(colours, coverage, lab_from_bytes(colours[coverage > 127])[:, 0], drawn=False)


def test_quality_warnings_of_samples_are_none() -> None:
    for file in PHOTOS:
        assert quality_warnings(_quality(file)) == ()
        assert promise(_quality(file)) == 1.0


def test_quality_of_a_reference_of_200_pixels_warns_and_promises_less() -> None:
    quality = _quality(RING, 200 / 1200)

    assert PictureWarning.SMALL in quality_warnings(quality)
    assert promise(quality) < 0.8


def test_quality_of_a_small_piece_in_a_large_picture_warns() -> None:
    colours = np.full((2000, 2000, 3), 240, dtype=np.uint8)
    coverage = np.zeros((2000, 2000), dtype=np.uint8)
    coverage[900:1000, 900:1000] = 255

    quality = judge_quality(colours, coverage, np.full(100, 80.0, dtype=np.float32), drawn=False)
    assert quality_warnings(quality) == (PictureWarning.SMALL,)


def test_quality_of_a_dark_and_of_a_burnt_out_photograph_warns() -> None:
    assert PictureWarning.TOO_DARK in quality_warnings(_quality(RING, light=0.15))
    assert PictureWarning.TOO_BRIGHT in quality_warnings(_quality(RING, light=2.5))


def test_quality_of_a_drawing_on_bare_paper_is_not_too_bright() -> None:
    paper = np.full((700, 700, 3), 254, dtype=np.uint8)
    coverage = np.full((700, 700), 255, dtype=np.uint8)
    coverage[:20], coverage[-20:], coverage[:, :20], coverage[:, -20:] = 0, 0, 0, 0
    light = np.full(100, 99.5, dtype=np.float32)

    assert quality_warnings(judge_quality(paper, coverage, light, drawn=True)) == ()
    assert quality_warnings(judge_quality(paper, coverage, light, drawn=False)) == (PictureWarning.TOO_BRIGHT,)


def test_quality_of_an_empty_cut_out_does_not_fail() -> None:
    quality = judge_quality(
        np.zeros((700, 700, 3), dtype=np.uint8),
        np.zeros((700, 700), dtype=np.uint8),
        np.zeros(0, dtype=np.float32),
        drawn=False,
    )
    assert quality_warnings(quality) == ()
