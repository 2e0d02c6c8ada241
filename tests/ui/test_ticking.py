"""Boxes in the list of pieces: several selected, counted and left out with the mouse alone; the loupe on them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.ui.studio.pieces_list import PiecesList
from tests.ui.shown_windows import LONG_MS, shown_window

pytestmark = pytest.mark.by_turns("ticks in the window", of=4)

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
FOLDERS = {
    "Bands": ("wedding-band_three-quarter_photo-exif.jpg", "eternity-band_three-quarter.png"),
    "Rings": ("halo-ring_top.png", "solitaire-ring_top.png", "emerald-ring_top.png"),
}


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    """A window with five pieces in two groups; the first of them is selected."""
    for folder, names in FOLDERS.items():
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / name).write_bytes((SAMPLES / name).read_bytes())
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        built.window.attendants.adding.add([str(tmp_path / folder) for folder in FOLDERS])
        pieces = built.window.studio.pieces
        qtbot.waitUntil(lambda: len(pieces.model.keys) == 5 and len(pieces.list.sections) == 2, timeout=LONG_MS)
        pieces.list.select_first()
        yield built


def _click_box(pieces: PiecesList, row: int) -> None:
    place = pieces.box_place(pieces.visualRect(pieces.model().index(row, 0)))
    QTest.mouseClick(pieces.viewport(), Qt.MouseButton.LeftButton, pos=place.center())


def _click_heading(pieces: PiecesList, section: int) -> None:
    place = pieces.heading_box_place(pieces._heading_place(section))
    QTest.mouseClick(pieces.viewport(), Qt.MouseButton.LeftButton, pos=place.center())


def _selected(pieces: PiecesList) -> list[int]:
    return [row for rows in pieces.selected_rows() for row in rows]


def test_box_of_a_row_selects_it_besides_the_others_and_leaves_it_out_again(window: Window) -> None:
    pane = window.window.studio.pieces
    pieces = pane.list
    assert pieces.number_selected == 1
    _click_box(pieces, 2)
    assert _selected(pieces) == [0, 2]
    assert pieces.is_ticking
    assert pane.number == "2 of 5 selected"
    _click_box(pieces, 3)
    _click_box(pieces, 2)
    assert _selected(pieces) == [0, 3]
    _click_box(pieces, 0)
    assert _selected(pieces) == [3]
    assert pieces.currentIndex().row() == 3
    assert pane.number == "5"
    _click_box(pieces, 3)
    assert _selected(pieces) == [3], "one there always is"


def test_click_beside_the_box_selects_one_piece_as_before(window: Window) -> None:
    pieces = window.window.studio.pieces.list
    pieces.selectAll()
    place = pieces.visualRect(pieces.model().index(4, 0)).center()
    QTest.mouseClick(pieces.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert _selected(pieces) == [4]


def test_box_of_a_heading_selects_its_group_and_folds_nothing(window: Window) -> None:
    pieces = window.window.studio.pieces.list
    sizes = [count for _, count in pieces.sections]
    first, second = range(sizes[0]), range(sizes[0], 5)
    pieces.toggle_row(1)
    assert [pieces.ticked_in(section) for section in (0, 1)] == [2, 0]
    _click_heading(pieces, 1)
    assert not pieces.has_folded
    assert set(second) <= set(_selected(pieces))
    assert pieces.ticked_in(1) == sizes[1]
    _click_heading(pieces, 1)
    assert _selected(pieces) == [0, 1]
    _click_heading(pieces, 0)
    assert pieces.ticked_in(0) in (0, sizes[0])
    assert _selected(pieces), "one there always is"
    assert set(_selected(pieces)) <= set(first)


def test_folded_group_is_ticked_whole_by_its_heading(window: Window) -> None:
    pieces = window.window.studio.pieces.list
    pieces.toggle_row(1)
    pieces.toggle_section(1)
    _click_heading(pieces, 1)
    assert pieces.is_folded(1)
    assert pieces.ticked_in(1) == pieces.sections[1][1]


def test_ctrl_and_space_tick_the_current_piece(window: Window) -> None:
    pieces = window.window.studio.pieces.list
    pieces.setFocus()
    for _ in range(2):
        QTest.keyClick(pieces, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert _selected(pieces) == [0]
    QTest.keyClick(pieces, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert _selected(pieces) == [0, 2]


def _point_at(widget: QWidget, place: QPoint) -> None:
    """Have the pointer move there. Sent to the widget: the pointer itself belongs to all windows of the process."""
    none = Qt.MouseButton.NoButton
    at = QPointF(place)
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, QPointF(widget.mapToGlobal(place)), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, moved)


def test_loupe_goes_from_tile_to_tile_at_the_same_spot_and_closes(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    page.pieces.list.selectAll()
    qtbot.waitUntil(lambda: len(page.together.model.keys) == 5, timeout=LONG_MS)
    grid, close_up = page.together.grid, page.together.close_up
    grid.setFocus()
    grid.setCurrentIndex(page.together.model.index(0, 0))
    QTest.keyClick(grid, Qt.Key.Key_Space)
    qtbot.waitUntil(close_up.loupe.isVisible, timeout=LONG_MS)
    assert close_up.key == page.together.model.keys[0]
    assert close_up.loupe.scale == 1.0
    tile = grid.visualRect(page.together.model.index(0, 0))
    _point_at(grid.viewport(), tile.center() - QPoint(20, 30))
    assert close_up.loupe.spot != QPointF(0.5, 0.5)
    spot = close_up.loupe.spot
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert close_up.key == page.together.model.keys[1]
    qtbot.waitUntil(lambda: close_up.loupe.view.x == spot.x(), timeout=LONG_MS)
    assert close_up.loupe.spot == spot
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    assert not close_up.is_open
    assert not close_up.loupe.isVisible()
    assert len(page.pieces.selected_keys()) == 5, "closing the loupe selects nothing else"


def test_loupe_closes_when_its_piece_is_left_out(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    page.pieces.list.selectAll()
    qtbot.waitUntil(lambda: len(page.together.model.keys) == 5, timeout=LONG_MS)
    key = page.pieces.selected_keys()[0]
    QTest.keyClick(page.pieces.list, Qt.Key.Key_Space)
    assert page.together.close_up.key == key
    page.pieces.leave_out(key)
    qtbot.waitUntil(lambda: not page.together.close_up.is_open, timeout=LONG_MS)


def test_loupe_of_one_piece_shows_every_pixel_of_its_reference(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    qtbot.waitUntil(lambda: page.canvas.view is not None, timeout=LONG_MS)
    QTest.keyClick(page.pieces.list, Qt.Key.Key_Space)
    assert page.canvas.loupe.isVisible()
    assert page.canvas.loupe.scale == 1.0
    QTest.keyClick(page.canvas.canvas, Qt.Key.Key_Space)
    assert not page.canvas.loupe.isVisible()


def test_arrows_of_step_3_page_through_the_texts_of_all_selected_pieces(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    page.pieces.list.selectAll()
    qtbot.waitUntil(lambda: page.check_step.place == "1 of 5", timeout=LONG_MS)
    seen = {page.check_step.text.toPlainText()}
    for place in (2, 3, 4, 5, 1):
        page.check_step.ahead.click()
        _wait_for_place(window, qtbot, place)
        seen.add(page.check_step.text.toPlainText())
    page.check_step.back.click()
    qtbot.waitUntil(lambda: page.check_step.place == "5 of 5", timeout=LONG_MS)
    assert len(seen) > 1
    assert len(page.pieces.selected_keys()) == 5, "paging selects nothing else"


def _wait_for_place(window: Window, qtbot: QtBot, place: int) -> None:
    page = window.window.studio
    qtbot.waitUntil(lambda: page.check_step.place == f"{place} of 5", timeout=LONG_MS)
    key = page.pieces.model.keys[place - 1]
    qtbot.waitUntil(lambda: _shown_key(window) == key, timeout=LONG_MS)


def _shown_key(window: Window) -> int | None:
    view = window.window.studio.canvas.view
    return None if view is None else view.key
