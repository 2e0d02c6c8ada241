"""The tiles of the gallery under the names of their groups. GUI thread."""

from array import array
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QApplication

from dmdx_desktop.library.catalogue import ImageCard
from dmdx_desktop.ui.gallery.filter_bar import USUAL
from dmdx_desktop.ui.gallery.image_delegate import CAPTION
from dmdx_desktop.ui.keyed_model import KeyedModel
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.section_grid import SectionGrid
from dmdx_desktop.ui.widgets.section_layout import Measures
from dmdx_desktop.ui.wording import tr

FRAME: Final = 4
"""The frame of a selected tile reaches so far beyond it."""
_ONLY: Final = QItemSelectionModel.SelectionFlag.ClearAndSelect
_TOO: Final = QItemSelectionModel.SelectionFlag.Select
_MORE_KEYS: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def measures(tile: int, *, headings: bool) -> Measures:
    """The grid with tiles about so wide."""
    return Measures(
        cell_width=tile,
        cell_height=tile + CAPTION,
        gap=20,
        margin=24,
        heading=44 if headings else 0,
        after_section=8,
        stretch=True,
    )


class ImageGrid(SectionGrid):
    """A click on a heading selects its group, with Ctrl or Shift in addition to what is selected."""

    menu_wanted = Signal(QPoint)
    """Where on the screen a menu for the selection is wanted."""
    section_selected = Signal(str, int)
    """A group was selected: its name and how many images it has."""

    def __init__(self, look: Look, model: KeyedModel[ImageCard], tile: int = USUAL) -> None:
        super().__init__(measures(tile, headings=True))
        self._look = look
        self._keyed = model
        self.setModel(model)
        self.setAccessibleName(tr("Images"))
        self.section_clicked.connect(self._on_heading)

    def selected_count(self) -> int:
        """How many images are selected."""
        return sum(len(rows) for rows in self.selected_rows())

    def selected_keys(self, most: int | None = None) -> "array[int]":
        """The keys of the selected images in the order of the grid, packed; the first ``most`` where that is given."""
        found: array[int] = array("q")
        for part in self._selected_parts():
            found.extend(part if most is None else part[: most - len(found)])
            if most is not None and len(found) >= most:
                break
        return found

    def select_section(self, section: int, *, too: bool = False) -> None:
        """Select the images of a group."""
        name, count = self.sections[section]
        first = sum(number for _, number in self.sections[:section])
        model = self.model()
        rows = QItemSelection(model.index(first, 0), model.index(first + count - 1, 0))
        self.selectionModel().setCurrentIndex(model.index(first, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(rows, _TOO if too else _ONLY)
        self.section_selected.emit(name, count)

    def current_section(self) -> int | None:
        """The group of the current image; None where there are no groups."""
        row = self.currentIndex().row()
        if row < 0 or not self.sections:
            return None
        ends = accumulate(count for _, count in self.sections)
        return next((at for at, end in enumerate(ends) if row < end), None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_wanted.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()  # the base would copy words; the page copies images
            return
        super().keyPressEvent(event)

    def paint_heading(self, painter: QPainter, place: QRect, section: int) -> None:
        theme, (name, count) = self._look.theme, self.sections[section]
        painter.fillRect(place.adjusted(0, 0, 0, -FRAME), theme.colour("bg.window"))
        font, small = theme.font(TextStyle.STRONG), theme.font(TextStyle.CAPTION)
        room, mirrored = place.adjusted(24, 0, -24, 0), self.isRightToLeft()
        level = Qt.AlignmentFlag.AlignVCenter
        all_words = tr("Select all")
        all_width = QFontMetrics(small).horizontalAdvance(all_words) + 16
        painter.setFont(small)
        painter.setPen(theme.colour("accent.text"))
        painter.drawText(room, level | Qt.AlignmentFlag.AlignTrailing, all_words)
        painter.setFont(font)
        painter.setPen(theme.colour("text.primary"))
        text = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, room.width() - 120 - all_width)
        painter.drawText(room, level | Qt.AlignmentFlag.AlignLeading, text)
        after = QFontMetrics(font).horizontalAdvance(text) + 8
        painter.setFont(small)
        painter.setPen(theme.colour("text.tertiary"))
        beside = room.adjusted(0 if mirrored else after, 0, -after if mirrored else 0, 0)
        words = tr("1 image") if count == 1 else tr("{count} images", count=count)
        painter.drawText(beside, level | Qt.AlignmentFlag.AlignLeading, words)

    def _selected_parts(self) -> "Iterator[array[int]]":
        for rows in self.selected_rows():
            yield self._keyed.keys[rows.start : rows.stop]

    def _on_heading(self, section: int) -> None:
        self.select_section(section, too=bool(QApplication.keyboardModifiers() & _MORE_KEYS))
