"""The ring around what has the keyboard: there for whoever goes by keys, never for whoever clicks."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from dmdx_desktop.config import resources_folder
from dmdx_desktop.ui.icons import Icons
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.theme import Theme
from dmdx_desktop.ui.widgets.focus_ring import FocusRing

LINE = "line"


class CountingRing(FocusRing):
    """A ring that remembers the names of what it saw events of."""

    seen: tuple[str, ...] = ()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.seen += (watched.objectName(),)
        return super().eventFilter(watched, event)


class Stand(QWidget):
    """A window of two buttons and a line, with a ring."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.first, self.second, self.line = QPushButton("First"), QPushButton("Second"), QLineEdit()
        self.line.setObjectName(LINE)
        column = QVBoxLayout(self)
        for widget in (self.first, self.second, self.line):
            column.addWidget(widget)
        self.ring = CountingRing(self, look)
        self.ring.watch()


@pytest.fixture
def stand(qapp: QApplication, qtbot: QtBot) -> Iterator[Stand]:
    theme = Theme(qapp, resources_folder())
    stand = Stand(Look(theme, Icons(resources_folder())))
    qtbot.addWidget(stand)
    stand.show()
    qtbot.waitExposed(stand)
    stand.activateWindow()
    stand.first.setFocus()
    yield stand
    stand.close()
    theme.deleteLater()


def test_focus_moved_by_tab_is_ringed(stand: Stand) -> None:
    QTest.keyClick(stand.first, Qt.Key.Key_Tab)

    assert stand.second.hasFocus()
    assert stand.ring.isVisible()


def test_focus_moved_by_the_mouse_is_not_ringed(stand: Stand) -> None:
    QTest.mouseClick(stand.line, Qt.MouseButton.LeftButton)

    assert stand.line.hasFocus()
    assert not stand.ring.isVisible()


def test_ring_goes_with_a_press_of_the_mouse_anywhere_and_comes_back_by_tab(stand: Stand) -> None:
    QTest.keyClick(stand.first, Qt.Key.Key_Tab)
    QTest.mouseClick(stand, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert not stand.ring.isVisible()

    QTest.keyClick(stand.second, Qt.Key.Key_Backtab)

    assert stand.first.hasFocus()
    assert stand.ring.isVisible()


def test_ring_follows_what_it_is_around(stand: Stand) -> None:
    QTest.keyClick(stand.first, Qt.Key.Key_Tab)
    before = stand.ring.grab().toImage()

    stand.second.move(stand.second.x(), stand.second.y() + 7)

    assert stand.ring.grab().toImage() != before


def test_ring_sees_nothing_of_what_happens_elsewhere_while_nobody_goes_by_keys(stand: Stand) -> None:
    stand.line.repaint()
    assert LINE not in stand.ring.seen

    QTest.keyClick(stand.first, Qt.Key.Key_Tab)
    stand.line.repaint()

    assert LINE in stand.ring.seen


def test_ring_goes_with_what_it_was_around(stand: Stand) -> None:
    QTest.keyClick(stand.first, Qt.Key.Key_Tab)

    delete(stand.second)
    stand.resize(stand.width() + 10, stand.height())
    stand.first.clearFocus()

    assert not stand.ring.isVisible()
