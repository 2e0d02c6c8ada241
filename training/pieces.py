"""Random pieces of jewellery for training pictures: which model, of which size, in which metal, with which stones.

Pure values. The models themselves are built by the picture renderer; see ``pictures``.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

METALS: Final = ("yellow_gold", "rose_gold", "white_gold", "platinum", "silver")
GEMS: Final[Mapping[str, str]] = {
    "diamond": "colourless",
    "sapphire": "blue",
    "emerald": "green",
    "ruby": "red",
    "aquamarine": "blue",
    "amethyst": "purple",
    "morganite": "pink",
    "citrine": "yellow",
    "tourmaline": "pink",
    "onyx": "black",
}
"""The renderer's stones and the colour a person would say."""
PEARLS: Final[Mapping[str, str]] = {"pearl": "cream", "pearl_black": "black", "pearl_pink": "pink"}
RING_VIEWS: Final = (("front", 0, 5), ("side", 90, 5), ("top", 0, 86), ("three_quarter", 30, 32))
ASSEMBLED: Final = "assembled"
"""The family of pieces put together at random, see ``assemblies``: no two are of one model."""


@dataclass(frozen=True, slots=True)
class PieceToRender:
    """One piece: the renderer's function and arguments, and what is true of it."""

    family: str
    function: str
    arguments: Mapping[str, Any]
    type: str
    colours: frozenset[str] | None
    """Of its stones; None where that is not known before it is built."""
    items: int = 1
    poses: tuple[str, ...] = ("stand",)
    views: tuple[tuple[str, int, int], ...] = RING_VIEWS
    hangs: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


Maker = Callable[[random.Random], PieceToRender]


def random_piece(chance: random.Random, families: Sequence[str] = ()) -> PieceToRender:
    """A piece of one of the models, of those families if any are given, or one put together at random."""
    if families:
        return MAKERS[chance.choice(families)](chance)
    if chance.random() < 0.4:
        return _assembled(chance)
    return MAKERS[chance.choice(list(MAKERS))](chance)


def _assembled(c: random.Random) -> PieceToRender:
    plan = c.choice(["openwork", "crowned_ring", "chain", "chain", "beads", "wires", "pair"])
    stones = [_gem(c) for _ in range(c.choice([0, 1, 1, 2]))]
    pearls = [c.choice(list(PEARLS)) for _ in range(c.choice([0, 0, 1, 1] if plan != "beads" else [0, 1, 1, 2]))]
    arguments = {"plan": plan, "seed": c.randrange(10**9), "stones": stones, "pearls": pearls}
    # Which of them it shows is up to chance, so its colours are not stated.
    piece = PieceToRender(ASSEMBLED, "assembled", arguments, "other", None)
    flat = (("top", 0, 84), ("top", 0, 68), ("three_quarter", 22, 48))
    if plan in ("crowned_ring", "wires"):
        return replace(piece, poses=("stand", "stand", "lie", "lean"))
    if plan == "pair":
        return replace(piece, views=(("front", 0, 4), ("front", 12, 4), ("three_quarter", 30, 14)), items=2, hangs=True)
    return replace(piece, views=flat)


def _gem(chance: random.Random) -> str:
    return "diamond" if chance.random() < 0.4 else chance.choice(list(GEMS))


def _solitaire(c: random.Random) -> PieceToRender:
    stone, pave = _gem(c), c.random() < 0.35
    cut = c.choice(["round", "round", "princess", "cushion"])
    arguments = {
        "d": c.uniform(4.2, 9.0),
        "R": c.uniform(8.2, 9.4),
        "claws": 4 if cut != "round" else c.choice([4, 6]),
        "cut": cut,
        "stone": stone,
        "w": c.uniform(1.5, 3.0),
        "pave": pave,
    }
    colours = {GEMS[stone]} | ({"colourless"} if pave else set())
    return _ring("solitaire", "solitaire", arguments, colours)


