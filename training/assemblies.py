"""Pieces that no catalogue shows: openwork, beads, chains and wires put together at random, for shapes never seen.

The eye is to know jewellery, not a list of models. Runs in the renderer's process; lengths are millimetres. Every
function takes the renderer's module of shapes as ``geom`` and adds to one of its pieces: ``Piece.metal``, ``.gem`` and
``.ball``; ``tube``, ``sweep``, ``shank``, ``chain``, ``head``, ``frame`` and ``grid_mesh`` as they are named there.
Flat pieces lie in the plane of X and Y and face up; rings turn about Y and carry their top upwards.
"""

import math
import random
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Path3 = NDArray[np.float64]
"""Points (n, 3)."""
_CUTS = ("round", "round", "oval", "pear", "cushion", "marquise", "princess")


def assemble(geom: Any, plan: str, seed: int, stones: Sequence[str], pearls: Sequence[str]) -> Any:
    """A piece after one of ``PLANS``, the same for the same seed, set with these stones and pearls (may be none)."""
    chance = random.Random(seed)
    piece = geom.Piece()
    PLANS[plan](geom, piece, chance, list(stones), list(pearls))
    return piece


def _openwork(geom: Any, piece: Any, chance: random.Random, stones: list[str], pearls: list[str]) -> None:
    """A flat piece of wires that cross, as brooches and pendants are."""
    _field(geom, piece, chance, stones, pearls, radius=chance.uniform(9, 16), lift=0.0)
    if chance.random() < 0.5:
        _hung_on_a_chain(geom, piece, chance, top=_reach(piece))


def _crowned_ring(geom: Any, piece: Any, chance: random.Random, stones: list[str], pearls: list[str]) -> None:
    """A shank of changing width with a flat field, a cluster or a wire crown on top."""
    radius, width = chance.uniform(8.2, 9.6), chance.uniform(1.4, 4.5)
    thick, growth, power = chance.uniform(1.3, 2.2), chance.uniform(-0.35, 0.9), chance.uniform(2.0, 4.0)
    strands = chance.choice([1, 1, 1, 2, 3])
    for strand in range(strands):
        aside = (strand - (strands - 1) / 2) * (width / strands + chance.uniform(0.1, 0.8))

        def profile(angle: float, aside: float = aside) -> Any:
            wide = width / strands * (1 + growth * max(0.0, math.cos(angle)))
            points = geom.superellipse(wide, thick, power).copy()
            points[:, 1] += aside * (1 + 0.7 * math.cos(angle) * (strands > 1))
            return points

        piece.metal(geom.shank(radius + thick / 2, profile))
    top = radius + thick
    if chance.random() < 0.5:
        _field(
            geom, piece, chance, stones, pearls, radius=chance.uniform(3.5, 7.0), lift=top + chance.uniform(0.3, 2.5)
        )
    else:
        for _ in range(chance.randint(2, 7)):
            angle, aside = chance.uniform(-0.75, 0.75), chance.uniform(-2.5, 2.5)
            out = top + chance.uniform(0.2, 2.4)
            place = (out * math.sin(angle), aside, out * math.cos(angle))
            _jewel(geom, piece, chance, stones, pearls, place, (math.sin(angle), aside * 0.12, math.cos(angle)), 2.2)
    if chance.random() < 0.3:
        _beaded(geom, piece, chance, radius + thick, width)


def _chain(geom: Any, piece: Any, chance: random.Random, stones: list[str], pearls: list[str]) -> None:
    """A chain on the table in loose curves, fine or heavy, here and there with a bead or a charm."""
    long = chance.uniform(2.0, 6.5)
    wide, wire = long * chance.uniform(0.5, 0.85), long * chance.uniform(0.08, 0.17)
    path = _loose_curve(geom, chance, size=long * chance.uniform(5, 10), lift=wide * 0.5)
    geom.chain(piece, path, L=long, W=wide, r=wire, up=(0.2, 0.1, 1))
    for _ in range(chance.choice([0, 0, 1, 3, 6])):
        x, y, z = path[chance.randrange(len(path))]
        if chance.random() < 0.5:
            _jewel(geom, piece, chance, stones, pearls, (x, y, z + wide * 0.5), (0, 0, 1), long * 0.6)
        else:
            piece.ball((x, y, z + wide * 0.4), long * chance.uniform(0.3, 0.8))


