"""The studio below 1200 pixels in a real window: a rail of pieces, steps by tabs, and the panels as wide as before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.ui.page_deeds import Deed
from dmdx_desktop.ui.studio.pieces_pane import RAIL_WIDTH
from dmdx_desktop.ui.studio.rail_search import RailSearch
from dmdx_desktop.ui.widgets.elided_label import ElidedLabel
from tests.ui.made_libraries import MadeLibraries, one_ring
from tests.ui.shown_windows import LONG_MS, shown_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries) -> Iterator[Window]:
    made_libraries.copy(one_ring, tmp_path / "library")
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        qtbot.waitUntil(lambda: built.window.studio.canvas.view is not None, timeout=LONG_MS)
        yield built


def test_narrow_window_has_a_rail_and_one_step_at_a_time(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    window.window.resize(1000, 700)
    qtbot.waitUntil(lambda: page.pieces.width() == RAIL_WIDTH, timeout=LONG_MS)
    steps = (page.piece_step, page.recipe_step, page.check_step)
    assert [step.isVisible() for step in steps] == [True, False, False]
    page.steps.tabs.choose("1")
    page.steps.tabs.chosen.emit("1")
    assert [step.isVisible() for step in steps] == [False, True, False]
    assert page.footer.button.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_find_in_a_narrow_window_opens_the_search_beside_the_rail(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    window.window.resize(1000, 700)
    qtbot.waitUntil(lambda: page.pieces.width() == RAIL_WIDTH, timeout=LONG_MS)
    page.pieces.start_searching()
    search = page.pieces.findChild(RailSearch)
    assert search is not None
    qtbot.waitUntil(search.isVisible, timeout=LONG_MS)
    search.field.setText("nothing is called so")
    qtbot.waitUntil(lambda: len(page.pieces.model.keys) == 0, timeout=LONG_MS)
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    assert not search.isVisible()
    assert page.pieces.search.text() == "nothing is called so", "the wide list has the same words"
    page.pieces.clear_filters()
    qtbot.waitUntil(lambda: len(page.pieces.model.keys) == 1, timeout=LONG_MS)
    assert search.field.text() == ""


def test_panels_are_as_wide_as_before_once_there_is_room_again(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    window.window.resize(1440, 900)
    before = (page.pieces.width(), page.footer.width())
    window.window.resize(960, 600)
    qtbot.waitUntil(lambda: page.pieces.width() == RAIL_WIDTH, timeout=LONG_MS)
    assert page.footer.width() == before[1], "the inspector does not jump"
    window.window.resize(1440, 900)
    qtbot.waitUntil(lambda: (page.pieces.width(), page.footer.width()) == before, timeout=LONG_MS)
    assert page.piece_step.isVisible()
    assert page.check_step.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_find_of_the_menu_reaches_the_field_beside_the_rail(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    window.window.resize(1000, 700)
    qtbot.waitUntil(lambda: page.pieces.width() == RAIL_WIDTH, timeout=LONG_MS)

    window.window.deeds()[Deed.FIND]()

    search = page.pieces.findChild(RailSearch)
    assert search is not None
    qtbot.waitUntil(search.isVisible, timeout=LONG_MS)
    assert search.focusWidget() is search.field


def test_long_title_is_shortened_and_whole_in_its_tool_tip(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    window.window.resize(960, 600)
    qtbot.waitUntil(lambda: page.pieces.width() == RAIL_WIDTH, timeout=LONG_MS)
    label = next(one for one in page.canvas.findChildren(ElidedLabel) if one.text() == "halo-ring_top")
    name = "a ring with a name that is much longer than the bar above its picture is wide " * 2
    label.setText(name)
    qtbot.waitUntil(lambda: label.width() > 0)

    assert label.shown_text.endswith("…")
    assert page.canvas.surrounds.geometry().right() < page.canvas.width()
    assert label.toolTip() == name
