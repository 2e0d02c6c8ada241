"""Draws one row of the list of pieces: picture, name, state as icon and word, type. GUI thread."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from dmdx_desktop.library.catalogue import PieceCard
from dmdx_desktop.ui.icons import SMALL
from dmdx_desktop.ui.keyed_model import CARD_ROLE
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.previews import Previews
from dmdx_desktop.ui.studio.piece_words import state_of, type_label
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.tick_box import MARK, paint_box

ROW: Final = 60
RAIL_ROW: Final = 52
THUMBNAIL: Final = 44
_SIDE: Final = 16
_GAP: Final = 12
_BOXED: Final = MARK + _GAP
"""By how much a row moves on to make room for its box."""
_CORNER: Final = 4


class PieceDelegate(QStyledItemDelegate):
    """Sizes are fixed; nothing is measured but text that might not fit."""

    def __init__(self, look: Look, previews: Previews) -> None:
        super().__init__()
        self._look, self._previews = look, previews
        self.is_rail = False
        """Whether only the picture of each piece is drawn."""
        self.is_ticking = False
        """Whether several pieces are selected: every row has a box then, not only the one under the pointer."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(200, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if self.is_rail:
            self._paint_in_rail(painter, option, index)
            return
        theme, place = self._look.theme, QRect(option.rect)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(place, theme.colour("bg.selected"))
            edge = QRect(place.right() - 1 if mirrored else place.left(), place.top(), 2, place.height())
            painter.fillRect(edge, theme.colour("accent.line"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, theme.colour("bg.hover"))
        card = index.data(CARD_ROLE)
        if isinstance(card, PieceCard):
            self._paint_card(painter, _beside_box(place, mirrored) if self.is_ticking else place, card, mirrored)
        else:
            painter.fillRect(self._thumbnail_place(place, mirrored), theme.colour("surround.tile"))
        self._paint_box(painter, option, mirrored)
        if option.state & QStyle.StateFlag.State_HasFocus and not selected:
            painter.setPen(theme.colour("focus.ring"))
            painter.drawRect(place.adjusted(1, 1, -2, -2))

    def _paint_in_rail(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card, theme = index.data(CARD_ROLE), self._look.theme
        picture = self._thumbnail_place(option.rect, mirrored=False)
        sha256 = card.sha256 if isinstance(card, PieceCard) else None
        paint_thumbnail(painter, picture, None if sha256 is None else self._previews.pixmap(sha256), self._look)
        if isinstance(card, PieceCard) and card.failed:
            plate = QRect(picture.right() - SMALL - 3, picture.bottom() - SMALL - 3, SMALL + 4, SMALL + 4)
            painter.fillRect(plate, theme.colour("bg.panel"))
            icon = plate.adjusted(2, 2, -2, -2).toRectF()
            self._look.icons.paint(painter, state_of(card).icon, icon, theme.colour(state_of(card).colour))
        chosen, focused = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_HasFocus
        if option.state & (chosen | focused):
            painter.setPen(QPen(theme.colour("accent.line" if option.state & chosen else "focus.ring"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(picture.adjusted(-3, -3, 3, 3), 4, 4)
        self._paint_box(painter, option, option.direction is Qt.LayoutDirection.RightToLeft)

    def box_place(self, place: QRect, mirrored: bool) -> QRect:
        """Where the box of the piece is whose row lies at ``place``: before its picture, or on the corner of it."""
        if self.is_ticking and not self.is_rail:
            left = place.right() - _SIDE - MARK + 1 if mirrored else place.left() + _SIDE
            return QRect(left, place.top() + (place.height() - MARK) // 2, MARK, MARK)
        picture = self._thumbnail_place(place, mirrored)
        left = picture.right() - _CORNER - MARK + 1 if mirrored else picture.left() + _CORNER
        return QRect(left, picture.top() + _CORNER, MARK, MARK)

    def _paint_box(self, painter: QPainter, option: QStyleOptionViewItem, mirrored: bool) -> None:
        if self.is_ticking or option.state & QStyle.StateFlag.State_MouseOver:
            box = self.box_place(option.rect, mirrored).toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
            ticked = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.save()
            paint_box(painter, box, self._look, ticked=ticked)
            painter.restore()

    def _thumbnail_place(self, place: QRect, mirrored: bool) -> QRect:
        if self.is_rail:
            picture = QRect(0, 0, THUMBNAIL, THUMBNAIL)
            picture.moveCenter(place.center())
            return picture
        return _thumbnail_place(_beside_box(place, mirrored) if self.is_ticking else place, mirrored)

    def name_place(self, place: QRect, mirrored: bool) -> QRect:
        """Where the name of a piece is, with room to type it."""
        place = _beside_box(place, mirrored) if self.is_ticking else place
        left = place.left() + (_SIDE if mirrored else _SIDE + THUMBNAIL + _GAP - 6)
        width = place.width() - 2 * _SIDE - THUMBNAIL - _GAP + 6
        return QRect(left, place.top() + 4, width, 28)

    def _paint_card(self, painter: QPainter, place: QRect, card: PieceCard, mirrored: bool) -> None:
        theme = self._look.theme
        pixmap = None if card.sha256 is None else self._previews.pixmap(card.sha256)
        paint_thumbnail(painter, _thumbnail_place(place, mirrored), pixmap, self._look)
        left = place.left() + _SIDE + THUMBNAIL + _GAP
        room = QRect(left, place.top(), place.right() - _SIDE - left + 1, place.height())
        if mirrored:
            room.moveLeft(place.left() + _SIDE)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        start = align | (Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft)
        end = align | (Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight)
        font = theme.font(TextStyle.LABEL)
        painter.setFont(font)
        painter.setPen(theme.colour("text.primary"))
        title = QFontMetrics(font).elidedText(card.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.adjusted(0, 11, 0, -29), start, title)
        state = state_of(card)
        line = room.adjusted(0, 31, 0, -9)
        icon = QRectF(line.left(), line.center().y() - SMALL / 2 + 0.5, SMALL, SMALL)
        if mirrored:
            icon.moveLeft(line.right() - SMALL + 1)
        self._look.icons.paint(painter, state.icon, icon, theme.colour(state.colour))
        painter.setFont(theme.font(TextStyle.CAPTION, aligned=True))
        painter.setPen(theme.colour(state.colour))
        shift = SMALL + 6
        painter.drawText(line.adjusted(0 if mirrored else shift, 0, -shift if mirrored else 0, 0), start, state.words)
        painter.setPen(theme.colour("text.tertiary"))
        metrics = painter.fontMetrics()
        left_over = line.width() - shift - metrics.horizontalAdvance(state.words) - _GAP
        painter.drawText(line, end, metrics.elidedText(type_label(card.type), Qt.TextElideMode.ElideRight, left_over))


def paint_thumbnail(painter: QPainter, place: QRect, pixmap: QPixmap | None, look: Look) -> None:
    """A whole picture within ``place``; what it leaves free is the ground of tiles."""
    painter.fillRect(place, look.theme.colour("surround.tile"))
    if pixmap is None:
        return
    size = pixmap.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRect(0, 0, size.width(), size.height())
    target.moveCenter(place.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(target, pixmap)


def _thumbnail_place(place: QRect, mirrored: bool) -> QRect:
    left = place.right() - _SIDE - THUMBNAIL + 1 if mirrored else place.left() + _SIDE
    return QRect(left, place.top() + (place.height() - THUMBNAIL) // 2, THUMBNAIL, THUMBNAIL)


def _beside_box(place: QRect, mirrored: bool) -> QRect:
    return place.adjusted(0 if mirrored else _BOXED, 0, -_BOXED if mirrored else 0, 0)
