"""What a person would call the colour of a stone that was seen. Runs in picture processes.

The limits are Lab values calibrated on renders and photographs with known stones. What stones lie in colours them:
facets mirror the gold around them and the backdrop, so a stone is tinted only by what its metal does not explain.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.stone_places import SeenStone
from dmdx_desktop.models.vocabulary import Kind, StoneColour

PEARLY: Final = frozenset({StoneColour.WHITE, StoneColour.CREAM})
UNTINTED: Final = PEARLY | {StoneColour.COLOURLESS, StoneColour.BLACK, StoneColour.GREY}

_GOLDEN: Final = 12.0
_METAL_HUES: Final = 24.0
_BLACK_LIGHTNESS: Final = 45.0
_BLACK_DRAWN: Final = 34.0
_BLACK_CHROMA: Final = 12.5
_LEAST_CHROMA: Final = 10.0
_ICY_CHROMA: Final = 14.5
_ICY_HUES: Final = (226.0, 280.0)
_PASTEL: Final = 25.0
_EVEN: Final = 0.55
_SHADED: Final = 0.93
_SMOOTH: Final = 9.0
_LEAST_PEARL: Final = 60.0
_PINK_OF_ROSE: Final = 44.0
_HUE_NAMES: Final = (
    (20.0, StoneColour.PINK),
    (47.0, StoneColour.RED),
    (66.0, StoneColour.ORANGE),
    (110.0, StoneColour.YELLOW),
    (192.0, StoneColour.GREEN),
    (303.0, StoneColour.BLUE),
    (342.0, StoneColour.PURPLE),
    (360.0, StoneColour.PINK),
)
"""Upper limits of Lab hue angles in degrees."""


@dataclass(frozen=True, slots=True)
class Tint:
    """A colour without its lightness: Lab chroma and hue angle in degrees."""

    chroma: float
    hue: float

    def apart(self, other: "Tint") -> float:
        """Degrees between the hues, 0 to 180."""
        return abs((self.hue - other.hue + 180.0) % 360.0 - 180.0)


@dataclass(frozen=True, slots=True)
class Named:
    """A name and how sure it is, 0 to 1."""

    colour: StoneColour
    confidence: float


@dataclass(frozen=True, slots=True)
class _Look:
    """What counts of a stone's pixels: their most colourful third, their middle, and the spread of lightness."""

    vivid: Tint
    vivid_lightness: float
    middle: Tint
    low: float
    lightness: float
    high: float

    @property
    def is_smooth(self) -> bool:
        return self.high - self.low < _SMOOTH and self.lightness > 55.0


def tint_of(lab: Floats) -> Tint:
    """The tint of the most colourful third of some pixels; no tint where there are none."""
    return _look(lab).vivid if len(lab) else Tint(0.0, 0.0)


def name_stone(stone: SeenStone, metal: Tint, kind: Kind) -> Named:
    """The colour of one stone set in metal of that tint, as a picture of that kind shows it."""
    look = _look(stone.lab)
    if _is_black(look, kind):
        return Named(StoneColour.BLACK, 0.9 if look.high < 0.6 * _BLACK_LIGHTNESS else 0.65)
    if _is_pearl(stone, look):
        return _pearl_name(look)
    if _explained(look, metal, kind):
        return Named(StoneColour.COLOURLESS, 0.8 if look.vivid.chroma < 0.6 * metal.chroma + 4.0 else 0.6)
    return _hue_name(look, stone)


def _look(lab: Floats) -> _Look:
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    vivid = np.median(lab[chroma >= np.percentile(chroma, 70)], axis=0)
    middle = np.median(lab, axis=0)
    low, lightness, high = (float(value) for value in np.percentile(lab[:, 0], [25, 50, 75]))
    return _Look(_tint(vivid), float(vivid[0]), _tint(middle), low, lightness, high)


def _tint(lab: Floats) -> Tint:
    return Tint(float(np.hypot(lab[1], lab[2])), float(np.degrees(np.arctan2(lab[2], lab[1])) % 360))


def _is_black(look: _Look, kind: Kind) -> bool:
    """Dark nearly everywhere; a faintly bluish dark facet of a diamond in a CAD program is not black."""
    limit = _BLACK_LIGHTNESS if kind is Kind.PHOTO else _BLACK_DRAWN
    icy = kind is not Kind.PHOTO and look.vivid.chroma > 3.0 and _ICY_HUES[0] < look.vivid.hue < _ICY_HUES[1]
    return look.high < limit and look.vivid.chroma < _BLACK_CHROMA and not icy


