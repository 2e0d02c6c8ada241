"""The look: every colour that is named exists, every pair that is used can be read, every icon is there."""

import ast
import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from dmdx_desktop.ui.icons import Icons
from dmdx_desktop.ui.theme import Theme, filled
from dmdx_desktop.ui.tokens import Appearance, TextStyle, load_tokens

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
TOKENS = load_tokens(RESOURCES)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("appearance", list(Appearance))
def test_every_pair_of_colours_that_is_used_can_be_told_apart(appearance: Appearance) -> None:
    colours, pairs = TOKENS.colours[appearance], TOKENS.contrast[appearance]
    assert len(pairs) > 50
    for front, back, least in pairs:
        light, dark = sorted((_luminance(colours[front]), _luminance(colours[back])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= least, (front, back)


@pytest.mark.parametrize("appearance", list(Appearance))
def test_style_sheet_names_no_colour_that_does_not_exist(appearance: Appearance) -> None:
    template = (RESOURCES / "theme" / "window.qss").read_text(encoding="utf-8")

    assert "@" not in filled(template, TOKENS.colours[appearance])


def test_window_names_no_colour_and_no_icon_that_does_not_exist() -> None:
    colours = set(TOKENS.colours[Appearance.DARK])
    groups = {name.split(".")[0] for name in colours}
    icons = {file.stem for file in (RESOURCES / "icons").glob("*.svg")}
    shown = set()
    for file in (ROOT / "dmdx_desktop" / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                word = node.value
                if re.fullmatch(r"[a-z]+\.[a-zA-Z]+", word) and word.split(".")[0] in groups:
                    assert word in colours, (file.name, word)
                    shown.add(word)
    assert len(shown) > 20
    assert set(json.loads((RESOURCES / "theme" / "tokens.json").read_text(encoding="utf-8"))["icon"]["names"]) == icons


def test_theme_brings_its_own_fonts_and_changes_with_the_system(qapp: QApplication) -> None:
    theme = Theme(qapp, RESOURCES)
    told: list[str] = []
    theme.changed.connect(lambda: told.append(theme.appearance))
    theme.choose(Appearance.LIGHT)
    light = theme.colour("bg.window").name()
    theme.choose(Appearance.DARK)

    assert told[-1] == Appearance.DARK
    assert light != theme.colour("bg.window").name()
    assert theme.font(TextStyle.TITLE).families()[0] == "Inter"
    theme.deleteLater()


def test_window_wears_the_style_sheet_of_its_theme_and_the_next_one(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(qapp, RESOURCES)
    window = QWidget()
    qtbot.addWidget(window)
    inside = QLabel("words", window)
    inside.setProperty("tone", "danger")  # a colour that no palette has
    theme.choose(Appearance.DARK)
    theme.dress(window)
    inside.ensurePolished()
    dark = inside.palette().color(inside.foregroundRole())
    assert dark == theme.colour("danger.text")

    theme.choose(Appearance.LIGHT)

    assert inside.palette().color(inside.foregroundRole()) == theme.colour("danger.text") != dark
    assert qapp.styleSheet() == ""
    theme.deleteLater()


def test_icons_are_drawn_in_the_colour_they_are_asked_for(qapp: QApplication) -> None:
    theme = Theme(qapp, RESOURCES)
    image = Icons(RESOURCES).pixmap("check", 16, theme.colour("danger.text"), 2.0).toImage()
    inked = {
        image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() > 250
    }

    assert (image.width(), image.height()) == (32, 32)
    assert theme.colour("danger.text").name() in inked
    theme.deleteLater()


def test_icon_is_sharp_on_the_screen_there_is_and_faint_where_it_is_disabled(qapp: QApplication) -> None:
    icon = Icons(RESOURCES).icon("check", QColor("#ff0000"), disabled=QColor("#00ff00"))
    ratio = qapp.primaryScreen().devicePixelRatio()
    pixmap = icon.pixmap(QSize(16, 16), ratio)
    seen = icon.pixmap(QSize(16, 16), ratio, QIcon.Mode.Disabled).toImage()

    assert (pixmap.width(), pixmap.devicePixelRatio()) == (round(16 * ratio), ratio)
    assert any(seen.pixelColor(x, y).name() == "#00ff00" for x in range(16) for y in range(16))


def test_another_screen_has_everything_drawn_again(qapp: QApplication) -> None:
    theme = Theme(qapp, RESOURCES)
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(True))
    qapp.screenAdded.emit(qapp.primaryScreen())

    assert told == [True]
    theme.deleteLater()
