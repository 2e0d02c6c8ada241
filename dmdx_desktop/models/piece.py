"""The description of a piece of jewellery, fact by fact, and how two descriptions become one.

Pure; any process and thread. Every fact has a source and a confidence; a fact of the user is never overwritten by a
reading, however sure that is.
"""

from typing import Final, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, field_validator, model_serializer

from dmdx_desktop.models.sourced import Source, Sourced, said_by_user, stronger, unstated
from dmdx_desktop.models.vocabulary import (
    PURITIES,
    TYPE_FACTS,
    Background,
    CutStyle,
    Finish,
    InputKind,
    JewelleryType,
    Kind,
    Metal,
    Occasion,
    Origin,
    PictureWarning,
    Purity,
    Setting,
    Species,
    StoneColour,
    StoneRole,
    StoneShape,
    Style,
    Subtype,
    Treatment,
    View,
)

__all__ = ["Box", "Piece", "Source", "Sourced", "Stone", "coherent", "combine", "said_by_user", "unstated"]

MAX_STONE_GROUPS: Final = 64
MAX_STONES_IN_GROUP: Final = 10_000
MAX_PRONGS: Final = 48
MAX_PLACES: Final = 64


class Box(NamedTuple):
    """Bounds of a thing in the upright picture, as shares of its width and height, 0 to 1; in JSON four numbers."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        """The point half-way across and down."""
        return self.x + self.width / 2, self.y + self.height / 2


class Stone(BaseModel):
    """One group of alike stones of a piece.

    ``count`` is how many there are, ``size_mm`` the length of one in millimetres, ``prongs`` how many claws hold each.
    ``origin`` cannot be seen in a picture, so it stays unknown unless a person said it: a reading that claims an origin
    is not believed. ``places`` are where stones of the group were seen in the picture that was read, the largest first,
    and may be fewer than there are; left out of JSON where nobody looked.
    """

    model_config = ConfigDict(frozen=True)

    species: Sourced[Species] = unstated(Species.UNKNOWN)
    colour: Sourced[StoneColour] = unstated(StoneColour.UNKNOWN)
    shape: Sourced[StoneShape] = unstated(StoneShape.UNKNOWN)
    cut_style: Sourced[CutStyle] = unstated(CutStyle.UNKNOWN)
    origin: Sourced[Origin] = unstated(Origin.UNKNOWN)
    treatment: Sourced[Treatment] = unstated(Treatment.UNKNOWN)
    role: Sourced[StoneRole] = unstated(StoneRole.UNKNOWN)
    count: Sourced[int | None] = unstated(None)
    size_mm: Sourced[float | None] = unstated(None)
    setting: Sourced[Setting] = unstated(Setting.UNKNOWN)
    prongs: Sourced[int | None] = unstated(None)
    places: tuple[Box, ...] = Field(default=(), max_length=MAX_PLACES)

    @field_validator("origin")
    @classmethod
    def _origin_only_from_a_person(cls, origin: Sourced[Origin]) -> Sourced[Origin]:
        return origin if origin.source.is_person else unstated(Origin.UNKNOWN)

    @field_validator("count")
    @classmethod
    def _count_is_possible(cls, count: Sourced[int | None]) -> Sourced[int | None]:
        if count.value is not None and not 1 <= count.value <= MAX_STONES_IN_GROUP:
            raise ValueError("a group of stones has between 1 and 10,000 stones")
        return count

    @field_validator("size_mm")
    @classmethod
    def _size_is_possible(cls, size_mm: Sourced[float | None]) -> Sourced[float | None]:
        if size_mm.value is not None and not 0 < size_mm.value <= 200:
            raise ValueError("a stone measures more than 0 and at most 200 millimetres")
        return size_mm

    @field_validator("prongs")
    @classmethod
    def _prongs_are_possible(cls, prongs: Sourced[int | None]) -> Sourced[int | None]:
        if prongs.value is not None and not 1 <= prongs.value <= MAX_PRONGS:
            raise ValueError("a stone is held by between 1 and 48 claws")
        return prongs

    @field_validator("places")
    @classmethod
    def _places_are_in_the_picture(cls, places: tuple[Box, ...]) -> tuple[Box, ...]:
        # Numbers are rounded in JSON, so that a box may seem to end a little outside.
        if not all(0 <= side <= 1 for box in places for side in box):
            raise ValueError("the bounds of a stone are shares of the picture, from 0 to 1")
        if not all(box.x + box.width <= 1.001 and box.y + box.height <= 1.001 for box in places):
            raise ValueError("a stone lies in the picture")
        return places

    @model_serializer(mode="wrap")
    def _without_empty_places(self, serialise: SerializerFunctionWrapHandler) -> dict[str, object]:
        fields: dict[str, object] = serialise(self)
        if not self.places:
            fields.pop("places", None)
        return fields

    @property
    def facts(self) -> tuple[Sourced[object], ...]:
        """Every fact of the stone, in the order of the fields."""
        return tuple(getattr(self, name) for name in type(self).model_fields if name != "places")


class Piece(BaseModel):
    """Everything known about a piece; what nobody stated is ``unknown``.

    ``pieces`` counts the separate items that make up the piece: 2 for a pair of earrings. ``stones_edited`` is set once
    the user changed the list of stones, even to an empty one: from then on no reading changes it.
    """

    model_config = ConfigDict(frozen=True)

    kind: Sourced[Kind] = unstated(Kind.UNKNOWN)
    input_kind: Sourced[InputKind] = unstated(InputKind.UNKNOWN)
    type: Sourced[JewelleryType] = unstated(JewelleryType.UNKNOWN)
    subtype: Sourced[Subtype] = unstated(Subtype.UNKNOWN)
    metal: Sourced[Metal] = unstated(Metal.UNKNOWN)
    purity: Sourced[Purity] = unstated(Purity.UNKNOWN)
    finish: Sourced[Finish] = unstated(Finish.UNKNOWN)
    background: Sourced[Background] = unstated(Background.UNKNOWN)
    view: Sourced[View] = unstated(View.UNKNOWN)
    setting: Sourced[Setting] = unstated(Setting.UNKNOWN)
    style: Sourced[Style] = unstated(Style.UNKNOWN)
    occasion: Sourced[Occasion] = unstated(Occasion.UNKNOWN)
    title: Sourced[str] = unstated("")
    sku: Sourced[str] = unstated("")
    pieces: Sourced[int | None] = unstated(None)
    stones: tuple[Stone, ...] = Field(default=(), max_length=MAX_STONE_GROUPS)
    stones_edited: bool = False
    warnings: tuple[PictureWarning, ...] = ()

    @property
    def user_owns_stones(self) -> bool:
        """Whether the user changed the list of stones or any fact in it."""
        return self.stones_edited or any(fact.source is Source.USER for stone in self.stones for fact in stone.facts)


def combine(current: Piece, incoming: Piece) -> Piece:
    """``current`` with what ``incoming`` knows better, fact by fact.

    Stones are one fact: lists of different readings are never mixed, since nothing says which stone is which. Without
    facts of the user the result does not depend on the order of readings, and combining one twice changes nothing.
    """
    merged: dict[str, object] = {
        name: stronger(getattr(current, name), getattr(incoming, name)) for name in _SINGLE_FACTS
    }
    holder = _stronger_stones(current, incoming)
    seen = {*current.warnings, *incoming.warnings}
    return Piece(
        **merged,
        stones=holder.stones,
        stones_edited=holder.user_owns_stones,
        warnings=tuple(warning for warning in PictureWarning if warning in seen),
    )


def coherent(piece: Piece) -> Piece:
    """``piece`` without the finer facts that its main ones rule out, for showing it and acting on it.

    A sub-type that its type does not have, or a purity in which its metal is not sold, is a leftover of a reading that
    lost on the type or the metal. ``combine`` keeps it, because a later reading may prove that one right; a fact of the
    user always stands.
    """
    ruled_out: dict[str, object] = {}
    if piece.subtype.source is not Source.USER and not _subtype_fits(piece):
        ruled_out["subtype"] = unstated(Subtype.UNKNOWN)
    if piece.purity.source is not Source.USER and not _purity_fits(piece):
        ruled_out["purity"] = unstated(Purity.UNKNOWN)
    return piece.model_copy(update=ruled_out) if ruled_out else piece


def _subtype_fits(piece: Piece) -> bool:
    subtypes = (*TYPE_FACTS[piece.type.value].subtypes, Subtype.UNKNOWN, Subtype.OTHER)
    return not piece.type.is_known or piece.subtype.value in subtypes


def _purity_fits(piece: Piece) -> bool:
    purities = (*PURITIES.get(piece.metal.value, ()), Purity.UNKNOWN, Purity.OTHER)
    return not piece.metal.is_known or piece.purity.value in purities


_SINGLE_FACTS: Final = tuple(name for name in Piece.model_fields if name not in ("stones", "stones_edited", "warnings"))


def _stronger_stones(current: Piece, incoming: Piece) -> Piece:
    if incoming.user_owns_stones:
        return incoming
    if current.user_owns_stones:
        return current
    return max(current, incoming, key=_strength_of_stones)


def _strength_of_stones(piece: Piece) -> tuple[bool, float, int, str]:
    known = [fact for stone in piece.stones for fact in stone.facts if fact.is_known]
    return (
        any(fact.source.is_person for fact in known),
        max((fact.confidence for fact in known), default=0.0),
        len(known),
        "".join(stone.model_dump_json() for stone in piece.stones),
    )
