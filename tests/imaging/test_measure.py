"""Readings: how often they are right on the samples, and that they say unknown where nothing can be seen."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.cutout import cut_out
from dmdx_desktop.imaging.measure import measure
from dmdx_desktop.imaging.safe_open import open_picture
from dmdx_desktop.models.piece import Piece, Source
from dmdx_desktop.models.vocabulary import Kind, Metal, PictureWarning, View
from tests.imaging.sample_truth import Truth, cut_of, picture_of, truths

WHITE_METALS = {"white_gold", "platinum", "silver"}


@cache
def _reading(file: str) -> Piece:
    return measure(picture_of(file), cut_of(file))


def _made(image: Image.Image, folder: Path) -> Piece:
    path = folder / "made.png"
    image.save(path)
    picture = open_picture(path, Bounds())
    return measure(picture, cut_out(picture))


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
        assert _reading(truth.file).pieces.value == (2 if "earrings" in truth.file else 1)


def test_measure_never_guesses_what_pixels_cannot_show() -> None:
    for truth in truths():
        reading = _reading(truth.file)
        assert reading.view.value is View.UNKNOWN
        assert not reading.type.is_known
        assert all(not stone.origin.is_known for stone in reading.stones)
        assert {reading.kind.source, reading.metal.source, reading.background.source} == {Source.MEASURED}


def test_measure_is_less_sure_of_white_metal_than_of_gold() -> None:
    white = _reading("halo-ring_three-quarter_photo.jpg").metal
    gold = _reading("wedding-band_three-quarter_photo-exif.jpg").metal

    assert white.confidence <= 0.5 < gold.confidence


def test_measure_of_an_empty_picture_says_there_is_no_piece(tmp_path: Path) -> None:
    reading = _made(Image.new("RGB", (700, 700), (200, 200, 200)), tmp_path)

    assert reading.warnings == (PictureWarning.NO_PIECE,)
    assert reading.kind.value is Kind.UNKNOWN


def test_measure_of_a_flat_shape_on_white_does_not_call_it_a_photo(tmp_path: Path) -> None:
    image = Image.new("RGB", (700, 700), (255, 255, 255))
    ImageDraw.Draw(image).ellipse((200, 200, 500, 500), fill=(190, 150, 70))

    assert _made(image, tmp_path).kind.value is Kind.UNKNOWN


def test_measure_of_a_small_cropped_piece_warns_of_both(tmp_path: Path) -> None:
    image = Image.new("RGB", (240, 240), (255, 255, 255))
    ImageDraw.Draw(image).ellipse((120, 60, 300, 200), fill=(190, 150, 70))
    warnings = _made(image, tmp_path).warnings

    assert PictureWarning.SMALL in warnings
    assert PictureWarning.CROPPED in warnings


@pytest.mark.parametrize("radius", [6, 10])
def test_measure_of_a_blurred_picture_warns(radius: int, tmp_path: Path) -> None:
    sharp = picture_of("emerald-ring_front_photo.png")

    assert PictureWarning.BLURRED not in _reading("emerald-ring_front_photo.png").warnings
    blurred = _made(sharp.image.filter(ImageFilter.GaussianBlur(radius)), tmp_path)
    assert PictureWarning.BLURRED in blurred.warnings
