"""Step 2: the recipe: scenes, metals, angle, shape and size, how many images of each, the engine. GUI thread."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dmdx_desktop.models.choices import LARGEST_COUNT, EngineId, SceneId, Shape, ShotId
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.ui.look import Button, Look, Variant
from dmdx_desktop.ui.studio.engine_box import EngineBox
from dmdx_desktop.ui.studio.engine_note import EngineNote
from dmdx_desktop.ui.studio.engines import EngineListing, engine_name
from dmdx_desktop.ui.studio.metal_chips import MetalChips
from dmdx_desktop.ui.studio.models_dialog import ModelsDialog
from dmdx_desktop.ui.studio.scene_tiles import SceneTiles
from dmdx_desktop.ui.studio.step import Step
from dmdx_desktop.ui.term_words import term_name
from dmdx_desktop.ui.widgets.choice_box import ChoiceBox
from dmdx_desktop.ui.widgets.segmented import Segmented, SegmentedSeveral
from dmdx_desktop.ui.widgets.stepper import Stepper
from dmdx_desktop.ui.wording import tr

SIZES: Final = (1024, 1600, 2048, 4096)
"""Pixels on the longest side."""
SIZE_WIDTH: Final = 96
ANGLES: Final = (
    (ShotId.AS_REFERENCE.value, "As ref."),
    (ShotId.FRONT.value, "Front"),
    (ShotId.THREE_QUARTER.value, "¾"),
    (ShotId.SIDE.value, "Side"),
    (ShotId.TOP.value, "Top"),
)


class RecipeStep(Step):
    """``changed`` comes with every change the user makes, ``connections_wanted`` where an engine is to be connected."""

    changed = Signal()
    connections_wanted = Signal()

    def __init__(self, look: Look, scenes_folder: Path) -> None:
        super().__init__(look, 2, "Recipe")
        self._base = Recipe()
        self._listing = EngineListing()
        self.dialog: ModelsDialog | None = None
        self.scenes = SceneTiles(look, scenes_folder)
        self.body.addWidget(self.scenes)
        self.add_row("Paid", self.scenes.paid)
        self.metals = MetalChips(look)
        self.metals.changed.connect(self.changed)
        self.add_row("Metals", self.metals)
        self._angle = SegmentedSeveral(look, [(value, tr(words)) for value, words in ANGLES], tr("Angle"))
        self.add_row("Angle", self._angle)
        self._shape = Segmented(look, [(shape.value, shape.value) for shape in Shape], tr("Shape"))
        self._size = ChoiceBox(look, tr("Size"), SIZE_WIDTH)
        for size in SIZES:
            self._size.addItem(tr("{size} px", size=str(size)), size)
        self._size.setToolTip(tr("Pixels on the longest side"))
        self.add_row("Shape", self._shape_and_size())
        self.add_row("Images", self._images(look))
        self.note = EngineNote(look)
        self.body.addWidget(self.note)
        self.connect_line = Button(look, "Connect an engine for photographs", variant=Variant.LINK)
        self.connect_line.clicked.connect(self.connections_wanted)
        self.connect_line.hide()
        self.body.addWidget(self.connect_line)
        self.scenes.changed.connect(self._on_changed)
        self.scenes.paid.refused.connect(self._refuse_scene)
        self._angle.chosen.connect(lambda _: self.changed.emit())
        self._shape.chosen.connect(lambda _: self.changed.emit())
        self._size.activated.connect(lambda _: self.changed.emit())
        self.show_recipe(Recipe())

    @property
    def recipe(self) -> Recipe:
        """The recipe as it stands."""
        return Recipe(
            scenes=self.scenes.chosen,
            metals=self.metals.chosen,
            shots=tuple(map(ShotId, self._angle.values)),
            shape=Shape(self._shape.value),
            size=int(self._size.currentData()),
            count=self._count.value,
            engine=self.engines.engine,
            even_if_unsure=self._base.even_if_unsure,
        )

    def show_recipe(self, recipe: Recipe) -> None:
        """Take on another recipe, in the nearest size there is to choose; nobody is told.

        What the step has no control for stays as the recipe has it.
        """
        self._base = recipe
        self.engines.choose(recipe.engine)
        self.scenes.choose(recipe.scenes)
        self.metals.choose(recipe.metals)
        self._angle.choose_all([shot.value for shot in recipe.shots])
        self._shape.choose(recipe.shape.value)
        self._size.setCurrentIndex(SIZES.index(min(SIZES, key=lambda size: (abs(size - recipe.size), size))))
        self._count.show_value(recipe.count)
        self._show_engine()

    def show_listing(self, listing: EngineListing) -> None:
        """Offer these engines; the recipe stays as it is, also where its engine is gone."""
        self._listing = listing
        self.engines.show_listing(listing)
        self.connect_line.setVisible(listing.is_known and not listing.is_connected)
        self._show_engine()

    def use_engine(self, engine: str) -> None:
        """Have images made by this engine from now on; scenes it cannot show are left out, and that is said."""
        self.engines.choose(engine)
        self._on_engine(engine)

    def show_models(self) -> None:
        """Open the list of every model."""
        self.dialog = ModelsDialog(self.window(), self._look, self._listing.engines, self.engines.engine)
        self.dialog.chosen.connect(self.use_engine)
        self.dialog.finished.connect(self._forget_dialog)
        self.dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _on_changed(self) -> None:
        self._show_engine()
        self.changed.emit()

    def _on_engine(self, engine: str) -> None:
        left_out = self.scenes.leave_out_paid() if engine == EngineId.DRAFT else ()
        self._show_engine()
        if left_out:
            names = ", ".join(map(term_name, left_out))
            self.note.tell_with(tr("Left out, for a draft cannot show it: {scenes}.", scenes=names), "", None)
        self.changed.emit()

    def _refuse_scene(self, scene: SceneId) -> None:
        words = tr("{scene} cannot be made as a draft. Choose a paid engine for it.", scene=term_name(scene))
        self.note.tell_with(words, "", None)

    def _show_engine(self) -> None:
        """Show what goes with the engine: its scenes, and a substitute where it is gone."""
        engine = self.engines.engine
        is_paid = engine != EngineId.DRAFT
        self.scenes.paid.allow(is_paid)
        self.show_row(self.scenes.paid, is_paid or self._listing.is_connected)
        if not self._listing.is_retired(engine):
            self.note.tell_with("", "", None)
            return
        gone, other = engine_name(engine), self._listing.substitute_for(engine)
        words = tr("{engine} is no longer offered.", engine=gone)
        if other is None:
            self.note.tell_with(words, "Use drafts", lambda: self.use_engine(EngineId.DRAFT))
        else:
            use = tr("Use {engine}", engine=other.name)
            self.note.tell_with(words, use, lambda: self.use_engine(other.id))

    def _shape_and_size(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._shape, 1)
        row.addWidget(self._size)
        return holder

    def _images(self, look: Look) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._count = Stepper(look, tr("Images of each"), "One image less", "One image more", 1, LARGEST_COUNT)
        self._count.changed.connect(lambda _: self.changed.emit())
        row.addWidget(self._count)
        self.engines = EngineBox(look)
        self.engines.engine_chosen.connect(self._on_engine)
        self.engines.all_wanted.connect(self.show_models)
        row.addWidget(self.engines, 1)
        return holder
