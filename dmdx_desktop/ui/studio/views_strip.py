"""The pictures of one piece under the canvas, where it has several: to look at, and to make pieces of.

GUI thread.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dmdx_desktop.library.piece_view import PieceView, ReferenceView
from dmdx_desktop.models.vocabulary import View
from dmdx_desktop.ui.look import Tone, text_label
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.studio.carried import Carried, carry
from dmdx_desktop.ui.studio.piece_delegate import paint_thumbnail
from dmdx_desktop.ui.term_words import term_name
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

VIEW: Final = 44
KEY_ROLE: Final = Qt.ItemDataRole.UserRole
PICTURE_ROLE: Final = Qt.ItemDataRole.UserRole + 1


class _ViewDelegate(QStyledItemDelegate):
    """The picture as it is, framed where it is selected: nothing tints a picture that is judged."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(VIEW, VIEW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, place = self._parts.look.theme, QRect(option.rect)
        paint_thumbnail(painter, place, self._parts.previews.pixmap(str(index.data(PICTURE_ROLE))), self._parts.look)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent.line" if chosen else "focus.ring"), 2))
            painter.drawRect(place.adjusted(1, 1, -1, -1))


class _Views(QListWidget):
    """The pictures; what is dragged from here are their keys."""

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        return carry(Carried.VIEWS, [item.data(KEY_ROLE) for item in items])

    def mimeTypes(self) -> list[str]:
        return [Carried.VIEWS.value]


class ViewsStrip(QWidget):
    """``shown`` tells which picture is to be seen; ``own_wanted`` the keys of those to make pieces of their own."""

    shown = Signal(int)
    own_wanted = Signal(list)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._references: tuple[ReferenceView, ...] = ()
        self.setObjectName("resultsStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = _Views()
        self.list.setAccessibleName(tr("Views of this piece"))
        self.list.setFlow(QListWidget.Flow.LeftToRight)
        self._delegate = _ViewDelegate(parts)
        self.list.setItemDelegate(self._delegate)
        self.list.setSpacing(4)
        self.list.setFixedHeight(VIEW + 20)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.list.currentRowChanged.connect(self._tell)
        parts.previews.ready.connect(lambda sha256: self.list.viewport().update())
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(12)
        row.addWidget(text_label("Views", TextStyle.STRONG))
        row.addWidget(self.list, 1)
        row.addWidget(text_label("Drag one to another piece", TextStyle.CAPTION, Tone.TERTIARY))
        self.hide()

    def show_piece(self, view: PieceView | None) -> None:
        """Show the pictures of a piece, where there are several."""
        references = () if view is None else view.references
        self.setVisible(len(references) > 1)
        if references == self._references:
            return
        self._references = references
        self.list.blockSignals(True)
        self.list.clear()
        for one in references:
            item = QListWidgetItem()
            item.setData(KEY_ROLE, one.key)
            item.setData(PICTURE_ROLE, one.sha256)
            name = one.name if one.view is View.UNKNOWN else f"{term_name(one.view)}, {one.name}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
            item.setToolTip(name)
            self.list.addItem(item)
        self.list.blockSignals(False)

    def show_current(self, row: int) -> None:
        """That picture is in view."""
        if 0 <= row < self.list.count() and row != self.list.currentRow():
            self.list.blockSignals(True)
            self.list.setCurrentRow(row)
            self.list.blockSignals(False)

    def selected_keys(self) -> list[int]:
        """The keys of the selected pictures."""
        return [item.data(KEY_ROLE) for item in self.list.selectedItems()]

    def made_menu(self) -> QMenu:
        """What can be done with the selected pictures."""
        menu = QMenu(self)
        keys = self.selected_keys()
        own = menu.addAction(tr("Make this a piece of its own") if len(keys) == 1 else tr("Make these pieces"))
        own.setEnabled(0 < len(keys) < len(self._references) or len(keys) > 1)
        own.triggered.connect(lambda: self.own_wanted.emit(keys[1:] if len(keys) == len(self._references) else keys))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _open_menu(self, point: QPoint) -> None:
        if self.selected_keys():
            self.made_menu().popup(self.list.viewport().mapToGlobal(point))

    def _tell(self, row: int) -> None:
        if row >= 0:
            self.shown.emit(row)
