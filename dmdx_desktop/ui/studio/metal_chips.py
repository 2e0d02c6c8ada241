"""The metals of a recipe as chips, by their short signs where the names have no room in one line. GUI thread."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from dmdx_desktop.models.choices import RecipeMetal
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.metal_colours import metal_dot
from dmdx_desktop.ui.widgets.chip import Chip, ChipLook
from dmdx_desktop.ui.widgets.fitting_flow import FittingFlow
from dmdx_desktop.ui.wording import tr

GAP: Final = 4
METALS: Final = {
    RecipeMetal.AS_REFERENCE: ("As ref.", "As ref."),
    RecipeMetal.YELLOW_GOLD: ("Yellow", "Y"),
    RecipeMetal.WHITE_GOLD: ("White", "W"),
    RecipeMetal.ROSE_GOLD: ("Rose", "R"),
    RecipeMetal.PLATINUM: ("Platinum", "Pt"),
    RecipeMetal.SILVER: ("Silver", "Ag"),
}
"""What each is called, and by what sign jewellers know it."""


class MetalChips(QWidget):
    """``changed`` comes when the user takes one on or leaves one out; one there always is."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(tr("Metals"))
        self._chips: dict[RecipeMetal, Chip] = {}
        flow = FittingFlow(self, self._sizes, self._show, GAP)
        for metal in METALS:
            chip = Chip(look, _look(metal, 0), choice=True)
            chip.clicked.connect(partial(self._on_click, chip))
            self._chips[metal] = chip
            flow.addWidget(chip)
        self._show(0)

    @property
    def chips(self) -> list[Chip]:
        """The chips in their order."""
        return list(self._chips.values())

    @property
    def chosen(self) -> tuple[RecipeMetal, ...]:
        """The metals that are chosen."""
        return tuple(metal for metal, chip in self._chips.items() if chip.isChecked())

    def choose(self, metals: Collection[RecipeMetal]) -> None:
        """Show these as chosen; nobody is told."""
        for metal, chip in self._chips.items():
            chip.setChecked(metal in metals)

    def _sizes(self) -> Sequence[Sequence[QSize]]:
        return [[chip.size_with(_look(metal, level)) for metal, chip in self._chips.items()] for level in (0, 1)]

    def _show(self, level: int) -> None:
        for metal, chip in self._chips.items():
            name = tr(METALS[metal][0])
            chip.show_fact(_look(metal, level))
            chip.setAccessibleName(name)
            chip.setToolTip(name if level else "")

    def _on_click(self, chip: Chip) -> None:
        if not self.chosen:
            chip.setChecked(True)
        self.changed.emit()


def _look(metal: RecipeMetal, level: int) -> ChipLook:
    return ChipLook(tr(METALS[metal][level]), dot=metal_dot(metal.value), tight=bool(level))
