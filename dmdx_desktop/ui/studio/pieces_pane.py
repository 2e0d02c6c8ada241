"""The list of pieces at the reading side of the studio: search, groups, and the state of each. GUI thread."""

from array import array
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dmdx_desktop.library.catalogue import PieceCard, PieceOrder, piece_cards, piece_order
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.piece_filter import PieceFilter
from dmdx_desktop.ui.folding_memory import FoldingMemory, found_again
from dmdx_desktop.ui.kept_selection import replace_order
from dmdx_desktop.ui.keyed_model import KeyedModel, OrderChange, order_change
from dmdx_desktop.ui.look import Button, IconButton, IconLabel, Tone, text_label
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.studio.piece_delegate import PieceDelegate
from dmdx_desktop.ui.studio.piece_filters import PieceFilters
from dmdx_desktop.ui.studio.piece_menu import PieceMenu
from dmdx_desktop.ui.studio.piece_words import announced
from dmdx_desktop.ui.studio.pieces_list import MEASURES, RAIL, PiecesList
from dmdx_desktop.ui.studio.rail_search import RailSearch
from dmdx_desktop.ui.studio.regrouping import Regrouping
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.elided_label import ElidedLabel
from dmdx_desktop.ui.widgets.folding_grid import FoldedName
from dmdx_desktop.ui.widgets.search_field import SearchField
from dmdx_desktop.ui.wording import tr

WIDTH: Final = 288
RAIL_WIDTH: Final = 64
HEAD: Final = 32
QWIDGETSIZE_MAX: Final = 16_777_215
"""As wide as a widget can be."""
READ_AGAIN_MS, OUT_OF_SIGHT_MS = 120, 2_000
"""After something changed: the list is read at once, or once a while where nobody sees it."""
Answer = tuple[PieceOrder, OrderChange, dict[str, FoldedName]]


