"""Metal and stones within a cut-out: told apart on the samples, with a confidence that means something."""

import numpy as np
import pytest

from dmdx_desktop.imaging.parts import Body, tell_parts
from tests.imaging.sample_truth import Truth, cut_of, truths

STONE = 2


def _share_right(truth: Truth) -> float:
    """Of the pixels that are covered, truly and as found, the share that is told rightly."""
    parts = tell_parts(cut_of(truth.file), 128)
    true = truth.parts_mask[parts.rows, parts.columns]
    both = true > 0
    return float(((parts.stone > 0.5) == (true == STONE))[both].mean())


@pytest.mark.by_turns("parts of samples")
@pytest.mark.parametrize(("kind", "least"), [("photo", 0.93), ("cad", 0.93), ("sketch", 0.85)])
def test_tell_parts_of_samples_of_a_kind_tells_metal_from_stones(kind: str, least: float) -> None:
    shares = [_share_right(truth) for truth in truths() if truth.kind == kind]

    assert len(shares) >= 8
    assert np.mean(shares) >= least


def test_tell_parts_of_pieces_without_stones_finds_next_to_none() -> None:
    plain = [t for t in truths() if not t.stone_colours and t.kind != "sketch"]

    assert len(plain) >= 6
    for truth in plain:
        assert (tell_parts(cut_of(truth.file), 128).stone > 0.5).mean() < 0.03


def test_tell_parts_says_how_much_of_it_is_likely_right() -> None:
    said = [tell_parts(cut_of(truth.file), 128).confidence for truth in truths()]
    right = [_share_right(truth) for truth in truths()]

    assert abs(np.mean(said) - np.mean(right)) < 0.05


def test_tell_parts_takes_the_body_from_the_tone_of_the_metal() -> None:
    assert tell_parts(cut_of("emerald-ring_front_photo.png")).body is Body.GOLD
    assert tell_parts(cut_of("halo-ring_top_photo.jpg")).body is Body.WHITE
    assert tell_parts(cut_of("signet-ring_three-quarter_clay.jpg")).body is Body.COLOURLESS
