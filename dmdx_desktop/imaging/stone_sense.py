"""Which colours of stones a picture shows, learned from pictures with known stones. Runs in picture processes.

``training/stones.py`` fits it: a small network of two layers on numbers that say how the pixels of the stones are
coloured, how even they are, what metal they are set in, what the eye takes them for and how ``stone_groups`` names
them. None of these decides alone: a pearl and a pale facet, onyx and a dark one have the same colour.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

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

FEATURES: Final = 107
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


class Layer(BaseModel):
    """One layer of the network: a row of weights and a bias for each of its outputs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    weights: tuple[tuple[float, ...], ...] = Field(min_length=1)
    biases: tuple[float, ...] = Field(min_length=1)


class StoneSenseFile(BaseModel):
    """``stones.json`` in the folder of the eye."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hidden: Layer
    output: Layer

    @model_validator(mode="after")
    def _fit_together(self) -> "StoneSenseFile":
        for layer, inputs, outputs in (
            (self.hidden, FEATURES, len(self.hidden.biases)),
            (self.output, len(self.hidden.biases), len(COLOURS)),
        ):
            if len(layer.weights) != outputs or len(layer.biases) != outputs:
                raise ValueError("a layer has another number of outputs")
            if any(len(row) != inputs for row in layer.weights):
                raise ValueError("a layer has another number of inputs")
        return self


@dataclass(frozen=True, slots=True, eq=False)
class StoneSense:
    """The network as it was fitted."""

    hidden: tuple[NDArray[np.float64], NDArray[np.float64]]
    output: tuple[NDArray[np.float64], NDArray[np.float64]]

    def chances(self, features: Floats) -> Mapping[StoneColour, float]:
        """How likely there are stones of each colour, 0 to 1."""
        inner = np.maximum(self.hidden[0] @ features + self.hidden[1], 0.0)
        odds = np.clip(self.output[0] @ inner + self.output[1], -_LARGEST_ODDS, _LARGEST_ODDS)
        chances = 1.0 / (1.0 + np.exp(-odds))
        return {colour: float(chance) for colour, chance in zip(COLOURS, chances, strict=True)}


def load_stone_sense(resources: Path) -> StoneSense:
    """The network that comes with the program. Raises UsageError where its file is missing or damaged."""
    try:
        file = StoneSenseFile.model_validate_json((resources / EYE_FOLDER / "stones.json").read_bytes())
    except (OSError, ValidationError) as error:
        raise damaged_eye() from error
    return StoneSense(*((np.array(layer.weights), np.array(layer.biases)) for layer in (file.hidden, file.output)))


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
    """What the network is given, as one row of numbers of about -3 to 3.

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
