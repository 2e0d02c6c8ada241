"""The one button that makes images: what it makes at one end, the keys that press it at the other. GUI thread."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from dmdx_desktop.ui.look import Button, Look, Variant
from dmdx_desktop.ui.tokens import TextStyle

SIDE: Final = 16
BETWEEN: Final = 12
KEYS: Final = "Ctrl+G"


class MakeButton(Button):
    """The keys are the menu's; here they are only told."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Make drafts", variant=Variant.PRIMARY, icon="sparkles", scale="large")
        self.setProperty("aligned", "start")
        self._keys = QKeySequence(KEYS).toString(QKeySequence.SequenceFormat.NativeText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(size.width() + BETWEEN + self._keys_width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isEnabled():
            painter = QPainter(self)
            painter.setFont(self._look.theme.font(TextStyle.CAPTION))
            painter.setPen(self._look.theme.colour("accent.onSolid"))
            end = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect().adjusted(SIDE, 0, -SIDE, 0), end, self._keys)
            painter.end()

    def _keys_width(self) -> int:
        return QFontMetrics(self._look.theme.font(TextStyle.CAPTION)).horizontalAdvance(self._keys)
