"""The settings as one page of the window: what there is at the reading side, one matter beside it. GUI thread."""

from collections.abc import Callable, Collection
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
from dmdx_desktop.ui.settings.matters import Matter as Matter
from dmdx_desktop.ui.settings.page import SettingsPage
from dmdx_desktop.ui.settings.shortcuts_page import ShortcutsPage
from dmdx_desktop.ui.settings.storage_page import StoragePage
from dmdx_desktop.ui.storage_sizes import StorageReader
from dmdx_desktop.ui.wording import tr

PLACES: Final = 216


TITLES: Final = {
    Matter.GENERAL: "General",
    Matter.CONNECTIONS: "Connections",
    Matter.STORAGE: "Storage and cache",
    Matter.SHORTCUTS: "Shortcuts",
    Matter.APPEARANCE: "Appearance",
    Matter.ABOUT: "About",
}


class Settings(QWidget):
    """``left`` comes with Escape: back to the work."""

    left = Signal()

    def __init__(self, parts: Parts, resources: Path, storage: StorageReader, menu_keys: Collection[str]) -> None:
        super().__init__()
        self.setObjectName("settingsPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look, preferences = parts.look, parts.preferences
        self._makers: Final[dict[Matter, Callable[[], SettingsPage]]] = {
            Matter.GENERAL: lambda: GeneralPage(look, preferences),
            Matter.CONNECTIONS: lambda: ConnectionsPage(look, storage, parts.bridge),
            Matter.STORAGE: lambda: StoragePage(look, parts.paths, storage),
            Matter.SHORTCUTS: lambda: ShortcutsPage(look, preferences, menu_keys),
            Matter.APPEARANCE: lambda: AppearancePage(look, preferences),
            Matter.ABOUT: lambda: AboutPage(look, resources, parts.paths.logs),
        }
        self.pages: Final[dict[Matter, SettingsPage]] = {}
        """Those that were looked at: a page is made when it is first wanted, for starting waits for none of them."""
        self.places = QListWidget()
        self.places.setObjectName("settingsPlaces")
        self.places.setAccessibleName(tr("Settings"))
        self.places.setFixedWidth(PLACES)
        self.places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedWidget()
        self.places.addItems([tr(title) for title in TITLES.values()])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.places)
        row.addWidget(self._stack, 1)
        self.places.setCurrentRow(Matter.CONNECTIONS)
        self.places.currentRowChanged.connect(self._show)

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
        matter = Matter(row)
        if matter not in self.pages:
            self.pages[matter] = self._makers[matter]()
            self._stack.addWidget(self.pages[matter])
        self._stack.setCurrentWidget(self.pages[matter])
        for place in range(self.places.count()):
            item = self.places.item(place)
            font = item.font()
            font.setBold(place == row)  # style sheets have no say in the font of an item that is selected
            item.setFont(font)
        if self.isVisible():
            self.pages[matter].show_page()