def _beads(geom: Any, piece: Any, chance: random.Random, stones: list[str], pearls: list[str]) -> None:
    """Beads of metal and pearl on a thread or a wire, of one size or graduated, closed or open."""
    size = chance.uniform(2.5, 8.0)
    path = geom.resample(_loose_curve(geom, chance, size=size * chance.uniform(3, 6), lift=size / 2), 3000)
    lengths = np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))]
    pattern = [
        chance.choice([*pearls, "metal", "metal2"] if pearls else ["metal", "metal", "metal2"]) for _ in range(3)
    ]
    graduated, long = chance.random() < 0.4, chance.choice([1.0, 1.0, 1.3, 0.6])
    if chance.random() < 0.7:
        piece.metal(geom.tube(path[::20], size * chance.uniform(0.04, 0.12)))
    gone, count = 0.0, 0
    while gone < lengths[-1]:
        share = 0.55 + 0.45 * math.sin(math.pi * gone / lengths[-1]) if graduated else 1.0
        radius = size * share / 2
        x, y, z = path[min(int(np.searchsorted(lengths, gone + radius)), len(path) - 1)]
        piece.ball((x, y, z), radius, pattern[count % 3], seg=18, scale=(1, 1, long))
        gone, count = gone + 2 * radius * chance.choice([1.02, 1.02, 1.02, 1.6]), count + 1


def _wires(geom: Any, piece: Any, chance: random.Random, stones: list[str], pearls: list[str]) -> None:
    """Wires wound about a circle or an open cuff: bangles, rope rings, woven bands."""
    ring = chance.choice([9.0, 28.0])
    scale = 1.0 if ring > 20 else 0.4
    wires, winds = chance.randint(2, 5), chance.choice([0, 0, 3, 7, 13, 20])
    deep, wire = chance.uniform(0.6, 3.2) * scale, chance.uniform(0.5, 1.7) * scale
    gap = chance.choice([0.0, 0.0, 0.35, 0.7])
    angles = np.linspace(gap - math.pi, math.pi - gap, 900, endpoint=gap > 0)
    for number in range(wires):
        turn = winds * angles + 2 * math.pi * number / wires
        out = ring + deep * np.cos(turn) * (1.0 if winds else 0.4)
        aside = deep * np.sin(turn) if winds else np.full_like(angles, (number - (wires - 1) / 2) * deep * 1.3)
        piece.metal(
            geom.tube(np.c_[out * np.sin(angles), aside, out * np.cos(angles)], wire, closed=gap == 0.0, seg=12),
            role=chance.choice(["metal", "metal", "metal2"]),
        )
    for place in np.linspace(-0.6, 0.6, chance.choice([0, 0, 1, 3, 7])):
        out = ring + deep + wire
        where = (out * math.sin(place), 0.0, out * math.cos(place))
        _jewel(geom, piece, chance, stones, pearls, where, (math.sin(place), 0, math.cos(place)), 4.0 * scale)


def _pair(geom: Any, piece: Any, chance: random.Random, stones: list[str], pearls: list[str]) -> None:
    """Two earrings alike, hanging: hooks or posts, links, fields, drops."""
    seed, apart = chance.randrange(10**6), chance.uniform(8, 15)
    for side in (-1, 1):
        own, before = random.Random(seed), len(piece.objs)
        radius = own.uniform(4.5, 8.5)
        _field(geom, piece, own, stones, pearls, radius=radius, lift=0.0)
        ring = np.linspace(0, 2 * math.pi, 40, endpoint=False)
        high = radius + 0.8
        piece.metal(geom.tube(np.c_[0 * ring, high + 0.8 * np.cos(ring), 0.8 * np.sin(ring)], 0.2, closed=True))
        hook = [(0, high + 0.7, 0), (0, high + 4, 0.9), (0, high + 9, 0.2), (0, high + 11, -3), (0, high + 8, -7)]
        piece.metal(geom.tube(geom.smooth_path(hook, 60), own.uniform(0.3, 0.55)))
        for step in range(own.choice([0, 0, 1, 2, 3])):
            low = -radius - 2.2 - 4.4 * step
            piece.metal(geom.tube(np.array([(0, low + 2.4, 0), (0, low + 1.2, 0)]), 0.25))
            _jewel(geom, piece, own, stones, pearls, (0, low, 0.2), (0, 0, 1), own.uniform(2.5, 4.5))
        stand = geom.frame((side * apart, 0, 0), (0, -1, 0), (0, 0, 1))
        for part in piece.objs[before:]:
            part.matrix_world = stand @ part.matrix_world


