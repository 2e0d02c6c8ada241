"""Connections: who does which kind of work, with which keys, and what it may cost. GUI thread.

Everything is asked of the core and shown when its answer comes; keys go there and are never read back.
"""

from typing import Final

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from dmdx_desktop.ui.bridge import CoreBridge
from dmdx_desktop.ui.look import Button, IconLabel, Look, Tone, say, text_label
from dmdx_desktop.ui.settings.connection_facts import ConnectionFacts
from dmdx_desktop.ui.settings.connection_talk import ConnectionTalk
from dmdx_desktop.ui.settings.money_card import MoneyCard
from dmdx_desktop.ui.settings.page import SettingsPage, line
from dmdx_desktop.ui.settings.service_card import ServiceCard
from dmdx_desktop.ui.settings.service_cards import BucketCard, OpenRouterCard, WaveSpeedCard
from dmdx_desktop.ui.settings.vault_note import VaultNote
from dmdx_desktop.ui.storage_sizes import StorageReader, StorageSizes, size_words
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

ENOUGH: Final = 2_000_000_000
"""Bytes that should be left on the disk: some hundred images."""
GAP: Final = 12


class ConnectionsPage(SettingsPage):
    """A card for each kind of work, one for money, and what this computer has."""

    def __init__(self, look: Look, storage: StorageReader, bridge: CoreBridge) -> None:
        about = (
            "Where your work runs and who pays for it. You can change this at any time; nothing already made is lost."
        )
        super().__init__(look, "Connections", about)
        self._storage = storage
        self._talk = ConnectionTalk(bridge, self)
        self.body.setSpacing(GAP)
        self.vault = VaultNote(look, self._talk)
        self.body.addWidget(self.vault)
        self.identification = OpenRouterCard(look, self._talk)
        self.rendering = WaveSpeedCard(look, self._talk)
        self.storage = BucketCard(look, self._talk)
        self.money = MoneyCard(look, self._talk)
        self.cards: Final[tuple[ServiceCard, ...]] = (self.identification, self.rendering, self.storage)
        self._add_heading(look)
        for card in (*self.cards, self.money):
            self.body.addWidget(card)
        self.add_section("This computer")
        works = "Identifies pieces and makes drafts, with no account and no network"
        self.add_lines(
            _state(look, "Without any connection", works, "circle-check", "success.text"), self._disk_line(look)
        )
        self.add_callout(
            "Keys are encrypted on this computer and sent to their own service alone, never to us."
            " Without a connection nothing leaves this computer.",
            "shield-check",
        )
        self.end()
        storage.counted.connect(self._take_sizes)
        self._talk.told.connect(self._on_told)

    def show_page(self) -> None:
        self._storage.count()
        self._talk.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # a window that is only put away comes back as it was
            self.vault.forget_typed()
            for card in self.cards:
                card.forget_typed()

    def _add_heading(self, look: Look) -> None:
        row = QHBoxLayout()
        row.addWidget(text_label("Services with keys of your own", TextStyle.SECTION, wrap=True), 1)
        self.test_all = Button(look, "Test all", icon="refresh-cw")
        self.test_all.clicked.connect(self._test_all)
        self.test_all.hide()
        row.addWidget(self.test_all)
        self.body.addLayout(row)

    def _test_all(self) -> None:
        self._talk.test(*(card.service for card in self.cards if card.is_usable))

    def _on_told(self, facts: ConnectionFacts) -> None:
        self.test_all.setVisible(sum(each.is_usable for each in facts.services.values()) > 1)

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
    row.addWidget(text_label(state, tone=Tone.PRIMARY, wrap=True), 1)
    return line(row)
