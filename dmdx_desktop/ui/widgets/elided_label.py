"""A line of words that are shortened where they have no room, and whole in their tool tip. GUI thread."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from dmdx_desktop.ui.look import Tone
from dmdx_desktop.ui.tokens import TextStyle

LEAST: Final = 24


class ElidedLabel(QLabel):
    """What it says is plain text; aloud it is said whole."""

    def __init__(
        self,
        style: TextStyle = TextStyle.BODY,
        tone: Tone = Tone.PRIMARY,
        shortened: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        """``shortened`` is where words go first: names of files are told apart by their ends."""
        super().__init__()
        self._shortened = shortened
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("text-style", str(style))
        self.setProperty("tone", tone.value)

    def setText(self, text: str) -> None:
        """Say ``text``."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(LEAST, self.sizeHint().width()), super().minimumSizeHint().height())

    @property
    def shown_text(self) -> str:
        """What there is room for."""
        return self.fontMetrics().elidedText(self.text(), self._shortened, self.contentsRect().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        place = self.contentsRect()
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
        self.style().drawItemText(
            painter, place, flags, self.palette(), self.isEnabled(), self.shown_text, self.foregroundRole()
        )
        painter.end()
