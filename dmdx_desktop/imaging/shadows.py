"""The shadow a piece throws on its ground, from its own shape. Runs in picture processes.

Computed at a quarter of the picture's size or less, in floats, because 8-bit steps would show as bands.
"""

from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.scenes import Shadow

_CONTACT_SPREAD: Final = 0.012
_FLOOR_SQUASH: Final = 0.2
_INVISIBLE: Final = 0.004


class Stance(StrEnum):
    """How the piece meets the ground."""

    LYING = "lying"
    """On the ground seen from above, or close before a wall: the shadow lies behind the whole shape."""
    STANDING = "standing"
    """On a floor seen from the side: the shadow lies on the floor below."""


def cast_shadow(coverage: Floats, shadow: Shadow, stance: Stance) -> Floats:
    """How much light the ground loses, 0 to 1 with exactly 0 away from the piece.

    ``coverage`` is 0 to 1, shape (height, width), of the piece where it will be shown.
    """
    covered_rows = np.flatnonzero(coverage.max(axis=1) > 0.5)
    covered_columns = np.flatnonzero(coverage.max(axis=0) > 0.5)
    if not len(covered_rows) or (shadow.contact == 0.0 and shadow.soft == 0.0):
        return np.zeros_like(coverage)
    side = max(int(np.ptp(covered_rows)), int(np.ptp(covered_columns))) + 1
    shape = coverage if stance is Stance.LYING else _on_floor(coverage, int(covered_rows[-1]))
    drop = shadow.drop * side if stance is Stance.LYING else 0.0
    contact = soften(_moved_down(shape, 0.25 * drop), _CONTACT_SPREAD * side)
    soft = soften(_moved_down(shape, drop), shadow.spread * side)
    if stance is Stance.STANDING:
        contact, soft = np.minimum(1.6 * contact, 1.0), np.minimum(1.8 * soft, 1.0)
    lost = 1.0 - (1.0 - shadow.contact * contact) * (1.0 - shadow.soft * soft)
    return np.clip((lost - _INVISIBLE) / (1.0 - _INVISIBLE), 0.0, 1.0).astype(np.float32)


def _on_floor(coverage: Floats, lowest: int) -> Floats:
    """The shape laid down on a floor whose nearest line is its lowest row."""
    height = coverage.shape[0]
    pivot = lowest - _FLOOR_SQUASH * 0.06 * height
    source = np.rint(pivot - (pivot - np.arange(height)) / _FLOOR_SQUASH).astype(np.intp)
    laid = np.zeros_like(coverage)
    valid = (source >= 0) & (source < height)
    laid[valid] = coverage[source[valid]]
    return laid


def _moved_down(plane: Floats, distance: float) -> Floats:
    step = round(distance)
    if step <= 0:
        return plane
    moved = np.zeros_like(plane)
    moved[step:] = plane[:-step]
    return moved


def soften(plane: Floats, radius: float) -> Floats:
    """A plane blurred to about a Gaussian of that standard deviation in pixels, by three running means each way."""
    width = max(1, round(radius))
    blurred = plane.astype(np.float64)
    for _ in range(3):
        blurred = _running_mean(_running_mean(blurred, width).T, width).T
    return blurred.astype(np.float32)


def _running_mean(plane: NDArray[np.float64], half: int) -> NDArray[np.float64]:
    padded = np.pad(plane, ((half + 1, half), (0, 0)))
    sums = np.cumsum(padded, axis=0)
    return np.asarray((sums[2 * half + 1 :] - sums[: -(2 * half + 1)]) / (2 * half + 1), np.float64)
