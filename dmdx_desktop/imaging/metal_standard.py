"""The house standard of metals, as ``metals.json`` of the resources states it. Pure; runs in picture processes."""

from itertools import pairwise
from pathlib import Path
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from dmdx_desktop.models.vocabulary import RecipeMetal

METALS_FILE: Final = "metals.json"
TONE_PERCENTILES: Final = (2.0, 10.0, 25.0, 50.0, 75.0, 90.0, 98.0)
"""The percentiles of lightness that a tone states; the middle one is the lightness of the mid-tone."""


class Shadow(BaseModel):
    """How a metal is coloured where it is dark."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    depth: float = Field(ge=0.5, le=3.0)
    """How often light met the metal before it left a dark reflection, relative to the mid-tone: above 1 is richer."""
    neutral_below: float = Field(ge=0.0, le=40.0)
    """The lightness below which colour goes: the bottom of a groove is dark and nearly neutral."""


class Highlight(BaseModel):
    """How a metal is coloured where it is bright."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fades_from: float = Field(ge=50.0, lt=98.0)
    """The lightness from which colour fades."""
    chroma_left: float = Field(ge=0.0, le=1.0)
    """The share of colour that is left at L 98."""


class Tone(BaseModel):
    """How light and dark spread over a piece in even studio light: lightness at percentiles of its metal's area."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    p02: float
    p10: float
    p25: float
    p75: float
    p90: float
    p98: float


class MetalStandard(BaseModel):
    """How one metal is shown: its mid-tone in CIE Lab, and how shadows, highlights and tone lie about it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mid: tuple[float, float, float]
    shadow: Shadow
    highlight: Highlight
    tone: Tone
    source: str = Field(min_length=20)

    @model_validator(mode="after")
    def _tone_rises(self) -> Self:
        lightness = (0.0, *self.tone_lightness, 100.0)
        if any(darker >= lighter for darker, lighter in pairwise(lightness)):
            raise ValueError("the lightness of a tone rises with its percentiles")
        return self

    @property
    def tone_lightness(self) -> tuple[float, ...]:
        """Lightness at each of ``TONE_PERCENTILES``."""
        tone = self.tone
        return tone.p02, tone.p10, tone.p25, self.mid[0], tone.p75, tone.p90, tone.p98


class HouseStandard(BaseModel):
    """Every metal a draft can be made in, with where the numbers come from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str = Field(min_length=20)
    colour_space: str
    metals: dict[RecipeMetal, MetalStandard]


def load_house_standard(resources: Path) -> HouseStandard:
    """The standard in ``metals.json`` of the resources folder. Raises OSError or ValueError where it is damaged."""
    return HouseStandard.model_validate_json((resources / METALS_FILE).read_bytes())
