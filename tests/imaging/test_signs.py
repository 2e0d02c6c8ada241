"""Exact measures as the second witness: backgrounds, kinds and tones of the samples, told without the eye."""

from functools import cache

import numpy as np
import pytest
from PIL import Image

from dmdx_desktop.imaging.background_signs import Ground, background_signs, survey_ground
from dmdx_desktop.imaging.colour import Bytes, lab_from_bytes
from dmdx_desktop.imaging.eye import Reading, Tone
from dmdx_desktop.imaging.kind_signs import Marks, kind_signs, survey_marks, without_ground
from dmdx_desktop.imaging.stone_signs import with_colour_signs, without_mirrors
from dmdx_desktop.imaging.tone_signs import MetalColour, survey_metal, tone_signs
from dmdx_desktop.imaging.witnesses import agreed
from dmdx_desktop.models.vocabulary import Background, Kind
from tests.imaging.sample_truth import Truth, picture_of, truths

SEEN = [truth for truth in truths() if truth.background is not Background.TRANSPARENT]
TONES = {"yellow_gold": Tone.YELLOW, "rose_gold": Tone.ROSE}
NOTHING = np.zeros((400, 600), dtype=np.uint8)


@cache
def _seen(file: str) -> Bytes:
    return np.asarray(picture_of(file).image.convert("RGB"))


def _coverage(truth: Truth) -> Bytes:
    return truth.piece_mask.astype(np.uint8) * 255


@cache
def _ground(truth: Truth) -> Ground:
    ground = survey_ground(_seen(truth.file), _coverage(truth))
    assert ground is not None
    return ground


def _metal(truth: Truth) -> MetalColour:
    pixels = lab_from_bytes(_seen(truth.file)[truth.parts_mask == 1][::7])
    colour = survey_metal(pixels, _ground(truth))
    assert colour is not None
    return colour


def test_background_signs_of_samples_are_mostly_right_alone() -> None:
    fits = [background_signs(_ground(truth)) for truth in SEEN]

    assert np.mean([max(fit, key=fit.__getitem__) is t.background for fit, t in zip(fits, SEEN, strict=True)]) >= 0.9
    assert all(sum(fit.values()) == pytest.approx(1.0) for fit in fits)


@pytest.mark.parametrize(
    ("fall", "label"), [(20.0, Background.BLACK), (4.0, Background.GREY)], ids=["mirroring a lamp", "even"]
)
def test_background_signs_of_a_middle_grey_call_it_black_only_where_it_mirrors_a_lamp(
    fall: float, label: Background
) -> None:
    ground = Ground(lightness=47.0, first=0.0, second=1.2, warmth=3.5, fall=fall, unevenness=0.9, marks=0.0)
    fits = background_signs(ground)

    assert max(fits, key=fits.__getitem__) is label


def test_survey_ground_where_the_piece_fills_the_picture_is_none() -> None:
    assert survey_ground(np.zeros((80, 80, 3), dtype=np.uint8), np.full((80, 80), 255, dtype=np.uint8)) is None


@pytest.mark.parametrize(
    ("paint", "label"),
    [
        ((255, 255, 255), Background.WHITE),
        ((128, 128, 128), Background.GREY),
        ((240, 236, 226), Background.OFF_WHITE),
        ((30, 90, 90), Background.COLOURED),
    ],
)
def test_background_signs_of_one_colour_name_it(paint: tuple[int, int, int], label: Background) -> None:
    ground = survey_ground(np.full((*NOTHING.shape, 3), paint, dtype=np.uint8), NOTHING)

    assert ground is not None
    fits = background_signs(ground)
    assert max(fits, key=fits.__getitem__) is label


def test_kind_signs_of_samples_are_mostly_right_alone() -> None:
    right = []
    for truth in SEEN:
        marks = survey_marks(np.asarray(Image.fromarray(_seen(truth.file)).convert("L")), _coverage(truth))
        fits = kind_signs(marks, background_signs(_ground(truth)), _metal(truth).is_programmed)
        right.append(max(fits, key=fits.__getitem__) == truth.kind)
    assert np.mean(right) >= 0.9


