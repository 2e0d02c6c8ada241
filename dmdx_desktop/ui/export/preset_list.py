"""The presets of the export dialog: what each is for, and what it makes. GUI thread."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dmdx_desktop.models.channel import Channel
from dmdx_desktop.ui.export.channel_words import channel_name, channel_source, channel_summary
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

ROW: Final = 56
PADDING: Final = 12
Index = QModelIndex | QPersistentModelIndex


class _Presets(QAbstractListModel):
    """The presets, in their order."""

    def __init__(self, channels: Sequence[Channel], parent: QWidget) -> None:
        super().__init__(parent)
        self.channels = tuple(channels)

    def show(self, channels: Sequence[Channel]) -> None:
        """List these."""
        self.beginResetModel()
        self.channels = tuple(channels)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.channels)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid():
            return None
        channel = self.channels[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return channel_name(channel)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{channel_name(channel)}, {channel_summary(channel)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            checked = f"{channel.checked_on.day} {channel.checked_on:%b %Y}"
            return tr("{source}. Compared {day}.", source=channel_source(channel), day=checked)
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, look: Look, presets: _Presets, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._presets = look, presets

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(120, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._look.theme
        channel = self._presets.channels[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen, under = state & QStyle.StateFlag.State_Selected, state & QStyle.StateFlag.State_MouseOver
        if chosen or under:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bg.selected" if chosen else "bg.hover"))
            painter.drawRoundedRect(QRectF(place), 6, 6)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour("focus.ring"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -1), 6, 6)
        words = place.adjusted(PADDING, 0, -PADDING, 0)
        lines = (
            (channel_name(channel), TextStyle.STRONG, "text.primary", 9),
            (channel_summary(channel), TextStyle.CAPTION, "text.secondary", 29),
        )
        for text, style, colour, top in lines:
            font = theme.font(style)
            painter.setFont(font)
            painter.setPen(theme.colour(colour))
            fitted = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, words.width())
            line = QRect(words.left(), place.top() + top, words.width(), 18)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, fitted)
        painter.restore()


class PresetList(QListView):
    """``chosen`` tells the preset that is chosen now."""

    chosen = Signal(Channel)

    def __init__(self, look: Look, channels: Sequence[Channel]) -> None:
        super().__init__()
        self._presets = _Presets(channels, self)
        self.setModel(self._presets)
        self.setItemDelegate(_Painter(look, self._presets, self))
        self.setAccessibleName(tr("Presets"))
        self.setMouseTracking(True)
        self.setSpacing(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current)

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The presets that are listed."""
        return self._presets.channels

    def show_channels(self, channels: Sequence[Channel], chosen: str) -> None:
        """List these instead, and choose one of them."""
        self._presets.show(channels)
        self.choose(chosen)

    def choose(self, channel_id: str) -> None:
        """Choose the preset of this id, or the first where there is none."""
        ids = [channel.id for channel in self._presets.channels]
        row = ids.index(channel_id) if channel_id in ids else 0
        self.setCurrentIndex(self._presets.index(row, 0))

    def _on_current(self, now: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self._presets.channels[now.row()])
