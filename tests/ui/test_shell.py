"""The shell of the window over a real core: menus, settings, closing, failures, panes, and what is remembered."""

import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window, build_window
from dmdx_desktop.config import Paths
from dmdx_desktop.ui.closing import ClosingDialog
from dmdx_desktop.ui.faults import Faults
from dmdx_desktop.ui.keys import KeyAction
from dmdx_desktop.ui.panes import Panes
from dmdx_desktop.ui.pasting import PREFIX
from dmdx_desktop.ui.preferences import WhenClosing, preferences_file, read_preferences
from dmdx_desktop.ui.settings.settings_page import Matter
from dmdx_desktop.ui.settings.shortcuts_page import ShortcutsPage
from dmdx_desktop.ui.shortcut_sheet import ShortcutSheet
from dmdx_desktop.ui.tokens import Appearance
from dmdx_desktop.ui.top_bar import Workspace
from tests.ui.made_libraries import MadeLibraries, sample_pieces
from tests.ui.shown_windows import LONG_MS, shown_window

pytestmark = pytest.mark.by_turns("the shell of the window", of=7)


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        yield built


@pytest.fixture
def filled(qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries) -> Iterator[Window]:
    """A window with pieces and images."""
    made_libraries.copy(sample_pieces, tmp_path / "library")
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        # The menus follow after the first view.
        qtbot.waitUntil(lambda: bool(_actions(built, "Make images")), timeout=LONG_MS)
        yield built


def _action(window: Window, text: str) -> QAction:
    return _actions(window, text)[0]


def _actions(window: Window, text: str) -> list[QAction]:
    found = window.window.findChildren(QAction)
    return [one for one in found if one.text().replace("&", "") == text and not one.isSeparator()]


def _dialog(kind: type[QWidget]) -> QWidget:
    found = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()]
    assert len(found) == 1
    return found[0]


def test_menus_disable_what_cannot_be_done_now(window: Window, qtbot: QtBot) -> None:
    for text in ("Export…", "Make images", "Identify again", "Delete…", "Undo", "Clear filters"):
        assert not _action(window, text).isEnabled(), text
    for text in ("Add files…", "Settings…", "Shortcuts", "Quit"):
        assert _action(window, text).isEnabled(), text


def test_menus_follow_what_is_selected(filled: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: _action(filled, "Make images").isEnabled(), timeout=LONG_MS)
    assert _action(filled, "Identify again").isEnabled()
    filled.window.show_workspace(Workspace.GALLERY)
    gallery = filled.window.gallery
    qtbot.waitUntil(lambda: len(gallery.model.keys) > 0, timeout=LONG_MS)
    _action(filled, "Select all").trigger()
    qtbot.waitUntil(lambda: _action(filled, "Export…").isEnabled())
    assert not _action(filled, "Make images").isEnabled()


def test_menus_have_the_roles_macos_moves(window: Window) -> None:
    roles = {"Quit": QAction.MenuRole.QuitRole, "Settings…": QAction.MenuRole.PreferencesRole}
    roles["About DMDX Studio"] = QAction.MenuRole.AboutRole
    for text, role in roles.items():
        assert _action(window, text).menuRole() is role


def test_keys_of_menus_are_each_used_once(window: Window) -> None:
    taken = window.window.attendants.menus.keys_taken()

    assert len(taken) > 20
    assert len(taken) == len(set(taken))


def test_settings_open_on_a_key_and_escape_leads_back_to_the_work(window: Window, qtbot: QtBot) -> None:
    window.window.show_workspace(Workspace.QUEUE)
    _action(window, "Settings…").trigger()
    settings = window.window.settings
    assert settings.isVisible()
    for matter in Matter:
        settings.show_matter(matter)
        assert settings.pages[matter].isVisible()
    QTest.keyClick(settings.places, Qt.Key.Key_Escape)
    assert window.window.queue.isVisible()


def test_look_chosen_in_the_settings_shows_at_once_and_is_remembered(
    window: Window, qapp: QApplication, qtbot: QtBot
) -> None:
    for appearance in (Appearance.LIGHT, Appearance.DARK):
        window.parts.preferences.change(appearance=appearance.value)
        assert window.parts.look.theme.appearance is appearance


def test_what_is_installed_is_listed_with_its_licence(window: Window, qtbot: QtBot) -> None:
    window.window.show_settings(Matter.ABOUT)
    about = window.window.settings.pages[Matter.ABOUT]
    names = about.names  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: names.count() > 10, timeout=LONG_MS)
    listed = [names.item(row).text() for row in range(names.count())]
    for part in ("Inter", "Lucide", "PySide6", "numpy"):
        assert any(part in name and "·" in name for name in listed), part


def test_sizes_of_the_library_are_counted_off_the_window(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.window._storage.counted, timeout=LONG_MS) as counted:
        window.window.show_settings(Matter.STORAGE)
    assert counted.args[0].library > 0
    assert counted.args[0].free > 0


