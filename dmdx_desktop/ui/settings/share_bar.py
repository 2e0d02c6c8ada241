"""A bar that is filled by one share, and by a second one on top of it. GUI thread."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dmdx_desktop.ui.look import Look

BAR: Final = 8


class ShareBar(QWidget):
    """The words beside it say the same; ``second`` is the colour of what comes on top."""

    def __init__(self, look: Look, second: str) -> None:
        super().__init__()
        self._look, self._colour = look, second
        self._first = self._both = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.update)

    def show_shares(self, first: float, second: float = 0.0) -> None:
        """Show these shares of the whole, from 0 to 1."""
        self._first, self._both = min(first, 1.0), min(first + second, 1.0)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, BAR)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, BAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, painter = self._look.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isRightToLeft():
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        for colour, share in (("bg.pressed", 1.0), (self._colour, self._both), ("accent.solid", self._first)):
            if share > 0:
                painter.setBrush(theme.colour(colour))
                painter.drawRoundedRect(QRectF(0, 0, max(share * self.width(), BAR), BAR), BAR / 2, BAR / 2)
        painter.end()
