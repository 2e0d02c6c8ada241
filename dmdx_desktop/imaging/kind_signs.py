"""What kind of picture shows a piece, by its grain and its outlines: a second witness beside the eye.

Runs in picture processes. Cameras leave grain on even surfaces where programs leave none; programs draw the outlines of
a piece in ink, darker than both sides; drawings lie on paper. The eye sees a reduced picture, in which grain and thin
lines are gone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Final

import numpy as np
from PIL import Image, ImageFilter

from dmdx_desktop.imaging.colour import Bytes
from dmdx_desktop.imaging.regions import Mask, grow, shrink
from dmdx_desktop.models.vocabulary import Background, Kind

_SIDE: Final = 640
_SAMPLES: Final = 60_000
_CALM: Final = 0.3
_GRAIN: Final = (0.005, 0.025)
_INK: Final = (0.42, 0.68)
_SURE_OF_CALM: Final = 0.85
_SURE_OF_TINT: Final = 0.9
_OTHERWISE: Final = 0.08
"""Renders with grain and without ink look photographed."""
_DEEP: Final = 6
_WIDE: Final = 3
_DOUBT: Final = 0.02


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells programs from cameras."""

    calm: float
    """Share of the background's pixels that equal their neighbours, 0 to 1."""
    outline: float
    """How dark the rim of the piece is against its inside and what is behind it: 1 and more where no line is drawn."""


def survey_marks(grey: Bytes, coverage: Bytes) -> Marks:
    """Measure a grey picture (height, width), 0 to 255; ``coverage`` of the same size is the piece's."""
    step = max(1, -(-max(coverage.shape) // _SIDE))
    piece = np.asarray(Image.fromarray(coverage).reduce(step)) > 127
    return Marks(_calm(grey, grow(piece, 4), step), _outline(_darkest(grey, step), piece))


def without_ground(marks: Marks) -> Marks:
    """The marks of a piece that was laid on an even ground, which is calm of itself."""
    return replace(marks, calm=0.0)


def kind_signs(marks: Marks, background: Mapping[Background, float], one_tint: bool) -> Mapping[Kind, float]:
    """How well each kind fits, adding up to 1.

    ``background`` is the chance of each label of what is behind; ``one_tint`` says that a neutral metal has the one
    tint that programs give it.
    """
    drawn = background.get(Background.PAPER, 0.0)
    photographed = (
        (1.0 - background.get(Background.GRID, 0.0))
        * (1.0 - _falling(marks.outline, _INK))
        * (1.0 - _SURE_OF_CALM * _falling(1.0 - marks.calm, _GRAIN))
        * (1.0 - (_SURE_OF_TINT if one_tint else _OTHERWISE))
    )
    programmed = 1.0 - photographed
    fits = {Kind.SKETCH: drawn, Kind.CAD: (1.0 - drawn) * programmed, Kind.PHOTO: (1.0 - drawn) * photographed}
    whole = sum(fits.values()) + _DOUBT * len(fits)
    return {kind: (fit + _DOUBT) / whole for kind, fit in fits.items()}


def _falling(value: float, limits: tuple[float, float]) -> float:
    """1 up to the lower limit, 0 from the upper one, evenly falling between them."""
    return float(np.clip((limits[1] - value) / (limits[1] - limits[0]), 0.0, 1.0))


def _calm(grey: Bytes, near: Mask, step: int) -> float:
    """Of evenly chosen pixels away from the piece, how many differ from the mean of their neighbours by nothing."""
    rows, columns = np.nonzero(~near[1:-1, 1:-1])
    every = max(1, len(rows) // _SAMPLES)
    y, x = (rows[::every] + 1) * step, (columns[::every] + 1) * step
    if not len(y):
        return 0.5
    values = grey.astype(np.int16)
    around = values[y - 1, x] + values[y + 1, x] + values[y, x - 1] + values[y, x + 1]
    return float((np.abs(4 * values[y, x] - around) < 4 * _CALM).mean())


def _darkest(grey: Bytes, step: int) -> Bytes:
    """The darkest pixel of each block and its neighbours, so that thin lines stay as dark as they are."""
    height, width = (side // step * step for side in grey.shape)
    rows = reduce(np.minimum, (grey[first:height:step, :width] for first in range(step)))
    blocks = reduce(np.minimum, (rows[:, first::step] for first in range(step)))
    return np.asarray(Image.fromarray(np.ascontiguousarray(blocks)).filter(ImageFilter.MinFilter(3)))


def _outline(darkest: Bytes, piece: Mask) -> float:
    piece = piece[: darkest.shape[0], : darkest.shape[1]]
    inner, outer = shrink(piece, _DEEP), grow(piece, _DEEP)
    inside, behind = inner & ~shrink(inner, _WIDE), grow(outer, _WIDE) & ~outer
    rim = piece & ~shrink(piece, 1)
    if not inside.any() or not behind.any():
        return 1.0
    ink, within, beyond = (float(np.median(darkest[zone])) for zone in (rim, inside, behind))
    return ink / max(min(within, beyond), 1.0)