class PiecesPane(QWidget):
    """``chosen`` tells the keys of the selected pieces, the current one first; ``counted`` how many there are."""

    chosen = Signal(list)
    counted = Signal(int)
    add_wanted = Signal()
    problems_wanted = Signal(int)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.setObjectName("piecesPane")
        self.setProperty("panel", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model: KeyedModel[PieceCard] = KeyedModel(parts.source, piece_cards, announced, self)
        self._delegate = PieceDelegate(parts.look, parts.previews)
        self.list = PiecesList(parts.look, self.model, self._delegate)
        preferences = parts.preferences
        self._folding = FoldingMemory(
            self.list, preferences.now.folded_pieces, lambda marks: preferences.change(folded_pieces=marks)
        )
        self.regrouping = Regrouping(parts, self)
        self.menu = PieceMenu(parts, self.list, self.regrouping)
        self.filters = PieceFilters(parts.look)
        self.list.put_together.connect(self.regrouping.put_together)
        self.list.views_moved.connect(self.regrouping.move_views)
        self.list.renamed.connect(self._rename)
        self.list.opened.connect(self._on_opened)
        self.list.ticking_changed.connect(lambda _: self._say_number())
        self.menu.problems_wanted.connect(self.problems_wanted)
        self.list.selectionModel().selectionChanged.connect(lambda: self._tell_soon())
        self.list.selectionModel().currentChanged.connect(lambda: self._tell_soon())
        self.model.arrived.connect(self.list.viewport().update)
        parts.previews.ready.connect(lambda sha256: self.list.viewport().update())
        self._reading = QTimer(self, singleShot=True)
        self._reading.timeout.connect(self._read_order)
        self._telling = QTimer(self, singleShot=True, interval=0)
        self._telling.timeout.connect(self._tell)
        self._generation = 0
        self._wanted: int | None = None
        """The piece to select once it is in the list."""
        self._wanted_in = 0
        """The first reading of the list that may find it there."""
        self._told: list[int] | None = None
        self._build()

    def _build(self) -> None:
        look = self._parts.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._wide = QWidget()
        wide = QVBoxLayout(self._wide)
        wide.setContentsMargins(0, 0, 0, 0)
        wide.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 0)
        head.setSpacing(6)
        head.addStrut(HEAD)  # what is below stays where it is when Add gives way
        head.addWidget(text_label("Pieces", TextStyle.SECTION))
        self._number = ElidedLabel(tone=Tone.TERTIARY)
        head.addWidget(self._number, 1)
        head.addWidget(self.filters)
        self._add = Button(look, "Add", icon="plus")
        self._add.clicked.connect(self.add_wanted)
        head.addWidget(self._add)
        wide.addLayout(head)
        self.search = SearchField(look, tr("Search name, metal, stone…"), tr("Search pieces"))
        self.search.textChanged.connect(lambda: self._reading.start(READ_AGAIN_MS))
        self.filters.changed.connect(lambda: self._reading.start(READ_AGAIN_MS))
        searching = QHBoxLayout()
        searching.setContentsMargins(16, 8, 16, 8)
        searching.addWidget(self.search)
        wide.addLayout(searching)
        column.addWidget(self._wide)
        self._narrow = QWidget()
        narrow = QVBoxLayout(self._narrow)
        narrow.setContentsMargins(0, 6, 0, 4)
        narrow.setSpacing(2)
        self.rail_filters = IconButton(look, "list-filter", "Filter pieces")
        search_here = IconButton(look, "search", "Search pieces")
        add_here = IconButton(look, "plus", "Add")
        self._rail_search = RailSearch(self.search, search_here)
        add_here.clicked.connect(self.add_wanted)
        search_here.clicked.connect(self._rail_search.open)
        self.rail_filters.clicked.connect(lambda: self.filters.open_below(self.rail_filters))
        for button in (add_here, search_here, self.rail_filters):
            narrow.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._narrow.hide()
        column.addWidget(self._narrow)
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
        self._hint = hint

    @property
    def is_rail(self) -> bool:
        """Whether only the pictures of the pieces are shown."""
        return self._delegate.is_rail

    def showEvent(self, event: QShowEvent) -> None:
        """What changed out of sight is read at once."""
        super().showEvent(event)
        if self._reading.isActive():
            self._reading.start(0)

    def show_as_rail(self, rail: bool) -> None:
        """Show the pictures of the pieces only, in a narrow rail, or everything."""
        if rail == self.is_rail:
            return
        self.list.stop_renaming()
        self._delegate.is_rail = rail
        self._wide.setVisible(not rail)
        self._narrow.setVisible(rail)
        self._hint.setVisible(not rail)
        self.setMinimumWidth(RAIL_WIDTH if rail else 0)
        self.setMaximumWidth(RAIL_WIDTH if rail else QWIDGETSIZE_MAX)
        self.list.set_measures(RAIL if rail else MEASURES)
        policy = Qt.ScrollBarPolicy
        self.list.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if rail else policy.ScrollBarAsNeeded)

    def start_searching(self) -> None:
        """Bring the focus to where pieces are searched."""
        if self.is_rail:
            self._rail_search.open()
        else:
            self.search.setFocus()

    @property
    def is_filtering(self) -> bool:
        """Whether anything is kept back."""
        return bool(self.search.text()) or self.filters.chosen.is_active

    def clear_filters(self) -> None:
        """Let every piece through."""
        self.search.clear()
        self.filters.choose(PieceFilter())

    def read_soon(self, keys: set[int] | None) -> None:
        """Pieces with these keys changed, or, for None, any."""
        self.model.refresh(keys)
        if not self._reading.isActive():
            is_seen = self.isVisible() or not self.model.keys
            self._reading.start(READ_AGAIN_MS if is_seen else OUT_OF_SIGHT_MS)

    def show_piece(self, key: int) -> None:
        """Select the piece with that key, once it is in the list; where it is kept back, let everything through."""
        row = self.model.row_of(key)
        self._wanted = key if row is None else None
        if row is None:
            self.clear_filters()
            self.read_soon(None)
            self._wanted_in = self._generation + 1  # one that is under way may still keep it back
        else:
            self.list.reveal(row)

    def leave_out(self, key: int) -> None:
        """Have a piece selected no more; the others stay so."""
        row = self.model.row_of(key)
        if row is not None:
            self.list.leave_out(row)

    def selected_keys(self) -> list[int]:
        """The keys of the selected pieces, the current one first."""
        return self.list.selected_keys()

    def _rename(self, key: int, title: str) -> None:
        card = self.model.known(key)
        if card is not None:
            self.regrouping.rename(card.id, card.title, title)

    def _on_opened(self, row: int) -> None:
        """A piece that failed says why."""
        card = self.model.card(row)
        if card is not None and card.failed:
            self.problems_wanted.emit(card.key)

    def _read_order(self) -> None:
        self._generation += 1
        before, text = self.model.keys, self.search.text()
        awaited = self._folding.awaited("")
        question = partial(_read, before=before, text=text, chosen=self.filters.chosen, awaited=awaited)
        self._parts.source.ask(self, question, partial(self._take, self._generation))

    def _take(self, generation: int, answer: Answer) -> None:
        order, change, folded = answer
        if generation != self._generation:
            return
        nothing_before = not self.model.keys
        if change.gone or change.come:
            replace_order(self.list, self.model, order.keys, change)
        is_more_folded = self._folding.take("", folded, are_all=not self.is_filtering)
        if order.groups != self.list.sections or is_more_folded:
            self.list.set_sections(order.groups)
        self.filters.offer_groups(order.names)
        self._say_number()
        self.counted.emit(len(order.keys))
        if self._wanted is not None and self.model.row_of(self._wanted) is not None:
            self.show_piece(self._wanted)
        elif nothing_before and order.keys:
            self.list.select_first()
        if generation >= self._wanted_in:
            self._wanted = None

    @property
    def number(self) -> str:
        """How many pieces there are, and how many of them are selected, in words."""
        return self._number.text()

    def _say_number(self) -> None:
        """How many pieces there are; of several that are selected, how many of them, in the place of Add."""
        every, selected = f"{len(self.model.keys):,}", self.list.number_selected
        words = tr("{number} of {count} selected", number=f"{selected:,}", count=every)
        self._number.setText(words if selected > 1 else every)
        self._add.setVisible(selected <= 1)

    def _tell_soon(self) -> None:
        self._telling.start()

    def _tell(self) -> None:
        # Rows that come and go above the selection move it, and everything beside the list would be shown anew.
        if (keys := self.selected_keys()) != self._told:
            self._told = keys
            self.chosen.emit(keys)


def _read(
    connection: Connection, before: "array[int]", text: str, chosen: PieceFilter, awaited: frozenset[str]
) -> Answer:
    order = piece_order(connection, text, chosen)
    folded = found_again(awaited, "", (name for name, _ in order.groups))
    return order, order_change(before, order.keys), folded
