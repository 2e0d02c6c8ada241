"""The studio in a real window over a real core: scenes shown with the piece itself, deletion by its key."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from tests.ui.made_libraries import SAMPLES, MadeLibraries, one_ring
from tests.ui.shown_windows import LONG_MS, shown_window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries) -> Iterator[Window]:
    """A window with one piece in view."""
    made_libraries.copy(one_ring, tmp_path / "library")
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        studio = built.window.studio
        qtbot.waitUntil(lambda: studio.pieces.selected_keys() != [], timeout=LONG_MS)
        qtbot.waitUntil(lambda: studio.canvas.view is not None and studio.canvas.view.references != (), timeout=LONG_MS)
        yield built


def test_scene_tiles_show_the_piece_in_view_in_every_scene(window: Window, qtbot: QtBot) -> None:
    tiles = window.window.studio.recipe_step.scenes.tiles
    qtbot.waitUntil(lambda: all(not tile.preview.isNull() for tile in tiles), timeout=LONG_MS)
    shown = {tile.preview.toImage().pixelColor(2, 2).name() for tile in tiles}
    assert len(shown) > 3, "each tile shows its own scene"


def test_delete_key_asks_for_the_selected_pieces(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    with qtbot.waitSignal(page.delete_wanted, timeout=LONG_MS) as asked:
        QTest.keyClick(page.pieces.list, Qt.Key.Key_Delete)

    assert asked.args == [page.pieces.selected_keys()]


def test_facts_say_whose_they_are_where_several_pieces_are_selected(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    window.window.attendants.adding.add([str(SAMPLES / "solitaire-ring_top.png")])
    qtbot.waitUntil(lambda: len(page.pieces.model.keys) == 2, timeout=LONG_MS)
    page.pieces.list.selectAll()
    qtbot.waitUntil(lambda: "2 pieces" in _words(page.piece_step), timeout=LONG_MS)
    assert page.footer.button.accessibleName() == "Make 2 drafts"


def _words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]
