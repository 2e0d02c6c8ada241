"""The studio: pieces, the picture in the middle, and the three steps from a piece to its images. GUI thread."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from dmdx_desktop.library.catalogue import piece_ids
from dmdx_desktop.library.piece_view import PieceView, piece_view
from dmdx_desktop.models.choices import RecipeMetal, SceneId, ShotId
from dmdx_desktop.models.commands import Generate
from dmdx_desktop.models.own_prompt import MAX_OWN_PROMPTS, OwnPrompt
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.ui.gallery.image_facts import UsedRecipe
from dmdx_desktop.ui.keys import KeyAction
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.studio.canvas_pane import CanvasPane
from dmdx_desktop.ui.studio.generate_footer import GenerateFooter
from dmdx_desktop.ui.studio.generate_step import CheckStep
from dmdx_desktop.ui.studio.named_recipes import NamedRecipes
from dmdx_desktop.ui.studio.own_prompts import OwnPrompts
from dmdx_desktop.ui.studio.paying import Paying
from dmdx_desktop.ui.studio.piece_editing import PieceEditing
from dmdx_desktop.ui.studio.pieces_pane import RAIL_WIDTH, WIDTH, PiecesPane
from dmdx_desktop.ui.studio.recipe_step import RecipeStep
from dmdx_desktop.ui.studio.scene_previews import ScenePreviews
from dmdx_desktop.ui.studio.step_tabs import StepTabs
from dmdx_desktop.ui.studio.together_pane import TogetherPane
from dmdx_desktop.ui.studio.welcome import Welcome
from dmdx_desktop.ui.window_place import PASSING

INSPECTOR: Final = 400
COMPACT_BELOW: Final = 1200
NARROWEST: Final = 384
"""In which no control of the steps is cut off; with it the three panes fit into the smallest window."""


class StudioPage(QWidget):
    """``delete_wanted`` tells the keys of pieces to delete, after asking."""

    add_wanted = Signal()
    image_opened = Signal(int)
    gallery_wanted = Signal()
    delete_wanted = Signal(list)

    def __init__(self, parts: Parts, resources: Path) -> None:
        super().__init__()
        self._parts = parts
        self._view: PieceView | None = None
        self._chosen: list[int] = []
        self._is_laid_out = False
        self._wide_sizes = [WIDTH, 1, INSPECTOR]
        self.pieces = PiecesPane(parts)
        self.canvas = CanvasPane(parts)
        self.together = TogetherPane(parts, self.canvas.close_ups)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.canvas)
        self._middle.addWidget(self.together)
        self.editing = PieceEditing(parts, self)
        self.piece_step = self.editing.step
        self.recipe_step = RecipeStep(parts.look, resources / "scenes")
        self.named_recipes = NamedRecipes(parts, self.recipe_step)
        self.own_prompts = OwnPrompts(parts, self)
        self.check_step = CheckStep(parts.look, self.own_prompts)
        self.footer = GenerateFooter(parts.look)
        self.paying = Paying(parts, self.recipe_step, self.footer)
        self.welcome = Welcome(parts.look, resources / "samples")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(self._work())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.pieces.chosen.connect(self._on_chosen)
        self.pieces.counted.connect(self._on_counted)
        self.pieces.add_wanted.connect(self.add_wanted)
        self.pieces.menu.delete_wanted.connect(self.delete_wanted)
        self.canvas.views.own_wanted.connect(lambda keys: self.pieces.regrouping.move_views(keys, None))
        self.together.left_out.connect(self.pieces.leave_out)
        self.recipe_step.changed.connect(self._show_sum)
        self.paying.engines.changed.connect(self._show_texts)
        self.check_step.stepped_out.connect(self.pieces.list.step_current)
        self.footer.generate_wanted.connect(self.generate)
        self.canvas.results.opened.connect(self.image_opened)
        self.canvas.results.gallery_wanted.connect(self.gallery_wanted)
        self.scene_previews = ScenePreviews(parts, self.recipe_step.scenes)
        self._show_sum()

    def _work(self) -> QWidget:
        self.steps = StepTabs(self._parts.look, (self.piece_step, self.recipe_step, self.check_step))
        inspector = QWidget()
        inspector.setObjectName("inspector")
        inspector.setProperty("panel", "true")
        inspector.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inspector.setMinimumWidth(NARROWEST)
        pinned = QVBoxLayout(inspector)
        pinned.setContentsMargins(1, 0, 0, 0)
        pinned.setSpacing(0)
        pinned.addWidget(self.steps, 1)
        pinned.addWidget(self.footer)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        for widget, stretch in ((self.pieces, 0), (self._middle, 1), (self.editing.stacked(inspector), 0)):
            splitter.addWidget(widget)
            splitter.setStretchFactor(splitter.count() - 1, stretch)
        splitter.splitterMoved.connect(lambda place, divider: self._note_sizes())
        self.splitter = splitter
        return splitter

    def _lay_out(self) -> None:
        """Give the panels their width, once the page is as wide as it is seen: before, they would be squeezed."""
        if not self._is_laid_out and self.isVisible():
            self._is_laid_out = True
            remembered = self._parts.preferences.now.splitters.get("StudioPage.0", ())
            usual = (WIDTH, max(self.width() - WIDTH - INSPECTOR, 1), INSPECTOR)
            self._wide_sizes = list(remembered if len(remembered) == len(usual) else usual)
            self.splitter.setSizes(self._wide_sizes)
            self._fit()

    def _fit(self) -> None:
        """Below ``COMPACT_BELOW`` the pieces are a rail and the steps tabs; the panels keep their width either way."""
        compact = self.width() < COMPACT_BELOW
        if not self._is_laid_out or compact == self.pieces.is_rail:
            return
        # What is remembered for the next start is how wide the panels are where there is room for them.
        self.splitter.setProperty(PASSING, compact)
        self.pieces.show_as_rail(compact)
        self.steps.show_compact(compact)
        self.footer.show_compact(compact)
        self.canvas.show_compact(compact)
        pieces, inspector = RAIL_WIDTH if compact else self._wide_sizes[0], self._wide_sizes[2]
        self.splitter.setSizes([pieces, max(self.width() - pieces - inspector, 1), inspector])

    def _note_sizes(self) -> None:
        """What a hand gave the panels, where there was room: a window made small has squeezed them by now."""
        if self._is_laid_out and not self.pieces.is_rail:
            self._wide_sizes = self.splitter.sizes()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.has_pieces:
            self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def has_pieces(self) -> bool:
        """Whether there is anything but the welcome."""
        return self._stack.currentIndex() == 1

    def generate(self) -> None:
        """Make images of the selected pieces by the recipe as it stands now, paid ones at the price that is shown."""
        self.own_prompts.leave()
        recipe = self.recipe_step.recipe
        if self._chosen and self.paying.may_send(recipe, len(self._chosen)):
            prompts = self.own_prompts.wanted_by(recipe)
            send = partial(self._send, recipe, prompts, self.paying.price_of(recipe))
            self._parts.source.ask(self, partial(piece_ids, keys=self._chosen), send)

    def use_recipe(self, used: UsedRecipe) -> None:
        """Take on a recipe, and the prompts written for it, for the piece that is shown."""
        self.recipe_step.show_recipe(used.recipe)
        self.recipe_step.changed.emit()
        if self._view is not None:
            self._use_texts(self._view.id, used)
        elif used.pieces:
            self.make_more(used)

    def make_more(self, used: UsedRecipe) -> None:
        """Take on the recipe of some images, and show the piece they were made of."""
        self.recipe_step.show_recipe(used.recipe)
        self.recipe_step.changed.emit()
        self.pieces.show_piece(used.pieces[0])
        self._parts.source.ask(self, partial(piece_ids, keys=used.pieces[:1]), partial(self._on_piece_found, used))

    def _on_piece_found(self, used: UsedRecipe, jobs: list[str]) -> None:
        if jobs:
            self._use_texts(jobs[0], used)

    def _use_texts(self, job: str, used: UsedRecipe) -> None:
        if used.texts:
            self.own_prompts.use(
                [
                    OwnPrompt(
                        job=job,
                        scene=SceneId(one.scene),
                        metal=RecipeMetal(one.metal),
                        shot=ShotId(one.shot),
                        text=one.text,
                    )
                    for one in used.texts
                ]
            )
            first = used.texts[0]
            self.check_step.show_text_for(first.scene, first.metal, first.shot)

    def delete_selected(self) -> None:
        """Have the selected pieces deleted, after asking."""
        if keys := self.pieces.selected_keys():
            self.delete_wanted.emit(keys)

    def next_surround(self) -> None:
        """Show the reference on the next ground."""
        self.canvas.surrounds.next()

    def toggle_loupe(self) -> None:
        """Look closely at the current piece, alone or among those that are selected."""
        if len(self._chosen) > 1:
            self.together.toggle_loupe(self._chosen[0])
        else:
            self.canvas.toggle_loupe()

    def let_go(self) -> None:
        """The window closes: nothing that was typed is lost."""
        self.own_prompts.leave()
        self.editing.save_at_once()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match self._parts.keys.action(event):
            case KeyAction.DELETE:
                self.delete_selected()
            case KeyAction.FOLD:
                self.pieces.list.toggle_current()
            case KeyAction.SURROUND:
                self.next_surround()
            case KeyAction.LOUPE:
                self.toggle_loupe()
            case _:
                super().keyPressEvent(event)

    def _send(self, recipe: Recipe, prompts: Sequence[OwnPrompt], most_each: int | None, jobs: list[str]) -> None:
        if jobs:
            mine = tuple(one for one in prompts if one.job in jobs)[-MAX_OWN_PROMPTS:]
            order = Generate(jobs=tuple(jobs), recipe=recipe, prompts=mine, most_each_micro_usd=most_each)
            self._parts.bridge.send(order)

    def take_changes(self, changes: dict[str, set[int] | None]) -> None:
        """Rows of these tables changed."""
        if "job" in changes:
            self.pieces.read_soon(changes["job"])
            self.together.take_changes(changes["job"])
            self.editing.take_changes(changes["job"])
            if self._view is not None and (changes["job"] is None or self._view.key in changes["job"]):
                self._read_piece()
        if "recipe" in changes:
            self.named_recipes.read()
        if "output" in changes:
            self.canvas.results.read()
        if {"ledger", "studio"} & changes.keys():
            self.paying.read_money()

    def read_all(self) -> None:
        """Look again at everything."""
        self.pieces.read_soon(None)
        self.named_recipes.read()
        self._read_piece()
        self.canvas.results.read()
        self.paying.read_money()

    def _on_counted(self, pieces: int) -> None:
        if pieces or not self.pieces.is_filtering:
            self._stack.setCurrentIndex(1 if pieces else 0)
            if pieces:
                self._lay_out()

    def _on_chosen(self, keys: list[int]) -> None:
        self._chosen = keys
        self.own_prompts.leave()
        self.editing.choose(keys)
        self.together.show_pieces(self.pieces.list.keys_in_order() if len(keys) > 1 else None)
        self._middle.setCurrentWidget(self.together if len(keys) > 1 else self.canvas)
        self._show_sum()
        self.check_step.stand_among(self.pieces.list.place_of_current, len(keys))
        if not keys:
            self._show(None)
        elif self._view is None or self._view.key != keys[0]:
            self._read_piece()
        elif len(keys) == 1:
            self.editing.show_piece(self._view)

    def _read_piece(self) -> None:
        if self._chosen:
            key = self._chosen[0]
            self._parts.source.ask(self, partial(piece_view, key=key), partial(self._take, key))

    def _take(self, key: int, view: PieceView | None) -> None:
        if self._chosen and self._chosen[0] == key:
            self._show(view)

    def _show(self, view: PieceView | None) -> None:
        self._view = view
        if view is not None:
            self.own_prompts.take(view.id, view.prompts)
        self.editing.show_piece(view)
        self.canvas.show_piece(view)
        self.scene_previews.show_piece(view)
        self._show_sum()

    def _show_sum(self) -> None:
        self.paying.show(self._chosen)
        self._show_texts()

    def _show_texts(self) -> None:
        view, recipe = self._view, self.recipe_step.recipe
        most = self.paying.most_references
        shown = () if view is None else view.references
        # A paid engine is sent what can be opened; a draft is told of every picture there is.
        views = tuple(one.view for one in shown if most is None or one.ready)
        piece, job = (Piece(), "") if view is None else (view.piece, view.id)
        self.check_step.show_all(piece, views, recipe, job, most)
