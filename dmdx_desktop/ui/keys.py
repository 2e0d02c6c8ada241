"""What each key does, by the name of what it does: pages ask here, so keys can be changed in one place. GUI thread.

Single letters act only where no text is typed. They can be remapped, and switched off as a whole (WCAG 2.1.4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence


class KeyAction(StrEnum):
    """Everything that a key without Ctrl, or one of the views, does."""

    NEXT = "next"
    PREVIOUS = "previous"
    RATE_0 = "rate_0"
    RATE_1 = "rate_1"
    RATE_2 = "rate_2"
    RATE_3 = "rate_3"
    RATE_4 = "rate_4"
    RATE_5 = "rate_5"
    PICK = "pick"
    REJECT = "reject"
    UNFLAG = "unflag"
    LOUPE = "loupe"
    OPEN = "open"
    COMPARE = "compare"
    SWAP = "swap"
    BLINK = "blink"
    DIVIDER_BACK = "divider_back"
    DIVIDER_AHEAD = "divider_ahead"
    FIT_OR_WHOLE = "fit_or_whole"
    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    FIT = "fit"
    SURROUND = "surround"
    INSPECTOR = "inspector"
    FOLD = "fold"
    FULL_SCREEN = "full_screen"
    RETRY = "retry"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class KeyUse:
    """What the shortcut sheet says of an action: its words, where it holds, and the keys it has at first."""

    words: str
    place: str
    keys: tuple[str, ...]


EVERYWHERE: Final = "Lists, grid, filmstrip"
JUDGING: Final = "Gallery and Review"
CANVAS: Final = "Canvas"
USES: Final[Mapping[KeyAction, KeyUse]] = {
    KeyAction.NEXT: KeyUse("Next", EVERYWHERE, ("J",)),
    KeyAction.PREVIOUS: KeyUse("Previous", EVERYWHERE, ("K",)),
    KeyAction.RATE_1: KeyUse("Rate 1 star", JUDGING, ("1",)),
    KeyAction.RATE_2: KeyUse("Rate 2 stars", JUDGING, ("2",)),
    KeyAction.RATE_3: KeyUse("Rate 3 stars", JUDGING, ("3",)),
    KeyAction.RATE_4: KeyUse("Rate 4 stars", JUDGING, ("4",)),
    KeyAction.RATE_5: KeyUse("Rate 5 stars", JUDGING, ("5",)),
    KeyAction.RATE_0: KeyUse("Clear the rating", JUDGING, ("0",)),
    KeyAction.PICK: KeyUse("Pick", JUDGING, ("P",)),
    KeyAction.REJECT: KeyUse("Reject", JUDGING, ("X",)),
    KeyAction.UNFLAG: KeyUse("Neither picked nor rejected", JUDGING, ("U",)),
    KeyAction.LOUPE: KeyUse("Loupe at 100 %, again to close", "Where an image is focused", ("Space",)),
    KeyAction.OPEN: KeyUse("Open in Review", "Gallery", ("Return", "Enter")),
    KeyAction.COMPARE: KeyUse("Compare the selection", JUDGING, ("C",)),
    KeyAction.SWAP: KeyUse("Swap before and after", "Review", ("B",)),
    KeyAction.BLINK: KeyUse("Blink between before and after", "Review", ("V",)),
    KeyAction.DIVIDER_BACK: KeyUse("Move the divider 5 % back", "Review", ("[",)),
    KeyAction.DIVIDER_AHEAD: KeyUse("Move the divider 5 % ahead", "Review", ("]",)),
    KeyAction.FIT_OR_WHOLE: KeyUse("Fit, or 100 %", CANVAS, ("Z",)),
    KeyAction.ZOOM_IN: KeyUse("Zoom in", CANVAS, ("+", "=")),
    KeyAction.ZOOM_OUT: KeyUse("Zoom out", CANVAS, ("-",)),
    KeyAction.FIT: KeyUse("Fit", CANVAS, ("Ctrl+0",)),
    KeyAction.SURROUND: KeyUse("Next surround", CANVAS, ("S",)),
    KeyAction.INSPECTOR: KeyUse("Show or hide the inspector", JUDGING, ("I",)),
    KeyAction.FOLD: KeyUse("Fold or show the group", "Gallery and pieces", ("G",)),
    KeyAction.FULL_SCREEN: KeyUse("Full screen", "Everywhere", ("F",)),
    KeyAction.RETRY: KeyUse("Retry the focused failure", "Queue", ("R",)),
    KeyAction.DELETE: KeyUse("Delete, after asking", "Pieces, images", ("Del", "Backspace")),
}
_WITHOUT_KEYPAD: Final = ~Qt.KeyboardModifier.KeypadModifier


class Keys(QObject):
    """The keys as they are now. ``changed`` comes when one of them means something else."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._letters = True
        self._own: dict[KeyAction, tuple[str, ...]] = {}
        self._actions = self._by_sequence()

    def action(self, event: QKeyEvent) -> KeyAction | None:
        """What the pressed key does, or None."""
        modifiers = event.modifiers() & _WITHOUT_KEYPAD
        typed = event.text().upper() if event.text().isprintable() else ""
        found = self._actions.get(QKeySequence(event.keyCombination()).toString())
        if found is None and not modifiers & ~Qt.KeyboardModifier.ShiftModifier:
            # A sign is the same sign wherever a keyboard has it: with Shift, or on the keypad.
            found = self._actions.get(typed) if typed and not typed.isalpha() else found
            plain = QKeySequence(event.key()).toString()
            if found is None and modifiers == Qt.KeyboardModifier.NoModifier:
                found = self._actions.get(plain)
        return found

    def keys_of(self, action: KeyAction) -> tuple[str, ...]:
        """The keys of an action, as ``QKeySequence`` writes them."""
        return self._own.get(action, USES[action].keys)

    @property
    def letters(self) -> bool:
        """Whether single letters, digits and signs act at all."""
        return self._letters

    def take_on(self, own: Mapping[KeyAction, tuple[str, ...]], *, letters: bool) -> None:
        """Use the user's own keys for some actions; without ``letters`` no single sign acts."""
        self._own, self._letters = dict(own), letters
        self._actions = self._by_sequence()
        self.changed.emit()

    def _by_sequence(self) -> dict[str, KeyAction]:
        found: dict[str, KeyAction] = {}
        for action in USES:
            for keys in self.keys_of(action):
                if self._letters or len(keys) > 1:
                    found.setdefault(QKeySequence(keys).toString(), action)
        return found