def _halo(c: random.Random) -> PieceToRender:
    stone = _gem(c)
    cut = c.choice(["oval", "round", "cushion"])
    sx = c.uniform(4.6, 7.2)
    arguments = {"sx": sx, "sy": sx * (c.uniform(1.15, 1.45) if cut == "oval" else 1.0), "stone": stone, "cut": cut}
    return _ring("halo", "halo", arguments, {GEMS[stone], "colourless"})


def _eternity(c: random.Random) -> PieceToRender:
    colours = tuple(_gem(c) for _ in range(c.choice([1, 1, 2])))
    return _ring(
        "eternity", "eternity", {"d": c.uniform(1.7, 3.4), "colours": colours}, {GEMS[stone] for stone in colours}
    )


def _band(c: random.Random) -> PieceToRender:
    style = c.random()
    arguments = {
        "R": c.uniform(8.4, 10.2),
        "w": c.uniform(2.4, 8.0),
        "t": c.uniform(1.4, 2.4),
        "n": c.uniform(2.1, 4.5),
        "milgrain": style < 0.3,
        "groove": style > 0.7,
    }
    return _ring("band", "band", arguments, set())


def _signet(c: random.Random) -> PieceToRender:
    return _ring("signet", "signet", {"letter": c.choice("ABDEGHKLMNPRST"), "R": c.uniform(9.0, 10.0)}, set())


def _emerald_ring(c: random.Random) -> PieceToRender:
    stone, side = _gem(c), _gem(c)
    arguments = {
        "sx": c.uniform(7.6, 11.0),
        "sy": c.uniform(5.6, 8.0),
        "stone": stone,
        "side": side,
        "sidecut": c.choice(["baguette", "round"]),
    }
    return _ring("emerald_ring", "emerald_ring", arguments, {GEMS[stone], GEMS[side]})


def _three_stone(c: random.Random) -> PieceToRender:
    middle, side = _gem(c), _gem(c)
    arguments = {
        "d": c.uniform(4.8, 6.6),
        "ds": c.uniform(3.4, 4.6),
        "cut": c.choice(["princess", "round", "cushion"]),
        "colours": (side, middle, side),
    }
    return _ring("three_stone", "three_stone", arguments, {GEMS[middle], GEMS[side]})


def _cocktail(c: random.Random) -> PieceToRender:
    stone, cut = _gem(c), c.choice(["cushion", "oval", "round", "marquise"])
    sx = c.uniform(8.0, 13.0)
    arguments = {"sx": sx, "sy": sx * c.uniform(0.8, 1.2), "stone": stone, "cut": cut}
    return _ring("cocktail", "cocktail", arguments, {GEMS[stone]})


def _ring(family: str, function: str, arguments: Mapping[str, Any], colours: set[str]) -> PieceToRender:
    poses = ("stand", "stand", "stand", "lie", "lean")
    return PieceToRender(family, function, arguments, "ring", frozenset(colours), poses=poses)


def _pendant(c: random.Random) -> PieceToRender:
    stone, halo = _gem(c), c.random() < 0.6
    sx = c.uniform(5.0, 9.0)
    cut = c.choice(["pear", "round", "oval", "cushion"])
    stretch = c.uniform(1.3, 1.55) if cut == "pear" else c.uniform(1.0, 1.3) if cut == "oval" else 1.0
    arguments = {
        "stone": stone,
        "sx": sx,
        "sy": sx * stretch,
        "cut": cut,
        "halo_": halo,
        "spread": c.uniform(6, 17),
        "H": c.uniform(12, 28),
    }
    colours = {GEMS[stone]} | ({"colourless"} if halo else set())
    views = (("front", 0, 84), ("front", 0, 76), ("three_quarter", 28, 58))
    return PieceToRender("pendant", "pendant", arguments, "pendant", frozenset(colours), views=views)


def _pearl_strand(c: random.Random) -> PieceToRender:
    pearl = c.choice(list(PEARLS))
    arguments = {"n": c.randint(25, 60), "d": c.uniform(6.0, 9.5), "role": pearl, "clasp": c.random() < 0.7}
    views = (("top", 0, 82), ("three_quarter", 12, 42))
    colours = {PEARLS[pearl]} | ({"colourless"} if arguments["clasp"] else set())
    return PieceToRender("pearl_strand", "pearl_strand", arguments, "necklace", frozenset(colours), views=views)


