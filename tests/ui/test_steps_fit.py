"""The three steps in the window they were drawn for: the text that is sent is in view beside what it costs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.models.choices import RecipeMetal
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.ui.studio.prompt_text import LEAST_LINES, LINE
from dmdx_desktop.ui.studio.scene_tiles import LEAST, TILE
from tests.ui.made_libraries import MadeLibraries, two_rings
from tests.ui.shown_windows import LONG_MS, shown_window

FRAME = 32
"""What the title bar of Windows takes of the 900 pixels of the drawings; the menu bar is in the window."""


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries) -> Iterator[Window]:
    made_libraries.copy(two_rings, tmp_path / "library")
    with shown_window(qapp, qtbot, tmp_path / "library", (1440, 900 - FRAME)) as built:
        page = built.window.studio
        qtbot.waitUntil(lambda: page.canvas.view is not None, timeout=LONG_MS)
        qtbot.waitUntil(lambda: bool(page.check_step.text.toPlainText()), timeout=LONG_MS)
        yield built


def test_text_of_step_3_is_in_view_for_one_piece_and_for_several(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    assert _hidden(window) == 0
    _assert_in_view(window)
    page.pieces.list.selectAll()
    qtbot.waitUntil(lambda: page.footer.factors.startswith("2 pieces"), timeout=LONG_MS)
    assert _hidden(window) == 0
    _assert_in_view(window)


def test_scenes_and_metals_are_in_one_line_each_and_larger_where_there_is_room(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    step = page.recipe_step
    tiles = step.scenes.tiles
    assert len({tile.y() for tile in tiles}) == 1
    assert LEAST <= tiles[0].height() - 24 < TILE
    chips = step.metals.chips
    assert len({chip.y() for chip in chips}) == 1
    assert [chip.text() for chip in chips] == ["As ref.", "Y", "W", "R", "Pt", "Ag"]
    assert [chip.accessibleName() for chip in chips][1:3] == ["Yellow", "White"]
    assert chips[4].toolTip() == "Platinum"
    page.splitter.setSizes([200, 540, 700])
    qtbot.waitUntil(lambda: chips[4].text() == "Platinum", timeout=LONG_MS)
    assert len({chip.y() for chip in chips}) == 1
    assert tiles[0].height() - 24 == TILE


def test_metals_are_the_same_whatever_they_are_called(window: Window) -> None:
    step = window.window.studio.recipe_step
    step.show_recipe(Recipe(metals=(RecipeMetal.PLATINUM, RecipeMetal.SILVER)))
    assert _metals(window) == ["platinum", "silver"]
    step.metals.chips[4].click()
    assert _metals(window) == ["silver"]
    step.metals.chips[5].click()
    assert _metals(window) == ["silver"], "one there always is"


def _metals(window: Window) -> list[str]:
    return [metal.value for metal in window.window.studio.recipe_step.recipe.metals]


def _hidden(window: Window) -> int:
    """How many pixels of the steps have to be scrolled to."""
    return window.window.studio.steps.scrolled.verticalScrollBar().maximum()


def _assert_in_view(window: Window) -> None:
    page = window.window.studio
    text, seen = page.check_step.text, page.steps.scrolled.viewport()
    place = QRect(text.mapTo(seen, QPoint(0, 0)), text.size())
    assert seen.rect().contains(place)
    assert text.viewport().height() >= LEAST_LINES * LINE
    assert not page.check_step.every.visibleRegion().isEmpty()
