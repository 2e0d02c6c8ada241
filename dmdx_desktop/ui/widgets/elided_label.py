"""A line of words that are shortened where they have no room, and whole in their tool tip. GUI thread."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel


class ElidedLabel(QLabel):
    """What it says is plain text; aloud it is said whole."""

    def setText(self, text: str) -> None:
        """Say ``text``."""
        super().setText(text)
        self.setToolTip(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        place = self.contentsRect()
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, place.width())
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
        self.style().drawItemText(painter, place, flags, self.palette(), self.isEnabled(), words, self.foregroundRole())
        painter.end()
