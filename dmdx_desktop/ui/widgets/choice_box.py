"""A list to choose one of, with the sign that it is one. GUI thread."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from dmdx_desktop.ui.look import Look

CHEVRON: Final = 14
MOST_SEEN: Final = 14


class ChoiceBox(QComboBox):
    """The wheel scrolls what the list stands in; it changes nothing in passing."""

    def __init__(self, look: Look, name: str, least: int = 150) -> None:
        """``name`` is what the list is called aloud; no narrower than ``least``."""
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.view().setAccessibleName(name)
        self.setMinimumWidth(least)
        self.setMaxVisibleItems(MOST_SEEN)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.update)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        left = CHEVRON if self.isRightToLeft() else self.width() - CHEVRON - 6
        place = QRectF(left - CHEVRON / 2, (self.height() - CHEVRON) / 2, CHEVRON, CHEVRON)
        colour = self._look.theme.colour("text.secondary" if self.isEnabled() else "text.disabled")
        self._look.icons.paint(painter, "chevron-down", place, colour)
        painter.end()