def test_sizes_of_the_library_are_told_on_the_gui_thread_whoever_listens(window: Window, qtbot: QtBot) -> None:
    told: list[threading.Thread] = []
    storage = window.window._storage
    storage.counted.connect(lambda sizes: told.append(threading.current_thread()), Qt.ConnectionType.DirectConnection)
    storage.count()
    qtbot.waitUntil(lambda: bool(told), timeout=LONG_MS)
    assert set(told) == {threading.main_thread()}


def _shortcuts(window: Window) -> ShortcutsPage:
    window.window.show_settings(Matter.SHORTCUTS)
    page = window.window.settings.pages[Matter.SHORTCUTS]
    assert isinstance(page, ShortcutsPage)
    return page


def test_key_is_remapped_by_pressing_it(window: Window, qtbot: QtBot) -> None:
    page, keys = _shortcuts(window), window.parts.keys
    capture = page.capture_of(KeyAction.PICK)
    QTest.mouseClick(capture, Qt.MouseButton.LeftButton)
    QTest.keyClick(capture, Qt.Key.Key_Q)

    assert keys.keys_of(KeyAction.PICK) == ("Q",)
    assert window.parts.preferences.now.own_keys == {KeyAction.PICK: ("Q",)}


def test_key_that_is_taken_is_only_given_away_when_the_user_says_so(window: Window, qtbot: QtBot) -> None:
    page, keys = _shortcuts(window), window.parts.keys
    capture = page.capture_of(KeyAction.PICK)
    QTest.mouseClick(capture, Qt.MouseButton.LeftButton)
    QTest.keyClick(capture, Qt.Key.Key_X)
    assert page.question.isVisible()
    assert "Reject" in page.question.accessibleName()
    assert keys.keys_of(KeyAction.PICK) == ("P",)
    QTest.keyClick(page._take, Qt.Key.Key_Space)

    assert keys.keys_of(KeyAction.PICK) == ("X",)
    assert keys.keys_of(KeyAction.REJECT) == ()


def test_key_of_a_menu_stays_there(window: Window, qtbot: QtBot) -> None:
    page = _shortcuts(window)
    capture = page.capture_of(KeyAction.PICK)
    QTest.mouseClick(capture, Qt.MouseButton.LeftButton)
    QTest.keyClick(capture, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)

    assert page.question.isVisible()
    assert window.parts.keys.keys_of(KeyAction.PICK) == ("P",)


def test_letters_switched_off_take_the_question_mark_from_the_menu(window: Window) -> None:
    window.parts.preferences.change(letters=False)

    assert _action(window, "Shortcuts").shortcuts() == [QKeySequence("F1")]
    assert not window.parts.keys.letters


def test_sheet_lists_every_key(window: Window, qtbot: QtBot) -> None:
    _action(window, "Shortcuts").trigger()
    sheet = _dialog(ShortcutSheet)
    words = " ".join(label.text() for label in sheet.findChildren(QWidget) if hasattr(label, "text"))
    for part in ("Ctrl+G", "Rate 5 stars", "Swap before and after", "F6"):
        assert part in words, part
    sheet.close()


def test_window_with_images_under_way_asks_before_it_closes(window: Window, qtbot: QtBot) -> None:
    closed: list[bool] = []
    window.window.closing.connect(lambda: closed.append(window.window.keep_rendering))
    window.window.queue.waiting_changed.emit(3)
    window.window.close()
    dialog = _dialog(ClosingDialog)
    assert isinstance(dialog, ClosingDialog)
    dialog.cancel.click()
    assert not closed
    assert window.window.isVisible()
    window.window.close()
    again = _dialog(ClosingDialog)
    assert isinstance(again, ClosingDialog)
    again.remember.setChecked(True)
    again.keep.click()

    assert closed == [True]
    assert window.parts.preferences.now.when_closing is WhenClosing.KEEP_RENDERING
    window.window.keep_rendering = False


def test_window_with_nothing_under_way_closes_without_a_word(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.window.closing):
        window.window.close()
    assert not window.window.isVisible()


def test_three_deaths_of_the_core_are_said_with_a_way_to_the_log(window: Window, qtbot: QtBot) -> None:
    bridge = window.parts.bridge
    for death in range(3):
        number = bridge.core_number
        assert number is not None
        with qtbot.waitSignal(bridge.lost, timeout=LONG_MS):
            os.kill(number, signal.SIGKILL)
        if death < 2:
            assert "Nothing is lost" in window.window.toast.text
            assert not window.window.banner.isVisible()
            qtbot.waitUntil(lambda dead=number: bridge.core_number not in (None, dead), timeout=LONG_MS)  # type: ignore[misc]
    assert window.window.banner.isVisible()
    assert "three times in ten minutes" in window.window.banner.accessibleName()


