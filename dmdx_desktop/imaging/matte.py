"""Soft coverage of the piece along its outline, and its colours freed of the old background. Runs in picture processes.

The eye says where the outline is to about a pixel. How much of an edge pixel is piece is judged from what the eye made
of its surroundings and from the mixed colours there (``edge_signs``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image, ImageFilter

from dmdx_desktop.imaging.colour import Bytes, Floats
from dmdx_desktop.imaging.edge_signs import Circumstances, Edge, Places, edge_signs
from dmdx_desktop.imaging.filling import fill_from
from dmdx_desktop.imaging.regions import Mask, grow, shrink

Judge = Callable[[Floats], Floats]
"""Says of the signs of edge pixels how much of each is piece, 0 to 1: ``Eye.shares``."""

_SOLID: Final = 246
_NOTHING: Final = 8
_GROUND_SIDE: Final = 480
_NEAR: Final = 2
_FAR: Final = 7
_LEAST_SHARE: Final = 0.12
_CLEAR_DIFFERENCE: Final = 90.0
_UNCLEAR_DIFFERENCE: Final = 30.0
_WHOLE: Final = 0.98
_FAINTEST: Final = 0.3
_WITHIN: Final = 3


@dataclass(frozen=True, slots=True)
class Matte:
    """``coverage`` 0 to 255 (height, width) and ``colours`` (height, width, 3), sRGB without the background's share."""

    coverage: Bytes
    colours: Bytes


def refine(rgb: Bytes, piece: Bytes, judge: Judge, circumstances: Circumstances) -> Matte:
    """The matte of sRGB (height, width, 3) from how likely each pixel is piece, 0 to 255."""
    edge = edge_of(rgb, piece)
    coverage = _settled(piece)
    colours = rgb.copy()
    if not len(edge.rows):
        return Matte(coverage, colours)
    share = np.concatenate([judge(signs) for signs in edge_signs(rgb, piece, edge, circumstances)])
    places = edge.rows, edge.columns
    coverage[places] = np.rint(share * 255).astype(np.uint8)
    seen = rgb[places].astype(np.float32)
    clean = _freed(seen, edge.own, edge.behind, share)
    covered = (coverage[places] > 0)[:, None]
    colours[places] = np.where(covered, np.rint(clean), seen).astype(np.uint8)
    return Matte(coverage, colours)


def edge_of(rgb: Bytes, piece: Bytes) -> Edge:
    """The pixels whose coverage is open: those along the outline, and those that the eye was unsure of."""
    band = grow(piece > 127, 2) & ~shrink(piece > 127, 2)
    band |= (piece > _NOTHING) & (piece < _SOLID)
    rows, columns = np.nonzero(band)
    if not len(rows):
        none = np.zeros((0, 3), np.float32)
        return Edge(rows, columns, none, none, 0.0)
    behind, unevenness = _ground_at(rgb, piece, rows, columns)
    return Edge(rows, columns, behind, _core_colours(rgb, piece, rows, columns), unevenness)


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
    share = _share_in_colour(seen, own, behind, share)
    part = np.maximum(share, np.float32(_FAINTEST))[:, None]
    unmixed = np.clip((seen - (1 - part) * behind) / part, 0, 255)
    mostly = np.clip((share - 0.5) / 0.5, 0.0, 1.0)[:, None]
    blended = unmixed * mostly + own * (1 - mostly)
    return np.asarray(np.where(own[:, :1] < 0, unmixed, blended), np.float32)


def _share_in_colour(seen: Floats, own: Floats, behind: Floats, share: Floats) -> Floats:
    """How much of the colour seen is the piece's: its share of the pixel, or less where the mixture clearly says so."""
    gap = own - behind
    strength = np.sqrt(np.einsum("nc,nc->n", gap, gap))
    mixed = np.clip(np.einsum("nc,nc->n", seen - behind, gap) / np.maximum(strength * strength, 1.0), 0.0, 1.0)
    clear = np.clip((strength - _UNCLEAR_DIFFERENCE) / (_CLEAR_DIFFERENCE - _UNCLEAR_DIFFERENCE), 0.0, 1.0)
    clear = np.where((own[:, 0] < 0) | (share > _WHOLE), 0.0, clear)
    return np.asarray(share + clear * (np.minimum(mixed, share) - share), np.float32)


def _share(values: Bytes) -> Floats:
    return values.astype(np.float32) / np.float32(255)


def _ground_at(rgb: Bytes, piece: Bytes, rows: Places, columns: Places) -> tuple[Floats, float]:
    """What is behind the piece at those pixels, float sRGB values (n, 3), and how uneven the background is.

    It is the background around the piece carried on.
    """
    step = max(1, -(-max(piece.shape) // _GROUND_SIDE))
    small = np.asarray(Image.fromarray(rgb).reduce(step), dtype=np.float32)
    known = ~grow(np.asarray(Image.fromarray(piece).reduce(step)) > _NOTHING, 1)
    ground = fill_from(small, known)
    down = np.minimum(rows // step, ground.shape[0] - 1)
    behind = ground[down, np.minimum(columns // step, ground.shape[1] - 1)]
    return np.asarray(behind, np.float32), _unevenness(small, known)


def _unevenness(small: Floats, known: Mask) -> float:
    """The median difference of neighbours that are both known; 0 where there are none."""
    both = known[:, 1:] & known[:, :-1]
    steps = np.abs(np.diff(small, axis=1)).mean(axis=2)[both]
    return float(np.median(steps)) if len(steps) else 0.0


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
