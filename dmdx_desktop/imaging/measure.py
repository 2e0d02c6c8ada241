"""What the embedded analyst reads from a picture: facts with source ``measured``. Runs in picture processes.

Two witnesses are asked: the eye, which says what the picture as a whole looks like, and exact measures of its pixels,
which know grain, hues and counts better. Each value comes with the chance that it is right, and what is likelier wrong
than right is ``unknown``. Types, cuts and origins are not guessed from pixels.

White gold, platinum and silver look the same. A white metal is called white gold, which is what most white jewellery is
made of, and the confidence is the chance of that name: that of the metal being white times ``WHITE_GOLD_SHARE``. It
stays so low that a file name or a person who names another metal is always believed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from PIL import Image

from dmdx_desktop.imaging.background_signs import Ground, background_signs, is_marked, survey_ground
from dmdx_desktop.imaging.colour import Bytes, Floats, lab_from_bytes
from dmdx_desktop.imaging.cutout import SURE_ENOUGH, CutOut
from dmdx_desktop.imaging.eye import Tone
from dmdx_desktop.imaging.items import Items, count_items
from dmdx_desktop.imaging.kind_signs import kind_signs, survey_marks, without_ground
from dmdx_desktop.imaging.picture_quality import judge_quality, quality_warnings
from dmdx_desktop.imaging.safe_open import Picture
from dmdx_desktop.imaging.skin import find_skin
from dmdx_desktop.imaging.stone_colours import read_stones
from dmdx_desktop.imaging.stone_sense import StoneSense
from dmdx_desktop.imaging.tone_signs import survey_metal, tone_signs
from dmdx_desktop.imaging.witnesses import agreed
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.sourced import Sourced, unstated
from dmdx_desktop.models.vocabulary import Background, InputKind, Kind, Metal, PictureWarning, View

L = TypeVar("L")

WHITE_GOLD_SHARE: Final = 0.5
"""How much of white jewellery is taken to be white gold, the rest being silver and platinum: a judgement, no survey."""

_LEAST_CHANCE: Final = 0.4
_BEHIND_ALPHA: Final = (160, 160, 160)
_TRANSPARENT: Final = 0.99
_SAMPLED_SIDE: Final = 400
_METAL_OF: Final[Mapping[Tone, Metal]] = {
    Tone.YELLOW: Metal.YELLOW_GOLD,
    Tone.ROSE: Metal.ROSE_GOLD,
    Tone.WHITE: Metal.WHITE_GOLD,
    Tone.HIDDEN: Metal.UNKNOWN,
}
_BACKGROUND_WEIGHTS: Final = (0.7, 0.8)
_KIND_WEIGHTS: Final = (0.7, 0.8)
_TONE_WEIGHTS: Final = (0.6, 1.0)
"""How much the eye counts in each field, and how much the signs."""


@dataclass(frozen=True, slots=True)
class Chances:
    """What both witnesses together make of a picture: the chance of each label."""

    background: Mapping[Background, float]
    kind: Mapping[Kind, float]
    tone: Mapping[Tone, float]


def measure(picture: Picture, cut: CutOut, sense: StoneSense) -> Piece:
    """The reading of ``picture``, whose cut-out is ``cut``: every value with its confidence, or ``unknown``.

    ``sense`` tells the colours of stones.
    """
    seen = _as_seen(picture)
    chances = _weigh(seen, cut)
    background = _background(cut, chances.background)
    if cut.is_empty:
        return Piece(background=background, warnings=(PictureWarning.NO_PIECE,))
    kind = _likeliest(chances.kind, Kind.UNKNOWN)
    metal = _metal(chances.tone)
    items = count_items(cut.coverage)
    return Piece(
        kind=kind,
        input_kind=_input_kind(kind, background, metal),
        background=background,
        view=_likeliest(cut.reading.view, View.UNKNOWN),
        metal=metal,
        stones=read_stones(cut, kind.value, chances.tone, sense),
        pieces=Sourced[int | None](value=items.count, confidence=items.confidence),
        warnings=_warnings(seen, cut, items, metal),
    )


def read_background(picture: Picture, cut: CutOut) -> Sourced[Background]:
    """What is behind the piece of ``picture``, whose cut-out is ``cut``; the same that ``measure`` reads."""
    seen = _as_seen(picture)
    return _background(cut, _weigh_background(cut, _ground(seen, cut)))


def _as_seen(picture: Picture) -> Bytes:
    """sRGB (height, width, 3). What lies under full transparency is arbitrary, so it is laid on an even grey."""
    if not picture.has_alpha:
        return np.asarray(picture.image.convert("RGB"))
    ground = Image.new("RGB", picture.image.size, _BEHIND_ALPHA)
    ground.paste(picture.image.convert("RGB"), mask=picture.image.getchannel("A"))
    return np.asarray(ground)


def _weigh(seen: Bytes, cut: CutOut) -> Chances:
    """Both witnesses, field by field: what is behind the piece says something about the kind, and that of the tone."""
    kind, tone = dict(cut.reading.kind), dict(cut.reading.tone)
    ground = _ground(seen, cut)
    background = _weigh_background(cut, ground)
    colour = survey_metal(_metal_pixels(cut), ground)
    marks = survey_marks(np.asarray(Image.fromarray(seen).convert("L")), cut.coverage)
    if cut.transparent:
        marks = without_ground(marks)
    one_tint = colour is not None and colour.is_programmed
    kind = agreed(kind, kind_signs(marks, {} if cut.transparent else background, one_tint), *_KIND_WEIGHTS)
    if colour is not None:
        likeliest = max(kind, key=lambda label: kind[label])
        tone = agreed(tone, tone_signs(colour, likeliest), *_TONE_WEIGHTS)
    return Chances(background, kind, tone)


def _ground(seen: Bytes, cut: CutOut) -> Ground | None:
    return None if cut.transparent else survey_ground(seen, cut.coverage)


def _weigh_background(cut: CutOut, ground: Ground | None) -> Mapping[Background, float]:
    seen_by_eye = cut.reading.background
    if ground is None:
        return seen_by_eye
    possible = seen_by_eye if is_marked(ground) else _shared_out(seen_by_eye, Background.BUSY)
    return agreed(possible, background_signs(ground), *_BACKGROUND_WEIGHTS)


def _shared_out(chances: Mapping[Background, float], label: Background) -> Mapping[Background, float]:
    """``chances`` once ``label`` is known not to be it: whoever thought so knew nothing about the others."""
    share = chances[label] / (len(chances) - 1)
    return {one: (0.0 if one is label else chance + share) for one, chance in chances.items()}


def _metal_pixels(cut: CutOut) -> Floats:
    """Lab colours (n, 3) of evenly chosen pixels that are surely piece and hardly stone."""
    every = max(1, max(cut.coverage.shape) // _SAMPLED_SIDE)
    metal = (cut.coverage[::every, ::every] > 230) & (cut.stone[::every, ::every] < 60)
    return lab_from_bytes(cut.colours[::every, ::every][metal])


def _likeliest(chances: Mapping[L, float], unknown: L) -> Sourced[L]:
    value = max(chances, key=lambda label: chances[label])
    return _said(value, chances[value], unknown)


def _said(value: L, chance: float, unknown: L) -> Sourced[L]:
    if chance < _LEAST_CHANCE:
        return unstated(unknown)
    return Sourced[L](value=value, confidence=round(min(chance, 1.0), 3))


def _background(cut: CutOut, chances: Mapping[Background, float]) -> Sourced[Background]:
    if cut.transparent:
        return _said(Background.TRANSPARENT, _TRANSPARENT, Background.UNKNOWN)
    return _likeliest(chances, Background.UNKNOWN)


def _metal(chances: Mapping[Tone, float]) -> Sourced[Metal]:
    tone = max(chances, key=lambda label: chances[label])
    metal = _said(_METAL_OF[tone], chances[tone], Metal.UNKNOWN)
    if tone is Tone.HIDDEN or not metal.is_known:
        return unstated(Metal.UNKNOWN)
    if tone is not Tone.WHITE:
        return metal
    return Sourced[Metal](value=metal.value, confidence=round(metal.confidence * WHITE_GOLD_SHARE, 3))


def _input_kind(kind: Sourced[Kind], background: Sourced[Background], metal: Sourced[Metal]) -> Sourced[InputKind]:
    """Finely what the picture is: surest where its background is plain, as those of catalogues are."""
    coloured = metal.is_known
    match kind.value:
        case Kind.SKETCH:
            value = InputKind.SKETCH_COLOUR if coloured else InputKind.SKETCH_PENCIL
        case Kind.CAD:
            value = InputKind.CAD_RENDER_SHADED if coloured else InputKind.CAD_VIEWPORT_GREY
        case Kind.PHOTO:
            value = InputKind.PHOTO_PACKSHOT
        case _:
            return unstated(InputKind.UNKNOWN)
    plain = background.value is not Background.BUSY
    return Sourced[InputKind](value=value, confidence=round((0.7 if plain else 0.4) * kind.confidence, 3))


def _warnings(seen: Bytes, cut: CutOut, items: Items, metal: Sourced[Metal]) -> tuple[PictureWarning, ...]:
    quality = judge_quality(seen, cut.coverage, _lightness(cut), cut.drawn)
    checks = {
        PictureWarning.SEVERAL_PIECES: not items.is_one_product,
        PictureWarning.HAND_OR_FACE: not cut.transparent and find_skin(seen, cut.coverage).is_seen,
        PictureWarning.UNSURE_OUTLINE: cut.confidence < SURE_ENOUGH,
        PictureWarning.NO_METAL_COLOUR: not metal.is_known,
    }
    found = {*quality_warnings(quality), *(warning for warning, holds in checks.items() if holds)}
    return tuple(warning for warning in PictureWarning if warning in found)


def _lightness(cut: CutOut) -> Floats:
    """Lab lightness, 0 to 100, of evenly chosen pixels of the piece."""
    every = max(1, max(cut.coverage.shape) // _SAMPLED_SIDE)
    piece = cut.coverage[::every, ::every] > 127
    return np.asarray(lab_from_bytes(cut.colours[::every, ::every][piece])[:, 0], np.float32)
