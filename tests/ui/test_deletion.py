"""Deleting in a real window over a real core: asked first, hidden at once, undone in time or erased."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.ui.deletion.deletion_dialog import DeletionDialog
from tests.ui.made_libraries import MadeLibraries, add_samples
from tests.ui.shown_windows import LONG_MS, shown_window

pytestmark = pytest.mark.by_turns("deletions in the window", of=3)


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries) -> Iterator[Window]:
    made_libraries.copy(one_piece, tmp_path / "library")
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        yield built


def one_piece(built: Window, qtbot: QtBot) -> None:
    """A piece without images."""
    add_samples(built, qtbot, "solitaire-ring_side.png")


def _ask(window: Window, qtbot: QtBot, sql: str) -> list[tuple[int, ...]]:
    answers: list[list[tuple[int, ...]]] = []

    def question(connection: Connection) -> list[tuple[int, ...]]:
        return [tuple(row) for row in connection.execute(sql)]

    window.parts.source.ask(window.window, question, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=LONG_MS)
    return answers[0]


def _pieces(window: Window, qtbot: QtBot) -> list[int]:
    return [row[0] for row in _ask(window, qtbot, "SELECT key FROM job WHERE deleted_at IS NULL")]


def _rows(window: Window, qtbot: QtBot) -> int:
    return _ask(window, qtbot, "SELECT count(*) FROM job")[0][0]


def _opened(window: Window, qtbot: QtBot) -> DeletionDialog:
    window.window.studio.delete_wanted.emit(_pieces(window, qtbot))
    qtbot.waitUntil(lambda: window.window.attendants.deleting.dialog is not None, timeout=LONG_MS)
    dialog = window.window.attendants.deleting.dialog
    assert dialog is not None
    return dialog


def _delete(window: Window, qtbot: QtBot) -> None:
    _opened(window, qtbot).delete.click()
    qtbot.waitUntil(lambda: _pieces(window, qtbot) == [], timeout=LONG_MS)


def test_dialog_begins_on_cancel_and_return_deletes_nothing(window: Window, qtbot: QtBot) -> None:
    dialog = _opened(window, qtbot)
    assert dialog.focusWidget() is dialog.cancel
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert window.window.attendants.deleting.dialog is None
    assert not window.window.attendants.deleting.toast.isVisible()
    assert len(_pieces(window, qtbot)) == 1


def test_piece_goes_at_once_and_undo_of_the_message_brings_it_back(window: Window, qtbot: QtBot) -> None:
    _delete(window, qtbot)
    toast = window.window.attendants.deleting.toast
    assert toast.isVisible()
    toast.undo.click()
    qtbot.waitUntil(lambda: len(_pieces(window, qtbot)) == 1, timeout=LONG_MS)
    assert not toast.isVisible()
    assert not window.parts.history.canUndo()


def test_history_undoes_and_repeats_a_deletion(window: Window, qtbot: QtBot) -> None:
    _delete(window, qtbot)
    window.parts.history.undo()
    qtbot.waitUntil(lambda: len(_pieces(window, qtbot)) == 1, timeout=LONG_MS)
    window.parts.history.redo()
    qtbot.waitUntil(lambda: _pieces(window, qtbot) == [], timeout=LONG_MS)
    assert window.window.attendants.deleting.toast.isVisible()


def test_deletion_is_carried_out_when_its_time_is_over_and_leaves_the_history(window: Window, qtbot: QtBot) -> None:
    _delete(window, qtbot)
    assert _rows(window, qtbot) == 1
    window.window.attendants.deleting.toast.ran_out.emit()
    qtbot.waitUntil(lambda: _rows(window, qtbot) == 0, timeout=LONG_MS)
    assert not window.parts.history.canUndo()


def test_message_is_held_while_the_focus_is_on_it(window: Window, qtbot: QtBot) -> None:
    _delete(window, qtbot)
    toast = window.window.attendants.deleting.toast
    window.window.activateWindow()
    toast.undo.setFocus()
    qtbot.waitUntil(toast.undo.hasFocus)
    assert toast.is_held
    held = "SELECT held_until > created_at FROM purge"
    qtbot.waitUntil(lambda: _ask(window, qtbot, held) == [(1,)], timeout=LONG_MS)
    toast.undo.clearFocus()
    qtbot.waitUntil(lambda: not toast.is_held)


def test_closing_carries_out_what_waits_for_an_undo(window: Window, qtbot: QtBot) -> None:
    _delete(window, qtbot)
    window.window.close()
    qtbot.waitUntil(lambda: _rows(window, qtbot) == 0, timeout=LONG_MS)
    assert not window.window.attendants.deleting.toast.isVisible()


def test_core_that_dies_before_the_undo_keeps_the_promise(window: Window, qtbot: QtBot) -> None:
    _delete(window, qtbot)
    bridge = window.parts.bridge
    number = bridge.core_number
    assert number is not None
    with qtbot.waitSignal(bridge.back, timeout=LONG_MS):
        os.kill(number, signal.SIGKILL)
    assert _rows(window, qtbot) == 1
    window.window.attendants.deleting.toast.undo.click()
    qtbot.waitUntil(lambda: len(_pieces(window, qtbot)) == 1, timeout=LONG_MS)
