"""The texts of step 3 in a real window over a real core: all at once, and one written anew and kept with its image."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.library.catalogue import images_of_piece
from dmdx_desktop.library.connections import Connection
from tests.ui.made_libraries import MadeLibraries, one_ring
from tests.ui.shown_windows import LONG_MS, shown_window

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
    assert page.check_step.own_prompts(page.recipe_step.recipe) == ()


def test_show_all_opens_the_text_of_every_variant(window: Window) -> None:
    page = window.window.studio
    page.check_step.every.click()
    dialog = page.check_step.dialog
    assert dialog is not None
    assert _text(window).toPlainText() in dialog.text.toPlainText()
    dialog.reject()
    assert page.check_step.dialog is None


def _prompts(connection: Connection) -> list[str]:
    keys = [key for (key,) in connection.execute("SELECT key FROM job")]
    if not any(len(images_of_piece(connection, key)) for key in keys):
        return []
    return [prompt for (prompt,) in connection.execute("SELECT prompt FROM render")]


def _text(window: Window) -> QPlainTextEdit:
    found = window.window.studio.check_step.findChild(QPlainTextEdit)
    assert isinstance(found, QPlainTextEdit)
    return found
