"""The stones of a cut-out: how many of which colours, and where. Runs in picture processes.

The pixels (``stone_groups``) know how many stones there are, where, and their exact colours, but not what stones are
made of: a black facet of a diamond and onyx, a pearl and a pale facet look alike by colour alone. ``stone_sense`` has
learned which colours a picture shows by all that is known of it, and neither counts nor places them. It decides about
the colours that it knows; about others, as orange, the pixels do.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from PIL import Image

from dmdx_desktop.imaging.colour import Bytes, Floats
from dmdx_desktop.imaging.cutout import CutOut
from dmdx_desktop.imaging.eye import Tone
from dmdx_desktop.imaging.stone_groups import describe_stones, join_groups
from dmdx_desktop.imaging.stone_places import find_stones
from dmdx_desktop.imaging.stone_sense import SURELY_STONE, StonePixels, StoneSense, log_odds, stone_features
from dmdx_desktop.imaging.stone_signs import with_colour_signs
from dmdx_desktop.models.piece import Stone
from dmdx_desktop.models.sourced import Sourced
from dmdx_desktop.models.vocabulary import Kind, StoneColour

_SIDE: Final = 800
_GOLDEN: Final = frozenset({Tone.YELLOW, Tone.ROSE})
_GOLD_LIKE: Final = frozenset({StoneColour.YELLOW, StoneColour.ORANGE, StoneColour.BROWN})

_ANY: Final = -1.4
_NAMED: Final = 1.1
_SIZE: Final = 1.0
_STONY: Final = 0.6
_LIKE_GOLD: Final = -0.6
"""Log odds of a colour that only the pixels know, and the weights of what speaks for it; see ``_odds``."""

_USUAL_SHARE: Final = 0.05
_LEAST_SHARE: Final = 0.002
_CALM: Final = 0.7
"""By what log odds are multiplied before they are told: each says less of the truth than it seems."""
_MOST: Final = 0.9


@dataclass(frozen=True, slots=True)
class SeenGroup:
    """A group of stones as the pixels have it, and what speaks for there being stones at all."""

    stone: Stone
    share: float
    """How much of the piece its stones cover, 0 to 1."""
    stony: float
    """How likely the eye takes its pixels for stone, 0 to 1 on average."""
    like_gold: bool = False
    """Whether it has a colour of gold and is set in gold."""

    @property
    def colour(self) -> StoneColour:
        """Its colour."""
        return self.stone.colour.value


def read_stones(cut: CutOut, kind: Kind, tone: Mapping[Tone, float], sense: StoneSense) -> tuple[Stone, ...]:
    """The groups of stones by colour, the group that covers most first.

    ``tone`` is the chance of each tone of the metal; where it is likeliest hidden the picture shows no colours.
    """
    if max(tone, key=lambda label: tone[label]) is Tone.HIDDEN:
        return ()
    signs = stone_signs_of(cut, kind, tone)
    return agreed_groups(signs.groups, sense.chances(signs.features))


@dataclass(frozen=True, slots=True, eq=False)
class StoneSigns:
    """What the pixels of a picture say about its stones."""

    groups: Sequence[SeenGroup]
    features: Floats


def stone_signs_of(cut: CutOut, kind: Kind, tone: Mapping[Tone, float]) -> StoneSigns:
    """The stones of a cut-out as groups by colour, and as the numbers that ``StoneSense`` is given."""
    seen, colours, coverage = (_reduced(plane) for plane in (cut.stone, cut.colours, cut.coverage))
    golden = max(tone, key=lambda label: tone[label]) in _GOLDEN
    stone = with_colour_signs(seen, colours, coverage, golden)
    stones = find_stones(stone, colours, coverage)
    groups = [
        replace(_weighed(group, stone, seen, coverage), like_gold=golden and group.colour.value in _GOLD_LIKE)
        for group in describe_stones(stones, kind)
    ]
    pixels = StonePixels(stone, seen, colours, coverage)
    named = [(group.stone, group.share) for group in groups]
    return StoneSigns(groups, stone_features(pixels, stones.stones, named, kind, tone, cut.reading.colours))


def agreed_groups(groups: Sequence[SeenGroup], sense: Mapping[StoneColour, float]) -> tuple[Stone, ...]:
    """``groups`` as both witnesses have them; ``sense`` is the chance of each colour that ``StoneSense`` knows.

    A group whose colour is not believed is named as the likeliest colour that no other group has, or joins the group
    that covers most. A colour that only the sense is sure of has neither count nor places.
    """
    odds = {colour: _odds(colour, groups, sense) for colour in _colours(groups, sense)}
    believed = sorted((colour for colour in odds if odds[colour] > 0.0), key=lambda colour: (-odds[colour], colour))
    held = [group.stone for group in groups if group.colour in believed]
    left = [group.stone for group in groups if group.colour not in believed]
    for colour in believed:
        if all(group.colour is not colour for group in groups):
            held.append(_named(left.pop(0) if left else Stone(), colour))
    if held and left:
        held[0] = join_groups(held[0], left)
    return tuple(_sure(group, odds[group.colour.value]) for group in held)


def _colours(groups: Sequence[SeenGroup], sense: Mapping[StoneColour, float]) -> set[StoneColour]:
    """White and cream are one word for whoever looks at a pearl; the pixels decide which."""
    seen = {group.colour for group in groups}
    return seen | set(sense) - ({StoneColour.CREAM} if StoneColour.WHITE in seen else set())


def _odds(colour: StoneColour, groups: Sequence[SeenGroup], sense: Mapping[StoneColour, float]) -> float:
    """The log odds that there are stones of a colour; of one that the sense does not know, by the pixels alone."""
    known = StoneColour.CREAM if colour is StoneColour.WHITE else colour
    if known in sense:
        return log_odds(sense[known])
    group = next(group for group in groups if group.colour is colour)
    return (
        _ANY
        + _NAMED * log_odds(group.stone.colour.confidence)
        + _SIZE * math.log(max(group.share, _LEAST_SHARE) / _USUAL_SHARE)
        + _STONY * log_odds(group.stony)
        + (_LIKE_GOLD if group.like_gold else 0.0)
    )


def _reduced(plane: Bytes) -> Bytes:
    """No longer than is worked on: smaller stones are not named singly."""
    step = -(-max(plane.shape[:2]) // _SIDE)
    return np.asarray(Image.fromarray(plane).reduce(step)) if step > 1 else plane


def _weighed(group: Stone, stone: Bytes, seen: Bytes, coverage: Bytes) -> SeenGroup:
    """``group`` with its share of the piece, and how much of a stone the eye alone saw there (``seen``)."""
    height, width = coverage.shape
    area, stony = 0, 0.0
    for box in group.places:
        rows = slice(int(box.y * height), int((box.y + box.height) * height) + 1)
        columns = slice(int(box.x * width), int((box.x + box.width) * width) + 1)
        chosen = seen[rows, columns][stone[rows, columns] > SURELY_STONE]
        area += chosen.size
        stony += float(chosen.sum(dtype=np.float64)) / 255
    piece = max(int((coverage > 127).sum()), 1)
    return SeenGroup(group, area / piece, stony / max(area, 1))


def _named(group: Stone, colour: StoneColour) -> Stone:
    return group.model_copy(update={"colour": Sourced[StoneColour](value=colour)})


def _sure(group: Stone, odds: float) -> Stone:
    chance = min(1.0 / (1.0 + math.exp(-_CALM * odds)), _MOST)
    return group.model_copy(
        update={"colour": Sourced[StoneColour](value=group.colour.value, confidence=round(chance, 3))}
    )
