"""A grid takes on another order of its rows, and what was selected stays selected where it went. GUI thread.

A view keeps the rows above and below the block that changed. A row that moved goes and comes within that block, and
Qt has let go of it by then: it is found again by its key.
"""

from array import array
from itertools import chain
from typing import Any, Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from dmdx_desktop.ui.keyed_model import KeyedModel, OrderChange
from dmdx_desktop.ui.widgets.section_grid import SectionGrid

MOST_LOOKED_AT: Final = 4_000_000
"""Keys compared to find moved ones again, about 10 ms; past it, many selected among a million, they are let go."""


def replace_order(grid: SectionGrid, model: KeyedModel[Any], keys: "array[int]", change: OrderChange) -> None:
    """Take on ``keys`` as the order of the grid's model; ``change`` is what ``order_change`` found."""
    block = range(change.kept, change.kept + change.gone)
    parts = (range(max(rows.start, block.start), min(rows.stop, block.stop)) for rows in grid.selected_rows())
    most = MOST_LOOKED_AT // max(1, change.come)
    moved = [rows for rows in parts if rows]
    selected = [model.keys[row] for row in chain.from_iterable(moved)] if sum(map(len, moved)) <= most else []
    current = grid.currentIndex().row()
    current_key = model.keys[current] if current in block else None
    model.replace(keys, change)
    _take_up(grid, model, selected, current_key, range(change.kept, change.kept + change.come))


def _take_up(grid: SectionGrid, model: KeyedModel[Any], selected: list[int], current: int | None, block: range) -> None:
    chosen = grid.selectionModel()
    if current is not None and (row := _row_in(model.keys, current, block)) is not None:
        chosen.setCurrentIndex(model.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    rows = QItemSelection()
    for key in selected:
        if (row := _row_in(model.keys, key, block)) is not None:
            rows.select(model.index(row, 0), model.index(row, 0))
    if not rows.isEmpty():
        chosen.select(rows, QItemSelectionModel.SelectionFlag.Select)


def _row_in(keys: "array[int]", key: int, block: range) -> int | None:
    try:
        return keys.index(key, block.start, block.stop)
    except ValueError:
        return None
