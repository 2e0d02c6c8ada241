"""The bar above the pictures of a review: how they are shown, on which ground, how large. GUI thread."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dmdx_desktop.ui.look import Button, IconButton, Look, Tone, Variant, separator, text_label
from dmdx_desktop.ui.preferences import PreferencesFile
from dmdx_desktop.ui.studio.surrounds import RememberedSurrounds
from dmdx_desktop.ui.widgets.segmented import Segmented
from dmdx_desktop.ui.wording import tr

HEIGHT: Final = 44


class Mode(StrEnum):
    """How images are reviewed."""

    SINGLE = "single"
    BEFORE_AFTER = "before_after"
    COMPARE = "compare"


MODES: Final = ((Mode.SINGLE, "Single"), (Mode.BEFORE_AFTER, "Before / after"), (Mode.COMPARE, "2-up"))


class ReviewBar(QWidget):
    """``mode_chosen`` comes when the user wants another mode."""

    mode_chosen = Signal(str)
    linked = Signal(bool)
    zoom_wanted = Signal()
    loupe_wanted = Signal()

    def __init__(self, look: Look, preferences: PreferencesFile) -> None:
        super().__init__()
        self.setObjectName("canvasBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self.mode = Segmented(look, tuple((mode.value, tr(words)) for mode, words in MODES), tr("View"))
        self.mode.setMinimumWidth(290)
        self.mode.chosen.connect(self.mode_chosen)
        self.surrounds = RememberedSurrounds(look, preferences)
        self.link = Button(look, "Zoom and pan linked", icon="link", scale="small")
        self.link.setCheckable(True)
        self.link.setChecked(True)
        self.link.toggled.connect(self.linked)
        self._zoom = Button(look, "Fit", variant=Variant.QUIET)
        self._zoom.clicked.connect(self.zoom_wanted)
        self.loupe = IconButton(look, "zoom-in", "Loupe at 100 %")
        self.loupe.setCheckable(True)
        self.loupe.clicked.connect(self.loupe_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(self.mode)
        row.addWidget(self.link)
        row.addStretch(1)
        row.addWidget(text_label("Surround", tone=Tone.TERTIARY))
        row.addWidget(self.surrounds)
        row.addWidget(separator(vertical=True))
        row.addWidget(self._zoom)
        row.addWidget(self.loupe)
        self.show_mode(Mode.SINGLE)

    @property
    def chosen_mode(self) -> Mode:
        """How images are reviewed now."""
        return Mode(self.mode.value)

    def show_mode(self, mode: Mode) -> None:
        """Show that images are reviewed this way."""
        self.mode.choose(mode.value)
        self.link.setVisible(mode is Mode.COMPARE)

    def tell_zoom(self, scale: float, fitted: bool) -> None:
        """Say how large the picture is seen."""
        self._zoom.setText(tr("Fit") if fitted else f"{round(100 * scale)} %")
        self._zoom.setAccessibleName(tr("Fit the picture, or show it at 100 %"))
