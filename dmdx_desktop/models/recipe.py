"""The recipe of a run and the pictures it asks for. Pure; any process and thread."""

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    ValidationError,
    model_serializer,
    model_validator,
)

from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.choices import (
    DEFAULT_COUNT,
    DEFAULT_ENGINE,
    DEFAULT_METAL,
    DEFAULT_SCENE,
    DEFAULT_SHAPE,
    DEFAULT_SHOT,
    DEFAULT_SIZE,
    LARGEST_COUNT,
    LARGEST_SIZE,
    PAID_ONLY_SCENES,
    SMALLEST_SIZE,
    EngineId,
    RecipeMetal,
    SceneId,
    Shape,
    ShotId,
)
from dmdx_desktop.models.choosing import choose, choose_all, within

ASPECTS: Final[Mapping[Shape, tuple[int, int]]] = {
    Shape.SQUARE: (1, 1),
    Shape.PORTRAIT: (4, 5),
    Shape.LANDSCAPE: (3, 2),
    Shape.WIDE: (16, 9),
}
"""Width and height of each shape in the smallest whole numbers."""


class Recipe(BaseModel):
    """What is made of every piece of a run: each scene in each metal from each shot, ``count`` times.

    ``size`` is the longest side in pixels. Ids may be given as text; a repeated one counts once. Anything that is not
    possible raises UsageError with the nearest possible choice, whether the recipe is made in code or read from JSON.
    ``even_if_unsure`` makes drafts of references that promise none worth having; it is left out of JSON where not set.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    scenes: Annotated[tuple[SceneId, ...], BeforeValidator(choose_all(SceneId, "scene"))] = (DEFAULT_SCENE,)
    metals: Annotated[tuple[RecipeMetal, ...], BeforeValidator(choose_all(RecipeMetal, "metal"))] = (DEFAULT_METAL,)
    shots: Annotated[tuple[ShotId, ...], BeforeValidator(choose_all(ShotId, "shot"))] = (DEFAULT_SHOT,)
    shape: Annotated[Shape, BeforeValidator(choose(Shape, "shape"))] = DEFAULT_SHAPE
    size: Annotated[int, BeforeValidator(within(SMALLEST_SIZE, LARGEST_SIZE, "size"))] = DEFAULT_SIZE
    count: Annotated[int, BeforeValidator(within(1, LARGEST_COUNT, "count"))] = DEFAULT_COUNT
    engine: str = Field(default=DEFAULT_ENGINE.value, min_length=1, max_length=100)
    even_if_unsure: bool = False

    @model_serializer(mode="wrap")
    def _without_unset_insistence(self, serialise: SerializerFunctionWrapHandler) -> dict[str, object]:
        fields: dict[str, object] = serialise(self)
        if not self.even_if_unsure:
            fields.pop("even_if_unsure", None)
        return fields

    @model_validator(mode="after")
    def _engine_can_make_the_scenes(self) -> "Recipe":
        paid = [scene for scene in self.scenes if scene in PAID_ONLY_SCENES]
        if paid and self.engine == EngineId.DRAFT:
            raise UsageError(
                "scene_needs_paid_engine",
                "This scene needs a paid engine.",
                f"{paid[0].label} cannot be made by the draft engine of this computer.",
                "Choose another scene, or a paid engine.",
            )
        return self


class Variant(BaseModel):
    """One picture a recipe asks for; ``n`` counts from 1 among those that are otherwise alike."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scene: SceneId = DEFAULT_SCENE
    metal: RecipeMetal = DEFAULT_METAL
    shot: ShotId = DEFAULT_SHOT
    shape: Shape = DEFAULT_SHAPE
    size: int = Field(default=DEFAULT_SIZE, ge=SMALLEST_SIZE, le=LARGEST_SIZE)
    n: int = Field(default=1, ge=1, le=LARGEST_COUNT)

    @property
    def output_size(self) -> tuple[int, int]:
        """Width and height of the picture in pixels."""
        return output_size(self.shape, self.size)


def read_recipe(text: str) -> Recipe | None:
    """The recipe in a JSON text; None for one with a choice that no longer exists."""
    try:
        return Recipe.model_validate_json(text)
    except (ValidationError, UsageError):
        return None


def variants(recipe: Recipe) -> tuple[Variant, ...]:
    """Every picture of ``recipe`` for one piece, in the recipe's order of scene, then metal, then shot, then number."""
    return tuple(
        Variant(scene=scene, metal=metal, shot=shot, shape=recipe.shape, size=recipe.size, n=n)
        for scene in recipe.scenes
        for metal in recipe.metals
        for shot in recipe.shots
        for n in range(1, recipe.count + 1)
    )


def output_size(shape: Shape, size: int) -> tuple[int, int]:
    """Width and height in pixels of a picture of this shape whose longest side is ``size``, to the nearest pixel."""
    width, height = ASPECTS[shape]
    longest = max(width, height)
    return (size * width * 2 + longest) // (longest * 2), (size * height * 2 + longest) // (longest * 2)
