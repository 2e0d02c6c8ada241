"""The coloured light that stones throw on the metal beside them: found, so that a new metal can keep it.

Runs in picture processes. What differs from the metal's own colour may be a stone's glow, the old table mirrored in the
metal, a second alloy, or noise of compression. Only the first belongs to the piece in its new metal, and it is told by
two things: it leans towards the colour of a stone of this very piece, and that stone is near.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.metal_tone import steps_of
from dmdx_desktop.imaging.parts import Parts

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
class _ColouredStone:
    """The stones of one hue on a piece: which of the covered pixels they are, and their usual Lab a and b."""

    pixels: NDArray[np.intp]
    colour: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Glow:
    """The light of stones on metal: Lab a and b, shape (n, 2), to add at ``pixels`` of those that were asked about."""

    pixels: NDArray[np.intp]
    colours: Floats


def glow_of_stones(parts: Parts, own: Floats, touched: NDArray[np.intp], shape: tuple[int, int]) -> Glow:
    """What stones add to the ``touched`` pixels of ``parts``.

    ``own`` is the metal's own a and b at each step of lightness, shape (STEPS, 2); ``shape`` the height and width of
    the picture.
    """
    glows = [_glow_of(stone, parts, own, touched, shape) for stone in _coloured_stones(parts)]
    if not glows:
        return Glow(np.empty(0, np.intp), np.empty((0, 2), np.float32))
    pixels = np.unique(np.concatenate([glow.pixels for glow in glows]))
    total = np.zeros((len(pixels), 2), np.float32)
    for glow in glows:
        total[np.searchsorted(pixels, glow.pixels)] += glow.colours
    return Glow(pixels, total)


def _glow_of(
    stone: _ColouredStone, parts: Parts, own: Floats, touched: NDArray[np.intp], shape: tuple[int, int]
) -> Glow:
    near = _nearness(parts, stone.pixels, touched, shape)
    pixels = np.flatnonzero(near)
    lab = parts.lab[touched[pixels]]
    difference = lab[:, 1:] - own[steps_of(lab[:, 0])]
    towards = stone.colour - own.mean(axis=0)
    amount = difference @ (towards / max(float(np.hypot(*towards)), 1e-3)) - np.float32(_NOISE)
    alike = np.clip((amount / np.maximum(np.hypot(*difference.T), 1e-3) - _ALIKE) / (1.0 - _ALIKE), 0.0, 1.0)
    strength = np.maximum(amount, 0.0) * np.sqrt(alike) * near[pixels]
    seen = strength > _LEAST_SEEN
    # The light has the stone's own hue; how far it leans away from this metal only says how strong it is.
    hue = stone.colour / max(float(np.hypot(*stone.colour)), 1e-3)
    return Glow(pixels[seen], (strength[seen, None] * hue).astype(np.float32))


def _coloured_stones(parts: Parts) -> list[_ColouredStone]:
    """The stones with a colour of their own, by hue, the largest first."""
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
    return [_ColouredStone(pixels[sectors == one], np.median(colours[sectors == one], axis=0)) for one in found]


def _nearness(parts: Parts, stone: NDArray[np.intp], touched: NDArray[np.intp], shape: tuple[int, int]) -> Floats:
    """1 beside the stone, 0 from about a tenth of the picture away, for each touched pixel."""
    step = max(1, -(-max(shape) // _PLANE_SIDE))
    small = np.zeros((-(-shape[0] // step), -(-shape[1] // step)), np.uint8)
    small[parts.rows[stone] // step, parts.columns[stone] // step] = 255
    radius = max(1.0, _REACH * max(small.shape) / 2)
    spread = Image.fromarray(small).filter(ImageFilter.BoxBlur(radius)).filter(ImageFilter.BoxBlur(radius))
    share = np.minimum(np.asarray(spread, np.float32) / np.float32(_FULLY_NEAR), np.float32(1.0))
    return np.asarray(share[parts.rows[touched] // step, parts.columns[touched] // step], np.float32)
