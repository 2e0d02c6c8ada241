"""Step 1: what is known of the piece, a chip for each fact, with how sure it is. GUI thread.

A fact the user states is theirs: it shows "You" instead of a percentage, and no reading changes it. Of several pieces
the step shows which values they have, and how many have each.
"""

from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from dmdx_desktop.library.piece_view import PieceView
from dmdx_desktop.library.selected_pieces import SelectedPieces
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.sourced import Source
from dmdx_desktop.models.vocabulary import Species
from dmdx_desktop.ui.keys import Keys
from dmdx_desktop.ui.look import Button, Look, Tone, Variant, say, text_label
from dmdx_desktop.ui.studio.fact_chip import FactChip, ShownFact, shared_looks, stone_look, term_look
from dmdx_desktop.ui.studio.fact_words import (
    MAIN_FACTS,
    UNKNOWN,
    FactKind,
    choices,
    label_of,
    limiting_fact,
    to_check_words,
    value_of,
)
from dmdx_desktop.ui.studio.note_frame import NoteFrame
from dmdx_desktop.ui.studio.step import Step
from dmdx_desktop.ui.term_words import term_name
from dmdx_desktop.ui.widgets.chip import ChipLook
from dmdx_desktop.ui.widgets.flow_layout import FlowLayout
from dmdx_desktop.ui.wording import tr

LINE_OF: Final = {"type": "Type", "metal": "Metal", "purity": "Metal", "finish": "Metal", "setting": "Setting"}
"""The line that a fact stands in; others are in the form alone."""
LINES: Final = ("Type", "Metal", "Stones", "Setting")
ALWAYS_SHARED: Final = ("type", "metal")
"""Of several pieces, what no piece has is left to the form; these are asked for all the same."""
KINDS: Final = {
    kind.name: kind for name in LINE_OF for kind in MAIN_FACTS if kind.name == name
}  # in the order of the lines


