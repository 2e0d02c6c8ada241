"""A field to search with: a glass at its start; while it is empty, the keys that lead to it at its end. GUI thread."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

SIDE: Final = 10


class SearchField(QLineEdit):
    """The keys are the menu's; here they are only told."""

    def __init__(self, look: Look, hint: str, name: str, keys: str = "") -> None:
        """``hint`` stands in the empty field, ``name`` is what it is called aloud, ``keys`` what leads to it."""
        super().__init__()
        self._look = look
        self._keys = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        self.setProperty("quiet", "true")
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self._glass = self.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._glass.setText(tr("Search"))
        # With the first letter: Qt looks for its icon among those of the system, and starting does not wait for that.
        self.textChanged.connect(lambda: self.setClearButtonEnabled(True))
        look.follow(self._dress)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        metrics = self.fontMetrics()
        needed = 50 + metrics.horizontalAdvance(self.placeholderText()) + metrics.horizontalAdvance(self._keys)
        if self._keys and not self.text() and not self.hasFocus() and needed <= self.width():
            painter = QPainter(self)
            painter.setFont(self._look.theme.font(TextStyle.CAPTION))
            painter.setPen(self._look.theme.colour("text.tertiary"))
            end = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect().adjusted(SIDE, 0, -SIDE, 0), end, self._keys)
            painter.end()

    def _dress(self) -> None:
        self._glass.setIcon(self._look.icon("search", "text.tertiary"))
