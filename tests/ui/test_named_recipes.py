"""Recipes under names in a real window over a real core: kept, chosen, changed, renamed, forgotten, and back again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.library import recipes
from dmdx_desktop.models.choices import RecipeMetal, SceneId, Shape, ShotId
from dmdx_desktop.models.recipe import Recipe, read_recipe, variants
from dmdx_desktop.ui.gallery.image_facts import UsedRecipe
from dmdx_desktop.ui.studio.named_recipes import NamedRecipes, is_same
from dmdx_desktop.ui.widgets.segmented import SegmentedSeveral
from tests.ui.shown_windows import LONG_MS, shown_window

WEB = Recipe(
    scenes=(SceneId.WHITE, SceneId.BLACK_VELVET),
    metals=(RecipeMetal.YELLOW_GOLD, RecipeMetal.WHITE_GOLD),
    shots=(ShotId.FRONT, ShotId.TOP),
    shape=Shape.PORTRAIT,
    size=2048,
    count=2,
)


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        yield built


def _stored(window: Window, qtbot: QtBot) -> dict[str, Recipe | None]:
    found: list[tuple[recipes.RecipeRow, ...]] = []
    window.parts.source.ask(window.window, recipes.every, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=LONG_MS)
    return {row.name: read_recipe(row.recipe) for row in found[0]}


def _wait_names(window: Window, qtbot: QtBot, *names: str) -> None:
    qtbot.waitUntil(lambda: list(_stored(window, qtbot)) == list(names), timeout=LONG_MS)
    named = window.window.studio.named_recipes
    qtbot.waitUntil(lambda: [one.name for one in named.kept] == list(names), timeout=LONG_MS)


def _show(window: Window, recipe: Recipe) -> None:
    step = window.window.studio.recipe_step
    step.show_recipe(recipe)
    step.changed.emit()


def _save_as(named: NamedRecipes, name: str) -> None:
    named.save_as()
    assert named.dialog is not None
    named.dialog.name.setText(name)
    QTest.mouseClick(named.dialog.keep, Qt.MouseButton.LeftButton)


def _entries(named: NamedRecipes) -> list[str]:
    return [action.text() for action in named.made_menu().actions() if not action.isSeparator()]


def test_recipe_saved_under_a_name_is_chosen_again_with_everything(window: Window, qtbot: QtBot) -> None:
    named, step = window.window.studio.named_recipes, window.window.studio.recipe_step
    assert named.button.words == "Own recipe"
    assert _entries(named) == ["Save recipe as…"]
    _show(window, WEB)
    _save_as(named, "Web shop set")
    assert named.button.words == "Web shop set", "shown before the core has it"
    _wait_names(window, qtbot, "Web shop set")
    _show(window, Recipe(scenes=(SceneId.MARBLE,)))
    assert named.button.words == "Web shop set, modified"
    menu = named.made_menu()
    next(action for action in menu.actions() if action.text() == "Web shop set").trigger()
    assert step.recipe == WEB
    assert named.button.words == "Web shop set"
    assert _stored(window, qtbot) == {"Web shop set": WEB}


def test_changed_recipe_is_modified_until_it_is_saved(window: Window, qtbot: QtBot) -> None:
    named = window.window.studio.named_recipes
    _show(window, WEB)
    _save_as(named, "Web")
    _wait_names(window, qtbot, "Web")
    assert "Save changes to “Web”" not in _entries(named)
    changed = WEB.model_copy(update={"count": 3})
    _show(window, changed)
    assert named.button.words == "Web, modified"
    assert "Save changes to “Web”" in _entries(named)
    named.save()
    assert named.button.words == "Web"
    qtbot.waitUntil(lambda: _stored(window, qtbot) == {"Web": changed}, timeout=LONG_MS)
    window.parts.history.undo()
    qtbot.waitUntil(lambda: _stored(window, qtbot) == {"Web": WEB}, timeout=LONG_MS)
    qtbot.waitUntil(lambda: named.button.words == "Web, modified", timeout=LONG_MS)


def test_recipe_is_renamed_and_forgotten_and_both_are_undone(window: Window, qtbot: QtBot) -> None:
    named = window.window.studio.named_recipes
    _show(window, WEB)
    _save_as(named, "Web")
    _wait_names(window, qtbot, "Web")
    named.rename()
    assert named.dialog is not None
    named.dialog.name.setText("web")
    QTest.mouseClick(named.dialog.keep, Qt.MouseButton.LeftButton)
    _wait_names(window, qtbot, "web")
    named.rename()
    named.dialog.name.setText("Shop & more")
    QTest.mouseClick(named.dialog.keep, Qt.MouseButton.LeftButton)
    _wait_names(window, qtbot, "Shop & more")
    assert _entries(named)[0] == "Shop && more"
    assert _stored(window, qtbot) == {"Shop & more": WEB}
    named.forget()
    assert named.button.words == "Own recipe"
    _wait_names(window, qtbot)
    for names in (["Shop & more"], ["web"], ["Web"], []):
        window.parts.history.undo()
        _wait_names(window, qtbot, *names)
    window.parts.history.redo()
    _wait_names(window, qtbot, "Web")


def test_name_that_is_taken_is_said_to_be_replaced_and_never_taken_by_renaming(window: Window, qtbot: QtBot) -> None:
    named = window.window.studio.named_recipes
    _save_as(named, "First")
    _show(window, WEB)
    _save_as(named, "Second")
    _wait_names(window, qtbot, "First", "Second")
    named.save_as()
    assert named.dialog is not None
    assert not named.dialog.keep.isEnabled(), "a name is needed"
    named.dialog.name.setText(" FIRST ")
    assert named.dialog.about.text() == "It replaces the recipe of this name."
    assert named.dialog.keep.accessibleName() == "Replace recipe"
    named.dialog.reject()
    named.rename()
    named.dialog.name.setText("first")
    assert not named.dialog.keep.isEnabled()
    assert named.dialog.about.text() == "There is a recipe of this name."


def test_recipe_used_again_keeps_all_its_angles(window: Window) -> None:
    step = window.window.studio.recipe_step
    window.window.gallery.use_again.emit(UsedRecipe(WEB))
    assert step.recipe == WEB
    assert len(variants(step.recipe)) == len(variants(WEB)) == 16


def test_kept_recipe_is_known_by_what_it_makes_not_by_its_order(window: Window, qtbot: QtBot) -> None:
    named = window.window.studio.named_recipes
    backwards = WEB.model_copy(update={"scenes": WEB.scenes[::-1], "shots": WEB.shots[::-1]})
    assert is_same(WEB, backwards)
    assert not is_same(WEB, WEB.model_copy(update={"shots": (ShotId.FRONT,)}))
    _show(window, backwards)
    _save_as(named, "Web")
    _show(window, Recipe())
    named.forget()
    _wait_names(window, qtbot)
    window.parts.history.undo()
    _wait_names(window, qtbot, "Web")
    _show(window, WEB)
    assert named.button.words == "Web"


def test_angles_are_added_with_shift_and_ctrl_and_chosen_alone_without(window: Window, qtbot: QtBot) -> None:
    angles = SegmentedSeveral(window.parts.look, [("a", "A"), ("b", "B"), ("c", "C")], "Angle")
    qtbot.addWidget(angles)
    angles.show()
    angles.choose_all(["a"])
    QTest.keyClick(angles, Qt.Key.Key_Right)
    assert list(angles.values) == ["b"]
    QTest.keyClick(angles, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert list(angles.values) == ["b", "c"]
    QTest.keyClick(angles, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert list(angles.values) == ["b"]
    first, _, last = angles.findChildren(type(angles._group.button(0)))
    QTest.mouseClick(last, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier)
    assert list(angles.values) == ["b", "c"]
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert list(angles.values) == ["a"]
    QTest.mouseClick(first, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier)
    assert list(angles.values) == ["a"], "one there always is"


def test_sum_names_every_factor_of_what_will_be_made(window: Window) -> None:
    footer = window.window.studio.footer
    footer.show_sum(3, WEB)

    assert footer.factors == "3 pieces × 2 scenes × 2 metals × 2 angles × 2 images = 48"
    assert footer.button.accessibleName() == "Make 48 drafts"
