"""A fact as a chip that is edited by a click or Enter and withdrawn by Delete; how facts look as chips. GUI thread."""

from collections import Counter
from dataclasses import dataclass
from typing import Final, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QKeyEvent

from dmdx_desktop.library.catalogue import CHECK_BELOW
from dmdx_desktop.models.piece import Stone
from dmdx_desktop.models.sourced import Source, Sourced
from dmdx_desktop.ui.keys import KeyAction, Keys
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.metal_colours import metal_dot, stone_dot
from dmdx_desktop.ui.studio.fact_words import UNKNOWN, FactKind, label_of
from dmdx_desktop.ui.term_words import term_name, term_within_line
from dmdx_desktop.ui.widgets.chip import Chip, ChipLook
from dmdx_desktop.ui.wording import tr, within_line

T = TypeVar("T")
MOST_VALUES: Final = 3
"""So many values of several pieces have a chip each; of more, the rest share one."""


class FactChip(Chip):
    """``clicked`` asks for its editor, ``withdrawn`` for what it says to be unknown from now on."""

    withdrawn = Signal()

    def __init__(self, look: Look, keys: Keys, shown: ChipLook) -> None:
        super().__init__(look, shown)
        self._keys = keys
        self.setAccessibleDescription(tr("Enter changes it, Delete withdraws it"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match self._keys.action(event):
            case KeyAction.OPEN:
                self.click()
            case KeyAction.DELETE:
                self.withdrawn.emit()  # never the piece itself
            case _:
                super().keyPressEvent(event)


@dataclass(frozen=True, slots=True)
class ShownFact:
    """One chip: ``key`` stays while its fact does, so that whoever is on it stays there."""

    key: str
    look: ChipLook


def fact_look(fact: Sourced[T], text: str, dot: QColor | None = None) -> ChipLook:
    """How a fact is shown: sure, less sure, asking for a look, or the user's own."""
    if fact.source is Source.USER:
        return ChipLook(text, tr("You"), dot, confirmed=fact.is_known)
    if not fact.is_known:
        return ChipLook(text)
    percent = f"{round(100 * fact.confidence)}%"
    doubtful = fact.confidence < CHECK_BELOW
    return ChipLook(text, tr("Check {percent}", percent=percent) if doubtful else percent, dot, doubtful=doubtful)


def term_look(kind: FactKind, fact: Sourced[T]) -> ChipLook:
    """A fact that is one of a list of words."""
    value = str(fact.value)
    if fact.is_known:
        return fact_look(fact, label_of(kind, value), fact_dot(kind.name, value))
    text = "{fact} unknown" if fact.source is Source.USER else "Add {fact}"
    name = tr(kind.label) if text.startswith("{") else within_line(kind.label)
    return fact_look(fact, tr(text, fact=name))


def stone_look(stone: Stone) -> ChipLook:
    """A group of stones: how many, of what, in which cut and colour."""
    words = (term_within_line(fact.value) for fact in (stone.shape, stone.colour) if fact.is_known)
    name = term_name(stone.species.value) if stone.species.is_known else tr("Stones")
    if not stone.species.is_known and stone.count.value == 1:
        name = tr("Stone")
    # A count that is not sure would look like one that is.
    counted = stone.count.value is not None and stone.count.confidence >= CHECK_BELOW
    number = f"{stone.count.value:,} × " if counted else ""
    return fact_look(stone.colour, number + " · ".join((name, *words)), stone_dot(stone.colour.value))


def shared_looks(kind: FactKind, values: "Counter[str]") -> list[ShownFact]:
    """The values that several pieces have, the commonest first and what is not known last, with how many have each."""
    if len(values) == 1:
        (value,) = values
        return [ShownFact(kind.name, _shared(kind, value, tr("all")) if value != UNKNOWN else _missing(kind))]
    ranked = [(value, count) for value, count in values.most_common() if value != UNKNOWN]
    room = MOST_VALUES - (UNKNOWN in values)
    shown = ranked if len(ranked) <= room else ranked[: room - 1]
    looks = [ShownFact(f"{kind.name} {value}", _shared(kind, value, f"{count:,}")) for value, count in shown]
    rest = sum(count for _, count in ranked[len(shown) :])
    if rest:
        looks.append(ShownFact(f"{kind.name} rest", ChipLook(tr("Other"), f"{rest:,}")))
    if UNKNOWN in values:
        looks.append(ShownFact(f"{kind.name} {UNKNOWN}", _shared(kind, UNKNOWN, f"{values[UNKNOWN]:,}")))
    return looks


def fact_dot(name: str, value: str) -> QColor | None:
    """The dot of colour that a metal has."""
    return metal_dot(value) if name == "metal" else None


def _shared(kind: FactKind, value: str, note: str) -> ChipLook:
    return ChipLook(label_of(kind, value), note, fact_dot(kind.name, value))


def _missing(kind: FactKind) -> ChipLook:
    return ChipLook(tr("Add {fact}", fact=within_line(kind.label)))
