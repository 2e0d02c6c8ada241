"""The queue: how much is done, what needs the user, what is under way and what waits. GUI thread."""

import time
from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from dmdx_desktop.library.queue_view import QueueRow, QueueView, queue_view
from dmdx_desktop.models.choices import RecipeMetal
from dmdx_desktop.models.gestures import CancelRenders
from dmdx_desktop.ui.image_words import metal_label, scene_label
from dmdx_desktop.ui.look import Button, Look, Tone, say, text_label
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.studio.piece_delegate import paint_thumbnail
from dmdx_desktop.ui.tokens import TextStyle

ROW: Final = 48
ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1
READ_AGAIN_MS: Final = 250
STEPS: Final = ("Prepare", "Render", "Save")
_STEP_OF: Final = {"planned": 0, "running": 1, "collecting": 2, "done": 3, "failed": 1}
_WORDS: Final = {"planned": "Waiting", "running": "Rendering", "collecting": "Saving"}
Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """The rows that are listed: at most some hundred, exchanged whole."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[QueueRow, ...] = ()

    def show(self, rows: Sequence[QueueRow]) -> None:
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
            return f"{row.title}, {variant_words(row)}, {row.problem or _WORDS.get(row.state, row.state)}"
        return None


def variant_words(row: QueueRow) -> str:
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
        if not isinstance(row, QueueRow):
            return
        painter.setPen(theme.colour("border.subtle"))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        thumbnail = QRect(place.left() + 12, place.top() + 8, 32, 32)
        paint_thumbnail(painter, thumbnail, self._parts.previews.pixmap(row.sha256), self._parts.look)
        middle = Qt.AlignmentFlag.AlignVCenter
        font = theme.font(TextStyle.STRONG)
        painter.setFont(font)
        painter.setPen(theme.colour("text.primary"))
        left = place.adjusted(60, 0, 0, 0)
        painter.drawText(left, middle, row.title)
        after = QFontMetrics(font).horizontalAdvance(row.title) + 10
        painter.setFont(theme.font(TextStyle.BODY))
        painter.setPen(theme.colour("text.tertiary"))
        painter.drawText(left.adjusted(after, 0, 0, 0), middle, variant_words(row))
        right = place.adjusted(place.width() * 11 // 20, 0, -12, 0)
        if row.problem:
            painter.setPen(theme.colour("danger.text"))
            words = QFontMetrics(painter.font()).elidedText(row.problem, Qt.TextElideMode.ElideRight, right.width())
            painter.drawText(right, middle, words)
            return
        self._paint_steps(painter, right, row)
        painter.setPen(theme.colour("text.secondary"))
        painter.drawText(right.adjusted(140, 0, 0, 0), middle, _WORDS.get(row.state, row.state.capitalize()))

    def _paint_steps(self, painter: QPainter, place: QRect, row: QueueRow) -> None:
        theme, at = self._parts.look.theme, _STEP_OF.get(row.state, 0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(len(STEPS)):
            colour = theme.colour("accent.line" if step <= at and row.state != "planned" else "bg.pressed")
            if step == at and row.state != "planned":
                colour.setAlphaF(0.55)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(place.left() + step * 40, place.center().y() - 1.5, 36, 4), 2, 2)


class TotalsBar(QWidget):
    """Done, under way, failed and waiting as parts of one bar."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._parts: tuple[tuple[int, str], ...] = ()
        self.setFixedHeight(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.update)

    def show_parts(self, parts: Sequence[tuple[int, str]]) -> None:
        """Numbers with the colours of their parts."""
        self._parts = tuple(parts)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole, x = max(sum(number for number, _ in self._parts), 1), 0.0
        painter.setBrush(self._look.theme.colour("bg.pressed"))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        for number, colour in self._parts:
            width = self.width() * number / whole
            if number:
                painter.setBrush(self._look.theme.colour(colour))
                painter.drawRoundedRect(QRectF(x, 0, max(width - 1, 2), self.height()), 3, 3)
            x += width
        painter.end()


