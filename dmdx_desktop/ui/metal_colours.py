"""Dots of colour for metals and stones: what a chip or a list shows in front of their names. GUI thread."""

from typing import Final

from PySide6.QtGui import QColor

METALS: Final = {
    "yellow_gold": "#D9B166", "rose_gold": "#D4937A", "white_gold": "#D8DADB", "platinum": "#C4C7CA",
    "silver": "#CDCFD1",
}  # fmt: skip
STONES: Final = {
    "colourless": "#F2F5F7", "white": "#F4F2EE", "cream": "#EFE6D3", "yellow": "#E8C63C", "orange": "#E08A2E",
    "red": "#B5202F", "pink": "#E58AA5", "purple": "#7A4B9E", "blue": "#2F55C4", "green": "#1E8A4C",
    "brown": "#7A5236", "black": "#1C1C1E", "grey": "#8C8F93", "multicolour": "#9B8BC4",
}  # fmt: skip


def metal_dot(metal: str) -> QColor | None:
    """The colour of a metal's dot; None for one without a colour of its own."""
    return QColor(METALS[metal]) if metal in METALS else None


def stone_dot(colour: str) -> QColor | None:
    """The colour of a stone's dot."""
    return QColor(STONES[colour]) if colour in STONES else None
