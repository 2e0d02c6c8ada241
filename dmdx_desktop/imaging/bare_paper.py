"""The bare paper below a drawing: its slow changes of light, carried on where the piece covers it. Pure.

Runs in picture processes.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.cutout import CutOut

Mask = NDArray[np.bool_]

_PAPER_SIDE: Final = 48
_MARK: Final = 25
_FEW: Final = 7
_DARKEST: Final = 16.0


def paper_of(cut: CutOut) -> Iterator[Floats]:
    """The bare paper's sRGB values, 0 to 255, everywhere: one plane (height, width) for each of red, green, blue."""
    rows, columns = cut.coverage.shape
    shrink = max(1.0, max(rows, columns) / _PAPER_SIDE)
    size = (max(2, round(columns / shrink)), max(2, round(rows / shrink)))
    bare = cut.coverage == 0
    for channel in range(3):
        plane = _carried_on(cut.colours[..., channel].astype(np.float32), bare, size)
        large = Image.fromarray(plane).resize((columns, rows), Image.Resampling.BICUBIC)
        yield np.maximum(np.asarray(large, np.float32), np.float32(_DARKEST))


def _carried_on(values: Floats, bare: Mask, size: tuple[int, int]) -> Floats:
    """A small plane of the paper's values, known where ``bare`` and carried on elsewhere."""
    if not bare.any():
        return np.full((size[1], size[0]), 250.0, np.float32)
    # Paper is what is light: marks beside the piece are left out.
    paper = bare & (values > np.median(values[bare][::_FEW]) - _MARK)
    weight = _shrunk(paper.astype(np.float32), size)
    light = _shrunk(values * paper, size)
    mean = float(light.sum()) / max(float(weight.sum()), 1e-3)
    known = np.float32(0.002)
    return np.asarray((_spread(light) + known * np.float32(mean)) / (_spread(weight) + known), np.float32)


def _shrunk(plane: Floats, size: tuple[int, int]) -> Floats:
    return np.asarray(Image.fromarray(plane.astype(np.float32)).resize(size, Image.Resampling.BOX), dtype=np.float32)


def _spread(plane: Floats) -> Floats:
    """A small plane blurred far, so that what is known reaches over what is not."""
    result = plane
    for _ in range(4):
        padded = np.pad(result, 3, mode="edge")
        sums = np.cumsum(np.cumsum(np.pad(padded, ((1, 0), (1, 0))), axis=0, dtype=np.float64), axis=1)
        result = ((sums[7:, 7:] - sums[:-7, 7:] - sums[7:, :-7] + sums[:-7, :-7]) / 49).astype(np.float32)
    return result
