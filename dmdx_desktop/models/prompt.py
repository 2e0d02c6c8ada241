"""The text that tells an engine what to make: a pure function of piece, variant and order of references.

Pure; any process and thread. Nothing but words of the vocabulary, numbers and what a person wrote reaches the text: the
free words of a model's reading could carry instructions. The same arguments always give the same text; a change of
wording shows in the files of tests/unit/golden.
"""

from collections.abc import Sequence
from typing import Final, TypeVar

from dmdx_desktop.models.choices import PAID_ONLY_SCENES, RecipeMetal
from dmdx_desktop.models.naming import display_name
from dmdx_desktop.models.piece import Piece, Stone, coherent
from dmdx_desktop.models.prompt_phrases import (
    GEOMETRY,
    LIGHTING,
    METAL_CUES,
    ORIGIN_WORDS,
    PURITY_CUES,
    REFERENCE_NOTES,
    SCENES,
    SHAPES,
    SHOTS,
    TYPE_NOUNS,
    VIEWS,
    WORN,
)
from dmdx_desktop.models.recipe import Variant
from dmdx_desktop.models.sourced import Sourced, unstated
from dmdx_desktop.models.term import Term
from dmdx_desktop.models.vocabulary import (
    COLOURLESS_KINDS,
    KIND_OF,
    JewelleryType,
    Kind,
    Metal,
    Pairing,
    Purity,
    View,
    pairing,
    wear_zone,
)

V = TypeVar("V")
W = TypeVar("W", bound=Term)

SURE_ENOUGH: Final = 0.5
"""A fact less sure than this is left out: the reference itself is then the better witness."""

_LIMITS: Final = (
    "Change nothing else about the piece. Add no stone, claw or other jewellery, no text, logo or watermark, "
    "and leave none of the piece out."
)


def build_prompt(piece: Piece, variant: Variant, views: Sequence[View]) -> str:
    """The prompt for one picture; ``views`` names the view of each reference in the order they are sent."""
    known = coherent(piece)
    lines = (
        _subject(known),
        _references(views),
        _geometry(known),
        _metal(known, variant.metal),
        *_stones(known),
        _scene(known, variant),
        _camera(variant),
        _LIMITS,
    )
    return "\n".join(line for line in lines if line)


def _subject(piece: Piece) -> str:
    one, several = TYPE_NOUNS[piece.type.value if _counts(piece.type) else JewelleryType.UNKNOWN]
    pairs = pairing(piece.type.value, piece.subtype.value)
    number = piece.pieces.value if _counts(piece.pieces) else None
    if number is None:
        # Whether the reference shows one of the pair or both is for the reference to say.
        subject = several if pairs is Pairing.ALWAYS else one
    elif number == 2 and pairs is not Pairing.NEVER:
        subject = f"pair of {several}"
    else:
        subject = one if number == 1 else f"{number} {several}"
    subtype = _word(piece.subtype)
    return f"Photorealistic photograph of the {subject}{f' ({subtype})' if subtype else ''} in the reference."


def _references(views: Sequence[View]) -> str:
    if len(views) < 2:
        return (
            f"The reference shows the piece from: {VIEWS[views[0]]}." if views and views[0] is not View.UNKNOWN else ""
        )
    listing = ", ".join(f"{number} {VIEWS[view]}" for number, view in enumerate(views, start=1))
    return f"The references show the same piece, in this order: {listing}. Where they differ the first one decides."


def _geometry(piece: Piece) -> str:
    kind = piece.kind.value if _counts(piece.kind) else Kind.UNKNOWN
    if not _counts(piece.input_kind):
        return GEOMETRY[kind]
    if kind is Kind.UNKNOWN:
        kind = KIND_OF[piece.input_kind.value]
    note = REFERENCE_NOTES.get(piece.input_kind.value, "")
    return f"{GEOMETRY[kind]} {note}".rstrip()


