"""Keys: found by what they do on any keyboard, switched off as letters, remapped."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from dmdx_desktop.ui.keys import USES, KeyAction, Keys

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
KEYPAD, CONTROL = Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.ControlModifier


def _press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, text: str = "") -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)


@pytest.mark.parametrize(
    ("event", "action"),
    [
        (_press(Qt.Key.Key_P, text="p"), KeyAction.PICK),
        (_press(Qt.Key.Key_4, KEYPAD, "4"), KeyAction.RATE_4),
        (_press(Qt.Key.Key_Plus, SHIFT, "+"), KeyAction.ZOOM_IN),
        (_press(Qt.Key.Key_BracketLeft, text="["), KeyAction.DIVIDER_BACK),
        (_press(Qt.Key.Key_0, CONTROL), KeyAction.FIT),
        (_press(Qt.Key.Key_Space, text=" "), KeyAction.LOUPE),
        (_press(Qt.Key.Key_Delete), KeyAction.DELETE),
        (_press(Qt.Key.Key_P, CONTROL), None),
        (_press(Qt.Key.Key_Q, text="q"), None),
    ],
)
def test_key_pressed_in_any_way_it_can_be_finds_its_action(
    qapp: QApplication, event: QKeyEvent, action: KeyAction | None
) -> None:
    assert Keys().action(event) is action


def test_letters_switched_off_leave_only_named_keys(qapp: QApplication) -> None:
    keys = Keys()
    keys.take_on({}, letters=False)

    assert keys.action(_press(Qt.Key.Key_P, text="p")) is None
    assert keys.action(_press(Qt.Key.Key_Delete)) is KeyAction.DELETE


def test_remapped_key_does_what_it_was_given_to(qapp: QApplication) -> None:
    keys = Keys()
    keys.take_on({KeyAction.PICK: ("A",)}, letters=True)

    assert keys.action(_press(Qt.Key.Key_A, text="a")) is KeyAction.PICK
    assert keys.action(_press(Qt.Key.Key_P, text="p")) is None


def test_every_action_has_words_and_keys_of_its_own(qapp: QApplication) -> None:
    assert set(USES) == set(KeyAction)
    taken = [key for use in USES.values() for key in use.keys]
    assert len(taken) == len(set(taken))
