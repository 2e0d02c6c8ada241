"""The colours one metal takes from black to white, as tables by lightness. Runs in picture processes.

Polished metal has no colour but what it reflects: light that met it once takes the colour of its reflectance, and light
that went from one part of the piece to the next takes it twice, which is darker, deeper and, for gold, redder. A
camera shows strong light as white whatever reflected it. So a dark reflection in gold is a deep brown, a highlight
nearly white with a warm edge, and colour is fullest in between: that, and not one tint, is what tells gold from paint.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from dmdx_desktop.imaging.colour import LUMINANCE_WEIGHTS, Floats, lab_from_linear, linear_from_lab
from dmdx_desktop.imaging.metal_standard import MetalStandard

STEPS: Final = 1024
"""Steps of lightness, from 0 to 100, that tables by lightness have."""
RICHNESSES: Final = 16
"""Steps of richness that a ramp has: how much light was passed on within the piece before it came to the eye."""

_RICHNESS_REACH: Final = 0.24
_LEAST_LIGHT: Final = 2e-3
_SHADOW_FULL: Final = 0.45
_BRIGHTEST: Final = 98.0


@dataclass(frozen=True, slots=True, eq=False)
class MetalRamp:
    """Lab a and b of a metal: ``colours`` has shape (RICHNESSES, STEPS, 2)."""

    colours: Floats

    @property
    def usual(self) -> Floats:
        """The colours of middling richness, shape (STEPS, 2)."""
        return np.asarray(self.colours[RICHNESSES // 2], np.float32)


def ramp_of(standard: MetalStandard) -> MetalRamp:
    """The ramp of a metal; it goes through the mid-tone of its standard where richness is middling."""
    lightness = lightness_steps()
    reflectance = np.maximum(linear_from_lab(np.asarray(standard.mid, np.float32)), _LEAST_LIGHT).astype(np.float64)
    reflectance /= float(reflectance.max())
    middle = standard.mid[0]
    # Full depth below the middle of the shadows, none at the mid-tone, and a trace less above it.
    depth = np.interp(
        lightness, [0.0, _SHADOW_FULL * middle, middle, 100.0], [standard.shadow.depth, standard.shadow.depth, 1.0, 0.9]
    )
    kept = _chroma_kept(lightness, standard)
    planes = [
        _colours_after(reflectance, depth * (1.0 + _RICHNESS_REACH * richness), lightness) * kept[:, None]
        for richness in (np.arange(RICHNESSES) - RICHNESSES // 2) / (RICHNESSES // 2)
    ]
    return MetalRamp(np.stack(planes).astype(np.float32))


def lightness_steps() -> Floats:
    """The lightness of each step of a table."""
    return np.linspace(0.0, 100.0, STEPS, dtype=np.float32)


def _colours_after(
    reflectance: "np.ndarray[tuple[int], np.dtype[np.float64]]", times: Floats, lightness: Floats
) -> Floats:
    """Lab a and b of light that met the metal so many times, brought to each lightness."""
    light = np.power(reflectance[None, :], times[:, None].astype(np.float64))
    wanted = np.where(lightness > 8.0, ((lightness + 16.0) / 116.0) ** 3, lightness * (27.0 / 24389.0))
    light *= (wanted / (light @ LUMINANCE_WEIGHTS))[:, None]
    return lab_from_linear(light.astype(np.float32))[:, 1:]


def _chroma_kept(lightness: Floats, standard: MetalStandard) -> Floats:
    """The share of its colour that the metal shows at each lightness: little in grooves, less towards white."""
    dark = np.clip(lightness / max(standard.shadow.neutral_below, 1e-3), 0.0, 1.0)
    start = standard.highlight.fades_from
    bright = np.clip((lightness - start) / (_BRIGHTEST - start), 0.0, 1.0)
    eased = bright * (2.0 - bright) * 0.5 + bright * 0.5
    left = 1.0 - (1.0 - standard.highlight.chroma_left) * eased
    end = np.clip((100.0 - lightness) / (100.0 - _BRIGHTEST), 0.0, 1.0)
    return np.asarray(dark * left * end, np.float32)
