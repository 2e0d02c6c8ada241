"""Where stones lie, in words, from their places alone."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdx_desktop.models.stone_words import Place, place_words

CENTRE: Place = (0.4, 0.4, 0.2, 0.2)
HALO: list[Place] = [
    (0.5 + 0.15 * math.cos(turn * math.pi / 8) - 0.01, 0.5 + 0.15 * math.sin(turn * math.pi / 8) - 0.01, 0.02, 0.02)
    for turn in range(16)
]


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ([[CENTRE]], ("centre",)),
        ([[CENTRE], HALO], ("centre", "around")),
        ([[CENTRE], [(0.2, 0.45, 0.1, 0.1), (0.7, 0.45, 0.1, 0.1)]], ("centre", "on both sides")),
        ([HALO], ("in a circle",)),
        ([[(0.1 * step, 0.3 + 0.001 * step, 0.05, 0.05) for step in range(8)]], ("in a row",)),
        ([[(0.1, 0.3, 0.2, 0.2), (0.7, 0.3, 0.2, 0.2)]], ("side by side",)),
        ([[(0.1, 0.1, 0.2, 0.2), (0.1, 0.7, 0.2, 0.2)]], ("one above the other",)),
        ([[(0.1, 0.1, 0.2, 0.2), (0.1, 0.7, 0.2, 0.2), (0.5, 0.2, 0.2, 0.2)]], ("",)),
        ([[CENTRE], []], ("centre", "")),
        ([], ()),
    ],
)
def test_place_words_of_known_arrangements(groups: list[list[Place]], words: tuple[str, ...]) -> None:
    assert place_words(groups) == words


SIDES = st.floats(0.0, 1.0, allow_nan=False)


@given(st.lists(st.lists(st.tuples(SIDES, SIDES, SIDES, SIDES), max_size=9), max_size=4))
def test_place_words_of_any_places_say_one_thing_of_each_group(groups: list[list[Place]]) -> None:
    assert len(place_words(groups)) == len(groups)
