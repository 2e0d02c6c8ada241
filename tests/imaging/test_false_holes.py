"""False holes: what is too colourful to be the table is filled, and every true opening stays one."""

import numpy as np
import pytest

from dmdx_desktop.imaging.colour import Bytes, Floats
from dmdx_desktop.imaging.false_holes import without_bare_areas, without_false_holes

GOLD, TABLE, SHADOW, GLOW = (214, 170, 96), (205, 205, 208), (120, 120, 123), (222, 212, 198)
Colour = tuple[int, int, int]


def _plate_with_opening(shown: Colour, table: Colour = TABLE) -> tuple[Floats, Bytes]:
    """A gold plate on a table, taken for open in its middle, where ``shown`` is seen."""
    piece, rgb = np.zeros((160, 160), np.float32), np.full((160, 160, 3), table, np.uint8)
    piece[30:130, 30:130], rgb[30:130, 30:130] = 0.99, GOLD
    piece[60:100, 50:110], rgb[60:100, 50:110] = 0.2, shown
    return piece, rgb


def test_opening_that_shows_gold_is_filled() -> None:
    piece, rgb = _plate_with_opening(GOLD)

    assert without_false_holes(piece, rgb)[60:100, 50:110].min() > 0.9


def test_opening_that_shows_gold_is_filled_up_to_a_rim_that_is_doubted_too() -> None:
    piece, rgb = _plate_with_opening(GOLD)
    piece[60:100, 50:110] = 0.05
    piece[100:130, 50:110] = 0.4  # the rim between the opening and the table

    filled = without_false_holes(piece, rgb)

    assert filled[60:128, 50:110].min() > 0.9
    assert filled[136:].max() < 0.1


@pytest.mark.parametrize("shown", [TABLE, SHADOW, GLOW], ids=["table", "shadow", "glow of gold on the table"])
def test_opening_that_shows_the_table_stays_open(shown: Colour) -> None:
    piece, rgb = _plate_with_opening(shown)

    assert np.array_equal(without_false_holes(piece, rgb), piece)


def test_opening_on_a_colourful_table_stays_open_in_its_shadow() -> None:
    piece, rgb = _plate_with_opening((60, 20, 26), table=(150, 30, 50))

    assert np.array_equal(without_false_holes(piece, rgb), piece)


def test_outside_of_a_piece_is_never_filled_however_colourful() -> None:
    piece, rgb = np.zeros((80, 80), np.float32), np.full((80, 80, 3), TABLE, np.uint8)
    piece[20:60, 20:60] = 0.99
    rgb[:, 60:] = GOLD

    assert np.array_equal(without_false_holes(piece, rgb), piece)


@pytest.mark.parametrize("size", [(1, 1), (4, 4), (5, 90)])
def test_smallest_pictures_do_not_fail(size: tuple[int, int]) -> None:
    rng = np.random.default_rng(2)
    piece = rng.random(size, dtype=np.float32)

    assert without_false_holes(piece, rng.integers(0, 256, (*size, 3), dtype=np.uint8)).shape == size


@pytest.mark.parametrize(("seen_before", "filled"), [(0.6, True), (0.05, False)])
def test_bare_area_of_a_drawing_is_filled_where_the_first_look_took_it_for_piece(
    seen_before: float, filled: bool
) -> None:
    piece, rgb = _plate_with_opening(TABLE)
    found = np.ones((40, 40), np.float32)
    found[15:25, 12:28] = seen_before

    assert bool(without_bare_areas(piece, found, 1.0, rgb)[64:96, 56:104].min() > 0.9) is filled


def test_bare_area_narrower_than_the_first_look_sees_stays_as_it_is() -> None:
    piece, rgb = _plate_with_opening(TABLE)

    assert np.array_equal(without_bare_areas(piece, np.ones((40, 40), np.float32), 4.0, rgb), piece)


def test_bare_area_of_a_drawing_with_facets_drawn_in_it_is_filled() -> None:
    piece, rgb = _plate_with_opening(TABLE)
    rgb[62:98:9, 52:108] = 60

    assert without_bare_areas(piece, np.zeros((40, 40), np.float32), 1.0, rgb)[64:96, 56:104].min() > 0.9


def test_bare_area_of_a_drawing_with_a_speck_in_it_stays_open() -> None:
    piece, rgb = _plate_with_opening(TABLE)
    rgb[80:84, 80:84] = 60

    assert np.array_equal(without_bare_areas(piece, np.zeros((40, 40), np.float32), 1.0, rgb), piece)


def test_bare_area_that_the_second_look_is_sure_of_stays_open() -> None:
    piece, rgb = _plate_with_opening(TABLE)
    piece[60:100, 50:110] = 0.01
    found = np.full((40, 40), 0.6, np.float32)

    assert np.array_equal(without_bare_areas(piece, found, 1.0, rgb), piece)
