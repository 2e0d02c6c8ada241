"""The scenes that no draft can show, as chips to choose while a paid engine is chosen. GUI thread."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dmdx_desktop.models.choices import PAID_ONLY_SCENES, SceneId
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.term_words import term_name
from dmdx_desktop.ui.widgets.chip import Chip, ChipLook
from dmdx_desktop.ui.widgets.flow_layout import FlowLayout
from dmdx_desktop.ui.wording import tr

GAP: Final = 4


class PaidScenes(QWidget):
    """``toggled`` comes when the user chooses one or leaves one out, ``refused`` where there is no paid engine."""

    toggled = Signal(SceneId)
    refused = Signal(SceneId)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(tr("Scenes that need a paid engine"))
        self._can_be_chosen = False
        self.chips: dict[SceneId, Chip] = {}
        flow = FlowLayout(self, GAP)
        for scene in SceneId:
            if scene in PAID_ONLY_SCENES:
                chip = Chip(look, ChipLook(term_name(scene)), choice=True)
                chip.setAccessibleName(tr("Scene: {name}", name=term_name(scene)))
                chip.setToolTip(tr("Needs a paid engine"))
                chip.clicked.connect(partial(self._on_click, scene, chip))
                self.chips[scene] = chip
                flow.addWidget(chip)

    @property
    def chosen(self) -> tuple[SceneId, ...]:
        """The scenes that are chosen."""
        return tuple(scene for scene, chip in self.chips.items() if chip.isChecked())

    def choose(self, scenes: Sequence[SceneId]) -> None:
        """Show these as chosen; nobody is told."""
        for scene, chip in self.chips.items():
            chip.setChecked(scene in scenes)

    def allow(self, allowed: bool) -> None:
        """Whether they can be chosen: otherwise that is said, and nothing is chosen."""
        self._can_be_chosen = allowed

    def _on_click(self, scene: SceneId, chip: Chip) -> None:
        if chip.isChecked() and not self._can_be_chosen:
            chip.setChecked(False)
            self.refused.emit(scene)
        else:
            self.toggled.emit(scene)
