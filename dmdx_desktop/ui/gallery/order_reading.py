"""The order of the gallery as it is read: how it differs from what is shown, and how its groups are called.

Pure but for the reading itself, which is done on reader threads.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from dmdx_desktop.library.catalogue import ImageCard, image_cards
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.image_order import Grouping, ImageFilter, ImageOrder, Sorting, image_order
from dmdx_desktop.ui.folding_memory import found_again, marks_of
from dmdx_desktop.ui.gallery.group_names import group_name
from dmdx_desktop.ui.keyed_model import OrderChange, order_change
from dmdx_desktop.ui.widgets.folding_grid import FoldedName, KnownBy
from dmdx_desktop.ui.widgets.section_grid import Section

FIRST_SORTING: Final = Sorting.NEWEST
FIRST_GROUPING: Final = Grouping.PIECE
FIRST_CARDS: Final = 60
"""So many images come with the first order: what the first screen of a usual window shows, and some more."""


@dataclass(frozen=True, slots=True)
class ShownOrder:
    """What the gallery shows while it asks, and which groups it would fold if they came."""

    keys: "array[int]"
    sections: tuple[Section, ...]
    awaited: frozenset[str]


@dataclass(frozen=True, slots=True)
class OrderRead:
    """The order as it is now; sections that are as they are shown are the very same tuple."""

    order: ImageOrder
    change: OrderChange
    known: KnownBy
    folded: dict[str, FoldedName]
    cards: tuple[ImageCard, ...] = ()
    """The first images, where nothing is shown yet: they are in view at once."""


@dataclass(frozen=True, slots=True)
class OrderQuestion:
    """What the gallery asks of the library; a value, so that one that was asked ahead is known again."""

    shown: ShownOrder
    chosen: ImageFilter
    grouping: Grouping
    sorting: Sorting

    def __call__(self, connection: Connection) -> OrderRead:
        """The answer. On a reader thread."""
        return read_order(connection, self)


def first_question(marks: Iterable[str]) -> OrderQuestion:
    """What a gallery asks first, of whose groups those of ``marks`` were folded."""
    shown = ShownOrder(array("q"), (), marks_of(FIRST_GROUPING.value, marks))
    return OrderQuestion(shown, ImageFilter(), FIRST_GROUPING, FIRST_SORTING)


def read_order(connection: Connection, asked: OrderQuestion) -> OrderRead:
    """Read the order, its groups called as people call them. On a reader thread."""
    shown, grouping = asked.shown, asked.grouping
    order, known = image_order(connection, asked.chosen, grouping, asked.sorting), KnownBy(grouping.value)
    folded = found_again(shown.awaited, grouping.value, (raw for raw, _ in order.groups))
    if grouping not in (Grouping.PIECE, Grouping.NONE):
        today, known = date.today(), KnownBy(grouping.value, tuple(raw for raw, _ in order.groups))
        order = replace(order, groups=tuple((group_name(raw, grouping, today), count) for raw, count in order.groups))
    if order.groups == shown.sections:
        order = replace(order, groups=shown.sections)
    cards = () if shown.keys else tuple(image_cards(connection, order.keys[:FIRST_CARDS].tolist()))
    return OrderRead(order, order_change(shown.keys, order.keys), known, folded, cards)
