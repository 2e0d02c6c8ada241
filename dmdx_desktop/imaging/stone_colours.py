"""The colours of the stones in a cut-out, as a person would say them. Runs in picture processes."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.cutout import CutOut
from dmdx_desktop.imaging.parts import GOLD_HUES, Body, Parts
from dmdx_desktop.imaging.regions import find_regions
from dmdx_desktop.models.piece import Stone
from dmdx_desktop.models.sourced import Sourced, unstated
from dmdx_desktop.models.vocabulary import Kind, Species, StoneColour

_WORKING_SIDE: Final = 640
_LEAST_PATCH: Final = 24
_LEAST_SHARE: Final = 0.012
_COLOURED: Final = 20.0
_VIVID: Final = 62.0
_TINGED: Final = 3.0
_SMOOTH: Final = 9.0
_PEARL_SHARE: Final = 0.04
_ROUND_FILL: Final = 0.62
_GOLD_LIKE: Final = frozenset({StoneColour.ORANGE, StoneColour.YELLOW, StoneColour.BROWN})
_HUE_NAMES: Final = (
    (40.0, StoneColour.RED),
    (66.0, StoneColour.ORANGE),
    (108.0, StoneColour.YELLOW),
    (192.0, StoneColour.GREEN),
    (305.0, StoneColour.BLUE),
    (342.0, StoneColour.PURPLE),
    (360.0, StoneColour.RED),
)
"""Upper limits of Lab hue angles in degrees."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How large a patch is within the piece, and how much of its bounding box it fills (a disc: 0.79)."""

    share: float
    box_fill: float

    @property
    def is_round(self) -> bool:
        """Whether it may be a disc or an oval."""
        return self.box_fill > _ROUND_FILL


@dataclass(frozen=True, slots=True)
class _Patch:
    colour: StoneColour
    area: int


def read_stones(cut: CutOut, parts: Parts, kind: Kind) -> tuple[Stone, ...]:
    """The groups of stones by colour, largest first. Empty where nothing in the picture tells stones from metal."""
    if parts.body is Body.COLOURLESS and kind is not Kind.PHOTO:
        return ()
    total = max(len(parts.rows) / _step(cut) ** 2, 1.0)
    patches = _patches(cut, parts, kind, total)
    stones = []
    for colour in dict.fromkeys(patch.colour for patch in patches):
        alike = [patch for patch in patches if patch.colour is colour]
        area = sum(patch.area for patch in alike)
        if area > _LEAST_SHARE * total:
            stones.append((area, _stone(colour, alike, parts)))
    return tuple(stone for _, stone in sorted(stones, key=lambda pair: -pair[0]))


def _stone(colour: StoneColour, alike: list[_Patch], parts: Parts) -> Stone:
    tinted = colour not in (StoneColour.COLOURLESS, StoneColour.WHITE, StoneColour.CREAM)
    sure = 0.85 if tinted else 0.65 if parts.body is Body.GOLD else 0.4
    pearly = colour in (StoneColour.WHITE, StoneColour.CREAM)
    return Stone(
        colour=Sourced[StoneColour](value=colour, confidence=sure),
        species=Sourced[Species](value=Species.PEARL, confidence=0.5) if pearly else unstated(Species.UNKNOWN),
        count=Sourced[int | None](value=len(alike), confidence=0.5 if len(alike) == 1 else 0.25),
    )


def _step(cut: CutOut) -> int:
    height, width = cut.coverage.shape
    return max(1, -(-int(max(height, width)) // _WORKING_SIDE))


def _patches(cut: CutOut, parts: Parts, kind: Kind, total: float) -> list[_Patch]:
    """Connected stone pixels of one colour name each, at a reduced size."""
    step = _step(cut)
    here = (parts.rows % step == 0) & (parts.columns % step == 0)
    rows, columns, lab = parts.rows[here] // step, parts.columns[here] // step, parts.lab[here]
    shape = tuple(-(-side // step) for side in cut.coverage.shape)
    plane = np.zeros(shape, dtype=np.bool_)
    plane[rows, columns] = parts.stone[here] > 0.5
    regions = find_regions(plane)
    labels = regions.labels[rows, columns]
    order = np.argsort(labels, kind="stable")
    bounds = np.searchsorted(labels[order], np.arange(regions.count + 2))
    found = []
    for label in range(1, regions.count + 1):
        members = order[bounds[label] : bounds[label + 1]]
        if len(members) < _LEAST_PATCH:
            continue
        box = (int(np.ptp(rows[members])) + 1) * (int(np.ptp(columns[members])) + 1)
        form = _Form(share=len(members) / total, box_fill=len(members) / box)
        colour = _name(lab[members], form, parts.body, kind)
        if colour is not None:
            found.append(_Patch(colour, len(members)))
    return found


def _name(lab: Floats, form: "_Form", body: Body, kind: Kind) -> StoneColour | None:
    """What a patch of those Lab pixels is called; None for what is more likely a highlight, a shadow or ink."""
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    vivid = chroma >= np.percentile(chroma, 70)
    strength = float(np.median(chroma[vivid]))
    first, second = float(np.median(lab[vivid, 1])), float(np.median(lab[vivid, 2]))
    angle = float(np.degrees(np.arctan2(second, first)) % 360)
    if strength >= _COLOURED:
        name = _hue_name(angle, float(np.median(lab[vivid, 0])), strength)
        like_metal = body is Body.GOLD and name in _GOLD_LIKE and strength < _VIVID
        return None if like_metal else name
    if kind is Kind.SKETCH and body is not Body.GOLD:
        return None
    golden = body is Body.GOLD and strength > _TINGED and GOLD_HUES[0] < angle < GOLD_HUES[1]
    return _neutral_name(lab, form, kind, golden)


def _neutral_name(lab: Floats, form: "_Form", kind: Kind, golden: bool) -> StoneColour | None:
    """Facets scatter light and dark; a pearl is smooth, round and not small. Dark and even is black or a shadow."""
    low, middle, high = (float(value) for value in np.percentile(lab[:, 0], [25, 50, 75]))
    smooth = high - low < _SMOOTH
    if middle < 18.0:
        return StoneColour.BLACK if form.is_round and form.share > _PEARL_SHARE else None
    if smooth and kind is Kind.PHOTO and form.is_round and form.share > _PEARL_SHARE and middle > 55.0:
        return StoneColour.CREAM if float(np.median(lab[:, 2])) > 2.0 else StoneColour.WHITE
    if golden and (smooth or (not form.is_round and high - low < 2 * _SMOOTH)):
        return None
    return StoneColour.COLOURLESS


def _hue_name(angle: float, lightness: float, strength: float) -> StoneColour:
    name = next(name for limit, name in _HUE_NAMES if angle <= limit)
    if name is StoneColour.RED and lightness > 62.0 and strength < 45.0:
        return StoneColour.PINK
    if name is StoneColour.ORANGE and lightness < 45.0 and strength < 40.0:
        return StoneColour.BROWN
    return name
