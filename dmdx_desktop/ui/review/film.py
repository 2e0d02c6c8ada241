"""The filmstrip: the images of a review in one row, a few hundred of them at a time. GUI thread.

A review may go through a million images. The order is kept whole as one packed array; the list below it holds a window
of it around the image in view, which moves along as the user steps.
"""

from array import array
from collections.abc import Sequence, Set
from typing import Final

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from dmdx_desktop.library.catalogue import ImageCard, image_cards
from dmdx_desktop.ui.image_words import announced_image
from dmdx_desktop.ui.keyed_model import CARD_ROLE, KeyedModel, OrderChange
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.studio.piece_delegate import paint_thumbnail
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

HEIGHT: Final = 104
THUMBNAIL: Final = QSize(66, 66)
FRAME: Final = 4
"""Room around a thumbnail for the line that says it is in view."""
EACH_SIDE: Final = 500
"""Images before and after the one in view that the list holds."""
NEAR_END: Final = 50
MOST_COMPARED: Final = 4
SIGN, BESIDE = 12, 3
SIGNS: Final = {"pick": "flag", "reject": "x"}
Index = QModelIndex | QPersistentModelIndex
Flag = QItemSelectionModel.SelectionFlag


class _FilmDelegate(QStyledItemDelegate):
    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.outlined: frozenset[int] = frozenset()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(THUMBNAIL.width() + 2 * FRAME, THUMBNAIL.height() + 2 * FRAME + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, card = self._parts.look.theme, index.data(CARD_ROLE)
        place = QRect(option.rect.topLeft() + QPoint(FRAME, FRAME), THUMBNAIL)
        pixmap = self._parts.previews.pixmap(card.sha256) if isinstance(card, ImageCard) else None
        paint_thumbnail(painter, place, pixmap, self._parts.look)
        in_view = isinstance(card, ImageCard) and card.key in self.outlined
        if in_view or option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent.line"), 2))
            painter.drawRoundedRect(QRectF(place).adjusted(-3, -3, 3, 3), 4, 4)
        if isinstance(card, ImageCard) and (card.rating or card.flag != "none"):
            painter.setFont(theme.font(TextStyle.CAPTION))
            painter.setPen(theme.colour("text.secondary"))
            self._paint_judgement(painter, QRect(place.left(), place.bottom() + FRAME, place.width(), 18), card)

    def _paint_judgement(self, painter: QPainter, below: QRect, card: ImageCard) -> None:
        """The flag as its sign, and the stars, in the middle below the picture."""
        stars = f"{card.rating}★" if card.rating else ""
        sign = SIGNS.get(card.flag, "")
        words = painter.fontMetrics().horizontalAdvance(stars)
        whole = words + (SIGN if sign else 0) + (BESIDE if sign and stars else 0)
        left = below.left() + (below.width() - whole) / 2
        if sign:
            place = QRectF(left, below.top() + (below.height() - SIGN) / 2, SIGN, SIGN)
            look = self._parts.look
            look.icons.paint(painter, sign, place, look.theme.colour("text.secondary"), solid=sign == "flag")
            left += SIGN + BESIDE
        painter.drawText(QRectF(left, below.top(), words + 1, below.height()), Qt.AlignmentFlag.AlignVCenter, stars)


class Film(QListView):
    """``stepped`` comes when another image is in view, ``picked_out`` when others were selected for comparison."""

    stepped = Signal()
    picked_out = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.cards: KeyedModel[ImageCard] = KeyedModel(parts.source, image_cards, announced_image, self)
        self._order: array[int] = array("q")
        self._at = 0
        self._start = 0
        self._moving = False
        self.setObjectName("film")
        self.setAccessibleName(tr("Images of this review"))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setSpacing(0)
        self.setViewportMargins(12, 7, 12, 0)
        self.setUniformItemSizes(True)
        self.setFixedHeight(HEIGHT)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setModel(self.cards)
        self._delegate = _FilmDelegate(parts)
        self.setItemDelegate(self._delegate)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        self.cards.arrived.connect(self.viewport().update)

    @property
    def order(self) -> "array[int]":
        """The keys of the whole review."""
        return self._order

    @property
    def at(self) -> int:
        """The place of the image in view in the whole review."""
        return self._at

    @property
    def current(self) -> int | None:
        """The key of the image in view."""
        return self._order[self._at] if self._order else None

    def show_order(self, order: "array[int]", key: int) -> None:
        """Review these images, beginning with ``key``."""
        self._order = order
        try:
            self._at = order.index(key)
        except ValueError:
            self._at = 0
        self._move_window()
        self.stepped.emit()

    def step(self, by: int) -> None:
        """Go so many images further, or back; it ends at the ends."""
        if self._order:
            self.go_to(self._at + by)

    def go_to(self, place: int) -> None:
        """Show the image at this place of the review."""
        before, self._at = self._at, min(max(place, 0), len(self._order) - 1)
        row = self._at - self._start
        near_end = row < NEAR_END and self._start > 0
        near_end |= row >= len(self.cards.keys) - NEAR_END and self._start + len(self.cards.keys) < len(self._order)
        if near_end:
            self._move_window()
        else:
            self._show_current()
        if self._at != before:
            self.stepped.emit()

    def drop(self, gone: Set[int]) -> None:
        """Some images of the window are no more; one in view that is gone gives its place to the one that followed."""
        window = self.cards.keys
        kept = array("q", (key for key in window if key not in gone))
        if len(kept) == len(window):
            return
        before = sum(1 for key in window[: self._at - self._start] if key in gone)
        self._order = self._order[: self._start] + kept + self._order[self._start + len(window) :]
        self._at = max(min(self._at - before, len(self._order) - 1), 0)
        self._move_window()
        self.stepped.emit()

    def outline(self, keys: Sequence[int]) -> None:
        """Say that these images are in view as well."""
        if self._delegate.outlined != frozenset(keys):
            self._delegate.outlined = frozenset(keys)
            self.viewport().update()

    def compared(self) -> list[int]:
        """The images that are selected, in their order, as many as can be compared; the one in view among them."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        keys = [self.cards.keys[row] for row in rows][:MOST_COMPARED]
        current = self.current
        if current is not None and current not in keys:
            keys = [current, *keys[: MOST_COMPARED - 1]]
        return keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)
        else:
            event.ignore()  # letters judge the image in view; they do not search in the list

    def _move_window(self) -> None:
        self._start = max(self._at - EACH_SIDE, 0)
        part = self._order[self._start : self._at + EACH_SIDE + 1]
        self._moving = True
        self.cards.replace(part, OrderChange(0, len(self.cards.keys), len(part)))
        self._moving = False
        self._show_current()

    def _show_current(self) -> None:
        if not self._order:
            return
        index = self.cards.index(self._at - self._start, 0)
        self._moving = True
        self.selectionModel().setCurrentIndex(index, Flag.ClearAndSelect)
        self._moving = False
        self.scrollTo(index)

    def _on_current(self, current: QModelIndex) -> None:
        if not self._moving and current.isValid():
            self._at = self._start + current.row()
            self.stepped.emit()

    def _on_selection(self) -> None:
        if not self._moving:
            self.picked_out.emit()
