"""Metal and stones told apart within a cut-out, by colour and by how busy the surface is. Runs in picture processes.

Works on the covered pixels alone, as a list. Gold is told by its hue; a neutral body by what is not neutral on it.
Colourless stones in white metal differ from it only in their sparkle, which is why the confidence is low there.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from dmdx_desktop.imaging.colour import Floats, lab_from_bytes
from dmdx_desktop.imaging.cutout import CutOut

Flags = NDArray[np.bool_]

GOLD_HUES: Final = (32.0, 108.0)
"""Lab hue angles, in degrees, between which polished gold alloys lie."""

_GOLD_CHROMA: Final = 9.0
_GOLD_SHARE: Final = 0.12
_CLAY_CHROMA: Final = 5.5
_STONE_CHROMA: Final = 14.0
_NEUTRAL_CHROMA: Final = 10.0
_TINGE: Final = 4.5
_SPARKLE: Final = 14.0
_CLAY_RANGE: Final = 20.0
_VIVID_GOLD: Final = 62.0
_HUE_ROOM: Final = 32.0


class Body(StrEnum):
    """What the colours of a piece say about its metal."""

    GOLD = "gold"
    WHITE = "white"
    COLOURLESS = "colourless"
    """No colour anywhere: clay, wax or an uncoloured drawing, which say nothing about the metal."""


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The covered pixels of a cut-out: where they are, their Lab colours, and which are stone."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    lab: Floats
    stone: Floats
    """0 to 1 for each covered pixel: how much it belongs to a stone, pearl or enamel."""
    body: Body
    confidence: float

    @property
    def chroma(self) -> Floats:
        """Lab chroma of each covered pixel."""
        return np.hypot(self.lab[:, 1], self.lab[:, 2])

    @property
    def hue(self) -> Floats:
        """Lab hue angle of each covered pixel, 0 to 360 degrees."""
        return np.degrees(np.arctan2(self.lab[:, 2], self.lab[:, 1])) % 360

    @property
    def metal(self) -> Flags:
        """Covered pixels that are surely metal."""
        return self.stone < 0.25


def tell_parts(cut: CutOut, least_coverage: int = 1) -> Parts:
    """The parts of a cut-out's pixels that are covered at least that much (1 to 255)."""
    rows, columns = np.nonzero(cut.coverage >= least_coverage)
    lab = lab_from_bytes(cut.colours[rows, columns])
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    hue = np.degrees(np.arctan2(lab[:, 2], lab[:, 1])) % 360
    golden = (chroma > _GOLD_CHROMA) & (hue > GOLD_HUES[0]) & (hue < GOLD_HUES[1])
    body = _body_of(chroma, golden, cut.drawn)
    if not len(rows) or (body is Body.COLOURLESS and (cut.drawn or _is_dull(lab))):
        return Parts(rows, columns, lab, np.zeros(len(rows), dtype=np.float32), Body.COLOURLESS, 0.3)
    if body is Body.GOLD:
        flags = _stone_in_gold(lab, chroma, hue, golden)
        confidence = 0.8
    else:
        flags = _stone_in_white(lab, chroma) | _sparkling(cut, rows, columns)
        confidence = 0.45
    stone = _as_patches(flags, rows, columns, cut.coverage.shape)
    return Parts(rows, columns, lab, stone, body, confidence)


def _body_of(chroma: Floats, golden: Flags, drawn: bool) -> Body:
    """Paper has a tint of its own, so a drawing needs more colour than a picture to count as coloured."""
    limit = 2 * _CLAY_CHROMA if drawn else _CLAY_CHROMA
    if not len(chroma) or float(np.percentile(chroma, 97)) < limit:
        return Body.COLOURLESS
    return Body.GOLD if float(golden.mean()) > _GOLD_SHARE else Body.WHITE


def _is_dull(lab: Floats) -> bool:
    """Whether lightness varies as little as on clay or wax: no highlight, no dark reflection."""
    low, high = np.percentile(lab[:, 0], [10, 90])
    return bool(high - low < _CLAY_RANGE)


def _stone_in_gold(lab: Floats, chroma: Floats, hue: Floats, golden: Flags) -> Flags:
    """What is coloured otherwise than this gold, and what has no colour though it is lit. Dark pixels stay metal."""
    usual = float(np.median(hue[golden]))
    off_hue = np.abs((hue - usual + 180.0) % 360.0 - 180.0) > _HUE_ROOM
    coloured = (chroma > _STONE_CHROMA) & off_hue
    neutral = (chroma < _NEUTRAL_CHROMA) & (lab[:, 0] > 30.0)
    bluish = (chroma > _TINGE) & (hue > 180.0) & (hue < 320.0)
    vivid = (chroma > _VIVID_GOLD) & (lab[:, 0] > 45.0)
    return np.asarray(coloured | neutral | bluish | vivid, np.bool_)


def _stone_in_white(lab: Floats, chroma: Floats) -> Flags:
    """What differs in hue from the middle of the neutral pixels."""
    neutral = chroma < 6.0
    middle = np.median(lab[neutral, 1:], axis=0) if neutral.any() else np.zeros(2, dtype=np.float32)
    return np.asarray(np.hypot(lab[:, 1] - middle[0], lab[:, 2] - middle[1]) > _TINGE, np.bool_)


def _sparkling(cut: CutOut, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Flags:
    """Where lightness changes from pixel to pixel as it does in facets, and not only along one edge."""
    grey = Image.fromarray(cut.colours).convert("L")
    radius = max(2, round(max(grey.size) / 300))
    detail = np.abs(np.asarray(grey, dtype=np.int16) - np.asarray(grey.filter(ImageFilter.BoxBlur(2)), dtype=np.int16))
    busy = Image.fromarray(np.minimum(detail * 2, 255).astype(np.uint8)).filter(ImageFilter.BoxBlur(2 * radius))
    return np.asarray(np.asarray(busy)[rows, columns] > 2 * _SPARKLE, dtype=np.bool_)


def _as_patches(flags: Flags, rows: NDArray[np.intp], columns: NDArray[np.intp], shape: tuple[int, ...]) -> Floats:
    """The flags as soft patches: lone highlights and specks vanish, the inside of patches becomes whole."""
    plane = np.zeros(shape, dtype=np.uint8)
    plane[rows, columns] = flags.astype(np.uint8) * 255
    radius = max(1, round(max(shape) / 400))
    patches = Image.fromarray(plane).filter(ImageFilter.MedianFilter(2 * min(radius, 3) + 1))
    smooth = np.asarray(patches.filter(ImageFilter.BoxBlur(radius)), dtype=np.float32)[rows, columns] / 255
    return np.clip((smooth - 0.2) / 0.5, 0.0, 1.0)
