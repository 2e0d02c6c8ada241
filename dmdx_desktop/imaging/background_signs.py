"""What is behind a piece by the statistics of its pixels: a second witness beside the eye. Runs in picture processes.

A smooth surface is fitted to what the cut-out leaves free of the piece, shadows aside. Its colour, how it falls off,
how unevenly pixels lie around it and how many thin marks run over it tell backgrounds apart by number where the eye
only has an impression. Colours are Lab, lightness 0 to 100.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, hypot
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from dmdx_desktop.imaging.colour import Bytes, lab_from_bytes
from dmdx_desktop.imaging.regions import Mask, grow
from dmdx_desktop.models.vocabulary import Background

_SIDE: Final = 480
_SAMPLES: Final = 5000
_LEAST_FREE: Final = 200
_UNCOVERED: Final = 12
_MARGIN: Final = 4
_ROUNDS: Final = 5
_MARK: Final = 4
_TINT: Final = 2.5
_COOL_TINT: Final = 7.6
_IVORY: Final = 90.0
_IVORY_TINT: Final = 7.5
_LEAST_MARKS: Final = 0.02
_DOUBT: Final = 0.003
"""No label is ruled out altogether."""

_Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies behind a piece, in numbers."""

    lightness: float
    first: float
    """Lab a: green to red."""
    second: float
    """Lab b: blue to yellow."""
    warmth: float
    """By how many steps of 255 red is above blue, on average: finer than one pixel can tell, which are whole steps."""
    fall: float
    """How much lighter one side is than the opposite one, in Lab lightness."""
    unevenness: float
    """Median distance of its pixels from a smooth surface, in Lab."""
    marks: float
    """Share of its pixels that belong to thin marks: lines of a grid, fibres of paper, veins of marble."""

    @property
    def chroma(self) -> float:
        """Lab chroma."""
        return hypot(self.first, self.second)

    @property
    def is_cool_grey(self) -> bool:
        """Whether its tint is the plain blue of CAD viewports, which passes for grey."""
        return self.second < -1.0 and abs(self.first) < 0.25 * abs(self.second)

    @property
    def tint(self) -> float:
        """Chroma against what still passes for no colour, of which ivory and the grey of viewports have some: 1."""
        ivory = self.lightness > _IVORY and self.second > 0.0
        return self.chroma / (_COOL_TINT if self.is_cool_grey else _IVORY_TINT if ivory else _TINT)


