"""Metals: the house standard as data, mid-tones that meet it, and stones that stay as they are."""

import numpy as np
import pytest
from pydantic import ValidationError

from dmdx_desktop.imaging.colour import delta_e_2000, lab_from_bytes
from dmdx_desktop.imaging.metal import HouseStandard, load_house_standard, recoloured
from dmdx_desktop.imaging.parts import Body, tell_parts
from dmdx_desktop.models.vocabulary import RecipeMetal
from tests.imaging.sample_truth import RESOURCES, cut_of, truths

GOLD_WITH_STONES = ("solitaire-ring_top.png", "emerald-ring_top.png", "flower-brooch_top.jpg", "emerald-ring_front.png")


@pytest.fixture(scope="module")
def standard() -> HouseStandard:
    return load_house_standard(RESOURCES)


def test_load_house_standard_holds_every_metal_a_recipe_may_ask_for(standard: HouseStandard) -> None:
    assert set(standard.metals) == set(RecipeMetal) - {RecipeMetal.AS_REFERENCE}


def test_house_standard_with_an_unknown_field_is_refused(standard: HouseStandard) -> None:
    wrong = standard.model_dump(mode="json") | {"purity": "18k"}
    with pytest.raises(ValidationError):
        HouseStandard.model_validate(wrong)


@pytest.mark.parametrize("metal", sorted(set(RecipeMetal) - {RecipeMetal.AS_REFERENCE}))
@pytest.mark.parametrize("file", ["wedding-band_three-quarter_photo-exif.jpg", "solitaire-ring_front.png"])
def test_recoloured_metal_has_its_mid_tone_near_the_standard(
    file: str, metal: RecipeMetal, standard: HouseStandard
) -> None:
    cut = cut_of(file)
    parts = tell_parts(cut)
    result = recoloured(cut.colours, parts, standard.metals[metal])
    core = parts.metal & (cut.coverage[parts.rows, parts.columns] == 255)
    middle = np.median(lab_from_bytes(result[parts.rows[core], parts.columns[core]]), axis=0)

    assert delta_e_2000(middle, np.asarray(standard.metals[metal].mid, np.float32)) < 6.0


@pytest.mark.parametrize("file", GOLD_WITH_STONES)
def test_recoloured_gold_leaves_its_stones_as_they_are(file: str, standard: HouseStandard) -> None:
    cut = cut_of(file)
    result = recoloured(cut.colours, tell_parts(cut), standard.metals[RecipeMetal.ROSE_GOLD])
    (truth,) = (t for t in truths() if t.file == file)
    stone = (truth.parts_mask == 2) & (cut.coverage == 255)
    moved = delta_e_2000(lab_from_bytes(cut.colours[stone]), lab_from_bytes(result[stone]))

    assert float(np.median(moved)) < 0.5
    assert float(np.mean(moved)) < 3.0


def test_recoloured_metal_keeps_the_order_of_light_and_dark(standard: HouseStandard) -> None:
    cut = cut_of("signet-ring_three-quarter_photo.jpg")
    parts = tell_parts(cut)
    result = recoloured(cut.colours, parts, standard.metals[RecipeMetal.SILVER])
    sure = parts.stone == 0
    before = parts.lab[sure, 0]
    after = lab_from_bytes(result[parts.rows[sure], parts.columns[sure]])[:, 0]

    assert np.corrcoef(np.argsort(np.argsort(before)), np.argsort(np.argsort(after)))[0, 1] > 0.97


def test_tell_parts_of_clay_says_the_metal_has_no_colour() -> None:
    parts = tell_parts(cut_of("signet-ring_three-quarter_clay.jpg"))

    assert parts.body is Body.COLOURLESS
    assert not (parts.stone > 0).any()


@pytest.mark.parametrize("file", GOLD_WITH_STONES)
def test_tell_parts_of_gold_finds_its_stones(file: str) -> None:
    (truth,) = (t for t in truths() if t.file == file)
    parts = tell_parts(cut_of(file), 128)
    labels = truth.parts_mask[parts.rows, parts.columns]

    assert parts.body is Body.GOLD
    assert float((parts.stone[labels == 2] > 0.5).mean()) > 0.9
    assert float((parts.stone[labels == 1] > 0.5).mean()) < 0.05
