"""Everything known of a piece in one form, each fact with how sure it is; or of several pieces, together. GUI thread.

Nothing is sent before the user saves. What was said stays in the form until it was kept, whatever is read meanwhile.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from dmdx_desktop.library.piece_view import PieceView
from dmdx_desktop.library.selected_pieces import SelectedPieces
from dmdx_desktop.models.sourced import Source, Sourced
from dmdx_desktop.ui.look import Button, Look, Tone, Variant, say, text_label
from dmdx_desktop.ui.studio.describing import Said
from dmdx_desktop.ui.studio.fact_field import FactField, TermField, TextField
from dmdx_desktop.ui.studio.fact_words import (
    MAIN_FACTS,
    OTHER_FACTS,
    UNKNOWN,
    FactKind,
    choices,
    limiting_fact,
    to_check_words,
    value_of,
)
from dmdx_desktop.ui.studio.note_frame import NoteFrame
from dmdx_desktop.ui.studio.step import StepNumber
from dmdx_desktop.ui.studio.stone_list import StoneList
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

LONGEST_TITLE: Final = 200
LONGEST_NUMBER: Final = 60
FOOTER: Final = 52
"""What is between and beside the buttons below the form."""
ITEMS: Final = r"([1-9]\d{0,3})?"
KINDS: Final = {kind.name: kind for kind in (*MAIN_FACTS, *OTHER_FACTS)}


class PieceForm(QFrame):
    """``left`` comes when the chips are wanted again, ``save_wanted`` with what is to be kept."""

    left = Signal()
    cancelled = Signal()
    save_wanted = Signal()
    identify_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._view: PieceView | None = None
        self._selected: SelectedPieces | None = None
        self.setObjectName("inspector")
        self.setProperty("panel", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Piece, as form"))
        self.fields: dict[str, FactField] = {}
        self.stones = StoneList(look)
        self._title = text_label("Piece", TextStyle.SECTION)
        self.as_chips = Button(look, "Show as chips", variant=Variant.QUIET)
        self._note = NoteFrame(look)
        self._trouble = text_label(tone=Tone.DANGER, wrap=True)
        self.identify = Button(look, "Identify again", variant=Variant.QUIET, icon="scan-eye")
        self.reset = Button(look, "Reset")
        self.confirm = Button(look, "Confirm piece", variant=Variant.PRIMARY)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._made_head())
        column.addWidget(self._made_body(), 1)
        column.addWidget(self._made_footer())
        self.stones.changed.connect(self._on_change)
        self.as_chips.clicked.connect(self.left)
        self.identify.clicked.connect(self.identify_wanted)
        self.reset.clicked.connect(self._on_reset)
        self.confirm.clicked.connect(self._on_confirm)

    @property
    def keys(self) -> tuple[int, ...]:
        """The pieces that the form is about."""
        if self._selected is not None:
            return self._selected.keys
        return () if self._view is None else (self._view.key,)

    @property
    def said(self) -> Said:
        """What the user changed and that is not saved yet."""
        facts, withdrawn = {}, []
        for name, field in self.fields.items():
            if field.said is None or name == "title" or field.isHidden():
                continue
            if field.said in (UNKNOWN, ""):
                withdrawn.append(name)
            else:
                facts[name] = field.said
        title = self.fields["title"].said
        return Said(facts, tuple(withdrawn), self.stones.stated, title.strip() or None if title is not None else None)

    @property
    def note(self) -> str:
        """What asks for a look, as it is said above the facts."""
        return self._note.words

    @property
    def trouble(self) -> str:
        """Why the last edit was not kept."""
        return self._trouble.text()

    def show_piece(self, view: PieceView) -> None:
        """Show a piece as it is known; what was said of it and is not saved yet stays."""
        if self.said and self.keys == (view.key,):
            self._view = view
            self.stones.rebase(view.piece.stones)
            return
        self._view, self._selected = view, None
        say(self._title, tr("Piece"))
        piece = view.piece
        for name, field in self.fields.items():
            field.setVisible(True)
            if isinstance(field, TermField):
                self._show_term(field, getattr(piece, name), value_of(piece, limiting_fact(name)))
            elif isinstance(field, TextField):
                field.show_fact(_title(view) if name == "title" else getattr(piece, name))
        self.stones.setVisible(True)
        self.stones.show_stones(piece.stones)
        self.tell_trouble("")
        self._settle()

    def show_selected(self, selected: SelectedPieces) -> None:
        """Show what several pieces have in common; what was said of them and is not saved yet stays."""
        if self.said and self.keys == selected.keys:
            self._selected = selected
            return
        self._view, self._selected = None, selected
        say(self._title, tr("{count} pieces", count=len(selected.keys)))
        for name, field in self.fields.items():
            field.setVisible(isinstance(field, TermField))
            if isinstance(field, TermField):
                values = selected.values.get(name, Counter())
                self._show_term(field, _common(values), "", len(values))
        self.stones.setVisible(False)
        self.stones.show_stones(())
        self.tell_trouble("")
        self._settle()

    def show_said(self, said: Said) -> None:
        """Take up again what was said before and could not be kept."""
        for name, value in (*said.facts.items(), *((name, "") for name in said.withdrawn)):
            field = self.fields[name]
            if isinstance(field, TermField):
                field.say(value or UNKNOWN)
            elif isinstance(field, TextField):
                field.say(value)
        title = self.fields["title"]
        if said.title is not None and isinstance(title, TextField):
            title.say(said.title)
        if said.stones is not None:
            self.stones.say_stones(said.stones)

    def tell_trouble(self, words: str) -> None:
        """Say why an edit was not kept; it is still in the form."""
        say(self._trouble, words)
        self._trouble.setVisible(bool(words))

    def forget_said(self) -> None:
        """What was said is saved, or given up: show the piece as it is known."""
        view, selected = self._view, self._selected
        self._view = self._selected = None
        if view is not None:
            self.show_piece(view)
        elif selected is not None:
            self.show_selected(selected)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            event.accept()  # no key of the page acts on a piece that is being edited

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_footer()

    def _fit_footer(self) -> None:
        """Where words are longer than there is room, the button at the side is its icon alone."""
        self.identify.setText("Identify again")
        row = (self.identify, self.reset, self.confirm)
        if sum(button.sizeHint().width() for button in row) + FOOTER > self.width():
            QPushButton.setText(self.identify, "")

    def _show_term(self, field: TermField, fact: Sourced[object] | None, within: str, differing: int = 0) -> None:
        field.show_fact(fact, choices(KINDS[field.name], within), differing)

    def _made_head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(20, 8, 14, 8)
        row.setSpacing(10)
        row.addWidget(StepNumber(self._look, 1))
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self.as_chips)
        head.setObjectName("formHead")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        return head

    def _made_body(self) -> QScrollArea:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(12)
        column.addWidget(self._note)
        column.addWidget(self._trouble)
        column.addLayout(self._grid([self._term(kind) for kind in MAIN_FACTS]))
        column.addWidget(self.stones)
        title = TextField("title", "Name", LONGEST_TITLE, is_sourced=False)
        self._add(title)
        column.addWidget(title)
        items = TextField("pieces", "Items", 4)
        items.accept_only(ITEMS)
        sku = TextField("sku", "Article number", LONGEST_NUMBER)
        for field in (sku, items):
            self._add(field)
        column.addLayout(self._grid([sku, items, *(self._term(kind) for kind in OTHER_FACTS)]))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setProperty("part", "panel")
        scroll.setAccessibleName(tr("Facts of the piece"))
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll = scroll
        return scroll

    def show_field(self, widget: QWidget) -> None:
        """Bring a part of the form into view."""
        self._scroll.ensureWidgetVisible(widget)

    def _made_footer(self) -> QWidget:
        footer = QWidget()
        footer.setObjectName("formFoot")
        footer.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.identify.setToolTip(tr("Identify again"))
        self.identify.setMinimumWidth(32)
        row = QHBoxLayout(footer)
        row.setContentsMargins(8, 16, 20, 16)
        row.setSpacing(8)
        row.addWidget(self.identify)
        row.addStretch(1)
        row.addWidget(self.reset)
        row.addWidget(self.confirm)
        return footer

    def _grid(self, fields: Sequence[FactField]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        for number, field in enumerate(fields):
            grid.addWidget(field, number // 2, number % 2)
        for at in range(2):
            grid.setColumnStretch(at, 1)
        return grid

    def _term(self, kind: FactKind) -> TermField:
        field = TermField(self._look, kind.name, kind.label)
        self._add(field)
        return field

    def _add(self, field: FactField) -> None:
        self.fields[field.name] = field
        field.changed.connect(self._on_change)

    def _on_change(self) -> None:
        for name, field in self.fields.items():
            limiting = self.fields.get(limiting_fact(name))
            if isinstance(field, TermField) and isinstance(limiting, TermField) and limiting.said is not None:
                field.offer(choices(KINDS[name], limiting.value))
        self._settle()

    def _on_reset(self) -> None:
        self.forget_said()
        self.confirm.setFocus()

    def _on_confirm(self) -> None:
        if not self.said:
            for field in self.fields.values():
                if not field.isHidden():
                    field.confirm()
            self.stones.confirm_all()
        if self.said:
            self.save_wanted.emit()
        else:
            self.left.emit()

    def _settle(self) -> None:
        changed = bool(self.said)
        self.reset.setEnabled(changed)
        self.reset.setAccessibleDescription("" if changed else tr("Nothing was changed"))
        whole = tr("Confirm piece") if self._selected is None else tr("Confirm pieces")
        self.confirm.setText(tr("Save changes") if changed else whole)
        self._fit_footer()
        self.confirm.setEnabled(changed or self._selected is None)
        self._tell_doubts()

    def _rest_words(self) -> str:
        """How sure everything else is, in steps of five."""
        sure = [one for field in self.fields.values() for one in field.sureness]
        sure += [one for card in self.stones.cards for one in card.sureness]
        least = int(100 * min(sure, default=0)) // 5 * 5
        return tr("Everything else is {percent}% or above.", percent=least) if sure else ""

    def _tell_doubts(self) -> None:
        if self._selected is not None:
            words = to_check_words(self._selected.to_check)
        else:
            doubts = [field.label_within_line for field in self.fields.values() if field.is_doubtful]
            doubts += self.stones.doubts
            what = ", ".join(doubts)
            words = tr("{count} details need your eye: {what}.", count=len(doubts), what=what)
            if len(doubts) == 1:
                words = tr("One detail needs your eye: {what}.", what=what)
            words = f"{words} {self._rest_words()}".strip() if doubts else ""
        self._note.tell(words)


def _title(view: PieceView) -> Sourced[object]:
    return Sourced[object](value=view.title)


def _common(values: "Counter[str]") -> Sourced[object] | None:
    """The value that all of the pieces have, as nobody's in particular; None where they differ."""
    return Sourced[object](value=next(iter(values)), source=Source.USER) if len(values) == 1 else None
