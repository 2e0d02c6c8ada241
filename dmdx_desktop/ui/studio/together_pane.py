"""The middle of the studio while several pieces are selected: all of them, with what is to be checked. GUI thread."""

from array import array
from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from dmdx_desktop.library.catalogue import PieceCard, piece_cards, piece_order
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.piece_filter import PieceCondition, PieceFilter
from dmdx_desktop.ui.close_ups import CloseUps
from dmdx_desktop.ui.icons import SMALL
from dmdx_desktop.ui.keyed_model import CARD_ROLE, KeyedModel, order_change
from dmdx_desktop.ui.look import Button, Look, Tone, say, text_label
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.previews import Previews
from dmdx_desktop.ui.studio.canvas_bar import CanvasBar
from dmdx_desktop.ui.studio.piece_delegate import paint_thumbnail
from dmdx_desktop.ui.studio.piece_words import announced
from dmdx_desktop.ui.studio.tile_loupe import TileLoupe
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.elided_label import ElidedLabel
from dmdx_desktop.ui.widgets.section_grid import SectionGrid
from dmdx_desktop.ui.widgets.section_layout import Measures
from dmdx_desktop.ui.wording import tr

TILE: Final = 148
NAME: Final = 22
PLATE: Final = 20
MEASURES: Final = Measures(cell_width=TILE, cell_height=TILE + NAME, gap=14, margin=24, stretch=True)


class _TileDelegate(QStyledItemDelegate):
    """The whole picture, its name, and a sign on what is to be checked."""

    def __init__(self, look: Look, previews: Previews) -> None:
        super().__init__()
        self._look, self._previews = look, previews

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(TILE, TILE + NAME)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card, theme = index.data(CARD_ROLE), self._look.theme
        tile = option.rect.adjusted(0, 0, 0, -NAME)
        known = isinstance(card, PieceCard)
        sha256 = card.sha256 if isinstance(card, PieceCard) else None
        paint_thumbnail(painter, tile, None if sha256 is None else self._previews.pixmap(sha256), self._look)
        if option.state & (QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver):
            has_focus = option.state & QStyle.StateFlag.State_HasFocus
            painter.setPen(QPen(theme.colour("focus.ring" if has_focus else "border.control"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(tile.adjusted(1, 1, -1, -1))
        if not known:
            return
        if card.checks:
            self._paint_sign(painter, tile, mirrored=option.direction is Qt.LayoutDirection.RightToLeft)
        font = theme.font(TextStyle.CAPTION)
        painter.setFont(font)
        painter.setPen(theme.colour("text.secondary"))
        name = QFontMetrics(font).elidedText(card.title, Qt.TextElideMode.ElideRight, tile.width())
        below = QRect(tile.left(), tile.bottom() + 1, tile.width(), NAME)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_sign(self, painter: QPainter, tile: QRect, *, mirrored: bool) -> None:
        left = tile.left() + 4 if mirrored else tile.right() - PLATE - 3
        plate = QRect(left, tile.top() + 4, PLATE, PLATE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.theme.colour("bg.panel"))
        painter.drawRoundedRect(plate, 3, 3)
        icon = QRect(0, 0, SMALL, SMALL)
        icon.moveCenter(plate.center())
        self._look.icons.paint(painter, "triangle-alert", icon.toRectF(), self._look.theme.colour("warning.text"))


class TogetherPane(QWidget):
    """``left_out`` tells the key of a piece that was clicked, or opened by Enter: it is to be selected no more."""

    left_out = Signal(int)

    def __init__(self, parts: Parts, close_ups: CloseUps) -> None:
        super().__init__()
        self._parts = parts
        self._keys: array[int] = array("q")
        self._to_check: array[int] = array("q")
        self._is_narrowed = False
        self.model: KeyedModel[PieceCard] = KeyedModel(parts.source, piece_cards, announced, self)
        self.grid = SectionGrid(MEASURES)
        self.grid.setModel(self.model)
        self.grid.setItemDelegate(_TileDelegate(parts.look, parts.previews))
        self.grid.setSelectionMode(SectionGrid.SelectionMode.NoSelection)
        self.grid.setAccessibleName(tr("Selected pieces"))
        self.grid.setAccessibleDescription(tr("Space opens the loupe, Enter leaves a piece out"))
        self.grid.clicked.connect(lambda index: self._leave_out(index.row()))
        self.grid.opened.connect(self._leave_out)
        self.close_up = TileLoupe(parts, self.grid, self.model, NAME, close_ups)
        self.model.arrived.connect(self.grid.update_soon)
        parts.previews.ready.connect(lambda sha256: self.grid.update_soon())
        self._title = text_label(style=TextStyle.STRONG)
        self._hint = ElidedLabel(tone=Tone.SECONDARY)
        self._hint.setText(tr("Space opens the loupe, click a piece to leave it out"))
        self.check = Button(parts.look, "", icon="triangle-alert", scale="small")
        self.check.clicked.connect(self._toggle_narrowed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(CanvasBar(self._title, self._hint, (self.check,)))
        column.addWidget(self.grid, 1)

    @property
    def title(self) -> str:
        """How many pieces are selected, in words."""
        return self._title.text()

    def show_pieces(self, keys: "array[int] | None") -> None:
        """Show these pieces, as they are listed; None for none."""
        self._keys = array("q") if keys is None else keys
        self._is_narrowed = self._is_narrowed and keys is not None
        self._show()
        self._read_doubts()

    def toggle_loupe(self, key: int) -> None:
        """Look at a piece closely, or at none any more."""
        row = self.model.row_of(key)
        self.close_up.toggle(-1 if row is None else row)

    def take_changes(self, keys: set[int] | None) -> None:
        """Pieces with these keys changed, or, for None, any."""
        if self._keys:
            self.model.refresh(keys)
            self._read_doubts()

    def _read_doubts(self) -> None:
        if self._keys:
            keys = self._keys
            self._parts.source.ask(self, partial(_to_check, keys=keys), partial(self._take_doubts, keys))

    def _take_doubts(self, keys: "array[int]", found: "array[int]") -> None:
        if keys is self._keys:
            self._to_check = found
            self._is_narrowed = self._is_narrowed and bool(found)
            self._show()

    def _toggle_narrowed(self) -> None:
        self._is_narrowed = not self._is_narrowed
        self._show()

    def _show(self) -> None:
        number, doubts = len(self._keys), len(self._to_check)
        say(self._title, tr("{count} pieces", count=number))
        self.check.setVisible(doubts > 0)
        show_doubts = tr("Show the one to check") if doubts == 1 else tr("Show the {count} to check", count=doubts)
        self.check.setText(tr("Show all {count}", count=number) if self._is_narrowed else show_doubts)
        shown = self._to_check if self._is_narrowed else self._keys
        change = order_change(self.model.keys, shown)
        if change.gone or change.come:
            self.model.replace(shown, change)
            self.grid.set_sections((("", len(shown)),))
        self.close_up.keep_to(bool(shown))

    def _leave_out(self, row: int) -> None:
        if 0 <= row < len(self.model.keys):
            self.left_out.emit(self.model.keys[row])


def _to_check(connection: Connection, keys: Sequence[int]) -> "array[int]":
    """Those of these pieces that have a fact to check, in their order."""
    doubted = frozenset(piece_order(connection, chosen=PieceFilter(condition=PieceCondition.TO_CHECK)).keys)
    return array("q", (key for key in keys if key in doubted))
