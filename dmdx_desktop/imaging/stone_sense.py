"""Which colours of stones a picture shows, learned from pictures with known stones. Runs in picture processes.

``training/stones.py`` fits it: boosted trees on numbers that say how the pixels of the stones are coloured, how even
they are, what metal they are set in, what the eye takes them for and how ``stone_groups`` names them. None of these
decides alone: a pearl and a pale facet, onyx and a dark one have the same colour.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageFilter
from pydantic import ValidationError

from dmdx_desktop.imaging.boosted_trees import BoostedTrees, TreesFile
from dmdx_desktop.imaging.colour import Bytes, Floats, lab_from_bytes
from dmdx_desktop.imaging.eye import EYE_FOLDER, Tone, damaged_eye
from dmdx_desktop.imaging.regions import Mask, find_regions, shrink
from dmdx_desktop.imaging.stone_places import SeenStone
from dmdx_desktop.models.piece import Stone
from dmdx_desktop.models.vocabulary import Kind, StoneColour

COLOURS: Final = (
    StoneColour.COLOURLESS,
    StoneColour.CREAM,
    StoneColour.YELLOW,
    StoneColour.RED,
    StoneColour.PINK,
    StoneColour.PURPLE,
    StoneColour.BLUE,
    StoneColour.GREEN,
    StoneColour.BLACK,
)
"""What it can tell apart; white is called cream, as of pearls."""

FEATURES: Final = 122
"""How many numbers ``stone_features`` gives."""

SURELY_STONE: Final = 150
"""Pixels likelier stone than this, 0 to 255, are looked at."""
_COVERED: Final = 200
_SURELY_METAL: Final = 60
_SAMPLES: Final = 20_000
_EVEN: Final = 3
_PALE, _VIVID = 6.0, 14.0
_GREYS, _PALE_HUES, _VIVID_HUES = 5, 6, 12
_CALM: Final = 4.0
_CALM_MARGIN: Final = 2
_SINGLES: Final = 3
_PEARLY: Final = 0.8
_LEAST: Final = 0.001
_LEAST_CHANCE: Final = 0.003
_LARGEST_ODDS: Final = 6.0


@dataclass(frozen=True, slots=True, eq=False)
class StoneSense:
    """The trees as they were fitted."""

    trees: BoostedTrees

    def chances(self, features: Floats) -> Mapping[StoneColour, float]:
        """How likely there are stones of each colour, 0 to 1."""
        odds = np.clip(self.trees.log_odds(features), -_LARGEST_ODDS, _LARGEST_ODDS)
        chances = 1.0 / (1.0 + np.exp(-odds))
        return {colour: float(chance) for colour, chance in zip(COLOURS, chances, strict=True)}


def load_stone_sense(resources: Path) -> StoneSense:
    """The trees that come with the program. Raises UsageError where their file is missing or damaged."""
    try:
        file = TreesFile.model_validate_json((resources / EYE_FOLDER / "stones.json").read_bytes())
    except (OSError, ValidationError) as error:
        raise damaged_eye() from error
    if file.inputs != FEATURES or len(file.biases) != len(COLOURS):
        raise damaged_eye()
    return StoneSense(BoostedTrees.of_file(file))


@dataclass(frozen=True, slots=True, eq=False)
class StonePixels:
    """The planes of a picture that stones are read from, all of one size (height, width)."""

    stone: Bytes
    """0 to 255, how likely each pixel is stone by all that is known."""
    seen: Bytes
    """The same by the eye alone."""
    colours: Bytes
    """sRGB, shape (height, width, 3)."""
    coverage: Bytes


def stone_features(
    pixels: StonePixels,
    stones: Sequence[SeenStone],
    groups: Sequence[tuple[Stone, float]],
    kind: Kind,
    tone: Mapping[Tone, float],
    eye: Mapping[StoneColour, float],
) -> Floats:
    """What the trees are given, as one row of numbers of about -3 to 3.

    ``stones`` are the single ones, largest first; ``groups`` are stones as ``stone_groups`` names them, with the share
    of the piece that each covers.
    """
    stony = (pixels.stone > SURELY_STONE) & (pixels.coverage > _COVERED)
    metal = (pixels.stone < _SURELY_METAL) & (pixels.coverage > _COVERED)
    share = float(stony.sum()) / max(float((pixels.coverage > 127).sum()), 1.0)
    lab = lab_from_bytes(_some(pixels.colours[stony]))
    restless = _restlessness(pixels.colours)
    return np.concatenate(
        [
            np.sqrt(_shares_of_colours(lab)),
            [np.log(max(share, _LEAST)) / 2, float(restless[stony].mean()) / 10 if stony.any() else 0.0, _spread(lab)],
            [float(pixels.seen[stony].mean()) / 255 if stony.any() else 0.0],
            _look_of(lab_from_bytes(_some(pixels.colours[metal]))),
            [tone[one] for one in Tone],
            [float(kind is one) for one in (Kind.CAD, Kind.SKETCH, Kind.PHOTO)],
            [log_odds(eye.get(colour, 0.0)) / 2 for colour in COLOURS],
            *(_named(groups, colour) for colour in COLOURS),
            _crowd(stones),
            _calm_place(pixels, stony, restless),
            _crowds_by_chroma(stones),
            *(_single(stones[at : at + 1], stones) for at in range(_SINGLES)),
        ]
    ).astype(np.float32)


def _some(colours: Bytes) -> Bytes:
    return colours[:: max(1, len(colours) // _SAMPLES)]


def _shares_of_colours(lab: Floats) -> Floats:
    """How much of the stones is of each grey, pale hue, and dark and light vivid hue; adds up to 1 or is all 0."""
    chroma, hue = np.hypot(lab[:, 1], lab[:, 2]), np.arctan2(lab[:, 2], lab[:, 1]) / (2 * np.pi) % 1.0
    grey = np.minimum((lab[:, 0] / 100 * _GREYS).astype(np.intp), _GREYS - 1).clip(0)
    pale = _GREYS + np.minimum((hue * _PALE_HUES).astype(np.intp), _PALE_HUES - 1)
    vivid = _GREYS + _PALE_HUES + np.minimum((hue * _VIVID_HUES).astype(np.intp), _VIVID_HUES - 1)
    vivid = vivid + _VIVID_HUES * (lab[:, 0] > 50)
    bins = np.where(chroma < _PALE, grey, np.where(chroma < _VIVID, pale, vivid))
    counts = np.bincount(bins, minlength=_GREYS + _PALE_HUES + 2 * _VIVID_HUES)
    return np.asarray(counts / max(len(lab), 1), np.float32)


def _restlessness(colours: Bytes) -> Floats:
    """How much each pixel differs from those around it, in levels: facets do, pearls do not."""
    grey = Image.fromarray(colours).convert("L")
    blurred = np.asarray(grey.filter(ImageFilter.BoxBlur(_EVEN)), np.float32)
    return np.asarray(np.abs(np.asarray(grey, np.float32) - blurred), np.float32)


def _calm_place(pixels: StonePixels, stony: Mask, restless: Floats) -> Floats:
    """The largest place without any facet in the stones, as a pearl is amid small diamonds: its share and colours."""
    calm = shrink(stony & (restless < _CALM), _CALM_MARGIN)
    places = find_regions(calm)
    if not places.count:
        return np.zeros(5, np.float32)
    largest = int(places.areas[1:].argmax()) + 1
    lab = lab_from_bytes(_some(pixels.colours[places.labels == largest]))
    lightness, first, second = lab.mean(axis=0)
    share = float(places.areas[largest] / stony.sum())
    return np.array([share, lightness / 50 - 1, first / 20, second / 20, _spread(lab)], np.float32)


def _spread(lab: Floats) -> float:
    return float(lab[:, 0].std()) / 20 if len(lab) else 0.0


def _look_of(lab: Floats) -> Floats:
    if not len(lab):
        return np.zeros(4, np.float32)
    lightness, first, second = lab.mean(axis=0)
    return np.array([lightness / 50 - 1, first / 10, second / 20, _spread(lab)], np.float32)


def _crowd(stones: Sequence[SeenStone]) -> Floats:
    """How many stones there are, how much of them is even as a pearl, and how unlike in lightness they are."""
    if not stones:
        return np.zeros(4, np.float32)
    areas = np.array([one.area for one in stones])
    even = float(areas[[one.evenness > _PEARLY for one in stones]].sum() / areas.sum())
    means = np.array([one.lab[:, 0].mean() for one in stones])
    return np.array([np.log(len(stones)) / 2, even, means.std() / 20, float(areas[0] / areas.sum())], np.float32)


def _crowds_by_chroma(stones: Sequence[SeenStone]) -> Floats:
    """Of the grey, pale and vivid stones: how many, how much of all, how light, how even, and how grey in themselves.

    The glints of a sapphire are as grey as a diamond; but they lie in stones that are blue for the most part.
    """
    chroma = [np.hypot(one.lab[:, 1], one.lab[:, 2]) for one in stones]
    middles = np.array([float(np.median(each)) for each in chroma])
    total = sum(one.area for one in stones)
    signs: list[float] = []
    for low, high in ((0.0, _PALE), (_PALE, _VIVID), (_VIVID, math.inf)):
        crowd = [(one, each) for one, each, middle in zip(stones, chroma, middles, strict=True) if low <= middle < high]
        area = sum(one.area for one, _ in crowd) or 1.0
        light = sum(one.area * float(one.lab[:, 0].mean()) for one, _ in crowd) / area
        even = sum(one.area * one.evenness for one, _ in crowd) / area
        grey = sum(one.area * float((each < _PALE).mean()) for one, each in crowd) / area
        share = sum(one.area for one, _ in crowd) / total if crowd else 0.0
        signs += [math.log1p(len(crowd)) / 2, share**0.5, light / 50 - 1 if crowd else 0.0, even, grey]
    return np.array(signs, np.float32)


def _single(one: Sequence[SeenStone], stones: Sequence[SeenStone]) -> Floats:
    """One stone, if it is there: how large among all, how even, how round, and its colour."""
    if not one:
        return np.zeros(7, np.float32)
    stone = one[0]
    lightness, first, second = stone.lab.mean(axis=0)
    share = stone.area / sum(each.area for each in stones)
    return np.array(
        [share, stone.evenness, stone.fill, lightness / 50 - 1, first / 20, second / 20, _spread(stone.lab)], np.float32
    )


def _named(groups: Sequence[tuple[Stone, float]], colour: StoneColour) -> Floats:
    """What share of the piece is called that colour, and how surely."""
    names = {colour, StoneColour.WHITE} if colour is StoneColour.CREAM else {colour}
    share, sure = 0.0, 0.0
    for stone, covered in groups:
        if stone.colour.value in names:
            share, sure = share + covered, max(sure, stone.colour.confidence)
    return np.array([np.log(max(share, _LEAST) / _LEAST) / 3, 2 * sure], np.float32)


def log_odds(chance: float) -> float:
    """The natural logarithm of the odds of a chance from 0 to 1, within about 6 of 0."""
    bounded = min(max(chance, _LEAST_CHANCE), 1.0 - _LEAST_CHANCE)
    return math.log(bounded / (1.0 - bounded))
