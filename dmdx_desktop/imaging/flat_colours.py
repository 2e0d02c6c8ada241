"""Metal and stones of CAD viewports told apart by colour where the eye's first answer went astray. Picture processes.

A viewport shades each material in one hue, without reflections of its surroundings. What has the hue of the gold is
gold, a prong against a blue stone say, and what is coloured beside grey metal is not metal, a stone too small to be
recognised by its shape. A photograph follows no such rule: everything in it mirrors everything else.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dmdx_desktop.imaging.colour import Bytes, Floats, lab_from_bytes
from dmdx_desktop.imaging.eye import Reading, Tone
from dmdx_desktop.models.vocabulary import Kind

Flags = NDArray[np.bool_]

_SURELY_METAL: Final = 38
_SURELY_STONE: Final = 217
_MAYBE_STONE: Final = 76
_METAL: Final = 51
_STONE: Final = 204
_LEAST_METAL: Final = 200
_SAMPLE: Final = 1 << 15

_LEAST_GOLD_CHROMA: Final = 14.0
_GOLD_HUES: Final = np.deg2rad(10.0)
_MOST_GOLDEN_STONE: Final = 0.25
_BLUISH: Final = -2.0
_SHADED: Final = (25.0, 92.0)

_COLOURED: Final = 6.0
_MOST_SPREAD: Final = 3.0
_NOT_BLACK: Final = 20.0
_LEAST_STONES: Final = 0.002


def told_by_colour(stone: Bytes, coverage: Bytes, colours: Bytes, reading: Reading) -> Bytes:
    """How likely each pixel is stone, 0 to 255 like ``stone``, once the colours of a CAD viewport were asked.

    ``coverage`` is 0 to 255, ``colours`` sRGB (height, width, 3). Other pictures keep what the eye said.
    """
    if max(reading.kind, key=lambda kind: reading.kind[kind]) is not Kind.CAD:
        return stone
    rows, columns = np.nonzero(coverage)
    chances = stone[rows, columns]
    step = max(1, len(rows) // _SAMPLE)
    metal = np.flatnonzero(chances[::step] < _SURELY_METAL) * step
    if len(metal) * step < _LEAST_METAL:
        return stone
    lab = lab_from_bytes(colours[rows, columns])
    told = stone.copy()
    told[rows, columns] = _told(chances, lab, lab[metal], reading)
    return told


def _told(chances: Bytes, lab: Floats, metal: Floats, reading: Reading) -> Bytes:
    tone = max(reading.tone, key=lambda label: reading.tone[label])
    return _beside_gold(chances, lab, metal) if tone in {Tone.YELLOW, Tone.ROSE} else _beside_grey(chances, lab, metal)


def _beside_gold(chances: Bytes, lab: Floats, metal: Floats) -> Bytes:
    """Stones with gold's own hue in more than a corner are left to the eye: citrine and amber have it."""
    coloured = metal[np.hypot(metal[:, 1], metal[:, 2]) > _LEAST_GOLD_CHROMA]
    if not len(coloured):
        return chances
    golden = _golden(lab, float(np.arctan2(np.median(coloured[:, 2]), np.median(coloured[:, 1]))))
    stones = chances > _SURELY_STONE
    told = chances.copy()
    if not stones.any() or float(golden[stones].mean()) <= _MOST_GOLDEN_STONE:
        told[golden] = np.minimum(told[golden], _METAL)
    bluish = (lab[:, 2] < _BLUISH) & (lab[:, 0] > _SHADED[0]) & (lab[:, 0] < _SHADED[1])
    told[bluish & (told < _MAYBE_STONE)] = _STONE
    return told


def _golden(lab: Floats, hue: float) -> Flags:
    off = np.abs((np.arctan2(lab[:, 2], lab[:, 1]) - hue + np.pi) % (2 * np.pi) - np.pi)
    return np.asarray((off < _GOLD_HUES) & (np.hypot(lab[:, 1], lab[:, 2]) > _LEAST_GOLD_CHROMA), np.bool_)


def _beside_grey(chances: Bytes, lab: Floats, metal: Floats) -> Bytes:
    """Only where stones were found at all: clay that takes a little colour from its surroundings has none."""
    own = np.median(metal[:, 1:], axis=0)
    if (
        float((chances > _SURELY_STONE).mean()) < _LEAST_STONES
        or float(np.percentile(np.hypot(*(metal[:, 1:] - own).T), 90)) > _MOST_SPREAD
    ):
        return chances
    coloured = (np.hypot(lab[:, 1] - own[0], lab[:, 2] - own[1]) > _COLOURED) & (lab[:, 0] > _NOT_BLACK)
    told = chances.copy()
    told[coloured & (told < 128)] = _STONE
    return told
