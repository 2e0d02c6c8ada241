"""The curve that brings the lights and darks of a metal to the house standard. Runs in picture processes.

Form is lightness, so the curve only rises: what was darker stays darker. It moves the mid-tone to the standard's, and
the spread about it towards the standard's as far as the picture bears it: a slope that is too steep would show noise,
one that is too flat would lose form. Black stays black, and white stays as white as that leaves room for.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.metal_ramp import STEPS, lightness_steps
from dmdx_desktop.imaging.metal_standard import TONE_PERCENTILES, MetalStandard

Widths = NDArray[np.float64]

_MIDDLE: Final = TONE_PERCENTILES.index(50.0)
_USUAL_MIDDLE: Final = 74.0
_EXPOSURE_KEPT: Final = 0.2
_ROOM: Final = 3.0
"""A picture whose metal is lighter or darker than usual keeps this share of that, up to so much lightness: the same in
every metal, or metals that differ by lightness alone could not be told from each other."""
PHOTOGRAPHED: Final = 0.5
"""How far the spread of light and dark of a photograph goes towards the standard's: half is its own."""
INVENTED: Final = 0.65
"""The same for reflections that were made from shading."""
_FLATTEST: Final = 0.55
_STEEPEST: Final = 1.8
_STEEPEST_BLACK: Final = 3.2
_STEEPEST_WHITE: Final = 3.5
_SOFTENING: Final = 31


def steps_of(lightness: Floats) -> NDArray[np.int32]:
    """The step of lightness that each pixel is at."""
    steps = lightness * np.float32((STEPS - 1) / 100.0)
    steps += np.float32(0.5)
    return np.asarray(np.clip(steps, 0, STEPS - 1, out=steps).astype(np.int32))


def percentiles_of(histogram: NDArray[np.intp]) -> Widths:
    """Lightness at each of ``TONE_PERCENTILES``."""
    below = np.cumsum(histogram) / max(int(histogram.sum()), 1)
    found = np.searchsorted(below, np.asarray(TONE_PERCENTILES) / 100.0)
    return np.minimum(found, STEPS - 1) * (100.0 / (STEPS - 1))


def tone_curve(histogram: NDArray[np.intp], standard: MetalStandard, towards: float = PHOTOGRAPHED) -> Floats:
    """New lightness for each step of lightness, shape (STEPS,), for metal with so many pixels at each step.

    ``towards`` is how much of the spread is the standard's, 0 to 1.
    """
    source = percentiles_of(histogram)
    target = np.asarray(standard.tone_lightness)
    middle = target[_MIDDLE] + float(np.clip(_EXPOSURE_KEPT * (source[_MIDDLE] - _USUAL_MIDDLE), -_ROOM, _ROOM))
    darker = _widths(np.diff(source[: _MIDDLE + 1]), np.diff(target[: _MIDDLE + 1]), towards)
    lighter = _widths(np.diff(source[_MIDDLE:]), np.diff(target[_MIDDLE:]), towards)
    dark_enough = min(middle - max(target[0], source[0]), _STEEPEST_BLACK * (source[_MIDDLE] - source[0]))
    darker *= _fitting(float(darker.sum()), dark_enough, middle * 0.97)
    lighter *= _fitting(float(lighter.sum()), 0.0, (100.0 - middle) * 0.93)
    below = middle - np.cumsum(darker[::-1])[::-1]
    above = middle + np.cumsum(lighter)
    white = min(100.0, above[-1] + _STEEPEST_WHITE * (100.0 - source[-1]))
    known = np.concatenate([[0.0], np.maximum.accumulate(source + np.arange(len(source)) * 1e-3), [100.0 + 1e-2]])
    curve = np.interp(lightness_steps(), known, [0.0, *below, middle, *above, white])
    return _softened(curve)


def _widths(source: Widths, target: Widths, towards: float) -> Widths:
    """How wide each part of the curve becomes: between its own width and the standard's, neither steep nor flat."""
    wished = np.maximum(source, 0.5) ** (1.0 - towards) * target**towards
    return np.clip(wished, _FLATTEST * source, _STEEPEST * source)


def _fitting(width: float, least: float, most: float) -> float:
    """The factor that makes a width fit: at most what there is room for, at least what keeps the dark parts dark."""
    if width <= 0.0:
        return 1.0
    return min(max(width, least), most) / width


def _softened(curve: Widths) -> Floats:
    """The curve without corners; its ends stay."""
    reach = _SOFTENING // 2
    steps = np.arange(1, reach + 1)
    before = 2 * curve[0] - curve[steps][::-1]
    after = 2 * curve[-1] - curve[-1 - steps]
    wide = np.concatenate([before, curve, after])
    return np.convolve(wide, np.full(_SOFTENING, 1.0 / _SOFTENING), mode="valid").clip(0.0, 100.0).astype(np.float32)
