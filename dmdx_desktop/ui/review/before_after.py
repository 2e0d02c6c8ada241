"""An image over its reference, with a divider between them: both in one place and at one scale. GUI thread.

The reference lies where ``registration`` puts it, in parts of the image, and so moves and grows with it.
"""

import time
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPixmap

from dmdx_desktop.ui.keys import KeyAction, Keys
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.picture_canvas import Layer, PictureCanvas, Tile
from dmdx_desktop.ui.wording import tr

STEP: Final = 0.05
GRIP: Final = 18
REACH: Final = 12
"""How far from the divider it can still be caught, in logical pixels."""
HELD_S: Final = 0.3
"""A key that is down longer is held; a shorter press stays in force."""
WHOLE: Final = QRectF(0, 0, 1, 1)


class Shown(Enum):
    """Which of the two is seen."""

    BOTH = auto()
    BEFORE = auto()
    AFTER = auto()


class BeforeAfter(PictureCanvas):
    """``divider_moved`` tells where the divider is, from 0 to 1 of the image's width."""

    divider_moved = Signal(float)

    def __init__(self, look: Look, keys: Keys) -> None:
        super().__init__(tr("Before and after"), 20, keys)
        self.setMouseTracking(True)
        self._look, self._keys = look, keys
        self._before: Layer | None = None
        self._before_place = WHOLE
        self._divider, self._flipped, self._caught = 0.5, False, False
        self._shown, self._until_released = Shown.BOTH, Shown.BOTH
        self._pressed_at = 0.0
        self._describe()

    @property
    def divider(self) -> float:
        """Where the divider is, from 0 to 1 of the image's width."""
        return self._divider

    @property
    def shown(self) -> Shown:
        """Which of the two is seen."""
        return self._shown

    @property
    def before_on_left(self) -> bool:
        """Whether the reference is left of the divider: where reading begins, until the sides are flipped."""
        return self.isRightToLeft() == self._flipped

    def show_before(self, pixmap: QPixmap | None, size: QSizeF, tile: Tile | None) -> None:
        """Lay a reference of so many pixels under the image."""
        self._before = None if size.isEmpty() else Layer(pixmap or QPixmap(), size, tile)
        self.update()

    def place_before(self, place: QRectF) -> None:
        """Lay the reference to this part of the image."""
        self._before_place = place
        self.update()

    def move_divider(self, to: float) -> None:
        """Put the divider here; both are seen again."""
        self._divider = min(max(to, 0.0), 1.0)
        self._shown = Shown.BOTH
        self._describe()
        self.update()
        self.divider_moved.emit(self._divider)

    def flip(self) -> None:
        """Exchange the sides."""
        self._flipped = not self._flipped
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action, plain = self._keys.action(event), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if action is KeyAction.DIVIDER_BACK or (event.key() == Qt.Key.Key_Left and not plain):
            self.move_divider(self._divider - STEP)
        elif action is KeyAction.DIVIDER_AHEAD or (event.key() == Qt.Key.Key_Right and not plain):
            self.move_divider(self._divider + STEP)
        elif action is KeyAction.SWAP:
            self.flip()
        elif action is KeyAction.BLINK:
            if not event.isAutoRepeat():
                self._blink()
        elif event.key() == Qt.Key.Key_Escape and self._shown is not Shown.BOTH:
            self._show_one(Shown.BOTH)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._keys.action(event) is KeyAction.BLINK:
            if not event.isAutoRepeat() and time.monotonic() - self._pressed_at >= HELD_S:
                self._show_one(self._until_released)
        else:
            super().keyReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._caught = event.button() is Qt.MouseButton.LeftButton and self._is_near(event.position())
        if not self._caught:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._caught:
            place = self._place()
            if place.width() > 0:
                self.move_divider((event.position().x() - place.left()) / place.width())
            return
        near = self._is_near(event.position())
        self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._caught = False
        super().mouseReleaseEvent(event)

    def _blink(self) -> None:
        self._until_released, self._pressed_at = self._shown, time.monotonic()
        self._show_one(Shown.AFTER if self._shown is Shown.BEFORE else Shown.BEFORE)

    def _show_one(self, shown: Shown) -> None:
        self._shown = shown
        self._describe()
        self.update()

    def _describe(self) -> None:
        words = {
            Shown.BOTH: tr("Divider at {percent} %", percent=round(100 * self._divider)),
            Shown.BEFORE: tr("Reference"),
            Shown.AFTER: tr("Result"),
        }
        self.setAccessibleDescription(words[self._shown])

    def _is_near(self, point: QPointF) -> bool:
        return self._shown is Shown.BOTH and abs(point.x() - self._divider_x()) <= REACH

    def _divider_x(self) -> float:
        place = self._place()
        return place.left() + self._divider * place.width()

    def _paint_picture(self, painter: QPainter) -> None:
        place = self._place()
        image = Layer(self._pixmap, self._size, self._tile)
        if self._before is None or self._shown is Shown.AFTER:
            self._paint_layer(painter, place, image)
        elif self._shown is Shown.BEFORE:
            self._paint_before(painter, place, self._before)
        else:
            self._paint_both(painter, place, image, self._before)
        self._paint_names(painter, place)

    def _paint_both(self, painter: QPainter, place: QRectF, image: Layer, before: Layer) -> None:
        x = self._divider_x()
        left, right = QRectF(place), QRectF(place)
        left.setRight(x)
        right.setLeft(x)
        before_side, after_side = (left, right) if self.before_on_left else (right, left)
        painter.setClipRect(after_side)
        self._paint_layer(painter, place, image)
        painter.setClipRect(before_side)
        self._paint_before(painter, place, before)
        painter.setClipping(False)
        self._paint_divider(painter, place, x)

    def _paint_before(self, painter: QPainter, place: QRectF, before: Layer) -> None:
        part = self._before_place
        self._paint_layer(
            painter,
            QRectF(
                place.left() + part.left() * place.width(),
                place.top() + part.top() * place.height(),
                part.width() * place.width(),
                part.height() * place.height(),
            ),
            before,
        )

    def _paint_divider(self, painter: QPainter, place: QRectF, x: float) -> None:
        light, dark = QColor(self._look.theme.surrounds[-1].hex), QColor(self._look.theme.surrounds[0].hex)
        seen = place.intersected(QRectF(self.rect()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for width, colour in ((4, dark), (2, light)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(QPointF(x, seen.top()), QPointF(x, seen.bottom()))
        middle = QPointF(x, seen.center().y())
        painter.setPen(QPen(dark, 1))
        painter.setBrush(light)
        painter.drawEllipse(middle, GRIP, GRIP)
        icon = QRectF(middle.x() - 10, middle.y() - 10, 20, 20)
        self._look.icons.paint(painter, "move-horizontal", icon, dark)

    def _paint_names(self, painter: QPainter, place: QRectF) -> None:
        seen = place.intersected(QRectF(self.rect())).adjusted(12, 12, -12, -12)
        before, after = tr("Reference"), tr("Result")
        if self._before is not None and self._shown is not Shown.AFTER:
            self._paint_name(painter, seen, before, on_left=self.before_on_left)
        if self._shown is not Shown.BEFORE:
            self._paint_name(painter, seen, after, on_left=not self.before_on_left)

    def _paint_name(self, painter: QPainter, seen: QRectF, name: str, *, on_left: bool) -> None:
        theme = self._look.theme
        painter.setFont(theme.font(TextStyle.CAPTION))
        width, height = painter.fontMetrics().horizontalAdvance(name) + 16, 22
        box = QRectF(seen.left() if on_left else seen.right() - width, seen.bottom() - height, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.surrounds[0].hex))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(theme.surrounds[-1].hex))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