def _tennis(c: random.Random) -> PieceToRender:
    colours = tuple(_gem(c) for _ in range(c.choice([1, 1, 2])))
    arguments = {"n": c.randint(11, 25), "d": c.uniform(2.8, 4.6), "colours": colours, "curve": c.uniform(28, 60)}
    views = (("top", 0, 80), ("three_quarter", -12, 44))
    shown = frozenset(GEMS[stone] for stone in colours)
    return PieceToRender("tennis", "tennis", arguments, "bracelet", shown, views=views)


def _bangle(c: random.Random) -> PieceToRender:
    stones = c.random() < 0.4
    arguments = {"w": c.uniform(4, 11), "t": c.uniform(2.0, 4.0), "stones": stones}
    return _armring("bangle", arguments, {"colourless"} if stones else set())


def _twisted_bangle(c: random.Random) -> PieceToRender:
    return _armring("twisted_bangle", {"twist": c.randint(8, 22)}, set())


def _armring(family: str, arguments: Mapping[str, Any], colours: set[str]) -> PieceToRender:
    poses = ("lie", "lie", "stand")
    return PieceToRender(family, "bangle", arguments, "bracelet", frozenset(colours), poses=poses)


def _hoops(c: random.Random) -> PieceToRender:
    stones = c.random() < 0.45
    arguments = {"R": c.uniform(7, 16), "r": c.uniform(0.8, 2.2), "stones": stones}
    colours = frozenset({"colourless"} if stones else set())
    views = (("front", 8, 10), ("front", 0, 5), ("three_quarter", 30, 24))
    return PieceToRender("hoops", "hoops", arguments, "earring", colours, items=2, views=views)


def _studs(c: random.Random) -> PieceToRender:
    pearl, stone = c.random() < 0.3, _gem(c)
    arguments = {"d": c.uniform(4.5, 8.5), "stone": stone, "cut": c.choice(["round", "princess"]), "pearl": pearl}
    colours = frozenset({"cream"} if pearl else {GEMS[stone]})
    views = (("front", 0, 6), ("three_quarter", 24, 22))
    return PieceToRender("studs", "studs", arguments, "earring", colours, items=2, views=views, hangs=True)


def _drops(c: random.Random) -> PieceToRender:
    stone, pearl = _gem(c), c.choice(list(PEARLS))
    arguments = {"d": c.uniform(6.5, 10), "stone": stone, "pearl": pearl}
    colours = frozenset({GEMS[stone], PEARLS[pearl]})
    views = (("front", 0, 4), ("front", 12, 4), ("three_quarter", 30, 14))
    return PieceToRender("drops", "drops", arguments, "earring", colours, items=2, views=views, hangs=True)


def _brooch(c: random.Random) -> PieceToRender:
    stone = _gem(c)
    return _flower("brooch", {"stone": stone, "petals": c.randint(5, 8)}, {GEMS[stone], "colourless"})


def _pearl_brooch(c: random.Random) -> PieceToRender:
    return _flower("pearl_brooch", {"pearl": True, "petals": c.randint(5, 8)}, {"cream", "colourless"})


def _flower(family: str, arguments: Mapping[str, Any], colours: set[str]) -> PieceToRender:
    views = (("top", 0, 84), ("top", 0, 70), ("three_quarter", 25, 52))
    return PieceToRender(family, "brooch", arguments, "brooch", frozenset(colours), views=views)


MAKERS: Final[Mapping[str, Maker]] = {
    "solitaire": _solitaire,
    "halo": _halo,
    "eternity": _eternity,
    "band": _band,
    "signet": _signet,
    "emerald_ring": _emerald_ring,
    "three_stone": _three_stone,
    "cocktail": _cocktail,
    "pendant": _pendant,
    "pearl_strand": _pearl_strand,
    "tennis": _tennis,
    "bangle": _bangle,
    "twisted_bangle": _twisted_bangle,
    "hoops": _hoops,
    "studs": _studs,
    "drops": _drops,
    "brooch": _brooch,
    "pearl_brooch": _pearl_brooch,
}
