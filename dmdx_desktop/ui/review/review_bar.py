"""The bar above the pictures of a review: how they are shown, on which ground, how large. GUI thread."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dmdx_desktop.ui.look import Button, IconButton, Look, Tone, Variant, separator, text_label
from dmdx_desktop.ui.preferences import PreferencesFile
from dmdx_desktop.ui.studio.canvas_pane import Surrounds
from dmdx_desktop.ui.widgets.segmented import Segmented
from dmdx_desktop.ui.wording import tr

HEIGHT: Final = 44


class Mode(StrEnum):
    """How images are reviewed."""

    SINGLE = "single"
    BEFORE_AFTER = "before_after"
    COMPARE = "compare"


MODES: Final = ((Mode.SINGLE, "Single"), (Mode.BEFORE_AFTER, "Before / after"), (Mode.COMPARE, "2-up"))


class RememberedSurrounds(Surrounds):
    """The grounds, the last one chosen kept with the preferences."""

    def __init__(self, look: Look, preferences: PreferencesFile) -> None:
        super().__init__(look)
        self._preferences = preferences
        self.chosen.connect(self._remember)
        preferences.changed.connect(self._follow_preferences)
        self._follow_preferences()

    def _follow_preferences(self) -> None:
        ids = [one.id for one in self._look.theme.surrounds]
        wanted = self._preferences.now.surround
        if wanted in ids and (not self._user_chose or ids.index(wanted) != self._group.checkedId()):
            self._user_chose = True
            self._group.button(ids.index(wanted)).setChecked(True)
            self.chosen.emit(QColor(self._look.theme.surrounds[ids.index(wanted)].hex))

    def _remember(self) -> None:
        if self._user_chose:
            self._preferences.change(surround=self._look.theme.surrounds[self._group.checkedId()].id)


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
