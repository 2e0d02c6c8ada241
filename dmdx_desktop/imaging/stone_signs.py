"""Which pixels of a piece are stone by their colour: a second witness beside the eye. Runs in picture processes.

Gold has one hue, and a chroma that follows its lightness; what lies off that line is no gold. So colour tells stones
set in gold well, and coloured ones in white metal; of diamonds in platinum it says nothing. Where the eye sees nothing
like a stone no colour makes one, since polished gold mirrors what is around it.
"""

from typing import Final

import numpy as np
from PIL import Image, ImageFilter

from dmdx_desktop.imaging.colour import Bytes, Floats, lab_from_bytes
from dmdx_desktop.imaging.eye import Reading, Tone

_COVERED: Final = 200
_SURELY_METAL: Final = 12
"""What is less likely stone than this, 0 to 255, no colour makes one."""
_LEAST_PIXELS: Final = 50
_SAMPLES: Final = 6000
_LIT: Final = (30.0, 88.0)
_MIRRORS: Final = (18.0, 93.0)
"""Lab lightness below and above which gold mirrors the dark and the lamps and has no colour of its own."""
_PALE: Final = 0.45
_STEEP: Final = 6.0
_MOST: Final = 2.0
_OFF_HUE: Final = (9.0, 0.75, 10.0)
_COLOURED: Final = 13.0
_SURE: Final = 2.5
_WEIGHT: Final = 0.8
_GOLDEN: Final = frozenset({Tone.YELLOW, Tone.ROSE})
_LIKELY: Final = 127
_FEW: Final = 0.1
_NEXT_TO_NONE: Final = 0.01
_SCALE: Final = 40
_BLUR: Final = 2


def with_colour_signs(stone: Bytes, colours: Bytes, coverage: Bytes, golden: bool) -> Bytes:
    """``stone``, 0 to 255 for how likely each pixel is stone, corrected by colour; 0 where there is no piece.

    ``colours`` is sRGB (height, width, 3); ``golden`` says that the metal is yellow or rose.
    """
    inside = coverage > _COVERED
    doubtful = inside & (stone > _SURELY_METAL)
    if int(inside.sum()) < _LEAST_PIXELS or not doubtful.any():
        return stone
    lab = lab_from_bytes(colours[doubtful])
    signs = np.zeros(stone.shape, dtype=np.float32)
    signs[doubtful] = _off_gold(lab, _some(colours[inside])) if golden else _coloured(lab)
    seen = np.clip(stone.astype(np.float32), 2.0, 253.0) / 255
    odds = np.log(seen / (1 - seen)) + np.float32(_WEIGHT) * _smoothed(signs)
    chances = 255.0 / (1.0 + np.exp(-odds))
    return np.where(stone > 0, np.rint(chances), 0).astype(np.uint8)


def without_mirrors(stone: Bytes, colours: Bytes, coverage: Bytes, reading: Reading) -> Bytes:
    """``stone`` of a piece that reads so, or all 0 where it is gold and colour takes next to all of it for gold.

    Polished gold mirrors lamps in pale places that the eye may take for a few stones.
    """
    if max(reading.tone, key=lambda tone: reading.tone[tone]) not in _GOLDEN:
        return stone
    covered = max(int((coverage > _COVERED).sum()), 1)
    if not 0 < int((stone > _LIKELY).sum()) < _FEW * covered:
        return stone
    confirmed = with_colour_signs(stone, colours, coverage, golden=True) > _LIKELY
    return stone if int(confirmed.sum()) >= _NEXT_TO_NONE * covered else np.zeros_like(stone)


def _some(colours: Bytes) -> Floats:
    """Lab colours of some thousand evenly chosen pixels."""
    return lab_from_bytes(colours[:: max(1, len(colours) // _SAMPLES)])


def _gold_of(piece: Floats) -> tuple[float, float]:
    """Lab a and b of the gold of a piece: of its lit pixels the more colourful half."""
    lit = piece[(piece[:, 0] > _LIT[0]) & (piece[:, 0] < _LIT[1])]
    pixels = lit if len(lit) else piece
    chroma = np.hypot(pixels[:, 1], pixels[:, 2])
    first, second = np.median(pixels[chroma >= np.median(chroma), 1:], axis=0)
    return float(first), float(second)


def _off_gold(lab: Floats, piece: Floats) -> Floats:
    """Log odds for each Lab pixel that it is no gold; ``piece`` are pixels of the whole golden piece."""
    lightness, chroma = lab[:, 0], np.hypot(lab[:, 1], lab[:, 2])
    first, second = _gold_of(piece)
    usual = max(float(np.hypot(first, second)), 1.0)
    along = (lab[:, 1] * first + lab[:, 2] * second) / usual
    across = np.abs(lab[:, 2] * first - lab[:, 1] * second) / usual
    expected = usual * np.clip((100.0 - lightness) / 30.0, 0.15, 1.0) * np.clip(lightness / 30.0, 0.3, 1.0)
    odds = np.clip((_PALE - along / np.maximum(expected, 4.0)) * _STEEP, -_MOST, _MOST)
    odds[(lightness < _MIRRORS[0]) | (lightness > _MIRRORS[1])] = 0.0
    least, share, colourful = _OFF_HUE
    odds[(across > np.maximum(least, share * np.abs(along))) & (chroma > colourful)] = _SURE
    return np.asarray(odds.astype(np.float32), np.float32)


def _coloured(lab: Floats) -> Floats:
    """Log odds for each Lab pixel of a white piece that it is a coloured stone."""
    return np.asarray(np.where(np.hypot(lab[:, 1], lab[:, 2]) > _COLOURED, _MOST, 0.0), np.float32)


def _smoothed(signs: Floats) -> Floats:
    """The mean over the next pixels: single ones are highlights and noise."""
    plane = Image.fromarray(np.clip(signs * _SCALE + 128, 0, 255).astype(np.uint8))
    return np.asarray((np.asarray(plane.filter(ImageFilter.BoxBlur(_BLUR)), np.float32) - 128) / _SCALE, np.float32)
