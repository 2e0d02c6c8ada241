"""Connected regions and growing or shrinking of masks, in NumPy alone. Runs in picture processes.

Masks are bool arrays (height, width). Growth uses squares, because their cost is the logarithm of the radius.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Regions:
    """The 4-connected regions of a mask. Index 0 of every per-region array stands for what is outside the mask."""

    labels: NDArray[np.int32]
    areas: NDArray[np.int64]
    touches_frame: Mask

    @property
    def count(self) -> int:
        """How many regions there are."""
        return len(self.areas) - 1

    def pick(self, chosen: Mask) -> Mask:
        """The pixels of the regions marked in ``chosen``, a bool array with one entry per region and entry 0."""
        return chosen[self.labels]


def find_regions(mask: Mask) -> Regions:
    """Label the 4-connected regions of ``mask`` by linking the runs of neighbouring rows."""
    height, width = mask.shape
    stride = width + 1
    padded = np.zeros((height, stride + 1), dtype=np.int8)
    padded[:, 1:stride] = mask
    steps = np.diff(padded, axis=1).ravel()
    starts = np.flatnonzero(steps == 1)
    ends = np.flatnonzero(steps == -1)
    roots = _roots_of_linked_runs(starts, ends, stride)
    names, numbers = np.unique(roots, return_inverse=True)
    run_labels = (numbers + 1).astype(np.int32)
    labels = np.zeros(mask.shape, dtype=np.int32)
    labels[mask] = np.repeat(run_labels, ends - starts)
    areas = np.bincount(run_labels, weights=ends - starts, minlength=len(names) + 1).astype(np.int64)
    touches = np.zeros(len(names) + 1, dtype=np.bool_)
    for edge in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        touches[edge] = True
    touches[0] = False
    return Regions(labels=labels, areas=areas, touches_frame=touches)


def _roots_of_linked_runs(starts: NDArray[np.int64], ends: NDArray[np.int64], stride: int) -> NDArray[np.int64]:
    first = np.searchsorted(ends, starts + stride, side="right")
    last = np.searchsorted(starts, ends + stride, side="left")
    overlaps = np.maximum(last - first, 0)
    upper = np.repeat(np.arange(len(starts)), overlaps)
    within = np.arange(len(upper)) - np.repeat(np.cumsum(overlaps) - overlaps, overlaps)
    lower = np.repeat(first, overlaps) + within
    parent = np.arange(len(starts))
    while True:
        one, other = parent[upper], parent[lower]
        apart = one != other
        if not apart.any():
            return parent
        upper, lower, one, other = upper[apart], lower[apart], one[apart], other[apart]
        np.minimum.at(parent, np.maximum(one, other), np.minimum(one, other))
        while True:
            grandparent = parent[parent]
            if np.array_equal(grandparent, parent):
                break
            parent = grandparent


def grow(mask: Mask, radius: int) -> Mask:
    """The mask grown by a square of ``radius`` pixels on every side."""
    return _spread(_spread(mask, radius, 0), radius, 1)


def shrink(mask: Mask, radius: int) -> Mask:
    """The mask shrunk by a square of ``radius`` pixels; the frame's outside counts as inside the mask."""
    return ~grow(~mask, radius)


def _spread(mask: Mask, radius: int, axis: int) -> Mask:
    reached = mask.copy()
    covered = 0
    while covered < radius:
        step = min(covered + 1, radius - covered)
        source = reached.copy()
        along = np.moveaxis(reached, axis, 0)
        before = np.moveaxis(source, axis, 0)
        along[step:] |= before[:-step]
        along[:-step] |= before[step:]
        covered += step
    return reached
