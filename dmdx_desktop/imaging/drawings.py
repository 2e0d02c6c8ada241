"""Sketches as presentation drawings: clean ink on an opaque wash within the outline. Runs in picture processes.

What the pencil or brush left on the paper is told from the paper's own grain and shading. Lines become ink, hatching
becomes the light and shade of a wash in the metal asked for, and the outline is drawn anew where the pencil broke off.
Paint stays as it was painted, or is recoloured as any metal is; stones keep the paper's white or their paint.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from dmdx_desktop.imaging.bare_paper import Mask, paper_of
from dmdx_desktop.imaging.colour import Bytes, Floats, bytes_from_linear, linear_from_bytes, linear_from_lab
from dmdx_desktop.imaging.cutout import CutOut
from dmdx_desktop.imaging.metal import MetalStandard, recoloured
from dmdx_desktop.imaging.metal_ramp import STEPS, lightness_steps, ramp_of
from dmdx_desktop.imaging.metal_tone import steps_of
from dmdx_desktop.imaging.parts import Body, Parts, tell_parts

_PAPER_LIGHTNESS: Final = 94.0
_PAPER_TINT: Final = (0.0, 1.6)
_STONE_LIGHTNESS: Final = 97.0
_STONE_TINT: Final = (-0.4, -1.6)
_WASH_LIGHTNESS: Final = 80.0
_STANDARD_LIGHTNESS: Final = 73.0
_HIGHEST: Final = 97.5
_LIT: Final = 26.0
_TURNED_AWAY: Final = 20.0
_HATCHED: Final = 34.0
"""By how much lightness the wash changes towards the light, towards its rim, and where hatching would be black."""
_SHEEN: Final = 7.0
_SHEEN_WAVES: Final = (1.9, 0.15)
"""How strongly the flat of a metal mirrors a studio, how many bright bands cross the piece, and where they begin."""
_INK: Final = (34, 31, 36)
_INK_LIGHTNESS: Final = 14.0
_INK_WARMTH: Final = 0.35
"""The share of the metal's darkest colour in the ink on it."""
_OUTLINE_INK: Final = 0.85
_MARGIN: Final = 0.02
_SPARSE: Final = 3
_ENOUGH: Final = 50
_LEAST_GRAIN: Final = 0.008
_USUAL_GRAIN: Final = 0.02
_GRAIN_LIMITS: Final = (2.2, 4.5)
_FULL_INK: Final = 0.62
_COLOURED: Final = (0.07, 0.18)
_SURE_PARTS: Final = 0.4
_MODELLING: Final = 0.028
_HATCH_SPAN: Final = 0.005
_HATCH_LEFT_OUT: Final = 0.9
_HATCH_SOFTENED: Final = 0.3
_HATCH_RANGE: Final = (0.25, 0.55)
"""How much of what the wash shows of hatching is left out of the ink, and where what is left is softened."""
_PEN: Final = 0.0013
_RAGGED: Final = 0.0022
_STEEP: Final = 3.2
"""Half the width of the outline's line, and of the bits smoothed away along it, by the picture's longer side, and how
steep the new edge is."""


