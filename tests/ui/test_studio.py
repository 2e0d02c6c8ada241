"""The studio in a real window over a real core: scenes shown with the piece itself, deletion by its key."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from tests.ui.shown_windows import LONG_MS, shown_window

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        yield built


def _bring(window: Window, qtbot: QtBot, name: str) -> None:
    """Have a piece in view."""
    window.window.attendants.adding.add([str(SAMPLES / name)])
    pane = window.window.studio.canvas
    qtbot.waitUntil(lambda: window.window.studio.pieces.selected_keys() != [], timeout=LONG_MS)
    qtbot.waitUntil(lambda: pane.view is not None and pane.view.references != (), timeout=LONG_MS)


def test_scene_tiles_show_the_piece_in_view_in_every_scene(window: Window, qtbot: QtBot) -> None:
    _bring(window, qtbot, "halo-ring_top.png")
    tiles = window.window.studio.recipe_step.scenes.tiles
    qtbot.waitUntil(lambda: all(not tile.preview.isNull() for tile in tiles), timeout=LONG_MS)
    shown = {tile.preview.toImage().pixelColor(2, 2).name() for tile in tiles}
    assert len(shown) > 3, "each tile shows its own scene"


def test_delete_key_asks_for_the_selected_pieces(window: Window, qtbot: QtBot) -> None:
    _bring(window, qtbot, "halo-ring_top.png")
    page = window.window.studio
    with qtbot.waitSignal(page.delete_wanted, timeout=LONG_MS) as asked:
        QTest.keyClick(page.pieces.list, Qt.Key.Key_Delete)

    assert asked.args == [page.pieces.selected_keys()]


def test_facts_say_whose_they_are_where_several_pieces_are_selected(window: Window, qtbot: QtBot) -> None:
    _bring(window, qtbot, "halo-ring_top.png")
    page = window.window.studio
    window.window.attendants.adding.add([str(SAMPLES / "solitaire-ring_top.png")])
    qtbot.waitUntil(lambda: len(page.pieces.model.keys) == 2, timeout=LONG_MS)
    page.pieces.list.selectAll()
    qtbot.waitUntil(lambda: "2 pieces" in _words(page.piece_step), timeout=LONG_MS)
    assert page.footer.button.accessibleName() == "Make 2 drafts"


def _words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]