PLANS = {
    "openwork": _openwork,
    "crowned_ring": _crowned_ring,
    "chain": _chain,
    "beads": _beads,
    "wires": _wires,
    "pair": _pair,
}


def _field(
    geom: Any, piece: Any, chance: random.Random, stones: list[str], pearls: list[str], radius: float, lift: float
) -> None:
    """Wires, leaves and jewels repeated about a middle, in the plane of X and Y, at most about that radius."""
    folds = chance.choice([1, 2, 3, 4, 5, 6, 8])
    for _ in range(chance.randint(1, 3)):
        curve, wire = _closed_curve(chance, radius, folds), radius * chance.uniform(0.025, 0.09)
        curve[:, 2] += lift + chance.uniform(0, wire)
        piece.metal(geom.tube(curve, wire, closed=True, seg=10), role=chance.choice(["metal", "metal", "metal2"]))
    if chance.random() < 0.45:
        _leaves(geom, piece, chance, radius, lift, max(3, folds))
    count = chance.choice([0, folds, folds, 2 * folds])
    out, size = radius * chance.uniform(0.35, 0.95), radius * chance.uniform(0.12, 0.32)
    size = min(size, 1.9 * out * math.sin(math.pi / max(count, 2)))
    for place in range(count):
        angle = 2 * math.pi * place / count + math.pi / 2
        where = (out * math.cos(angle), out * math.sin(angle), lift + size * 0.35)
        _jewel(geom, piece, chance, stones, pearls, where, (0, 0, 1), size)
    if chance.random() < 0.7:
        middle = (0.0, 0.0, lift + radius * 0.12)
        _jewel(geom, piece, chance, stones, pearls, middle, (0, 0, 1), radius * chance.uniform(0.25, 0.7))


def _closed_curve(chance: random.Random, radius: float, folds: int) -> Path3:
    """A closed curve with ``folds`` equal parts, that may cross itself."""
    angle = np.linspace(0, 2 * math.pi, 500, endpoint=False)
    kind = chance.random()
    if kind < 0.35:
        depth, bend = chance.uniform(0.05, 0.5), chance.uniform(0, 2 * math.pi)
        out = 1 + depth * np.cos(folds * angle + bend) + 0.3 * depth * np.cos(2 * folds * angle)
        return np.c_[radius * out * np.cos(angle), radius * out * np.sin(angle), 0 * angle] / (1 + depth)
    turns, inner = folds + 1, chance.uniform(0.3, 1.3)
    x = np.cos(angle) + inner * np.cos(turns * angle * (1 if kind < 0.7 else -1))
    y = np.sin(angle) + inner * np.sin(turns * angle * (1 if kind < 0.7 else -1))
    lifted = 0.06 * radius * np.sin(chance.randint(2, 7) * angle)
    return np.c_[radius * x / (1 + inner), radius * y / (1 + inner), lifted + 0.06 * radius]


def _leaves(geom: Any, piece: Any, chance: random.Random, radius: float, lift: float, count: int) -> None:
    """Curved plates about the middle: petals, leaves, feathers, discs."""
    long, wide = radius * chance.uniform(0.5, 1.0), radius * chance.uniform(0.15, 0.5)
    start, power, bow = radius * chance.uniform(0, 0.35), chance.uniform(0.4, 1.2), chance.uniform(-0.3, 0.5)
    along, across = np.linspace(0.02, 0.98, 24)[:, None], np.linspace(-1, 1, 14)[None]
    half = wide * np.sin(math.pi * along) ** power
    face = np.stack(
        [start + long * along + 0 * across, half * across, lift + bow * long * along**2 + 0.2 * wide * across**2], -1
    )
    ring = np.concatenate([face, (face - [0, 0, 0.05 * radius])[:, ::-1]], 1)
    mesh, role = geom.grid_mesh(ring, close_u=False, cap=True, sharp=60), chance.choice(["metal", "metal2"])
    for place in range(count):
        piece.metal(mesh, _turned(geom, 2 * math.pi * place / count), role)


def _turned(geom: Any, angle: float) -> Any:
    return geom.frame((0, 0, 0), (0, 0, 1), (-math.sin(angle), math.cos(angle), 0))


