"""A button that shows a key, and once pressed takes the next key as the new one. GUI thread."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton

from dmdx_desktop.ui.look import Button, Look
from dmdx_desktop.ui.wording import tr

ALONE: Final = frozenset(
    {
        Qt.Key.Key_Control.value,
        Qt.Key.Key_Shift.value,
        Qt.Key.Key_Alt.value,
        Qt.Key.Key_AltGr.value,
        Qt.Key.Key_Meta.value,
        Qt.Key.Key_CapsLock.value,
        Qt.Key.Key_unknown.value,
        Qt.Key.Key_Tab.value,
        Qt.Key.Key_Backtab.value,
    }
)
"""Keys that are no shortcut by themselves; Tab moves on, as it does everywhere."""


class KeyCapture(Button):
    """``captured`` tells the key, as ``QKeySequence`` writes it. Escape keeps what was there."""

    captured = Signal(str)
    _listening = False
    # For events that come while the button is being made.

    def __init__(self, look: Look, does: str) -> None:
        super().__init__(look, "", scale="small")
        self._does, self._keys = does, ""
        self.setMinimumWidth(96)
        self.clicked.connect(self._listen)

    def show_keys(self, keys: str) -> None:
        """Show the present key or keys."""
        self._keys = keys
        self._stop()

    def event(self, event: QEvent) -> bool:
        # While a key is waited for, it is not for the menus.
        if self._listening and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._listening:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self._stop()
        elif event.key() in ALONE:
            super().keyPressEvent(event)
        else:
            modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if event.text().isprintable() and not event.text().isalpha():
                # A sign is found by what is typed, wherever a keyboard has it.
                modifiers &= ~Qt.KeyboardModifier.ShiftModifier
            key = QKeySequence(event.key() | modifiers.value).toString()
            self._stop()
            if key:
                self.captured.emit(key)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._stop()
        super().focusOutEvent(event)

    def _listen(self) -> None:
        self._listening = True
        self.setText(tr("Press a key…"))
        self.setAccessibleName(tr("Press the new key for {does}", does=self._does))

    def _stop(self) -> None:
        self._listening = False
        # Keys are no words: they are not looked up.
        QPushButton.setText(self, self._keys or tr("No key"))
        self.setAccessibleName(tr("{does}: {keys}. Change", does=self._does, keys=self._keys or tr("No key")))