Places = tuple[NDArray[np.intp], ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Form:
    """The drawn piece and a margin around it."""

    coverage: Bytes
    inside: Places
    """Rows and columns of what is covered."""
    side: int
    """The longer side of the whole picture, which lines and soft edges are measured by."""


@dataclass(frozen=True, slots=True, eq=False)
class _Marks:
    """What lies on the paper, by pixel, each 0 to 1."""

    lines: Floats
    """Ink of single lines."""
    hatching: Floats
    """How dark lines close to each other are together."""
    painted: Floats


def ink_on(cut: CutOut, metal: MetalStandard | None) -> tuple[Bytes, Bytes]:
    """Coverage and sRGB colours of a drawing as it is shown: opaque within the piece's outline, nothing outside it.

    The wash is in ``metal`` if one is asked for, else as white as paper.
    """
    clean = replace(cut, colours=_off_the_paper(cut))
    parts = tell_parts(clean)
    paint = clean.colours
    if metal is not None and parts.body is not Body.COLOURLESS:
        paint = recoloured(paint, parts, metal)
    coverage = _with_even_outline(cut.coverage)
    side = max(coverage.shape)
    box = _box_around(coverage, round(_MARGIN * side))
    inside = np.nonzero(coverage[box])
    form = _Form(coverage[box], inside, side)
    marks = _read_marks(clean.colours[box], clean.coverage[box] > 0, _grain_of(clean), side)
    drawn = _washed(form, marks, _stone_plane(clean, parts)[box][inside], metal)
    drawn += (linear_from_bytes(paint[box][inside]) - drawn) * marks.painted[inside][:, None]
    colours = np.zeros_like(paint)
    colours[box][inside] = bytes_from_linear(drawn)
    return coverage, colours


def _box_around(coverage: Bytes, margin: int) -> tuple[slice, slice]:
    """Where the piece is, with a margin; everything if there is none."""
    found = (np.flatnonzero(coverage.any(axis=axis)) for axis in (1, 0))
    down, across = (
        slice(max(int(at[0]) - margin, 0), int(at[-1]) + margin + 1) if len(at) else slice(None) for at in found
    )
    return down, across


def _off_the_paper(cut: CutOut) -> Bytes:
    """sRGB colours as if the paper were evenly white."""
    clean = np.empty_like(cut.colours)
    for channel, paper in enumerate(paper_of(cut)):
        share = cut.colours[..., channel] * (np.float32(255) / paper)
        clean[..., channel] = np.minimum(share, np.float32(255)) + np.float32(0.5)
    return clean


def _grain_of(clean: CutOut) -> float:
    """How dark the grain of paper that is evenly white is, 0 to 1, measured beside the piece."""
    bare = clean.coverage[::_SPARSE, ::_SPARSE] == 0
    dark = 255 - _darkest(clean.colours[::_SPARSE, ::_SPARSE])[bare]
    return max(float(np.median(dark)) / 255 * 1.48, _LEAST_GRAIN) if len(dark) > _ENOUGH else _USUAL_GRAIN


def _read_marks(colours: Bytes, covered: Mask, grain: float, side: int) -> _Marks:
    """Marks told from the grain of evenly white paper; ``side`` is the longer side of the whole picture."""
    dark = (255 - _darkest(colours)).astype(np.float32)
    dark *= np.float32(1 / 255)
    low, high = (limit * grain * 0.6 for limit in _GRAIN_LIMITS)
    meant = _ramp(_blurred(dark, 1.0), low, high)
    full = float(np.percentile(dark[covered], 99.5)) if covered.any() else 1.0
    depth = np.clip((dark - grain) / max(_FULL_INK * full, 0.08), 0.0, 1.0).astype(np.float32) * meant
    hatching = _blurred(depth, max(1.0, _HATCH_SPAN * side))
    beside = np.minimum(np.float32(_HATCH_LEFT_OUT) * hatching, np.float32(0.8))
    lines = np.clip((depth - beside) / (np.float32(1.05) - beside), 0.0, 1.0)
    lines *= 1.0 - np.float32(_HATCH_SOFTENED) * _ramp(hatching, *_HATCH_RANGE)
    return _Marks(lines.astype(np.float32), hatching, _painted(colours))


def _painted(colours: Bytes) -> Floats:
    """0 to 1 by pixel: whether it has a colour that neither pencil nor paper has."""
    soft = np.asarray(Image.fromarray(colours).filter(ImageFilter.BoxBlur(2)))
    span = 255 - _darkest(255 - soft) - _darkest(soft)
    return np.asarray(_ramp(np.arange(256, dtype=np.float32) / np.float32(255), *_COLOURED)[span], np.float32)


def _darkest(colours: Bytes) -> Bytes:
    """The least of the three channels; faster by planes."""
    return np.minimum(np.minimum(colours[..., 0], colours[..., 1]), colours[..., 2])


def _washed(form: _Form, marks: _Marks, stone: Floats, metal: MetalStandard | None) -> Floats:
    """Linear light of wash and ink on the pixels inside, shape (n, 3); ``stone`` is theirs."""
    inside = form.inside
    body, slope = (plane[inside] for plane in _modelled(form))
    shade = _LIT * slope - _TURNED_AWAY * (1.0 - body)
    if metal is not None:
        shade += _SHEEN * body * _mirrored_bands(form)
    hatched = np.float32(_HATCHED) * marks.hatching[inside]
    flat, base = _wash_table(metal)
    wash = flat[steps_of((base + shade - hatched).clip(8.0, _HIGHEST))]
    # Facets are flat and their shading is drawn: only hatching makes stones darker.
    clear = _light_by_lightness(np.tile(np.asarray(_STONE_TINT, np.float32), (STEPS, 1)))
    gem = np.flatnonzero(stone)
    wash[gem] += (clear[steps_of(_STONE_LIGHTNESS - hatched[gem])] - wash[gem]) * stone[gem, None]
    lines = np.maximum(marks.lines[inside], _outline(form)[inside])
    wash += (_ink(flat) - wash) * lines[:, None]
    return wash


def _ink(wash: Floats) -> Floats:
    """Linear light of the ink on a wash: black with some of the metal's darkest colour."""
    black, warm = (
        linear_from_bytes(np.asarray(_INK, np.uint8)),
        wash[steps_of(np.asarray([_INK_LIGHTNESS], np.float32))],
    )
    return np.asarray(black + np.float32(_INK_WARMTH) * (warm[0] - black), np.float32)


def _wash_table(metal: MetalStandard | None) -> tuple[Floats, float]:
    """Linear light of the wash at each step of lightness, shape (STEPS, 3), and how light it is where it is flat."""
    if metal is None:
        return _light_by_lightness(np.tile(np.asarray(_PAPER_TINT, np.float32), (STEPS, 1))), _PAPER_LIGHTNESS
    return _light_by_lightness(ramp_of(metal).usual), _WASH_LIGHTNESS + metal.mid[0] - _STANDARD_LIGHTNESS


def _light_by_lightness(colours: Floats) -> Floats:
    return np.clip(linear_from_lab(np.column_stack([lightness_steps(), colours]).astype(np.float32)), 0.0, 1.0)


def _mirrored_bands(form: _Form) -> Floats:
    """-1 to 1 for pixels inside: soft bands of light across the piece, as a painter lays them on metal."""
    waves, start = _SHEEN_WAVES
    per_pixel = np.float32(waves / max(form.coverage.shape))
    down, across = (at.astype(np.float32) * per_pixel for at in form.inside)
    turns = np.float32(0.75) * down + np.float32(0.65) * across - np.float32(start)
    return np.asarray(np.cos(np.float32(2.0 * np.pi) * turns), np.float32)


def _with_even_outline(coverage: Bytes) -> Bytes:
    """Coverage without the ragged edge that pencil grain leaves, and without specks."""
    soft = _blurred(coverage.astype(np.float32) / np.float32(255), max(1.0, _RAGGED * max(coverage.shape)))
    even = np.asarray(np.rint(np.clip((soft - 0.5) * _STEEP + 0.5, 0.0, 1.0) * 255).astype(np.uint8))
    # A drawing of hairlines alone has no body that could be smoothed.
    return even if even.any() else coverage


def _outline(form: _Form) -> Floats:
    """Ink along the inside of the edge, where a pencil line may be broken or half cut away."""
    span = max(1.0, _PEN * form.side)
    within = _blurred(form.coverage.astype(np.float32) / np.float32(255), 2 * span)
    return np.asarray(np.float32(_OUTLINE_INK) * (1.0 - _ramp(within, 0.55, 0.85)), np.float32)


def _blurred(plane: Floats, radius: float) -> Floats:
    """A plane of about 0 to 1 blurred a little; 8 bits are enough for what it decides."""
    image = Image.fromarray(np.rint(np.clip(plane, 0.0, 1.0) * 255).astype(np.uint8))
    soft = image.filter(ImageFilter.BoxBlur(radius)).filter(ImageFilter.BoxBlur(radius / 2))
    return np.asarray(soft, dtype=np.float32) * np.float32(1 / 255)


def _ramp(plane: Floats, low: float, high: float) -> Floats:
    """0 below ``low``, 1 above ``high``, smooth between them."""
    share = np.clip((plane - np.float32(low)) / np.float32(high - low), 0.0, 1.0)
    return np.asarray(share * share * (np.float32(3.0) - np.float32(2.0) * share), np.float32)


def _stone_plane(clean: CutOut, parts: Parts) -> Floats:
    """0 to 1 by pixel: how much it belongs to a stone, where that can be told; elsewhere all is metal."""
    plane = np.zeros(clean.coverage.shape, dtype=np.float32)
    if parts.confidence >= _SURE_PARTS:
        plane[parts.rows, parts.columns] = parts.stone
    return plane


def _modelled(form: _Form) -> tuple[Floats, Floats]:
    """How far inside the outline each pixel is, 0 to 1, and how far it turns to a light at the upper left, -1 to 1."""
    rows, columns = form.coverage.shape
    shrink = max(1.0, form.side / 400)
    small = Image.fromarray(form.coverage).resize(
        (max(2, round(columns / shrink)), max(2, round(rows / shrink))), Image.Resampling.BOX
    )
    radius = max(1.0, _MODELLING * form.side / shrink / 2)
    soft = small.filter(ImageFilter.BoxBlur(radius)).filter(ImageFilter.BoxBlur(radius))
    body = np.asarray(soft, dtype=np.float32) / np.float32(255)
    step = max(1, round(radius))
    slope = np.zeros_like(body)
    slope[step:-step, step:-step] = body[2 * step :, 2 * step :] - body[: -2 * step, : -2 * step]
    size = (columns, rows)
    large = (np.asarray(Image.fromarray(plane).resize(size, Image.Resampling.BICUBIC)) for plane in (body, slope))
    inside, towards = (np.asarray(plane, np.float32) for plane in large)
    return inside, towards
