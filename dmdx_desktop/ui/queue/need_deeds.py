"""What can be done about an image that could not be made, by what kept it from being made. Pure; GUI thread."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from dmdx_desktop.library.queue_view import QueueRow
from dmdx_desktop.models.choices import EngineId
from dmdx_desktop.models.money_words import usd
from dmdx_desktop.ui.wording import tr

OTHER_PICTURE_CODES: Final = frozenset(
    {
        "check_cut_out",
        "damaged",
        "empty_file",
        "hand_or_face",
        "no_piece",
        "no_sound_reference",
        "not_a_picture",
        "piece_cut_off",
        "several_pieces",
        "too_many_bytes",
        "too_many_pixels",
        "too_narrow",
        "too_small",
        "too_small_for_size",
        "unsupported_format",
    }
)
"""What only another picture of the piece mends: to try again with the same one would fail again."""
DOUBT_CODES: Final = frozenset(
    {"check_cut_out", "hand_or_face", "piece_cut_off", "several_pieces", "too_small_for_size"}
)
"""What the user may know better."""
UNCERTAIN: Final = "uncertain"
"""The state of an image of which nobody but the user can tell whether it was made: nothing is sent again unasked."""


class NeedDeed(StrEnum):
    """One thing that can be done."""

    RETRY = "retry"
    INSIST = "insist"
    RESEND = "resend"
    LET_GO = "let_go"
    SKIP = "skip"
    REPLACE = "replace"
    DETAILS = "details"
    SHOW_PIECE = "show_piece"


LOOKS: Final[Mapping[NeedDeed, tuple[str, str]]] = {
    NeedDeed.RETRY: ("Retry", "refresh-cw"),
    NeedDeed.INSIST: ("Make it anyway", "sparkles"),
    NeedDeed.RESEND: ("Send again", "refresh-cw"),
    NeedDeed.LET_GO: ("Let it go", ""),
    NeedDeed.SKIP: ("Skip", ""),
    NeedDeed.REPLACE: ("Replace file…", "image-plus"),
    NeedDeed.DETAILS: ("Details", ""),
    NeedDeed.SHOW_PIECE: ("Show piece", "gem"),
}
"""The words and the icon of each; those that mend have one."""


MAKING: Final = frozenset({NeedDeed.RETRY, NeedDeed.INSIST, NeedDeed.RESEND, NeedDeed.REPLACE})
"""Deeds by which an image is made, which costs what its engine costs."""


def may_be(deed: NeedDeed, row: QueueRow) -> bool:
    """Whether it can be offered: one that costs something only where it can say how much."""
    return deed not in MAKING or row.engine == EngineId.DRAFT or row.quoted is not None


def deed_words(deed: NeedDeed, rows: Sequence[QueueRow], text: str = "") -> str:
    """What a button says that does it, ``text`` or the usual words; with its price where it has one."""
    words = tr(text or LOOKS[deed][0])
    price = sum(row.quoted or 0 for row in rows if row.engine != EngineId.DRAFT) if deed in MAKING else 0
    return tr("{deed} · {price}", deed=words, price=usd(price)) if price else words


def deeds_of(row: QueueRow) -> tuple[NeedDeed, NeedDeed]:
    """The two that help most, the best of them last."""
    if row.state == UNCERTAIN:
        return NeedDeed.LET_GO, NeedDeed.RESEND if may_be(NeedDeed.RESEND, row) else NeedDeed.SHOW_PIECE
    if row.code in OTHER_PICTURE_CODES:
        return NeedDeed.SKIP, NeedDeed.REPLACE if may_be(NeedDeed.REPLACE, row) else NeedDeed.SHOW_PIECE
    return NeedDeed.DETAILS, NeedDeed.RETRY if may_be(NeedDeed.RETRY, row) else NeedDeed.SHOW_PIECE


def every_deed_of(row: QueueRow) -> tuple[NeedDeed, ...]:
    """All that can be done."""
    insist = (NeedDeed.INSIST,) if row.problem_key and row.code in DOUBT_CODES else ()
    mending = (NeedDeed.RETRY, *insist, NeedDeed.REPLACE, NeedDeed.SKIP)
    if row.state == UNCERTAIN:
        mending = (NeedDeed.RESEND, NeedDeed.LET_GO)
    every = (*mending, NeedDeed.DETAILS, NeedDeed.SHOW_PIECE)
    return tuple(deed for deed in every if may_be(deed, row))