def _is_pearl(stone: SeenStone, look: _Look) -> bool:
    """Round, large enough to tell, pale, and shaded without facets."""
    if stone.area < _LEAST_PEARL or stone.fill < 0.5 or look.vivid.chroma > _PASTEL or not _is_warm(look.middle):
        return False
    if stone.evenness > _SHADED or (look.is_smooth and stone.evenness > _EVEN and stone.area > 3 * _LEAST_PEARL):
        return True
    # So even that only grain is left to vary, and too large for that to be one facet.
    return look.is_smooth and look.high - look.low < 0.5 * _SMOOTH and stone.area > 8 * _LEAST_PEARL


def _is_warm(tint: Tint) -> bool:
    """Pearls are cream, rosy or grey; what is bluish through and through is no pearl."""
    return tint.chroma < 2.5 or tint.hue < 120.0 or tint.hue > 330.0


def _pearl_name(look: _Look) -> Named:
    if look.lightness < 40.0:
        return Named(StoneColour.BLACK, 0.7)
    if look.middle.chroma > 6.5 and (look.middle.hue < 66.0 or look.middle.hue > 330.0):
        return Named(StoneColour.PINK, 0.75)
    return Named(StoneColour.CREAM if look.middle.chroma > 1.2 else StoneColour.WHITE, 0.75)


def _explained(look: _Look, metal: Tint, kind: Kind) -> bool:
    """Whether the metal around, the backdrop, or the pale blue of diamonds in CAD programs explains the tint."""
    vivid, middle = look.vivid, look.middle
    if vivid.chroma < _LEAST_CHROMA:
        return True
    if vivid.chroma < _ICY_CHROMA and _ICY_HUES[0] < vivid.hue < _ICY_HUES[1]:
        return True
    if metal.chroma > _GOLDEN:
        own_pink = vivid.hue < _PINK_OF_ROSE and middle.hue < _PINK_OF_ROSE - 3.0 and middle.chroma > 8.0
        if vivid.apart(metal) > _METAL_HUES or own_pink:
            return False
        return vivid.chroma < max(1.25 * metal.chroma, 45.0) or middle.chroma < 0.5 * vivid.chroma
    mirrored = vivid.apart(metal) < 45.0 and vivid.chroma < 1.8 * metal.chroma + 4.0
    return mirrored or (kind is Kind.PHOTO and middle.chroma < 3.0 and vivid.chroma < 14.0)


def _hue_name(look: _Look, stone: SeenStone) -> Named:
    vivid = look.vivid
    hue = look.middle.hue if look.middle.chroma > 0.5 * vivid.chroma else vivid.hue
    name = next(name for limit, name in _HUE_NAMES if hue <= limit)
    if name is StoneColour.RED and (vivid.chroma < 28.0 or (look.vivid_lightness > 62.0 and vivid.chroma < 45.0)):
        name = StoneColour.PINK
    if name is StoneColour.ORANGE and look.vivid_lightness > 60.0 and vivid.chroma < 26.0:
        name = StoneColour.PINK
    elif name in (StoneColour.ORANGE, StoneColour.YELLOW) and look.vivid_lightness < 45.0 and vivid.chroma < 40.0:
        name = StoneColour.BROWN
    if _is_of_many_colours(stone.lab):
        return Named(StoneColour.MULTICOLOUR, 0.5)
    nearest = min(abs(hue - limit) for limit, _ in _HUE_NAMES[:-1])
    sure = 0.6 + 0.012 * min(vivid.chroma - _LEAST_CHROMA, 20.0) + 0.01 * min(nearest, 10.0)
    return Named(name, round(float(np.clip(sure, 0.5, 0.93)), 3))


def _is_of_many_colours(lab: Floats) -> bool:
    """Whether two hues far apart, both strong, share the stone, as in opal or watermelon tourmaline."""
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    strong = chroma > 24.0
    if len(lab) < 200 or strong.mean() < 0.5:
        return False
    hue = np.degrees(np.arctan2(lab[strong, 2], lab[strong, 1]))
    far = np.abs((hue - np.degrees(_mean_angle(hue)) + 180.0) % 360.0 - 180.0) > 55.0
    spread = np.abs(np.exp(1j * np.radians(hue)).mean())
    return bool(spread < 0.6 and far.mean() > 0.2)


def _mean_angle(degrees: Floats) -> float:
    return float(np.angle(np.exp(1j * np.radians(degrees)).mean()))
