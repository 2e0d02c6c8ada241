"""How two witnesses of one question are believed together. Pure; runs in picture processes.

Chances of witnesses that do not know of each other multiply. Those of the same pixels are not quite independent, so
each counts with a weight. The weights were set by hand with rendered pictures in view, and are no measure of anything.
"""

from collections.abc import Mapping
from typing import TypeVar

L = TypeVar("L")

_LEAST: float = 1e-4


def agreed(eye: Mapping[L, float], signs: Mapping[L, float], eye_weight: float, signs_weight: float) -> dict[L, float]:
    """The chance of each label of ``eye``, adding up to 1; a label that ``signs`` does not know counts as unlikely."""
    weighed = {
        label: max(chance, _LEAST) ** eye_weight * max(signs.get(label, 0.0), _LEAST) ** signs_weight
        for label, chance in eye.items()
    }
    whole = sum(weighed.values())
    return {label: weight / whole for label, weight in weighed.items()}
