"""Step 1: what is known of the piece, a chip for each fact, with how sure it is. GUI thread.

A fact the user states is theirs: it shows "You" instead of a percentage, and no reading changes it.
"""

from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QActionGroup, QColor
from PySide6.QtWidgets import QMenu, QWidget

from dmdx_desktop.library.piece_view import PieceView
from dmdx_desktop.models.piece import Piece, Stone
from dmdx_desktop.models.sourced import Source, Sourced
from dmdx_desktop.models.term import Term
from dmdx_desktop.models.vocabulary import Finish, JewelleryType, Metal, Purity, Setting
from dmdx_desktop.ui.look import Look, Tone, say, text_label
from dmdx_desktop.ui.metal_colours import metal_dot, stone_dot
from dmdx_desktop.ui.studio.step import Step
from dmdx_desktop.ui.widgets.chip import Chip, ChipLook
from dmdx_desktop.ui.widgets.flow_layout import FlowLayout
from dmdx_desktop.ui.wording import tr

T = TypeVar("T")
CHECK_BELOW: Final = 0.75
FACTS: Final[tuple[tuple[str, str, type[Term]], ...]] = (
    ("Type", "type", JewelleryType),
    ("Metal", "metal", Metal),
    ("Metal", "purity", Purity),
    ("Metal", "finish", Finish),
    ("Setting", "setting", Setting),
)
"""The line a fact stands in, its name in ``Piece``, and its words."""
LINES: Final = ("Type", "Metal", "Stones", "Setting")


class PieceStep(Step):
    """``stated`` tells the name of a fact and the value that the user gave it."""

    stated = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, 1, "Piece")
        self._look = look
        self._lines: dict[str, FlowLayout] = {}
        self._state = text_label("Select a piece", tone=Tone.TERTIARY, wrap=True)
        self.body.addWidget(self._state)
        self._rows: list[QWidget] = []
        for line in LINES:
            holder = QWidget()
            self._lines[line] = FlowLayout(holder)
            self.add_row(line, holder)
            self._rows.append(holder)
        self._of = text_label(tone=Tone.TERTIARY)
        self.head.addWidget(self._of)
        self.show_piece(None)

    def show_selected(self, pieces: int) -> None:
        """Say whose facts these are where several pieces are selected."""
        say(self._of, tr("the first of {count} selected", count=pieces) if pieces > 1 else "")

    def show_piece(self, view: PieceView | None) -> None:
        """Show what is known of a piece."""
        for flow in self._lines.values():
            flow.clear()
        self._tell_state(view)
        piece = Piece() if view is None else view.piece
        for line, name, terms in FACTS:
            self._add_fact(line, name, terms, getattr(piece, name), always=name != "purity" and view is not None)
        for stone in piece.stones:
            self._lines["Stones"].addWidget(Chip(self._look, stone_look(stone)))
        if view is not None and not piece.stones:
            self._lines["Stones"].addWidget(text_label("None seen", tone=Tone.TERTIARY))
        for holder in self._rows:
            holder.updateGeometry()

    def _tell_state(self, view: PieceView | None) -> None:
        words, tone = "", Tone.TERTIARY
        if view is None:
            words = "Select a piece"
        elif view.identifying:
            words = "Identifying, usually a second. You can change everything meanwhile."
        elif view.problems:
            words, tone = " ".join(view.problems[0]), Tone.DANGER
        say(self._state, words, tone)
        self._state.setVisible(bool(words))

    def _add_fact(self, line: str, name: str, terms: type[Term], fact: Sourced[Term], *, always: bool) -> None:
        if not fact.is_known and not always:
            return
        known = fact.is_known
        chip = Chip(self._look, fact_look(fact, fact.value.label if known else f"Add {name}", _dot(name, fact)))
        chip.clicked.connect(lambda: self._edit(chip, name, terms, fact))
        self._lines[line].addWidget(chip)

    def _edit(self, chip: Chip, name: str, terms: type[Term], fact: Sourced[Term]) -> None:
        menu = QMenu(chip)
        group = QActionGroup(menu)
        for term in terms:
            action = menu.addAction(term.label)
            action.setCheckable(True)
            action.setChecked(term == fact.value)
            group.addAction(action)
            action.triggered.connect(_tell(self.stated.emit, name, term.value))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + 4)))


def _tell(emit: Callable[[str, str], None], name: str, value: str) -> Callable[[], None]:
    return lambda: emit(name, value)


def fact_look(fact: Sourced[T], text: str, dot: QColor | None = None) -> ChipLook:
    """How a fact is shown: sure, less sure, asking for a look, or the user's own."""
    if not fact.is_known:
        return ChipLook(text)
    if fact.source is Source.USER:
        return ChipLook(text, "You", dot, confirmed=True)
    percent = f"{round(100 * fact.confidence)}%"
    doubtful = fact.confidence < CHECK_BELOW
    return ChipLook(text, f"Check {percent}" if doubtful else percent, dot, doubtful=doubtful)


def stone_look(stone: Stone) -> ChipLook:
    """A group of stones: how many, of what, in which cut and colour."""
    words = (fact.value.label.lower() for fact in (stone.shape, stone.colour) if fact.is_known)
    name = stone.species.value.label if stone.species.is_known else "Stone" if stone.count.value == 1 else "Stones"
    # A count that is not sure would look like one that is.
    counted = stone.count.value is not None and stone.count.confidence >= CHECK_BELOW
    number = f"{stone.count.value:,} × " if counted else ""
    return fact_look(stone.colour, number + " · ".join((name, *words)), stone_dot(stone.colour.value))


def _dot(name: str, fact: Sourced[Term]) -> QColor | None:
    return metal_dot(fact.value) if name == "metal" and fact.is_known else None
