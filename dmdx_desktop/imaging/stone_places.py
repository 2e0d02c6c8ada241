"""The single stones of a stone mask: where each is, how large, in which colours. Runs in picture processes.

Works on the part of the picture that holds the stones, reduced to at most ``WORKING_SIDE`` pixels. Stones that touch
are told apart by their necks: a mask is thinned level by level, and what falls apart into parts that are wide against
the neck between them were several stones.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dmdx_desktop.imaging.colour import Bytes, Floats, lab_from_bytes
from dmdx_desktop.imaging.regions import Mask, find_regions
from dmdx_desktop.models.piece import Box

WORKING_SIDE: Final = 384
"""Longest side, in pixels, of the reduced picture on which stones are told apart."""

_SURELY: Final = 150
"""Above this value of the mask, 0 to 255, a pixel is stone; the rims between stones lie below it."""
_NECK: Final = 0.72
"""Two parts are two stones when the neck between them is at most so wide against the slimmer of them."""
_LEAST_AREA: Final = 5
_LEAST_OF_LARGEST: Final = 0.0015
_LEVELS: Final = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 19, 24, 32)
_PIXELS_OF_A_STONE: Final = 1500
_METAL_SAMPLES: Final = 6000


@dataclass(frozen=True, slots=True, eq=False)
class SeenStone:
    """One stone as it is seen."""

    box: Box
    """Its bounds in the upright picture, 0 to 1."""
    area: float
    """The pixels it covers on the reduced picture."""
    fill: float
    """How much of its bounding box it fills: 0.79 for a disc."""
    lab: Floats
    """Lab colours, shape (n, 3), of its pixels away from its rim."""
    evenness: float
    """0 to 1: how much of the change of its lightness is one smooth shading, as on a pearl, and no facets."""


@dataclass(frozen=True, slots=True, eq=False)
class SeenStones:
    """The stones of a picture, largest first, and the colours of what they are set in."""

    stones: tuple[SeenStone, ...]
    metal: Floats
    """Lab colours, shape (n, 3), of pixels of the piece that are no stone; empty where there are none."""
    share: float
    """How much of the piece is stone, 0 to 1."""


@dataclass(frozen=True, slots=True)
class _Window:
    """The part of the picture that is worked on: its upper left corner, in pixels, and the step of the reduction."""

    left: int
    top: int
    step: int
    width: int
    height: int
    """Of the whole picture, in pixels."""

    def box(self, left: int, top: int, right: int, bottom: int) -> Box:
        """Bounds in the window as bounds in the picture; right and bottom are exclusive."""
        x, y = (self.left + left * self.step) / self.width, (self.top + top * self.step) / self.height
        wide, high = (right - left) * self.step / self.width, (bottom - top) * self.step / self.height
        return Box(round(x, 4), round(y, 4), round(min(wide, 1 - x), 4), round(min(high, 1 - y), 4))


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A connected part of the mask that remains at one level of thinning."""

    level: int
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]


