"""What lies around each pixel of a piece: weighted means over its surroundings, on a coarse grid. Pure.

Runs in picture processes. Only covered pixels take part, so that what is behind the piece does not lighten its edges.
Smoothing that keeps edges is the guided filter of He, Sun and Tang (2013), a picture guided by itself.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dmdx_desktop.imaging.colour import Floats

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """Means over surroundings: a plane whose first pixel lies at row ``top`` and column ``left`` of the picture."""

    plane: Floats
    top: int
    left: int

    def at(self, rows: Places, columns: Places) -> Floats:
        """The mean around each of these pixels, shape (n,)."""
        return np.asarray(self.plane[rows - self.top, columns - self.left], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Smoothing:
    """What smooths values between edges and keeps the edges: by place, a share of the value itself and an addend."""

    share: Surroundings
    addend: Surroundings

    def of(self, rows: Places, columns: Places, values: Floats) -> Floats:
        """The values of these pixels, smoothed; shape (n,)."""
        smooth = self.share.at(rows, columns)
        smooth *= values
        smooth += self.addend.at(rows, columns)
        return smooth


class CoarseGrid:
    """Pixels at ``rows`` and ``columns`` of a picture, or enough of them, gathered into cells of ``step`` pixels.

    ``values`` and ``weights`` given to it are of every ``stride``-th of these pixels.
    """

    def __init__(self, rows: Places, columns: Places, step: int) -> None:
        self._step = max(step, 1)
        self.stride = max(self._step - 1, 1)
        self._top, self._left = int(rows.min()), int(columns.min())
        height, width = int(rows.max()) - self._top + 1, int(columns.max()) - self._left + 1
        self._shape = -(-height // self._step), -(-width // self._step)
        down = (rows[:: self.stride] - self._top) // self._step
        self._cells = down * self._shape[1] + (columns[:: self.stride] - self._left) // self._step

    def mean_around(self, values: Floats, weights: Floats, radius: int) -> Surroundings:
        """The mean of ``values`` by ``weights`` within about ``radius`` cells of each pixel."""
        return self._on_pixels(_share(_softened(self._gathered(weights * values), radius), self._area(weights, radius)))

    def smoothing(self, values: Floats, weights: Floats, radius: int, noise: float) -> Smoothing:
        """What takes out unevenness of about ``noise`` within ``radius`` cells, and leaves what is far above it."""
        area, weighted = self._area(weights, radius), weights * values
        mean = _share(_softened(self._gathered(weighted), radius), area)
        variance = _share(_softened(self._gathered(weighted * values), radius), area) - mean * mean
        variance = np.asarray(np.maximum(variance, np.float32(0.0)), np.float32)
        share = _share(variance, variance + np.float32(noise * noise))
        addend = mean - share * mean
        here = self._gathered(weights)
        share = _share(_softened(here * share, radius), area)
        addend = _share(_softened(here * addend, radius), area)
        return Smoothing(self._on_pixels(share), self._on_pixels(addend))

    def _area(self, weights: Floats, radius: int) -> Floats:
        return np.maximum(_softened(self._gathered(weights), radius), np.float32(1e-5))

    def _on_pixels(self, around: Floats) -> Surroundings:
        if self._step > 1:
            size = self._shape[1] * self._step, self._shape[0] * self._step
            around = np.asarray(Image.fromarray(around).resize(size, Image.Resampling.BILINEAR), np.float32)
        return Surroundings(around, self._top, self._left)

    def _gathered(self, values: Floats) -> Floats:
        cells = self._shape[0] * self._shape[1]
        return np.bincount(self._cells, weights=values, minlength=cells).reshape(self._shape).astype(np.float32)


def _share(part: Floats, whole: Floats) -> Floats:
    return np.asarray(part / whole, np.float32)


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
