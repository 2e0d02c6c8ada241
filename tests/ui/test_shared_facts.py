"""Facts of several pieces as chips: which values there are, how many pieces have each, and how many have none."""

from collections import Counter

from dmdx_desktop.ui.studio.fact_chip import shared_looks
from dmdx_desktop.ui.studio.fact_words import MAIN_FACTS

METAL = next(kind for kind in MAIN_FACTS if kind.name == "metal")


def _words(**values: int) -> list[tuple[str, str]]:
    return [(one.look.text, one.look.note) for one in shared_looks(METAL, Counter(values))]


def test_shared_value_of_all_pieces_says_so() -> None:
    assert _words(yellow_gold=12) == [("Yellow gold", "all")]


def test_mixed_values_come_with_their_numbers_and_the_unknown_last() -> None:
    assert _words(unknown=5, white_gold=3, rose_gold=2) == [("White gold", "3"), ("Rose gold", "2"), ("Unknown", "5")]


def test_more_values_than_there_is_room_for_share_a_chip_and_no_piece_is_lost() -> None:
    four = _words(yellow_gold=6, white_gold=3, rose_gold=2, platinum=1)
    assert four == [("Yellow gold", "6"), ("White gold", "3"), ("Other", "3")]
    with_unknown = _words(unknown=4, yellow_gold=6, white_gold=3, rose_gold=2)
    assert with_unknown == [("Yellow gold", "6"), ("Other", "5"), ("Unknown", "4")]


def test_value_that_no_piece_has_is_asked_for() -> None:
    assert _words(unknown=12) == [("Add metal", "")]
