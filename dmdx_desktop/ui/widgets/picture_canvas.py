"""A picture on a neutral ground: fitted, at 100 %, or at any size between; moved by dragging. GUI thread.

100 % means that one pixel of the picture is one pixel of the screen, whatever the screen's scale. Where a preview ends,
tiles of the whole picture take over: they are drawn over it as they come.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dmdx_desktop.models.preview_edges import TILE, tile_grid
from dmdx_desktop.ui.keys import KeyAction, Keys

MARGIN: Final = 43
LARGEST: Final = 8.0
STEP: Final = 1.25
Tile = Callable[[int], QPixmap | None]
"""Gives a tile of a picture by its number, or None while it is not there."""


@dataclass(frozen=True, slots=True)
class View:
    """What is seen of a picture: how many times larger than fitted, None for fitted; and the point in the middle."""

    enlarged: float | None = None
    x: float = 0.5
    y: float = 0.5


@dataclass(frozen=True, slots=True)
class Layer:
    """A picture of so many pixels as far as it is there: a preview of it, and tiles where they can be had."""

    pixmap: QPixmap
    size: QSizeF
    tile: Tile | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the preview has every pixel of the picture."""
        return self.pixmap.width() >= self.size.width()


class PictureCanvas(QWidget):
    """``zoomed`` tells the scale, in pixels of the screen for each of the picture, and whether it is the fitted one."""

    zoomed = Signal(float, bool)
    view_changed = Signal()
    """The user looks at another part, or closer."""
    pointed = Signal(QPointF)
    """The pointer is at this point of the picture, its sides from 0 to 1; while the mouse is tracked."""
    whole_wanted = Signal()
    """More pixels are shown than the preview has, and the picture can be had as tiles."""

    def __init__(self, name: str, margin: int = MARGIN, keys: Keys | None = None) -> None:
        """``keys`` are the user's own; without them the usual ones hold."""
        super().__init__()
        self._own_keys = keys
        self._pixmap = QPixmap()
        self._size = QSizeF()
        self._ground = QColor("#383838")
        self._margin = margin
        self._tile: Tile | None = None
        self._can_be_whole = False
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

    def offer_whole(self, tile: Tile | None) -> None:
        """The picture can be had pixel by pixel: ``whole_wanted`` asks for it, ``tile`` gives what is there by then."""
        self._can_be_whole, self._tile = True, tile
        self.update()
        self._tell()

    @property
    def view(self) -> View:
        """What is seen, so that another canvas can show the same."""
        enlarged = None if self._scale is None else self._scale / self.fitted_scale
        return View(enlarged, self._middle.x(), self._middle.y())

    def look_at(self, view: View) -> None:
        """Show what another canvas shows."""
        self._scale = None if view.enlarged is None else view.enlarged * self.fitted_scale
        self._middle = QPointF(view.x, view.y)
        self.update()
        self._tell()

    def point_at(self, part: QPointF) -> QPointF:
        """Where on the canvas a point of the picture is, its sides from 0 to 1."""
        place = self._place()
        return QPointF(place.left() + part.x() * place.width(), place.top() + part.y() * place.height())

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
        if self._can_be_whole:
            return LARGEST
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
        self.view_changed.emit()

    def zoom_to(self, scale: float, about: QPointF | None = None) -> None:
        """Show the picture at ``scale``; the point ``about`` of the canvas stays where it is."""
        about = about or QPointF(self.width() / 2, self.height() / 2)
        before = self._at(about)
        self._scale = min(max(scale, min(self.fitted_scale, 1.0) / 4), self.largest_scale)
        after = self._at(about)
        self._move_middle(before - after)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self._action(event)
        if action is KeyAction.FIT_OR_WHOLE:
            self.zoom_to(1.0) if self.is_fitted else self.fit()
        elif action is KeyAction.ZOOM_IN:
            self.zoom_to(self.scale * STEP)
        elif action is KeyAction.ZOOM_OUT:
            self.zoom_to(self.scale / STEP)
        elif action is KeyAction.FIT:
            self.fit()
        else:
            super().keyPressEvent(event)

    def _action(self, event: QKeyEvent) -> KeyAction | None:
        if self._own_keys is not None:
            return self._own_keys.action(event)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        usual = {
            (Qt.Key.Key_Z.value, False): KeyAction.FIT_OR_WHOLE,
            (Qt.Key.Key_Plus.value, control): KeyAction.ZOOM_IN,
            (Qt.Key.Key_Equal.value, control): KeyAction.ZOOM_IN,
            (Qt.Key.Key_Minus.value, control): KeyAction.ZOOM_OUT,
            (Qt.Key.Key_0.value, True): KeyAction.FIT,
        }
        return usual.get((event.key(), control))

    def wheelEvent(self, event: QWheelEvent) -> None:
        turns = event.angleDelta().y() / 120
        if turns:
            self.zoom_to(self.scale * STEP**turns, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self._at(event.position()))
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
        if not self._size.isEmpty():
            self._paint_picture(painter)
        painter.end()

    def _paint_picture(self, painter: QPainter) -> None:
        """What is drawn on the ground; a picture of no pixels is never asked for."""
        self._paint_layer(painter, self._place(), Layer(self._pixmap, self._size, self._tile))

    def _paint_layer(self, painter: QPainter, place: QRectF, layer: Layer) -> None:
        """Draw the preview of a picture to ``place``, and over it the tiles in view where it is shown larger."""
        shown = place.width() * self.devicePixelRatioF()
        if not layer.pixmap.isNull():
            enlarged = shown > 2 * layer.pixmap.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not (enlarged and layer.is_whole))
            painter.drawPixmap(place, layer.pixmap, QRectF(layer.pixmap.rect()))
        if layer.tile is not None and not layer.is_whole and shown > layer.pixmap.width():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shown < 2 * layer.size.width())
            self._paint_tiles(painter, place, layer.size, layer.tile)

    def _paint_tiles(self, painter: QPainter, place: QRectF, size: QSizeF, tile: Tile) -> None:
        columns, rows = tile_grid(int(size.width()), int(size.height()))
        each, seen = place.width() / size.width(), QRectF(self.rect())
        for number in range(columns * rows):
            left, top = number % columns * TILE, number // columns * TILE
            width, height = min(TILE, size.width() - left), min(TILE, size.height() - top)
            at = QRectF(place.left() + left * each, place.top() + top * each, width * each, height * each)
            pixmap = tile(number) if at.intersects(seen) else None
            if pixmap is not None:
                painter.drawPixmap(at, pixmap, QRectF(pixmap.rect()))

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
        self.view_changed.emit()

    def _tell(self) -> None:
        if self._can_be_whole and self._tile is None and self._size.width() * self.scale > self._pixmap.width() > 0:
            self.whole_wanted.emit()
        self.zoomed.emit(self.scale, self.is_fitted)
