"""What waits for a key, for credit or for the network, by what it waits for, with what helps. GUI thread."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from dmdx_desktop.library.queue_view import WaitingGroup
from dmdx_desktop.ui.failure_words import Trouble
from dmdx_desktop.ui.look import Button, IconLabel, Look, Tone, say, text_label
from dmdx_desktop.ui.queue.listing_card import ListingCard
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import counted, tr


class WaitingDeed(StrEnum):
    """What can be done about images that wait."""

    CONNECTIONS = "connections"
    CONTINUE = "continue"


LOOKS: Final[Mapping[WaitingDeed, tuple[str, str]]] = {
    WaitingDeed.CONNECTIONS: ("Open Connections", "key-round"),
    WaitingDeed.CONTINUE: ("Continue", "refresh-cw"),
}
SIGNS: Final = {"waiting_account": "key-round", "waiting_credits": "coins", "waiting_network": "cloud-off"}
BUDGET_CODES: Final = frozenset({"budget_reached", "hour_reached"})
"""Nothing but another budget, or time, helps: to try again would change nothing."""


class WaitingCard(ListingCard):
    """``wanted`` tells what is to be done."""

    wanted = Signal(WaitingDeed)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "clock", "warning.text", "Waiting")
        self._look = look
        self._groups: tuple[WaitingGroup, ...] = ()
        self.lines: list[str] = []
        self.buttons: list[Button] = []

    def show_groups(self, groups: Sequence[WaitingGroup]) -> None:
        """List these."""
        self.setVisible(bool(groups))
        if tuple(groups) == self._groups:
            return
        focused = next((at for at, button in enumerate(self.buttons) if button.hasFocus()), None)
        self._groups = tuple(groups)
        self.lines, self.buttons = [], []
        rows = self.fresh_rows()
        for group in groups:
            rows.addWidget(self._line(group))
        if focused is not None and focused < len(self.buttons):
            self.buttons[focused].setFocus()

    def _line(self, group: WaitingGroup) -> QWidget:
        line = QFrame()
        line.setProperty("part", "row")
        row = QHBoxLayout(line)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(14)
        row.addWidget(IconLabel(self._look, SIGNS.get(group.state, "clock"), colour="warning.text"))
        words = QVBoxLayout()
        words.setSpacing(3)
        title, reason = text_label(style=TextStyle.STRONG, wrap=True), text_label(tone=Tone.SECONDARY, wrap=True)
        say(title, title_words(group))
        say(reason, reason_words(group))
        words.addWidget(title)
        words.addWidget(reason)
        row.addLayout(words, 1)
        for deed in deeds_of(group):
            text, icon = LOOKS[deed]
            button = Button(self._look, text, icon=icon, scale="small")
            button.setAccessibleDescription(title.text())
            button.clicked.connect(partial(self.wanted.emit, deed))
            row.addWidget(button)
            self.buttons.append(button)
        self.lines.append(f"{title.text()}. {reason.text()}")
        return line


def deeds_of(group: WaitingGroup) -> tuple[WaitingDeed, ...]:
    """What helps: nothing for the network, which is looked at again by itself."""
    if group.state == "waiting_network":
        return ()
    if group.state == "waiting_credits" and group.code not in BUDGET_CODES:
        return (WaitingDeed.CONTINUE,)
    return (WaitingDeed.CONNECTIONS,)


def title_words(group: WaitingGroup) -> str:
    """How many wait, and for what."""
    number = group.number
    match group.state:
        case "waiting_account":
            return counted("1 image waits for a key", "{count} images wait for a key", number)
        case "waiting_credits" if group.code == "budget_reached":
            return counted("1 image waits for the budget", "{count} images wait for the budget", number)
        case "waiting_credits":
            return counted("1 image waits for credit", "{count} images wait for credit", number)
        case _:
            return counted("1 image waits for the network", "{count} images wait for the network", number)


def reason_words(group: WaitingGroup) -> str:
    """Why they wait, and what happens then."""
    words = Trouble(group.code, group.message, group.remedy, "").words
    goes_on = tr("It goes on by itself once the service can be reached.")
    if group.state == "waiting_network":
        return f"{tr(group.message)} {goes_on}".strip()
    return words or tr("Nothing is sent until then.")
