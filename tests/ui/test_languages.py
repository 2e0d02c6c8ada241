"""Languages: the catalogue has every word that the window looks up, and a compiled one is what the window speaks."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from devtools.translations import ENGLISH, PACKAGE, catalogue, compile_language, texts_of
from dmdx_desktop.ui.languages import FOLDER, speak
from dmdx_desktop.ui.wording import CONTEXT, tr
from tests.ui.page_screens import page_screens, with_sample_images
from tests.ui.screens import shell_screens
from tests.ui.shown_windows import shown_window

NONE = cast(str, None)


class Listener(QTranslator):
    """Hears what is looked up, and translates nothing."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.heard: set[str] = set()

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        if context == CONTEXT:
            self.heard.add(text)
        return NONE

    def isEmpty(self) -> bool:  # noqa: N802 - a virtual function of Qt
        return False


@pytest.fixture
def restored(qapp: QApplication) -> Iterator[QApplication]:
    before = set(qapp.findChildren(QTranslator))
    yield qapp
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_catalogue_of_english_is_what_the_program_says_today() -> None:
    assert ENGLISH.read_text(encoding="utf-8") == catalogue(texts_of(PACKAGE)), "run: python dev.py translations"


def test_catalogue_has_every_word_that_screens_look_up(qtbot: QtBot, restored: QApplication, tmp_path: Path) -> None:
    listener = Listener(restored)
    restored.installTranslator(listener)
    with shown_window(restored, qtbot, tmp_path / "library") as built:
        for _ in shell_screens(built):
            restored.processEvents()
        with_sample_images(built)
        for _ in page_screens(built):
            restored.processEvents()
    known = [re.compile(re.sub(r"\\{\w+\\}", ".+", re.escape(text))) for text in texts_of(PACKAGE)]

    assert len(listener.heard) > 200
    # A sentence whose places were filled may be looked up once more, by the button that shows it.
    heard = sorted(text for text in listener.heard if any(sign.islower() for sign in text))
    missing = [text for text in heard if not any(one.fullmatch(text) for one in known)]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize(
    ("language", "direction"), [("de", Qt.LayoutDirection.LeftToRight), ("he", Qt.LayoutDirection.RightToLeft)]
)
def test_compiled_catalogue_is_spoken_in_its_direction(
    restored: QApplication, tmp_path: Path, language: str, direction: Qt.LayoutDirection
) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    root = ElementTree.fromstring(catalogue(("Gallery", "{count} images")))
    for message in root.iter("message"):
        source, translation = message.find("source"), message.find("translation")
        assert source is not None
        assert translation is not None
        translation.text = {"Gallery": "Galerie", "{count} images": "{count} Bilder"}[source.text or ""]
    file = folder / f"dmdx_{language}.ts"
    file.write_text(ElementTree.tostring(root, encoding="unicode"), encoding="utf-8")
    compile_language(file, file.with_suffix(".qm"))

    assert speak(restored, tmp_path, QLocale(language))

    assert tr("Gallery") == "Galerie"
    assert tr("{count} images", count=1200) == "1,200 Bilder"
    assert restored.layoutDirection() is direction


def test_language_without_a_catalogue_leaves_the_window_english(restored: QApplication, tmp_path: Path) -> None:
    assert not speak(restored, tmp_path, QLocale("he"))

    assert tr("Gallery") == "Gallery"
    assert restored.layoutDirection() is Qt.LayoutDirection.LeftToRight
