"""The designer's own checklist of an image: five things to compare with the reference. Pure; any process and thread."""

from enum import StrEnum
from typing import Final


class CheckItem(StrEnum):
    """One line of the checklist; ticked by the designer alone."""

    STONE_COUNT = "stone_count"
    COLOUR_AND_CUT = "colour_and_cut"
    METAL_COLOUR = "metal_colour"
    PRONGS_AND_SETTING = "prongs_and_setting"
    PROPORTIONS = "proportions"

    @property
    def label(self) -> str:
        """The line as the window shows it."""
        return _LABELS[self]


_LABELS: Final = {
    CheckItem.STONE_COUNT: "Stone count",
    CheckItem.COLOUR_AND_CUT: "Stone colour and cut",
    CheckItem.METAL_COLOUR: "Metal colour",
    CheckItem.PRONGS_AND_SETTING: "Prongs and setting",
    CheckItem.PROPORTIONS: "Proportions",
}
