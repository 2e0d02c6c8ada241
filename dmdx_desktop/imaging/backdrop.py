"""What a picture's background looks like: a smooth surface fitted to its frame, its noise, and a grid if there is one.

Runs in picture processes. Colours are floats of 0 to 255; the working colours here are *opponent* colours, a linear
map of sRGB values into lightness and two stretched colour differences in which distances are roughly as seen.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.regions import Mask, find_regions, grow, shrink

WORKING_SIDE: Final = 640
"""Longest side, in pixels, of the reduced picture on which outlines are found."""

_CHROMA_GAIN: Final = 1.6
_TO_OPPONENT: Final = np.array(
    [
        [0.299, 0.587, 0.114],
        [-0.1687 * _CHROMA_GAIN, -0.3313 * _CHROMA_GAIN, 0.5 * _CHROMA_GAIN],
        [0.5 * _CHROMA_GAIN, -0.4187 * _CHROMA_GAIN, -0.0813 * _CHROMA_GAIN],
    ],
    dtype=np.float32,
).T
_FIT_SIDE: Final = 200
_FRAME_SHARE: Final = 0.04
_DEGREES: Final = (1, 2, 2, 3, 3)


@dataclass(frozen=True, slots=True)
class Backdrop:
    """The background as fitted. ``surface`` has the working picture's shape (height, width, 3), opponent colours."""

    surface: Floats
    noise: float
    """Median distance of background pixels from the surface."""
    gridded: bool
    """Whether thin lines run over it, as in a CAD viewport."""


def to_opponent(rgb: Floats) -> Floats:
    """Opponent colours of sRGB values 0 to 255; any shape ending in 3."""
    return np.asarray(rgb @ _TO_OPPONENT, np.float32)


def to_srgb_values(colours: Floats) -> Floats:
    """sRGB values 0 to 255 of opponent colours; the inverse of ``to_opponent``."""
    return np.asarray(colours @ np.linalg.inv(_TO_OPPONENT), np.float32)


def distance(colours: Floats, others: Floats) -> Floats:
    """Euclidean distance along the last axis."""
    gap = colours - others
    return np.asarray(np.sqrt(np.einsum("...c,...c->...", gap, gap)), np.float32)


def working_unit(plane: NDArray[np.generic]) -> int:
    """The smallest length that means something on a working picture, in its pixels: 1 up to about 900."""
    height, width = plane.shape[:2]
    return max(1, round(int(max(height, width)) / 600))


