"""What the studio calls the state of a piece: an icon, a word and a colour for each. Pure; the window's process."""

from dataclasses import dataclass

from dmdx_desktop.library.catalogue import PieceCard
from dmdx_desktop.models.vocabulary import JewelleryType
from dmdx_desktop.ui.term_words import term_name
from dmdx_desktop.ui.wording import counted, tr


@dataclass(frozen=True, slots=True)
class PieceState:
    """How the state of a piece is shown."""

    icon: str
    words: str
    colour: str


def state_of(card: PieceCard) -> PieceState:
    """The most telling thing about a piece at this moment."""
    if card.waiting:
        done = card.planned - card.waiting
        return PieceState("loader-circle", tr("{number} of {count}", number=done, count=card.planned), "info.text")
    if card.identifying:
        return PieceState("scan-eye", tr("Identifying"), "info.text")
    if card.failed:
        return PieceState("circle-x", tr("Failed"), "danger.text")
    if card.images:
        return PieceState("circle-check", counted("1 image", "{count} images", card.images), "success.text")
    if card.checks:
        return PieceState("triangle-alert", tr("Check {count}", count=card.checks), "warning.text")
    return PieceState("circle", tr("Ready"), "text.secondary")


def type_label(value: str) -> str:
    """The type of a piece as a word; empty where it is not known."""
    try:
        found = JewelleryType(value)
    except ValueError:
        return ""
    return "" if found is JewelleryType.UNKNOWN else term_name(found)


def announced(card: PieceCard) -> str:
    """A piece as it is read aloud."""
    return ", ".join(part for part in (card.title, type_label(card.type), state_of(card).words) if part)
