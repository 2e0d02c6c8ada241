"""Readings: how often they are right on the samples, and that they say unknown where nothing can be seen."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.cutout import cut_out
from dmdx_desktop.imaging.measure import WHITE_GOLD_SHARE, measure
from dmdx_desktop.imaging.safe_open import open_picture
from dmdx_desktop.models.piece import Piece, Source
from dmdx_desktop.models.vocabulary import SPOILING_WARNINGS, Background, Kind, Metal, PictureWarning
from tests.imaging.sample_truth import Truth, cut_of, picture_of, the_eye, the_stone_sense, truths

WHITE_METALS = {"white_gold", "platinum", "silver"}


@cache
def _reading(file: str) -> Piece:
    return measure(picture_of(file), cut_of(file), the_stone_sense())


def _made(image: Image.Image, folder: Path) -> Piece:
    path = folder / "made.png"
    image.save(path)
    picture = open_picture(path, Bounds())
    return measure(picture, cut_out(picture, the_eye()), the_stone_sense())


def _stone_colours(file: str) -> frozenset[str]:
    return frozenset("cream" if s.colour.value == "white" else str(s.colour.value) for s in _reading(file).stones)


def _shown_stones(truth: Truth) -> frozenset[str]:
    return truth.stone_colours if truth.shows_metal else frozenset()


def test_measure_of_samples_tells_their_kind() -> None:
    assert np.mean([_reading(t.file).kind.value == t.kind for t in truths()]) >= 0.95


def test_measure_of_samples_tells_their_background() -> None:
    assert np.mean([_reading(t.file).background.value is t.background for t in truths()]) >= 0.95


def test_measure_of_samples_tells_the_tone_of_the_metal() -> None:
    shown = [t for t in truths() if t.shows_metal]
    right = [
        (_reading(t.file).metal.value in WHITE_METALS)
        if t.metal in WHITE_METALS
        else _reading(t.file).metal.value == t.metal
        for t in shown
    ]
    assert np.mean(right) >= 0.95


def test_measure_where_no_metal_colour_shows_says_unknown_and_warns() -> None:
    hidden = [t for t in truths() if not t.shows_metal]

    assert len(hidden) >= 8
    for truth in hidden:
        assert _reading(truth.file).metal.value is Metal.UNKNOWN
        assert PictureWarning.NO_METAL_COLOUR in _reading(truth.file).warnings


def test_measure_of_samples_tells_the_colours_of_their_stones() -> None:
    assert np.mean([_stone_colours(t.file) == _shown_stones(t) for t in truths()]) >= 0.8


def test_measure_of_samples_counts_pairs_of_earrings() -> None:
    for truth in truths():
        assert _reading(truth.file).pieces.value == (2 if "earrings" in truth.file else 1), truth.file


def test_measure_never_guesses_what_pixels_cannot_show() -> None:
    for truth in truths():
        reading = _reading(truth.file)
        assert not reading.type.is_known
        assert all(not stone.origin.is_known for stone in reading.stones)
        assert {reading.kind.source, reading.metal.source, reading.background.source} == {Source.MEASURED}


def test_measure_calls_white_metal_white_gold_and_never_for_sure() -> None:
    white = [_reading(truth.file).metal for truth in truths() if truth.shows_metal and truth.metal in WHITE_METALS]

    assert len(white) >= 8
    assert all(metal.confidence <= WHITE_GOLD_SHARE for metal in white)
    assert _reading("wedding-band_three-quarter_photo-exif.jpg").metal.confidence > 0.7


def test_measure_of_a_picture_with_transparency_is_sure_of_it() -> None:
    background = _reading("wedding-band-rose_three-quarter_photo-alpha.png").background

    assert background.value is Background.TRANSPARENT
    assert background.confidence > 0.95


def test_measure_of_samples_finds_little_that_stands_in_the_way_of_a_draft() -> None:
    spoilt = [truth.file for truth in truths() if SPOILING_WARNINGS & set(_reading(truth.file).warnings)]

    assert len(spoilt) <= 0.1 * len(truths()), spoilt


def test_measure_of_an_empty_picture_says_there_is_no_piece(tmp_path: Path) -> None:
    reading = _made(Image.new("RGB", (700, 700), (200, 200, 200)), tmp_path)

    assert reading.warnings == (PictureWarning.NO_PIECE,)
    assert reading.kind.value is Kind.UNKNOWN


def test_measure_of_a_small_cropped_piece_warns_of_both(tmp_path: Path) -> None:
    image = Image.new("RGB", (240, 240), (255, 255, 255))
    ImageDraw.Draw(image).ellipse((120, 60, 300, 200), outline=(190, 150, 70), width=30)
    warnings = _made(image, tmp_path).warnings

    assert PictureWarning.SMALL in warnings
    assert PictureWarning.CROPPED in warnings


@pytest.mark.parametrize("radius", [6, 10])
def test_measure_of_a_blurred_picture_warns(radius: int, tmp_path: Path) -> None:
    sharp = picture_of("emerald-ring_front_photo.png")

    assert PictureWarning.BLURRED not in _reading("emerald-ring_front_photo.png").warnings
    blurred = _made(sharp.image.filter(ImageFilter.GaussianBlur(radius)), tmp_path)
    assert PictureWarning.BLURRED in blurred.warnings
