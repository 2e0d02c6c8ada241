"""Whether an outline is frayed: it overlaps well with the truth and is no edge to show. Runs in picture processes.

Where a face mirrors its table the eye may find about the right area and be of two minds all along its rim. The outline
then frays out into pixels that are half covered, many to each pixel of its length.
"""

from typing import Final

import numpy as np
from PIL import Image

from dmdx_desktop.imaging.colour import Bytes

_LONGEST: Final = 900
"""Pixels at which every piece is looked at: the eye is of two minds by shares of a piece, whatever its size."""
_MOST_ENLARGED: Final = 2.0
"""Not more, or the one soft pixel that every edge has would count for many."""
_LITTLE, _MUCH = 40, 215
_MOST_SOFT: Final = 4.0
"""Half-covered pixels to each of the outline: sharp photographs have 1 to 3, with little depth of field to 3.9."""
_WORTH: Final = 0.3
_LEAST: Final = 0.5


def softness(coverage: Bytes) -> float:
    """Half-covered pixels to each pixel of the outline's length, of coverage 0 to 255; 0 where there is no outline."""
    rows, columns = np.flatnonzero(coverage.max(axis=1)), np.flatnonzero(coverage.max(axis=0))
    if not len(rows):
        return 0.0
    part = coverage[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = min(_LONGEST / max(part.shape), _MOST_ENLARGED)
    size = (max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale)))
    seen = np.asarray(Image.fromarray(part).resize(size, Image.Resampling.BILINEAR))
    piece = np.pad(seen > 127, 1)
    length = sum(int(np.count_nonzero(np.diff(piece, axis=axis))) for axis in (0, 1))
    half = int(np.count_nonzero((seen > _LITTLE) & (seen < _MUCH)))
    return half / length if length else 0.0


def unfrayed(coverage: Bytes) -> float:
    """1 for an outline that is an edge, less the more it frays, at least a half: a factor of its confidence."""
    return min(max(1.0 - _WORTH * (softness(coverage) - _MOST_SOFT), _LEAST), 1.0)
