"""Whether a finished picture agrees with its reference, field by field. Pure; any process and thread.

A help for whoever looks, never a verdict. What nobody saw for sure is said to be unsure, and counts for nothing.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from dmdx_desktop.models.choices import RecipeMetal
from dmdx_desktop.models.piece import Piece, Stone
from dmdx_desktop.models.sourced import Source, Sourced
from dmdx_desktop.models.vocabulary import Metal

SURE_ENOUGH: Final = 0.6
SURE_ENOUGH_MEASURED: Final = 0.75
"""What this computer measured has to be surer before it is held against a picture."""
OUTLINE_AGREES, OUTLINE_DIFFERS = 0.84, 0.72
METAL_AGREES, METAL_DIFFERS = 9.0, 14.0
COUNT_SLACK: Final = 0.1
"""Of many small stones a tenth may be counted differently."""
FEW_STONES: Final = 8


class AgreementField(StrEnum):
    """What is compared."""

    OUTLINE = "outline"
    TYPE = "type"
    METAL = "metal"
    STONE_COUNT = "stone_count"
    STONE_COLOUR = "stone_colour"
    STONE_SHAPE = "stone_shape"
    PRONGS = "prongs"


class Agreement(StrEnum):
    """Of one field, or of a whole picture."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNSURE = "unsure"


class Compared(BaseModel):
    """One field: what was to be seen, what is seen, and whether that is the same."""

    model_config = ConfigDict(frozen=True)

    field: AgreementField
    agreement: Agreement
    expected: str = Field(default="", max_length=60)
    seen: str = Field(default="", max_length=60)


class Measured(BaseModel):
    """What was measured of two pictures: see ``imaging.fidelity``."""

    model_config = ConfigDict(frozen=True)

    outline: float | None = None
    metal: float | None = None
    confidence: float = 0.0


def compared(expected: Piece, seen: Piece, metal: RecipeMetal, measured: Measured) -> tuple[Compared, ...]:
    """Each field of which anything is known. ``metal`` is the one asked for."""
    found = [
        _outline(measured),
        _words(AgreementField.TYPE, expected.type, seen.type),
        _metal(expected, seen, metal, measured),
        _count(expected.stones, seen.stones),
        _of_largest(AgreementField.STONE_COLOUR, "colour", expected.stones, seen.stones),
        _of_largest(AgreementField.STONE_SHAPE, "shape", expected.stones, seen.stones),
        _of_largest(AgreementField.PRONGS, "prongs", expected.stones, seen.stones),
    ]
    return tuple(one for one in found if one is not None)


def overall(fields: Sequence[Compared]) -> Agreement:
    """What is to be said of a picture as a whole."""
    said = {one.agreement for one in fields}
    if Agreement.DIFFERS in said:
        return Agreement.DIFFERS
    return Agreement.AGREES if sum(one.agreement is Agreement.AGREES for one in fields) >= 2 else Agreement.UNSURE


REINFORCED: Final = {
    AgreementField.OUTLINE: "Keep the outline and every proportion of the reference exactly; leave nothing out.",
    AgreementField.TYPE: "It is the very piece of the reference, of the same kind.",
    AgreementField.METAL: "Take great care with the colour of the metal: it is as described, nowhere another.",
    AgreementField.STONE_COUNT: "Count the stones of the reference and show exactly as many, each in its place.",
    AgreementField.STONE_COLOUR: "Take great care with the colour of the stones: it is as described.",
    AgreementField.PRONGS: "Count the claws of each stone in the reference and show exactly as many.",
    AgreementField.STONE_SHAPE: "Keep the cut and outline of each stone as in the reference.",
}


def reinforced(prompt: str, fields: Sequence[Compared]) -> str:
    """A prompt for making a picture again, with what came out wrong said once more, and only by our own words."""
    return reinforcement(prompt, [one.field for one in fields if one.agreement is Agreement.DIFFERS])


