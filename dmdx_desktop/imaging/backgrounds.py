"""The name of a background, from its fitted surface. Runs in picture processes."""

from typing import Final

import numpy as np

from dmdx_desktop.imaging.backdrop import Backdrop
from dmdx_desktop.models.sourced import Sourced
from dmdx_desktop.models.vocabulary import Background

_BUSY_NOISE: Final = 7.0
_WHITE_LIGHTNESS: Final = 212.0
_OFF_WHITE_LIGHTNESS: Final = 205.0
_BLACK_LIGHTNESS: Final = 56.0
_GRADIENT_RANGE: Final = 36.0
_WARM_CHROMA: Final = 0.04
_COOL_CHROMA: Final = 0.10


def name_background(backdrop: Backdrop, drawn: bool) -> Sourced[Background]:
    """The background's label and how clear the case is: near a limit between two labels the confidence falls."""
    if drawn:
        return _said(Background.PAPER, 0.9)
    if backdrop.gridded:
        return _said(Background.GRID, 0.9)
    if backdrop.noise > _BUSY_NOISE:
        return _said(Background.BUSY, min(0.9, 0.4 + 0.05 * backdrop.noise))
    lightness, first, second = (float(value) for value in np.median(backdrop.surface, axis=(0, 1)))
    if lightness < _BLACK_LIGHTNESS and np.hypot(first, second) < 0.25 * lightness:
        return _said(Background.BLACK, _clearness(_BLACK_LIGHTNESS - lightness, 20.0))
    strength = _tint(lightness, first, second)
    if strength > 1.0:
        return _said(Background.COLOURED, _clearness(strength - 1.0, 0.5))
    if _is_gradient(backdrop):
        return _said(Background.GRADIENT, 0.85)
    return _neutral(lightness, float(np.hypot(first, second)))


def _neutral(lightness: float, chroma: float) -> Sourced[Background]:
    if lightness >= 250.0 or (lightness > _WHITE_LIGHTNESS and chroma < 1.8):
        return _said(Background.WHITE, _clearness(lightness - _WHITE_LIGHTNESS, 20.0))
    if lightness > _OFF_WHITE_LIGHTNESS and chroma >= 1.8:
        return _said(Background.OFF_WHITE, _clearness(lightness - _OFF_WHITE_LIGHTNESS, 30.0))
    return _said(Background.GREY, _clearness(_WHITE_LIGHTNESS - lightness, 25.0))


def _tint(lightness: float, first: float, second: float) -> float:
    """Chroma against what still passes for grey: 1 is the limit. Eyes and CAD programs take bluish greys for grey."""
    bluish = first > 0 > second
    room = (_COOL_CHROMA if bluish else _WARM_CHROMA) * max(lightness, 40.0)
    return float(np.hypot(first, second)) / room


def _is_gradient(backdrop: Backdrop) -> bool:
    """A planned fall of light from one side to the other, more than the vignette of a lamp."""
    lightness = backdrop.surface[..., 0]
    across = abs(float(lightness[:, -1].mean() - lightness[:, 0].mean()))
    down = abs(float(lightness[-1].mean() - lightness[0].mean()))
    return max(across, down) > _GRADIENT_RANGE


def _clearness(margin: float, full: float) -> float:
    return float(np.clip(0.55 + 0.4 * margin / full, 0.5, 0.95))


def _said(label: Background, confidence: float) -> Sourced[Background]:
    return Sourced[Background](value=label, confidence=round(confidence, 3))
