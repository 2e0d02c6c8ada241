"""Small tilts of a piece found from its own outline. Pure; runs in picture processes.

Only pieces that have an upright are looked at: rings seen level or from above, pairs of earrings, pendants. A turned
view or a brooch has none, and leaning is how it was meant. Without strong evidence nothing is turned.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dmdx_desktop.imaging.colour import Bytes, Floats
from dmdx_desktop.imaging.footing import Shape, middle, spread_of
from dmdx_desktop.imaging.regions import Mask
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.vocabulary import JewelleryType, View

MOST_DEGREES: Final = 8.0
LEAST_DEGREES: Final = 0.4

_SIDE: Final = 256
_SEARCHED: Final = 13.0
_LEAST_MATCH: Final = 0.92
_LEAST_LOSS: Final = 0.035
_LOSS_AT: Final = 5.0
_LIKE_ITEMS: Final = 0.85
_ROUND: Final = 0.94
_LONG: Final = 1.8
_AGREEMENT: Final = 2.5
_UPRIGHT_TYPES: Final = frozenset({JewelleryType.RING, JewelleryType.EARRING, JewelleryType.PENDANT_CHARM})
_LEVEL_VIEWS: Final = frozenset({View.FRONT, View.BACK, View.SIDE, View.TOP})


def tilt_of(coverage: Bytes, shape: Shape, piece: Piece) -> float:
    """How many degrees anticlockwise the piece leans; 0 where it stands upright, or nothing says surely that it leans.

    ``coverage`` is cropped to the piece, ``shape`` was read from it.
    """
    if not _has_upright(shape, piece):
        return 0.0
    found = _tilt_of_pair(shape) if shape.is_pair else _tilt_of_symmetry(coverage)
    return found if LEAST_DEGREES <= abs(found) <= MOST_DEGREES else 0.0


def _has_upright(shape: Shape, piece: Piece) -> bool:
    kind, view = piece.type.value, piece.view.value
    if view is View.THREE_QUARTER:
        return False
    if view in _LEVEL_VIEWS:
        return kind in _UPRIGHT_TYPES
    if kind is JewelleryType.PENDANT_CHARM:
        return True
    if shape.is_pair:
        return kind in (JewelleryType.EARRING, JewelleryType.UNKNOWN)
    return kind is JewelleryType.RING and shape.hole is not None and _is_round(shape.hole)


def _is_round(hole: Mask) -> bool:
    narrow, wide = np.sqrt(np.linalg.eigvalsh(spread_of(hole)))
    return bool(narrow > _ROUND * wide)


def _tilt_of_pair(shape: Shape) -> float:
    """The tilt of the line through two like items, where neither has an axis of its own that says otherwise."""
    one, other = sorted(shape.items, key=lambda item: middle(item)[0])
    if min(one.sum(), other.sum()) < _LIKE_ITEMS * max(one.sum(), other.sum()):
        return 0.0
    (x0, y0), (x1, y1) = middle(one), middle(other)
    line = float(np.degrees(np.arctan2(y0 - y1, x1 - x0)))
    leans = [lean for lean in (_lean(one), _lean(other)) if lean is not None]
    return line if all(abs(lean - line) < _AGREEMENT for lean in leans) else 0.0


def _lean(item: Mask) -> float | None:
    """How many degrees anticlockwise the long axis of an item leans from the vertical; None where it is not long."""
    values, vectors = np.linalg.eigh(spread_of(item))
    if np.sqrt(values[1] / max(values[0], 1e-6)) < _LONG:
        return None
    x, y = vectors[:, 1] * (1 if vectors[1, 1] < 0 else -1)
    return float(np.degrees(np.arctan2(-x, -y)))


def _tilt_of_symmetry(coverage: Bytes) -> float:
    """The tilt of the axis about which the outline is its own mirror image, if there is one such axis and no other."""
    rows, columns = coverage.shape
    shrink = max(1.0, max(rows, columns) / _SIDE)
    small = Image.fromarray(coverage).resize(
        (max(3, round(columns / shrink)), max(3, round(rows / shrink))), Image.Resampling.BOX
    )
    room = round(0.2 * max(small.size))
    framed = Image.new("L", (small.width + 2 * room, small.height + 2 * room))
    framed.paste(small, (room, room))
    coarse = np.arange(-_SEARCHED, _SEARCHED + 0.5, 1.0)
    scores = np.asarray([_mirror_match(framed, angle) for angle in coarse])
    best = float(coarse[scores.argmax()])
    if abs(best) > MOST_DEGREES:
        return 0.0
    fine = best + np.arange(-1.0, 1.01, 0.2)
    matches = np.asarray([_mirror_match(framed, angle) for angle in fine])
    sides = [float(np.interp(best + away, coarse, scores)) for away in (-_LOSS_AT, _LOSS_AT)]
    if matches.max() < _LEAST_MATCH or matches.max() - max(sides) < _LEAST_LOSS:
        return 0.0
    return round(_peak(fine, matches), 2)


def _mirror_match(image: Image.Image, degrees: float) -> float:
    """How much of the outline, turned clockwise by that, covers its own mirror image about the upright through it."""
    plane: Floats = np.asarray(image.rotate(-degrees, Image.Resampling.BILINEAR), dtype=np.float32)
    width = plane.shape[1]
    total = float(plane.sum())
    centre = float((plane.sum(axis=0) * np.arange(width)).sum()) / total
    twice = 2 * centre
    best = 0.0
    for fold in (int(np.floor(twice)), int(np.ceil(twice))):
        first, last = max(0, fold - width + 1), min(width - 1, fold)
        part = plane[:, first : last + 1]
        best = max(best, float(np.minimum(part, part[:, ::-1]).sum()) / total)
    return best


def _peak(angles: NDArray[np.float64], scores: NDArray[np.float64]) -> float:
    """The top of a parabola through the best score and its neighbours."""
    at = int(scores.argmax())
    if at in (0, len(scores) - 1):
        return float(angles[at])
    before, top, after = scores[at - 1 : at + 2]
    bend = before - 2 * top + after
    return float(angles[at] + (angles[1] - angles[0]) * (0.5 * (before - after) / bend if bend < 0 else 0.0))
