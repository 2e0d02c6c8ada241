"""Rows of the queue: images under way, waiting and done, with the steps of each. GUI thread."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from dmdx_desktop.library.queue_view import DoneRow, QueueRow
from dmdx_desktop.models.choices import RecipeMetal
from dmdx_desktop.ui.image_words import metal_label, scene_label
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.studio.piece_delegate import paint_thumbnail
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

ROW: Final = 48
ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1
STEPS: Final = ("Prepare", "Render", "Save")
_STEP_OF: Final = {"reserved": 0, "uploading": 0, "submitting": 0, "running": 1, "collecting": 2}
_WORDS: Final = {
    "planned": "Waiting",
    "reserved": "Preparing",
    "uploading": "Preparing",
    "submitting": "Preparing",
    "running": "Rendering",
    "collecting": "Saving",
}
Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """The rows that are listed: at most some hundred, exchanged whole."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[QueueRow | DoneRow, ...] = ()

    def show(self, rows: Sequence[QueueRow | DoneRow]) -> None:
        """List these, keeping what is at the same place."""
        before, self_rows = len(self.rows), tuple(rows)
        if len(self_rows) < before:
            self.beginRemoveRows(QModelIndex(), len(self_rows), before - 1)
            self.rows = self_rows
            self.endRemoveRows()
        elif len(self_rows) > before:
            self.beginInsertRows(QModelIndex(), before, len(self_rows) - 1)
            self.rows = self_rows
            self.endInsertRows()
        self.rows = self_rows
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title}, {variant_words(row)}, {state_words(row)}"
        return None


def state_words(row: QueueRow | DoneRow) -> str:
    """How far it is."""
    if isinstance(row, DoneRow):
        at = QDateTime.fromMSecsSinceEpoch(row.at).time()
        return tr("Done at {time}", time=QLocale().toString(at, QLocale.FormatType.ShortFormat))
    return tr(_WORDS.get(row.state, "Waiting"))


def variant_words(row: QueueRow | DoneRow) -> str:
    """Scene, metal and number of an image."""
    metal = "" if row.metal == RecipeMetal.AS_REFERENCE else f", {metal_label(row.metal)}"
    return f"{scene_label(row.scene).lower()}{metal} · {row.n}"


class QueueDelegate(QStyledItemDelegate):
    """One row: reference, name, what of it, and either its three steps or what is wrong."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(400, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, place, theme = index.data(ROW_ROLE), option.rect, self._parts.look.theme
        if not isinstance(row, QueueRow | DoneRow):
            return
        if option.state & QStyle.StateFlag.State_Selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(place, theme.colour("bg.selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver and isinstance(row, DoneRow):
            painter.fillRect(place, theme.colour("bg.hover"))
        painter.setPen(theme.colour("border.subtle"))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        thumbnail = QRect(place.left() + 12, place.top() + 8, 32, 32)
        paint_thumbnail(painter, thumbnail, self._parts.previews.pixmap(row.sha256), self._parts.look)
        middle = Qt.AlignmentFlag.AlignVCenter
        right = place.adjusted(place.width() * 11 // 20, 0, -12, 0)
        left = QRect(place.left() + 60, place.top(), right.left() - place.left() - 72, place.height())
        font = theme.font(TextStyle.STRONG)
        painter.setFont(font)
        painter.setPen(theme.colour("text.primary"))
        title = QFontMetrics(font).elidedText(row.title, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, middle, title)
        after = QFontMetrics(font).horizontalAdvance(title) + 10
        painter.setFont(theme.font(TextStyle.BODY))
        painter.setPen(theme.colour("text.tertiary"))
        painter.drawText(left.adjusted(after, 0, 0, 0), middle, variant_words(row))
        self._paint_steps(painter, right, len(STEPS) if isinstance(row, DoneRow) else _STEP_OF.get(row.state, -1))
        painter.setPen(theme.colour("text.secondary"))
        painter.drawText(right.adjusted(140, 0, 0, 0), middle, state_words(row))

    def _paint_steps(self, painter: QPainter, place: QRect, at: int) -> None:
        theme = self._parts.look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(len(STEPS)):
            colour = theme.colour("accent.line" if step <= at else "bg.pressed")
            if step == at:
                colour.setAlphaF(0.55)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(place.left() + step * 40, place.center().y() - 1.5, 36, 4), 2, 2)
