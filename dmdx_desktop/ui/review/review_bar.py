"""The bar above the pictures of a review: how they are shown, on which ground, how large. GUI thread."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from dmdx_desktop.ui.look import Button, IconButton, Look, Tone, Variant, separator, text_label
from dmdx_desktop.ui.preferences import PreferencesFile
from dmdx_desktop.ui.studio.surrounds import RememberedSurrounds
from dmdx_desktop.ui.widgets.segmented import Segmented
from dmdx_desktop.ui.wording import tr

HEIGHT: Final = 44
USUAL: Final = 290
"""How wide the modes are where their words are no longer than in English."""
MARGIN: Final = 16
GAP: Final = 12


class Mode(StrEnum):
    """How images are reviewed."""

    SINGLE = "single"
    BEFORE_AFTER = "before_after"
    COMPARE = "compare"


HINT: Final = "Tab switches the image · 1–5 rates the outlined image · Enter keeps it, rejects the others"
LINKED: Final = "Zoom and pan linked"
MODES: Final = ((Mode.SINGLE, "Single"), (Mode.BEFORE_AFTER, "Before / after"), (Mode.COMPARE, "2-up"))


class ReviewBar(QWidget):
    """``mode_chosen`` comes when the user wants another mode."""

    mode_chosen = Signal(str)
    linked = Signal(bool)
    zoom_wanted = Signal()
    loupe_wanted = Signal()
    full_screen_wanted = Signal()
    hinted = Signal(str)
    """What keys do in the mode that is shown from now on; empty where that needs no saying."""

    def __init__(self, look: Look, preferences: PreferencesFile) -> None:
        super().__init__()
        self.setObjectName("canvasBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self.mode = Segmented(look, tuple((mode.value, tr(words)) for mode, words in MODES), tr("View"), one_row=True)
        self.mode.setMinimumWidth(max(USUAL, self.mode.sizeHint().width()))
        self.mode.chosen.connect(self.mode_chosen)
        self.surrounds = RememberedSurrounds(look, preferences)
        self.link = Button(look, LINKED, icon="link", scale="small")
        self.link.setToolTip(tr(LINKED))
        self.link.setCheckable(True)
        self.link.setChecked(True)
        self.link.toggled.connect(self.linked)
        self._zoom = Button(look, "Fit", variant=Variant.QUIET)
        self._zoom.clicked.connect(self.zoom_wanted)
        self.loupe = IconButton(look, "zoom-in", "Loupe at 100 %")
        self.loupe.setCheckable(True)
        self.loupe.clicked.connect(self.loupe_wanted)
        self.full_screen = IconButton(look, "maximize", "Full screen")
        self.full_screen.clicked.connect(self.full_screen_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(GAP)
        row.addWidget(self.mode)
        row.addWidget(self.link)
        row.addStretch(1)
        self._surround = text_label("Surround", tone=Tone.TERTIARY)
        row.addWidget(self._surround)
        row.addWidget(self.surrounds)
        row.addWidget(separator(vertical=True))
        row.addWidget(self._zoom)
        row.addWidget(self.loupe)
        row.addWidget(self.full_screen)
        self.show_mode(Mode.SINGLE)

    @property
    def chosen_mode(self) -> Mode:
        """How images are reviewed now."""
        return Mode(self.mode.value)

    def show_mode(self, mode: Mode) -> None:
        """Show that images are reviewed this way."""
        self.mode.choose(mode.value)
        self.link.setVisible(mode is Mode.COMPARE)
        self._fit()
        self.hinted.emit(self.hint)

    @property
    def hint(self) -> str:
        """What keys do in this mode."""
        return tr(HINT) if self.chosen_mode is Mode.COMPARE else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def tell_zoom(self, scale: float, fitted: bool) -> None:
        """Say how large the picture is seen."""
        self._zoom.setText(tr("Fit") if fitted else tr("{percent} %", percent=round(100 * scale)))
        self._zoom.setAccessibleName(tr("Fit the picture, or show it at 100 %"))
        self._fit()

    def _fit(self) -> None:
        """Where there is too little room the grounds go without their word, then the link is its icon alone."""
        self.link.setText(LINKED)
        self._surround.show()
        linking = [self.link] if self.chosen_mode is Mode.COMPARE else []
        parts = [self.mode, *linking, self._surround, self.surrounds, self._zoom, self.loupe, self.full_screen]
        room = self.width() - 2 * MARGIN - 1 - (len(parts) + 1) * GAP
        needed = sum(max(part.sizeHint().width(), part.minimumWidth()) for part in parts)
        if needed > room:
            self._surround.hide()
            needed -= self._surround.sizeHint().width() + GAP
        if needed > room and linking:
            QPushButton.setText(self.link, "")
