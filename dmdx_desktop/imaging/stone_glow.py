"""The coloured light that stones throw on the metal beside them: found, so that a new metal can keep it.

Runs in picture processes. What differs from the metal's own colour may be a stone's glow, the old table mirrored in the
metal, a second alloy, or noise of compression. Only the first belongs to the piece in its new metal, and it is told by
two things: it leans towards the colour of a stone of this very piece, and that stone is near.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image, ImageFilter

from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.metal_tone import steps_of
from dmdx_desktop.imaging.parts import Parts
from dmdx_desktop.imaging.surroundings import Places

_STONE_CHROMA: Final = 16.0
_LEAST_SHARE: Final = 0.04
_HUE_SECTORS: Final = 6
_MOST_STONES: Final = 3
_SURE_STONE: Final = 0.75
_REACH: Final = 0.12
_PLANE_SIDE: Final = 160
_FULLY_NEAR: Final = 20.0
"""Of 255: the blurred share of stone from which a pixel counts as beside it."""
_NOISE: Final = 4.0
_ALIKE: Final = 0.6
_LEAST_SEEN: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class _Glowing:
    """The stones of one hue on a piece, and where their light falls."""

    hue: Floats
    """Lab a and b of their colour, of length 1."""
    towards: Floats
    """The way from the metal's own colour to theirs, of length 1."""
    near: Floats
    """1 beside them, 0 from about a tenth of the picture away; a coarse plane of the picture."""


@dataclass(frozen=True, slots=True, eq=False)
class StoneGlow:
    """The light that the coloured stones of a piece throw on its metal."""

    own: Floats
    """The metal's own a and b at each step of lightness, shape (STEPS, 2)."""
    step: int
    stones: tuple[_Glowing, ...]

    @classmethod
    def measured(cls, parts: Parts, own: Floats, shape: tuple[int, int]) -> "StoneGlow":
        """Of the stones of ``parts``; ``shape`` is height and width of the picture."""
        step = max(1, -(-max(shape) // _PLANE_SIDE))
        usual = own.mean(axis=0)
        stones = (
            _Glowing(_of_length_one(colour), _of_length_one(colour - usual), _nearness(parts, pixels, step, shape))
            for pixels, colour in _coloured_stones(parts)
        )
        return cls(own, step, tuple(stones))

    def on(self, rows: Places, columns: Places, lab: Floats) -> tuple[Places, Floats]:
        """Which of these metal pixels have such light on them, and the Lab a and b that it adds there."""
        lit = np.zeros(len(rows), np.bool_)
        down, across = rows // self.step, columns // self.step
        near_to = [stone.near[down, across] for stone in self.stones]
        for near in near_to:
            lit |= near > 0.0
        pixels = np.flatnonzero(lit)
        total = np.zeros((len(pixels), 2), np.float32)
        difference = lab[pixels, 1:] - self.own[steps_of(lab[pixels, 0])]
        length = np.maximum(np.hypot(*difference.T), 1e-3)
        for stone, near in zip(self.stones, near_to, strict=True):
            amount = np.maximum(difference @ stone.towards - np.float32(_NOISE), 0.0)
            alike = np.clip((amount / length - _ALIKE) / (1.0 - _ALIKE), 0.0, 1.0)
            # The light has the stone's own hue; how far it leans away from this metal only says how strong it is.
            total += (amount * np.sqrt(alike) * near[pixels])[:, None] * stone.hue
        seen = np.abs(total).max(axis=1, initial=0.0) > _LEAST_SEEN
        return pixels[seen], total[seen]


def _of_length_one(colour: Floats) -> Floats:
    return np.asarray(colour / max(float(np.hypot(*colour)), 1e-3), np.float32)


def _coloured_stones(parts: Parts) -> list[tuple[Places, Floats]]:
    """The stones with a colour of their own, by hue, the largest first: their pixels, and their usual a and b."""
    sure = np.flatnonzero(parts.stone > _SURE_STONE)
    if not len(sure):
        return []
    colours = parts.lab[sure, 1:]
    vivid = np.hypot(colours[:, 0], colours[:, 1]) > _STONE_CHROMA
    least = max(_LEAST_SHARE * len(sure), 12)
    if vivid.sum() < least:
        return []
    pixels, colours = sure[vivid], colours[vivid]
    turn = np.degrees(np.arctan2(colours[:, 1], colours[:, 0])) / (360.0 / _HUE_SECTORS)
    sectors = np.floor(turn + 0.5).astype(np.intp) % _HUE_SECTORS
    counts = np.bincount(sectors, minlength=_HUE_SECTORS)
    found = [sector for sector in np.argsort(counts)[::-1][:_MOST_STONES] if counts[sector] >= least]
    return [(pixels[sectors == one], np.median(colours[sectors == one], axis=0)) for one in found]


def _nearness(parts: Parts, stone: Places, step: int, shape: tuple[int, int]) -> Floats:
    """How near each cell of ``step`` pixels is to the stone."""
    small = np.zeros((-(-shape[0] // step), -(-shape[1] // step)), np.uint8)
    small[parts.rows[stone] // step, parts.columns[stone] // step] = 255
    radius = max(1.0, _REACH * max(small.shape) / 2)
    spread = Image.fromarray(small).filter(ImageFilter.BoxBlur(radius)).filter(ImageFilter.BoxBlur(radius))
    share = np.asarray(spread, np.float32) / np.float32(_FULLY_NEAR)
    return np.asarray(np.minimum(share, np.float32(1.0)))
