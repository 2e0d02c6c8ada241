"""Whether a draft of a reference can be good, and if not why and what to do. Pure; any process and thread.

A draft shows the piece as it is cut out of its reference, so what spoils the cut-out spoils every picture. Whoever
knows better may insist (``Recipe.even_if_unsure``).
"""

from typing import Final

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.models.choices import SMALLEST_SIZE
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.vocabulary import JewelleryType, Pairing, PictureWarning, Subtype, WearZone, pairing, wear_zone

MOST_ENLARGED: Final = 4
"""A picture this many times as long as its reference shows no more than a blur."""

_WHOLE: Final = frozenset({WearZone.FINGER, WearZone.LAPEL})
"""Where pieces are worn of which a picture never shows two unconnected parts, as of a chain with a clasp in shade."""
_SOLD_TOGETHER: Final = frozenset({Subtype.BRIDAL_SET, Subtype.WEDDING_BAND, Subtype.MENS_BAND, Subtype.STACKABLE})
"""Rings of which two are often one product."""

_INSIST: Final = "or insist with --even-if-unsure"


def doubt_about(reading: Piece, piece: Piece, longest_side: int, size: int) -> DmdxError | None:
    """Why no draft of ``size`` pixels is made of a reference, or None where it can be good.

    ``reading`` is what was read from that reference, ``piece`` what is known of the piece by now, ``longest_side`` the
    reference's in pixels. The most telling reason is given; one that explains others comes first.
    """
    seen = reading.warnings
    if PictureWarning.NO_PIECE in seen:
        return None  # the engine says so itself, whoever insists
    if PictureWarning.HAND_OR_FACE in seen:
        return _hand_or_face()
    if PictureWarning.CROPPED in seen:
        return _cropped()
    if PictureWarning.UNSURE_OUTLINE in seen:
        return _unsure_outline()
    if _shows_several(reading, piece):
        return _several_pieces()
    if size > MOST_ENLARGED * longest_side:
        return _too_small(longest_side)
    return None


def _shows_several(reading: Piece, piece: Piece) -> bool:
    """Whether a picture shows more than one product. What is said of the piece explains two items in its picture."""
    kind, subtype = piece.type.value, piece.subtype.value
    if kind is JewelleryType.SET or piece.pieces.source.is_person:
        return False
    if piece.type.is_known and reading.pieces.value == 2:
        if pairing(kind, subtype) is not Pairing.NEVER:
            return False  # one of the two may be turned, and looks unlike the other
        if wear_zone(kind, subtype) in _WHOLE and subtype not in _SOLD_TOGETHER:
            return True  # drawn alike, as a pair would be
    return PictureWarning.SEVERAL_PIECES in reading.warnings


def _unsure_outline() -> DmdxError:
    return DmdxError(
        "check_cut_out",
        "Check the cut-out.",
        "The outline of the piece is hard to tell from what is behind it, so a draft would show parts of both.",
        f"Use a picture with a plain background that differs from the piece, {_INSIST}.",
    )


def _hand_or_face() -> DmdxError:
    return DmdxError(
        "hand_or_face",
        "There is a hand or a face in this picture.",
        "It cannot be told from the piece it wears, and a draft would show it too.",
        f"Use a picture of the piece alone, {_INSIST}.",
    )


def _cropped() -> DmdxError:
    return DmdxError(
        "piece_cut_off",
        "The piece is cut off by the edge of this picture.",
        "A draft would show it with a straight cut.",
        f"Use a picture that shows the whole piece, {_INSIST}.",
    )


def _several_pieces() -> DmdxError:
    return DmdxError(
        "several_pieces",
        "There are several pieces in this picture.",
        "A draft shows everything in its reference as one piece.",
        f"Crop the picture to one piece, say what it is if it is a pair, {_INSIST}.",
    )


def _too_small(longest_side: int) -> DmdxError:
    possible = MOST_ENLARGED * longest_side
    smaller = f", choose --size {possible} or less" if possible >= SMALLEST_SIZE else ""
    return DmdxError(
        "too_small_for_size",
        "This picture is too small for the size asked for.",
        f"Its longer side has {longest_side} pixels; more than {MOST_ENLARGED} times as many would show a blur.",
        f"Use a larger picture{smaller}, {_INSIST}.",
    )
