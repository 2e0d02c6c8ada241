"""The piece apart from its background: coverage, clean colours, and how sure the outline is. Runs in picture processes.

Three ways, tried in this order: the picture's own transparency, a drawing's closed contour on paper, and the flood over
a smooth background for photographs and CAD renders.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from dmdx_desktop.imaging.backdrop import (
    WORKING_SIDE,
    Backdrop,
    fit_backdrop,
    to_opponent,
    to_srgb_values,
)
from dmdx_desktop.imaging.backgrounds import name_background
from dmdx_desktop.imaging.colour import Bytes
from dmdx_desktop.imaging.matte import refine
from dmdx_desktop.imaging.paper import find_drawn_silhouette, looks_drawn
from dmdx_desktop.imaging.regions import Mask
from dmdx_desktop.imaging.safe_open import Picture
from dmdx_desktop.imaging.silhouette import Silhouette, find_silhouette
from dmdx_desktop.models.sourced import Sourced
from dmdx_desktop.models.vocabulary import Background

SURE_ENOUGH: Final = 0.5
"""Below this confidence an outline is worth a look by a person before it is used."""

_ALPHA_CONFIDENCE: Final = 0.99
_DRAWN_CONFIDENCE: Final = 0.85
_LEAST_SHARE: Final = 0.004
_MOST_SHARE: Final = 0.85


@dataclass(frozen=True, slots=True, eq=False)
class CutOut:
    """A piece cut out of its picture, on the picture's own pixels as seen upright."""

    coverage: Bytes
    """0 to 255, shape (height, width): how much of each pixel the piece covers."""
    colours: Bytes
    """sRGB, shape (height, width, 3), freed of the old background along the outline; only right where covered."""
    confidence: float
    """0 to 1: how likely the outline is right."""
    background: Sourced[Background]
    drawn: bool
    """Whether the picture is a drawing on paper."""
    grain: float
    """How uneven the background is: the median distance from a smooth surface, in 8-bit steps."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands out from the background."""
        return not bool((self.coverage > 127).any())


def cut_out(picture: Picture) -> CutOut:
    """Find the piece of ``picture``. Never fails: where nothing can be told the confidence is low or 0."""
    rgb = np.asarray(picture.image.convert("RGB"))
    if picture.has_alpha:
        return _by_transparency(rgb, np.asarray(picture.image.getchannel("A")))
    step = max(1, -(-max(picture.width, picture.height) // WORKING_SIDE))
    small = picture.image.reduce(step) if step > 1 else picture.image
    colours = to_opponent(np.asarray(small, dtype=np.float32))
    backdrop = fit_backdrop(colours)
    drawn = looks_drawn(colours, backdrop)
    silhouette = (find_drawn_silhouette if drawn else find_silhouette)(colours, backdrop)
    matte = refine(rgb, silhouette.piece, to_srgb_values(silhouette.background), step, backdrop.noise)
    return CutOut(
        coverage=matte.coverage,
        # The strokes of a drawing end on its outline, and bare paper beside them is what ink lies on anyway.
        colours=rgb if drawn else matte.colours,
        confidence=_confidence(silhouette, backdrop, drawn),
        background=name_background(backdrop, drawn),
        drawn=drawn,
        grain=backdrop.noise,
    )


def _by_transparency(rgb: Bytes, alpha: Bytes) -> CutOut:
    return CutOut(
        coverage=alpha,
        colours=rgb,
        confidence=_ALPHA_CONFIDENCE * _area_factor(alpha > 127),
        background=Sourced[Background](value=Background.TRANSPARENT, confidence=_ALPHA_CONFIDENCE),
        drawn=False,
        grain=0.0,
    )


def _confidence(silhouette: Silhouette, backdrop: Backdrop, drawn: bool) -> float:
    """Weak edges, an uneven background, an odd size and a piece cut by the frame each take from it."""
    piece = silhouette.piece
    edges = float(np.clip(0.35 + 0.25 * silhouette.edge_contrast, 0.0, 0.97))
    calm = 1.0 if drawn else float(np.clip(1.0 - (backdrop.noise - 2.5) / 8.0, 0.05, 1.0))
    return round(min(edges, _DRAWN_CONFIDENCE if drawn else 1.0) * calm * _area_factor(piece) * _frame_factor(piece), 3)


def _area_factor(piece: Mask) -> float:
    share = float(piece.mean())
    if not piece.any():
        return 0.0
    return 1.0 if _LEAST_SHARE < share < _MOST_SHARE else 0.3


def _frame_factor(piece: Mask) -> float:
    """1 for a piece clear of the frame, down to 0.4 for one that lies along much of it."""
    frame = np.concatenate([piece[0], piece[-1], piece[:, 0], piece[:, -1]])
    return float(np.clip(1.0 - 4.0 * frame.mean(), 0.4, 1.0))
