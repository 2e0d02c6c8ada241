"""Keeps what is set in the export dialog as a preset of the user's own, renames it and forgets it. GUI thread."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.models import own_channels
from dmdx_desktop.models.channel import Channel
from dmdx_desktop.models.own_channels import LONGEST_NAME, is_own
from dmdx_desktop.ui.errands import Errands
from dmdx_desktop.ui.look import Button, Look, Tone, Variant, say, text_label
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

Current = Callable[[str], Channel]
"""A preset of a name with what is set now. Raises ``DmdxError``."""


class OwnPresets(QWidget):
    """``kept`` tells the preset that was kept and the one whose place it takes, ``forgotten`` the one that went."""

    kept = Signal(Channel, object)
    forgotten = Signal(Channel)

    def __init__(self, look: Look, folder: Path, errands: Errands, current: Current) -> None:
        super().__init__()
        self._folder, self._errands, self._current = folder, errands, current
        self._chosen: Channel | None = None
        self._renamed: Channel | None = None
        self.save = Button(look, "Save as preset", icon="plus", variant=Variant.QUIET)
        self.rename = Button(look, "Rename", icon="pencil", scale="small")
        self.forget = Button(look, "Forget", icon="trash-2", scale="small")
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name of the preset"))
        self.name.setPlaceholderText(tr("Name of the preset"))
        self.name.setMaxLength(LONGEST_NAME)
        self.confirm = Button(look, "Save", scale="small")
        self.give_up = Button(look, "Cancel", scale="small")
        self._complaint = text_label(style=TextStyle.CAPTION, tone=Tone.SECONDARY, wrap=True)
        self._lay_out()
        self.save.clicked.connect(partial(self._begin, None))
        self.rename.clicked.connect(self._begin_renaming)
        self.forget.clicked.connect(self._forget)
        self.confirm.clicked.connect(self._keep)
        self.give_up.clicked.connect(self._end)
        self._end()

    def show_chosen(self, channel: Channel) -> None:
        """The preset that is chosen now; only own ones are renamed and forgotten."""
        self._chosen = channel
        self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.name.isVisible():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        elif event.key() == Qt.Key.Key_Escape:
            self._end()
            self.save.setFocus()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        for buttons in ((self.rename, self.forget), (self.confirm, self.give_up)):
            row = QHBoxLayout()
            row.setSpacing(6)
            for button in buttons:
                row.addWidget(button)
            if buttons[0] is self.confirm:
                column.addWidget(self.save)
                column.addWidget(self.name)
            column.addLayout(row)
        column.addWidget(self._complaint)

    def _begin_renaming(self) -> None:
        self._begin(self._chosen)

    def _begin(self, renamed: Channel | None) -> None:
        self._renamed = renamed
        self.name.setText("" if renamed is None else renamed.name)
        self._show(naming=True)
        self.name.setFocus()
        self.name.selectAll()

    def _end(self) -> None:
        self._renamed = None
        self._show(naming=False)

    def _show(self, *, naming: bool) -> None:
        own = self._chosen is not None and is_own(self._chosen)
        self.save.setVisible(not naming)
        for button in (self.rename, self.forget):
            button.setVisible(own and not naming)
        for control in (self.name, self.confirm, self.give_up):
            control.setVisible(naming)
        self._complain("")

    def _complain(self, words: str) -> None:
        say(self._complaint, words)
        self._complaint.setVisible(bool(words))

    def _keep(self) -> None:
        try:
            channel = self._current(self.name.text())
        except DmdxError as error:
            self._complain(f"{error.detail} {error.remedy}")
            return
        work = partial(_kept, self._folder, channel, self._renamed)
        self._errands.run(self, work, partial(self._on_kept, channel, self._renamed))

    def _on_kept(self, channel: Channel, renamed: Channel | None, error: DmdxError | None) -> None:
        if error is not None:
            self._complain(f"{error.detail} {error.remedy}")
            return
        self._end()
        self.kept.emit(channel, renamed)

    def _forget(self) -> None:
        channel = self._chosen
        if channel is not None:
            self._errands.run(self, partial(_forgotten, self._folder, channel), partial(self._on_forgotten, channel))

    def _on_forgotten(self, channel: Channel, is_gone: bool) -> None:
        if is_gone:
            self.forgotten.emit(channel)


def _kept(folder: Path, channel: Channel, renamed: Channel | None) -> DmdxError | None:
    try:
        own_channels.keep(folder, channel)
    except DmdxError as error:
        return error
    if renamed is not None and renamed.id != channel.id:
        _forgotten(folder, renamed)
    return None


def _forgotten(folder: Path, channel: Channel) -> bool:
    try:
        own_channels.forget(folder, channel)
    except OSError:
        return False
    return True
