"""The three steps of the studio below one another, or one at a time by tabs where there is little room. GUI thread."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.studio.step import Step
from dmdx_desktop.ui.widgets.segmented import Segmented
from dmdx_desktop.ui.wording import tr

HEIGHT: Final = 40
NAMES: Final = ("1 Piece", "2 Recipe", "3 Prompt")


class StepTabs(QWidget):
    """Which step was in view stays known while all of them are shown."""

    def __init__(self, look: Look, steps: Sequence[Step]) -> None:
        super().__init__()
        self._steps = tuple(steps)
        self.is_compact = False
        self.tabs = Segmented(look, [(str(at), tr(name)) for at, name in enumerate(NAMES)], tr("Steps"))
        self.tabs.choose("0")
        self.tabs.chosen.connect(self._show_chosen)
        self._bar = QWidget()
        self._bar.setObjectName("stepTabs")
        self._bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bar.setMinimumHeight(HEIGHT)
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(20, 5, 20, 5)
        row.addWidget(self.tabs)
        row.addStretch(1)
        self._bar.hide()
        inner = QWidget()
        inner.setProperty("panel", "true")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        below = QVBoxLayout(inner)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        for step in self._steps:
            below.addWidget(step)
        below.setStretchFactor(self._steps[-1], 1)
        below.addStretch()  # takes what is left where the last step is not shown
        self.scrolled = QScrollArea()
        self.scrolled.setAccessibleName(tr("Steps from a piece to its images"))
        self.scrolled.setWidget(inner)
        self.scrolled.setWidgetResizable(True)
        self.scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self.scrolled, 1)

    @property
    def names(self) -> tuple[str, ...]:
        """What the steps are called."""
        return NAMES

    def show_step(self, name: str) -> None:
        """Bring one step into view, by what it is called."""
        at = NAMES.index(name)
        self.tabs.choose(str(at))
        self._show_chosen()

    def show_compact(self, compact: bool) -> None:
        """One step at a time under tabs, or all of them."""
        if compact == self.is_compact:
            return
        self.is_compact = compact
        self._bar.setVisible(compact)
        for step in self._steps:
            step.show_heading(not compact)
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = int(self.tabs.value or 0)
        for at, step in enumerate(self._steps):
            step.setVisible(not self.is_compact or at == chosen)
        self.scrolled.verticalScrollBar().setValue(0)
