"""The list of images under way: each is cancelled, and leads to its piece, by key, click and menu. GUI thread."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu

from dmdx_desktop.library.queue_view import QueueRow
from dmdx_desktop.ui.keys import KeyAction
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.queue.queue_delegate import QueueDelegate
from dmdx_desktop.ui.queue.queue_rows import ROW_ROLE, QueueModel
from dmdx_desktop.ui.wording import tr


class QueueList(QListView):
    """``cancel_wanted`` tells the id of an image, ``piece_wanted`` the key of its piece."""

    cancel_wanted = Signal(str)
    piece_wanted = Signal(int)

    def __init__(self, parts: Parts, model: QueueModel, name: str) -> None:
        super().__init__()
        self._parts = parts
        self.setAccessibleName(tr(name))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setModel(model)
        delegate = QueueDelegate(parts, self)
        self.setItemDelegate(delegate)
        self.setStyleSheet("background: transparent;")
        delegate.cancel_wanted.connect(lambda row: self.cancel_wanted.emit(row.id))
        self.activated.connect(self._open)
        parts.previews.ready.connect(lambda sha256: self.viewport().update())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self._current()
        if row is not None and self._parts.keys.action(event) is KeyAction.DELETE:
            self.cancel_wanted.emit(row.id)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.setCurrentIndex(self.indexAt(event.pos()))
        menu = self.made_menu()
        if menu is None:
            return
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def made_menu(self) -> QMenu | None:
        """What can be done with the current image."""
        row = self._current()
        if row is None:
            return None
        menu = QMenu(self)
        menu.addAction(tr("Show its piece")).triggered.connect(lambda: self.piece_wanted.emit(row.job_key))
        menu.addAction(tr("Cancel this image")).triggered.connect(lambda: self.cancel_wanted.emit(row.id))
        return menu

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, QueueRow):
            self.piece_wanted.emit(row.job_key)

    def _current(self) -> QueueRow | None:
        row = self.currentIndex().data(ROW_ROLE) if self.currentIndex().isValid() else None
        return row if isinstance(row, QueueRow) else None
