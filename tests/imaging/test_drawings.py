"""Sketches as presentation drawings: what is shown, in which colour, and that lines, paint and stones survive."""

import numpy as np
import pytest
from numpy.typing import NDArray

from dmdx_desktop.imaging.bare_paper import paper_of
from dmdx_desktop.imaging.colour import Bytes, delta_e_2000, lab_from_bytes
from dmdx_desktop.imaging.drawings import ink_on
from dmdx_desktop.imaging.metal import load_house_standard
from dmdx_desktop.models.vocabulary import RecipeMetal
from tests.imaging.sample_truth import RESOURCES, cut_of, truths
from tests.imaging.true_parts import METAL, STONE

STANDARD = load_house_standard(RESOURCES)
SKETCHES = [truth.file for truth in truths() if truth.kind == "sketch"]
METALS = sorted(set(RecipeMetal) - {RecipeMetal.AS_REFERENCE})
SIGNET = "signet-ring_three-quarter_sketch.jpg"
GOUACHE = "ruby-pendant_front_gouache.jpg"


def _on_metal(file: str, pixels: Bytes, coverage: Bytes) -> NDArray[np.float32]:
    (truth,) = (each for each in truths() if each.file == file)
    return lab_from_bytes(pixels[(truth.parts_mask == METAL) & (coverage == 255)])


@pytest.mark.parametrize("file", SKETCHES)
def test_ink_on_shows_the_piece_and_nothing_of_the_paper(file: str) -> None:
    cut = cut_of(file)
    coverage, pixels = ink_on(cut, None)
    changed = np.mean((coverage > 127) != (cut.coverage > 127))

    assert not pixels[coverage == 0].any()
    assert changed < 0.01


@pytest.mark.parametrize("metal", METALS)
def test_ink_on_lays_a_wash_of_the_metal_asked_for(metal: RecipeMetal) -> None:
    coverage, pixels = ink_on(cut_of(SIGNET), STANDARD.metals[metal])
    lab = _on_metal(SIGNET, pixels, coverage)
    middle = np.median(lab, axis=0)
    wanted = STANDARD.metals[metal].mid

    assert abs(float(middle[0]) - wanted[0]) < 12.0
    assert abs(float(middle[1]) - wanted[1]) + abs(float(middle[2]) - wanted[2]) < 11.0


def test_ink_on_models_the_wash_by_light_and_hatching() -> None:
    coverage, pixels = ink_on(cut_of(SIGNET), STANDARD.metals[RecipeMetal.YELLOW_GOLD])
    lightness = _on_metal(SIGNET, pixels, coverage)[:, 0]

    assert np.percentile(lightness, 90) - np.percentile(lightness, 10) > 20.0


def test_ink_on_keeps_the_lines_of_a_monogram_crisp() -> None:
    coverage, pixels = ink_on(cut_of(SIGNET), STANDARD.metals[RecipeMetal.WHITE_GOLD])
    face = pixels[220:352, 488:722].astype(np.int16).min(axis=-1)

    assert float((coverage[220:352, 488:722] < 255).mean()) < 0.001
    assert face.min() < 90
    assert np.abs(np.diff(face, axis=1)).max() > 60


@pytest.mark.parametrize("file", ["drop-earrings_front_sketch.png", "solitaire-ring_front_sketch.jpg"])
def test_ink_on_leaves_construction_lines_away(file: str) -> None:
    coverage, _ = ink_on(cut_of(file), None)
    (truth,) = (each for each in truths() if each.file == file)
    height, width = coverage.shape
    far = np.ones((height, width), np.bool_)
    rows, columns = np.nonzero(truth.piece_mask)
    for down in range(-20, 21, 10):
        for across in range(-20, 21, 10):
            far[np.clip(rows + down, 0, height - 1), np.clip(columns + across, 0, width - 1)] = False

    assert far.any()
    assert float((coverage[far] > 127).mean()) < 0.001


@pytest.mark.parametrize("metal", METALS)
def test_ink_on_a_painted_drawing_leaves_its_stone_and_changes_its_metal(metal: RecipeMetal) -> None:
    before, after = (ink_on(cut_of(GOUACHE), one)[1] for one in (None, STANDARD.metals[metal]))
    lab = lab_from_bytes(before)
    ruby = (lab[..., 1] > 30.0) & (lab[..., 2] < 0.9 * lab[..., 1])
    moved = delta_e_2000(lab[ruby], lab_from_bytes(after[ruby]))

    assert ruby.sum() > 10_000
    assert float(np.median(moved)) < 0.5
    assert float(np.percentile(moved, 90)) < 3.0


@pytest.mark.parametrize("metal", [RecipeMetal.WHITE_GOLD, RecipeMetal.PLATINUM, RecipeMetal.SILVER])
def test_ink_on_a_painted_drawing_in_a_white_metal_leaves_no_yellow(metal: RecipeMetal) -> None:
    coverage, pixels = ink_on(cut_of(GOUACHE), STANDARD.metals[metal])
    lab = _on_metal(GOUACHE, pixels, coverage)

    assert float(np.median(lab[:, 2])) < 4.0
    assert float(np.percentile(lab[:, 2], 90)) < 12.0


def test_ink_on_without_a_metal_keeps_the_paint() -> None:
    cut = cut_of(GOUACHE)
    (truth,) = (each for each in truths() if each.file == GOUACHE)
    _, pixels = ink_on(cut, None)
    ruby = lab_from_bytes(pixels[(truth.parts_mask == STONE) & (cut.coverage == 255)])

    assert float(np.percentile(ruby[:, 1], 75)) > 35.0


def test_ink_on_the_same_drawing_gives_the_same_pixels() -> None:
    first = ink_on(cut_of(SIGNET), STANDARD.metals[RecipeMetal.ROSE_GOLD])
    ink_on(cut_of(GOUACHE), None)
    again = ink_on(cut_of(SIGNET), STANDARD.metals[RecipeMetal.ROSE_GOLD])

    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))


@pytest.mark.parametrize("file", SKETCHES)
def test_paper_of_a_drawing_is_what_lies_beside_the_piece(file: str) -> None:
    cut = cut_of(file)
    bare = cut.coverage == 0
    for channel, paper in enumerate(paper_of(cut)):
        beside = paper[bare] - cut.colours[..., channel][bare]

        assert abs(float(np.median(beside))) < 2.5
        assert 0.75 * np.median(paper[bare]) < float(paper.min())
        assert float(paper.max()) <= 262.0
