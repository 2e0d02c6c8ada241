"""Several pieces selected in a real studio over a real core: shown together, left out, narrowed to those to check."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from tests.ui.shown_windows import LONG_MS, shown_window

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
NAMES = ("halo-ring_top.png", "solitaire-ring_top.png", "emerald-ring_three-quarter_sketch.png")


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    """A window with three pieces, all of them selected."""
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        built.window.attendants.adding.add([str(SAMPLES / name) for name in NAMES])
        page = built.window.studio
        qtbot.waitUntil(lambda: len(page.pieces.model.keys) == len(NAMES), timeout=LONG_MS)
        page.pieces.list.selectAll()
        qtbot.waitUntil(lambda: len(page.together.model.keys) == len(NAMES), timeout=LONG_MS)
        yield built


def test_selected_pieces_are_shown_as_they_are_listed_in_place_of_one(window: Window) -> None:
    page = window.window.studio
    assert page.together.isVisible()
    assert not page.canvas.isVisible()
    assert page.together.model.keys == page.pieces.model.keys
    assert page.together.title == "3 pieces"


def test_clicked_piece_is_left_out_and_the_last_one_is_shown_alone(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    first, second, third = page.pieces.model.keys
    grid = page.together.grid
    place = grid.visualRect(page.together.model.index(1, 0)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: list(page.together.model.keys) == [first, third], timeout=LONG_MS)
    assert sorted(page.pieces.selected_keys()) == sorted([first, third])
    assert page.footer.factors.startswith("2 pieces")
    grid.setFocus()
    grid.setCurrentIndex(page.together.model.index(0, 0))
    QTest.keyClick(grid, Qt.Key.Key_Return)
    qtbot.waitUntil(page.canvas.isVisible, timeout=LONG_MS)
    assert page.pieces.selected_keys() == [third]
    qtbot.waitUntil(lambda: page.canvas.view is not None and page.canvas.view.key == third, timeout=LONG_MS)
    assert second not in page.pieces.selected_keys()


def test_pieces_to_check_are_shown_alone_and_then_all_again(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    every = list(page.pieces.model.keys)

    def doubted() -> list[int]:
        window.window.studio.pieces.list.viewport().update()
        cards = [page.pieces.model.card(row) for row in range(len(every))]
        if any(card is None or card.identifying for card in cards):
            return []
        return [card.key for card in cards if card is not None and card.checks]

    qtbot.waitUntil(lambda: 0 < len(doubted()) < len(every), timeout=LONG_MS)
    number = len(doubted())
    words = "Show the one to check" if number == 1 else f"Show the {number} to check"
    qtbot.waitUntil(lambda: page.together.check.accessibleName() == words, timeout=LONG_MS)
    page.together.check.click()
    assert list(page.together.model.keys) == doubted()
    assert page.together.check.accessibleName() == "Show all 3"
    assert sorted(page.pieces.selected_keys()) == sorted(every), "showing some selects no others"
    page.together.check.click()
    assert list(page.together.model.keys) == every
