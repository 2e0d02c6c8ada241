"""The bar at the top: the four workspaces, the credit meter, the way to the settings. GUI thread."""

from enum import IntEnum
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from dmdx_desktop.ui.credit_meter import CreditMeter
from dmdx_desktop.ui.icons import MIDDLE
from dmdx_desktop.ui.look import IconButton, Look, separator
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

HEIGHT: Final = 52
TAB_PADDING: Final = 12


class Workspace(IntEnum):
    """The four places work is done in, in the order of their tabs."""

    STUDIO = 0
    GALLERY = 1
    REVIEW = 2
    QUEUE = 3


TABS: Final = {
    Workspace.STUDIO: ("Studio", "gem"),
    Workspace.GALLERY: ("Gallery", "layout-grid"),
    Workspace.REVIEW: ("Review", "contrast"),
    Workspace.QUEUE: ("Queue", "list-checks"),
}


class Tab(QToolButton):
    """One workspace: its icon and its name."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__()
        self._look = look
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setProperty("part", "tab")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.say(text, text)

    def say(self, text: str, name: str) -> None:
        """Show ``text``; aloud it is ``name``."""
        self.setText(f" {text}")
        self.setAccessibleName(name)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._look.theme.font(TextStyle.LABEL)).horizontalAdvance(self.text())
        return QSize(2 * TAB_PADDING + MIDDLE + words + 6, 32)


class TopBar(QWidget):
    """``chosen`` comes with the workspace whose tab was pressed."""

    chosen = Signal(int)
    settings_wanted = Signal()
    connections_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("topBar")
        self.setAccessibleName(tr("Workspaces"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(4)
        self._group = QButtonGroup(self)
        self._tabs: dict[Workspace, Tab] = {}
        for workspace, (text, _) in TABS.items():
            tab = self._tabs[workspace] = Tab(look, tr(text))
            self._group.addButton(tab, workspace)
            row.addWidget(tab)
        self._group.idClicked.connect(self.chosen)
        row.addStretch(1)
        self.meter = CreditMeter(look)
        self.meter.clicked.connect(self.connections_wanted)
        row.addWidget(self.meter)
        row.addSpacing(8)
        row.addWidget(separator(vertical=True))
        row.addSpacing(8)
        self.settings = IconButton(look, "settings", "Settings")
        self.settings.setCheckable(True)
        self.settings.clicked.connect(self.settings_wanted)
        row.addWidget(self.settings)
        look.follow(self._dress)

    def show_workspace(self, workspace: Workspace | None) -> None:
        """Show which workspace is in view; None for the settings."""
        # An exclusive group always has one tab chosen; with the settings in view none is.
        self._group.setExclusive(workspace is not None)
        for each in Workspace:
            self._group.button(each).setChecked(each is workspace)
        self.settings.setChecked(workspace is None)
        self._dress()

    def show_queue(self, waiting: int) -> None:
        """How many images are not done yet, beside the tab of the queue."""
        name = tr("Queue")
        aloud = tr("Queue, {count} images not done", count=waiting) if waiting else name
        self._tabs[Workspace.QUEUE].say(f"{name}  {waiting:,}" if waiting else name, aloud)

    def _dress(self) -> None:
        for workspace, (_, icon) in TABS.items():
            tab = self._group.button(workspace)
            tab.setIcon(self._look.icon(icon, "text.primary" if tab.isChecked() else "text.secondary"))
            tab.setIconSize(QSize(16, 16))
