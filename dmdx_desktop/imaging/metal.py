"""Metal recoloured from one alloy to another by the house standard. Runs in picture processes.

Form is lightness, so lightness keeps its order: a curve moves the metal's mid-tone onto the standard's. Colour follows
lightness as it does on polished metal: full in the middle, less in shadows, little in highlights. What differed from
the old metal's own colour, such as the reflection of a stone, stays as a difference.
"""

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from dmdx_desktop.imaging.colour import Bytes, Floats, bytes_from_linear, linear_from_lab
from dmdx_desktop.imaging.parts import Body, Parts
from dmdx_desktop.models.vocabulary import RecipeMetal

METALS_FILE: Final = "metals.json"

_SHADOW_LIGHTNESS: Final = 12.0
_HIGHLIGHT_LIGHTNESS: Final = 96.0
_KEPT_DIFFERENCE: Final = 0.35
_LIGHTNESS_BINS: Final = 20
_DULL_SPREAD: Final = 22.0
_POLISHED_SPREAD: Final = 34.0


class MetalStandard(BaseModel):
    """How one metal is shown: mid-tone in CIE Lab, and its chroma in shadow and highlight relative to the mid-tone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mid: tuple[float, float, float]
    shadow_chroma: float = Field(ge=0.0, le=1.5)
    highlight_chroma: float = Field(ge=0.0, le=1.5)
    contrast: float = Field(ge=0.5, le=2.0)

    def colour_at(self, lightness: Floats) -> Floats:
        """Lab a and b, shape (n, 2), of the metal where its lightness is that (0 to 100)."""
        scale = np.interp(
            lightness,
            [0.0, _SHADOW_LIGHTNESS, self.mid[0], _HIGHLIGHT_LIGHTNESS, 100.0],
            [0.3 * self.shadow_chroma, self.shadow_chroma, 1.0, self.highlight_chroma, 0.0],
        )
        return np.asarray(scale[:, None] * np.asarray(self.mid[1:]), np.float32)


class HouseStandard(BaseModel):
    """Every metal a draft can be made in, with where the numbers come from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str = Field(min_length=20)
    colour_space: str
    metals: dict[RecipeMetal, MetalStandard]


def load_house_standard(resources: Path) -> HouseStandard:
    """The standard in ``metals.json`` of the resources folder. Raises OSError or ValueError where it is damaged."""
    return HouseStandard.model_validate_json((resources / METALS_FILE).read_bytes())


def recoloured(colours: Bytes, parts: Parts, standard: MetalStandard) -> Bytes:
    """A copy of a picture's sRGB pixels with the metal of ``parts`` in the colour of ``standard``; stones untouched."""
    result = colours.copy()
    weight = 1.0 - parts.stone
    touched = weight > 0.0
    if not (touched & parts.metal).any():
        return result
    lab = parts.lab[touched]
    core = parts.metal[touched]
    dull = parts.body is Body.COLOURLESS
    lightness = _relit(lab[:, 0], core, standard, dull)
    own = _colour_by_lightness(lab, core)
    kept = _KEPT_DIFFERENCE * (lab[:, 1:] - own)
    new = np.concatenate([lightness[:, None], standard.colour_at(lightness) + kept], axis=1)
    share = weight[touched][:, None]
    mixed = (lab * (1.0 - share) + new * share).astype(np.float32)
    result[parts.rows[touched], parts.columns[touched]] = bytes_from_linear(linear_from_lab(mixed))
    return result


def _relit(lightness: Floats, core: NDArray[np.bool_], standard: MetalStandard, dull: bool) -> Floats:
    """Lightness with the metal's median on the standard's, black and white kept in place.

    A dull surface is spread first, because shading alone has neither the depth nor the highlights of polish.
    """
    middle = float(np.median(lightness[core]))
    spread = float(np.subtract(*np.percentile(lightness[core], [90, 10])))
    gain = standard.contrast
    if dull and spread < _DULL_SPREAD:
        gain *= min(_POLISHED_SPREAD / max(spread, 4.0), 3.0)
    stretched = np.clip(middle + gain * (lightness - middle), 1.0, 99.0)
    power = np.log(standard.mid[0] / 100.0) / np.log(np.clip(middle, 5.0, 97.0) / 100.0)
    return np.asarray(100.0 * (stretched / 100.0) ** power, np.float32)


def _colour_by_lightness(lab: Floats, core: NDArray[np.bool_]) -> Floats:
    """The old metal's usual a and b at each pixel's lightness: means of the surely metal pixels in lightness bins."""
    edges = np.linspace(0.0, 100.0, _LIGHTNESS_BINS + 1)
    centres = (edges[:-1] + edges[1:]) / 2
    which = np.clip((lab[core, 0] / (100.0 / _LIGHTNESS_BINS)).astype(np.intp), 0, _LIGHTNESS_BINS - 1)
    counts = np.bincount(which, minlength=_LIGHTNESS_BINS)
    filled = counts > 0
    columns = []
    for channel in (1, 2):
        sums = np.bincount(which, weights=lab[core, channel], minlength=_LIGHTNESS_BINS)
        columns.append(np.interp(lab[:, 0], centres[filled], sums[filled] / counts[filled]))
    return np.stack(columns, axis=1).astype(np.float32)
