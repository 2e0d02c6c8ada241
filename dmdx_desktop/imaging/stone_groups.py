"""The stones of a picture as a person would list them: groups of one colour with count and place. Picture processes.

    describe_stones(seen, kind)

is what readers of a stone mask call, with what ``find_stones`` saw in it. A count is sure where each stone is seen
whole and the sizes of small ones agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.stone_names import PEARLY, Named, Tint, name_stone, tint_of
from dmdx_desktop.imaging.stone_places import SeenStone, SeenStones
from dmdx_desktop.models.piece import MAX_PLACES, Box, Stone
from dmdx_desktop.models.sourced import Sourced, unstated
from dmdx_desktop.models.vocabulary import Kind, Species, StoneColour, StoneRole

_CLAY_CHROMA: Final = 5.8
_DRAWN_CHROMA: Final = 18.0
_INK_LIGHTNESS: Final = 45.0
_JET: Final = 21.0
_SMALL: Final = 0.2
_FEW: Final = 0.25
_STRONG: Final = 30.0
_LEAST_SHARE: Final = 0.02
_PEARLS_IN_ROW: Final = 0.3
_SPLINTER: Final = 0.35
_SPLINTER_GAP: Final = 0.12
_CENTRE_AREA: Final = 2.5
_KIN: Final = (
    (StoneColour.WHITE, StoneColour.COLOURLESS),
    (StoneColour.CREAM, StoneColour.COLOURLESS),
    (StoneColour.BLACK, StoneColour.COLOURLESS),
    (StoneColour.WHITE, StoneColour.CREAM),
    (StoneColour.CREAM, StoneColour.WHITE),
    (StoneColour.BROWN, StoneColour.YELLOW),
    (StoneColour.BROWN, StoneColour.ORANGE),
    (StoneColour.PINK, StoneColour.RED),
    (StoneColour.RED, StoneColour.PINK),
    (StoneColour.PINK, StoneColour.PURPLE),
)
"""Names that a stone takes in part for another: facets in the dark, in the light, or mirroring what is around."""
_KIN_SHARE: Final = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class _Called:
    stone: SeenStone
    named: Named


def describe_stones(seen: SeenStones, kind: Kind) -> tuple[Stone, ...]:
    """The groups by colour of the stones that ``find_stones`` has seen, the group that covers most first.

    Empty where there are no stones, and where the picture shows no colours, as clay and uncoloured drawings do.
    """
    if not seen.stones or not _shows_colour(seen, kind):
        return ()
    metal = tint_of(_lit(seen.metal, kind))
    called = [_Called(one, name_stone(one, metal, kind)) for one in seen.stones]
    if kind is Kind.SKETCH and metal.chroma < _DRAWN_CHROMA:
        # Bare paper in a drawing whose metal is not coloured says nothing; only painted stones do.
        called = [one for one in called if tint_of(_lit(one.stone.lab, kind)).chroma > _DRAWN_CHROMA]
    return tuple(_groups(_whole(_without_kin(_settled(called, metal)))))


def join_groups(group: Stone, others: Sequence[Stone]) -> Stone:
    """``group`` with the stones of others whose colours were found to be the same."""
    places = sorted(
        (place for one in (group, *others) for place in one.places), key=lambda box: -box.width * box.height
    )
    counts = [one.count.value for one in (group, *others) if one.count.value is not None]
    sure = min(one.count.confidence for one in (group, *others))
    count = Sourced[int | None](value=sum(counts), confidence=sure) if counts else group.count
    return group.model_copy(update={"places": tuple(places[:MAX_PLACES]), "count": count})


def _shows_colour(seen: SeenStones, kind: Kind) -> bool:
    if kind is Kind.PHOTO:
        return True
    limit = _DRAWN_CHROMA if kind is Kind.SKETCH else _CLAY_CHROMA
    lit = [lab for lab in (_lit(seen.metal, kind), *(_lit(one.lab, kind) for one in seen.stones[:40])) if len(lab)]
    if any(tint_of(lab).chroma > limit for lab in lit):
        return True
    dark = float(np.median(seen.stones[0].lab[:, 0])) < _JET
    return dark and kind is not Kind.SKETCH and len(seen.metal) > 0 and float(np.median(seen.metal[:, 0])) > 2 * _JET


def _lit(lab: Floats, kind: Kind) -> Floats:
    """Without the strokes of a drawing, whose pencil has a colour of its own."""
    return lab[lab[:, 0] > _INK_LIGHTNESS] if kind is Kind.SKETCH else lab


def _whole(called: Sequence[_Called]) -> list[_Called]:
    """Splinters that prongs and bars cut from a stone, and facets seen below it, count as that stone."""
    kept: list[_Called] = []
    for one in called:
        home = next((large for large in kept if _is_splinter(one, large)), None)
        if home is None:
            kept.append(one)
        else:
            box = _around(home.stone.box, one.stone.box)
            stone = replace(home.stone, box=box, area=home.stone.area + one.stone.area)
            kept[kept.index(home)] = _Called(stone, home.named)
    return kept


def _is_splinter(small: _Called, large: _Called) -> bool:
    if small.named.colour is not large.named.colour or small.stone.area > _SPLINTER * large.stone.area:
        return False
    one, other = small.stone.box, large.stone.box
    across = max(one.x, other.x) - min(one.x + one.width, other.x + other.width)
    down = max(one.y, other.y) - min(one.y + one.height, other.y + other.height)
    near = across < _SPLINTER_GAP * other.width and down < _SPLINTER_GAP * other.height
    # Whole small stones, as those of a halo, are as wide as they are high.
    return near and (small.stone.fill < 0.6 or not 0.6 < one.width / max(one.height, 1e-6) < 1.7 or across < -one.width)


def _around(one: Box, other: Box) -> Box:
    x, y = min(one.x, other.x), min(one.y, other.y)
    right, bottom = max(one.x + one.width, other.x + other.width), max(one.y + one.height, other.y + other.height)
    return Box(x, y, round(right - x, 4), round(bottom - y, 4))


def _settled(called: Sequence[_Called], metal: Tint) -> list[_Called]:
    """Small stones are alike: a name that few of them have is a reflection, unless it is strong and no neighbour's."""
    if len(called) < 4:
        return list(called)
    small = [one for one in called if one.stone.area < _SMALL * called[0].stone.area]
    if len(small) < len(called) / 2:
        small = list(called) if len(called) > 8 else []
    if len(small) < 3:
        return list(called)
    pooled = np.concatenate([one.stone.lab for one in small])
    totals = _areas_by_colour(small)
    pearly = sum(area for colour, area in totals.items() if colour in PEARLY)
    usual = max(totals, key=lambda colour: totals[colour])
    if usual is StoneColour.COLOURLESS and pearly > _PEARLS_IN_ROW * sum(totals.values()):
        # Small pearls are hardly to be told from a facet one by one, but nobody mixes them with diamonds of their size.
        usual = max(PEARLY, key=lambda colour: totals.get(colour, 0.0))
    sure = max(one.named.confidence for one in small if one.named.colour is usual)
    rare = {
        colour
        for colour, area in totals.items()
        if area < _FEW * sum(totals.values())
        or {usual, colour} <= PEARLY | {StoneColour.COLOURLESS}
        or (area < 0.4 * sum(totals.values()) and tint_of(pooled).chroma < max(_STRONG, metal.chroma))
    } - {usual}
    members = {id(one) for one in small}
    return [
        _Called(one.stone, Named(usual, sure)) if id(one) in members and one.named.colour in rare else one
        for one in called
    ]