def test_kind_signs_without_ground_do_not_take_its_calm_for_a_program() -> None:
    laid = Marks(calm=1.0, outline=1.0)
    fits = [kind_signs(marks, {}, one_tint=False)[Kind.PHOTO] for marks in (laid, without_ground(laid))]

    assert fits[0] < 0.5 < fits[1]


def test_tone_signs_of_samples_are_right_alone() -> None:
    for truth in SEEN:
        fits = tone_signs(_metal(truth), Kind(truth.kind))
        tone = TONES.get(truth.metal, Tone.WHITE) if truth.shows_metal else Tone.HIDDEN
        assert max(fits, key=fits.__getitem__) is tone, truth.file


def test_survey_metal_of_few_pixels_is_none() -> None:
    assert survey_metal(np.zeros((5, 3), dtype=np.float32), None) is None


def test_colour_signs_find_a_diamond_in_gold_where_the_eye_is_in_doubt() -> None:
    colours = np.full((120, 200, 3), (205, 165, 90), dtype=np.uint8)
    colours[40:80, 60:100] = (190, 192, 196)
    doubt = np.full((120, 200), 110, dtype=np.uint8)
    stone = with_colour_signs(doubt, colours, np.full((120, 200), 255, dtype=np.uint8), golden=True)

    assert stone[60, 80] > 150
    assert stone[60, 150] < 60


def test_colour_signs_make_no_stone_where_the_eye_sees_none() -> None:
    colours = np.full((120, 200, 3), (190, 192, 196), dtype=np.uint8)
    colours[:, 100:] = (205, 165, 90)
    covered = np.full((120, 200), 255, dtype=np.uint8)

    assert with_colour_signs(np.full((120, 200), 8, dtype=np.uint8), colours, covered, golden=True).max() < 100


def test_agreed_is_between_both_witnesses_and_adds_up() -> None:
    eye, signs = {"a": 0.8, "b": 0.15, "c": 0.05}, {"a": 0.1, "b": 0.9}
    both = agreed(eye, signs, 1.0, 1.0)

    assert sum(both.values()) == pytest.approx(1.0)
    assert eye["b"] < both["b"] < signs["b"]
    assert both["c"] < 0.01


def _read_as(tone: Tone) -> Reading:
    return Reading(
        kind={Kind.PHOTO: 1.0},
        background={Background.GREY: 1.0},
        tone={one: float(one is tone) for one in Tone},
        view={},
        colours={},
    )


def _with_stone(metal: tuple[int, int, int], stone: tuple[int, int, int]) -> tuple[Bytes, Bytes, Bytes]:
    """Chances of stone, colours and coverage of a square of metal with a small place that is believed to be stone."""
    colours = np.full((120, 120, 3), metal, np.uint8)
    colours[:, :40] = np.clip(np.array(metal) * 0.6, 0, 255).astype(np.uint8)
    chances = np.full((120, 120), 3, np.uint8)
    colours[50:75, 50:75], chances[50:75, 50:75] = stone, 170
    return chances, colours, np.full((120, 120), 255, np.uint8)


def test_without_mirrors_takes_a_pale_place_of_gold_for_gold() -> None:
    chances, colours, coverage = _with_stone((214, 170, 120), (233, 190, 140))

    assert not without_mirrors(chances, colours, coverage, _read_as(Tone.ROSE)).any()


@pytest.mark.parametrize("stone", [(40, 70, 190), (225, 228, 232)])
def test_without_mirrors_leaves_stones_in_gold_as_they_were_seen(stone: tuple[int, int, int]) -> None:
    chances, colours, coverage = _with_stone((214, 170, 120), stone)

    assert without_mirrors(chances, colours, coverage, _read_as(Tone.YELLOW)) is chances


def test_without_mirrors_of_white_metal_says_nothing() -> None:
    chances, colours, coverage = _with_stone((200, 200, 204), (210, 210, 214))

    assert without_mirrors(chances, colours, coverage, _read_as(Tone.WHITE)) is chances
