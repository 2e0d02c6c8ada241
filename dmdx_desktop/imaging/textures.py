"""Marble, slate, velvet and plaster made by code. Pure; runs in picture processes.

Each maker gives two planes: how much of the detail colour shows, and how the light falls on the relief. Broad forms
scale with the picture, the finest with its pixels, as on a photograph taken with more of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.noise import Grain, detailed_field, enlarged, smooth_field, speckle
from dmdx_desktop.imaging.scenes import SurfaceKind


@dataclass(frozen=True, slots=True, eq=False)
class Texture:
    """A texture at one size, both planes of shape (height, width) or None where there is nothing of it."""

    tone: Floats | None
    """0 to 1: how much of the detail colour lies over the ground."""
    relief: Floats | None
    """What the light is multiplied by, about 1."""


Maker = Callable[[np.random.Generator, int, int], Texture]


def _marble(rng: np.random.Generator, width: int, height: int) -> Texture:
    """Carrara: white with drifting grey clouds, and feathered veins that run one way, branch and fade."""
    lean = float(rng.uniform(24.0, 44.0)) * (1 if rng.random() < 0.5 else -1)
    fields = {
        "cloud": smooth_field(rng, width, height, Grain(1.1, fading=0.55, stretch=2.2, angle=lean)),
        "where": smooth_field(rng, width, height, Grain(1.6, fading=0.5, stretch=1.6, angle=lean)),
        "thick": smooth_field(rng, width, height, Grain(3.0, fading=0.6)),
    }
    main = detailed_field(rng, width, height, Grain(1.3, fading=0.47, stretch=2.6, angle=lean))
    fine = enlarged(
        smooth_field(rng, width, height, Grain(1.9, fading=0.46, stretch=3.0, angle=lean + 9.0, finest=60.0), 256),
        width,
        height,
    )
    where, thick = (enlarged(fields[name], width, height) for name in ("where", "thick"))
    # Veins are where a bent field passes through zero; the cloud beside a vein belongs to it.
    np.abs(main, out=main)
    haze = _falling(main * np.float32(1 / 0.42))
    near = np.clip(where * np.float32(0.45) + np.float32(0.42), 0.0, 1.0)
    breadth = np.clip(np.float32(0.030) + np.float32(0.022) * thick, np.float32(0.006), np.float32(0.09))
    main /= breadth
    vein = _falling(main)
    # Threads run beside the veins and fade out where the stone is clear; sharper or more of them look like hairs.
    fine *= np.float32(1 / 0.035)
    thread = _falling(fine)
    thread *= np.clip(thick * np.float32(0.45) + where * np.float32(0.45), 0.0, 1.0)
    cloud = enlarged(np.clip(0.5 + 0.36 * fields["cloud"], 0.0, 1.0).astype(np.float32), width, height)
    tone = near * (np.float32(0.62) * vein + np.float32(0.34) * haze)
    tone += np.float32(0.17) * thread
    tone += np.float32(0.26) * cloud * cloud
    tone += np.float32(0.025) * speckle(rng, width, height, max(1.5, max(width, height) / 1100))
    return Texture(np.clip(tone, 0.0, 1.0, out=tone), None)


def _slate(rng: np.random.Generator, width: int, height: int) -> Texture:
    """Split slate: a rippled matt face on which thin layers end in a few ragged ledges, blue-grey with paler drifts."""
    side = max(width, height)
    lean = float(rng.uniform(-30.0, 30.0))
    face = detailed_field(rng, width, height, Grain(2.5, fading=0.52, stretch=1.5, angle=lean))
    edge = detailed_field(rng, width, height, Grain(0.9, fading=0.50, stretch=1.5, angle=lean))
    worn = enlarged(smooth_field(rng, width, height, Grain(2.0, fading=0.5)), width, height)
    edge *= np.float32(1.15)
    layer = np.floor(edge)
    # A ledge: level for most of the layer, then down within a part of it that is narrow where little is worn.
    breadth = np.clip(np.float32(0.16) + np.float32(0.11) * worn, np.float32(0.05), np.float32(0.5))
    ramp = np.clip((edge - layer - np.float32(1.0)) / breadth + np.float32(1.0), 0.0, 1.0)
    ramp *= ramp * (np.float32(3) - np.float32(2) * ramp)
    layer += ramp
    layer *= np.float32(0.30)
    layer += np.float32(0.15) * face
    relief = _lit(layer, side, 0.058)
    relief += np.float32(0.035) * speckle(rng, width, height, max(1.3, side / 1300))
    relief += np.float32(0.025) * (rng.random((height, width), dtype=np.float32) - np.float32(0.5))
    tone = worn * np.float32(0.10)
    tone += np.float32(0.06) * face
    tone += np.float32(0.32)
    return Texture(np.clip(tone, 0.0, 1.0, out=tone), np.clip(relief, 0.55, 1.6, out=relief))


def _velvet(rng: np.random.Generator, width: int, height: int) -> Texture:
    """Velvet: short upright pile whose nap lies this way and that, so that broad fields catch the light."""
    side = max(width, height)
    lean = float(rng.uniform(-72, -48))
    nap = smooth_field(rng, width, height, Grain(0.8, fading=0.30, stretch=1.8, angle=lean, finest=9.0))
    strokes = smooth_field(rng, width, height, Grain(3.0, fading=0.45, stretch=5.0, angle=lean + 7.0, finest=40.0))
    sheen = enlarged(np.clip(0.45 + 0.15 * nap + 0.045 * strokes, 0.1, 1.0).astype(np.float32), width, height)
    pile = np.float32(0.40) * speckle(rng, width, height, max(2.0, side / 700), tall=1.6)
    pile += np.float32(0.45) * speckle(rng, width, height, max(1.1, side / 1700), tall=2.4)
    pile *= np.float32(0.75)
    pile += np.float32(1.0)
    tone = sheen * pile
    tone *= sheen
    return Texture(np.clip(tone, 0.0, 1.0, out=tone), None)


def _plaster(rng: np.random.Generator, width: int, height: int) -> Texture:
    """Lime plaster: flat sweeps of the trowel over a fine tooth, lit from the side."""
    side = max(width, height)
    sweeps = detailed_field(
        rng, width, height, Grain(1.8, fading=0.40, stretch=1.7, angle=float(rng.uniform(-35, -10)))
    )
    relief = _lit(sweeps, side, 0.030)
    relief += np.float32(0.018) * speckle(rng, width, height, max(1.5, side / 900))
    relief += np.float32(0.012) * (rng.random((height, width), dtype=np.float32) - np.float32(0.5))
    tone = enlarged(smooth_field(rng, width, height, Grain(1.4, fading=0.55)), width, height)
    tone *= np.float32(0.16)
    tone += np.float32(0.32)
    return Texture(np.clip(tone, 0.0, 1.0, out=tone), np.clip(relief, 0.7, 1.4, out=relief))


def _falling(distance: Floats) -> Floats:
    """1 at 0, falling like a bell to nothing; without the exponential, whose tiny values are slow to reckon with."""
    bell = distance * distance
    bell += np.float32(1.0)
    bell *= bell
    return np.asarray(np.reciprocal(bell, out=bell), np.float32)


def _lit(level: Floats, side: int, gain: float) -> Floats:
    """Light on a relief from the upper left: brighter where it rises towards there.

    Slopes are taken per share of the picture, softly limited, so that larger pictures are no harsher.
    """
    slope = np.zeros_like(level)
    slope[1:, 1:] = level[1:, 1:] - level[:-1, :-1]
    slope *= np.float32(gain * side / 10)
    bound = np.float32(0.30)
    slope /= np.float32(1.0) + np.abs(slope) / bound
    slope += np.float32(1.0)
    return slope


MAKERS: Final[dict[SurfaceKind, Maker]] = {
    SurfaceKind.MARBLE: _marble,
    SurfaceKind.STONE: _slate,
    SurfaceKind.VELVET: _velvet,
    SurfaceKind.PLASTER: _plaster,
}
SALTS: Final = {kind: number for number, kind in enumerate(MAKERS, start=1)}
"""What keeps the random numbers of one texture apart from those of another."""
