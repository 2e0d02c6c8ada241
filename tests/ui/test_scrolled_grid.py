"""A grid that is scrolled moves what it has painted: on the screen is what painting all of it anew would show."""

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, QRect, QStringListModel, Qt
from PySide6.QtGui import QColor, QCursor, QImage, QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from dmdx_desktop.ui.widgets.section_grid import Index, SectionGrid, areas_of
from dmdx_desktop.ui.widgets.section_layout import Measures

SECTIONS = (("One", 7), ("Two", 40), ("Three", 1), ("Four", 300))
SIZE = (640, 480)


class NumberedCell(QStyledItemDelegate):
    """Its number on a colour of its own, with a frame beyond it where it is selected."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        is_over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(option.rect, QColor.fromHsv(index.row() * 7 % 360, 120, 220 if is_over else 90))
        painter.setPen(QColor("#FFFFFF"))
        painter.drawText(option.rect, Qt.AlignmentFlag.AlignCenter, str(index.row()))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.drawRect(option.rect.adjusted(-4, -4, 4, 4))


class HeadedGrid(SectionGrid):
    """Numbered cells under headings that stay in view."""

    def __init__(self) -> None:
        super().__init__(Measures(cell_width=100, cell_height=110, gap=20, margin=24, heading=44, after_section=8))
        names = [str(number) for number in range(sum(count for _, count in SECTIONS))]
        self.setModel(QStringListModel(names, self))
        self.setItemDelegate(NumberedCell(self))
        self.set_sections(SECTIONS)

    def paint_heading(self, painter: QPainter, place: QRect, section: int) -> None:
        painter.fillRect(place, QColor("#203040"))
        painter.setPen(QColor("#FFFFFF"))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, f"{self.sections[section][0]} ({section})")


class Painted(QObject):
    """How much of a viewport is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.pixels = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - a virtual function of Qt
        if isinstance(event, QPaintEvent):
            self.pixels += sum(area.width() * area.height() for area in areas_of(event.region()))
        return False


@pytest.fixture
def grid(qapp: QApplication, qtbot: QtBot) -> Iterator[HeadedGrid]:
    shown = HeadedGrid()
    qtbot.addWidget(shown)
    shown.set_ground(QColor("#101010"))
    shown.resize(*SIZE)
    shown.show()
    qtbot.waitExposed(shown)
    qapp.processEvents()
    yield shown
    QCursor.setPos(QPoint(0, 0))


def _on_screen(grid: SectionGrid) -> QImage:
    return grid.screen().grabWindow(grid.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)


def _painted_anew(grid: SectionGrid) -> QImage:
    return grid.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_grid_scrolled_by_any_steps_shows_what_painting_it_anew_would(
    grid: HeadedGrid, qapp: QApplication, seed: int
) -> None:
    chance, bar = random.Random(seed), grid.verticalScrollBar()
    QCursor.setPos(grid.viewport().mapToGlobal(QPoint(200, 240)))
    QTest.mouseMove(grid.viewport(), QPoint(200, 240))
    for row in range(2, grid.model().rowCount(), 5):
        grid.selectionModel().select(grid.model().index(row, 0), QItemSelectionModel.SelectionFlag.Select)
    for _ in range(120):
        step = chance.choice((1, 3, 17, 44, 120, 470, 900)) * chance.choice((1, -1))
        bar.setValue(bar.value() + step)
        qapp.processEvents()
        assert _on_screen(grid) == _painted_anew(grid), f"at {bar.value()} after a step of {step}"


def test_small_step_paints_only_what_came_into_view_and_the_heading_that_stays(
    grid: HeadedGrid, qapp: QApplication
) -> None:
    bar, painted = grid.verticalScrollBar(), Painted()
    bar.setValue(1500)
    qapp.processEvents()
    grid.viewport().installEventFilter(painted)
    bar.setValue(1503)
    qapp.processEvents()

    whole = grid.viewport().width() * grid.viewport().height()
    assert 0 < painted.pixels < whole / 3
