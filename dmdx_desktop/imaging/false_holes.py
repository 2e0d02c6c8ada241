"""Holes that cannot be: openings in a piece that are far more colourful than what is behind it. Picture processes.

Gold mirrors the table it lies on, so the eye now and then takes a bright stretch of a band for the table itself. But a
table seen through a ring has the table's colour, or less of it where a shadow falls; what has much more is metal or
stone. Light that gold throws on a white table stays below the limit.
"""

from typing import Final

import numpy as np

from dmdx_desktop.imaging.colour import Bytes, Floats, lab_from_bytes
from dmdx_desktop.imaging.regions import Regions, find_regions, grow

_STEP: Final = 4
_SURELY_BEHIND: Final = 0.03
_MORE_CHROMA: Final = 15.0
_LEAST_CELLS: Final = 3
_FILLED: Final = 0.995


def without_false_holes(piece: Floats, rgb: Bytes) -> Floats:
    """``piece`` 0 to 1 with its false holes filled; ``rgb`` is the sRGB (height, width, 3) it was seen in."""
    cells, shown = piece[::_STEP, ::_STEP], rgb[::_STEP, ::_STEP]
    outside = cells < _SURELY_BEHIND
    openings = find_regions(cells < 0.5)
    if openings.count < 2 or not (outside & openings.pick(openings.touches_frame)).any():
        return piece
    lab = lab_from_bytes(shown)
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    behind = float(np.percentile(chroma[outside & openings.pick(openings.touches_frame)], 75))
    false = _false_ones(openings, chroma, behind)
    if not false.any():
        return piece
    filled = grow(openings.pick(false), 1)
    large = np.repeat(np.repeat(filled, _STEP, axis=0), _STEP, axis=1)[: piece.shape[0], : piece.shape[1]]
    return np.asarray(np.where(large, np.maximum(piece, np.float32(_FILLED)), piece), np.float32)


def _false_ones(openings: Regions, chroma: Floats, behind: float) -> "np.typing.NDArray[np.bool_]":
    """Which regions are enclosed by the piece and much more colourful than ``behind``."""
    found = ~openings.touches_frame & (openings.areas >= _LEAST_CELLS)
    found[0] = False
    for label in np.flatnonzero(found):
        found[label] = float(np.median(chroma[openings.labels == label])) > behind + _MORE_CHROMA
    return found
