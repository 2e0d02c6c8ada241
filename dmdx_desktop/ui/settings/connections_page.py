"""Connections: where work runs and who pays for it. On this computer alone, until something else is connected.

GUI thread.
"""

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from dmdx_desktop.ui.look import IconLabel, Look, Tone, say, text_label
from dmdx_desktop.ui.settings.page import SettingsPage, line
from dmdx_desktop.ui.storage_sizes import StorageReader, StorageSizes, size_words
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.tick_box import ChoiceCard
from dmdx_desktop.ui.wording import tr

ENOUGH: Final = 2_000_000_000
"""Bytes that should be left on the disk: some hundred images."""
NOT_YET: Final = "Not connected yet: this version works on this computer alone."


class ConnectionsPage(SettingsPage):
    """The three ways to work; this version has the first."""

    def __init__(self, look: Look, storage: StorageReader) -> None:
        self._storage = storage
        about = (
            "Where your work runs and who pays for it. You can change this at any time; nothing already made is lost."
        )
        super().__init__(look, "Connections", about)
        self.local = ChoiceCard(
            look, "Local", "Import, identify, make drafts, organise, rate and export on this computer."
        )
        self.account = ChoiceCard(
            look, "Studio account", "Credits, sync between computers and backup of references and results."
        )
        self.own_keys = ChoiceCard(
            look, "Own keys", "Generate with your own provider accounts. They bill you directly."
        )
        cards = QWidget()
        row = QHBoxLayout(cards)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for card in (self.local, self.account, self.own_keys):
            card.setAutoExclusive(True)
            row.addWidget(card, 1)
        self.local.setChecked(True)
        for card in (self.account, self.own_keys):
            card.setEnabled(False)
            card.setToolTip(tr(NOT_YET))
            card.setAccessibleDescription(f"{card.accessibleDescription()} {tr(NOT_YET)}")
        self.body.addWidget(cards)
        self.add_section("What is connected")
        works = "Identifies pieces and makes drafts, with no account and no network"
        self.add_lines(
            _state(look, "This computer", works, "circle-check", "success.text"),
            _state(look, "Studio account", "Not connected yet", "minus", "text.tertiary"),
            _state(look, "Own keys", "Not connected yet", "minus", "text.tertiary"),
            self._disk_line(look),
        )
        self.add_callout(
            "A Studio account and own keys come with a later version. Until then nothing leaves this computer.",
            "shield-check",
        )
        self.end()
        storage.counted.connect(self._take_sizes)

    def show_page(self) -> None:
        self._storage.count()

    def _disk_line(self, look: Look) -> QWidget:
        frame = _state(look, "Disk", "Counting…", "circle-check", "success.text")
        self._disk, self._disk_sign = frame.findChildren(QLabel)[-1], frame.findChildren(IconLabel)[0]
        return frame

    def _take_sizes(self, sizes: StorageSizes) -> None:
        is_enough = sizes.free >= ENOUGH
        sign = ("circle-check", "success.text") if is_enough else ("triangle-alert", "warning.text")
        self._disk_sign.show_icon(*sign)
        say(self._disk, tr("{size} free for the library", size=size_words(sizes.free)))


def _state(look: Look, name: str, state: str, icon: str, colour: str) -> QWidget:
    row = QHBoxLayout()
    row.setContentsMargins(12, 4, 12, 4)
    row.setSpacing(8)
    label = text_label(name, TextStyle.LABEL, wrap=True)
    label.setFixedWidth(192)
    row.addWidget(label)
    row.addWidget(IconLabel(look, icon, colour=colour))
    tone = Tone.PRIMARY if icon == "circle-check" else Tone.SECONDARY
    row.addWidget(text_label(state, tone=tone, wrap=True), 1)
    return line(row)
