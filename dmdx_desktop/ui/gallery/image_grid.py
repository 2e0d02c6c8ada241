"""The tiles of the gallery under the names of their groups. GUI thread."""

from array import array
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from dmdx_desktop.library.catalogue import ImageCard
from dmdx_desktop.ui.gallery.filter_bar import USUAL
from dmdx_desktop.ui.gallery.image_delegate import CAPTION, GROUND
from dmdx_desktop.ui.icons import SMALL
from dmdx_desktop.ui.keyed_model import KeyedModel
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.folding_grid import FoldingGrid
from dmdx_desktop.ui.widgets.section_layout import Measures
from dmdx_desktop.ui.wording import tr

FRAME: Final = 4
"""The frame of a selected tile reaches so far beyond it."""
SIDE: Final = 24
CHEVRON: Final = 22
MOST_HEADINGS: Final = 64
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


class ImageGrid(FoldingGrid):
    """A click on "Select all" in a heading selects its group, with Ctrl or Shift in addition to what is selected."""

    menu_wanted = Signal(QPoint)
    """Where on the screen a menu for the selection is wanted."""
    section_selected = Signal(str, int)
    """A group was selected: its name and how many images it has."""

    def __init__(self, look: Look, model: KeyedModel[ImageCard], tile: int = USUAL) -> None:
        super().__init__(measures(tile, headings=True))
        self._look = look
        self._keyed = model
        self._headings_drawn: dict[tuple[object, ...], QPixmap] = {}
        self.setModel(model)
        self.setAccessibleName(tr("Images"))
        self.section_clicked.connect(self._on_heading)
        look.follow(self._take_ground)

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
        """Drawn once and then copied: the one that stays at the top is painted with each frame that scrolls."""
        is_folded, ratio = self.is_folded(section), painter.device().devicePixelRatioF()
        selected = self._selected_in(section) if is_folded else 0
        look = (*self.sections[section], is_folded, selected, place.size().toTuple(), ratio, self.isRightToLeft())
        drawn = self._headings_drawn.get(look)
        if drawn is None:
            if len(self._headings_drawn) >= MOST_HEADINGS:
                self._headings_drawn.clear()
            drawn = QPixmap(place.size() * ratio)
            drawn.setDevicePixelRatio(ratio)
            drawn.fill(Qt.GlobalColor.transparent)
            drawing = QPainter(drawn)
            self._draw_heading(drawing, QRect(QPoint(0, 0), place.size()), section)
            drawing.end()
            self._headings_drawn[look] = drawn
        painter.drawPixmap(place.topLeft(), drawn)

    def _draw_heading(self, painter: QPainter, place: QRect, section: int) -> None:
        theme, (name, count) = self._look.theme, self.sections[section]
        painter.fillRect(place.adjusted(0, 0, 0, -FRAME), theme.colour("bg.window"))
        font, small = theme.font(TextStyle.STRONG), theme.font(TextStyle.CAPTION)
        whole, mirrored = place.adjusted(SIDE, 0, -SIDE, 0), self.isRightToLeft()
        level, is_folded = Qt.AlignmentFlag.AlignVCenter, self.is_folded(section)
        room = whole.adjusted(0 if mirrored else CHEVRON, 0, -CHEVRON if mirrored else 0, 0)
        self._paint_chevron(painter, whole, is_folded=is_folded)
        all_words, all_width = tr("Select all"), self._all_width()
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
        if is_folded and (selected := self._selected_in(section)):
            words = tr("{images} · {count} selected", images=words, count=selected)
        painter.drawText(beside, level | Qt.AlignmentFlag.AlignLeading, words)

    def has_deed_at(self, section: int, point: QPoint) -> bool:
        del section
        from_end = point.x() if self.isRightToLeft() else self.viewport().width() - point.x()
        return from_end < SIDE + self._all_width()

    def _take_ground(self) -> None:
        self._headings_drawn.clear()
        self.set_ground(self._look.theme.colour(GROUND))

    def _all_width(self) -> int:
        return QFontMetrics(self._look.theme.font(TextStyle.CAPTION)).horizontalAdvance(tr("Select all")) + 16

    def _paint_chevron(self, painter: QPainter, room: QRect, *, is_folded: bool) -> None:
        mirrored = self.isRightToLeft()
        sign = ("chevron-left" if mirrored else "chevron-right") if is_folded else "chevron-down"
        icon = QRect(0, 0, SMALL, SMALL)
        icon.moveCenter(room.center())
        icon.moveLeft(room.right() - SMALL if mirrored else room.left())
        self._look.icons.paint(painter, sign, icon.toRectF(), self._look.theme.colour("text.tertiary"))

    def _selected_in(self, section: int) -> int:
        first, last = self._layout.first_cells[section], self._layout.first_cells[section + 1]
        return sum(max(0, min(rows.stop, last) - max(rows.start, first)) for rows in self.selected_rows())

    def _selected_parts(self) -> "Iterator[array[int]]":
        for rows in self.selected_rows():
            yield self._keyed.keys[rows.start : rows.stop]

    def _on_heading(self, section: int) -> None:
        self.select_section(section, too=bool(QApplication.keyboardModifiers() & _MORE_KEYS))