class PieceStep(Step):
    """``stated`` tells the name of a fact and its value, ``withdrawn`` a fact not known any more."""

    stated = Signal(str, str)
    withdrawn = Signal(str)
    stone_removed = Signal(int)
    form_wanted = Signal()
    stone_wanted = Signal(int)
    """The group of stones that is to be edited; the number behind the last one is a new group."""

    def __init__(self, look: Look, keys: Keys) -> None:
        super().__init__(look, 1, "Piece")
        self._look, self._keys = look, keys
        self._piece = Piece()
        self._selected: SelectedPieces | None = None
        self._chips: dict[str, FactChip] = {}
        self.edit = Button(look, "Edit as form", variant=Variant.QUIET, icon="pencil")
        self.edit.setProperty("edge", "true")
        self.edit.clicked.connect(self.form_wanted)
        self.head.addWidget(self.edit)
        self._state = text_label("Select a piece", tone=Tone.TERTIARY, wrap=True)
        self.body.addWidget(self._state)
        self._flows: dict[str, FlowLayout] = {}
        self._holders: list[QWidget] = []
        for line in LINES:
            holder = QWidget()
            self._flows[line] = FlowLayout(holder)
            self.add_row(line, holder)
            self._holders.append(holder)
        self._note = NoteFrame(look)
        self.body.addWidget(self._note)
        self.show_piece(None)

    @property
    def chips(self) -> list[FactChip]:
        """The chips from the first line to the last."""
        return [chip for line in LINES for chip in self._in_line(line)]

    @property
    def note(self) -> str:
        """What is said of several pieces that ask for a look."""
        return self._note.words

    def show_piece(self, view: PieceView | None) -> None:
        """Show what is known of a piece."""
        self._selected, self._piece = None, Piece() if view is None else view.piece
        say(self.heading, tr("Piece"))
        self._tell_state(view)
        self._note.tell("")
        self.edit.setText("Edit as form")
        self.edit.setVisible(view is not None)
        shown: dict[str, list[ShownFact]] = {line: [] for line in LINES}
        for name, kind in KINDS.items() if view is not None else ():
            fact = getattr(self._piece, name)
            if fact.is_known or fact.source is Source.USER or name != "purity":
                shown[LINE_OF[name]].append(ShownFact(name, term_look(kind, fact)))
        if view is not None:
            stones = [ShownFact(f"stone {n}", stone_look(stone)) for n, stone in enumerate(self._piece.stones)]
            shown["Stones"] = stones or [ShownFact("stone 0", ChipLook(tr("Add stones")))]
        self._show(shown)

    def show_selected(self, selected: SelectedPieces) -> None:
        """Show what several pieces have in common, and where they differ."""
        self._selected = selected
        say(self.heading, tr("{count} pieces", count=len(selected.keys)))
        self._state.hide()
        self._note.tell(to_check_words(selected.to_check))
        self.edit.setText("Edit together")
        self.edit.setVisible(True)
        shown: dict[str, list[ShownFact]] = {line: [] for line in LINES}
        for name, kind in KINDS.items():
            values = selected.values[name]
            if name in ALWAYS_SHARED or set(values) - {UNKNOWN}:
                shown[LINE_OF[name]] += shared_looks(kind, values)
        shown["Stones"] = [ShownFact("stones", ChipLook(stones_words(selected)))]
        self._show(shown)

    def _in_line(self, line: str) -> list[FactChip]:
        return [chip for chip in self._flows[line].widgets() if isinstance(chip, FactChip)]

    def _show(self, shown: dict[str, list[ShownFact]]) -> None:
        """Show these chips; one that was there before stays, with whoever is on it."""
        before, self._chips = self._chips, {}
        focused = next((key for key, chip in before.items() if chip.hasFocus()), None)
        for line, facts in shown.items():
            for fact in facts:
                chip = before.get(fact.key) or self._made_chip(fact)
                chip.show_fact(fact.look)
                self._chips[fact.key] = chip
            self._flows[line].arrange([self._chips[fact.key] for fact in facts])
            self.show_row(self._holders[LINES.index(line)], bool(facts) or self._selected is None)
        previous: QWidget = self.edit
        for chip in self._chips.values():
            QWidget.setTabOrder(previous, chip)
            previous = chip
        if focused is not None and focused not in self._chips:
            at = min(list(before).index(focused), len(self._chips) - 1)
            (list(self._chips.values())[at] if at >= 0 else self.edit).setFocus()
        for holder in self._holders:
            holder.updateGeometry()

    def _made_chip(self, fact: ShownFact) -> FactChip:
        chip = FactChip(self._look, self._keys, fact.look)
        name, _, rest = fact.key.partition(" ")
        if name == "stone":
            chip.clicked.connect(partial(self.stone_wanted.emit, int(rest)))
            chip.withdrawn.connect(partial(self._on_stone_withdrawn, int(rest)))
        elif name == "stones":
            chip.setAccessibleDescription(tr("Stones are edited piece by piece"))
        else:
            chip.clicked.connect(partial(self._edit, chip, KINDS[name]))
            chip.withdrawn.connect(partial(self.withdrawn.emit, name))
        return chip

    def _on_stone_withdrawn(self, number: int) -> None:
        if number < len(self._piece.stones):
            self.stone_removed.emit(number)

    def _edit(self, chip: FactChip, kind: FactKind) -> None:
        menu = QMenu(chip)
        present = (
            {value_of(self._piece, kind.name)} if self._selected is None else set(self._selected.values[kind.name])
        )
        if self._selected is not None:
            menu.addAction(tr("For all {count} pieces", count=len(self._selected.keys))).setEnabled(False)
            menu.addSeparator()
        group = QActionGroup(menu)
        limit = value_of(self._piece, limiting_fact(kind.name)) if self._selected is None else ""
        for term in choices(kind, limit):
            action = menu.addAction(term_name(term))
            action.setCheckable(True)
            action.setChecked(present == {term.value})
            group.addAction(action)
            action.triggered.connect(partial(self._tell_stated, kind.name, term.value))
        menu.addSeparator()
        menu.addAction(tr("Unknown")).triggered.connect(partial(self._tell_stated, kind.name, ""))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + 4)))

    def _tell_stated(self, name: str, value: str) -> None:
        if value:
            self.stated.emit(name, value)
        else:
            self.withdrawn.emit(name)

    def _tell_state(self, view: PieceView | None) -> None:
        words, tone = "", Tone.TERTIARY
        if view is None:
            words = tr("Select a piece")
        elif view.identifying:
            words = tr("Identifying, usually a second. You can change everything meanwhile.")
        elif view.problems:
            words, tone = " ".join(view.problems[0]), Tone.DANGER
        say(self._state, words, tone)
        self._state.setVisible(bool(words))


def stones_words(selected: SelectedPieces) -> str:
    """The stones that several pieces have, if they are of one kind; else of how many kinds."""
    kinds = selected.species
    if not kinds:
        return tr("None seen")
    if len(kinds) == 1 and not selected.without_stones:
        (value,) = kinds
        return tr("Stones") if value == UNKNOWN else label_of(FactKind("species", "Kind", Species), value)
    return tr("Mixed, {count} kinds", count=len(kinds)) if len(kinds) > 1 else tr("Mixed, some have none")
