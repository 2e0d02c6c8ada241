"""Recipes kept under names: chosen, saved, renamed and forgotten at the head of step 2. GUI thread.

The recipe of the step has a name as long as it is the one kept under it; changed since, it is shown as modified. What
is kept and forgotten shows at once and goes through the undo history.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QActionGroup, QUndoCommand
from PySide6.QtWidgets import QMenu

from dmdx_desktop.library import recipes
from dmdx_desktop.library.recipes import RecipeRow
from dmdx_desktop.link.messages import Answer, Failed
from dmdx_desktop.models.gestures import KeepRecipe
from dmdx_desktop.models.recipe import Recipe, read_recipe
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.studio.recipe_naming import RecipeNaming
from dmdx_desktop.ui.studio.recipe_step import RecipeStep
from dmdx_desktop.ui.widgets.menu_button import MenuButton
from dmdx_desktop.ui.wording import tr

Change = tuple[str, Recipe | None]
"""A name, and the recipe to be kept under it; None forgets the name."""


@dataclass(frozen=True, slots=True)
class KeptRecipe:
    """A recipe and its name; ``recipe`` is None for one that this program cannot make."""

    name: str
    recipe: Recipe | None


class NamedRecipes(QObject):
    """``read_anew`` comes when the kept recipes were read."""

    read_anew = Signal()

    def __init__(self, parts: Parts, step: RecipeStep) -> None:
        super().__init__(step)
        self._parts, self._step = parts, step
        self._name = ""
        self.kept: tuple[KeptRecipe, ...] = ()
        self.dialog: RecipeNaming | None = None
        self.button = MenuButton(parts.look, self.made_menu)
        step.head.addWidget(self.button)
        step.changed.connect(self._settle)
        self._settle()

    @property
    def name(self) -> str:
        """The name of the recipe that the step is at, or started from; empty for none."""
        return self._name

    @property
    def is_modified(self) -> bool:
        """Whether the recipe is another one by now than the one kept under its name."""
        kept = self._recipe_of(self._name)
        return bool(self._name) and (kept is None or not is_same(kept, self._step.recipe))

    def read(self) -> None:
        """Look again at which there are."""
        self._parts.source.ask(self, recipes.every, self._take)

    def choose(self, name: str) -> None:
        """Take on the recipe of that name, for whatever pieces are selected."""
        recipe = self._recipe_of(name)
        if recipe is not None:
            self._name = name
            self._step.show_recipe(recipe)
            self._step.changed.emit()

    def save_as(self) -> None:
        """Ask for a name and keep the recipe under it."""
        self._ask("Save recipe as", "", self._keep_as)

    def rename(self) -> None:
        """Ask for another name for the recipe that was chosen."""
        self._ask("Rename recipe", self._name, partial(self._rename, self._name))

    def save(self) -> None:
        """Keep the recipe, as it is now, under the name it has."""
        self._keep_as(self._name)

    def forget(self) -> None:
        """Forget the name of the recipe that was chosen; the recipe stays in the step."""
        if (recipe := self._recipe_of(self._name)) is not None:
            name = self._name
            self._push(tr("Forget recipe"), [(name, None)], [(name, recipe)])

    def made_menu(self) -> QMenu:
        """The kept recipes, and what can be done with them."""
        menu = QMenu(self.button)
        group = QActionGroup(menu)
        for one in self.kept:
            action = menu.addAction(_shown(one.name), partial(self.choose, one.name))
            action.setCheckable(True)
            action.setChecked(one.name == self._name and not self.is_modified)
            action.setEnabled(one.recipe is not None)
            group.addAction(action)
        if self.kept:
            menu.addSeparator()
        name = _shown(self._name)
        if self._name and self.is_modified:
            menu.addAction(tr("Save changes to “{name}”", name=name), self.save)
        menu.addAction(tr("Save recipe as…"), self.save_as)
        if self._name:
            menu.addAction(tr("Rename “{name}”…", name=name), self.rename)
            menu.addAction(tr("Forget “{name}”", name=name), self.forget)
        return menu

    def carry_out(self, changes: Sequence[Change]) -> None:
        """Have these kept, or for None forgotten, one after the other; what follows one that failed is left."""
        if changes:
            name, recipe = changes[0]
            self._show([one for one in self.kept if one.name.casefold() != name.casefold()], changes[0])
            self._parts.bridge.send(KeepRecipe(name=name, recipe=recipe), partial(self._go_on, changes[1:]))

    def _show(self, others: list[KeptRecipe], change: Change) -> None:
        """Show a change before the library has it."""
        name, recipe = change
        kept = [*others, *([] if recipe is None else [KeptRecipe(name, recipe)])]
        self._know(tuple(sorted(kept, key=lambda one: one.name.casefold())))

    def _go_on(self, rest: Sequence[Change], answer: Answer) -> None:
        if not isinstance(answer, Failed):
            self.carry_out(rest)
        self.read()

    def _ask(self, title: str, name: str, named: Callable[[str], None]) -> None:
        taken = [one.name for one in self.kept]
        self.dialog = RecipeNaming(self.button.window(), self._parts.look, title, taken, name)
        self.dialog.named.connect(named)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def _keep_as(self, name: str) -> None:
        before = next((one for one in self.kept if one.name.casefold() == name.casefold()), None)
        undone: Change = (name, None) if before is None or before.recipe is None else (before.name, before.recipe)
        self._push(tr("Save recipe"), [(name, self._step.recipe)], [undone])
        self._come_to(name)

    def _rename(self, before: str, name: str) -> None:
        recipe = self._recipe_of(before)
        if recipe is None:
            return
        # Names that differ in their letters' case alone are one name to the library.
        is_one = before.casefold() == name.casefold()
        there: list[Change] = [(name, recipe)] if is_one else [(name, recipe), (before, None)]
        back: list[Change] = [(before, recipe)] if is_one else [(before, recipe), (name, None)]
        self._push(tr("Rename recipe"), there, back)
        self._come_to(name)

    def _come_to(self, name: str) -> None:
        self._name = name
        self._settle()

    def _push(self, words: str, there: Sequence[Change], back: Sequence[Change]) -> None:
        self._parts.history.push(_Keeping(self, words, there, back))

    def _take(self, rows: tuple[RecipeRow, ...]) -> None:
        self._know(tuple(KeptRecipe(row.name, read_recipe(row.recipe)) for row in rows))
        self.read_anew.emit()

    def _know(self, kept: tuple[KeptRecipe, ...]) -> None:
        self.kept = kept
        if self._name and all(one.name != self._name for one in self.kept):
            self._name = ""
        self._settle()

    def _recipe_of(self, name: str) -> Recipe | None:
        return next((one.recipe for one in self.kept if one.name == name), None)

    def _settle(self) -> None:
        """The recipe of the step is another: find its name."""
        present = self._step.recipe
        if not self._name or self.is_modified:
            alike = (one.name for one in self.kept if one.recipe is not None and is_same(one.recipe, present))
            self._name = next(alike, self._name)
        words = self._name or tr("Own recipe")
        if self.is_modified:
            words = tr("{name}, modified", name=self._name)
        self.button.show_words(words, tr("Recipes: {name}", name=words))


class _Keeping(QUndoCommand):
    """Recipes kept and forgotten."""

    def __init__(
        self,
        named: NamedRecipes,
        words: str,
        there: Sequence[Change],
        back: Sequence[Change],
    ) -> None:
        super().__init__(words)
        self._named, self._there, self._back = named, there, back

    def redo(self) -> None:
        self._named.carry_out(self._there)

    def undo(self) -> None:
        self._named.carry_out(self._back)


def is_same(one: Recipe, other: Recipe) -> bool:
    """Whether two recipes make the same images, in whatever order they name them."""
    return _without_order(one) == _without_order(other)


def _without_order(recipe: Recipe) -> tuple[object, ...]:
    rest = (recipe.shape, recipe.size, recipe.count, recipe.engine, recipe.even_if_unsure)
    return frozenset(recipe.scenes), frozenset(recipe.metals), frozenset(recipe.shots), *rest


def _shown(name: str) -> str:
    """A name of the user's in a menu, where an ampersand would mark a key."""
    return name.replace("&", "&&")
