"""The order of the gallery as it is read: how it differs from what is shown, and how its groups are called.

Pure but for the reading itself, which is done on reader threads.
"""

from array import array
from dataclasses import dataclass, replace
from datetime import date

from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.image_order import Grouping, ImageFilter, ImageOrder, Sorting, image_order
from dmdx_desktop.ui.folding_memory import found_again
from dmdx_desktop.ui.gallery.group_names import group_name
from dmdx_desktop.ui.keyed_model import OrderChange, order_change
from dmdx_desktop.ui.widgets.folding_grid import FoldedName, KnownBy
from dmdx_desktop.ui.widgets.section_grid import Section


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


def read_order(
    connection: Connection, shown: ShownOrder, chosen: ImageFilter, grouping: Grouping, sorting: Sorting
) -> OrderRead:
    """Read the order, its groups called as people call them. On a reader thread."""
    order, known = image_order(connection, chosen, grouping, sorting), KnownBy(grouping.value)
    folded = found_again(shown.awaited, grouping.value, (raw for raw, _ in order.groups))
    if grouping not in (Grouping.PIECE, Grouping.NONE):
        today, known = date.today(), KnownBy(grouping.value, tuple(raw for raw, _ in order.groups))
        order = replace(order, groups=tuple((group_name(raw, grouping, today), count) for raw, count in order.groups))
    if order.groups == shown.sections:
        order = replace(order, groups=shown.sections)
    return OrderRead(order, order_change(shown.keys, order.keys), known, folded)
