"""The tone of the metal by the exact colours of its pixels: a second witness beside the eye. Runs in picture processes.

Gold is told from white metal by how many of its pixels have the hues of gold, and yellow from rose by those hues, both
better than by eye. Whether neutral colours are white metal or say nothing is another matter: pencil drawings leave
their paper bare within the outline, and CAD programs shade neutral things in one cool tint, their clay in violet and
their white metal in blue, where photographed white metal mirrors warm and cold things by turns.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from dmdx_desktop.imaging.background_signs import Ground
from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.eye import Tone
from dmdx_desktop.models.vocabulary import Kind

_LEAST_PIXELS: Final = 30
_LIT: Final = (30.0, 92.0)
_GOLD_CHROMA: Final = 14.0
_GOLD_HUES: Final = (25.0, 115.0)
_GOLDEN: Final = (0.12, 0.3)
_PAINTED_GOLDEN: Final = (0.05, 0.2)
_ROSE_TO_YELLOW: Final = (55.0, 66.0)
_COOL_CHROMA: Final = (1.1, 5.0)
_COOL_HUES: Final = (245.0, 295.0)
_PROGRAMMED: Final = 0.6
_LEAST_TINTED: Final = 0.2
_VIOLET: Final = 269.5
_PALEST_METAL: Final = 3.05
_BARE: Final = 7.0
_BARE_SHARE: Final = (0.15, 0.4)
_CLAY: Final = 0.92
_NO_CLAY: Final = 0.15
_PHOTOGRAPHED: Final = 0.04
_DOUBT: Final = 0.02


@dataclass(frozen=True, slots=True)
class MetalColour:
    """The colours of the metal of a piece; shares of its lit pixels, 0 to 1, Lab chroma, Lab hues 0 to 360 degrees."""

    golden: float
    """Share of pixels with the colours of gold."""
    gold_hue: float
    """Their usual hue; 0 where there are none."""
    tinted: float
    """Share of pixels with any tint."""
    cool: float
    """How many of those have a faint tint between blue and violet, 0 to 1."""
    cool_chroma: float
    cool_hue: float
    bare: float
    """Share of all its pixels that look like what is behind the piece."""

    @property
    def is_programmed(self) -> bool:
        """Whether it has the one cool tint that programs give to neutral metal and clay."""
        return self.tinted > _LEAST_TINTED and self.cool > _PROGRAMMED

    @property
    def is_clay(self) -> bool:
        """Whether it is the violet grey of clay in CAD programs."""
        return self.is_programmed and self.cool_hue > _VIOLET and self.cool_chroma < _PALEST_METAL


def survey_metal(metal: Floats, ground: Ground | None) -> MetalColour | None:
    """The colours of Lab pixels (n, 3) that are metal; None where there are few."""
    if len(metal) < _LEAST_PIXELS:
        return None
    lit = metal[(metal[:, 0] > _LIT[0]) & (metal[:, 0] < _LIT[1])]
    tints = (lit if len(lit) >= _LEAST_PIXELS else metal)[:, 1:]
    chroma, hue = np.hypot(tints[:, 0], tints[:, 1]), np.degrees(np.arctan2(tints[:, 1], tints[:, 0])) % 360
    golden = (chroma > _GOLD_CHROMA) & (hue > _GOLD_HUES[0]) & (hue < _GOLD_HUES[1])
    tinted = chroma > _COOL_CHROMA[0]
    cool = tinted & (chroma < _COOL_CHROMA[1]) & (hue > _COOL_HUES[0]) & (hue < _COOL_HUES[1])
    return MetalColour(
        golden=float(golden.mean()),
        gold_hue=_middle(hue[golden]),
        tinted=float(tinted.mean()),
        cool=float(cool.sum() / max(int(tinted.sum()), 1)),
        cool_chroma=_middle(chroma[cool]),
        cool_hue=_middle(hue[cool]),
        bare=_bare(metal, ground),
    )


def tone_signs(colour: MetalColour, kind: Kind) -> Mapping[Tone, float]:
    """How well each tone fits, adding up to 1, in a picture of that kind."""
    drawn = kind is Kind.SKETCH
    golden = _between(colour.golden, _PAINTED_GOLDEN if drawn else _GOLDEN)
    yellow = _between(colour.gold_hue, _ROSE_TO_YELLOW)
    hidden = _hidden(colour, kind)
    fits = {
        Tone.YELLOW: golden * yellow,
        Tone.ROSE: golden * (1.0 - yellow),
        Tone.WHITE: (1.0 - golden) * (1.0 - hidden),
        Tone.HIDDEN: (1.0 - golden) * hidden,
    }
    whole = sum(fits.values()) + _DOUBT * len(fits)
    return {tone: (fit + _DOUBT) / whole for tone, fit in fits.items()}


def _hidden(colour: MetalColour, kind: Kind) -> float:
    """Photographs show metal as it is; CAD hides it in clay, drawings where paper shows through."""
    if kind is Kind.SKETCH:
        return _between(colour.bare, _BARE_SHARE)
    return _CLAY if colour.is_clay else _NO_CLAY if kind is Kind.CAD else _PHOTOGRAPHED


def _bare(metal: Floats, ground: Ground | None) -> float:
    if ground is None:
        return 0.0
    behind = np.array([ground.lightness, ground.first, ground.second], dtype=np.float32)
    return float((np.linalg.norm(metal - behind, axis=1) < _BARE).mean())


def _middle(values: Floats) -> float:
    return float(np.median(values)) if len(values) else 0.0


def _between(value: float, limits: tuple[float, float]) -> float:
    """0 up to the lower limit, 1 from the upper one, evenly rising between them."""
    return float(np.clip((value - limits[0]) / (limits[1] - limits[0]), 0.0, 1.0))
