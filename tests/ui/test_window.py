"""The window over a real core: sample pieces become finished pictures in view, ratings last, a dead core comes back."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.config import Paths
from dmdx_desktop.library import outputs
from dmdx_desktop.library.database import LibraryReader
from dmdx_desktop.ui.export.export_dialog import ExportChoice
from dmdx_desktop.ui.top_bar import Workspace
from tests.ui.shown_windows import LONG_MS, shown_window

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        yield built


def _ratings(paths: Paths) -> list[int]:
    reader = LibraryReader.open(paths)
    try:
        return [row.rating for row in reader.read_blocking(outputs.page)]
    finally:
        reader.close()


def _drop(window: Window, files: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window.window, QDragEnterEvent(QPoint(400, 400), action, data, button, none))
    QApplication.sendEvent(window.window, QDropEvent(QPointF(400, 400), action, data, button, none))


def test_sample_pieces_become_finished_pictures_in_view_and_a_rating_lasts(window: Window, qtbot: QtBot) -> None:
    page, gallery = window.window.studio, window.window.gallery
    assert not page.has_pieces
    page.welcome.samples_wanted.emit()
    qtbot.waitUntil(lambda: len(page.pieces.model.keys) == 6, timeout=LONG_MS)
    qtbot.waitUntil(lambda: len(gallery.model.keys) == 12, timeout=LONG_MS)
    window.window.show_workspace(Workspace.GALLERY)
    key = gallery.model.keys[0]
    gallery.show_image(key)
    qtbot.waitUntil(lambda: (card := gallery.model.known(key)) is not None and card.title != "", timeout=LONG_MS)
    QTest.keyClick(gallery.grid, Qt.Key.Key_4)

    card = gallery.model.known(key)
    assert card is not None
    assert card.rating == 4, "the rating is shown at once"
    qtbot.waitUntil(lambda: 4 in _ratings(window.parts.paths), timeout=LONG_MS)
    assert not window.window.grab().toImage().isNull()


def test_dropped_file_becomes_a_piece_its_recipe_a_draft_and_that_a_file(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    page = window.window.studio
    _drop(window, [SAMPLES / "halo-ring_top.png"])
    qtbot.waitUntil(lambda: page.has_pieces and page.footer.button.isEnabled(), timeout=LONG_MS)
    assert page.footer.button.accessibleName() == "Make 1 draft"
    QTest.mouseClick(page.footer.button, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: len(page.canvas.results.model.keys) == 1, timeout=LONG_MS)
    choice = ExportChoice("original", str(tmp_path / "out"), "{title}_{scene}", None, None)
    window.window.attendants.exporting.write(list(page.canvas.results.model.keys), choice)
    qtbot.waitUntil(lambda: len(list((tmp_path / "out").glob("*.png"))) == 1, timeout=LONG_MS)


def test_core_that_is_killed_comes_back_and_carries_out_what_was_asked(window: Window, qtbot: QtBot) -> None:
    bridge, page = window.parts.bridge, window.window.studio
    qtbot.waitUntil(lambda: window.parts.source.is_open, timeout=LONG_MS)
    number = bridge.core_number
    assert number is not None
    with qtbot.waitSignal(bridge.lost, timeout=LONG_MS):
        os.kill(number, signal.SIGKILL)
    _drop(window, [SAMPLES / "solitaire-ring_top.png"])

    qtbot.waitUntil(lambda: page.has_pieces, timeout=LONG_MS)
    assert bridge.core_number != number


def test_every_control_that_takes_the_keyboard_has_a_name(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.parts.source.is_open, timeout=LONG_MS)
    nameless = []
    for widget in window.window.findChildren(QWidget):
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.objectName().startswith("qt_"):
            continue
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name):
            nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert not nameless, "\n".join(sorted(set(nameless)))
