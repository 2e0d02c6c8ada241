"""Languages: the catalogue has every word that the window looks up, and a compiled one is what the window speaks."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from devtools.translations import ENGLISH, PACKAGE, catalogue, compile_language, labels_of_terms, texts_of
from dmdx_desktop.models.term import Term
from dmdx_desktop.models.treatment import FileFormat, SheetPage
from dmdx_desktop.models.vocabulary import JewelleryType, Metal, Species, StoneRole, View
from dmdx_desktop.ui.export.preset_list import PresetList
from dmdx_desktop.ui.languages import FOLDER, speak
from dmdx_desktop.ui.studio.stone_card import StoneCard
from dmdx_desktop.ui.term_words import term_name, term_within_line
from dmdx_desktop.ui.wording import CONTEXT, tr
from tests.ui.made_libraries import MadeLibraries, sample_pieces
from tests.ui.page_screens import page_screens, until_images, with_sample_images
from tests.ui.pseudo_languages import spoken
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


@pytest.fixture(scope="module")
def source_texts() -> tuple[str, ...]:
    return texts_of(PACKAGE)


@pytest.fixture
def restored(qapp: QApplication) -> Iterator[QApplication]:
    before = set(qapp.findChildren(QTranslator))
    yield qapp
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_catalogue_of_english_is_what_the_program_says_today(source_texts: tuple[str, ...]) -> None:
    assert ENGLISH.read_text(encoding="utf-8") == catalogue(source_texts), "run: python dev.py translations"


def test_catalogue_has_every_word_that_screens_look_up(
    qtbot: QtBot, restored: QApplication, tmp_path: Path, source_texts: tuple[str, ...]
) -> None:
    listener = Listener(restored)
    restored.installTranslator(listener)
    with shown_window(restored, qtbot, tmp_path / "library") as built:
        for _ in shell_screens(built):
            restored.processEvents()
        with_sample_images(built)
        for _ in page_screens(built):
            restored.processEvents()
    known = [re.compile(re.sub(r"\\{\w+\\}", ".+", re.escape(text))) for text in source_texts]

    assert len(listener.heard) > 200
    # A sentence whose places were filled may be looked up once more, by the button that shows it.
    heard = sorted(text for text in listener.heard if any(sign.islower() for sign in text))
    missing = [text for text in heard if not any(one.fullmatch(text) for one in known)]
    assert not missing, "\n".join(missing)


def test_every_word_of_the_vocabulary_has_a_source_string(source_texts: tuple[str, ...]) -> None:
    texts, classes = set(source_texts), Term.__subclasses__()
    labels = [term.label for terms in classes for term in terms if any(sign.isalpha() for sign in term.label)]

    assert {JewelleryType, Metal, Species, StoneRole, View} <= set(classes)
    assert len(labels) > 300
    assert [label for label in labels if label not in texts] == []


def test_word_of_the_vocabulary_is_longer_in_a_longer_language(qapp: QApplication) -> None:
    with spoken(qapp, "long"):
        for terms in Term.__subclasses__():
            for term in terms:
                assert len(term_name(term)) >= 1.3 * len(term.label), term


def test_word_within_a_line_is_lower_case_in_english_and_as_translated_elsewhere(qapp: QApplication) -> None:
    assert term_within_line(Metal.YELLOW_GOLD) == "yellow gold"
    with spoken(qapp, "long"):
        assert term_within_line(Metal.YELLOW_GOLD) == "«Yellow gold Ye»"


def test_no_word_of_the_vocabulary_stays_english_in_another_language(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, made_libraries: MadeLibraries
) -> None:
    made_libraries.copy(sample_pieces, tmp_path / "library")
    names = {each.label for each in (*FileFormat, *SheetPage)}  # no language has others
    labels = {label.lower() for label in set(labels_of_terms()) - names if len(label) > 2}
    found: set[str] = set()
    with spoken(qapp, "long"), shown_window(qapp, qtbot, tmp_path / "library") as built:
        until_images(built)
        for name, screen in page_screens(built):
            qapp.processEvents()
            for text in _words_shown(screen):
                parts = re.split(r"\s*(?:[·,:×]|\n)\s*", text)
                found.update(f"{name}: {part} in {text}" for part in parts if part.lower() in labels)
        for menu in (built.window.gallery.filters.made_menu(), built.window.studio.pieces.filters.made_menu()):
            listed = list(_menu_words(menu))
            assert len(listed) > 30
            found.update(f"menu: {text}" for text in listed if text.lower() in labels)

    assert found == set()


def _words_shown(screen: QWidget) -> Iterator[str]:
    """What can be read or heard: labels, buttons, choices, and the names of everything in the accessible tree."""
    for widget in screen.findChildren(QWidget):
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(row) for row in range(widget.count()))
        if isinstance(widget, StoneCard):
            yield widget.title_within_line
        yield widget.accessibleName()
    yield from _names_heard(QAccessible.queryAccessibleInterface(screen))


def _names_heard(interface: QAccessibleInterface) -> Iterator[str]:
    yield interface.text(QAccessible.Text.Name)
    if isinstance(interface.object(), PresetList):
        return  # presets say what their files say
    for number in range(min(interface.childCount(), 60)):
        yield from _names_heard(interface.child(number))


def _menu_words(menu: QMenu) -> Iterator[str]:
    for action in menu.actions():
        yield action.text()
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _menu_words(inner)


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