def test_library_that_cannot_be_opened_is_said_with_a_way_to_try_again(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    basedir = tmp_path / "library"
    basedir.mkdir()
    database = basedir / "library.db"
    database.write_bytes(b"this is no database" * 100)
    built = build_window(qapp, Paths(basedir), is_only_one=False)
    built.window.show()
    try:
        qtbot.waitUntil(built.window.banner.isVisible, timeout=LONG_MS)
        database.unlink()
        again = next(one for one in built.window.banner.findChildren(QWidget) if one.accessibleName() == "Try again")
        QTest.mouseClick(again, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: built.parts.source.is_open, timeout=LONG_MS)
        assert not built.window.banner.isVisible()
    finally:
        built.window.close()
        built.close()
        built.window.deleteLater()


def test_button_beside_a_picture_fills_the_screen_and_gives_it_back(window: Window, qtbot: QtBot) -> None:
    shown = window.window
    shown.show_workspace(Workspace.STUDIO)
    for button in (
        next(one for one in shown.studio.canvas.findChildren(QWidget) if one.accessibleName() == "Full screen"),
        shown.review.bar.full_screen,
    ):
        button.click()  # type: ignore[attr-defined]
        assert shown.isFullScreen()
        button.click()  # type: ignore[attr-defined]
        assert not shown.isFullScreen()


@pytest.mark.allow_logs
def test_failure_nobody_foresaw_is_said_calmly_and_copied_without_its_words(window: Window, qtbot: QtBot) -> None:
    faults = Faults(window.window)
    faults.befell.connect(lambda: window.window.attendants.failures.tell_unexpected(faults.copy_details))
    try:
        raise ValueError("the name of a customer")
    except ValueError as error:
        faults.take(error)
    assert window.window.toast.text.startswith("Something went wrong on our side")
    faults.copy_details()
    copied = QApplication.clipboard().text()
    assert "ValueError" in copied
    assert "customer" not in copied


def test_panes_are_reached_one_after_the_other_and_back(filled: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: filled.window.studio.has_pieces, timeout=LONG_MS)
    panes: Panes = filled.window._panes
    order = panes.panes()
    assert order[0] is filled.window.top
    assert order[-1] is filled.window.status
    canvas = next(at for at, pane in enumerate(order) if pane.isAncestorOf(filled.window.studio.canvas))
    assert order.index(filled.window.studio.pieces) < canvas
    assert len(order) == 5
    filled.window.top.settings.setFocus()
    seen = []
    for _ in order:
        panes.go(1)
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(next(pane for pane in order if pane is focused or pane.isAncestorOf(focused)))
    assert seen == [*order[1:], order[0]]
    panes.go(-1)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert filled.window.status.isAncestorOf(focused)


def test_window_comes_back_with_its_place_and_workspace(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    basedir = tmp_path / "library"
    with shown_window(qapp, qtbot, basedir) as first:
        first.window.resize(1100, 700)
        first.window.show_workspace(Workspace.QUEUE)
    places = read_preferences(preferences_file(Paths(basedir))).places
    assert [(place.width, place.height) for place in places.values()] == [(1100, 700)]
    with shown_window(qapp, qtbot, basedir) as second:
        assert second.window.queue.isVisible()


def test_divider_between_panes_moves_by_arrow_keys_and_stays_there(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries
) -> None:
    made_libraries.copy(sample_pieces, tmp_path / "library")
    with shown_window(qapp, qtbot, tmp_path / "library") as first:
        qtbot.waitUntil(lambda: first.window.studio.has_pieces, timeout=LONG_MS)
        splitter = first.window.studio.findChildren(QSplitter)[0]
        before = splitter.sizes()
        handle = splitter.handle(1)
        assert handle.focusPolicy() is Qt.FocusPolicy.TabFocus
        QTest.keyClick(handle, Qt.Key.Key_Right)
        moved = splitter.sizes()
        assert moved[0] == before[0] + 16
    with shown_window(qapp, qtbot, tmp_path / "library") as second:
        qtbot.waitUntil(lambda: second.window.studio.has_pieces, timeout=LONG_MS)
        assert second.window.studio.findChildren(QSplitter)[0].sizes() == moved


def test_picture_in_the_clipboard_becomes_a_piece_and_leaves_no_file_behind(window: Window, qtbot: QtBot) -> None:
    before = set(Path(tempfile.gettempdir()).glob(f"{PREFIX}*"))
    assert not _action(window, "Paste pictures").isEnabled()
    clipboard = QApplication.clipboard()
    clipboard.setImage(QImage(str(Path(__file__).resolve().parents[1] / "samples" / "halo-ring_top.png")))
    qtbot.waitUntil(_action(window, "Paste pictures").isEnabled)
    _action(window, "Paste pictures").trigger()

    qtbot.waitUntil(lambda: window.window.studio.has_pieces, timeout=LONG_MS)
    qtbot.waitUntil(lambda: set(Path(tempfile.gettempdir()).glob(f"{PREFIX}*")) <= before, timeout=LONG_MS)
    clipboard.clear()
    qtbot.waitUntil(lambda: not _action(window, "Paste pictures").isEnabled())


@pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")
def test_later_start_brings_the_window_forward_with_its_files(window: Window, qtbot: QtBot) -> None:
    window.window.show_settings(Matter.GENERAL)
    window.window.showMinimized()
    window.window.come_forward((str(Path(__file__).resolve().parents[1] / "samples" / "halo-ring_top.png"),))

    assert not window.window.isMinimized()
    assert window.window.studio.isVisible()
    qtbot.waitUntil(lambda: window.window.studio.has_pieces, timeout=LONG_MS)
