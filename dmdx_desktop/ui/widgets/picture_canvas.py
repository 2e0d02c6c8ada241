"""A picture on a neutral ground: fitted, at 100 %, or at any size between; moved by dragging. GUI thread.

100 % means that one pixel of the picture is one pixel of the screen, whatever the screen's scale.
"""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

MARGIN: Final = 43
LARGEST: Final = 8.0
STEP: Final = 1.25


class PictureCanvas(QWidget):
    """``zoomed`` tells the scale, in pixels of the screen for each of the picture, and whether it is the fitted one."""

    zoomed = Signal(float, bool)

    def __init__(self, name: str, margin: int = MARGIN) -> None:
        super().__init__()
        self._pixmap = QPixmap()
        self._size = QSizeF()
        self._ground = QColor("#383838")
        self._margin = margin
        self._scale: float | None = None
        self._middle = QPointF(0.5, 0.5)
        self._held: QPointF | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 120)

    def set_ground(self, colour: QColor) -> None:
        """Show pictures on this colour."""
        self._ground = colour
        self.update()

    def show_picture(self, pixmap: QPixmap | None, width: int, height: int) -> None:
        """Show a picture of so many pixels; ``pixmap`` is what there is of it, perhaps smaller."""
        changed = QSizeF(width, height) != self._size
        self._pixmap = pixmap or QPixmap()
        self._size = QSizeF(width, height)
        if changed:
            self._middle = QPointF(0.5, 0.5)
        self.update()
        self._tell()

    @property
    def fitted_scale(self) -> float:
        """The scale at which the whole picture is seen."""
        if self._size.isEmpty():
            return 1.0
        ratio = self.devicePixelRatioF()
        room = QSizeF(max(self.width() - 2 * self._margin, 16), max(self.height() - 2 * self._margin, 16)) * ratio
        return min(room.width() / self._size.width(), room.height() / self._size.height())

    @property
    def largest_scale(self) -> float:
        """As far as it can be zoomed: no pixel is shown that is not there."""
        if self._pixmap.isNull() or self._size.isEmpty():
            return 1.0
        whole = self._pixmap.width() >= self._size.width()
        return LARGEST if whole else max(self._pixmap.width() / self._size.width(), self.fitted_scale)

    @property
    def scale(self) -> float:
        """Pixels of the screen for each pixel of the picture."""
        return self.fitted_scale if self._scale is None else self._scale

    @property
    def is_fitted(self) -> bool:
        """Whether the whole picture is seen, however large the canvas becomes."""
        return self._scale is None

    def fit(self) -> None:
        """Show the whole picture."""
        self._scale = None
        self._middle = QPointF(0.5, 0.5)
        self.update()
        self._tell()

    def zoom_to(self, scale: float, about: QPointF | None = None) -> None:
        """Show the picture at ``scale``; the point ``about`` of the canvas stays where it is."""
        about = about or QPointF(self.width() / 2, self.height() / 2)
        before = self._at(about)
        self._scale = min(max(scale, min(self.fitted_scale, 1.0) / 4), self.largest_scale)
        after = self._at(about)
        self._move_middle(before - after)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Z and not control:
            self.zoom_to(1.0) if self.is_fitted else self.fit()
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_to(self.scale * STEP)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_to(self.scale / STEP)
        elif control and event.key() == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turns = event.angleDelta().y() / 120
        if turns:
            self.zoom_to(self.scale * STEP**turns, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None and not self.is_fitted:
            moved = event.position() - self._held
            self._held = event.position()
            place = self._place()
            self._move_middle(QPointF(-moved.x() / place.width(), -moved.y() / place.height()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.is_fitted:
            self.zoom_to(1.0, event.position())
        else:
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground)
        if not self._pixmap.isNull() and not self._size.isEmpty():
            enlarged = self._place().width() * self.devicePixelRatioF() > 2 * self._pixmap.width()
            smooth = not (enlarged and self._pixmap.width() == self._size.width())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawPixmap(self._place(), self._pixmap, QRectF(self._pixmap.rect()))
        painter.end()

    def _place(self) -> QRectF:
        """Where the whole picture would be, in logical pixels."""
        scale = self.scale / self.devicePixelRatioF()
        size = QSizeF(self._size.width() * scale, self._size.height() * scale)
        left = self.width() / 2 - self._middle.x() * size.width()
        top = self.height() / 2 - self._middle.y() * size.height()
        return QRectF(QPointF(round(left), round(top)), size)

    def _at(self, point: QPointF) -> QPointF:
        """The point of the picture, 0 to 1, that is seen at a point of the canvas."""
        place = self._place()
        if place.isEmpty():
            return QPointF(0.5, 0.5)
        return QPointF((point.x() - place.left()) / place.width(), (point.y() - place.top()) / place.height())

    def _move_middle(self, by: QPointF) -> None:
        moved = self._middle + by
        self._middle = QPointF(min(max(moved.x(), 0.0), 1.0), min(max(moved.y(), 0.0), 1.0))
        self.update()

    def _tell(self) -> None:
        self.zoomed.emit(self.scale, self.is_fitted)
