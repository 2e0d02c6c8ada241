"""Soft coverage of the piece on the picture's own pixels, and its colours freed of the old background.

Runs in picture processes. The outline found at working size is only trusted to a few pixels; within that band each
pixel is judged by its difference from the background next to it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dmdx_desktop.imaging.colour import Bytes, Floats
from dmdx_desktop.imaging.regions import Mask, grow, shrink

_BAND: Final = 2
_LEAST_DIFFERENCE: Final = 6.0
_FAINT: Final = 0.15
_STEEPNESS: Final = 1.7
_CORE_COVERAGE: Final = 250
_CORE_REACH: Final = 3


@dataclass(frozen=True, slots=True)
class Matte:
    """``coverage`` 0 to 255 (height, width) and ``colours`` (height, width, 3), sRGB without the background's share."""

    coverage: Bytes
    colours: Bytes


def refine(rgb: Bytes, piece: Mask, background: Floats, step: int, noise: float) -> Matte:
    """The matte of a full-size picture from its outline at 1/``step`` size.

    ``background`` holds the sRGB values 0 to 255 behind the piece at the outline's size; ``noise`` is in the same unit.
    """
    height, width = rgb.shape[:2]
    inside = _enlarged(piece, step, width, height, Image.Resampling.BILINEAR)
    band = _enlarged(grow(piece, _BAND) & ~shrink(piece, _BAND), step, width, height, Image.Resampling.NEAREST) > 0
    rows, columns = np.nonzero(band)
    behind = _sample(background, rows, columns, step)
    gap = rgb[rows, columns].astype(np.float32) - behind
    difference = np.zeros((height, width), dtype=np.float32)
    difference[rows, columns] = np.sqrt(np.einsum("nc,nc->n", gap, gap))
    share = _judge(difference, inside, band, max(_LEAST_DIFFERENCE, 3.0 * noise))
    coverage = np.where(band, np.rint(share * 255), np.where(inside >= 128, 255, 0)).astype(np.uint8)
    colours = rgb.copy()
    core = shrink(coverage > _CORE_COVERAGE, 1)
    edge = (coverage[rows, columns] > 0) & ~core[rows, columns]
    part = np.maximum(share[rows, columns], _FAINT)[edge, None]
    unmixed = (rgb[rows, columns][edge] - (1.0 - part) * behind[edge]) / part
    clean = _colour_from_core(rgb, core, rows[edge], columns[edge], np.asarray(unmixed, np.float32))
    colours[rows[edge], columns[edge]] = np.clip(np.rint(clean), 0, 255).astype(np.uint8)
    return Matte(coverage=coverage, colours=colours)


def _judge(difference: Floats, inside: Bytes, band: Mask, least: float) -> Floats:
    """Every pixel's share of piece: 1 inside, 0 outside, fractions along the outline only."""
    local = _highest_nearby(difference, 2)
    weak = local < 2 * least
    distinct = (difference > least) & ((difference > 0.5 * local) | (inside >= 128))
    deep = (inside >= 250) & ~band
    solid = np.where(weak & band, inside >= 128, (distinct & (inside > 12)) | deep | ((inside >= 235) & band))
    rim = (grow(solid, 1) & ~shrink(solid, 1)) & band
    ratio = np.clip((difference - 0.5 * least) / np.maximum(local - 0.5 * least, 1.0), 0.0, 1.0)
    soft = np.where(weak, inside / np.float32(255), ratio)
    share = np.where(rim, np.where(solid, np.maximum(soft, 0.5), np.minimum(soft, 0.5)), solid).astype(np.float32)
    return np.where(band, _without_steps(share), share)


def _colour_from_core(
    rgb: Bytes, core: Mask, rows: NDArray[np.intp], columns: NDArray[np.intp], otherwise: Floats
) -> Floats:
    """The colour of edge pixels from the clean pixels nearby, nearer ones counting more; ``otherwise`` without any."""
    height, width = core.shape
    total = np.zeros((len(rows), 3), dtype=np.float32)
    weights = np.zeros(len(rows), dtype=np.float32)
    for down in range(-_CORE_REACH, _CORE_REACH + 1):
        for across in range(-_CORE_REACH, _CORE_REACH + 1):
            if down == across == 0:
                continue
            y, x = np.clip(rows + down, 0, height - 1), np.clip(columns + across, 0, width - 1)
            weight = core[y, x] / np.float32((down * down + across * across) ** 2)
            weights += weight
            total += rgb[y, x] * weight[:, None]
    known = (weights > 0)[:, None]
    mean = total / np.maximum(weights, np.float32(1e-6))[:, None]
    return np.asarray(np.where(known, mean, otherwise), np.float32)


def _without_steps(share: Floats) -> Floats:
    """The outline with the stairs of single pixels rounded off, then steepened again to stay one pixel wide."""
    smooth = _binomial(_binomial(share))
    return np.asarray(np.clip((smooth - 0.5) * np.float32(_STEEPNESS) + np.float32(0.5), 0.0, 1.0), np.float32)


def _binomial(values: Floats) -> Floats:
    padded = np.pad(values, 1, mode="edge")
    rows = padded[:-2] + 2 * padded[1:-1] + padded[2:]
    return np.asarray((rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]) / 16, np.float32)


def _highest_nearby(values: Floats, radius: int) -> Floats:
    highest = values.copy()
    for shift in range(1, radius + 1):
        highest[shift:] = np.maximum(highest[shift:], values[:-shift])
        highest[:-shift] = np.maximum(highest[:-shift], values[shift:])
    across = highest.copy()
    for shift in range(1, radius + 1):
        highest[:, shift:] = np.maximum(highest[:, shift:], across[:, :-shift])
        highest[:, :-shift] = np.maximum(highest[:, :-shift], across[:, shift:])
    return highest


def _enlarged(mask: Mask, step: int, width: int, height: int, how: Image.Resampling) -> Bytes:
    small = Image.fromarray(mask.astype(np.uint8) * 255)
    large = small.resize((mask.shape[1] * step, mask.shape[0] * step), how)
    return np.asarray(large)[:height, :width]


def _sample(values: Floats, rows: NDArray[np.intp], columns: NDArray[np.intp], step: int) -> Floats:
    """Bilinear samples of ``values`` at the centres of full-size pixels."""
    y = np.clip((rows + 0.5) / step - 0.5, 0, values.shape[0] - 1).astype(np.float32)
    x = np.clip((columns + 0.5) / step - 0.5, 0, values.shape[1] - 1).astype(np.float32)
    top, left = y.astype(np.intp), x.astype(np.intp)
    bottom, right = np.minimum(top + 1, values.shape[0] - 1), np.minimum(left + 1, values.shape[1] - 1)
    down, across = (y - top)[:, None], (x - left)[:, None]
    upper = values[top, left] * (1 - across) + values[top, right] * across
    lower = values[bottom, left] * (1 - across) + values[bottom, right] * across
    return np.asarray(upper * (1 - down) + lower * down, np.float32)
