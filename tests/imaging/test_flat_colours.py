"""Colours of CAD viewports tell metal from stone: prongs, small stones, and what they must leave alone."""

import numpy as np
import pytest

from dmdx_desktop.imaging.colour import Bytes
from dmdx_desktop.imaging.eye import Reading, Tone
from dmdx_desktop.imaging.flat_colours import told_by_colour
from dmdx_desktop.models.vocabulary import Background, Kind, StoneColour, View
from tests.imaging.sample_truth import cut_of, truths

GOLD, GREY, BLUE, CITRINE = (176, 134, 56), (120, 122, 126), (150, 190, 225), (186, 140, 50)
Colour = tuple[int, int, int]


def _reading(tone: Tone, kind: Kind = Kind.CAD) -> Reading:
    return Reading(
        kind={one: 1.0 if one is kind else 0.0 for one in Kind},
        background=dict.fromkeys(Background, 0.1),
        tone={one: 1.0 if one is tone else 0.0 for one in Tone},
        view=dict.fromkeys(View, 0.1),
        colours=dict.fromkeys(StoneColour, 0.1),
    )


def _piece(metal: Colour, stone: Colour) -> tuple[Bytes, Bytes, Bytes]:
    """Stone, coverage and colours of a plate of metal with a stone that the eye has found."""
    chances, colours = np.zeros((80, 80), np.uint8), np.full((80, 80, 3), metal, np.uint8)
    chances[20:60, 20:60], colours[20:60, 20:60] = 250, stone
    return chances, np.full((80, 80), 255, np.uint8), colours


def test_prong_taken_for_stone_is_metal_by_its_hue() -> None:
    chances, coverage, colours = _piece(GOLD, BLUE)
    colours[20:26, 38:42] = (140, 106, 44)

    told = told_by_colour(chances, coverage, colours, _reading(Tone.YELLOW))

    assert told[20:26, 38:42].max() < 76
    assert told[30:60, 20:60].min() == 250


@pytest.mark.parametrize(("metal", "tone"), [(GOLD, Tone.YELLOW), (GREY, Tone.WHITE)])
def test_small_stone_taken_for_metal_is_stone_by_its_colour(metal: Colour, tone: Tone) -> None:
    chances, coverage, colours = _piece(metal, BLUE)
    colours[70:74, 70:74] = BLUE

    told = told_by_colour(chances, coverage, colours, _reading(tone))

    assert told[70:74, 70:74].min() > 178
    assert told[:20].max() == 0


def test_stone_of_the_golds_own_hue_is_left_to_the_eye() -> None:
    chances, coverage, colours = _piece(GOLD, CITRINE)

    assert np.array_equal(told_by_colour(chances, coverage, colours, _reading(Tone.YELLOW)), chances)


@pytest.mark.parametrize("kind", [Kind.PHOTO, Kind.SKETCH])
def test_pictures_that_mirror_or_are_drawn_are_left_to_the_eye(kind: Kind) -> None:
    chances, coverage, colours = _piece(GOLD, GOLD)

    assert told_by_colour(chances, coverage, colours, _reading(Tone.YELLOW, kind)) is chances


def test_piece_without_metal_is_left_to_the_eye() -> None:
    chances, coverage, colours = _piece(GOLD, BLUE)

    assert np.array_equal(
        told_by_colour(np.full_like(chances, 250), coverage, colours, _reading(Tone.YELLOW)), np.full_like(chances, 250)
    )


def test_prongs_of_the_solitaire_seen_from_above_are_metal() -> None:
    cut, truth = cut_of("solitaire-ring_top.png"), next(t for t in truths() if t.file == "solitaire-ring_top.png")
    covered = (cut.coverage > 127) & (truth.parts_mask > 0)

    assert ((cut.stone > 127) == (truth.parts_mask == 2))[covered].mean() > 0.99
