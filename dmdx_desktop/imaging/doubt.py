"""Doubt that cannot be an outline: faint islands beside a piece, and shallow dips within it. Runs in picture processes.

The eye's chances fall off steeply across a true outline. A line of a grid, a fleck or a caption it half believes in
never rises to certainty, and a mirrored stretch of table within a band never falls to it; cut out as they are, the one
would float beside the piece and the other tear it.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.regions import Regions, find_regions, shrink

_ANYTHING: Final = 0.08
_CERTAIN: Final = 0.86
_SMALL: Final = 0.01
_SPECK: Final = 0.0005
_SOLID: Final = 0.9
_WIDE: Final = 2
_LARGE: Final = 400
_OPEN_IF_LARGE: Final = 0.12
_OPEN: Final = 0.24
_LEAST_OPEN: Final = 0.1


def without_islands(piece: Floats) -> Floats:
    """``piece`` 0 to 1 without the small islands that nowhere are certain, and without specks."""
    islands = find_regions(piece > _ANYTHING)
    if islands.count < 2:
        return piece
    solid = np.bincount(islands.labels[piece > 0.5], minlength=islands.count + 1)
    certain = np.bincount(islands.labels[piece > _CERTAIN], minlength=islands.count + 1)
    largest = int(solid[1:].max())
    gone = (solid < _SPECK * largest) | ((solid < _SMALL * largest) & (certain == 0))
    gone[0] = False
    return np.asarray(np.where(islands.pick(gone), np.float32(0), piece), np.float32)


def without_dips(piece: Floats) -> Floats:
    """``piece`` 0 to 1 with those enclosed dips filled that hardly anywhere reach the bottom, as true openings do."""
    dips = find_regions(piece < _SOLID)
    filled = ~dips.touches_frame & _shallow(dips, piece)
    filled[0] = False
    return np.asarray(np.where(dips.pick(filled), np.float32(1), piece), np.float32) if filled.any() else piece


def _shallow(dips: Regions, piece: Floats) -> NDArray[np.bool_]:
    """By dip, whether it is no opening. One without any pixel that is likelier open than not must be wide to count."""

    def count(chosen: NDArray[np.bool_]) -> NDArray[np.intp]:
        return np.bincount(dips.labels[chosen], minlength=dips.count + 1)

    opened = count(piece < 0.5)
    bottom = np.where(opened < _LARGE, count(piece < _OPEN), count(piece < _OPEN_IF_LARGE))
    wide = count(shrink(piece < _SOLID, _WIDE)) > 0
    return np.where(opened > 0, bottom < _LEAST_OPEN * opened, wide)
