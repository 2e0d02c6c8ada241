"""A box with a tick. GUI thread."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.tokens import TextStyle

MARK: Final = 16
GAP: Final = 10


class TickBox(QCheckBox):
    """On or off, with its words beside it."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(text)
        self._look = look
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._look.theme.font(TextStyle.BODY)).horizontalAdvance(self.text())
        return QSize(MARK + GAP + words + 2, 24)

    def hitButton(self, pos: object) -> bool:
        del pos
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, painter = self._look.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored, ticked = self.isRightToLeft(), self.isChecked()
        top = (self.height() - MARK) / 2
        box = QRectF(self.width() - MARK - 0.5 if mirrored else 0.5, top + 0.5, MARK - 1, MARK - 1)
        painter.setPen(theme.colour("accent.solid" if ticked else "border.control"))
        painter.setBrush(theme.colour("accent.solid" if ticked else "bg.input"))
        painter.drawRoundedRect(box, 4, 4)
        if ticked:
            painter.setPen(QPen(theme.colour("accent.onSolid"), 1.8, c=Qt.PenCapStyle.RoundCap))
            left, middle = box.left(), box.center().y()
            painter.drawPolyline(
                [QPointF(left + 3.5, middle), QPointF(left + 6.5, middle + 3), QPointF(left + 11.5, middle - 3)]
            )
        words = QRect(0 if mirrored else MARK + GAP, 0, self.width() - MARK - GAP, self.height())
        painter.setFont(theme.font(TextStyle.BODY))
        painter.setPen(theme.colour("text.primary" if self.isEnabled() else "text.disabled"))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, self.text())
        painter.end()
