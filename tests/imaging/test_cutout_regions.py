"""Connected regions against a plain flood fill, and growing against its definition."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from dmdx_desktop.imaging.regions import Mask, find_regions, grow, shrink

masks = arrays(np.bool_, array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=12))


def _flooded(mask: Mask) -> list[set[tuple[int, int]]]:
    unseen = {(int(y), int(x)) for y, x in zip(*np.nonzero(mask), strict=True)}
    found = []
    while unseen:
        region, edge = set(), [unseen.pop()]
        while edge:
            y, x = edge.pop()
            region.add((y, x))
            for near in ((y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)):
                if near in unseen:
                    unseen.remove(near)
                    edge.append(near)
        found.append(region)
    return found


@given(masks)
def test_find_regions_of_any_mask_matches_a_plain_flood_fill(mask: Mask) -> None:
    regions = find_regions(mask)
    expected = _flooded(mask)

    got = [
        {(int(y), int(x)) for y, x in zip(*np.nonzero(regions.labels == label), strict=True)}
        for label in range(1, regions.count + 1)
    ]
    assert sorted(map(sorted, got)) == sorted(map(sorted, expected))
    assert [len(region) for region in got] == regions.areas[1:].tolist()


@given(masks)
def test_find_regions_marks_those_at_the_frame(mask: Mask) -> None:
    regions = find_regions(mask)
    height, width = mask.shape
    for label in range(1, regions.count + 1):
        rows, columns = np.nonzero(regions.labels == label)
        at_frame = bool(((rows == 0) | (rows == height - 1) | (columns == 0) | (columns == width - 1)).any())
        assert bool(regions.touches_frame[label]) is at_frame


@given(masks, st.integers(0, 14))
def test_grow_reaches_exactly_the_square_around_each_pixel(mask: Mask, radius: int) -> None:
    expected = np.zeros_like(mask)
    for y, x in zip(*np.nonzero(mask), strict=True):
        expected[max(y - radius, 0) : y + radius + 1, max(x - radius, 0) : x + radius + 1] = True

    assert np.array_equal(grow(mask, radius), expected)


@given(masks, st.integers(0, 4))
def test_shrink_is_growth_of_the_outside(mask: Mask, radius: int) -> None:
    assert np.array_equal(shrink(mask, radius), ~grow(~mask, radius))