def _jewel(
    geom: Any,
    piece: Any,
    chance: random.Random,
    stones: list[str],
    pearls: list[str],
    where: tuple[float, float, float],
    faces: tuple[float, float, float],
    size: float,
) -> None:
    """A stone in a bezel or in claws, a pearl, or a ball of metal, whichever the piece is set with."""
    if pearls and (not stones or chance.random() < 0.4):
        piece.ball(where, size / 2, chance.choice(pearls))
        return
    if not stones:
        piece.ball(where, size / 2 * chance.uniform(0.5, 1.0))
        return
    cut, stone = chance.choice(_CUTS), chance.choice(stones)
    tall = size * (chance.uniform(1.15, 1.5) if cut in ("oval", "pear") else 0.55 if cut == "marquise" else 1.0)
    place = geom.frame(where, faces)
    piece.add(geom.gem_mesh(cut, size, tall), "gem:" + stone, place)
    if cut in ("round", "oval") and chance.random() < 0.6:
        edge, deep = size * 0.06, size * 0.3
        rim = geom.ellipse(size / 2, tall / 2, 0.0, 60)
        profile = [
            (-edge, -deep),
            (edge, -deep),
            (1.6 * edge, 0),
            (edge, edge),
            (-edge * 0.5, edge * 0.8),
            (-edge, -edge),
        ]
        piece.metal(geom.sweep(rim, profile), place)
    else:
        claws = chance.choice([4, 4, 6])
        turned = [math.pi / claws + 2 * math.pi * claw / claws for claw in range(claws)]
        reach = 0.5 if cut not in ("princess", "cushion") else 0.6
        points = [(size * reach * math.cos(turn), tall * reach * math.sin(turn)) for turn in turned]
        wire = max(0.12, size * 0.06)
        geom.head(
            piece, points, 0, -size * 0.4, pr=wire, crown=size * 0.14, M=place, rails=(0.4,), rx=size / 2, ry=tall / 2
        )


def _beaded(geom: Any, piece: Any, chance: random.Random, out: float, width: float) -> None:
    """Small balls along the shoulders of a ring, as milgrain and granulation are."""
    size, aside = chance.uniform(0.2, 0.6), chance.choice([0.0, width * 0.35])
    for angle in np.arange(0.5, 2 * math.pi - 0.5, 2.1 * size / out):
        for side in {-aside, aside}:
            piece.ball((out * math.sin(angle), side, out * math.cos(angle)), size, seg=8)


def _loose_curve(geom: Any, chance: random.Random, size: float, lift: float) -> Path3:
    """A curve on the table as a chain lies when it is put down: an arc, a wave, a loop, or closed."""
    kind = chance.random()
    if kind < 0.35:
        end = chance.uniform(0.8, 1.0) * 2 * math.pi
        angle = np.linspace(0, end, 160)
        out = size * (1 + chance.uniform(0, 0.12) * np.cos(3 * angle + chance.uniform(0, 6)))
        points = np.c_[out * np.cos(angle), chance.uniform(0.6, 1.1) * out * np.sin(angle), 0 * angle + lift]
    elif kind < 0.7:
        along = np.linspace(-1, 1, 160)
        wave = chance.uniform(0.1, 0.5) * size * np.sin(chance.uniform(1, 5) * along + chance.uniform(0, 6))
        points = np.c_[1.3 * size * along, wave, 0 * along + lift]
    else:
        corners = [
            (chance.uniform(-size, size), chance.uniform(-size, size), lift) for _ in range(chance.randint(4, 6))
        ]
        points = geom.smooth_path(corners, 160)
    return np.asarray(points, np.float64)


def _reach(piece: Any) -> float:
    """How far a flat piece goes up the plane."""
    return float(piece.verts()[:, 1].max())


def _hung_on_a_chain(geom: Any, piece: Any, chance: random.Random, top: float) -> None:
    """A loop at the top and a chain through it that goes up on both sides."""
    ring = np.linspace(0, 2 * math.pi, 40, endpoint=False)
    piece.metal(geom.tube(np.c_[0 * ring, top + 1.0 + 1.4 * np.cos(ring), 0.7 + 1.2 * np.sin(ring)], 0.4, closed=True))
    spread, high = chance.uniform(5, 16), chance.uniform(10, 26)
    way = [(-spread, top + high, 0.6), (-spread * 0.4, top + high * 0.4, 0.6), (0, top + 1.6, 0.8)]
    way += [(-x, y, z) for x, y, z in reversed(way[:-1])]
    long = chance.uniform(1.4, 3.0)
    geom.chain(piece, geom.smooth_path(way, 160), L=long, W=long * 0.68, r=long * chance.uniform(0.09, 0.14))
