"""How sure a fact is and who said it, in words; the facts there are, with their words. Pure; the window's process."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from dmdx_desktop.library.catalogue import CHECK_BELOW
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.sourced import Source, Sourced
from dmdx_desktop.models.term import Term
from dmdx_desktop.models.vocabulary import (
    PURITIES,
    TYPE_FACTS,
    Background,
    Finish,
    InputKind,
    JewelleryType,
    Kind,
    Metal,
    Occasion,
    Purity,
    Setting,
    Style,
    Subtype,
    View,
)
from dmdx_desktop.ui.term_words import term_name
from dmdx_desktop.ui.wording import tr

T = TypeVar("T")
UNKNOWN: Final = "unknown"
OTHER: Final = "other"
MIXED: Final = "Mixed"
CHECKED: Final = frozenset({"type", "metal", "purity", "finish", "setting", "count", "colour", "species"})
"""Facts that are marked where they are not sure; of the others a percentage says enough."""
SOURCES: Final = {
    Source.VISION: "Read from the picture",
    Source.USER: "You said so",
    Source.FILENAME: "From the name of the file",
    Source.MEASURED: "Measured in the picture",
    Source.CSV: "From your list",
}


@dataclass(frozen=True, slots=True)
class FactKind:
    """A fact of ``Piece`` that is one of a list of words."""

    name: str
    label: str
    terms: type[Term]


MAIN_FACTS: Final = (
    FactKind("type", "Type", JewelleryType),
    FactKind("setting", "Setting", Setting),
    FactKind("metal", "Metal", Metal),
    FactKind("finish", "Finish", Finish),
    FactKind("purity", "Purity", Purity),
    FactKind("subtype", "Design", Subtype),
)
OTHER_FACTS: Final = (
    FactKind("style", "Style", Style),
    FactKind("occasion", "Occasion", Occasion),
    FactKind("view", "View", View),
    FactKind("background", "Background", Background),
    FactKind("kind", "Picture", Kind),
    FactKind("input_kind", "Kind of picture", InputKind),
)


def choices(kind: FactKind, within: str) -> Sequence[Term]:
    """The words to choose from: purities of a metal, designs of a type, or all there are."""
    every = [term for term in kind.terms if term.value not in (UNKNOWN, OTHER)]
    fitting: Sequence[Term] = ()
    if kind.name == "purity" and within:
        fitting = PURITIES.get(Metal(within), ())
    elif kind.name == "subtype" and within:
        fitting = TYPE_FACTS[JewelleryType(within)].subtypes
    rest = [term for term in kind.terms if term.value == OTHER]
    return [*(fitting or every), *rest]


def limiting_fact(name: str) -> str:
    """The fact that says which words another one can be; empty where none does."""
    return {"purity": "metal", "subtype": "type"}.get(name, "")


def value_of(piece: Piece, name: str) -> str:
    """The value of a fact; empty where there is no such fact."""
    return str(getattr(piece, name).value) if name else ""


def label_of(kind: FactKind, value: str) -> str:
    """What a value is called."""
    return term_name(kind.terms(value))


def is_doubtful(name: str, fact: Sourced[T]) -> bool:
    """Whether the fact asks for a look."""
    return name in CHECKED and fact.is_known and fact.source is not Source.USER and fact.confidence < CHECK_BELOW


def percent(fact: Sourced[T]) -> str:
    """How sure it is."""
    return f"{round(100 * fact.confidence)}%"


def certainty(name: str, fact: Sourced[T]) -> str:
    """How sure a fact is, or whose it is, as it stands beside it; empty where nobody stated it."""
    if fact.source is Source.USER:
        return tr("You")
    if not fact.is_known:
        return ""
    if is_doubtful(name, fact):
        return tr("Check {percent}", percent=percent(fact))
    if fact.source is Source.FILENAME:
        return tr("File name {percent}", percent=percent(fact))
    return tr("Your list") if fact.source is Source.CSV else percent(fact)


def source_words(fact: Sourced[T]) -> str:
    """Who said it, and how sure they were, as a sentence."""
    if fact.source is Source.USER:
        return tr("You said so. No reading changes it.")
    if not fact.is_known:
        return tr("Not known")
    return tr("{source}, {percent} sure.", source=tr(SOURCES[fact.source]), percent=percent(fact))


def to_check_words(pieces: int) -> str:
    """How many of the selected pieces have a fact that asks for a look."""
    if pieces == 1:
        return tr("1 piece has a detail to check. You can generate anyway.")
    return tr("{count} pieces have a detail to check. You can generate anyway.", count=pieces) if pieces else ""
