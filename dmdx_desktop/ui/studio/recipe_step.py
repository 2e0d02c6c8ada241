"""Step 2: the recipe: scenes, metals, angle, shape and size, and how many images of each. GUI thread."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dmdx_desktop.models.choices import LARGEST_COUNT, EngineId, Shape, ShotId
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.ui.look import Look, Tone, say, text_label
from dmdx_desktop.ui.studio.metal_chips import MetalChips
from dmdx_desktop.ui.studio.scene_tiles import SceneTiles
from dmdx_desktop.ui.studio.step import Step
from dmdx_desktop.ui.term_words import term_name
from dmdx_desktop.ui.tokens import TextStyle
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
    """``changed`` comes with every change the user makes."""

    changed = Signal()

    def __init__(self, look: Look, scenes_folder: Path) -> None:
        super().__init__(look, 2, "Recipe")
        self._base = Recipe()
        self.scenes = SceneTiles(look, scenes_folder)
        self.body.addWidget(self.scenes)
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
        self.scenes.changed.connect(self.changed)
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
            engine=self._base.engine,
            even_if_unsure=self._base.even_if_unsure,
        )

    def show_recipe(self, recipe: Recipe) -> None:
        """Take on another recipe, in the nearest size there is to choose; nobody is told.

        What the step has no control for stays as the recipe has it.
        """
        self._base = recipe
        self.scenes.choose(recipe.scenes)
        self.metals.choose(recipe.metals)
        self._angle.choose_all([shot.value for shot in recipe.shots])
        self._shape.choose(recipe.shape.value)
        self._size.setCurrentIndex(SIZES.index(min(SIZES, key=lambda size: (abs(size - recipe.size), size))))
        self._count.show_value(recipe.count)

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
        row.addStretch(1)
        engine = text_label(style=TextStyle.LABEL, wrap=True)
        say(engine, term_name(EngineId.DRAFT))
        engine.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(engine)
        row.addWidget(text_label("free", tone=Tone.TERTIARY))
        return holder
