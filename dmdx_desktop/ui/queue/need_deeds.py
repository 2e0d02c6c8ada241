"""What can be done about an image that could not be made, by what kept it from being made. Pure; GUI thread."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from dmdx_desktop.library.queue_view import QueueRow

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


class NeedDeed(StrEnum):
    """One thing that can be done."""

    RETRY = "retry"
    INSIST = "insist"
    SKIP = "skip"
    REPLACE = "replace"
    DETAILS = "details"
    SHOW_PIECE = "show_piece"


LOOKS: Final[Mapping[NeedDeed, tuple[str, str]]] = {
    NeedDeed.RETRY: ("Retry", "refresh-cw"),
    NeedDeed.INSIST: ("Make it anyway", "sparkles"),
    NeedDeed.SKIP: ("Skip", ""),
    NeedDeed.REPLACE: ("Replace file…", "image-plus"),
    NeedDeed.DETAILS: ("Details", ""),
    NeedDeed.SHOW_PIECE: ("Show piece", "gem"),
}
"""The words and the icon of each; those that mend have one."""


def deeds_of(row: QueueRow) -> tuple[NeedDeed, NeedDeed]:
    """The two that help most, the best of them last."""
    if row.code in OTHER_PICTURE_CODES:
        return NeedDeed.SKIP, NeedDeed.REPLACE
    return NeedDeed.DETAILS, NeedDeed.RETRY


def every_deed_of(row: QueueRow) -> tuple[NeedDeed, ...]:
    """All that can be done."""
    insist = (NeedDeed.INSIST,) if row.problem_key and row.code in DOUBT_CODES else ()
    return (
        NeedDeed.RETRY,
        *insist,
        NeedDeed.REPLACE,
        NeedDeed.SKIP,
        NeedDeed.DETAILS,
        NeedDeed.SHOW_PIECE,
    )
