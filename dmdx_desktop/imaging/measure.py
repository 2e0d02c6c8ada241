"""What the embedded analyst reads from a picture: facts with source ``measured``. Runs in picture processes.

It says only what pixels can show. A white metal is called white gold with little confidence, because platinum and
silver look the same; clay, wax and uncoloured drawings say nothing about metal; views, types and cuts are not guessed.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.cutout import SURE_ENOUGH, CutOut
from dmdx_desktop.imaging.parts import Body, Parts, tell_parts
from dmdx_desktop.imaging.regions import Mask, find_regions, grow, shrink
from dmdx_desktop.imaging.safe_open import Picture
from dmdx_desktop.imaging.stone_colours import read_stones
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.sourced import Sourced, unstated
from dmdx_desktop.models.vocabulary import Background, InputKind, Kind, Metal, PictureWarning

_ROSE_LIMIT: Final = 60.0
_SURE_INK: Final = 0.5
_LIKELY_INK: Final = 0.72
_LIGHT: Final = 100.0
_FLAT_STEP: Final = 0.6
_FLAT_SHARE: Final = 0.72
_SMALL_SIDE: Final = 600
_BLURRED_DETAIL: Final = 2.5
_CLIPPED_SHARE: Final = 0.3
_LIKE_SHARE: Final = 0.35


@dataclass(frozen=True, slots=True, eq=False)
class _Surface:
    """Full-size measures of a picture: lightness, fine detail, and the piece."""

    grey: Image.Image
    detail: Floats
    piece: Mask
    unit: int


def measure(picture: Picture, cut: CutOut) -> Piece:
    """The reading of ``picture``, whose cut-out is ``cut``: every value with its confidence, or ``unknown``."""
    if cut.is_empty:
        return Piece(background=cut.background, warnings=(PictureWarning.NO_PIECE,))
    surface = _measure_surface(picture, cut)
    parts = tell_parts(cut, 128)
    kind = _kind(cut, parts, surface)
    metal = _metal(parts, kind.value)
    return Piece(
        kind=kind,
        input_kind=_input_kind(kind, cut, parts),
        background=cut.background,
        metal=metal,
        stones=read_stones(cut, parts, kind.value),
        pieces=_pieces(surface.piece),
        warnings=_warnings(cut, parts, surface, metal),
    )


def _measure_surface(picture: Picture, cut: CutOut) -> _Surface:
    grey = picture.image.convert("L")
    if picture.has_alpha:
        # What lies under full transparency is arbitrary, often black, and would pass for an inked outline.
        grey = Image.composite(grey, Image.new("L", grey.size, 160), picture.image.getchannel("A"))
    values = np.asarray(grey, dtype=np.float32)
    detail = np.zeros_like(values)
    around = (values[:-2, 1:-1] + values[2:, 1:-1] + values[1:-1, :-2] + values[1:-1, 2:]) / 4
    detail[1:-1, 1:-1] = np.abs(values[1:-1, 1:-1] - around)
    return _Surface(grey, detail, cut.coverage > 127, max(1, round(max(grey.size) / 1200)))


def _kind(cut: CutOut, parts: Parts, surface: _Surface) -> Sourced[Kind]:
    """Drawings were told by their paper; CAD by its grid, inked outlines or clay; photographs by their grain."""
    if cut.drawn:
        return Sourced[Kind](value=Kind.SKETCH, confidence=0.92)
    if cut.background.value is Background.GRID:
        return Sourced[Kind](value=Kind.CAD, confidence=0.95)
    if (outline := _outline_certainty(surface)) > 0.0:
        return Sourced[Kind](value=Kind.CAD, confidence=outline)
    if _is_clay(parts):
        return Sourced[Kind](value=Kind.CAD, confidence=0.75)
    if cut.grain > 0.3:
        return Sourced[Kind](value=Kind.PHOTO, confidence=0.85)
    deep = shrink(surface.piece, 3 * surface.unit)
    textured = deep.any() and float((surface.detail[deep] < _FLAT_STEP).mean()) < _FLAT_SHARE
    return Sourced[Kind](value=Kind.PHOTO, confidence=0.55) if textured else unstated(Kind.UNKNOWN)


def _outline_certainty(surface: _Surface) -> float:
    """How sure it is that the piece's rim is drawn in ink, darker than both its inside and what is behind it; or 0."""
    piece, unit = surface.piece, surface.unit
    rim = piece & ~shrink(piece, unit)
    inside = shrink(piece, 6 * unit) & ~shrink(piece, 9 * unit)
    behind = grow(piece, 9 * unit) & ~grow(piece, 6 * unit)
    if not inside.any() or not behind.any():
        return 0.0
    lowest = np.asarray(surface.grey.filter(ImageFilter.MinFilter(5)))
    ink, within, beyond = (float(np.median(lowest[zone])) for zone in (rim, inside, behind))
    depth = ink / max(min(within, beyond), 1.0)
    if depth < _SURE_INK:
        return 0.93
    return 0.7 if depth < _LIKELY_INK and beyond > _LIGHT else 0.0