class QueuePage(QWidget):
    """``waiting_changed`` tells how many images are not done yet."""

    waiting_changed = Signal(int)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._title, self._detail = text_label("Nothing is running", TextStyle.DISPLAY), text_label(tone=Tone.SECONDARY)
        self._bar = TotalsBar(parts.look)
        self._cancel = Button(parts.look, "Cancel waiting", icon="x")
        self._cancel.clicked.connect(lambda: parts.bridge.send(CancelRenders(everything=True)))
        self.under_way, self.needing = QueueModel(), QueueModel()
        self._needing_title = text_label(style=TextStyle.SECTION)
        self._under_way_title = text_label("In progress", TextStyle.SECTION)
        self._needing_list = self._list(self.needing, "Need you")
        self._under_way_list = self._list(self.under_way, "In progress")
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 16)
        column.setSpacing(6)
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.addWidget(self._title)
        words.addWidget(self._detail)
        head.addLayout(words)
        head.addStretch(1)
        head.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(head)
        column.addSpacing(8)
        column.addWidget(self._bar)
        column.addSpacing(16)
        column.addWidget(self._needing_title)
        column.addWidget(self._needing_list)
        column.addSpacing(12)
        column.addWidget(self._under_way_title)
        column.addWidget(self._under_way_list, 100)
        column.addStretch(1)
        self._reading = QTimer(self, singleShot=True, interval=READ_AGAIN_MS)
        self._reading.timeout.connect(self.read_all)
        self._show(QueueView(0, 0, 0, 0, (), (), None))

    def take_changes(self, changes: dict[str, set[int] | None]) -> None:
        """Rows of these tables changed."""
        if {"render", "output", "problem"} & changes.keys() and not self._reading.isActive():
            self._reading.start()

    def read_all(self) -> None:
        """Look again at everything."""
        self._parts.source.ask(self, partial(queue_view, now=round(time.time() * 1000)), self._show)

    def _list(self, model: QueueModel, name: str) -> QListView:
        view = QListView()
        view.setAccessibleName(name)
        view.setUniformItemSizes(True)
        view.setModel(model)
        view.setItemDelegate(QueueDelegate(self._parts))
        view.setStyleSheet("background: transparent;")
        self._parts.previews.ready.connect(lambda sha256: view.viewport().update())
        return view

    def _show(self, view: QueueView) -> None:
        left = view.running + view.waiting
        total = view.done + left + view.failed
        say(self._title, f"{view.done:,} of {total:,} images done" if left else "Nothing is running")
        say(self._detail, self._words(view))
        self._bar.show_parts(
            (
                (view.done, "accent.solid"),
                (view.running, "accent.line"),
                (view.failed, "danger.solid"),
                (view.waiting, "bg.pressed"),
            )
        )
        self._cancel.setVisible(view.waiting > 0)
        self._cancel.setText(f"Cancel waiting ({view.waiting:,})")
        self.needing.show(view.needing)
        self.under_way.show(view.rows)
        self._needing_title.setText(f"{view.failed:,} need you")
        for widget in (self._needing_title, self._needing_list):
            widget.setVisible(view.failed > 0)
        self._needing_list.setMaximumHeight(min(len(view.needing), 4) * ROW + 2)
        self._under_way_title.setVisible(left > 0)
        self._under_way_list.setVisible(left > 0)
        self.waiting_changed.emit(left)

    def _words(self, view: QueueView) -> str:
        parts = [f"{view.running:,} rendering", f"{view.waiting:,} waiting"] if view.running + view.waiting else []
        if view.failed:
            parts.append(f"{view.failed:,} need you")
        if view.running + view.waiting:
            parts.append(time_left(view))
        elif view.done:
            parts.append(f"{view.done:,} done in the last day")
        return " · ".join(parts)


def time_left(view: QueueView) -> str:
    """How long what is left takes, from the median of the last images."""
    left = view.running + view.waiting
    if view.seconds_each is None:
        return "about a minute" if left < 60 else "some minutes"
    seconds = left * view.seconds_each
    if seconds < 90:
        return "about a minute left" if seconds > 30 else "less than a minute left"
    return f"about {round(seconds / 60)} minutes left"
