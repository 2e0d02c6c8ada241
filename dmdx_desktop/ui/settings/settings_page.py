"""The settings as one page of the window: what there is at the reading side, one matter beside it. GUI thread."""

from collections.abc import Collection
from enum import IntEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QWidget

from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.settings.about_page import AboutPage
from dmdx_desktop.ui.settings.appearance_page import AppearancePage
from dmdx_desktop.ui.settings.connections_page import ConnectionsPage
from dmdx_desktop.ui.settings.general_page import GeneralPage
from dmdx_desktop.ui.settings.page import SettingsPage
from dmdx_desktop.ui.settings.shortcuts_page import ShortcutsPage
from dmdx_desktop.ui.settings.storage_page import StoragePage
from dmdx_desktop.ui.storage_sizes import StorageReader
from dmdx_desktop.ui.wording import tr

PLACES: Final = 216


class Matter(IntEnum):
    """What can be set, in the order of the list."""

    GENERAL = 0
    CONNECTIONS = 1
    STORAGE = 2
    SHORTCUTS = 3
    APPEARANCE = 4
    ABOUT = 5


class Settings(QWidget):
    """``left`` comes with Escape: back to the work."""

    left = Signal()

    def __init__(self, parts: Parts, resources: Path, storage: StorageReader, menu_keys: Collection[str]) -> None:
        super().__init__()
        self.setObjectName("settingsPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look, preferences = parts.look, parts.preferences
        self.pages: Final[dict[Matter, SettingsPage]] = {
            Matter.GENERAL: GeneralPage(look, preferences),
            Matter.CONNECTIONS: ConnectionsPage(look),
            Matter.STORAGE: StoragePage(look, parts.paths, storage),
            Matter.SHORTCUTS: ShortcutsPage(look, preferences, menu_keys),
            Matter.APPEARANCE: AppearancePage(look, preferences),
            Matter.ABOUT: AboutPage(look, resources, parts.paths.logs),
        }
        self.places = QListWidget()
        self.places.setObjectName("settingsPlaces")
        self.places.setAccessibleName(tr("Settings"))
        self.places.setFixedWidth(PLACES)
        self.places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedWidget()
        for page in self.pages.values():
            self.places.addItem(page.title)
            self._stack.addWidget(page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.places)
        row.addWidget(self._stack, 1)
        self.places.currentRowChanged.connect(self._show)
        self.places.setCurrentRow(Matter.CONNECTIONS)

    def show_matter(self, matter: Matter | None = None) -> None:
        """Show one matter, or for None what was shown last."""
        self.places.setCurrentRow(self.places.currentRow() if matter is None else matter)
        self._show(self.places.currentRow())
        self.places.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, row: int) -> None:
        self._stack.setCurrentIndex(row)
        if self.isVisible():
            self.pages[Matter(row)].show_page()
