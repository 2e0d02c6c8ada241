"""Orders of keys: what changed between two is told as few rows, and views keep what they had selected."""

import threading
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.config import Paths
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.database import Library
from dmdx_desktop.ui.keyed_model import KeyedModel, order_change
from dmdx_desktop.ui.library_source import LibrarySource
from dmdx_desktop.ui.widgets.section_grid import SectionGrid
from dmdx_desktop.ui.widgets.section_layout import Measures

KEYS = st.lists(st.integers(1, 30), unique=True, max_size=20)


@dataclass(frozen=True)
class Row:
    """A card of nothing but its key."""

    key: int


def _read(connection: Connection, keys: Sequence[int]) -> list[Row]:
    return [Row(key) for key in keys]


@pytest.fixture
def model(qapp: QApplication, tmp_path: Path) -> Iterator[KeyedModel[Row]]:
    source = LibrarySource(Paths(tmp_path))
    model: KeyedModel[Row] = KeyedModel(source, _read, lambda row: str(row.key))
    yield model
    model.deleteLater()
    source.deleteLater()


@given(KEYS, KEYS)
def test_order_change_makes_one_order_of_the_other(before: list[int], after: list[int]) -> None:
    change = order_change(array("q", before), array("q", after))
    made = before[: change.kept] + after[change.kept : change.kept + change.come] + before[change.kept + change.gone :]
    assert made == after


def test_order_change_of_one_new_row_is_one_row() -> None:
    before = array("q", range(1_000_000))
    change = order_change(before, array("q", [5_000_000]) + before)

    assert (change.kept, change.gone, change.come) == (0, 0, 1)


def test_model_keeps_to_the_rules_of_models_through_every_change(model: KeyedModel[Row]) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for keys in ([1, 2, 3], [9, 1, 2, 3], [9, 3], [], [4, 5], [4, 6, 5]):
        after = array("q", keys)
        model.replace(after, order_change(model.keys, after))
        assert list(model.keys) == keys
        assert model.rowCount() == len(keys)
    tester.deleteLater()


def test_view_keeps_selection_and_place_when_rows_come_at_the_top(model: KeyedModel[Row]) -> None:
    grid = SectionGrid(Measures(cell_width=100, cell_height=100))
    grid.resize(440, 400)
    keys = array("q", range(1000, 0, -1))
    model.replace(keys, order_change(model.keys, keys))
    grid.setModel(model)
    grid.show()
    index = model.index(400, 0)
    grid.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    grid.scrollTo(index)
    selected, top = model.keys[400], model.keys[grid.cells_in_view().start]

    more = array("q", range(1005, 0, -1))
    model.replace(more, order_change(model.keys, more))
    grid.set_sections([("", len(more))])

    assert [model.keys[row] for rows in grid.selected_rows() for row in rows] == [selected]
    assert abs(model.keys[grid.cells_in_view().start] - top) <= 5
    grid.close()
    grid.deleteLater()


def test_view_of_a_million_rows_selects_all_as_one_range(model: KeyedModel[Row]) -> None:
    grid = SectionGrid(Measures(cell_width=100, cell_height=100))
    keys = array("q", range(1_000_000))
    model.replace(keys, order_change(model.keys, keys))
    grid.setModel(model)
    grid.selectAll()

    assert grid.selected_rows() == [range(1_000_000)]
    grid.deleteLater()


@dataclass(frozen=True)
class Word:
    """A card that says something."""

    key: int
    says: str


def test_patched_card_stays_while_it_is_held_whatever_was_read_before(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    paths = Paths(tmp_path)
    Library.open(paths).close()
    source, kept = LibrarySource(paths), ["old"]
    begun, let_go = threading.Event(), threading.Event()

    def read(connection: Connection, keys: Sequence[int]) -> list[Word]:
        found = [Word(key, kept[0]) for key in keys]
        begun.set()
        assert let_go.wait(10)
        return found

    with qtbot.waitSignal(source.opened):
        source.open_early()
    model: KeyedModel[Word] = KeyedModel(source, read, lambda word: word.says)
    model.replace(array("q", [7]), order_change(array("q"), array("q", [7])))
    let_go.set()
    model.card(0)
    qtbot.waitUntil(lambda: model.known(7) == Word(7, "old"))

    let_go.clear()
    begun.clear()
    model.refresh((7,))
    model.card(0)
    qtbot.waitUntil(begun.is_set)
    model.hold((7,))
    model.patch(Word(7, "new"))
    with qtbot.waitSignal(model.arrived):
        let_go.set()
    assert model.known(7) == Word(7, "new"), "what was read before is older"

    let_go.clear()
    begun.clear()
    model.card(0)
    model.refresh((7,))
    model.card(0)
    qtbot.waitUntil(begun.is_set)
    model.release((7,))
    kept[0] = "as the library has it"
    with qtbot.waitSignal(model.arrived):
        let_go.set()
    assert model.known(7) == Word(7, "new"), "what began to be read while it was held is older as well"

    model.card(0)
    qtbot.waitUntil(lambda: model.known(7) == Word(7, kept[0]))
    model.deleteLater()
    source.close()
