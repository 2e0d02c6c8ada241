"""How a row of the queue is painted, and the heads of its columns. GUI thread."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dmdx_desktop.library.queue_view import DoneRow, QueueRow
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.queue.queue_rows import NOT_BEGUN, ROW_ROLE, TIME_ROLE, Index, cost_words, steps_of, variant_words
from dmdx_desktop.ui.studio.piece_delegate import paint_thumbnail
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

ROW: Final = 40
HEAD: Final = 32
THUMBNAIL: Final = 32
BAR: Final = 150
BAR_GAP: Final = 3
CROSS: Final = 24
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_TRAILING: Final = _MIDDLE | Qt.AlignmentFlag.AlignRight
_LEADING: Final = _MIDDLE | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a row are, in a left-to-right layout."""

    name: QRect
    bar: QRect
    state: QRect
    left: QRect
    cost: QRect
    cross: QRect


def columns(place: QRect) -> Columns:
    """The columns of a row; what is left of the room goes to the name."""
    top, high, right = place.top(), place.height(), place.right() + 1
    step = place.left() + max(min(place.width() * 57 // 100, place.width() - 560), 220)
    name = place.left() + 68
    return Columns(
        name=QRect(name, top, step - name - 12, high),
        bar=QRect(step, top, BAR, high),
        state=QRect(step + BAR + 12, top, right - 276 - step - BAR - 12, high),
        left=QRect(right - 276, top, 100, high),
        cost=QRect(right - 166, top, 114, high),
        cross=QRect(right - 12 - CROSS, top + (high - CROSS) // 2, CROSS, CROSS),
    )


class QueueHead(QWidget):
    """The names of the columns."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(HEAD)
        look.theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, painter, place = self._look.theme, QPainter(self), columns(self.rect())
        painter.setFont(theme.font(TextStyle.CAPTION))
        painter.setPen(theme.colour("text.secondary"))
        first = QRect(12, 0, place.name.right() - 12, self.height())
        for where, words, how in (
            (first, tr("Image"), _LEADING),
            (place.bar, tr("Step"), _LEADING),
            (place.left, tr("Time left"), _TRAILING),
            (place.cost, tr("Cost"), _TRAILING),
        ):
            painter.drawText(where, how, words)
        painter.setPen(theme.colour("border.default"))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        painter.end()


class QueueDelegate(QStyledItemDelegate):
    """One row: reference, name, what of it, its steps, its time, and a cross that cancels it."""

    cancel_wanted = Signal(QueueRow)

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(400, ROW)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        row = index.data(ROW_ROLE)
        is_let_go = event.type() == QEvent.Type.MouseButtonRelease
        on_cross = isinstance(event, QMouseEvent) and columns(option.rect).cross.contains(event.position().toPoint())
        if isinstance(row, QueueRow) and is_let_go and on_cross:
            self.cancel_wanted.emit(row)
            return True
        return super().editorEvent(event, model, option, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, place, theme = index.data(ROW_ROLE), option.rect, self._parts.look.theme
        if not isinstance(row, QueueRow | DoneRow):
            return
        painter.save()
        under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if option.state & QStyle.StateFlag.State_Selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(place, theme.colour("bg.selected"))
        elif under:
            painter.fillRect(place, theme.colour("bg.hover"))
        painter.setPen(theme.colour("border.subtle"))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        thumbnail = QRect(place.left() + 12, place.top() + (ROW - THUMBNAIL) // 2, THUMBNAIL, THUMBNAIL)
        paint_thumbnail(painter, thumbnail, self._parts.previews.pixmap(row.sha256), self._parts.look)
        at = columns(place)
        self._paint_name(painter, at.name, row)
        self._paint_steps(painter, at.bar, *steps_of(row))
        painter.setFont(theme.font(TextStyle.CAPTION))
        waits = isinstance(row, QueueRow) and row.state in NOT_BEGUN
        self._write(painter, at.state, index.data(Qt.ItemDataRole.StatusTipRole), _LEADING, faint=waits)
        painter.setFont(theme.font(TextStyle.BODY))
        self._write(painter, at.left, index.data(TIME_ROLE), _TRAILING)
        self._write(painter, at.cost, cost_words(row), _TRAILING)
        if isinstance(row, QueueRow):
            cross = QRectF(at.cross).adjusted(5, 5, -5, -5)
            self._parts.look.icons.paint(
                painter, "x", cross, theme.colour("text.primary" if under else "text.secondary")
            )
        painter.restore()

    def _paint_name(self, painter: QPainter, place: QRect, row: QueueRow | DoneRow) -> None:
        theme = self._parts.look.theme
        font = theme.font(TextStyle.STRONG)
        painter.setFont(font)
        painter.setPen(theme.colour("text.primary"))
        title = QFontMetrics(font).elidedText(row.title, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, _LEADING, title)
        painter.setFont(theme.font(TextStyle.BODY))
        rest = place.adjusted(QFontMetrics(font).horizontalAdvance(title) + 10, 0, 0, 0)
        self._write(painter, rest, variant_words(row), _LEADING, faint=True)

    def _write(
        self, painter: QPainter, place: QRect, words: str, how: Qt.AlignmentFlag, *, faint: bool = False
    ) -> None:
        painter.setPen(self._parts.look.theme.colour("text.tertiary" if faint else "text.secondary"))
        fitted = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(place.width(), 0))
        painter.drawText(place, how, fitted)

    def _paint_steps(self, painter: QPainter, place: QRect, steps: int, at: int) -> None:
        theme = self._parts.look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        wide = (place.width() + BAR_GAP) / steps
        for step in range(steps):
            colour = theme.colour("accent.line" if step <= at else "bg.pressed")
            if step == at:
                colour.setAlphaF(0.55)
            painter.setBrush(colour)
            part = QRectF(place.left() + step * wide, place.center().y() - 1.5, wide - BAR_GAP, 4)
            painter.drawRoundedRect(part, 2, 2)
