"""The shadow a piece throws on its ground, from its own shape. Runs in picture processes.

Computed at a quarter of the picture's size or less, in floats, because 8-bit steps would show as bands.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.footing import Footing, Stance
from dmdx_desktop.imaging.scenes import Light, Shadow

_TOUCH_SPREAD: Final = 0.006
_CREVICE_SPREAD: Final = 0.022
_PINCH_GAP: Final = 0.009
_PINCH_SHARE: Final = 1.3
_TOUCH_GAP: Final = 0.02
_NEAR_GAP: Final = 0.07
_WIDE_GAP: Final = 0.32
_LEAST_WIDE_SPREAD: Final = 0.045
_CLEAR_RIM: Final = 0.012
_FADING_RIM: Final = 0.07
_INVISIBLE: Final = 0.004


def cast_shadow(coverage: Floats, shadow: Shadow, light: Light, footing: Footing) -> Floats:
    """How much light the ground loses, 0 to 1 with exactly 0 away from the piece.

    ``coverage`` is 0 to 1, shape (height, width), of the piece where it will be shown.
    """
    covered_rows = np.flatnonzero(coverage.max(axis=1) > 0.5)
    covered_columns = np.flatnonzero(coverage.max(axis=0) > 0.5)
    if not len(covered_rows) or (shadow.contact == 0.0 and shadow.soft == 0.0):
        return np.zeros_like(coverage)
    side = max(int(np.ptp(covered_rows)), int(np.ptp(covered_columns))) + 1
    cast = {Stance.LYING: _around, Stance.HANGING: _behind, Stance.STANDING: _below}[footing.stance]
    lost = np.float32(1.0) - cast(coverage, shadow, light, footing, side)
    lost *= _within_frame(coverage.shape[0])[:, None] * _within_frame(coverage.shape[1])[None, :]
    return np.asarray(np.clip((lost - _INVISIBLE) / (1.0 - _INVISIBLE), 0.0, 1.0), np.float32)


def _around(coverage: Floats, shadow: Shadow, light: Light, footing: Footing, side: int) -> Floats:
    """Light left around a lying piece: dark where it touches, in the crevices beside it, softly away from the light.

    Seen from the side a piece rises from the ground, so there is no shadow above its upper edges.
    """
    right, down = light.towards
    fall = shadow.drop * side
    lower = 1.4 * side if footing.oblique else 0.0
    touch = _moved(coverage, 0.12 * fall * right, 0.12 * fall * down + _TOUCH_SPREAD * lower)
    touch = np.minimum(1.5 * soften(touch, _TOUCH_SPREAD * side), np.float32(1.0))
    crevice = _moved(coverage, 0.3 * fall * right, 0.3 * fall * down + _CREVICE_SPREAD * lower)
    crevice = soften(crevice, _CREVICE_SPREAD * side)
    wide = soften(_moved(coverage, fall * right, fall * down + 0.5 * shadow.spread * lower), shadow.spread * side)
    return _kept((0.55 * shadow.contact, touch), (0.75 * shadow.contact, crevice), (shadow.soft, wide))


def _behind(coverage: Floats, shadow: Shadow, light: Light, footing: Footing, side: int) -> Floats:
    """Light left on the wall behind a hanging piece: it does not touch, so the shadow lies apart and is soft."""
    right, down = light.towards
    fall = 1.5 * shadow.drop * side
    near = soften(_moved(coverage, 0.5 * fall * right, 0.5 * fall * down), 0.018 * side)
    wide = soften(_moved(coverage, fall * right, fall * down), shadow.spread * side)
    return _kept((0.45 * shadow.contact, near), (shadow.soft, wide))


def _below(coverage: Floats, shadow: Shadow, light: Light, footing: Footing, side: int) -> Floats:
    """Light left on the floor below a standing piece: dark where it touches, and less the higher it is above."""
    height, width = coverage.shape
    columns = np.arange(width, dtype=np.float32)
    lowest, under = _lowest(coverage)
    floor = columns * np.float32(footing.slope)
    floor += (lowest - floor)[under].max()
    gap = np.where(under, floor - lowest, np.float32(1e6)) / np.float32(side)
    depth = footing.depth * side
    right, _ = light.towards

    def layer(reach: float, thickness: float, widening: float, behind: float = 0.45) -> Floats:
        strength = 1.0 / (1.0 + (gap / reach) ** 2) ** 2
        breadth = thickness + widening * side * np.minimum(gap, 1.0)
        down = (np.arange(height, dtype=np.float32)[:, None] - (floor - behind * depth)) / breadth
        return np.asarray(strength * np.exp(-0.5 * np.minimum(down * down, 40.0)), np.float32)

    # Where metal and ground meet next to no light comes in, however bright the scene: without that line pieces float.
    pinch = soften(layer(_PINCH_GAP, max(0.8, 0.16 * depth), 0.04, behind=0.0), 0.002 * side)
    touch = soften(layer(_TOUCH_GAP, max(0.7, 0.30 * depth), 0.05), 0.004 * side)
    near = soften(layer(_NEAR_GAP, 0.55 * depth + 0.004 * side, 0.08), 0.015 * side)
    wide = soften(
        layer(_WIDE_GAP, 0.9 * depth + 0.35 * shadow.spread * side, 0.10),
        max(0.8 * shadow.spread, _LEAST_WIDE_SPREAD) * side,
    )
    wide = _moved(wide, 1.2 * shadow.drop * side * right, 0.1 * shadow.drop * side)
    return _kept(
        (_PINCH_SHARE * shadow.contact, pinch),
        (shadow.contact, touch),
        (0.8 * shadow.contact, near),
        (1.25 * shadow.soft, wide),
    )


def _lowest(coverage: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """The lower edge of the piece in each column, to a part of a row, and the columns in which there is one."""
    height, width = coverage.shape
    covered = coverage > 0.5
    under = np.asarray(covered.any(axis=0), np.bool_)
    last = height - 1 - covered[::-1].argmax(axis=0)
    columns = np.arange(width)
    # The last rows of a soft edge are covered in part, which says where in them the edge lies.
    edge = last + coverage[last, columns] + coverage[np.minimum(last + 1, height - 1), columns] - 1.5
    return np.where(under, edge, np.float32(-1e6)).astype(np.float32), under


def _within_frame(length: int) -> Floats:
    """1 in the picture, 0 at its very edge: a white picture is white all around, and no shadow is cut off."""
    away = (np.minimum(np.arange(length), np.arange(length)[::-1]) / length).astype(np.float32)
    ramp = np.clip((away - np.float32(_CLEAR_RIM)) / np.float32(_FADING_RIM), 0.0, 1.0)
    return np.asarray(ramp * ramp * (np.float32(3.0) - np.float32(2.0) * ramp), np.float32)


def _kept(*layers: tuple[float, Floats]) -> Floats:
    """What several shadows leave of the light."""
    kept = np.ones_like(layers[0][1])
    for strength, layer in layers:
        kept *= np.float32(1.0) - np.float32(min(strength, 0.97)) * layer
    return kept


def _moved(plane: Floats, right: float, down: float) -> Floats:
    """A plane moved by whole pixels; what comes in is empty."""
    across, along = round(right), round(down)
    if across == 0 and along == 0:
        return plane
    moved = np.zeros_like(plane)
    height, width = plane.shape
    moved[max(along, 0) : height + min(along, 0), max(across, 0) : width + min(across, 0)] = plane[
        max(-along, 0) : height + min(-along, 0), max(-across, 0) : width + min(-across, 0)
    ]
    return moved


def soften(plane: Floats, radius: float) -> Floats:
    """A plane blurred to about a Gaussian of that standard deviation in pixels, by three running means each way."""
    width = max(1, round(radius))
    blurred = plane.astype(np.float64)
    for _ in range(3):
        blurred = _running_mean(blurred, width)
    blurred = np.ascontiguousarray(blurred.T)
    for _ in range(3):
        blurred = _running_mean(blurred, width)
    return np.ascontiguousarray(blurred.T).astype(np.float32)


def _running_mean(plane: NDArray[np.float64], half: int) -> NDArray[np.float64]:
    padded = np.pad(plane, ((half + 1, half), (0, 0)))
    sums = np.cumsum(padded, axis=0, out=padded)
    return np.asarray((sums[2 * half + 1 :] - sums[: -(2 * half + 1)]) / (2 * half + 1), np.float64)
