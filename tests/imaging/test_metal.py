"""Metals recoloured: mid-tones that meet the standard, stones and identical metal left alone, form kept."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from dmdx_desktop.imaging.colour import (
    Bytes,
    Floats,
    bytes_from_linear,
    delta_e_2000,
    lab_from_bytes,
    linear_from_lab,
)
from dmdx_desktop.imaging.metal import HouseStandard, load_house_standard, recoloured
from dmdx_desktop.imaging.parts import Body, Parts, tell_parts
from dmdx_desktop.models.vocabulary import RecipeMetal
from tests.imaging.sample_truth import RESOURCES, cut_of, truths
from tests.imaging.true_parts import STONE, true_parts

GOLD_WITH_STONES = ("solitaire-ring_top.png", "emerald-ring_top.png", "flower-brooch_top.jpg", "emerald-ring_front.png")
METALS = sorted(set(RecipeMetal) - {RecipeMetal.AS_REFERENCE})
WHITE_METALS = (RecipeMetal.WHITE_GOLD, RecipeMetal.PLATINUM, RecipeMetal.SILVER)
STANDARD = load_house_standard(RESOURCES)
# White and yellow gold, a dark and a bright picture, a coloured table, a viewport, clay.
VARIED = (
    "halo-ring_three-quarter_photo.jpg",
    "emerald-ring_three-quarter_photo.jpg",
    "solitaire-ring_top_photo.jpg",
    "pearl-strand_three-quarter_photo.jpg",
    "wedding-band-rose_three-quarter_photo-alpha.png",
    "flower-brooch_top.jpg",
    "bangle_three-quarter_clay.jpg",
)


def _on(metal: Floats, *, stone: NDArray[np.float32] | None = None, body: Body = Body.GOLD) -> tuple[Bytes, Parts]:
    """A picture that is piece all over, in these Lab colours."""
    colours = bytes_from_linear(linear_from_lab(metal.astype(np.float32)))
    rows, columns = (index.reshape(-1) for index in np.indices(colours.shape[:2]))
    share = np.zeros(len(rows), np.float32) if stone is None else stone.reshape(-1)
    return colours, Parts(rows, columns, lab_from_bytes(colours[rows, columns]), share, body, 1.0)


def _mid_tone(lab: Floats) -> Floats:
    low, high = np.percentile(lab[:, 0], [35.0, 65.0])
    return np.asarray(np.median(lab[(lab[:, 0] >= low) & (lab[:, 0] <= high)], axis=0), np.float32)


def _sweep(chroma: float, hue: float, low: float = 8.0, high: float = 97.0) -> Floats:
    """A surface that goes from dark to light, with the chroma a polished metal has in between."""
    lightness = np.tile(np.linspace(low, high, 160), (40, 1))
    own = chroma * np.clip(np.minimum(lightness / 45.0, (100.0 - lightness) / 30.0), 0.0, 1.0)
    lab = np.stack([lightness, own * np.cos(np.radians(hue)), own * np.sin(np.radians(hue))], axis=-1)
    return lab.astype(np.float32)


@pytest.mark.by_turns("recoloured to the standard", of=12)
@pytest.mark.parametrize("metal", METALS)
@pytest.mark.parametrize("file", VARIED)
def test_recoloured_metal_has_its_mid_tone_near_the_standard(file: str, metal: RecipeMetal) -> None:
    colours, parts = true_parts(file)
    result = recoloured(colours, parts, STANDARD.metals[metal])
    if np.array_equal(result, colours):
        return
    sure = parts.stone == 0
    middle = _mid_tone(lab_from_bytes(result[parts.rows[sure], parts.columns[sure]]))

    assert delta_e_2000(middle, np.asarray(STANDARD.metals[metal].mid, np.float32)) < 6.0


@pytest.mark.parametrize(
    ("file", "metal"),
    [
        ("wedding-band_three-quarter_photo-exif.jpg", RecipeMetal.YELLOW_GOLD),
        ("emerald-ring_three-quarter_photo.jpg", RecipeMetal.YELLOW_GOLD),
        ("solitaire-ring_front.png", RecipeMetal.YELLOW_GOLD),
        ("bangle_three-quarter_photo-adobergb.jpg", RecipeMetal.ROSE_GOLD),
        ("wedding-band-rose_three-quarter_photo-alpha.png", RecipeMetal.ROSE_GOLD),
    ],
)
def test_recoloured_metal_that_is_what_is_asked_for_is_left_alone(file: str, metal: RecipeMetal) -> None:
    colours, parts = true_parts(file)

    assert np.array_equal(recoloured(colours, parts, STANDARD.metals[metal]), colours)


@pytest.mark.parametrize("metal", [RecipeMetal.ROSE_GOLD, *WHITE_METALS])
def test_recoloured_yellow_gold_on_a_pink_table_is_not_taken_for_rose_gold(metal: RecipeMetal) -> None:
    colours, parts = true_parts("solitaire-ring_top_photo.jpg")

    assert not np.array_equal(recoloured(colours, parts, STANDARD.metals[metal]), colours)


@pytest.mark.by_turns("recoloured around stones", of=30)
@pytest.mark.parametrize("metal", METALS)
@pytest.mark.parametrize("file", [truth.file for truth in truths() if "photo" in truth.file])
def test_recoloured_metal_leaves_true_stones_as_they_are(file: str, metal: RecipeMetal) -> None:
    colours, parts = true_parts(file)
    (truth,) = (t for t in truths() if t.file == file)
    stone = truth.parts_mask[parts.rows, parts.columns] == STONE
    if not stone.any():
        return
    result = recoloured(colours, parts, STANDARD.metals[metal])
    moved = delta_e_2000(parts.lab[stone], lab_from_bytes(result[parts.rows[stone], parts.columns[stone]]))

    assert float(np.median(moved)) < 0.5
    assert float(np.percentile(moved, 95)) < 3.0


@pytest.mark.parametrize("file", GOLD_WITH_STONES)
def test_recoloured_gold_leaves_stones_that_were_found_as_they_are(file: str) -> None:
    cut = cut_of(file)
    result = recoloured(cut.colours, tell_parts(cut), STANDARD.metals[RecipeMetal.ROSE_GOLD])
    (truth,) = (t for t in truths() if t.file == file)
    stone = (truth.parts_mask == 2) & (cut.coverage == 255)
    moved = delta_e_2000(lab_from_bytes(cut.colours[stone]), lab_from_bytes(result[stone]))

    assert float(np.median(moved)) < 0.5
    assert float(np.mean(moved)) < 3.0


@pytest.mark.parametrize("file", VARIED)
def test_recoloured_piece_shows_which_of_the_five_metals_it_is(file: str) -> None:
    colours, parts = true_parts(file)
    middles = {}
    for metal in METALS:
        result = recoloured(colours, parts, STANDARD.metals[metal])
        if not np.array_equal(result, colours):
            middles[metal] = _mid_tone(lab_from_bytes(result[parts.rows, parts.columns])[parts.stone == 0.0])

    assert len(middles) >= 3
    assert min(float(delta_e_2000(one, other)) for one, other in combinations(middles.values(), 2)) > 2.5
    whites = [float(middles[metal][0]) for metal in (*WHITE_METALS[1::-1], WHITE_METALS[2]) if metal in middles]
    assert whites == sorted(whites)


@pytest.mark.parametrize("metal", METALS)
def test_recoloured_metal_keeps_the_order_of_light_and_dark(metal: RecipeMetal) -> None:
    colours, parts = true_parts("signet-ring_three-quarter_photo.jpg")
    result = recoloured(colours, parts, STANDARD.metals[metal])
    before, after = parts.lab[:, 0], lab_from_bytes(result[parts.rows, parts.columns])[:, 0]

    assert np.corrcoef(np.argsort(np.argsort(before)), np.argsort(np.argsort(after)))[0, 1] > 0.99


@pytest.mark.parametrize("metal", WHITE_METALS)
def test_recoloured_gold_in_a_white_metal_has_no_warmth_left(metal: RecipeMetal) -> None:
    colours, parts = true_parts("wedding-band_three-quarter_photo-exif.jpg")
    result = recoloured(colours, parts, STANDARD.metals[metal])
    lab = lab_from_bytes(result[parts.rows, parts.columns])

    assert float(np.percentile(np.hypot(lab[:, 1], lab[:, 2]), 99)) < 4.0
    assert float(np.ptp(np.percentile(lab[:, 0], [2, 98]))) > 50.0


def test_recoloured_white_metal_in_gold_is_gold_and_not_yellow_paint() -> None:
    colours, parts = _on(_sweep(1.0, 80.0), body=Body.WHITE)
    result = recoloured(colours, parts, STANDARD.metals[RecipeMetal.YELLOW_GOLD])
    lab = lab_from_bytes(result[20])
    chroma, hue = np.hypot(lab[:, 1], lab[:, 2]), np.degrees(np.arctan2(lab[:, 2], lab[:, 1]))
    groove, shadow = lab[:, 0] < 5.0, (lab[:, 0] > 28.0) & (lab[:, 0] < 40.0)
    middle, light = (lab[:, 0] > 66.0) & (lab[:, 0] < 74.0), lab[:, 0] > 96.5

    assert chroma[groove].max(initial=0.0) < 8.0
    assert chroma[shadow].min() > 22.0
    assert chroma[middle].min() > chroma[shadow].max()
    assert chroma[light].max() < 10.0
    assert hue[shadow].mean() < hue[middle].mean() - 2.0


def test_recoloured_metal_beside_a_ruby_keeps_its_red_glow() -> None:
    lab = _sweep(38.0, 80.0)
    stone = np.zeros(lab.shape[:2], np.float32)
    stone[:10, :40] = 1.0
    lab[:10, :40] = (40.0, 55.0, 25.0)
    lab[:10, 40:60, 1:] += (18.0, -2.0)
    colours, parts = _on(lab, stone=stone)
    result = lab_from_bytes(recoloured(colours, parts, STANDARD.metals[RecipeMetal.PLATINUM]))

    assert result[5, 41:50, 1].mean() > 3.0
    assert np.abs(result[25, :, 1]).max() < 2.0


def test_recoloured_metal_on_a_blue_table_loses_the_blue() -> None:
    lab = _sweep(1.0, 80.0)
    lab[:, 60:80, 1:] += (2.0, -14.0)
    colours, parts = _on(lab, body=Body.WHITE)
    result = lab_from_bytes(recoloured(colours, parts, STANDARD.metals[RecipeMetal.SILVER]))

    assert np.hypot(result[..., 1], result[..., 2]).max() < 4.0


def test_recoloured_piece_of_two_metals_becomes_one() -> None:
    lab = _sweep(38.0, 80.0)
    lab[:20, :, 1:] = (0.2, 1.0)
    colours, parts = _on(lab)
    result = lab_from_bytes(recoloured(colours, parts, STANDARD.metals[RecipeMetal.ROSE_GOLD]))
    apart = delta_e_2000(result[5], result[35])

    assert float(np.percentile(apart, 90)) < 2.5


@pytest.mark.parametrize("metal", [RecipeMetal.YELLOW_GOLD, RecipeMetal.ROSE_GOLD])
def test_recoloured_white_metal_with_noise_of_compression_shows_no_blotches(metal: RecipeMetal) -> None:
    lab = _sweep(0.5, 80.0, 40.0, 90.0)
    noise = np.random.default_rng(5).normal(0.0, 4.0, (5, 20, 2)).repeat(8, axis=0).repeat(8, axis=1)
    lab[..., 1:] += noise
    colours, parts = _on(lab, body=Body.WHITE)
    result = lab_from_bytes(recoloured(colours, parts, STANDARD.metals[metal]))

    assert float(result[..., 1:].std(axis=0).mean()) < 0.25 * float(parts.lab[:, 1:].std())


@pytest.mark.parametrize(("low", "high"), [(1.0, 22.0), (86.0, 99.0)])
@pytest.mark.parametrize("metal", METALS)
def test_recoloured_metal_badly_exposed_comes_near_the_standard_and_keeps_its_form(
    low: float, high: float, metal: RecipeMetal
) -> None:
    colours, parts = _on(_sweep(2.0, 80.0, low, high), body=Body.WHITE)
    result = lab_from_bytes(recoloured(colours, parts, STANDARD.metals[metal]))

    assert abs(float(np.median(result[..., 0])) - STANDARD.metals[metal].mid[0]) < 8.0
    assert float(np.ptp(result[..., 0])) > np.ptp(parts.lab[:, 0])


@pytest.mark.parametrize("metal", METALS)
def test_recoloured_stone_borders_change_little_by_little(metal: RecipeMetal) -> None:
    lab = np.full((20, 60, 3), (70.0, 6.0, 36.0), np.float32)
    lab[:, 30:] = (70.0, -30.0, 20.0)
    share = np.clip((np.arange(60) - 26) / 8.0, 0.0, 1.0).astype(np.float32)
    lab = lab[:, :1] * (1 - share[None, :, None]) + lab[:, -1:] * share[None, :, None]
    colours, parts = _on(lab, stone=np.tile(share, (20, 1)))
    result = lab_from_bytes(recoloured(colours, parts, STANDARD.metals[metal]))[10]
    whole = float(delta_e_2000(result[0], result[-1]))

    assert np.array_equal(result[34:], lab_from_bytes(colours)[10, 34:])
    assert float(delta_e_2000(result[1:], result[:-1]).max()) < 0.45 * whole + 1.0


def test_recoloured_picture_is_the_same_every_time() -> None:
    colours, parts = true_parts("ruby-pendant_front_photo.jpg")
    first = recoloured(colours, parts, STANDARD.metals[RecipeMetal.SILVER])
    recoloured(*true_parts("flower-brooch_top_photo.png"), STANDARD.metals[RecipeMetal.ROSE_GOLD])

    assert np.array_equal(first, recoloured(colours, parts, STANDARD.metals[RecipeMetal.SILVER]))


def test_recoloured_picture_leaves_everything_but_the_piece_as_it_is() -> None:
    colours, parts = true_parts("drop-earrings_front_photo.jpg")
    result = recoloured(colours, parts, STANDARD.metals[RecipeMetal.ROSE_GOLD])
    outside = np.ones(colours.shape[:2], np.bool_)
    outside[parts.rows, parts.columns] = False

    assert np.array_equal(result[outside], colours[outside])


def test_recoloured_picture_without_metal_is_left_alone() -> None:
    colours, parts = true_parts("drop-earrings_front_photo.jpg")
    stones = replace(parts, stone=np.ones_like(parts.stone))

    assert np.array_equal(recoloured(colours, stones, STANDARD.metals[RecipeMetal.SILVER]), colours)


def test_tell_parts_of_clay_says_the_metal_has_no_colour() -> None:
    parts = tell_parts(cut_of("signet-ring_three-quarter_clay.jpg"))

    assert parts.body is Body.COLOURLESS
    assert parts.stone.max() < 0.1  # a pixel of the border may be in doubt


@pytest.mark.parametrize("file", GOLD_WITH_STONES)
def test_tell_parts_of_gold_finds_its_stones(file: str) -> None:
    (truth,) = (t for t in truths() if t.file == file)
    parts = tell_parts(cut_of(file), 128)
    labels = truth.parts_mask[parts.rows, parts.columns]

    assert parts.body is Body.GOLD
    assert float((parts.stone[labels == 2] > 0.5).mean()) > 0.9
    assert float((parts.stone[labels == 1] > 0.5).mean()) < 0.05


def test_house_standard_is_what_the_tests_above_judge_by() -> None:
    assert isinstance(STANDARD, HouseStandard)
    assert set(STANDARD.metals) == set(METALS)