def _metal(piece: Piece, chosen: RecipeMetal) -> str:
    finish = _word(piece.finish)
    return f"Metal: {_metal_words(piece, chosen)}." + (f" Finish: {finish}." if finish else "")


def _metal_words(piece: Piece, chosen: RecipeMetal) -> str:
    own = piece.metal.value if _counts(piece.metal) else Metal.UNKNOWN
    if chosen is not RecipeMetal.AS_REFERENCE:
        metal = Metal(chosen.value)
        purity = piece.purity if metal is own else unstated(Purity.UNKNOWN)
        described = _described_metal(metal, metal.label.lower(), purity)
        return f"every metal part is {described}; this decides, whatever the reference shows"
    name = _word(piece.metal)
    if name:
        return f"as in the reference, {_described_metal(own, name, piece.purity)}"
    if _counts(piece.input_kind) and piece.input_kind.value in COLOURLESS_KINDS:
        return "neutral polished white metal, because the reference does not show its colour"
    return "exactly as the reference shows it"


def _described_metal(metal: Metal, name: str, purity: Sourced[Purity]) -> str:
    cues = (_word(purity), PURITY_CUES.get((metal, purity.value), "") if _word(purity) else "", METAL_CUES.get(metal))
    return ", ".join((name, *(cue for cue in cues if cue)))


def _stones(piece: Piece) -> tuple[str, ...]:
    if piece.user_owns_stones and not piece.stones:
        return ("Stones: none.",)
    setting = _word(piece.setting)
    lines = [f"Setting: {setting}."] if setting else []
    if piece.stones:
        lines.append("Stones, each group exactly where the reference shows it:")
        lines += [f"- {_stone_words(stone)}" for stone in piece.stones]
    else:
        lines.append("Stones: exactly as many, as large and where the reference shows them.")
    return tuple(lines)


def _stone_words(stone: Stone) -> str:
    size = f"about {stone.size_mm.value:g} mm long" if _counts(stone.size_mm) else ""
    named = (
        ("colour", _word(stone.colour)),
        ("shape", _word(stone.shape)),
        ("cut", _word(stone.cut_style)),
        ("setting", _word(stone.setting)),
    )
    claws = _claws(stone.prongs.value) if _counts(stone.prongs) and stone.prongs.value else ""
    parts = (_stone_name(stone), *(f"{name} {word}" for name, word in named if word), claws, size)
    role = _word(stone.role)
    return (f"{role}: " if role else "") + "; ".join(part for part in parts if part)


def _claws(number: int) -> str:
    """Each stone's: one claw more makes it another piece."""
    return "each held by exactly 1 claw" if number == 1 else f"each held by exactly {number} claws"


def _stone_name(stone: Stone) -> str:
    count = f"{stone.count.value} ×" if _counts(stone.count) else ""
    origin = ORIGIN_WORDS.get(stone.origin.value, "")
    return " ".join(part for part in (count, origin, _word(stone.species) or "stone") if part)


def _scene(piece: Piece, variant: Variant) -> str:
    zone = wear_zone(piece.type.value, piece.subtype.value)
    return f"Scene: {SCENES[variant.scene].format(worn=WORN[zone])}. Light: {LIGHTING[variant.scene]}."


def _camera(variant: Variant) -> str:
    framing = "" if variant.scene in PAID_ONLY_SCENES else ", filling about four fifths of it"
    return f"Camera: {SHOTS[variant.shot]}. Frame: {SHAPES[variant.shape]}, with the whole piece inside{framing}."


def _counts(fact: Sourced[V]) -> bool:
    return fact.is_known and fact.confidence >= SURE_ENOUGH


def _word(fact: Sourced[W]) -> str:
    """The word for a fact inside a sentence; empty where it is unsure, unknown, or outside the vocabulary."""
    if not _counts(fact):
        return ""
    if fact.value == "other":
        return display_name(fact.note) if fact.source.is_person else ""
    return fact.value.label[0].lower() + fact.value.label[1:]
