"""Stones by two witnesses: when the learned sense is believed, when the pixels are, and how sure they are."""

from dmdx_desktop.imaging.stone_colours import SeenGroup, agreed_groups
from dmdx_desktop.models.piece import Box, Stone
from dmdx_desktop.models.sourced import Sourced
from dmdx_desktop.models.vocabulary import StoneColour

DOUBTFUL = dict.fromkeys((StoneColour.COLOURLESS, StoneColour.CREAM, StoneColour.BLUE, StoneColour.BLACK), 0.1)


def _group(colour: StoneColour, sure: float = 0.85, share: float = 0.2, stony: float = 0.8) -> SeenGroup:
    stone = Stone(
        colour=Sourced[StoneColour](value=colour, confidence=sure),
        count=Sourced[int | None](value=1, confidence=0.8),
        places=(Box(0.4, 0.4, 0.2, 0.2),),
    )
    return SeenGroup(stone, share, stony)


def _names(stones: tuple[Stone, ...]) -> list[StoneColour]:
    return [stone.colour.value for stone in stones]


def test_agreed_groups_of_a_colour_that_both_see_keep_count_and_places() -> None:
    (blue,) = agreed_groups([_group(StoneColour.BLUE)], DOUBTFUL | {StoneColour.BLUE: 0.9})

    assert blue.colour.value is StoneColour.BLUE
    assert blue.colour.confidence > 0.75
    assert blue.count.value == 1


def test_agreed_groups_of_a_speck_that_the_sense_does_not_believe_are_none() -> None:
    assert agreed_groups([_group(StoneColour.BLUE, share=0.002, stony=0.4)], DOUBTFUL) == ()


def test_agreed_groups_name_a_disbelieved_group_as_the_sense_does() -> None:
    groups = [_group(StoneColour.COLOURLESS, 0.6, share=0.02, stony=0.5)]
    (black,) = agreed_groups(groups, DOUBTFUL | {StoneColour.BLACK: 0.97, StoneColour.COLOURLESS: 0.02})

    assert black.colour.value is StoneColour.BLACK
    assert black.places == groups[0].stone.places


def test_agreed_groups_add_a_colour_of_which_the_sense_alone_is_sure() -> None:
    stones = agreed_groups([_group(StoneColour.BLUE)], DOUBTFUL | {StoneColour.BLUE: 0.9, StoneColour.COLOURLESS: 0.97})

    assert _names(stones) == [StoneColour.BLUE, StoneColour.COLOURLESS]
    assert stones[1].count.value is None


def test_agreed_groups_join_a_disbelieved_group_with_the_largest() -> None:
    groups = [_group(StoneColour.BLUE), _group(StoneColour.BLACK, 0.5, share=0.01, stony=0.3)]
    (blue,) = agreed_groups(groups, DOUBTFUL | {StoneColour.BLUE: 0.9})

    assert (blue.count.value, len(blue.places)) == (2, 2)


def test_agreed_groups_take_the_sense_for_cream_as_a_word_for_white_pearls() -> None:
    assert _names(agreed_groups([_group(StoneColour.WHITE)], DOUBTFUL | {StoneColour.CREAM: 0.9})) == [
        StoneColour.WHITE
    ]


def test_agreed_groups_in_gold_ask_more_of_colours_of_gold() -> None:
    group = _group(StoneColour.ORANGE, 0.9, share=0.08, stony=0.7)
    in_gold = SeenGroup(group.stone, group.share, group.stony, like_gold=True)

    (alone,) = agreed_groups([group], DOUBTFUL)
    assert all(stone.colour.confidence < alone.colour.confidence for stone in agreed_groups([in_gold], DOUBTFUL))
