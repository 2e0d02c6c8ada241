"""Soft coverage of the piece along its outline, and its colours freed of the old background. Runs in picture processes.

The eye says where the outline is to about a pixel. Where the piece and what is behind it differ clearly, the mixed
colour of an edge pixel says better how much of it is piece; elsewhere the eye is believed.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from dmdx_desktop.imaging.colour import Bytes, Floats
from dmdx_desktop.imaging.filling import fill_from
from dmdx_desktop.imaging.regions import grow, shrink

Places = NDArray[np.intp]

_SOLID: Final = 246
_NOTHING: Final = 8
_GROUND_SIDE: Final = 480
_NEAR: Final = 2
_FAR: Final = 7
_LEAST_SHARE: Final = 0.12
_CLEAR_DIFFERENCE: Final = 90.0
_UNCLEAR_DIFFERENCE: Final = 30.0
_ROOM: Final = 0.2
_ROOM_WHERE_SURE: Final = 0.05
_FAINTEST: Final = 0.3
_WITHIN: Final = 3


@dataclass(frozen=True, slots=True)
class Matte:
    """``coverage`` 0 to 255 (height, width) and ``colours`` (height, width, 3), sRGB without the background's share."""

    coverage: Bytes
    colours: Bytes


def refine(rgb: Bytes, piece: Bytes) -> Matte:
    """The matte of sRGB (height, width, 3) from how likely each pixel is piece, 0 to 255."""
    band = grow(piece > 127, 2) & ~shrink(piece > 127, 2)
    band |= (piece > _NOTHING) & (piece < _SOLID)
    rows, columns = np.nonzero(band)
    coverage = _settled(piece)
    if not len(rows):
        return Matte(coverage, rgb.copy())
    seen = rgb[rows, columns].astype(np.float32)
    behind = _ground_at(rgb, piece, rows, columns)
    own = _core_colours(rgb, piece, rows, columns)
    share = _share_of_piece(seen, own, behind, _share(piece[rows, columns]))
    coverage[rows, columns] = np.rint(share * 255).astype(np.uint8)
    colours = rgb.copy()
    clean = _freed(seen, own, behind, share)
    covered = (coverage[rows, columns] > 0)[:, None]
    colours[rows, columns] = np.where(covered, np.rint(clean), seen).astype(np.uint8)
    return Matte(coverage, colours)


def as_seen(rgb: Bytes, piece: Bytes) -> Matte:
    """The matte of a drawing: its outline as the eye sees it, and its colours as they are.

    A pencil's stroke and the paper on both sides of it tell nothing about shares; the strokes end on the outline, and
    bare paper beside them is what ink lies on anyway. Doubt away from the outline is about bare paper within the piece.
    """
    return Matte(np.where(shrink(piece > 127, _WITHIN), np.uint8(255), _settled(piece)), rgb)


def _settled(piece: Bytes) -> Bytes:
    """What is nearly certain is certain."""
    return np.where(piece >= _SOLID, 255, np.where(piece <= _NOTHING, 0, piece)).astype(np.uint8)


def _freed(seen: Floats, own: Floats, behind: Floats, share: Floats) -> Floats:
    """Edge colours without what is behind them.

    A pixel that is mostly piece keeps its own texture, less the share of the background. A fainter one would only
    enlarge noise, so it takes the colour of the piece beside it.
    """
    part = np.maximum(share, np.float32(_FAINTEST))[:, None]
    unmixed = np.clip((seen - (1 - part) * behind) / part, 0, 255)
    mostly = np.clip((share - 0.5) / 0.5, 0.0, 1.0)[:, None]
    blended = unmixed * mostly + own * (1 - mostly)
    return np.asarray(np.where(own[:, :1] < 0, unmixed, blended), np.float32)


def _share_of_piece(seen: Floats, own: Floats, behind: Floats, seen_by_eye: Floats) -> Floats:
    """How much of each edge pixel is piece, 0 to 1: by its mixed colour where that tells, near what the eye says."""
    gap = own - behind
    strength = np.sqrt(np.einsum("nc,nc->n", gap, gap))
    mixed = np.einsum("nc,nc->n", seen - behind, gap) / np.maximum(strength * strength, 1.0)
    clear = np.clip((strength - _UNCLEAR_DIFFERENCE) / (_CLEAR_DIFFERENCE - _UNCLEAR_DIFFERENCE), 0.0, 1.0)
    clear = np.where(own[:, 0] < 0, 0.0, clear)
    # Where the eye is sure it is left little room to be wrong: reflections are mixed colours too.
    room = np.float32(_ROOM_WHERE_SURE) + np.float32(4.0 * _ROOM) * seen_by_eye * (np.float32(1.0) - seen_by_eye)
    bounded = np.clip(np.clip(mixed, 0.0, 1.0), seen_by_eye - room, seen_by_eye + room)
    return np.asarray(np.clip(seen_by_eye + clear * (bounded - seen_by_eye), 0.0, 1.0), np.float32)


def _share(values: Bytes) -> Floats:
    return values.astype(np.float32) / np.float32(255)


def _ground_at(rgb: Bytes, piece: Bytes, rows: Places, columns: Places) -> Floats:
    """What is behind the piece at those pixels: the background around it carried on, float sRGB values (n, 3)."""
    step = max(1, -(-max(piece.shape) // _GROUND_SIDE))
    small = np.asarray(Image.fromarray(rgb).reduce(step), dtype=np.float32)
    covered = np.asarray(Image.fromarray(piece).reduce(step))
    known = ~grow(covered > _NOTHING, 1)
    ground = fill_from(small, known)
    down = np.minimum(rows // step, ground.shape[0] - 1)
    return np.asarray(ground[down, np.minimum(columns // step, ground.shape[1] - 1)], np.float32)


def _core_colours(rgb: Bytes, piece: Bytes, rows: Places, columns: Places) -> Floats:
    """The mean colour of solid piece nearby; -1 where there is none."""
    core = Image.fromarray((piece >= _SOLID).astype(np.uint8) * 255)
    colours = Image.new("RGB", core.size)
    colours.paste(Image.fromarray(rgb), mask=core)
    result = np.full((len(rows), 3), -1.0, np.float32)
    for radius, least, step in ((_FAR, _LEAST_SHARE / 4, 2), (_NEAR, _LEAST_SHARE, 1)):
        around = ImageFilter.BoxBlur(radius / step)
        down, across = rows // step, columns // step
        share = _share(np.asarray(core.reduce(step).filter(around))[down, across])
        light = np.asarray(colours.reduce(step).filter(around))[down, across]
        good = share > least
        result[good] = np.minimum(light[good] / share[good, None], 255)
    return result
