"""A row of a list of engines: its name and price above, what is good about it below. GUI thread."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dmdx_desktop.models.choices import EngineId
from dmdx_desktop.models.money_words import usd
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.studio.engines import Engine, engine_name, engine_words
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

WORDS_ROLE: Final = Qt.ItemDataRole.UserRole + 1
PRICE_ROLE: Final = Qt.ItemDataRole.UserRole + 2
SHORT_PRICE_ROLE: Final = Qt.ItemDataRole.UserRole + 5
SIDE: Final = 12
ONE_LINE: Final = 32
TWO_LINES: Final = 46
_END: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
_START: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
Index = QModelIndex | QPersistentModelIndex
Values = dict[Qt.ItemDataRole | int, str]


def draft_values() -> Values:
    """What the row of the engine of this computer says."""
    return _values(engine_name(EngineId.DRAFT), tr("Made at once; nothing is sent"), tr("free"))


def engine_values(engine: Engine) -> Values:
    """What the row of a paid engine says."""
    short = "" if engine.price_from is None else usd(engine.price_from)
    price = tr("from {price}", price=short) if short else ""
    return _values(engine.name, engine_words(engine), price) | {SHORT_PRICE_ROLE: short}


def other_values(name: str, words: str) -> Values:
    """What a row without a price says."""
    return _values(name, words, "")


def _values(name: str, words: str, price: str) -> Values:
    aloud = ", ".join(part for part in (name, price, words) if part)
    return {
        Qt.ItemDataRole.DisplayRole: name,
        WORDS_ROLE: words,
        PRICE_ROLE: price,
        Qt.ItemDataRole.AccessibleTextRole: aloud,
        Qt.ItemDataRole.ToolTipRole: aloud,
    }


class EngineDelegate(QStyledItemDelegate):
    """Paints the rows of the short list and of the list of all models."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        return QSize(240, TWO_LINES if index.data(WORDS_ROLE) else ONE_LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, place = self._look.theme, option.rect
        painter.save()
        painter.setLayoutDirection(option.direction)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, theme.colour("bg.selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, theme.colour("bg.hover"))
        words, price = str(index.data(WORDS_ROLE) or ""), str(index.data(PRICE_ROLE) or "")
        inside = place.adjusted(SIDE, 0, -SIDE, 0)
        above = inside.adjusted(0, 5, 0, -21) if words else inside
        price_font = theme.font(TextStyle.CAPTION)
        price_width = QFontMetrics(price_font).horizontalAdvance(price) + (SIDE if price else 0)
        is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        name_place = above.adjusted(price_width if is_mirrored else 0, 0, 0 if is_mirrored else -price_width, 0)
        self._write(painter, name_place, index.data(Qt.ItemDataRole.DisplayRole), TextStyle.STRONG, "text.primary")
        painter.setFont(price_font)
        painter.setPen(theme.colour("text.secondary"))
        painter.drawText(above, _END, price)
        if words:
            self._write(painter, inside.adjusted(0, 22, 0, -5), words, TextStyle.CAPTION, "text.secondary")
        painter.restore()

    def _write(self, painter: QPainter, place: QRect, words: str, style: TextStyle, colour: str) -> None:
        font = self._look.theme.font(style)
        painter.setFont(font)
        painter.setPen(self._look.theme.colour(colour))
        shortened = QFontMetrics(font).elidedText(str(words), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, _START, shortened)