def _is_clay(parts: Parts) -> bool:
    """One dull colour without highlights or dark reflections."""
    low, high = np.percentile(parts.lab[:, 0], [2, 98])
    return parts.body is Body.COLOURLESS and bool(high - low < 40.0 and high < 90.0)


def _input_kind(kind: Sourced[Kind], cut: CutOut, parts: Parts) -> Sourced[InputKind]:
    coloured = parts.body is not Body.COLOURLESS
    match kind.value:
        case Kind.SKETCH:
            value = InputKind.SKETCH_COLOUR if coloured else InputKind.SKETCH_PENCIL
        case Kind.CAD:
            value = InputKind.CAD_RENDER_SHADED if coloured else InputKind.CAD_VIEWPORT_GREY
        case Kind.PHOTO:
            value = InputKind.PHOTO_PACKSHOT
        case _:
            return unstated(InputKind.UNKNOWN)
    plain = cut.background.value is not Background.BUSY
    return Sourced[InputKind](value=value, confidence=round((0.7 if plain else 0.4) * kind.confidence, 3))


def _metal(parts: Parts, kind: Kind) -> Sourced[Metal]:
    if parts.body is Body.GOLD:
        metal = parts.metal & (parts.chroma > 12.0) & (parts.lab[:, 0] > 25.0)
        if not metal.any():
            return unstated(Metal.UNKNOWN)
        hue = float(np.median(parts.hue[metal]))
        sure = float(np.clip(0.6 + abs(hue - _ROSE_LIMIT) / 40.0, 0.6, 0.93))
        value = Metal.ROSE_GOLD if hue < _ROSE_LIMIT else Metal.YELLOW_GOLD
        return Sourced[Metal](value=value, confidence=round(sure, 3))
    if parts.body is Body.WHITE and kind in (Kind.PHOTO, Kind.CAD):
        return Sourced[Metal](value=Metal.WHITE_GOLD, confidence=0.5)
    if kind is Kind.PHOTO:
        return Sourced[Metal](value=Metal.WHITE_GOLD, confidence=0.45)
    return unstated(Metal.UNKNOWN)


def _pieces(piece: Mask) -> Sourced[int | None]:
    """How many items of like size lie apart from each other."""
    step = max(1, max(piece.shape) // 600)
    regions = find_regions(grow(piece[::step, ::step], 1))
    areas = regions.areas[1:]
    count = int((areas > _LIKE_SHARE * areas.max()).sum())
    return Sourced[int | None](value=count, confidence={1: 0.85, 2: 0.75}.get(count, 0.5))


def _warnings(cut: CutOut, parts: Parts, surface: _Surface, metal: Sourced[Metal]) -> tuple[PictureWarning, ...]:
    piece, lightness = surface.piece, parts.lab[:, 0]
    clipped = 0.0 if cut.drawn else float((lightness > 98.0).mean())
    frame = np.concatenate([piece[0], piece[-1], piece[:, 0], piece[:, -1]])
    deep: NDArray[np.bool_] = shrink(piece, 2 * surface.unit)
    checks = {
        PictureWarning.SMALL: max(piece.shape) < _SMALL_SIDE,
        PictureWarning.BLURRED: deep.any() and float(np.percentile(surface.detail[piece], 98)) < _BLURRED_DETAIL,
        PictureWarning.TOO_DARK: float(np.percentile(lightness, 90)) < 30.0,
        PictureWarning.TOO_BRIGHT: clipped > _CLIPPED_SHARE,
        PictureWarning.CROPPED: float(frame.mean()) > 0.01,
        PictureWarning.SEVERAL_PIECES: (_pieces(piece).value or 0) > 2,
        PictureWarning.UNSURE_OUTLINE: cut.confidence < SURE_ENOUGH,
        PictureWarning.NO_METAL_COLOUR: not metal.is_known,
    }
    return tuple(warning for warning in PictureWarning if checks.get(warning, False))
