"""One group of stones in the form: how many, of what, where they are and how they are held. GUI thread."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dmdx_desktop.models.gestures import StatedStone
from dmdx_desktop.models.piece import MAX_STONES_IN_GROUP, Stone
from dmdx_desktop.models.sourced import Source
from dmdx_desktop.models.vocabulary import (
    CutStyle,
    Origin,
    Setting,
    Species,
    StoneColour,
    StoneRole,
    StoneShape,
    Treatment,
)
from dmdx_desktop.ui.look import Button, IconButton, IconLabel, Look, Tone, say, text_label
from dmdx_desktop.ui.studio.fact_field import FactField, TermField, TextField
from dmdx_desktop.ui.studio.fact_words import UNKNOWN, FactKind, choices, is_doubtful, percent, source_words
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.stepper import Stepper
from dmdx_desktop.ui.wording import tr, within_line

SHOWN: Final = (
    FactKind("species", "Kind", Species),
    FactKind("shape", "Cut", StoneShape),
    FactKind("colour", "Colour", StoneColour),
)
MORE: Final = (
    FactKind("role", "Place", StoneRole),
    FactKind("setting", "Setting", Setting),
    FactKind("cut_style", "Facets", CutStyle),
    FactKind("origin", "Origin", Origin),
    FactKind("treatment", "Treatment", Treatment),
)
NUMBERS: Final = (
    ("prongs", "Claws each", 2, r"([1-9]|[1-3]\d|4[0-8])?"),
    ("size_mm", "Size, mm", 6, r"(\d{1,3}([.,]\d{0,2})?)?"),
)
"""What is said in figures: its name, what it is called, how many characters, and what they may be."""
ROLES: Final = {
    StoneRole.CENTRE: "Centre stone",
    StoneRole.SIDE: "Side stones",
    StoneRole.ACCENT: "Accent stones",
    StoneRole.SURPRISE: "Surprise stone",
    StoneRole.OTHER: "Other stones",
}
"""What a group is called by its place; the other places are names themselves."""


class StoneCard(QFrame):
    """``changed`` comes with everything the user says; ``removed`` when the group is to go from the list."""

    changed = Signal()
    removed = Signal()

    def __init__(self, look: Look, stone: Stone, was: int | None) -> None:
        super().__init__()
        self.stone, self.was = stone, was
        self._count: str | None = None
        self.setProperty("part", "stone")
        self._title = text_label(style=TextStyle.STRONG)
        self.count = Stepper(
            look, tr("How many"), "One stone fewer", "One stone more", 0, MAX_STONES_IN_GROUP, may_be_none=True
        )
        self._warning = IconLabel(look, "triangle-alert", colour="warning.text", size=14)
        self._sureness = text_label(style=TextStyle.CAPTION, tone=Tone.WARNING)
        self.more = IconButton(look, "chevron-down", "More about these stones")
        self.remove = IconButton(look, "trash-2", "Remove these stones")
        self.fields: dict[str, FactField] = {}
        self.confirm = Button(look, "Confirm", icon="check", scale="small")
        self._hint = text_label(style=TextStyle.CAPTION, tone=Tone.SECONDARY, wrap=True)
        self._doubt = QWidget()
        self._rest = QWidget()
        self._build(look)
        self.count.changed.connect(self._on_count)
        self.remove.clicked.connect(self.removed)
        self.more.clicked.connect(lambda: self.show_more(self._rest.isHidden()))
        self.confirm.clicked.connect(self.confirm_doubtful)
        self._rest.setVisible(False)
        self._show()

    @property
    def said(self) -> dict[str, str]:
        """What the user said of the group, by the names of ``Stone``."""
        facts = {name: field.said.replace(",", ".") for name, field in self.fields.items() if field.said is not None}
        return facts if self._count is None else {**facts, "count": self._count}

    @property
    def stated(self) -> StatedStone:
        """The group as it is to be kept."""
        return StatedStone(was=self.was, facts=self.said)

    @property
    def doubts(self) -> list[str]:
        """What of the group asks for a look, in the words of the form."""
        return [*([tr("Count")] if self._is_count_doubtful else []), *(
            field.label for field in self.fields.values() if field.is_doubtful
        )]  # fmt: skip

    @property
    def title(self) -> str:
        """What the group is called."""
        return self._title.text()

    @property
    def title_within_line(self) -> str:
        """What the group is called in the middle of a line."""
        return within_line(self._label)

    @property
    def sureness(self) -> list[float]:
        """How sure each fact is that was read and asks for no look."""
        own = [self.stone.count] if self._count is None and not self._is_count_doubtful else []
        read = [fact.confidence for fact in own if fact.is_known and fact.source is not Source.USER]
        return read + [sure for field in self.fields.values() for sure in field.sureness]

    def confirm_doubtful(self) -> None:
        """Say that what asks for a look is as it was read."""
        if self._is_count_doubtful:
            self._on_count(self.count.value)
        for field in self.fields.values():
            if field.is_doubtful:
                field.confirm()

    def confirm_all(self) -> None:
        """Say that everything known of the group is as it was read."""
        if self.stone.count.is_known and self.stone.count.source is not Source.USER and self._count is None:
            self._on_count(self.count.value)
        for field in self.fields.values():
            if field.said is None:
                field.confirm()

    def say_facts(self, facts: Mapping[str, str]) -> None:
        """Have this said of the group as if the user had chosen it."""
        for name, value in facts.items():
            field = self.fields.get(name)
            if name == "count":
                self.count.show_value(int(value) if value else 0)
                self._on_count(self.count.value)
            elif isinstance(field, TermField | TextField):
                field.say(value)

    def become(self, was: int | None) -> None:
        """Be another group of the list that is known now; one that is not in it any more is stated whole."""
        self.was = was
        if was is None:
            said = self.said
            known = {name: str(getattr(self.stone, name).value) for name in (*self.fields, "count")}
            whole = {name: value for name, value in known.items() if getattr(self.stone, name).is_known}
            self.say_facts({**whole, **said})

    def show_more(self, shown: bool) -> None:
        """Show or hide what is said of stones less often."""
        self._rest.setVisible(shown)
        self.more.show_icon("chevron-down", "Less about these stones" if shown else "More about these stones")

    @property
    def _is_count_doubtful(self) -> bool:
        return self._count is None and is_doubtful("count", self.stone.count)

    def _build(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._title)
        head.addStretch(1)
        for widget in (self._warning, self._sureness, self.count, self.more, self.remove):
            head.addWidget(widget)
        column.addLayout(head)
        column.addWidget(self._grid(look, SHOWN))
        grid = self._grid(look, MORE, into=self._rest)
        layout = grid.layout()
        assert isinstance(layout, QGridLayout)
        for place, (name, label, figures, possible) in enumerate(NUMBERS, start=len(MORE)):
            field = TextField(name, label, figures)
            field.accept_only(possible)
            field.show_fact(getattr(self.stone, name))
            self._add(field)
            layout.addWidget(field, place // 3, place % 3)
        column.addWidget(self._rest)
        row = QHBoxLayout(self._doubt)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._hint, 1)
        row.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignBottom)
        column.addWidget(self._doubt)

    def _grid(self, look: Look, kinds: tuple[FactKind, ...], into: QWidget | None = None) -> QWidget:
        holder = into or QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for number, kind in enumerate(kinds):
            field = TermField(look, kind.name, kind.label, is_narrow=True)
            field.show_fact(getattr(self.stone, kind.name), choices(kind, ""))
            self._add(field)
            grid.addWidget(field, number // 3, number % 3)
        for at in range(3):
            grid.setColumnStretch(at, 1)
        return holder

    def _add(self, field: FactField) -> None:
        self.fields[field.name] = field
        field.changed.connect(self._on_change)

    def _on_count(self, value: int) -> None:
        self._count = str(value) if value else ""
        self._on_change()

    def _on_change(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        say(self._title, tr(self._label))
        self.setAccessibleName(self.title)
        doubtful = self._is_count_doubtful
        if self._count is None:
            self.count.show_value(self.stone.count.value or 0, doubtful=doubtful)
        self.count.number.setAccessibleDescription(source_words(self.stone.count))
        say(self._sureness, percent(self.stone.count) if doubtful else "")
        self._warning.setVisible(doubtful)
        self._sureness.setVisible(doubtful)
        doubts = self.doubts
        self._doubt.setVisible(bool(doubts))
        if doubtful:
            several = self.count.value > 1
            hidden = tr("Some stones may be hidden, so the count is uncertain.")
            say(self._hint, hidden if several else tr("The count is uncertain."))
        else:
            say(self._hint, tr("Look again: {what}.", what=", ".join(doubts)))
        only_count = len(doubts) == 1 and doubtful
        self.confirm.setText(tr("Confirm {count}", count=self.count.value) if only_count else tr("Confirm"))
        if self.property("doubtful") != bool(doubts):
            self.setProperty("doubtful", bool(doubts))
            self.style().unpolish(self)
            self.style().polish(self)

    @property
    def _label(self) -> str:
        return stones_label(self._shown_value("role"), self._shown_value("species"))

    def _shown_value(self, name: str) -> str:
        field = self.fields[name]
        return field.value if isinstance(field, TermField) else UNKNOWN


def stones_label(role: str, species: str) -> str:
    """What a group of stones is called, in English: by its place, else by its kind."""
    if role not in (UNKNOWN, ""):
        place = StoneRole(role)
        return ROLES.get(place, place.label)
    return "Stones" if species in (UNKNOWN, "") else Species(species).label
