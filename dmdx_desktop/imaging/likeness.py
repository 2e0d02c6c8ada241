"""How alike two items of a picture are: their silhouettes laid on each other. Pure; runs in picture processes.

The two of a pair, as of earrings, are alike or each other's mirror image, though one may be turned a little. What lies
between two parts of an item, both across and down, counts as covered: of thin things, as hoops, the rims alone would
never meet, and a hook may be closed in one of two and open in the other. Both are then thickened by a share of their
length, so that what is thin may lie a little beside itself.
"""

from typing import Final

import numpy as np

from dmdx_desktop.imaging.regions import Mask, grow

_THICKER: Final = 0.1


def likeness(one: Mask, other: Mask) -> float:
    """The share, 0 to 1, that two items have in common of what either covers; neither is empty, both of one scale."""
    first, second = _silhouette(one), _silhouette(other)
    side = 2 * max(*first.shape, *second.shape)
    laid = _centred(first, side)
    return max(_common(laid, _centred(each, side)) for each in (second, second[:, ::-1]))


def _silhouette(item: Mask) -> Mask:
    """The item cut to its bounds, with what it encloses, thickened."""
    rows, columns = np.flatnonzero(item.any(axis=1)), np.flatnonzero(item.any(axis=0))
    bounds = item[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    thicker = max(1, round(_THICKER * max(bounds.shape)))
    return grow(np.pad(_between(bounds, 0) & _between(bounds, 1), thicker), thicker)


def _between(item: Mask, axis: int) -> Mask:
    """What has a part of the item before it and behind it along an axis."""
    before = np.logical_or.accumulate(item, axis=axis)
    behind = np.flip(np.logical_or.accumulate(np.flip(item, axis), axis=axis), axis)
    return before & behind


def _centred(item: Mask, side: int) -> Mask:
    """The item with its centre of mass in the middle of a square."""
    rows, columns = np.nonzero(item)
    top, left = side // 2 - round(float(rows.mean())), side // 2 - round(float(columns.mean()))
    square = np.zeros((side, side), np.bool_)
    square[top : top + item.shape[0], left : left + item.shape[1]] = item
    return square


def _common(one: Mask, other: Mask) -> float:
    return float((one & other).sum() / (one | other).sum())
