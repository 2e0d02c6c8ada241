"""How pieces meet the ground, and tilts that are seen: samples of every type, and shapes drawn at known angles."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from dmdx_desktop.imaging.footing import Footing, Stance, footing_of, read_shape
from dmdx_desktop.imaging.placing import cropped
from dmdx_desktop.imaging.straighten import MOST_DEGREES, tilt_of
from dmdx_desktop.models.filenames import read_name
from dmdx_desktop.models.piece import Piece, Sourced
from dmdx_desktop.models.vocabulary import JewelleryType, View
from tests.imaging.sample_truth import SAMPLES

Coverage = NDArray[np.uint8]


def _outline(file: str) -> Coverage:
    """The true outline of a sample, cropped."""
    with Image.open(SAMPLES / "masks" / f"{file.split('.')[0]}.piece.png") as mask:
        coverage = np.asarray(mask.convert("L"))
    return cropped(coverage, np.zeros((*coverage.shape, 3), np.uint8))[0]


def _footing(file: str) -> Footing:
    return footing_of(read_shape(_outline(file)), read_name((), file))


@pytest.mark.parametrize(
    ("file", "stance"),
    [
        ("solitaire-ring_front.png", Stance.STANDING),
        ("solitaire-ring_side.png", Stance.STANDING),
        ("emerald-ring_three-quarter_photo.jpg", Stance.STANDING),
        ("solitaire-ring_top_photo.jpg", Stance.LYING),
        ("wedding-band_three-quarter_photo-exif.jpg", Stance.LYING),
        ("bangle_three-quarter_clay.jpg", Stance.LYING),
        ("pearl-strand_three-quarter_photo.jpg", Stance.LYING),
        ("flower-brooch_top_photo.png", Stance.LYING),
        ("drop-earrings_front_photo.jpg", Stance.HANGING),
        ("stud-earrings_front_photo.tif", Stance.HANGING),
        ("ruby-pendant_front_photo.jpg", Stance.HANGING),
    ],
)
def test_footing_of_samples_is_how_a_jeweller_would_lay_them(file: str, stance: Stance) -> None:
    assert _footing(file).stance is stance


def test_footing_of_a_level_ring_lies_along_a_level_floor() -> None:
    assert _footing("halo-ring_front.png").slope == 0.0


def test_footing_of_turned_rings_follows_the_way_they_are_turned() -> None:
    assert _footing("solitaire-ring_three-quarter_photo.jpg").slope > 0.2
    assert _footing("signet-ring_three-quarter_photo.jpg").slope < -0.2


def test_footing_of_what_lies_flat_is_oblique_only_seen_from_the_side() -> None:
    assert _footing("bangle_three-quarter_clay.jpg").oblique
    assert not _footing("halo-ring_top.png").oblique


def _ring(degrees: float) -> Coverage:
    """A standing ring with a head, leaning anticlockwise by that."""
    image = Image.new("L", (1200, 1200))
    pen = ImageDraw.Draw(image)
    pen.ellipse((250, 300, 950, 1000), fill=255)
    pen.ellipse((330, 380, 870, 920), fill=0)
    pen.polygon([(480, 150), (720, 150), (640, 330), (560, 330)], fill=255)
    turned = image.rotate(degrees, Image.Resampling.BICUBIC).resize((400, 400), Image.Resampling.BOX)
    coverage = np.asarray(turned)
    return cropped(coverage, np.zeros((*coverage.shape, 3), np.uint8))[0]


def _front(kind: JewelleryType = JewelleryType.RING, view: View = View.FRONT) -> Piece:
    return Piece(
        type=Sourced[JewelleryType](value=kind, confidence=0.9), view=Sourced[View](value=view, confidence=0.9)
    )


@pytest.mark.parametrize("degrees", [-6.0, -2.0, 2.0, 5.0])
def test_tilt_of_a_leaning_ring_is_found_to_half_a_degree(degrees: float) -> None:
    coverage = _ring(degrees)
    assert tilt_of(coverage, read_shape(coverage), _front()) == pytest.approx(degrees, abs=0.5)


@pytest.mark.parametrize("degrees", [0.0, 0.2, MOST_DEGREES + 4])
def test_tilt_of_an_upright_ring_and_of_one_meant_to_lean_is_none(degrees: float) -> None:
    coverage = _ring(degrees)
    assert tilt_of(coverage, read_shape(coverage), _front()) == 0.0


@pytest.mark.parametrize(
    "piece", [_front(view=View.THREE_QUARTER), _front(JewelleryType.BROOCH), _front(JewelleryType.BRACELET)]
)
def test_tilt_of_what_has_no_upright_is_none(piece: Piece) -> None:
    coverage = _ring(4.0)
    assert tilt_of(coverage, read_shape(coverage), piece) == 0.0


def test_tilt_of_level_samples_is_none() -> None:
    for file in ("halo-ring_front.png", "solitaire-ring_side.png", "drop-earrings_front.jpg"):
        coverage = _outline(file)
        assert tilt_of(coverage, read_shape(coverage), read_name((), file)) == 0.0
