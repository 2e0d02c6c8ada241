"""Scenes as data: what is behind the piece, how it is framed and what shadow it throws. Pure; picture processes.

A designer adds a scene by adding a file to ``resources/scenes``; ``Scene`` is its schema.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.vocabulary import SceneId

SCENES_FOLDER: Final = "scenes"

Colour = Annotated[tuple[int, int, int], Field(description="sRGB, 0 to 255 each")]


class SurfaceKind(StrEnum):
    """How the ground is made."""

    NONE = "none"
    PLAIN = "plain"
    VELVET = "velvet"
    MARBLE = "marble"
    STONE = "stone"
    PLASTER = "plaster"


class Surface(BaseModel):
    """The ground: its colour at top and bottom, and how much texture of its kind lies on it (0 to 1)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: SurfaceKind
    top: Colour = (255, 255, 255)
    bottom: Colour = (255, 255, 255)
    detail: Colour = (128, 128, 128)
    texture: float = Field(default=0.0, ge=0.0, le=1.0)
    glow: float = Field(default=0.0, ge=0.0, le=1.0, description="lighter middle, darker corners")


class Shadow(BaseModel):
    """The shadow of the piece; lengths are shares of the piece's longer side."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    contact: float = Field(default=0.0, ge=0.0, le=1.0, description="darkness right at the piece")
    soft: float = Field(default=0.0, ge=0.0, le=1.0, description="darkness of the wide shadow")
    spread: float = Field(default=0.06, gt=0.0, le=0.5)
    drop: float = Field(default=0.03, ge=0.0, le=0.3)


class Light(BaseModel):
    """What the scene's light does to the piece: a factor for each of red, green and blue in linear light."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)


class Framing(BaseModel):
    """How much of the frame the piece fills, and where its middle lies from the top (0.5 is the geometric centre)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fill: float = Field(gt=0.2, le=0.95)
    centre: float = Field(default=0.49, ge=0.35, le=0.65)


class Scene(BaseModel):
    """One scene a draft can be made in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: SceneId
    surface: Surface
    framing: Framing
    shadow: Shadow = Shadow()
    light: Light = Light()

    @model_validator(mode="after")
    def _colours_are_bytes(self) -> "Scene":
        for colour in (self.surface.top, self.surface.bottom, self.surface.detail):
            if not all(0 <= part <= 255 for part in colour):
                raise ValueError("a colour has a part outside 0 to 255")
        return self

    @property
    def is_transparent(self) -> bool:
        """Whether nothing is behind the piece."""
        return self.surface.kind is SurfaceKind.NONE

    @property
    def is_dark(self) -> bool:
        """Whether dark lines would be lost on the ground."""
        return not self.is_transparent and sum(self.surface.top) + sum(self.surface.bottom) < 3 * 200


def load_scene(resources: Path, scene: SceneId) -> Scene:
    """The scene of that id. Raises UsageError for one that no file describes."""
    path = resources / SCENES_FOLDER / f"{scene.value}.json"
    if not path.is_file():
        raise UsageError(
            "scene_not_on_this_computer",
            "This scene cannot be made on this computer.",
            f"{scene.label} needs a paid engine.",
            "Choose another scene, or another engine.",
        )
    return Scene.model_validate_json(path.read_bytes())