def survey_ground(seen: Bytes, coverage: Bytes) -> Ground | None:
    """Measure what sRGB (height, width, 3) shows where ``coverage`` (0 to 255) is none; None where little is free."""
    step = max(1, -(-max(coverage.shape) // _SIDE))
    small = Image.fromarray(seen).reduce(step)
    free = ~grow(np.asarray(Image.fromarray(coverage).reduce(step)) > _UNCOVERED, _MARGIN)
    if int(free.sum()) < _LEAST_FREE:
        return None
    rows, columns = np.nonzero(free)
    every = max(1, len(rows) // _SAMPLES)
    rows, columns = rows[::every], columns[::every]
    colours = np.asarray(small)[rows, columns]
    values = lab_from_bytes(colours).astype(np.float64)
    terms = _terms(rows / free.shape[0] * 2 - 1, columns / free.shape[1] * 2 - 1)
    weights, gaps, kept = _fitted(terms, values)
    lightness, first, second = (float(value) for value in np.median(values[kept], axis=0))
    warmth = float((colours[kept, 0].astype(np.float64) - colours[kept, 2]).mean())
    return Ground(lightness, first, second, warmth, _fall(weights), float(np.median(gaps)), _marks(small, free))


def is_marked(ground: Ground) -> bool:
    """Whether anything but the piece stands out from the ground; busy table tops are never without."""
    return ground.marks > _LEAST_MARKS


def background_signs(ground: Ground) -> Mapping[Background, float]:
    """How well each label fits, adding up to 1. Limits are where renders and photographs with known labels part."""
    marked = _above(ground.marks, 0.012, 0.002)
    busy = _above(ground.unevenness, 1.7, 0.25) * _above(ground.marks, 0.06, 0.01)
    paper = (
        _above(ground.second, -1.5, 0.5) * _above(ground.lightness, 84.0, 1.5) * _above(ground.unevenness, 0.5, 0.04)
    )
    coloured = _above(ground.tint, 1.0, 0.1)
    gradient = _above(ground.fall, 14.0, 1.0) * _above(0.62 - ground.unevenness, 0.0, 0.08)
    grey = (1.0 - coloured) * (1.0 - gradient)
    black = grey * _blackness(ground)
    light = _above(ground.lightness, 84.5, 0.8)
    warm = _warm(ground.warmth) * _above(ground.lightness, 79.5, 0.8)
    rest = grey - black
    plain = {
        Background.COLOURED: coloured * (1.0 - gradient),
        Background.GRADIENT: gradient,
        Background.BLACK: black,
        Background.OFF_WHITE: rest * warm,
        Background.WHITE: rest * (1.0 - warm) * light,
        Background.GREY: rest * (1.0 - warm) * (1.0 - light),
    }
    fits = {label: fit * (1.0 - marked) for label, fit in plain.items()}
    fits[Background.BUSY] = marked * busy
    fits[Background.PAPER] = marked * (1.0 - busy) * paper
    fits[Background.GRID] = marked * (1.0 - busy) * (1.0 - paper)
    whole = sum(fits.values()) + _DOUBT * len(fits)
    return {label: (fit + _DOUBT) / whole for label, fit in fits.items()}


def _warm(warmth: float) -> float:
    """How likely a light ground is off-white.

    White paper is warmer than nothing by a step and a half at most, off-white by two at least. White under warm lamps
    is warmer than off-white is under usual ones: about there the eye, which sees how the metal is lit, knows better.
    """
    by_lamps = _above(warmth, 4.35, 0.1) * (1.0 - _above(warmth, 5.6, 0.25))
    return _above(warmth, 1.78, 0.1) * (1.0 - 0.5 * by_lamps)


def _blackness(ground: Ground) -> float:
    """Black is dark, without tint, and mirrors the lamps a little, so that it is never quite even.

    Where it mirrors nothing it is darker than any grey paper; where it mirrors a lamp, as seen from above, it is as
    light as that, but falls off or is uneven as no paper is. Charcoal paper is a little blue, black never.
    """
    as_no_paper = max(_above(ground.fall, 14.0, 1.0), _above(ground.unevenness, 3.8, 0.2))
    dark = max(_above(36.0 - ground.lightness, 0.0, 4.0), _above(56.0 - ground.lightness, 0.0, 2.0) * as_no_paper)
    uneven = _above(ground.unevenness, 0.66, 0.06)
    mirrors = dark * uneven * _above(2.2 - ground.chroma, 0.0, 0.25) * _above(ground.warmth, -0.6, 0.12)
    deepest = _above(9.0 - ground.lightness, 0.0, 1.0)
    return deepest + (1.0 - deepest) * mirrors


def _above(value: float, limit: float, width: float) -> float:
    """0 far below a limit, 1 far above, a half at it; ``width`` says how sharp the limit is."""
    return 1.0 / (1.0 + exp(min(max((limit - value) / width, -40.0), 40.0)))


def _terms(y: _Doubles, x: _Doubles) -> _Doubles:
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)


def _fitted(terms: _Doubles, values: _Doubles) -> tuple[_Doubles, _Doubles, Mask]:
    """A surface of the second degree that shadows and what else stands out do not bend; distances; what was kept."""
    kept = np.ones(len(values), dtype=np.bool_)
    weights: _Doubles = np.zeros((terms.shape[1], 3))
    gaps: _Doubles = np.zeros(len(values))
    for _ in range(_ROUNDS):
        square = terms[kept].T @ terms[kept] + 1e-9 * np.eye(terms.shape[1])
        weights = np.asarray(np.linalg.solve(square, terms[kept].T @ values[kept]), np.float64)
        gaps = np.asarray(np.linalg.norm(values - terms @ weights, axis=1), np.float64)
        kept = gaps < max(2.0, 2.5 * float(np.median(gaps[kept])))
    return weights, gaps, kept


def _fall(weights: _Doubles) -> float:
    """From one side of the fitted surface to the other, whichever way it is more."""
    return float(2.0 * np.abs(weights[1:3, 0]).max())


def _marks(small: Image.Image, free: Mask) -> float:
    grey = small.convert("L")
    values, calm = np.asarray(grey, np.int16), np.asarray(grey.filter(ImageFilter.MedianFilter(5)), np.int16)
    return float((np.abs(values - calm) > _MARK)[free].mean())
