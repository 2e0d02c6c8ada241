"""Where the stones of a group lie, in a word or two: "centre", "around", "in a row". Pure; any process and thread.

Read from the places alone, so that the command line can say it of a document as well. Imports nothing heavy.
"""

import math
from collections.abc import Sequence
from typing import Final

Place = tuple[float, float, float, float]
"""Left, top, width and height as shares of the picture."""

_OUTSHINES: Final = 2.5
_SEVERAL: Final = 5
_TURN_BINS: Final = 8
_BINS_AROUND: Final = 6
_ROW: Final = 0.12


def place_words(groups: Sequence[Sequence[Place]]) -> tuple[str, ...]:
    """For each group of stones where it lies, seen from the largest stone of all; empty where no word is plain."""
    largest = sorted((place for group in groups for place in group), key=_area, reverse=True)
    outshines = len(largest) == 1 or (len(largest) > 1 and _area(largest[0]) > _OUTSHINES * _area(largest[1]))
    centre = largest[0] if outshines else None
    return tuple(_words(group, centre) for group in groups)


def _words(group: Sequence[Place], centre: Place | None) -> str:
    if not group:
        return ""
    if centre is not None and len(group) == 1 and group[0] == centre:
        return "centre"
    others = [_middle(place) for place in group if place != centre]
    if len(others) == 2:
        return _of_two(others, centre)
    if len(others) < _SEVERAL:
        return ""
    middle = _middle(centre) if centre is not None else _mean(others)
    if _turns(others, middle) >= _BINS_AROUND:
        return "around" if centre is not None else "in a circle"
    return "in a row" if _flatness(others) < _ROW else ""


def _of_two(points: Sequence[tuple[float, float]], centre: Place | None) -> str:
    (x, y), (other_x, other_y) = points
    if centre is not None:
        middle_x, middle_y = _middle(centre)
        opposite = (x - middle_x) * (other_x - middle_x) + (y - middle_y) * (other_y - middle_y) < 0
        return "on both sides" if opposite else ""
    return "side by side" if abs(x - other_x) > abs(y - other_y) else "one above the other"


def _turns(points: Sequence[tuple[float, float]], middle: tuple[float, float]) -> int:
    """In how many of eight directions from ``middle`` there is a point."""
    angles = [math.atan2(y - middle[1], x - middle[0]) for x, y in points]
    return len({int((angle + math.pi) / (2 * math.pi) * _TURN_BINS) % _TURN_BINS for angle in angles})


def _flatness(points: Sequence[tuple[float, float]]) -> float:
    """How broad the points lie against their length: 0 on a line, 1 as broad as long."""
    x_mean, y_mean = _mean(points)
    xx = sum((x - x_mean) ** 2 for x, _ in points)
    yy = sum((y - y_mean) ** 2 for _, y in points)
    xy = sum((x - x_mean) * (y - y_mean) for x, y in points)
    half, root = (xx + yy) / 2, math.hypot((xx - yy) / 2, xy)
    return math.sqrt(max(half - root, 0.0) / (half + root)) if half + root > 0 else 1.0


def _mean(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _middle(place: Place) -> tuple[float, float]:
    return place[0] + place[2] / 2, place[1] + place[3] / 2


def _area(place: Place) -> float:
    return place[2] * place[3]
