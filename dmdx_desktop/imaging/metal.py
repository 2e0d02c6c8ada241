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

from dmdx_desktop.imaging.clay import Studio, shows_only_shading
from dmdx_desktop.imaging.colour import Bytes, Floats, bytes_from_linear, delta_e_2000, linear_from_lab
from dmdx_desktop.imaging.metal_ramp import RICHNESSES, STEPS, MetalRamp, lightness_steps, ramp_of
from dmdx_desktop.imaging.metal_standard import HouseStandard as HouseStandard
from dmdx_desktop.imaging.metal_standard import MetalStandard as MetalStandard
from dmdx_desktop.imaging.metal_standard import load_house_standard as load_house_standard
from dmdx_desktop.imaging.metal_tone import INVENTED, PHOTOGRAPHED, percentiles_of, steps_of, tone_curve
from dmdx_desktop.imaging.parts import Body, Parts
from dmdx_desktop.imaging.stone_glow import StoneGlow
from dmdx_desktop.imaging.surroundings import CoarseGrid, Surroundings

Pixels = NDArray[np.intp]
Steps = NDArray[np.int32]

_ALL_STONE: Final = 0.7
_GLOW_KEPT: Final = 0.75
_SAME_GOLD: Final = 4.5
_SAME_WHITE: Final = 2.5
_COLOURED: Final = 10.0
_TELLING_PIXELS: Final = 150_000
_OWN_SMOOTHING: Final = 41
_SURROUNDINGS: Final = 0.02
_RICHNESS_RANGE: Final = 30.0
_GRID_STEP: Final = 8
_AT_ONCE: Final = 1 << 18
"""Pixels worked on at a time: few enough to stay in the processor's cache, and to need little memory."""


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
    shape = (colours.shape[0], colours.shape[1])
    studio = Studio.around(parts, shape) if shows_only_shading(parts.body, own.lightness, own.chroma) else None
    new = _NewMetal.made(parts, core, own, ramp, standard, studio, shape)
    for first in range(0, len(parts.rows), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        new.lay_on(result, parts.rows[some], parts.columns[some], parts.lab[some], parts.stone[some])
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
        """Means over the surely metal pixels, or as many of them as tell, smoothed along lightness."""
        core = core[:: max(1, len(core) // _TELLING_PIXELS)]
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
class _NewMetal:
    """The metal asked for, fitted to one piece."""

    own: _OwnMetal
    ramp: MetalRamp
    curve: Floats
    """New lightness for each step of lightness."""
    table: Bytes
    """sRGB by richness and step of lightness, shape (RICHNESSES * STEPS, 3)."""
    around: Surroundings
    """How light the metal is around each pixel."""
    studio: Studio | None
    glow: StoneGlow

    @classmethod
    def made(
        cls,
        parts: Parts,
        core: Pixels,
        own: _OwnMetal,
        ramp: MetalRamp,
        standard: MetalStandard,
        studio: Studio | None,
        shape: tuple[int, int],
    ) -> "_NewMetal":
        """Fitted to the surely metal pixels ``core`` of ``parts``."""
        pure = core[parts.stone[core] == 0.0]
        sample = pure if len(pure) else core
        sample = sample[:: max(1, len(sample) // _TELLING_PIXELS)]
        lightness = _lightness(studio, parts.rows[sample], parts.columns[sample], parts.lab[sample, 0])
        histogram = np.bincount(steps_of(lightness), minlength=STEPS)
        curve = tone_curve(histogram, standard, PHOTOGRAPHED if studio is None else INVENTED)
        grid = CoarseGrid(parts.rows, parts.columns, _GRID_STEP)
        some = slice(None, None, grid.stride)
        lightness = _lightness(studio, parts.rows[some], parts.columns[some], parts.lab[some, 0])
        weight = np.maximum(1.0 - parts.stone[some] / np.float32(_ALL_STONE), np.float32(0.0))
        around = grid.mean_around(lightness, weight, max(1, round(_SURROUNDINGS * max(shape) / _GRID_STEP)))
        glow = StoneGlow.measured(parts, own.colours, shape)
        return cls(own, ramp, curve, _display_table(ramp, curve), around, studio, glow)

    def lay_on(self, picture: Bytes, rows: Pixels, columns: Pixels, lab: Floats, stone: Floats) -> None:
        """Give the metal among these pixels its new colours, in place."""
        touched = stone < _ALL_STONE
        if not touched.all():
            rows, columns, lab, stone = rows[touched], columns[touched], lab[touched], stone[touched]
        lightness = _lightness(self.studio, rows, columns, lab[:, 0])
        richness = _richness(self.around.at(rows, columns) - lightness)
        steps = steps_of(lightness)
        shown = self.table.take(richness * STEPS + steps, axis=0)
        lit, light = self.glow.on(rows, columns, lab)
        shared = stone > 0.0
        shared[lit] = True
        mixed = np.flatnonzero(shared)
        kept = np.zeros((len(mixed), 2), np.float32)
        kept[np.searchsorted(mixed, lit)] = _GLOW_KEPT * light
        shown[mixed] = self._exchanged(
            lab[mixed], stone[mixed] / np.float32(_ALL_STONE), richness[mixed], steps[mixed], kept
        )
        picture[rows, columns] = shown

    def _exchanged(self, lab: Floats, weight: Floats, richness: Steps, steps: Steps, glow: Floats) -> Bytes:
        """sRGB of pixels of which metal is only a part, or that a stone shines on: the metal's share of them changes.

        ``weight`` is the stone's share, and ``glow`` is added to the a and b of what is metal.
        """
        share = (1.0 - weight)[:, None]
        lightness = self.curve[steps]
        colour = share * self.ramp.colours[richness, steps_of(lightness)]
        # The rest of a shared pixel is what it had beyond its share of the old metal.
        colour += np.minimum(weight * 4.0, 1.0)[:, None] * (lab[:, 1:] - share * self.own.colours[steps_of(lab[:, 0])])
        colour += np.maximum(1.0 - weight * 4.0, 0.0)[:, None] * glow
        relit = lab[:, 0] + share[:, 0] * (lightness - lab[:, 0])
        return bytes_from_linear(linear_from_lab(np.column_stack([relit, colour]).astype(np.float32)))


def _lightness(studio: Studio | None, rows: Pixels, columns: Pixels, lightness: Floats) -> Floats:
    return lightness if studio is None else studio.lightness(rows, columns, lightness)


def _display_table(ramp: MetalRamp, curve: Floats) -> Bytes:
    lab = np.empty((RICHNESSES, STEPS, 3), np.float32)
    lab[..., 0] = curve
    lab[..., 1:] = ramp.colours[:, steps_of(curve)]
    return bytes_from_linear(linear_from_lab(lab.reshape(-1, 3)))


def _richness(darker: Floats) -> Steps:
    """How rich the metal's colour is, 0 to RICHNESSES - 1, where it is so much darker than around it."""
    middle = RICHNESSES // 2
    scaled = darker * np.float32(middle / _RICHNESS_RANGE) + np.float32(middle + 0.5)
    return np.asarray(np.clip(scaled, 0, RICHNESSES - 1).astype(np.int32))
