"""The list of pieces at the reading side of the studio: search, groups, and the state of each. GUI thread."""

from array import array
from functools import partial
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dmdx_desktop.library.catalogue import PieceCard, PieceOrder, piece_cards, piece_order
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.ui.icons import SMALL
from dmdx_desktop.ui.keyed_model import KeyedModel, OrderChange, order_change
from dmdx_desktop.ui.look import Button, IconLabel, Look, Tone, say, text_label
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.studio.piece_delegate import ROW, PieceDelegate
from dmdx_desktop.ui.studio.piece_words import announced
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.section_grid import SectionGrid
from dmdx_desktop.ui.widgets.section_layout import Measures

WIDTH: Final = 288
MEASURES: Final = Measures(cell_width=200, cell_height=ROW, heading=32, single_column=True)
READ_AGAIN_MS: Final = 120
Answer = tuple[PieceOrder, OrderChange]


class PiecesList(SectionGrid):
    """The rows themselves, under headings of their folders."""

    def __init__(self, look: Look) -> None:
        super().__init__(MEASURES)
        self._look = look
        self.setAccessibleName("Pieces")

    def paint_heading(self, painter: QPainter, place: QRect, section: int) -> None:
        theme, (name, count) = self._look.theme, self.sections[section]
        mirrored = self.isRightToLeft()
        painter.fillRect(place, theme.colour("bg.panel"))
        icon = QRect(place.right() - 16 - SMALL if mirrored else place.left() + 16, place.top() + 9, SMALL, SMALL)
        self._look.icons.paint(painter, "chevron-down", icon.toRectF(), theme.colour("text.tertiary"))
        font = theme.font(TextStyle.CAPTION)
        font.setWeight(theme.font(TextStyle.STRONG).weight())
        painter.setFont(font)
        painter.setPen(theme.colour("text.secondary"))
        room = place.adjusted(36, 0, -60, 0)
        align = Qt.AlignmentFlag.AlignVCenter
        text = QFontMetrics(font).elidedText(name or "Pieces", Qt.TextElideMode.ElideLeft, room.width())
        painter.drawText(room, align | Qt.AlignmentFlag.AlignLeading, text)
        painter.setFont(theme.font(TextStyle.CAPTION, aligned=True))
        painter.setPen(theme.colour("text.tertiary"))
        painter.drawText(place.adjusted(16, 0, -16, 0), align | Qt.AlignmentFlag.AlignTrailing, f"{count:,}")


class PiecesPane(QWidget):
    """``chosen`` tells the keys of the selected pieces, the current one first; ``counted`` how many there are."""

    chosen = Signal(list)
    counted = Signal(int)
    add_wanted = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.setObjectName("piecesPane")
        self.setProperty("panel", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model: KeyedModel[PieceCard] = KeyedModel(parts.source, piece_cards, announced, self)
        self.list = PiecesList(parts.look)
        self.list.setModel(self.model)
        self.list.setItemDelegate(PieceDelegate(parts.look, parts.previews))
        self.list.selectionModel().selectionChanged.connect(lambda: self._tell_soon())
        self.list.selectionModel().currentChanged.connect(lambda: self._tell_soon())
        self.model.arrived.connect(self.list.viewport().update)
        parts.previews.ready.connect(lambda sha256: self.list.viewport().update())
        self._reading = QTimer(self, singleShot=True, interval=READ_AGAIN_MS)
        self._reading.timeout.connect(self._read_order)
        self._telling = QTimer(self, singleShot=True, interval=0)
        self._telling.timeout.connect(self._tell)
        self._generation = 0
        self._build()

    def _build(self) -> None:
        look = self._parts.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 0)
        head.setSpacing(6)
        head.addWidget(text_label("Pieces", TextStyle.SECTION))
        self._number = text_label(tone=Tone.TERTIARY)
        head.addWidget(self._number)
        head.addStretch(1)
        add = Button(look, "Add", icon="plus")
        add.clicked.connect(self.add_wanted)
        head.addWidget(add)
        column.addLayout(head)
        self.search = QLineEdit()
        self.search.setProperty("quiet", "true")
        self.search.setPlaceholderText("Search name, metal, stone…")
        self.search.setAccessibleName("Search pieces")
        self.search.setClearButtonEnabled(True)
        self._glass = self.search.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._glass.setText("Search")
        look.follow(self._dress)
        self.search.textChanged.connect(lambda: self._reading.start())
        searching = QHBoxLayout()
        searching.setContentsMargins(16, 8, 16, 8)
        searching.addWidget(self.search)
        column.addLayout(searching)
        column.addWidget(self.list, 1)
        hint = QWidget()
        hint.setObjectName("dropHint")
        hint.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        hint.setFixedHeight(44)
        row = QHBoxLayout(hint)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(look, "image-plus", colour="text.tertiary"))
        row.addWidget(text_label("Drop files or folders anywhere", TextStyle.CAPTION, Tone.TERTIARY))
        row.addStretch(1)
        column.addWidget(hint)

    def _dress(self) -> None:
        self._glass.setIcon(self._parts.look.icon("search", "text.tertiary"))

    def read_soon(self, keys: set[int] | None) -> None:
        """Pieces with these keys changed, or, for None, any."""
        self.model.refresh(keys)
        if not self._reading.isActive():
            self._reading.start()

    def show_piece(self, key: int) -> None:
        """Select the piece with that key, once it is in the list."""
        row = self.model.row_of(key)
        if row is not None:
            index = self.model.index(row, 0)
            self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(index)

    def selected_keys(self) -> list[int]:
        """The keys of the selected pieces, the current one first."""
        keys = [self.model.keys[row] for rows in self.list.selected_rows() for row in rows]
        current = self.list.currentIndex()
        if current.isValid() and self.list.selectionModel().isSelected(current):
            first = self.model.keys[current.row()]
            keys.remove(first)
            keys.insert(0, first)
        return keys

    def _read_order(self) -> None:
        self._generation += 1
        before, text = self.model.keys, self.search.text()
        self._parts.source.ask(self, partial(_read, before=before, text=text), partial(self._take, self._generation))

    def _take(self, generation: int, answer: Answer) -> None:
        order, change = answer
        if generation != self._generation:
            return
        nothing_before = not self.model.keys
        if change.gone or change.come:
            self.model.replace(order.keys, change)
        if order.groups != self.list.sections:
            self.list.set_sections(order.groups)
        say(self._number, f"{len(order.keys):,}")
        self.counted.emit(len(order.keys))
        if nothing_before and order.keys:
            self.show_piece(order.keys[0])

    def _tell_soon(self) -> None:
        self._telling.start()

    def _tell(self) -> None:
        self.chosen.emit(self.selected_keys())


def _read(connection: Connection, before: "array[int]", text: str) -> Answer:
    order = piece_order(connection, text)
    return order, order_change(before, order.keys)
