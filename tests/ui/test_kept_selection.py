"""A grid whose rows move keeps what was selected, by key."""

import random
import time
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QApplication

from dmdx_desktop.config import Paths
from dmdx_desktop.ui.kept_selection import replace_order
from dmdx_desktop.ui.keyed_model import KeyedModel, order_change
from dmdx_desktop.ui.library_source import LibrarySource
from dmdx_desktop.ui.widgets.section_grid import SectionGrid
from dmdx_desktop.ui.widgets.section_layout import Measures


@dataclass(frozen=True)
class Row:
    """A card of nothing but its key."""

    key: int


@pytest.fixture
def model(qapp: QApplication, tmp_path: Path) -> Iterator[KeyedModel[Row]]:
    source = LibrarySource(Paths(tmp_path))
    model: KeyedModel[Row] = KeyedModel(
        source, lambda connection, keys: [Row(key) for key in keys], lambda row: str(row.key)
    )
    yield model
    model.deleteLater()
    source.deleteLater()


@pytest.fixture
def grid(model: KeyedModel[Row]) -> Iterator[SectionGrid]:
    grid = SectionGrid(Measures(cell_width=100, cell_height=100))
    grid.resize(440, 400)
    grid.setModel(model)
    grid.show()
    yield grid
    grid.close()
    grid.deleteLater()


def _take_on(grid: SectionGrid, model: KeyedModel[Row], keys: Sequence[int]) -> None:
    after = array("q", keys)
    replace_order(grid, model, after, order_change(model.keys, after))


def _select(grid: SectionGrid, model: KeyedModel[Row], keys: Sequence[int]) -> None:
    chosen = grid.selectionModel()
    chosen.clear()
    for key in keys:
        row = model.row_of(key)
        assert row is not None
        chosen.select(model.index(row, 0), QItemSelectionModel.SelectionFlag.Select)
        chosen.setCurrentIndex(model.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)


def _selected(grid: SectionGrid, model: KeyedModel[Row]) -> list[int]:
    return [model.keys[row] for rows in grid.selected_rows() for row in rows]


def test_selection_stays_when_the_order_is_turned_round(grid: SectionGrid, model: KeyedModel[Row]) -> None:
    _take_on(grid, model, range(1, 7))
    _select(grid, model, [2, 5])

    _take_on(grid, model, range(6, 0, -1))

    assert _selected(grid, model) == [5, 2]
    assert model.keys[grid.currentIndex().row()] == 5


def test_selection_is_that_of_the_keys_through_any_orders(grid: SectionGrid, model: KeyedModel[Row], seed: int) -> None:
    chance = random.Random(seed)
    keys = list(range(1, 40))
    _take_on(grid, model, keys)
    selected = set(chance.sample(keys, 5))
    _select(grid, model, sorted(selected))
    for _ in range(60):
        keys = chance.sample(keys, len(keys)) if chance.random() < 0.3 else keys[:]
        for _ in range(chance.randrange(3)):
            gone = chance.choice(keys)
            keys.remove(gone)
            selected.discard(gone)
        for _ in range(chance.randrange(4)):
            keys.insert(chance.randrange(len(keys) + 1), max(keys) + 1)
        _take_on(grid, model, keys)
        assert set(_selected(grid, model)) == selected


def test_million_selected_rows_in_another_order_are_let_go_quickly(grid: SectionGrid, model: KeyedModel[Row]) -> None:
    _take_on(grid, model, range(1_000_000))
    grid.selectAll()
    after = array("q", range(999_999, -1, -1))
    change = order_change(model.keys, after)

    began = time.perf_counter()
    replace_order(grid, model, after, change)

    assert time.perf_counter() - began < 0.25
    assert _selected(grid, model) == []
