"""Dividers between panes move by arrow keys, too. GUI thread.

Pages need to know nothing of it: whatever splitters there are get handles that Tab reaches.
"""

from typing import Final, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from dmdx_desktop.ui.wording import tr

STEP: Final = 16
_STEPS: Final = {
    Qt.Key.Key_Left.value: -STEP,
    Qt.Key.Key_Up.value: -STEP,
    Qt.Key.Key_Right.value: STEP,
    Qt.Key.Key_Down.value: STEP,
}


class SplitterKeys(QObject):
    """A divider that is moved by a key tells ``splitterMoved``, as one that is dragged does."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.look()

    def look(self) -> None:
        """Take on the splitters that have come since."""
        for splitter in self._window.findChildren(QSplitter):
            for number in range(1, splitter.count()):
                handle = splitter.handle(number)
                handle.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                handle.setAccessibleName(tr("Divider between panes"))
                handle.setAccessibleDescription(tr("Arrow keys move it"))
                handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(watched, QSplitterHandle):
            return False
        step = _STEPS.get(cast(QKeyEvent, event).key(), 0)
        if not step:
            return False
        splitter = watched.splitter()
        if splitter.orientation() is Qt.Orientation.Horizontal and splitter.isRightToLeft():
            step = -step
        number = next(n for n in range(1, splitter.count()) if splitter.handle(n) is watched)
        sizes = splitter.sizes()
        sizes[number - 1] += step
        sizes[number] -= step
        splitter.setSizes(sizes)
        splitter.splitterMoved.emit(watched.x(), number)
        return True