def find_stones(stone: Bytes, colours: Bytes, coverage: Bytes) -> SeenStones:
    """The stones in ``stone``, 0 to 255 for how much each pixel of the picture is stone, pearl or enamel.

    ``colours`` is sRGB (height, width, 3), ``coverage`` 0 to 255 for how much of each pixel is piece; all of one size.
    """
    rows, columns = np.flatnonzero((stone > _SURELY).any(axis=1)), np.flatnonzero((stone > _SURELY).any(axis=0))
    if not len(rows):
        return SeenStones((), _metal_colours(stone, colours, coverage), 0.0)
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    step = max(1, -(-max(bottom - top, right - left) // WORKING_SIDE))
    window = _Window(left, top, step, stone.shape[1], stone.shape[0])
    cut = (slice(top, bottom), slice(left, right))
    mask = _reduced(np.minimum(stone[cut], coverage[cut]), step) > _SURELY
    small = _reduced(np.ascontiguousarray(colours[cut]), step)
    stones = _stones_of(mask, small, window)
    covered = int((coverage[::4, ::4] > 127).sum())
    share = float(((stone[::4, ::4] > 127) & (coverage[::4, ::4] > 127)).sum() / covered) if covered else 0.0
    return SeenStones(tuple(stones), _metal_colours(stone, colours, coverage), share)


def _reduced(plane: Bytes, step: int) -> Bytes:
    return np.asarray(Image.fromarray(plane).reduce(step)) if step > 1 else plane


def _metal_colours(stone: Bytes, colours: Bytes, coverage: Bytes) -> Floats:
    """Lab colours of evenly chosen pixels that are surely piece and surely no stone."""
    every = max(1, max(stone.shape) // 400)
    metal = (coverage[::every, ::every] > 230) & (stone[::every, ::every] < 20)
    found = colours[::every, ::every][metal]
    return lab_from_bytes(found[:: max(1, len(found) // _METAL_SAMPLES)])


def _stones_of(mask: Mask, colours: Bytes, window: _Window) -> list[SeenStone]:
    if not mask.any():
        return []
    depth = _depths(mask)
    parts = _separate(depth)
    least = max(_LEAST_AREA, _LEAST_OF_LARGEST * max(_whole_area(part) for part in parts))
    seen = [_seen(part, depth, colours, window) for part in parts if _whole_area(part) >= least]
    return sorted(seen, key=lambda one: (-one.area, one.box))


def _depths(mask: Mask) -> NDArray[np.int32]:
    """How many thinnings each pixel survives, along rows and columns and across corners by turns."""
    depth = np.zeros(mask.shape, dtype=np.int32)
    left = mask
    for turn in range(_LEVELS[-1]):
        depth += left
        left = _thinned(left, corners=turn % 2 == 1)
        if not left.any():
            break
    return depth


def _thinned(mask: Mask, corners: bool) -> Mask:
    padded = np.pad(mask, 1)
    kept = padded[1:-1, 1:-1] & padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    if corners:
        kept &= padded[:-2, :-2] & padded[:-2, 2:] & padded[2:, :-2] & padded[2:, 2:]
    return np.asarray(kept, np.bool_)


def _separate(depth: NDArray[np.int32]) -> list[_Part]:
    """One part for each stone, as thinned as it must be for the stones to be apart."""
    levels = [level for level in _LEVELS if level <= depth.max()]
    parts: list[list[_Part]] = []
    parents: list[list[int]] = []
    labels_above: NDArray[np.int32] | None = None
    for level in levels:
        regions = find_regions(depth >= level)
        found = _members(regions.labels, regions.count)
        parts.append([_Part(level, rows, columns) for rows, columns in found])
        parents.append(
            [] if labels_above is None else [int(labels_above[rows[0], columns[0]]) - 1 for rows, columns in found]
        )
        labels_above = regions.labels
    return _settle(parts, parents, depth)


def _settle(parts: Sequence[list[_Part]], parents: Sequence[list[int]], depth: NDArray[np.int32]) -> list[_Part]:
    """From the deepest level up: parts that meet in a narrow neck stay apart, others become one again."""
    below: list[list[_Part]] = []
    for index in range(len(parts) - 1, -1, -1):
        children: list[list[list[_Part]]] = [[] for _ in parts[index]]
        if index + 1 < len(parts):
            for stones, parent in zip(below, parents[index + 1], strict=True):
                children[parent].append(stones)
        below = [_joined(part, stones, depth) for part, stones in zip(parts[index], children, strict=True)]
    return [stone for stones in below for stone in stones]


def _joined(part: _Part, children: Sequence[list[_Part]], depth: NDArray[np.int32]) -> list[_Part]:
    """The stones in ``part``, given those in what remains of it one level deeper."""
    if len(children) == 0 or (len(children) == 1 and len(children[0]) == 1):
        return [part]
    if len(children) == 1:
        return children[0]
    apart = [stones for stones in children if len(stones) > 1 or part.level <= _NECK * _peak(stones[0], depth)]
    if len(apart) > 1:
        return [stone for stones in apart for stone in stones]
    return apart[0] if apart and len(apart[0]) > 1 else [part]


def _peak(part: _Part, depth: NDArray[np.int32]) -> int:
    return int(depth[part.rows, part.columns].max())


def _members(labels: NDArray[np.int32], count: int) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Rows and columns of the pixels of each region."""
    rows, columns = np.nonzero(labels)
    names = labels[rows, columns]
    order = np.argsort(names, kind="stable")
    bounds = np.searchsorted(names[order], np.arange(1, count + 2))
    return [(rows[order[a:b]], columns[order[a:b]]) for a, b in itertools.pairwise(bounds)]


def _whole_area(part: _Part) -> float:
    """The area the part had before it was thinned, taken for round."""
    return float((np.sqrt(len(part.rows)) + 1.6 * (part.level - 1)) ** 2)


def _seen(part: _Part, depth: NDArray[np.int32], colours: Bytes, window: _Window) -> SeenStone:
    grown = part.level - 1
    top, bottom = max(int(part.rows.min()) - grown, 0), min(int(part.rows.max()) + grown + 1, depth.shape[0])
    left, right = max(int(part.columns.min()) - grown, 0), min(int(part.columns.max()) + grown + 1, depth.shape[1])
    area = _whole_area(part)
    inner = depth[part.rows, part.columns] > (1 if _peak(part, depth) < 5 else 2)
    chosen = inner if inner.sum() >= 4 else np.ones(len(part.rows), dtype=np.bool_)
    every = max(1, -(-int(chosen.sum()) // _PIXELS_OF_A_STONE))
    rows, columns = part.rows[chosen][::every], part.columns[chosen][::every]
    lab = lab_from_bytes(colours[rows, columns])
    return SeenStone(
        box=window.box(left, top, right, bottom),
        area=area,
        fill=min(area / ((bottom - top) * (right - left)), 1.0),
        lab=lab,
        evenness=_evenness(rows, columns, lab[:, 0]),
    )


def _evenness(rows: NDArray[np.intp], columns: NDArray[np.intp], lightness: Floats) -> float:
    """How much of the variance of lightness a bent surface of the second degree explains."""
    if len(rows) < 24:
        return 0.0
    # The small bright mirror image of the lamp on a pearl is no facet.
    dull = lightness <= np.percentile(lightness, 93)
    y = (rows[dull] - rows.mean()) / max(np.ptp(rows), 1)
    x = (columns[dull] - columns.mean()) / max(np.ptp(columns), 1)
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y, x * x * y, x * y * y, x**3, y**3], axis=1)
    values = lightness[dull].astype(np.float64)
    square = terms.T @ terms + 1e-6 * np.eye(terms.shape[1])
    left = values - terms @ np.linalg.solve(square, terms.T @ values)
    whole = float(values.var())
    return float(np.clip(1.0 - left.var() / whole, 0.0, 1.0)) if whole > 0.5 else 1.0
