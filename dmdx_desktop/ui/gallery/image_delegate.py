"""Draws one tile of the gallery: the whole image, tick, flag, stars, and what it is called. GUI thread."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from dmdx_desktop.library.catalogue import ImageCard
from dmdx_desktop.ui.icons import SMALL
from dmdx_desktop.ui.image_words import caption, is_draft
from dmdx_desktop.ui.keyed_model import CARD_ROLE
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.previews import LARGE, Previews
from dmdx_desktop.ui.previews import SMALL as SMALL_PREVIEW
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.star_rating import STARS, paint_stars

CAPTION: Final = 32
MOST_TILES: Final = 96
SETTLE_MS: Final = 48
"""So long after the last change of their size tiles are stretched; then they are drawn anew, a few with each frame."""
DRAWN_AT_ONCE: Final = 4
FRAME_MS: Final = 16
# As numbers: Python's flags take microseconds each, for every tile of every frame.
_SELECTED: Final = QStyle.StateFlag.State_Selected.value
_FOCUSED: Final = QStyle.StateFlag.State_HasFocus.value
_STAR: Final = 12
_STARS_WIDTH: Final = STARS * _STAR + (STARS - 1) * 2
_TICK: Final = 18
GROUND: Final = "bg.window"
"""The colour that grids of images lie on."""
_PLATE: Final = QColor("#141414")


@dataclass(frozen=True, slots=True)
class _Tile:
    """A tile as it was drawn: of what, on which ground, in which size, with which preview."""

    card: ImageCard
    ground: tuple[object, ...]
    size: tuple[int, int]
    preview: int
    drawn: QPixmap

    def shows(self, card: ImageCard, ground: tuple[object, ...]) -> bool:
        """Whether nothing but its size and its sharpness could be other."""
        return self.card == card and self.ground == ground


class ImageDelegate(QStyledItemDelegate):
    """Tiles are square; the image is fitted, never cropped.

    While their size changes, tiles that were drawn already are stretched; ``redraw`` tells the keys of those to be
    painted again.
    """

    redraw = Signal(set)

    def __init__(self, look: Look, previews: Previews) -> None:
        super().__init__()
        self._look, self._previews = look, previews
        self._tiles: OrderedDict[int, _Tile] = OrderedDict()
        self._stretched: dict[int, None] = {}
        self._due: set[int] = set()
        self._settling = QTimer(self, singleShot=True)
        self._settling.timeout.connect(self._draw_some)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(180, 180 + CAPTION)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tile = QRect(option.rect.left(), option.rect.top(), option.rect.width(), option.rect.height() - CAPTION)
        card = index.data(CARD_ROLE)
        if isinstance(card, ImageCard):
            self._paint_tile(painter, option, card)
        else:
            painter.fillRect(tile, self._look.theme.colour("surround.tile"))
        self._paint_frames(painter, option, tile)

    def _paint_tile(self, painter: QPainter, option: QStyleOptionViewItem, card: ImageCard) -> None:
        """The tile with its caption, from the last time it was drawn if nothing of it has changed since.

        A frame that scrolls then copies pixels, and only what came into view is drawn.
        """
        place, ratio = option.rect, painter.device().devicePixelRatioF()
        # Exactly as many pixels as are painted: nothing is scaled while a frame is waited for.
        side = round(place.width() * ratio)
        preview = self._previews.pixmap(card.sha256, LARGE, side) if side > SMALL_PREVIEW else None
        preview = preview or self._previews.pixmap(card.sha256, SMALL_PREVIEW, side)
        size, sharpness = (place.width(), place.height()), preview.cacheKey() if preview is not None else 0
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        ground = (ratio, mirrored, self._look.theme.appearance)
        known = self._tiles.get(card.key)
        if known is not None and known.shows(card, ground):
            if known.size == size and known.preview == sharpness:
                self._tiles.move_to_end(card.key)
                painter.drawPixmap(place.topLeft(), known.drawn)
                return
            if known.size != size and known.preview and card.key not in self._due:
                self._paint_stretched(painter, place, known.drawn, mirrored=mirrored)
                self._settle_later(card.key)
                return
        self._due.discard(card.key)
        drawn = self._drawn(option, card, ratio, preview)
        painter.drawPixmap(place.topLeft(), drawn)
        self._tiles[card.key] = _Tile(card, ground, size, sharpness, drawn)
        self._tiles.move_to_end(card.key)
        while len(self._tiles) > MOST_TILES:
            self._tiles.popitem(last=False)

    def _drawn(self, option: QStyleOptionViewItem, card: ImageCard, ratio: float, preview: QPixmap | None) -> QPixmap:
        size = option.rect.size()
        drawn = QPixmap(size * ratio)
        drawn.setDevicePixelRatio(ratio)
        # On the ground of the grid: what has nothing to be seen through is copied, not blended.
        drawn.fill(self._look.theme.colour(GROUND))
        painter = QPainter(drawn)
        tile = QRect(0, 0, size.width(), size.height() - CAPTION)
        painter.fillRect(tile, self._look.theme.colour("surround.tile"))
        self._paint_image(painter, tile, card, preview)
        self._paint_caption(painter, option, tile, card)
        painter.end()
        return drawn

    def _paint_stretched(self, painter: QPainter, place: QRect, drawn: QPixmap, *, mirrored: bool) -> None:
        """The image in another size; of the caption both ends as they are, for letters are not stretched."""
        ratio = drawn.devicePixelRatio()
        width, height = drawn.width(), drawn.height() - round(CAPTION * ratio)
        painter.drawPixmap(place.adjusted(0, 0, 0, -CAPTION), drawn, QRect(0, 0, width, height))
        line = place.adjusted(0, place.height() - CAPTION, 0, 0)
        painter.fillRect(line, self._look.theme.colour(GROUND))
        stars = min(_STARS_WIDTH + 8, line.width(), round(width / ratio))
        words = max(0, min(line.width() - stars, round(width / ratio) - stars))
        left, right = (stars, words) if mirrored else (words, stars)
        for x, source, part in ((line.left(), 0.0, left), (line.right() + 1 - right, width - right * ratio, right)):
            strip = QRectF(source, height, part * ratio, CAPTION * ratio)
            painter.drawPixmap(QRectF(x, line.top(), part, CAPTION), drawn, strip)

    def _settle_later(self, key: int) -> None:
        self._stretched[key] = None
        self._settling.start(SETTLE_MS)

    def _draw_some(self) -> None:
        self._due = set(list(self._stretched)[:DRAWN_AT_ONCE])
        for key in self._due:
            del self._stretched[key]
        if self._stretched:
            self._settling.start(FRAME_MS)
        self.redraw.emit(self._due)

    def _paint_image(self, painter: QPainter, tile: QRect, card: ImageCard, pixmap: QPixmap | None) -> None:
        if pixmap is None:
            return
        size = pixmap.size().scaled(tile.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(tile.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(0.35 if card.flag == "reject" else 1.0)
        painter.drawPixmap(place, pixmap)
        painter.setOpacity(1.0)
        if is_draft(card):
            self._paint_plate(painter, tile, "Draft")

    def _paint_plate(self, painter: QPainter, tile: QRect, text: str) -> None:
        """Words over an image stand on a plate, so that no picture makes them unreadable."""
        font = self._look.theme.font(TextStyle.CAPTION)
        width = QFontMetrics(font).horizontalAdvance(text) + 12
        plate = QRectF(tile.right() - width - 5, tile.bottom() - 25, width, 20)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_PLATE)
        painter.drawRoundedRect(plate, 4, 4)
        painter.setPen(QColor("#F0F0F0"))
        painter.setFont(font)
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_caption(self, painter: QPainter, option: QStyleOptionViewItem, tile: QRect, card: ImageCard) -> None:
        theme = self._look.theme
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        line = QRect(tile.left(), tile.bottom() + 1, tile.width(), CAPTION)
        stars_left = line.left() if mirrored else line.right() - _STARS_WIDTH + 1
        stars = QRectF(stars_left, line.top() + 10, _STARS_WIDTH, _STAR)
        paint_stars(painter, self._look, stars, card.rating, _STAR, 2, mirrored)
        start = 0
        if card.flag != "none":
            icon = QRectF(line.right() - SMALL + 1 if mirrored else line.left(), line.top() + 9, SMALL, SMALL)
            name = "flag" if card.flag == "pick" else "flag-off"
            self._look.icons.paint(painter, name, icon, theme.colour("text.primary"), solid=card.flag == "pick")
            start = SMALL + 6
        font = theme.font(TextStyle.CAPTION)
        painter.setFont(font)
        painter.setPen(theme.colour("text.secondary"))
        beside = _STARS_WIDTH + 8
        room = line.adjusted(beside, 0, -start, 0) if mirrored else line.adjusted(start, 0, -beside, 0)
        text = QFontMetrics(font).elidedText(caption(card), Qt.TextElideMode.ElideRight, room.width())
        align = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, align | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, text)

    def _paint_frames(self, painter: QPainter, option: QStyleOptionViewItem, tile: QRect) -> None:
        state = option.state.value
        is_selected, has_focus = bool(state & _SELECTED), bool(state & _FOCUSED)
        if not (is_selected or has_focus):
            return
        theme = self._look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = QRectF(tile).adjusted(-3, -3, 3, 3)
        if is_selected:
            painter.setPen(QPen(theme.colour("accent.line"), 2))
            painter.drawRoundedRect(frame, 6, 6)
            tick = QRectF(tile.left() + 8, tile.top() + 8, _TICK, _TICK)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent.solid"))
            painter.drawEllipse(tick)
            self._look.icons.paint(painter, "check", tick.adjusted(3, 3, -3, -3), theme.colour("accent.onSolid"))
        if has_focus:
            pen = QPen(theme.colour("focus.ring"), 2, Qt.PenStyle.DashLine)
            pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, 6, 6)
