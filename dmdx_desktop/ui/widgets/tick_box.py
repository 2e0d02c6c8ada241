"""A box with a tick, and a card that is one choice of a few. GUI thread."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QSizePolicy

from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

MARK: Final = 16
GAP: Final = 10
PADDING: Final = 20
WRAPPED: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading


def paint_box(painter: QPainter, box: QRectF, look: Look, *, ticked: bool, partly: bool = False) -> None:
    """A box of ``MARK`` pixels with a tick, with a dash where it stands for several and some are ticked, or empty."""
    theme, filled = look.theme, ticked or partly
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.colour("accent.solid" if filled else "border.control"))
    painter.setBrush(theme.colour("accent.solid" if filled else "bg.input"))
    painter.drawRoundedRect(box, 4, 4)
    if filled:
        painter.setPen(QPen(theme.colour("accent.onSolid"), 1.8, c=Qt.PenCapStyle.RoundCap))
        left, middle = box.left(), box.center().y()
        tick = [QPointF(left + 3.5, middle), QPointF(left + 6.5, middle + 3), QPointF(left + 11.5, middle - 3)]
        dash = [QPointF(left + 4, middle), QPointF(left + 11, middle)]
        painter.drawPolyline(tick if ticked else dash)


class TickBox(QCheckBox):
    """On or off, with its words beside it."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(tr(text))
        self._look = look
        self.setAccessibleName(tr(text))
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
        paint_box(painter, box, self._look, ticked=ticked)
        words = QRect(0 if mirrored else MARK + GAP, 0, self.width() - MARK - GAP, self.height())
        painter.setFont(theme.font(TextStyle.BODY))
        painter.setPen(theme.colour("text.primary" if self.isEnabled() else "text.disabled"))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, self.text())
        painter.end()


class ChoiceCard(QAbstractButton):
    """One way among a few, with a sentence on what it means."""

    def __init__(self, look: Look, text: str, detail: str) -> None:
        super().__init__()
        self._look, self._detail = look, tr(detail)
        self.setText(tr(text))
        self.setCheckable(True)
        self.setAccessibleName(tr(text))
        self.setAccessibleDescription(self._detail)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(160)
        look.theme.changed.connect(self.update)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        font = self._look.theme.font(TextStyle.BODY)
        room = QRect(0, 0, max(width - 2 * PADDING - MARK - GAP - 2, 40), 10_000)
        return 44 + QFontMetrics(font).boundingRect(room, int(WRAPPED), self._detail).height() + 18

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(max(self.width(), 160)))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(max(self.width(), 160)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(event.size().width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, painter = self._look.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored, chosen = self.isRightToLeft(), self.isChecked()
        pen = QPen(theme.colour("accent.line" if chosen else "border.subtle"), 2 if chosen else 1)
        painter.setPen(pen)
        painter.setBrush(theme.colour("accent.soft" if chosen else "bg.panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        ring = QRectF(self.width() - PADDING - MARK if mirrored else PADDING, 18, MARK, MARK)
        usable = self.isEnabled()
        if chosen:
            painter.setPen(QPen(theme.colour("accent.solid"), 5))
            painter.setBrush(theme.colour("accent.onSolid"))
            painter.drawEllipse(ring.adjusted(2.5, 2.5, -2.5, -2.5))
        else:
            painter.setPen(theme.colour("border.control" if usable else "border.default"))
            painter.setBrush(theme.colour("bg.input"))
            painter.drawEllipse(ring.adjusted(0.5, 0.5, -0.5, -0.5))
        beside = PADDING + MARK + GAP + 2
        words = self.rect().adjusted(PADDING if mirrored else beside, 0, -beside if mirrored else -PADDING, 0)
        painter.setFont(theme.font(TextStyle.STRONG))
        painter.setPen(theme.colour("text.primary" if usable else "text.tertiary"))
        painter.drawText(words.adjusted(0, 16, 0, 0), int(WRAPPED), self.text())
        painter.setFont(theme.font(TextStyle.BODY))
        painter.setPen(theme.colour("text.secondary" if usable else "text.tertiary"))
        painter.drawText(words.adjusted(0, 42, 0, 0), int(WRAPPED), self._detail)
        painter.end()
