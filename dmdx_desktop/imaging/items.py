"""How many separate items a cut-out shows: one, a pair as of earrings, or several pieces. Runs in picture processes.

Works on a reduced mask. What thin chains, prongs or an unsure outline broke apart counts as one item where one part
lies within the bounds of another or next to it; specks count for nothing. Two are a pair where they look alike: of
any two of the samples' single pieces, equally high, 15 in 100 do, and of the samples' earrings, one of them turned by
up to 15 degrees or foreshortened, all.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dmdx_desktop.imaging.colour import Bytes
from dmdx_desktop.imaging.likeness import likeness
from dmdx_desktop.imaging.regions import Mask, find_regions, grow

_SIDE: Final = 400
_GAP: Final = 2
_COVERED: Final = 80
_SPECK: Final = 0.06
_ITEM: Final = 0.15
_ALIKE: Final = 0.7
_NESTED: Final = 0.4


@dataclass(frozen=True, slots=True)
class _Region:
    left: int
    top: int
    right: int
    bottom: int
    area: int
    labels: frozenset[int]

    def joined(self, other: "_Region") -> "_Region":
        return _Region(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
            self.area + other.area,
            self.labels | other.labels,
        )

    def holds(self, other: "_Region") -> bool:
        """Whether a good part of the bounds of ``other``, the smaller one, lies within these."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        whole = (other.right - other.left) * (other.bottom - other.top)
        return across > 0 and down > 0 and across * down > _NESTED * whole


@dataclass(frozen=True, slots=True)
class Items:
    """The items of a picture: their areas as shares of the largest one's, falling, and how alike the first two are."""

    shares: tuple[float, ...]
    likeness: float = 0.0

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.shares)

    @property
    def is_one_product(self) -> bool:
        """Whether it is one piece or a pair; two that differ in size or outline are two pieces."""
        return self.count < 2 or (self.count == 2 and min(self.shares[1], self.likeness) > _ALIKE)

    @property
    def confidence(self) -> float:
        """How likely the count is right, 0 to 1: less where a small part may be an item or may not."""
        if self.count == 1:
            return 0.95
        return 0.93 if self.count == 2 and self.shares[1] > 0.7 else 0.7


def count_items(coverage: Bytes) -> Items:
    """Count the items in ``coverage``, 0 to 255 by pixel, shape (height, width)."""
    step = max(1, -(-max(coverage.shape) // _SIDE))
    piece = np.asarray(Image.fromarray(coverage).reduce(step)) > _COVERED
    labels, regions = _regions_of(piece)
    whole = _without_specks(regions)
    joined: list[_Region] = []
    for region in whole:
        home = next((each for each in joined if each.holds(region)), None)
        if home is None:
            joined.append(region)
        else:
            joined[joined.index(home)] = home.joined(region)
    joined.sort(key=lambda region: -region.area)
    shares = tuple(region.area / joined[0].area for region in joined if region.area > _ITEM * joined[0].area)
    if len(shares) != 2:
        return Items(shares)
    first, second = (np.isin(labels, list(region.labels)) for region in joined[:2])
    return Items(shares, likeness(first, second))


def _regions_of(piece: Mask) -> tuple[NDArray[np.int32], list[_Region]]:
    """The pixels of ``piece`` by the number of their region, and the regions, the largest first."""
    regions = find_regions(grow(piece, _GAP))
    labels = np.where(piece, regions.labels, 0)
    found = []
    for label in range(1, regions.count + 1):
        rows, columns = np.nonzero(labels == label)
        found.append(
            _Region(
                int(columns.min()),
                int(rows.min()),
                int(columns.max()) + 1,
                int(rows.max()) + 1,
                len(rows),
                frozenset({label}),
            )
        )
    return labels, sorted(found, key=lambda region: -region.area)


def _without_specks(regions: list[_Region]) -> list[_Region]:
    return [region for region in regions if region.area > _SPECK * regions[0].area]
