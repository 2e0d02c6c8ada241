"""Marble, slate, velvet and plaster made by code. Pure; runs in picture processes.

Each maker gives what tells, for any rows of the picture, how much of the detail colour shows and how the light falls on
the relief. Broad forms scale with the picture, the finest with its pixels, as on a photograph taken with more of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.noise import Grain, detailed_field, smooth_field, soft, speckle, static
from dmdx_desktop.imaging.scenes import SurfaceKind

THREAD_SIDE: Final = 256
"""Longest side of the plane of marble's threads: finer than clouds, smoother than veins."""


@dataclass(frozen=True, slots=True, eq=False)
class Texture:
    """Some rows of a texture, both planes of shape (rows, width) or None where there is nothing of it."""

    tone: Floats | None
    """0 to 1: how much of the detail colour lies over the ground."""
    relief: Floats | None
    """What the light is multiplied by, about 1."""


Rows = Callable[[int, int], Texture]
"""The texture of the rows from the first to before the last."""
Maker = Callable[[np.random.Generator, int, int], Rows]


def _marble(rng: np.random.Generator, width: int, height: int) -> Rows:
    """Carrara: white with drifting grey clouds, and feathered veins that run one way, branch and fade."""
    lean = float(rng.uniform(24.0, 44.0)) * (1 if rng.random() < 0.5 else -1)
    drift = smooth_field(rng, width, height, Grain(1.1, fading=0.55, stretch=2.2, angle=lean))
    where = smooth_field(rng, width, height, Grain(1.6, fading=0.5, stretch=1.6, angle=lean))
    thick = smooth_field(rng, width, height, Grain(3.0, fading=0.6))
    main = detailed_field(rng, width, height, Grain(1.3, fading=0.47, stretch=2.6, angle=lean))
    threads = smooth_field(
        rng, width, height, Grain(1.9, fading=0.46, stretch=3.0, angle=lean + 9.0, finest=60.0), THREAD_SIDE
    )
    crystals = speckle(rng, width, height, max(1.5, max(width, height) / 1100))
    near = soft(np.clip(where * 0.45 + 0.42, 0.0, 1.0), width, height)
    breadth = soft(np.clip(0.030 + 0.022 * thick, 0.006, 0.09), width, height)
    # Threads run beside the veins and fade out where the stone is clear; sharper or more of them look like hairs.
    thread = soft(threads * np.float32(1 / 0.035), width, height)
    seen = soft(0.17 * np.clip(thick * 0.45 + where * 0.45, 0.0, 1.0), width, height)
    cloud = soft(np.clip(0.5 + np.float32(0.36) * drift, 0.0, 1.0) ** 2 * np.float32(0.26), width, height)

    def rows(first: int, last: int) -> Texture:
        # Veins are where a bent field passes through zero; the cloud beside a vein belongs to it.
        vein = main.rows(first, last)
        haze = _falling(vein * np.float32(1 / 0.42))
        vein /= breadth.rows(first, last)
        tone = np.float32(0.62) * _falling(vein)
        tone += np.float32(0.34) * haze
        tone *= near.rows(first, last)
        tone += seen.rows(first, last) * _falling(thread.rows(first, last))
        tone += cloud.rows(first, last)
        tone += np.float32(0.025) * crystals.rows(first, last)
        return Texture(np.clip(tone, 0.0, 1.0, out=tone), None)

    return rows


def _slate(rng: np.random.Generator, width: int, height: int) -> Rows:
    """Split slate: a rippled matt face on which thin layers end in a few ragged ledges, blue-grey with paler drifts."""
    side = max(width, height)
    lean = float(rng.uniform(-30.0, 30.0))
    face = detailed_field(rng, width, height, Grain(2.5, fading=0.52, stretch=1.5, angle=lean))
    edge = detailed_field(rng, width, height, Grain(0.9, fading=0.50, stretch=1.5, angle=lean))
    worn = smooth_field(rng, width, height, Grain(2.0, fading=0.5))
    grit = speckle(rng, width, height, max(1.3, side / 1300))
    dust = static(rng, width, 0.0125)
    # A ledge: level for most of the layer, then down within a part of it that is narrow where little is worn.
    steepness = soft(np.reciprocal(np.clip(0.16 + 0.11 * worn, 0.05, 0.5)), width, height)
    drift = soft(worn * 0.10 + 0.32, width, height)

    def rows(first: int, last: int) -> Texture:
        above = max(first - 1, 0)
        level = face.rows(above, last)
        layer = edge.rows(above, last)
        layer *= np.float32(1.15)
        ledge = np.floor(layer)
        ramp = layer - ledge
        ramp -= np.float32(1.0)
        ramp *= steepness.rows(above, last)
        ramp += np.float32(1.0)
        np.maximum(ramp, np.float32(0.0), out=ramp)
        ledge += ramp * ramp * (np.float32(3) - np.float32(2) * ramp)
        ledge *= np.float32(0.30)
        level *= np.float32(0.15)
        ledge += level
        relief = _lit(ledge, side, 0.058)[first - above :]
        relief += np.float32(0.035) * grit.rows(first, last)
        relief += dust.rows(first, last)
        tone = np.float32(0.4) * level[first - above :]
        tone += drift.rows(first, last)
        return Texture(np.clip(tone, 0.0, 1.0, out=tone), np.clip(relief, 0.55, 1.6, out=relief))

    return rows


def _velvet(rng: np.random.Generator, width: int, height: int) -> Rows:
    """Velvet: short upright pile whose nap lies this way and that, so that broad fields catch the light."""
    side = max(width, height)
    lean = float(rng.uniform(-72, -48))
    nap = smooth_field(rng, width, height, Grain(0.8, fading=0.30, stretch=1.8, angle=lean, finest=9.0))
    strokes = smooth_field(rng, width, height, Grain(3.0, fading=0.45, stretch=5.0, angle=lean + 7.0, finest=40.0))
    tufts = speckle(rng, width, height, max(2.0, side / 700), tall=1.6)
    fibres = speckle(rng, width, height, max(1.1, side / 1700), tall=2.4)
    sheen = soft(np.clip(0.45 + 0.15 * nap + 0.045 * strokes, 0.1, 1.0) ** 2, width, height)

    def rows(first: int, last: int) -> Texture:
        pile = np.float32(0.30) * tufts.rows(first, last)
        pile += np.float32(0.34) * fibres.rows(first, last)
        pile += np.float32(1.0)
        pile *= sheen.rows(first, last)
        return Texture(np.clip(pile, 0.0, 1.0, out=pile), None)

    return rows


def _plaster(rng: np.random.Generator, width: int, height: int) -> Rows:
    """Lime plaster: flat sweeps of the trowel over a fine tooth, lit from the side."""
    side = max(width, height)
    lean = float(rng.uniform(-35, -10))
    sweeps = detailed_field(rng, width, height, Grain(1.8, fading=0.40, stretch=1.7, angle=lean))
    tooth = speckle(rng, width, height, max(1.5, side / 900))
    dust = static(rng, width, 0.006)
    stain = soft(smooth_field(rng, width, height, Grain(1.4, fading=0.55)) * 0.16 + 0.32, width, height)

    def rows(first: int, last: int) -> Texture:
        above = max(first - 1, 0)
        relief = _lit(sweeps.rows(above, last), side, 0.021)[first - above :]
        relief += np.float32(0.018) * tooth.rows(first, last)
        relief += dust.rows(first, last)
        tone = stain.rows(first, last)
        return Texture(np.clip(tone, 0.0, 1.0, out=tone), np.clip(relief, 0.7, 1.4, out=relief))

    return rows


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
