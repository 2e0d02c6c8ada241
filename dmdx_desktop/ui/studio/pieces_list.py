"""The rows of the list of pieces under their folders: renamed in place, regrouped by dragging. GUI thread."""

from array import array
from functools import partial
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QLineEdit

from dmdx_desktop.library.catalogue import PieceCard
from dmdx_desktop.ui.icons import SMALL
from dmdx_desktop.ui.keyed_model import KeyedModel
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.studio.carried import Carried, carried_keys, carry
from dmdx_desktop.ui.studio.piece_delegate import RAIL_ROW, ROW, PieceDelegate
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.section_layout import Measures
from dmdx_desktop.ui.widgets.tick_box import MARK, paint_box
from dmdx_desktop.ui.widgets.ticking_grid import TickingGrid
from dmdx_desktop.ui.wording import tr

MEASURES: Final = Measures(cell_width=200, cell_height=ROW, heading=32, single_column=True)
RAIL: Final = Measures(cell_width=60, cell_height=RAIL_ROW, heading=0, single_column=True)
LONGEST_NAME: Final = 200
SIDE: Final = 16


class PiecesList(TickingGrid):
    """``put_together`` tells keys of pieces and the piece they were dropped on, ``views_moved`` the same of pictures.

    ``renamed`` tells the key of a piece and its new name; ``menu_wanted`` where a menu is to open.
    """

    put_together = Signal(list, int)
    views_moved = Signal(list, object)
    renamed = Signal(int, str)
    menu_wanted = Signal(QPoint)

    def __init__(self, look: Look, model: KeyedModel[PieceCard], delegate: PieceDelegate) -> None:
        super().__init__(MEASURES)
        self._look, self._keyed, self._delegate = look, model, delegate
        self.setItemDelegate(delegate)
        self._target: int | None = None
        self._field: QLineEdit | None = None
        self.setModel(model)
        self.setAccessibleName(tr("Pieces"))
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self.drag_wanted.connect(self._carry)
        self.verticalScrollBar().valueChanged.connect(lambda: self.stop_renaming())

    @property
    def field(self) -> QLineEdit | None:
        """Where a name is being typed."""
        return self._field

    def selected_keys(self) -> list[int]:
        """The keys of the selected pieces, the current one first."""
        keys = [self._keyed.keys[row] for rows in self.selected_rows() for row in rows]
        current = self.currentIndex()
        if current.isValid() and self.selectionModel().isSelected(current):
            first = self._keyed.keys[current.row()]
            keys.remove(first)
            keys.insert(0, first)
        return keys

    def keys_in_order(self) -> "array[int]":
        """The keys of the selected pieces as they are listed, packed."""
        keys: array[int] = array("q")
        for rows in self.selected_rows():
            keys.extend(self._keyed.keys[rows.start : rows.stop])
        return keys

    def select_first(self) -> None:
        """Make the first piece the only one selected, of those that are not folded away if there are any."""
        found = self._layout.nearest(0, ahead=True)
        index = self.model().index(0 if found is None else found, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def card_of(self, key: int) -> PieceCard | None:
        """What is known of a piece."""
        return self._keyed.known(key)

    def start_renaming(self) -> None:
        """Let the name of the current piece be typed over."""
        index = self.currentIndex()
        card = self._keyed.known(self._keyed.keys[index.row()]) if index.isValid() else None
        if card is None:
            return
        self.stop_renaming()
        self.scrollTo(index)
        field = QLineEdit(card.title, self.viewport())
        field.setAccessibleName(tr("Name of the piece"))
        field.setMaxLength(LONGEST_NAME)
        place = self._delegate.name_place(self.visualRect(index), self.isRightToLeft())
        field.setGeometry(place if place.width() > 60 else self.visualRect(index).adjusted(2, 10, -2, -10))
        field.selectAll()
        field.show()
        field.setFocus()
        field.editingFinished.connect(partial(self._take_name, card.key))
        self._field = field

    def stop_renaming(self) -> None:
        """Leave the name as it was."""
        field, self._field = self._field, None
        if field is not None:
            had_focus = field.hasFocus()
            field.hide()
            field.deleteLater()
            if had_focus:
                self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._field is not None:
            if event.key() == Qt.Key.Key_Escape:
                self.stop_renaming()
            event.accept()  # keys that the field had no use for are not for the list
        elif event.key() == Qt.Key.Key_F2:
            self.start_renaming()
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            event.ignore()  # the loupe's, as everywhere; Ctrl and Space ticks
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        point = event.pos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            point = self.visualRect(self.currentIndex()).center()
        elif not self.indexAt(point).isValid():
            return
        if self.selected_rows():
            self.menu_wanted.emit(self.viewport().mapToGlobal(point))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._offer(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._offer(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        del event
        self._aim(None)

    def dropEvent(self, event: QDropEvent) -> None:
        data, target = event.mimeData(), self._key_at(event.position().toPoint())
        self._aim(None)
        pieces, views = carried_keys(data, Carried.PIECES), carried_keys(data, Carried.VIEWS)
        if views:
            event.acceptProposedAction()
            self.views_moved.emit(views, target)
        elif pieces and target is not None and target not in pieces:
            event.acceptProposedAction()
            self.put_together.emit(pieces, target)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        row = None if self._target is None else self._keyed.row_of(self._target)
        if row is not None:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(self._look.theme.colour("accent.line"), 2))
            painter.drawRect(self.visualRect(self._keyed.index(row, 0)).adjusted(2, 2, -2, -2))
            painter.end()

    def box_place(self, place: QRect) -> QRect:
        return self._delegate.box_place(place, self.isRightToLeft())

    def heading_box_place(self, place: QRect) -> QRect:
        left = place.right() - SIDE - MARK + 1 if self.isRightToLeft() else place.left() + SIDE
        return QRect(left, place.top() + (place.height() - MARK) // 2, MARK, MARK)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._delegate.is_ticking = self.is_ticking

    def paint_heading(self, painter: QPainter, place: QRect, section: int) -> None:
        theme, (name, count) = self._look.theme, self.sections[section]
        mirrored = self.isRightToLeft()
        painter.fillRect(place, theme.colour("bg.panel"))
        shift, ticked = 0, 0
        if self.is_ticking:
            shift, ticked = MARK + 6, self.ticked_in(section)
            box = self.heading_box_place(place).toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
            paint_box(painter, box, self._look, ticked=ticked == count, partly=ticked > 0)
        side = SIDE + shift
        icon = QRect(place.right() - side - SMALL if mirrored else place.left() + side, place.top() + 9, SMALL, SMALL)
        sign = ("chevron-left" if mirrored else "chevron-right") if self.is_folded(section) else "chevron-down"
        self._look.icons.paint(painter, sign, icon.toRectF(), theme.colour("text.tertiary"))
        number = tr("{number} of {count}", number=f"{ticked:,}", count=f"{count:,}") if shift else f"{count:,}"
        painter.setFont(theme.font(TextStyle.CAPTION, aligned=True))
        end = max(painter.fontMetrics().horizontalAdvance(number) + SIDE + 8, 60)
        painter.setPen(theme.colour("text.tertiary"))
        align = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place.adjusted(SIDE, 0, -SIDE, 0), align | Qt.AlignmentFlag.AlignTrailing, number)
        font = theme.font(TextStyle.CAPTION)
        font.setWeight(theme.font(TextStyle.STRONG).weight())
        painter.setFont(font)
        painter.setPen(theme.colour("text.secondary"))
        start = SIDE + shift + SMALL + 6
        room = place.adjusted(end if mirrored else start, 0, -start if mirrored else -end, 0)
        text = QFontMetrics(font).elidedText(name or tr("Pieces"), Qt.TextElideMode.ElideLeft, room.width())
        painter.drawText(room, align | Qt.AlignmentFlag.AlignLeading, text)

    def _take_name(self, key: int) -> None:
        if self._field is not None:
            title = self._field.text()
            self.stop_renaming()
            self.renamed.emit(key, title)

    def _carry(self) -> None:
        if keys := self.selected_keys():
            row = self.currentIndex()
            picture = QPixmap() if not row.isValid() else self.viewport().grab(self.visualRect(row))
            # Dragging runs a loop of its own: from the event loop, never within the handler of a mouse event.
            QTimer.singleShot(0, self, lambda: self.drag(carry(Carried.PIECES, keys), picture))

    def _offer(self, event: QDragMoveEvent) -> None:
        data, target = event.mimeData(), self._key_at(event.position().toPoint())
        pieces, views = carried_keys(data, Carried.PIECES), carried_keys(data, Carried.VIEWS)
        if not pieces and not views:
            event.ignore()
            return
        fits = bool(views) or (target is not None and target not in pieces)
        self._aim(target if fits else None)
        event.setAccepted(fits or isinstance(event, QDragEnterEvent))

    def _aim(self, key: int | None) -> None:
        if key != self._target:
            self._target = key
            self.viewport().update()

    def _key_at(self, point: QPoint) -> int | None:
        index = self.indexAt(point)
        return self._keyed.keys[index.row()] if index.isValid() else None
