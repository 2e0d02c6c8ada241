"""The studio below 1200 pixels in a real window: a rail of pieces, steps by tabs, and the panels as wide as before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.ui.studio.pieces_pane import RAIL_WIDTH
from tests.ui.shown_windows import LONG_MS, shown_window

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        built.window.attendants.adding.add([str(SAMPLES / "halo-ring_top.png")])
        qtbot.waitUntil(lambda: built.window.studio.canvas.view is not None, timeout=LONG_MS)
        yield built


def test_narrow_window_has_a_rail_and_one_step_at_a_time(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    window.window.resize(1000, 700)
    qtbot.waitUntil(lambda: page.pieces.width() == RAIL_WIDTH, timeout=LONG_MS)
    steps = (page.piece_step, page.recipe_step, page.check_step)
    assert [step.isVisible() for step in steps] == [True, False, False]
    page.steps.tabs.choose("1")
    page.steps.tabs.chosen.emit("1")
    assert [step.isVisible() for step in steps] == [False, True, False]
    assert page.footer.button.isVisible()


def test_panels_are_as_wide_as_before_once_there_is_room_again(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    window.window.resize(1440, 900)
    before = (page.pieces.width(), page.footer.width())
    window.window.resize(1000, 700)
    qtbot.waitUntil(lambda: page.pieces.width() == RAIL_WIDTH, timeout=LONG_MS)
    assert page.footer.width() == before[1], "the inspector does not jump"
    window.window.resize(1440, 900)
    qtbot.waitUntil(lambda: (page.pieces.width(), page.footer.width()) == before, timeout=LONG_MS)
    assert page.piece_step.isVisible()
    assert page.check_step.isVisible()
