"""A loupe at 100 % over a picture: it follows the pointer, and keeps its spot when another image comes. GUI thread."""

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.widgets.picture_canvas import PictureCanvas, Tile
from dmdx_desktop.ui.wording import tr

SIDE: Final = 320


class Loupe(PictureCanvas):
    """Laid over a canvas, whose picture it shows pixel by pixel. Closed at first, and then out of sight in ``home``."""

    def __init__(self, look: Look, home: QWidget) -> None:
        super().__init__(tr("Loupe"), 0)
        self._look, self._home = look, home
        self._spot = QPointF(0.5, 0.5)
        self._canvas: PictureCanvas | None = None
        self.setParent(home)
        self.setFixedSize(SIDE, SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def spot(self) -> QPointF:
        """The point of the picture that is looked at, its sides from 0 to 1."""
        return QPointF(self._spot)

    @property
    def is_open(self) -> bool:
        """Whether it lies over a canvas."""
        return self._canvas is not None

    def open_over(self, canvas: PictureCanvas) -> None:
        """Lay the loupe over a canvas and follow the pointer there."""
        self.close_loupe()
        self._canvas = canvas
        self.setParent(canvas)
        canvas.setMouseTracking(True)
        canvas.pointed.connect(self.look)
        self.look(self._spot)
        self.show()
        self.raise_()

    def close_loupe(self) -> None:
        """Take the loupe away; its spot is kept for the next time."""
        if self._canvas is not None:
            self._canvas.pointed.disconnect(self.look)
            self._canvas = None
        self.hide()
        self.setParent(self._home)

    def show_close(self, pixmap: QPixmap | None, width: int, height: int, tile: Tile | None) -> None:
        """Show this picture at the same spot as the one before."""
        self.show_picture(pixmap, width, height)
        self.offer_whole(tile)
        self.look(self._spot)

    def look(self, spot: QPointF) -> None:
        """Show this point of the picture in the middle."""
        self._spot = QPointF(min(max(spot.x(), 0.0), 1.0), min(max(spot.y(), 0.0), 1.0))
        self._scale, self._middle = 1.0, QPointF(self._spot)
        if self._canvas is not None:
            self.stand_at(self._canvas.point_at(self._spot).toPoint())
        self.update()
        self._tell()

    def stand_at(self, at: QPoint) -> None:
        """Have this point of the widget around in the middle, as far as the loupe stays within."""
        around = self.parentWidget()
        if around is not None:
            room = around.size() - self.size()
            left = min(max(at.x() - SIDE // 2, 0), max(room.width(), 0))
            self.move(left, min(max(at.y() - SIDE // 2, 0), max(room.height(), 0)))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self._look.theme.colour("accent.line"))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -1, -1))
        painter.end()
