"""Chips: a fact with how sure it is, or a choice that is on or off. GUI thread."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.tokens import TextStyle

HEIGHT = 26
_DOT = 10
_GAP = 6
_PADDING = 8


@dataclass(frozen=True, slots=True)
class ChipLook:
    """What a chip shows: a ``dot`` of colour in front, a ``note`` behind; a ``doubtful`` one asks for a look."""

    text: str
    note: str = ""
    dot: QColor | None = None
    doubtful: bool = False
    confirmed: bool = False
    tight: bool = False
    """Whether less is left around each part, for many chips in one line."""


class Chip(QAbstractButton):
    """A chip. Checkable ones are choices; others are facts that open their editor."""

    def __init__(self, look: Look, shown: ChipLook, *, choice: bool = False) -> None:
        super().__init__()
        self._look = look
        self.setCheckable(choice)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        look.theme.changed.connect(self.update)
        self.show_fact(shown)

    def show_fact(self, shown: ChipLook) -> None:
        """Show something else from now on."""
        self._shown = shown
        self.setText(shown.text)
        self.setAccessibleName(f"{shown.text} {shown.note}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self.size_with(self._shown)

    def size_with(self, shown: ChipLook) -> QSize:
        """The size it would have with this."""
        words = QFontMetrics(self._look.theme.font(TextStyle.BODY)).horizontalAdvance(shown.text)
        width = 2 * (_PADDING - 2 * shown.tight) + words
        if shown.note:
            font = self._look.theme.font(TextStyle.CAPTION, aligned=True)
            width += _GAP + QFontMetrics(font).horizontalAdvance(shown.note)
        if shown.dot is not None or shown.confirmed:
            width += _GAP - shown.tight + (_DOT if shown.dot is not None else 14)
        return QSize(width + 2, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_content(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        theme, shown = self._look.theme, self._shown
        ground, line, style = "bg.raised", "border.default", Qt.PenStyle.SolidLine
        if shown.doubtful:
            ground, line, style = "warning.soft", "warning.solid", Qt.PenStyle.DashLine
        elif self.isChecked():
            ground, line = "accent.soft", "accent.line"
        elif self.underMouse():
            ground = "bg.hover"
        pen = QPen(theme.colour(line), 1, style)
        if shown.doubtful:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _paint_content(self, painter: QPainter) -> None:
        theme, shown = self._look.theme, self._shown
        mirrored, x, middle = self.isRightToLeft(), float(_PADDING + 1 - 2 * shown.tight), self.height() / 2
        if shown.dot is not None:
            painter.setPen(QColor(128, 128, 128, 140))
            painter.setBrush(shown.dot)
            painter.drawEllipse(self._placed(QRectF(x, middle - _DOT / 2, _DOT, _DOT), mirrored))
            x += _DOT + _GAP - shown.tight
        elif shown.confirmed:
            place = self._placed(QRectF(x, middle - 7, 14, 14), mirrored)
            self._look.icons.paint(painter, "check", place, theme.colour("text.secondary"))
            x += 14 + _GAP
        aligned = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        aligned |= Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        font = theme.font(TextStyle.BODY)
        note_font = theme.font(TextStyle.CAPTION, aligned=True)
        note_width = QFontMetrics(note_font).horizontalAdvance(shown.note) + _GAP if shown.note else 0
        room = self.width() - x - _PADDING + 2 * shown.tight - note_width
        painter.setFont(font)
        painter.setPen(theme.colour("text.primary" if self.isEnabled() else "text.disabled"))
        text = QFontMetrics(font).elidedText(shown.text, Qt.TextElideMode.ElideRight, round(room) + 1)
        painter.drawText(self._placed(QRectF(x, 0, room + 1, self.height()), mirrored), aligned, text)
        if shown.note:
            painter.setFont(note_font)
            painter.setPen(theme.colour("warning.text" if shown.doubtful else "text.tertiary"))
            place = QRectF(self.width() - _PADDING - note_width + _GAP - 1, 0, note_width, self.height())
            painter.drawText(self._placed(place, mirrored), aligned, shown.note)

    def _placed(self, place: QRectF, mirrored: bool) -> QRectF:
        if mirrored:
            place.moveLeft(self.width() - place.right())
        return place
