"""What lies around each pixel of a piece: weighted means over its surroundings, on a coarse grid. Pure.

Runs in picture processes. Only covered pixels take part, so that what is behind the piece does not lighten its edges.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dmdx_desktop.imaging.colour import Floats

Places = NDArray[np.intp]


class CoarseGrid:
    """The pixels at ``rows`` and ``columns`` of a picture, gathered into square cells of ``step`` pixels."""

    def __init__(self, rows: Places, columns: Places, step: int) -> None:
        self._top, self._left = (int(rows.min()), int(columns.min())) if len(rows) else (0, 0)
        self._rows, self._columns = rows - self._top, columns - self._left
        self._step = max(step, 1)
        bottom, right = (int(self._rows.max()), int(self._columns.max())) if len(rows) else (0, 0)
        self._shape = bottom // self._step + 1, right // self._step + 1
        # Some pixels of each cell tell its mean well enough.
        self._sample = slice(None, None, max(self._step - 1, 1))
        rows, columns = self._rows[self._sample], self._columns[self._sample]
        self._cells = (rows // self._step) * self._shape[1] + columns // self._step

    def mean_around(self, values: Floats, weights: Floats, radius: int) -> Floats:
        """For each pixel the mean of ``values`` by ``weights`` within about ``radius`` cells; all of shape (n,)."""
        sample = weights[self._sample]
        area = self._gathered(sample)
        light = self._gathered(sample * values[self._sample])
        around = _softened(light, radius) / np.maximum(_softened(area, radius), 1e-5)
        if self._step == 1:
            return np.asarray(around[self._rows, self._columns], np.float32)
        size = self._shape[1] * self._step, self._shape[0] * self._step
        large = Image.fromarray(around).resize(size, Image.Resampling.BILINEAR)
        return np.asarray(np.asarray(large)[self._rows, self._columns], np.float32)

    def _gathered(self, values: Floats) -> Floats:
        cells = self._shape[0] * self._shape[1]
        return np.bincount(self._cells, weights=values, minlength=cells).reshape(self._shape).astype(np.float32)


def _softened(plane: Floats, radius: int) -> Floats:
    """Means over squares of 2 * ``radius`` + 1, twice, which is nearly a bell curve; the edge goes on outside."""
    for _ in range(2):
        for axis in (0, 1):
            plane = _averaged(plane, radius, axis)
    return plane


def _averaged(plane: Floats, radius: int, axis: int) -> Floats:
    """Moving means along one axis, by differences of running sums."""
    if radius < 1:
        return plane
    margins = [(0, 0), (0, 0)]
    margins[axis] = (radius + 1, radius)
    sums = np.cumsum(np.pad(plane, margins, mode="edge"), axis=axis, dtype=np.float64)
    length = 2 * radius + 1
    last, first = [slice(None)] * 2, [slice(None)] * 2
    last[axis], first[axis] = slice(length, None), slice(None, -length)
    return np.asarray((sums[tuple(last)] - sums[tuple(first)]) / length, np.float32)
