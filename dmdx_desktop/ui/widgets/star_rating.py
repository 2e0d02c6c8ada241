"""Five stars that are read and set. GUI thread."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.wording import tr

STARS = 5


class StarRating(QWidget):
    """``rated`` comes when the user gives another number of stars; 0 takes them back."""

    rated = Signal(int)

    def __init__(self, look: Look, size: int = 16, gap: int = 4) -> None:
        super().__init__()
        self._look, self._size, self._gap = look, size, gap
        self._stars = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_stars(0)
        look.theme.changed.connect(self.update)

    def show_stars(self, stars: int) -> None:
        """Show a rating from 0 to 5."""
        self._stars = stars
        self.setAccessibleName(tr("Rating, {stars} of {most} stars", stars=stars, most=STARS))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(STARS * self._size + (STARS - 1) * self._gap, max(self._size, 24))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = self.width() - event.position().x() if self.isRightToLeft() else event.position().x()
        star = min(STARS, int(x // (self._size + self._gap)) + 1)
        self.rated.emit(0 if star == self._stars else star)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}
        step = steps.get(event.key(), 0) * (-1 if self.isRightToLeft() else 1)
        if step:
            self.rated.emit(min(max(self._stars + step, 0), STARS))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        paint_stars(painter, self._look, self._place(), self._stars, self._size, self._gap, self.isRightToLeft())
        painter.end()

    def _place(self) -> QRectF:
        return QRectF(0, (self.height() - self._size) / 2, self.width(), self._size)


def paint_stars(
    painter: QPainter, look: Look, place: QRectF, stars: int, size: int, gap: int, mirrored: bool = False
) -> None:
    """Draw five stars from the reading side of ``place``."""
    for star in range(STARS):
        x = star * (size + gap)
        left = place.right() - x - size if mirrored else place.left() + x
        lit = star < stars
        colour = look.theme.colour("star.on" if lit else "star.off")
        look.icons.paint(painter, "star", QRectF(left, place.top(), size, size), colour, solid=lit)