def _without_kin(called: Sequence[_Called]) -> list[_Called]:
    """Names that one and the same stone takes in another light give way to the name that most of the area has."""
    totals = _areas_by_colour(called)
    renamed: dict[StoneColour, StoneColour] = {}
    for minor, major in _KIN:
        if 0.0 < totals.get(minor, 0.0) < _KIN_SHARE * totals.get(major, 0.0):
            renamed.setdefault(minor, major)
    sure = {colour: max(one.named.confidence for one in called if one.named.colour is colour) for colour in totals}
    return [
        one if (new := renamed.get(one.named.colour)) is None else _Called(one.stone, Named(new, sure[new]))
        for one in called
    ]


def _areas_by_colour(called: Sequence[_Called]) -> dict[StoneColour, float]:
    totals: dict[StoneColour, float] = {}
    for one in called:
        totals[one.named.colour] = totals.get(one.named.colour, 0.0) + one.stone.area
    return totals


def _groups(called: Sequence[_Called]) -> list[Stone]:
    totals = _areas_by_colour(called)
    whole = sum(totals.values())
    colours = sorted((c for c in totals if totals[c] > _LEAST_SHARE * whole), key=lambda c: (-totals[c], c))
    centre = _centre_of(called)
    groups = [(c, [one for one in called if one.named.colour is c]) for c in colours]
    return [_group(colour, alike, centre) for colour, alike in groups]


def _centre_of(called: Sequence[_Called]) -> _Called | None:
    """The stone that outshines all others; a pair of earrings has two that are alike, and then there is none."""
    if len(called) == 1 or (called and called[0].stone.area > _CENTRE_AREA * called[1].stone.area):
        return called[0]
    return None


def _group(colour: StoneColour, alike: Sequence[_Called], centre: _Called | None) -> Stone:
    weights = np.array([one.stone.area for one in alike])
    sure = float(np.average([one.named.confidence for one in alike], weights=weights))
    pearls = [one for one in alike if one.named.colour in PEARLY]
    return Stone(
        colour=Sourced[StoneColour](value=colour, confidence=round(sure, 3)),
        species=Sourced[Species](value=Species.PEARL, confidence=0.6) if pearls else unstated(Species.UNKNOWN),
        role=_role(alike, centre),
        count=_count([one.stone for one in alike]),
        places=tuple(one.stone.box for one in alike[:MAX_PLACES]),
    )


def _role(alike: Sequence[_Called], centre: _Called | None) -> Sourced[StoneRole]:
    """Only a single largest stone is plain; halo, side and pavé stones are told by where they lie, not by guess."""
    if centre is not None and len(alike) == 1 and alike[0] is centre:
        return Sourced[StoneRole](value=StoneRole.CENTRE, confidence=0.85)
    return unstated(StoneRole.UNKNOWN)


def _count(stones: Sequence[SeenStone]) -> Sourced[int | None]:
    """How many; surest for one whole stone, less for many and for small ones of uneven size."""
    areas = np.array([one.area for one in stones])
    counted = len(stones)
    whole = float(np.mean([one.fill > 0.6 for one in stones]))
    if counted <= 2:
        even = float(areas.min() / areas.max())
        sure = 0.55 + 0.35 * whole * even
    else:
        spread = float(areas.std() / areas.mean())
        visible = min(float(np.median(areas)) / 60.0, 1.0)
        sure = (0.8 - min(spread, 1.0) * 0.5) * (0.6 + 0.4 * visible) * (0.6 + 0.4 * whole)
    return Sourced[int | None](value=counted, confidence=round(float(np.clip(sure, 0.15, 0.92)), 3))
