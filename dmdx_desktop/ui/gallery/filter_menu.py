"""One filter of the gallery's bar: a button with a menu, and a chip with an x while it keeps back. GUI thread."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr, within_line

HEIGHT: Final = 28
LONGEST: Final = 220
_PADDING, _GAP, _ICON = 8, 6, 14
Choice = tuple[str, object]
"""What it is called, and its value."""


class FilterMenu(QAbstractButton):
    """A filter with one choice or none. ``chosen`` tells the value, None for all."""

    chosen = Signal(object)

    def __init__(self, look: Look, name: str, choices: Callable[[], Sequence[Choice]]) -> None:
        """``choices`` is asked whenever they are to be seen."""
        super().__init__()
        self.name, self._within_line = tr(name), within_line(name)
        self._look, self._choices = look, choices
        self.value: object = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._open)
        look.theme.changed.connect(self.update)
        self._say()

    @property
    def is_active(self) -> bool:
        """Whether it keeps anything back."""
        return self.value is not None

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer other choices from now on; one that is gone lets everything through."""
        offered = tuple(choices)
        self._choices = lambda: offered
        if self.is_active and all(value != self.value for _, value in offered):
            self.choose(None)
        self._say()

    def choose(self, value: object) -> None:
        """Let through what is ``value``, or everything for None."""
        self.value = value
        self._say()
        self.chosen.emit(value)

    def fill(self, menu: QMenu) -> None:
        """Put the choices into a menu."""
        group = QActionGroup(menu)
        for text, value in ((tr("All"), None), *self._choices()):
            action = menu.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value == self.value)
            action.setData(value)
            group.addAction(action)
        group.triggered.connect(lambda action: self.choose(action.data()))

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._font()).horizontalAdvance(self.text()) + 2 * _PADDING + _GAP + _ICON + 2
        return QSize(min(width, LONGEST), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        end = self.width() - _PADDING - _ICON - _GAP / 2
        on_x = x < self.width() - end if self.isRightToLeft() else x > end
        if self.is_active and on_x and self.rect().contains(event.position().toPoint()):
            self.setDown(False)
            self.choose(None)
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.is_active:
            self.choose(None)
        elif event.key() == Qt.Key.Key_Down:
            self._open()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, painter = self._look.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.is_active or self.underMouse() or self.isDown():
            line = theme.colour("accent.line") if self.is_active else Qt.PenStyle.NoPen
            painter.setPen(QPen(line))
            painter.setBrush(theme.colour("accent.soft" if self.is_active else "bg.hover"))
            painter.drawRoundedRect(ground, 6, 6)
        mirrored = self.isRightToLeft()
        end = _PADDING if mirrored else self.width() - _PADDING - _ICON
        tone = theme.colour("text.primary" if self.is_active else "text.secondary")
        icon = QRectF(end, (self.height() - _ICON) / 2, _ICON, _ICON)
        self._look.icons.paint(painter, "x" if self.is_active else "chevron-down", icon, tone)
        font = self._font()
        painter.setFont(font)
        painter.setPen(tone)
        room = self.rect().adjusted(_PADDING, 0, -_PADDING - _ICON - _GAP, 0)
        if mirrored:
            room = self.rect().adjusted(_PADDING + _ICON + _GAP, 0, -_PADDING, 0)
        align = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        text = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(room, align | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, text)
        painter.end()

    def _font(self) -> QFont:
        return self._look.theme.font(TextStyle.LABEL)

    def _say(self) -> None:
        word = next((text for text, one in self._choices() if one == self.value), "") if self.is_active else ""
        self.setText(f"{self.name}: {word}" if word else self.name)
        self.setAccessibleName(tr("Filter by {name}", name=self._within_line) + (f", {word}" if word else ""))
        self.setAccessibleDescription(tr("Delete lets everything through") if word else "")
        self.updateGeometry()
        self.update()

    def _open(self) -> None:
        menu = QMenu(self)
        self.fill(menu)
        open_below(menu, self)


def open_below(menu: QMenu, button: QWidget) -> None:
    """Open a menu that is made for this once, below its button."""
    menu.aboutToHide.connect(menu.deleteLater)
    at = menu.sizeHint().width() - button.width() if button.isRightToLeft() else 0
    menu.popup(button.mapToGlobal(QPoint(-at, button.height() + 4)))
