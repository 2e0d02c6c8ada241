"""The choice of an engine in step 2, in a real window over a real core: names, prices, scenes, what is gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.models.choices import EngineId, SceneId, ShotId
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.models.vocabulary import View
from dmdx_desktop.ui.studio.engine_box import ALL_MODELS
from dmdx_desktop.ui.studio.sent_views import views_sent
from tests.servers.wavespeed import WaveSpeedServer
from tests.ui.made_libraries import MadeLibraries, one_ring
from tests.ui.paid_windows import PRO, paid_window, take_on
from tests.ui.shown_windows import LONG_MS, shown_window

TWO = "google/nano-banana-2/edit"


@pytest.fixture(scope="module")
def server() -> Iterator[WaveSpeedServer]:
    with WaveSpeedServer(small=True) as running:
        yield running


@pytest.fixture(scope="module")
def paid(
    qapp: QApplication,
    tmp_path_factory: pytest.TempPathFactory,
    made_libraries: MadeLibraries,
    server: WaveSpeedServer,
) -> Iterator[Window]:
    """One window for all tests that ask for it: each says which recipe it begins with."""
    basedir = tmp_path_factory.mktemp("paid") / "library"
    with paid_window(qapp, made_libraries.qtbot, basedir, made_libraries, server) as built:
        yield built


def _words(built: Window) -> list[str]:
    box = built.window.studio.recipe_step.engines
    return [str(box.itemData(row, Qt.ItemDataRole.AccessibleTextRole)) for row in range(box.count())]


def _scenes(built: Window) -> list[SceneId]:
    return list(built.window.studio.recipe_step.recipe.scenes)


def _choose(built: Window, engine: str) -> None:
    box = built.window.studio.recipe_step.engines
    box.activated.emit(box.listed.index(engine))


def test_engines_have_plain_names_and_say_where_their_prices_begin(paid: Window) -> None:
    take_on(paid, Recipe())
    words = _words(paid)
    assert words[0] == "Draft, on this computer, free, Made at once; nothing is sent"
    assert words[1] == "Nano Banana Pro, from $0.14, Truest to stones and settings, up to 4K"
    assert words[-1] == "All models…"
    assert len(words) == 7
    step = paid.window.studio.recipe_step
    assert step.engines.accessibleName() == f"Engine: {words[0]}"
    assert not step.connect_line.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_arrow_keys_open_the_list_and_change_nothing_in_passing(paid: Window, qtbot: QtBot) -> None:
    take_on(paid, Recipe())
    box = paid.window.studio.recipe_step.engines
    QTest.keyClick(box, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: box.view().isVisible(), timeout=LONG_MS)
    assert box.engine == EngineId.DRAFT
    QTest.keyClick(box.view(), Qt.Key.Key_Down)
    assert box.engine == EngineId.DRAFT
    QTest.keyClick(box.view(), Qt.Key.Key_Return)
    assert box.engine == PRO
    assert paid.window.studio.recipe_step.recipe.engine == PRO
    box.hidePopup()


def test_scenes_that_need_a_paid_engine_are_refused_in_words_until_there_is_one(paid: Window) -> None:
    take_on(paid, Recipe())
    step = paid.window.studio.recipe_step
    chip = step.scenes.paid.chips[SceneId.ON_HAND]
    assert chip.isVisible()
    chip.click()
    assert not chip.isChecked()
    assert step.note.words == "On hand cannot be made as a draft. Choose a paid engine for it."
    _choose(paid, PRO)
    assert step.note.isHidden()
    chip.click()
    assert _scenes(paid) == [SceneId.WHITE, SceneId.ON_HAND]
    step.scenes.tiles[0].click()
    assert _scenes(paid) == [SceneId.ON_HAND]
    _choose(paid, EngineId.DRAFT)
    assert _scenes(paid) == [SceneId.WHITE], "one there always is"
    assert step.note.words == "Left out, for a draft cannot show it: On hand."


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_every_model_is_found_by_searching_and_chosen_by_keys(paid: Window, qtbot: QtBot) -> None:
    take_on(paid, Recipe())
    step = paid.window.studio.recipe_step
    _choose(paid, ALL_MODELS)
    dialog = step.dialog
    assert dialog is not None
    assert step.engines.engine == EngineId.DRAFT
    assert len(dialog.shown) > 10
    QTest.keyClicks(dialog.search, "seedream")
    assert len(dialog.shown) > 2
    assert all("seedream" in engine for engine in dialog.shown)
    wanted = dialog.shown[1]
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert step.recipe.engine == wanted
    assert wanted in step.engines.listed
    qtbot.waitUntil(lambda: step.dialog is None, timeout=LONG_MS)


def test_kept_recipe_of_an_engine_that_is_gone_says_so_and_offers_another(paid: Window) -> None:
    page = paid.window.studio
    take_on(paid, Recipe(engine="google/nano-banana-0/edit", scenes=(SceneId.WINE,)))
    step = page.recipe_step
    assert step.recipe.engine == "google/nano-banana-0/edit", "nothing is changed unasked"
    assert step.note.words == "google/nano-banana-0/edit is no longer offered."
    assert not page.footer.button.isEnabled()
    assert page.footer.button.accessibleDescription() == step.note.words
    assert step.note.action.text() == "Use Nano Banana Pro"
    step.note.action.click()
    assert (step.recipe.engine, step.recipe.scenes) == (PRO, (SceneId.WINE,))
    assert step.note.isHidden()


def test_text_of_step_3_names_the_pictures_in_the_order_they_are_sent() -> None:
    views = (View.TOP, View.SIDE, View.FRONT)
    assert views_sent(ShotId.FRONT, views, None) == views, "a draft is told of all"
    assert views_sent(ShotId.FRONT, views, 14) == (View.FRONT, View.TOP, View.SIDE)
    assert views_sent(ShotId.THREE_QUARTER, views, 2) == (View.TOP, View.SIDE), "it can be turned"
    assert views_sent(ShotId.AS_REFERENCE, views, 1) == (View.TOP,)


def test_window_without_a_connection_leads_to_one_and_keeps_a_paid_recipe(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries
) -> None:
    made_libraries.copy(one_ring, tmp_path / "library")
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        page = built.window.studio
        step = page.recipe_step
        qtbot.waitUntil(lambda: page.paying.engines.listing.is_known, timeout=LONG_MS)
        qtbot.waitUntil(lambda: bool(page.pieces.selected_keys()), timeout=LONG_MS)
        assert step.engines.listed == [EngineId.DRAFT]
        assert step.scenes.paid.isHidden()
        take_on(built, Recipe(engine=TWO, scenes=(SceneId.ON_HAND,)))
        assert (step.recipe.engine, step.recipe.scenes) == (TWO, (SceneId.ON_HAND,))
        assert _words(built)[1] == "Nano Banana 2, Not connected"
        assert page.footer.button.accessibleDescription() == "Nano Banana 2 is not connected. Nothing is sent."
        assert not page.footer.button.isEnabled()
        with qtbot.waitSignal(page.paying.connections_wanted, timeout=LONG_MS):
            page.footer.help.click()
        assert built.window.pages.currentWidget() is built.window.settings
        with qtbot.waitSignal(page.paying.connections_wanted, timeout=LONG_MS):
            step.connect_line.click()
