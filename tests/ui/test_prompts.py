"""The texts of step 3 in a real window over a real core: all at once, and one written anew and kept with its image."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.library.catalogue import images_of_piece, piece_ids
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.models.choices import SceneId
from dmdx_desktop.models.commands import Delete, Generate
from dmdx_desktop.models.ids import JobId
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.ui.top_bar import Workspace
from tests.ui.made_libraries import SAMPLES, MadeLibraries, one_ring
from tests.ui.shown_windows import LONG_MS, shown_window

pytestmark = pytest.mark.by_turns("prompts in the window", of=4)

OWN = "The ring on a slab of grey slate, seen from above."


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries) -> Iterator[Window]:
    made_libraries.copy(one_ring, tmp_path / "library")
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        step = built.window.studio.check_step
        view = built.window.studio.canvas
        qtbot.waitUntil(lambda: view.view is not None and view.view.references != (), timeout=LONG_MS)
        qtbot.waitUntil(lambda: step.edit.isEnabled(), timeout=LONG_MS)
        yield built


def _add_ring(built: Window, qtbot: QtBot) -> None:
    built.window.attendants.adding.add([str(SAMPLES / "halo-ring_top.png")])
    _wait_ready(built, qtbot)


def _wait_ready(built: Window, qtbot: QtBot) -> None:
    step, view = built.window.studio.check_step, built.window.studio.canvas
    qtbot.waitUntil(lambda: view.view is not None and view.view.references != (), timeout=LONG_MS)
    qtbot.waitUntil(lambda: step.edit.isEnabled(), timeout=LONG_MS)


def test_edited_prompt_is_the_one_kept_with_its_image(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    text = _text(window)
    assert text.isReadOnly()
    page.check_step.edit.click()
    assert not text.isReadOnly()
    text.setPlainText(OWN)
    page.generate()
    found: list[list[str]] = []

    def made() -> bool:
        window.parts.source.ask(page, _prompts, found.append)
        return bool(found and found[-1])

    qtbot.waitUntil(made, timeout=LONG_MS)
    assert set(found[-1]) == {OWN}


def test_made_text_comes_back_when_the_own_one_is_given_up(window: Window) -> None:
    page, text = window.window.studio, _text(window)
    before = text.toPlainText()
    page.check_step.edit.click()
    text.setPlainText(OWN)
    page.check_step.edit.click()
    assert text.toPlainText() == before
    assert not _is_own(window)
    window.parts.history.undo()
    assert text.toPlainText() == OWN
    assert _is_own(window)


def test_typed_prompt_is_one_step_that_is_undone_and_redone(window: Window, qtbot: QtBot) -> None:
    text, history = _text(window), window.parts.history
    made = text.toPlainText()
    _write(window, OWN)
    assert history.count() == 1
    assert history.undoText() == "Edit prompt"
    _wait_kept(window, qtbot, OWN)
    history.undo()
    assert text.toPlainText() == made
    assert not _is_own(window)
    _wait_kept(window, qtbot)
    history.redo()
    assert text.toPlainText() == OWN
    _wait_kept(window, qtbot, OWN)


def test_undo_key_takes_back_the_edit_that_was_only_begun(window: Window, qtbot: QtBot) -> None:
    assert window.window.attendants.menus is not None
    text = _text(window)
    window.window.studio.check_step.edit.click()
    text.setFocus()
    assert _is_own(window)
    QTest.keySequence(text, QKeySequence(QKeySequence.StandardKey.Undo))
    qtbot.waitUntil(lambda: not _is_own(window), timeout=LONG_MS)


def test_prompt_that_is_only_typed_is_kept_after_a_pause_and_not_a_step_yet(window: Window, qtbot: QtBot) -> None:
    window.window.studio.check_step.edit.click()
    _text(window).setPlainText(OWN)
    _wait_kept(window, qtbot, OWN)
    assert window.parts.history.count() == 0


def test_prompt_survives_closing_the_window_and_goes_with_its_piece(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with shown_window(qapp, qtbot, tmp_path / "library") as first:
        _add_ring(first, qtbot)
        first.window.studio.check_step.edit.click()
        _text(first).setPlainText(OWN)
    with shown_window(qapp, qtbot, tmp_path / "library") as second:
        _wait_ready(second, qtbot)
        qtbot.waitUntil(lambda: _text(second).toPlainText() == OWN, timeout=LONG_MS)
        assert _is_own(second)
        key = second.window.studio.pieces.model.keys[0]
        piece = _asked(second, qtbot, lambda connection: piece_ids(connection, [key]))[0]
        answers: list[object] = []
        second.parts.bridge.send(Delete(jobs=(JobId(piece),)), answers.append)
        qtbot.waitUntil(lambda: bool(answers), timeout=LONG_MS)
        _wait_kept(second, qtbot)


def test_prompt_kept_with_its_piece_is_used_by_whoever_makes_images(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    _write(window, OWN)
    _wait_kept(window, qtbot, OWN)
    key = page.pieces.model.keys[0]
    (piece,) = _asked(window, qtbot, lambda connection: piece_ids(connection, [key]))
    window.parts.bridge.send(Generate(jobs=(piece,), recipe=Recipe(size=256)))
    qtbot.waitUntil(lambda: _asked(window, qtbot, _prompts) == [OWN], timeout=LONG_MS)


def test_image_used_again_brings_its_own_prompt_along(window: Window, qtbot: QtBot) -> None:
    page, gallery = window.window.studio, window.window.gallery
    page.recipe_step.show_recipe(Recipe(size=1024))
    _write(window, OWN)
    page.generate()
    window.parts.history.undo()
    assert not _is_own(window)
    page.recipe_step.show_recipe(Recipe(scenes=(SceneId.MARBLE,)))
    page.recipe_step.changed.emit()
    window.window.show_workspace(Workspace.GALLERY)
    qtbot.waitUntil(lambda: len(gallery.model.keys) == 1, timeout=LONG_MS)
    gallery.show_image(gallery.model.keys[0])
    qtbot.waitUntil(lambda: gallery.inspector.prompt == OWN, timeout=LONG_MS)
    QTest.mouseClick(gallery.inspector.again, Qt.MouseButton.LeftButton)
    assert window.window.pages.currentWidget() is page
    assert page.recipe_step.recipe.scenes == (SceneId.WHITE,)
    assert _text(window).toPlainText() == OWN
    assert _is_own(window)
    window.parts.history.undo()
    assert not _is_own(window)


def test_make_more_shows_the_piece_of_an_image_with_its_recipe_and_prompt(window: Window, qtbot: QtBot) -> None:
    page, gallery = window.window.studio, window.window.gallery
    (ring,) = page.pieces.model.keys
    used = Recipe(scenes=(SceneId.WHITE, SceneId.MARBLE), size=1024)
    page.recipe_step.show_recipe(used)
    page.recipe_step.changed.emit()
    _write(window, OWN)
    page.generate()
    qtbot.waitUntil(lambda: len(gallery.model.keys) == 2, timeout=LONG_MS)
    window.parts.history.undo()
    window.window.attendants.adding.add([str(SAMPLES / "solitaire-ring_top.png")])
    qtbot.waitUntil(lambda: len(page.pieces.model.keys) == 2, timeout=LONG_MS)
    page.pieces.show_piece(next(key for key in page.pieces.model.keys if key != ring))
    page.recipe_step.show_recipe(Recipe())
    page.pieces.search.setText("solitaire")
    qtbot.waitUntil(lambda: len(page.pieces.model.keys) == 1, timeout=LONG_MS)
    window.window.show_workspace(Workspace.GALLERY)
    gallery.grid.selectAll()
    qtbot.waitUntil(gallery.inspector.isVisible, timeout=LONG_MS)
    qtbot.waitUntil(lambda: gallery.inspector.more.isEnabled() and bool(gallery.inspector.prompt), timeout=LONG_MS)
    QTest.mouseClick(gallery.inspector.more, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.pieces.selected_keys() == [ring], timeout=LONG_MS)
    assert page.recipe_step.recipe == used
    qtbot.waitUntil(lambda: _text(window).toPlainText() == OWN, timeout=LONG_MS)


def test_show_all_opens_the_text_of_every_variant(window: Window) -> None:
    page = window.window.studio
    page.check_step.every.click()
    dialog = page.check_step.dialog
    assert dialog is not None
    assert _text(window).toPlainText() in dialog.text.toPlainText()
    dialog.reject()
    assert page.check_step.dialog is None


def _write(window: Window, words: str) -> None:
    """Write a prompt, and leave it."""
    step = window.window.studio.check_step
    step.edit.click()
    _text(window).setPlainText(words)
    window.window.studio.own_prompts.leave()


def _is_own(window: Window) -> bool:
    return window.window.studio.check_step.edit.text() == "Use the made text"


def _asked(window: Window, qtbot: QtBot, question: Callable[[Connection], list[str]]) -> list[str]:
    found: list[list[str]] = []
    window.parts.source.ask(window.window, question, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=LONG_MS)
    return found[0]


def _kept(connection: Connection) -> list[str]:
    return [prompt for (prompt,) in connection.execute("SELECT prompt FROM own_prompt")]


def _wait_kept(window: Window, qtbot: QtBot, *words: str) -> None:
    qtbot.waitUntil(lambda: _asked(window, qtbot, _kept) == list(words), timeout=LONG_MS)


def _prompts(connection: Connection) -> list[str]:
    keys = [key for (key,) in connection.execute("SELECT key FROM job")]
    if not any(len(images_of_piece(connection, key)) for key in keys):
        return []
    return [prompt for (prompt,) in connection.execute("SELECT prompt FROM render")]


def _text(window: Window) -> QPlainTextEdit:
    found = window.window.studio.check_step.findChild(QPlainTextEdit)
    assert isinstance(found, QPlainTextEdit)
    return found
