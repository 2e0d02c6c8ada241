"""About: the version, and the licences of what the program stands on. GUI thread; reading is a thread's."""

import threading
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPlainTextEdit, QWidget

from dmdx_desktop import __version__
from dmdx_desktop.ui.look import Button, Look, Tone, text_label
from dmdx_desktop.ui.opening import open_folder
from dmdx_desktop.ui.settings.licences import Component, components
from dmdx_desktop.ui.settings.page import SettingsPage
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr


class AboutPage(SettingsPage):
    """Licences are read when the page is first looked at."""

    _read = Signal(list)

    def __init__(self, look: Look, resources: Path, logs: Path) -> None:
        super().__init__(look, "About", "Finished pictures of jewellery from CAD renders, sketches and photographs.")
        self._resources = resources
        self._components: list[Component] = []
        self._reading: threading.Thread | None = None
        version = text_label(style=TextStyle.STRONG)
        version.setText(tr("DMDX Studio {version}", version=__version__))
        version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(version)
        where = "Runs on this computer. Nothing is sent anywhere but to services that you connect."
        self.body.addWidget(text_label(where, tone=Tone.SECONDARY, wrap=True))
        log = Button(look, "Open log folder", icon="folder")
        log.clicked.connect(lambda: open_folder(logs))
        self.body.addSpacing(8)
        self.body.addWidget(log)
        self.add_section("Made with")
        self.names = QListWidget()
        self.names.setAccessibleName(tr("Parts made by others"))
        self.names.setObjectName("components")
        self.names.setFixedWidth(300)
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("Licence"))
        self.text.setTabChangesFocus(True)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.names)
        row.addWidget(self.text, 1)
        both.setMinimumHeight(320)
        self.body.addWidget(both, 1)
        self.names.currentRowChanged.connect(self._show)
        self._read.connect(self._take)

    def show_page(self) -> None:
        if self._reading is None:
            self._reading = threading.Thread(target=self._work, name="read-licences", daemon=True)
            self._reading.start()

    def _work(self) -> None:
        found = components(self._resources)
        with suppress(RuntimeError):  # the window may be gone by now
            self._read.emit(found)

    def _take(self, found: list[Component]) -> None:
        self._components = found
        self.names.addItems([f"{one.name}  ·  {one.licence}" if one.licence else one.name for one in found])
        self.names.setCurrentRow(0)

    def _show(self, row: int) -> None:
        if 0 <= row < len(self._components):
            one = self._components[row]
            self.text.setPlainText(one.text or tr("{licence}. Its text is kept by its makers.", licence=one.licence))