def reinforcement(prompt: str, wrong: Sequence[AgreementField]) -> str:
    """:func:`reinforced`, for fields that are known to have come out wrong."""
    lines = [REINFORCED[field] for field in wrong]
    return "\n".join([prompt, *(line for line in lines if line not in prompt)])


def _outline(measured: Measured) -> Compared | None:
    if measured.outline is None:
        return None
    agreement = Agreement.UNSURE
    if measured.confidence >= SURE_ENOUGH:
        if measured.outline >= OUTLINE_AGREES:
            agreement = Agreement.AGREES
        elif measured.outline < OUTLINE_DIFFERS:
            agreement = Agreement.DIFFERS
    return Compared(field=AgreementField.OUTLINE, agreement=agreement, seen=f"{measured.outline:.0%}")


def _metal(expected: Piece, seen: Piece, metal: RecipeMetal, measured: Measured) -> Compared | None:
    asked = expected.metal.value if metal is RecipeMetal.AS_REFERENCE else Metal(metal.value)
    words = "" if asked is Metal.UNKNOWN else asked.label
    if measured.metal is None or measured.confidence < SURE_ENOUGH:
        if asked is Metal.UNKNOWN or not _is_sure(seen.metal):
            return None
        same = seen.metal.value == asked
        return Compared(
            field=AgreementField.METAL,
            agreement=Agreement.AGREES if same else Agreement.UNSURE,
            expected=words,
            seen=seen.metal.value.label,
        )
    agreement = Agreement.UNSURE
    if measured.metal <= METAL_AGREES:
        agreement = Agreement.AGREES
    elif measured.metal > METAL_DIFFERS:
        agreement = Agreement.DIFFERS
    return Compared(field=AgreementField.METAL, agreement=agreement, expected=words, seen=f"ΔE {measured.metal:.0f}")


def _words(field: AgreementField, expected: Sourced[Any], seen: Sourced[Any]) -> Compared | None:
    if not expected.is_known or not seen.is_known:
        return None
    same = expected.value == seen.value
    sure = _is_sure(expected) and _is_sure(seen)
    agreement = Agreement.AGREES if same else Agreement.DIFFERS if sure else Agreement.UNSURE
    return Compared(field=field, agreement=agreement, expected=_label(expected.value), seen=_label(seen.value))


def _count(expected: Sequence[Stone], seen: Sequence[Stone]) -> Compared | None:
    before, after = _total(expected), _total(seen)
    if before is None or after is None:
        return None
    slack = 0 if before < FEW_STONES else max(1, round(before * COUNT_SLACK))
    # Small stones are counted too roughly by measuring to be held against a picture.
    counts = [stone.count for stone in (*expected, *seen)]
    sure = all(_is_sure(count) and count.source is not Source.MEASURED for count in counts)
    agreement = Agreement.AGREES if abs(before - after) <= slack else Agreement.DIFFERS if sure else Agreement.UNSURE
    return Compared(field=AgreementField.STONE_COUNT, agreement=agreement, expected=str(before), seen=str(after))


def _total(stones: Sequence[Stone]) -> int | None:
    counts = [stone.count.value for stone in stones]
    if not counts or any(count is None for count in counts):
        return None
    return sum(count for count in counts if count is not None)


def _of_largest(field: AgreementField, name: str, expected: Sequence[Stone], seen: Sequence[Stone]) -> Compared | None:
    """The first group is the one that is looked at: lists of stones begin with the largest."""
    if not expected or not seen:
        return None
    return _words(field, getattr(expected[0], name), getattr(seen[0], name))


def _is_sure(fact: Sourced[Any]) -> bool:
    enough = SURE_ENOUGH_MEASURED if fact.source is Source.MEASURED else SURE_ENOUGH
    return fact.is_known and (fact.source.is_person or fact.confidence >= enough)


def _label(value: object) -> str:
    return str(getattr(value, "label", value))
