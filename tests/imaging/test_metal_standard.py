"""The house standard as data, and the ramps and curves made from it."""

import numpy as np
import pytest
from pydantic import ValidationError

from dmdx_desktop.imaging.metal_ramp import RICHNESSES, STEPS, lightness_steps, ramp_of
from dmdx_desktop.imaging.metal_standard import HouseStandard, MetalStandard, load_house_standard
from dmdx_desktop.imaging.metal_tone import percentiles_of, steps_of, tone_curve
from dmdx_desktop.models.vocabulary import RecipeMetal
from tests.imaging.sample_truth import RESOURCES

STANDARD = load_house_standard(RESOURCES)
METALS = sorted(STANDARD.metals)


def _counts(low: float, high: float) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    lightness = np.random.default_rng(1).uniform(low, high, 20_000).astype(np.float32)
    return np.bincount(steps_of(lightness), minlength=STEPS)


def test_load_house_standard_holds_every_metal_a_recipe_may_ask_for() -> None:
    assert set(STANDARD.metals) == set(RecipeMetal) - {RecipeMetal.AS_REFERENCE}


@pytest.mark.parametrize("metal", METALS)
def test_house_standard_says_where_each_number_comes_from(metal: RecipeMetal) -> None:
    source = STANDARD.metals[metal].source.lower()

    assert "by eye" in source
    assert any(word in source for word in ("reflect", "astm", "iso"))


def test_house_standard_with_an_unknown_field_is_refused() -> None:
    wrong = STANDARD.model_dump(mode="json") | {"purity": "18k"}
    with pytest.raises(ValidationError):
        HouseStandard.model_validate(wrong)


def test_metal_standard_with_a_falling_tone_is_refused() -> None:
    wrong = STANDARD.metals[RecipeMetal.SILVER].model_dump(mode="json")
    wrong["tone"]["p90"] = 20.0
    with pytest.raises(ValidationError, match="rises"):
        MetalStandard.model_validate(wrong)


@pytest.mark.parametrize("metal", METALS)
def test_ramp_goes_through_the_mid_tone_and_ends_without_colour(metal: RecipeMetal) -> None:
    standard = STANDARD.metals[metal]
    ramp = ramp_of(standard)
    at_mid = ramp.usual[round(standard.mid[0] / 100.0 * (STEPS - 1))]

    assert ramp.colours.shape == (RICHNESSES, STEPS, 2)
    assert at_mid == pytest.approx(np.asarray(standard.mid[1:]), abs=0.6)
    assert np.abs(ramp.colours[:, [0, -1]]).max() < 0.5


@pytest.mark.parametrize("metal", [RecipeMetal.YELLOW_GOLD, RecipeMetal.ROSE_GOLD])
def test_ramp_of_gold_is_richer_and_redder_where_light_was_passed_on(metal: RecipeMetal) -> None:
    colours = ramp_of(STANDARD.metals[metal]).colours[:, STEPS // 2]
    chroma, hue = np.hypot(*colours.T), np.arctan2(colours[:, 1], colours[:, 0])

    assert (np.diff(chroma) > 0).all()
    assert (np.diff(hue) < 0).all()


@pytest.mark.parametrize(("low", "high"), [(2, 98), (1, 20), (85, 99), (60, 62), (30, 31)])
@pytest.mark.parametrize("metal", METALS)
def test_tone_curve_rises_from_black_and_brings_the_middle_near_the_standard(
    low: float, high: float, metal: RecipeMetal
) -> None:
    standard, counts = STANDARD.metals[metal], _counts(low, high)
    curve = tone_curve(counts, standard)
    middle = float(np.interp(percentiles_of(counts)[3], lightness_steps(), curve))

    assert curve[0] < 1.0
    assert (np.diff(curve) >= -1e-4).all()
    assert abs(middle - standard.mid[0]) < 6.5
    assert 0.0 <= curve.min() <= curve.max() <= 100.0


@pytest.mark.parametrize("metal", METALS)
def test_tone_curve_of_metal_as_it_should_be_changes_little(metal: RecipeMetal) -> None:
    standard = STANDARD.metals[metal]
    percentiles = [0.0, 2.0, 10.0, 25.0, 50.0, 75.0, 90.0, 98.0, 100.0]
    drawn = np.interp(np.linspace(0, 100, 40_000), percentiles, [0.0, *standard.tone_lightness, 100.0])
    curve = tone_curve(np.bincount(steps_of(drawn.astype(np.float32)), minlength=STEPS), standard)

    assert np.abs(curve - lightness_steps())[20:].max() < 2.5
