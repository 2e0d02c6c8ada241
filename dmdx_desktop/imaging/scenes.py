"""Scenes as data: what is behind the piece, how it is framed, lit and mirrored, and what shadow it throws.

A designer adds a scene by adding a file to ``resources/scenes``; ``Scene`` is its schema, docs/scenes.md its manual.
Pure; runs in picture processes.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from dmdx_desktop.errors import UsageError
from dmdx_desktop.imaging.colour import delta_e_2000, lab_from_linear, linear_from_lab
from dmdx_desktop.models.vocabulary import SceneId

SCENES_FOLDER: Final = "scenes"
MOST_COLOUR_SHIFT: Final = 2.0
"""The CIEDE2000 difference by which a scene's light may change the mid-tone of a metal: a jeweller sees no more."""

_MID_TONES: Final = ((73.0, 6.5, 38.0), (69.0, 16.5, 22.0), (72.0, 0.0, 2.0))
"""Lab of yellow, rose and white metal in even light, as probes for a scene's light."""

Channel = Annotated[int, Field(ge=0, le=255)]
Colour = tuple[Channel, Channel, Channel]
TintPart = Annotated[float, Field(ge=0.9, le=1.1)]


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
    spread: float = Field(default=0.06, gt=0.0, le=0.2)
    drop: float = Field(default=0.03, ge=0.0, le=0.2, description="how far the wide shadow falls from the light")


class Light(BaseModel):
    """What the scene's light does to the piece, and where it comes from.

    ``angle`` is in degrees clockwise from straight above, so -30 is the upper left. ``tint`` and ``exposure`` are
    factors in linear light, ``contrast`` one about the mid-tone, ``gradient`` how much brighter the lit end of the
    piece is than its middle, and ``wrap`` how much of the ground's light bleeds over the outline.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    angle: float = Field(default=-30.0, ge=-75.0, le=75.0)
    tint: tuple[TintPart, TintPart, TintPart] = (1.0, 1.0, 1.0)
    exposure: float = Field(default=1.0, ge=0.9, le=1.1)
    contrast: float = Field(default=1.0, ge=0.9, le=1.15)
    gradient: float = Field(default=0.0, ge=0.0, le=0.06)
    wrap: float = Field(default=0.0, ge=0.0, le=0.3)

    @property
    def towards(self) -> tuple[float, float]:
        """The direction in which shadows fall: to the right and down, a unit vector."""
        turn = np.radians(self.angle)
        return float(-np.sin(turn)), float(np.cos(turn))

    @model_validator(mode="after")
    def _metals_keep_their_colour(self) -> "Light":
        lab = np.asarray(_MID_TONES, dtype=np.float32)
        lit = linear_from_lab(lab) * np.asarray(self.tint, dtype=np.float32) * np.float32(self.exposure)
        if float(delta_e_2000(lab, lab_from_linear(lit)).max()) > MOST_COLOUR_SHIFT:
            raise ValueError("tint and exposure together change the colour of gold more than a jeweller would accept")
        return self


class Reflection(BaseModel):
    """What a polished ground mirrors of a piece that stands on it; lengths are shares of the piece's height."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    strength: float = Field(default=0.0, ge=0.0, le=0.6)
    blur: float = Field(default=0.03, ge=0.0, le=0.2, description="softness at the far end; none at the contact")
    fade: float = Field(default=0.35, gt=0.02, le=1.0, description="after how much of the height it is gone")


class Framing(BaseModel):
    """How much of the frame the piece fills, and where it lies.

    ``centre`` and ``across`` are shares of the height from the top and of the width from the left (0.5 is the geometric
    centre). ``balance`` says how far the piece's visual weight counts there: 0 places the middle of its outline's box.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    fill: float = Field(gt=0.2, le=0.95)
    centre: float = Field(default=0.49, ge=0.35, le=0.65)
    across: float = Field(default=0.5, ge=0.35, le=0.65)
    balance: float = Field(default=0.2, ge=0.0, le=1.0)


class Scene(BaseModel):
    """One scene a draft can be made in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: SceneId
    surface: Surface
    framing: Framing
    shadow: Shadow = Shadow()
    light: Light = Light()
    reflection: Reflection = Reflection()

    @property
    def is_transparent(self) -> bool:
        """Whether nothing is behind the piece."""
        return self.surface.kind is SurfaceKind.NONE

    @property
    def is_dark(self) -> bool:
        """Whether dark lines would be lost on the ground."""
        return not self.is_transparent and sum(self.surface.top) + sum(self.surface.bottom) < 3 * 200


def load_scene(resources: Path, scene: SceneId) -> Scene:
    """The scene of that id. Raises UsageError for one that no file describes, and for a file that is wrong."""
    path = resources / SCENES_FOLDER / f"{scene.value}.json"
    if not path.is_file():
        raise UsageError(
            "scene_not_on_this_computer",
            "This scene cannot be made on this computer.",
            f"{scene.label} needs a paid engine.",
            "Choose another scene, or another engine.",
        )
    try:
        found = Scene.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise _wrong_file(scene, _said(error)) from error
    if found.id is not scene:
        raise _wrong_file(scene, f"It says that it is the scene {found.id.value}")
    return found


def _said(error: ValidationError) -> str:
    """The first complaint about a scene file, in words."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"]) or "The file"
    return f"{place}: {first['msg'].removeprefix('Value error, ')}"


def _wrong_file(scene: SceneId, complaint: str) -> UsageError:
    return UsageError(
        "scene_file_wrong",
        f"The scene {scene.label.lower()} cannot be used.",
        f"Its file does not say what a scene must say. {complaint}.",
        "Mend the file as docs/scenes.md explains, or install the program anew.",
    )