def fit_backdrop(colours: Floats) -> Backdrop:
    """Fit a polynomial surface, first to the frame of the picture and then to all that joins it and looks alike."""
    height, width = colours.shape[:2]
    step = max(1, round(max(height, width) / _FIT_SIDE))
    small = colours[step // 2 :: step, step // 2 :: step]
    rows, columns = small.shape[:2]
    chosen = _frame_of(rows, columns)
    flat = small.reshape(-1, 3)
    noise = 0.0
    fitted = flat
    for degree in _DEGREES:
        terms = _polynomial_terms(rows, columns, degree)
        fitted, noise = _fit_trimmed(terms, flat, chosen.ravel())
        near = (distance(flat, fitted) < max(6.0, 3.0 * noise)).reshape(rows, columns)
        regions = find_regions(near)
        if regions.touches_frame.any():
            chosen = regions.pick(regions.touches_frame)
    surface = resize_planes(fitted.reshape(rows, columns, 3), width, height)
    return Backdrop(surface=surface, noise=noise, gridded=_has_grid(distance(colours, surface), noise))


def _frame_of(rows: int, columns: int) -> Mask:
    margin = max(2, round(min(rows, columns) * _FRAME_SHARE))
    frame = np.ones((rows, columns), dtype=np.bool_)
    frame[margin:-margin, margin:-margin] = False
    return frame


def _polynomial_terms(rows: int, columns: int, degree: int) -> Floats:
    y, x = np.meshgrid(np.linspace(-1, 1, rows), np.linspace(-1, 1, columns), indexing="ij")
    powers = [(i, j) for i in range(degree + 1) for j in range(degree + 1 - i)]
    return np.stack([(x**i * y**j).ravel() for i, j in powers], axis=1).astype(np.float32)


def _fit_trimmed(terms: Floats, values: Floats, chosen: Mask) -> tuple[Floats, float]:
    """Least squares on the chosen samples, dropping outliers five times; returns all fitted values and the noise."""
    kept = chosen
    fitted, gaps = values, np.zeros(len(values), dtype=np.float32)
    for _ in range(5):
        fitted = np.asarray(terms @ _least_squares(terms[kept], values[kept]), np.float32)
        gaps = distance(values, fitted)
        kept = chosen & (gaps < max(4.0, 2.5 * float(np.median(gaps[chosen]))))
    return fitted, float(np.median(gaps[kept]))


def _least_squares(terms: Floats, values: Floats) -> Floats:
    """The weights that fit best, by normal equations: a few terms on many samples, so they are fast and safe."""
    square = (terms.T @ terms).astype(np.float64) + 1e-6 * np.eye(terms.shape[1])
    return np.asarray(np.linalg.solve(square, (terms.T @ values).astype(np.float64)), np.float32)


def _has_grid(gaps: Floats, noise: float) -> bool:
    """Thin marks in the outer part of the picture, over a background that is otherwise very even."""
    if noise > 2.0:
        return False
    unit = working_unit(gaps)
    marks = gaps > max(3.0, 4.0 * noise)
    thin = marks & ~grow(shrink(marks, unit), unit + 1)
    outer = np.ones_like(thin)
    margin = round(0.12 * min(gaps.shape))
    outer[margin:-margin, margin:-margin] = False
    return bool(thin[outer].mean() > 0.02)


def fill_from(values: Floats, known: Mask) -> Floats:
    """Spread the known values smoothly over the unknown pixels by averaging down and interpolating up.

    Where nothing is known the values stay as they are.
    """
    if not known.any():
        return values
    weight = known.astype(np.float32)
    value = values * weight[..., None]
    stack: list[tuple[Floats, Floats]] = []
    while min(weight.shape) > 2:
        stack.append((value, weight))
        value, weight = _halve(value, weight)
    filled = np.asarray(value / np.maximum(weight, 1e-6)[..., None], np.float32)
    for value, weight in reversed(stack):
        rows, columns = weight.shape
        filled = np.asarray(value + (1.0 - weight)[..., None] * resize_planes(filled, columns, rows), np.float32)
    return filled


def _halve(value: Floats, weight: Floats) -> tuple[Floats, Floats]:
    odd_row, odd_column = weight.shape[0] % 2, weight.shape[1] % 2
    if odd_row or odd_column:
        value = np.pad(value, ((0, odd_row), (0, odd_column), (0, 0)))
        weight = np.pad(weight, ((0, odd_row), (0, odd_column)))
    value = value[0::2, 0::2] + value[1::2, 0::2] + value[0::2, 1::2] + value[1::2, 1::2]
    weight = weight[0::2, 0::2] + weight[1::2, 0::2] + weight[0::2, 1::2] + weight[1::2, 1::2]
    surplus = np.maximum(weight, np.float32(1.0))
    return np.asarray(value / surplus[..., None], np.float32), np.asarray(weight / surplus, np.float32)


def resize_planes(values: Floats, width: int, height: int) -> Floats:
    """Bilinear resize of (h, w, c) floats to (height, width, c)."""
    planes = []
    for channel in range(values.shape[2]):
        plane = Image.fromarray(np.ascontiguousarray(values[..., channel]))
        planes.append(np.asarray(plane.resize((width, height), Image.Resampling.BILINEAR)))
    return np.stack(planes, axis=-1)
