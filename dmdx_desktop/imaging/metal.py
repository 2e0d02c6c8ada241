"""Metal recoloured from one alloy to another by the house standard. Runs in picture processes.

Form is lightness: a rising curve (``metal_tone``) moves the metal's mid-tone onto the standard's. Colour follows
lightness and place: the ramp of the new metal (``metal_ramp``), richer where a pixel is darker than what surrounds it,
as light is that other parts of the piece have passed on. The old metal's colour goes altogether, with the old table it
mirrored and the noise of its compression; what stones throw on it (``stone_glow``) stays. Where stone and metal share
a pixel, only the metal's share of its colour is exchanged.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dmdx_desktop.imaging.clay import polished, shows_only_shading
from dmdx_desktop.imaging.colour import Bytes, Floats, bytes_from_linear, delta_e_2000, linear_from_lab
from dmdx_desktop.imaging.metal_ramp import RICHNESSES, STEPS, MetalRamp, lightness_steps, ramp_of
from dmdx_desktop.imaging.metal_standard import HouseStandard as HouseStandard
from dmdx_desktop.imaging.metal_standard import MetalStandard as MetalStandard
from dmdx_desktop.imaging.metal_standard import load_house_standard as load_house_standard
from dmdx_desktop.imaging.metal_tone import INVENTED, PHOTOGRAPHED, percentiles_of, steps_of, tone_curve
from dmdx_desktop.imaging.parts import Body, Parts
from dmdx_desktop.imaging.stone_glow import glow_of_stones
from dmdx_desktop.imaging.surroundings import CoarseGrid

Pixels = NDArray[np.intp]
Steps = NDArray[np.int32]

_ALL_STONE: Final = 0.7
_GLOW_KEPT: Final = 0.75
_SAME_GOLD: Final = 4.5
_SAME_WHITE: Final = 2.5
_COLOURED: Final = 10.0
_OWN_SMOOTHING: Final = 41
_SURROUNDINGS: Final = 0.02
_RICHNESS_RANGE: Final = 30.0
_GRID_STEP: Final = 8


def recoloured(colours: Bytes, parts: Parts, standard: MetalStandard) -> Bytes:
    """A copy of a picture's sRGB pixels with the metal of ``parts`` in the colour of ``standard``; stones untouched.

    Metal that measures as what is asked for is left alone, bit for bit.
    """
    result = colours.copy()
    core = np.flatnonzero(parts.metal)
    if not len(core):
        return result
    own = _OwnMetal.measured(parts, core)
    ramp = ramp_of(standard)
    if parts.body is not Body.COLOURLESS and own.looks_like(standard, ramp):
        return result
    dull = shows_only_shading(parts.body, own.lightness, own.chroma)
    shape = (colours.shape[0], colours.shape[1])
    touched = np.flatnonzero(parts.stone < _ALL_STONE)
    rows, columns = parts.rows[touched], parts.columns[touched]
    lightness = polished(parts, shape)[touched] if dull else parts.lab[touched, 0]
    weight = np.minimum(parts.stone[touched] / np.float32(_ALL_STONE), np.float32(1.0))
    steps = steps_of(lightness)
    histogram = np.bincount(steps[weight == 0.0], minlength=STEPS)
    curve = tone_curve(histogram, standard, INVENTED if dull else PHOTOGRAPHED)
    richness = _richness(rows, columns, lightness, weight, max(shape))
    shown = _display_table(ramp, curve).take(richness * STEPS + steps, axis=0)
    glow = glow_of_stones(parts, own.colours, touched, shape)
    mixed = np.union1d(np.flatnonzero(weight), glow.pixels)
    if len(mixed):
        kept = np.zeros((len(mixed), 2), np.float32)
        kept[np.searchsorted(mixed, glow.pixels)] = _GLOW_KEPT * glow.colours
        exchange = _Exchange(own, ramp, curve, richness[mixed], steps[mixed], weight[mixed])
        shown[mixed] = exchange.of(parts.lab[touched[mixed]], kept)
    result[rows, columns] = shown
    return result


@dataclass(frozen=True, slots=True, eq=False)
class _OwnMetal:
    """The metal as it is: its usual Lab a and b at each step of lightness, and how light it is."""

    colours: Floats
    """Shape (STEPS, 2)."""
    lightness: Floats
    """At each of ``TONE_PERCENTILES``."""

    @classmethod
    def measured(cls, parts: Parts, core: Pixels) -> "_OwnMetal":
        """Means over the surely metal pixels, smoothed along lightness."""
        steps = steps_of(parts.lab[core, 0])
        counts = np.bincount(steps, minlength=STEPS)
        window = np.hanning(_OWN_SMOOTHING + 2)[1:-1]
        weights = np.convolve(counts, window, mode="same")
        filled = weights > 0.0
        columns = []
        for channel in (1, 2):
            sums = np.bincount(steps, weights=parts.lab[core, channel], minlength=STEPS)
            means = np.convolve(sums, window, mode="same")[filled] / weights[filled]
            columns.append(np.interp(lightness_steps(), lightness_steps()[filled], means))
        return cls(np.stack(columns, axis=1).astype(np.float32), percentiles_of(counts).astype(np.float32))

    @property
    def chroma(self) -> Floats:
        """Lab chroma at each of ``TONE_PERCENTILES``."""
        return np.asarray(np.hypot(*self.colours[steps_of(self.lightness)].T), np.float32)

    def looks_like(self, standard: MetalStandard, ramp: MetalRamp) -> bool:
        """Whether this is the metal asked for already.

        A gold shows by its colours from shadow to highlight, at whatever exposure and on whatever table. White metals
        differ in little but their lightness.
        """
        steps = steps_of(self.lightness)
        seen = np.column_stack([self.lightness, self.colours[steps]])
        if float(np.hypot(*standard.mid[1:])) < _COLOURED:
            middle = len(seen) // 2
            return bool(delta_e_2000(seen[middle], np.asarray(standard.mid, np.float32)) < _SAME_WHITE)
        expected = np.column_stack([self.lightness, ramp.usual[steps]])
        # Nearly black or white, every metal looks alike.
        telling = np.hypot(*ramp.usual[steps].T) > _COLOURED
        telling[[0, -1]] = False
        return bool(telling.sum() >= 2 and delta_e_2000(seen, expected)[telling].mean() < _SAME_GOLD)


@dataclass(frozen=True, slots=True, eq=False)
class _Exchange:
    """Pixels of which metal is only a part, or that a stone shines on: the metal's share of their colour changes."""

    own: _OwnMetal
    ramp: MetalRamp
    curve: Floats
    richness: Steps
    steps: Steps
    weight: Floats

    def of(self, lab: Floats, glow: Floats) -> Bytes:
        """sRGB of these pixels, whose Lab was ``lab``; ``glow`` is added to the a and b of what is metal in them."""
        share = (1.0 - self.weight)[:, None]
        lightness = self.curve[self.steps]
        new_steps = steps_of(lightness)
        colour = share * self.ramp.colours[self.richness, new_steps]
        # The rest of a shared pixel is what it had beyond its share of the old metal.
        colour += np.minimum(self.weight * 4.0, 1.0)[:, None] * (lab[:, 1:] - share * self.own.colours[self.steps])
        colour += np.maximum(1.0 - self.weight * 4.0, 0.0)[:, None] * glow
        relit = lab[:, 0] + share[:, 0] * (lightness - lab[:, 0])
        return bytes_from_linear(linear_from_lab(np.column_stack([relit, colour]).astype(np.float32)))


def _display_table(ramp: MetalRamp, curve: Floats) -> Bytes:
    """sRGB of pure metal by richness and old lightness, shape (RICHNESSES * STEPS, 3)."""
    lab = np.empty((RICHNESSES, STEPS, 3), np.float32)
    lab[..., 0] = curve
    lab[..., 1:] = ramp.colours[:, steps_of(curve)]
    return bytes_from_linear(linear_from_lab(lab.reshape(-1, 3)))


def _richness(rows: Pixels, columns: Pixels, lightness: Floats, weight: Floats, side: int) -> Steps:
    """How rich the metal's colour is at each pixel, 0 to RICHNESSES - 1: higher where it is darker than around it."""
    grid = CoarseGrid(rows, columns, _GRID_STEP)
    radius = max(1, round(_SURROUNDINGS * side / _GRID_STEP))
    darker = grid.mean_around(lightness, 1.0 - weight, radius) - lightness
    middle = RICHNESSES // 2
    darker *= np.float32(middle / _RICHNESS_RANGE)
    darker += np.float32(middle + 0.5)
    return np.asarray(np.clip(darker, 0, RICHNESSES - 1).astype(np.int32))
