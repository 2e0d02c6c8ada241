"""Mattes: soft edges get their true share, and colours are freed of what was behind them."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from dmdx_desktop.imaging.colour import Bytes
from dmdx_desktop.imaging.edge_signs import Circumstances
from dmdx_desktop.imaging.matte import Matte, refine
from tests.imaging.sample_truth import the_eye

GOLD = (196, 150, 60)


def _disc(side: int = 240) -> Bytes:
    """Coverage of a disc in the middle, exact to a sixteenth of a pixel."""
    large = Image.new("L", (4 * side, 4 * side))
    ImageDraw.Draw(large).ellipse((1.2 * side, 1.2 * side, 2.8 * side, 2.8 * side), fill=255)
    return np.asarray(large.resize((side, side), Image.Resampling.BOX))


def _refined(rgb: Bytes, piece: Bytes) -> Matte:
    return refine(rgb, piece, the_eye().shares, Circumstances(photo=1.0, cad=0.0, enlarged=1.0))


def _mixed(coverage: Bytes, piece: tuple[int, int, int], ground: tuple[int, int, int]) -> Bytes:
    share = coverage[..., None] / 255
    return np.rint(np.array(piece) * share + np.array(ground) * (1 - share)).astype(np.uint8)


def _as_seen(coverage: Bytes) -> Bytes:
    """What an eye that is a little unsure of the edge says."""
    return np.asarray(Image.fromarray(coverage).filter(ImageFilter.GaussianBlur(1.2)))


@pytest.mark.parametrize("ground", [(250, 250, 250), (12, 12, 14), (40, 60, 130)])
def test_refine_of_an_uncertain_edge_finds_the_share_that_the_colours_tell(ground: tuple[int, int, int]) -> None:
    true = _disc()
    matte = _refined(_mixed(true, GOLD, ground), _as_seen(true))

    gap = np.abs(matte.coverage.astype(int) - true)
    assert gap.mean() < np.abs(_as_seen(true).astype(int) - true).mean() / 2
    assert np.percentile(gap, 99.5) < 40


@pytest.mark.parametrize("ground", [(250, 250, 250), (12, 12, 14), (40, 60, 130)])
def test_refine_leaves_no_halo_of_the_old_background_in_the_colours(ground: tuple[int, int, int]) -> None:
    true = _disc()
    matte = _refined(_mixed(true, GOLD, ground), _as_seen(true))

    edge = (matte.coverage > 20) & (matte.coverage < 250)
    assert edge.sum() > 200
    assert np.abs(matte.colours[edge].astype(int) - GOLD).mean() < 12


def test_refine_where_colours_tell_nothing_stays_near_what_the_eye_says() -> None:
    true = _disc()
    seen = _as_seen(true)
    matte = _refined(np.full((240, 240, 3), 200, np.uint8), seen)

    between = (seen > 8) & (seen < 246)
    assert np.abs(matte.coverage[between].astype(int) - true[between]).mean() < 40
    assert (matte.coverage[seen > 200] > 127).mean() > 0.98
    assert (matte.coverage[seen < 55] < 128).mean() > 0.98


def test_refine_of_what_is_surely_piece_or_surely_not_changes_nothing() -> None:
    rng = np.random.default_rng(4)
    rgb = rng.integers(0, 256, (60, 80, 3), dtype=np.uint8)

    assert (_refined(rgb, np.full((60, 80), 255, np.uint8)).coverage == 255).all()
    assert np.array_equal(_refined(rgb, np.full((60, 80), 255, np.uint8)).colours, rgb)
    assert not _refined(rgb, np.zeros((60, 80), np.uint8)).coverage.any()


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (16, 16)])
def test_refine_of_the_smallest_parts_does_not_fail(size: tuple[int, int]) -> None:
    rng = np.random.default_rng(9)
    rgb = rng.integers(0, 256, (*size, 3), dtype=np.uint8)
    piece = rng.integers(0, 256, size, dtype=np.uint8)

    assert _refined(rgb, piece).coverage.shape == size
