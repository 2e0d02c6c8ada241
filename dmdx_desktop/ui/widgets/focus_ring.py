"""The ring around what has the keyboard: shown when the keyboard brought the focus there, not the mouse. GUI thread."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from dmdx_desktop.ui.look import Look

WIDTH = 2
OFFSET = 2
_KEYS = frozenset({Qt.Key.Key_Tab.value, Qt.Key.Key_Backtab.value, Qt.Key.Key_F6.value})


class FocusRing(QWidget):
    """A layer over a whole window that lets everything through and draws one ring."""

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._window, self._look = window, look
        self._by_keyboard = False
        self._around: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def watch(self) -> None:
        """Follow the keyboard from now on: starting does without it."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._window.installEventFilter(self)
            application.focusChanged.connect(self._follow)
            self._follow(None, QApplication.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        # A key of the menus, such as F6, is never pressed for the widget: it is only offered to it before.
        if kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            if getattr(event, "key", lambda: 0)() in _KEYS:
                self._take_keyboard(True)
        elif kind == QEvent.Type.MouseButtonPress:
            self._take_keyboard(False)
            self.hide()
        elif kind in (QEvent.Type.Resize, QEvent.Type.Move) and watched in (self._window, self._around):
            self._settle()
        return False

    def _take_keyboard(self, by_keyboard: bool) -> None:
        """The mouse is looked out for only while it has a ring to take away: each event of the program is then seen."""
        application = QApplication.instance()
        if by_keyboard is self._by_keyboard or application is None:
            return
        self._by_keyboard = by_keyboard
        if by_keyboard:
            application.installEventFilter(self)
        else:
            application.removeEventFilter(self)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        del before
        # The focus also moves while a dialog is being taken apart, this layer with it.
        if not isValid(self) or not isValid(self._window):
            return
        if self._around is not None and isValid(self._around) and self._around is not self._window:
            self._around.removeEventFilter(self)
        self._around = now if now is not None and now.window() is self._window else None
        if self._around is not None:
            self._around.installEventFilter(self)
        self._settle()

    def _settle(self) -> None:
        self.setGeometry(self._window.rect())
        self.raise_()
        # A layer that draws nothing would still be asked to with everything that is painted below it.
        self.setVisible(self._by_keyboard and self._has_ring(self._around))
        self.update()

    def _has_ring(self, around: QWidget | None) -> bool:
        if around is None or not isValid(around) or isinstance(around, QAbstractItemView) or not around.isVisible():
            return False
        return not isinstance(around.parent(), QAbstractScrollArea)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        around = self._around
        if around is None or not self._by_keyboard or not self._has_ring(around):
            return
        corner = around.mapTo(self._window, QPoint(0, 0))
        place = QRectF(QRect(corner, around.size())).adjusted(-OFFSET - 1, -OFFSET - 1, OFFSET + 1, OFFSET + 1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.theme.colour("focus.ring"), WIDTH))
        painter.drawRoundedRect(place, 8, 8)
        painter.end()
