"""Doubt that cannot be an outline: faint islands go, shallow dips are filled, true openings and parts stay."""

import numpy as np
import pytest

from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.doubt import without_dips, without_islands


def _band() -> Floats:
    """A square band with an opening in its middle."""
    piece = np.zeros((200, 200), np.float32)
    piece[30:170, 30:170] = 0.99
    piece[70:130, 70:130] = 0.01
    return piece


def test_islands_that_are_nowhere_certain_are_dropped() -> None:
    piece = _band()
    piece[10, 100:160] = 0.6

    assert np.array_equal(without_islands(piece), _band())


def test_islands_that_are_certain_stay() -> None:
    piece = _band()
    piece[5:15, 100:110] = 0.95

    assert np.array_equal(without_islands(piece), piece)


def test_islands_as_large_as_a_part_of_a_piece_stay_however_faint() -> None:
    piece = _band()
    piece[4:24, 40:160] = 0.7

    assert np.array_equal(without_islands(piece), piece)


def test_dips_that_do_not_reach_the_bottom_are_filled() -> None:
    piece = _band()
    piece[40:56, 40:60] = 0.35
    piece[140:150, 140:160] = 0.7

    filled = without_dips(piece)

    assert filled[40:56, 40:60].min() == 1.0
    assert filled[140:150, 140:160].min() == 1.0


def test_dips_that_are_open_somewhere_stay_open() -> None:
    piece = _band()
    piece[40:46, 40:60] = 0.4
    piece[42:44, 42:58] = 0.02

    assert np.array_equal(without_dips(piece), piece)


def test_dips_too_narrow_to_be_more_than_a_gap_between_links_stay() -> None:
    piece = _band()
    piece[50:53, 40:60] = 0.7

    assert np.array_equal(without_dips(piece), piece)


def test_outside_of_a_piece_is_never_filled() -> None:
    piece = np.full((60, 60), 0.3, np.float32)
    piece[20:40, 20:40] = 0.99

    assert np.array_equal(without_dips(piece), piece)


@pytest.mark.parametrize("size", [(1, 1), (3, 90), (40, 40)])
def test_any_chances_stay_chances(size: tuple[int, int]) -> None:
    piece = np.random.default_rng(5).random(size, dtype=np.float32)

    settled = without_dips(without_islands(piece))

    assert settled.shape == size
    assert float(settled.min()) >= 0.0
    assert float(settled.max()) <= 1.0
