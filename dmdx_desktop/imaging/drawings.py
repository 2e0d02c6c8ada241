"""Sketches as presentation drawings: clean ink on an opaque wash within the outline. Runs in picture processes.

What the pencil or brush left on the paper is told from the paper's own grain and shading. Pencil becomes ink; colour
stays as it was painted, or gives way to the metal asked for where it shows metal.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image, ImageFilter

from dmdx_desktop.imaging.colour import Bytes, Floats, bytes_from_linear, linear_from_bytes, linear_from_lab
from dmdx_desktop.imaging.cutout import CutOut
from dmdx_desktop.imaging.metal import MetalStandard
from dmdx_desktop.imaging.parts import Body, Parts, tell_parts

_PAPER_SIDE: Final = 48
_WASH_LIGHTNESS: Final = 84.0
_WASH_CHROMA: Final = 0.85
_PAPER_WHITE: Final = (250, 249, 246)
_STONE_WHITE: Final = (243, 246, 250)
_INK: Final = (34, 31, 36)
_GRAIN_LIMITS: Final = (2.2, 4.5)
_FULL_INK: Final = 0.62
_COLOURED: Final = (0.07, 0.18)
_SURE_PARTS: Final = 0.4
_MODELLING: Final = 0.028


@dataclass(frozen=True, slots=True, eq=False)
class _Marks:
    """What lies on the paper: ``ink`` 0 to 1, ``paint`` as shares of the paper's light, ``painted`` 0 to 1 by pixel."""

    ink: Floats
    paint: Floats
    painted: Floats


def ink_on(cut: CutOut, metal: MetalStandard | None) -> tuple[Bytes, Bytes]:
    """Coverage and sRGB colours of a drawing as it is shown: opaque within the piece's outline, nothing outside it.

    The wash has the tint of ``metal`` if one is asked for; stones stay white, or keep the colour they were painted in.
    """
    marks = _read_marks(cut)
    stone = _stone_plane(cut)
    white = linear_from_bytes(np.asarray(_PAPER_WHITE, dtype=np.uint8))
    kept = marks.painted
    wash = np.broadcast_to(white, marks.paint.shape)
    if metal is not None:
        lab = np.asarray([_WASH_LIGHTNESS, _WASH_CHROMA * metal.mid[1], _WASH_CHROMA * metal.mid[2]], dtype=np.float32)
        tint = np.clip(linear_from_lab(lab), 0.0, 1.0)
        clear = linear_from_bytes(np.asarray(_STONE_WHITE, dtype=np.uint8))
        wash = tint + (clear - tint) * stone[..., None]
        kept = kept * stone
    wash = wash * _modelled(cut.coverage)[..., None]
    ink = linear_from_bytes(np.asarray(_INK, dtype=np.uint8))
    drawn = wash + (ink - wash) * marks.ink[..., None]
    drawn += (white * marks.paint - drawn) * kept[..., None]
    return cut.coverage, bytes_from_linear(drawn.astype(np.float32))


def _read_marks(cut: CutOut) -> _Marks:
    """Marks told from paper: its slow shading divided out, its grain measured beside the piece and left away."""
    share = cut.colours.astype(np.float32) / _paper(cut)
    dark = np.float32(1.0) - share.min(axis=-1)
    bare = cut.coverage == 0
    grain = float(np.median(np.abs(dark[bare]))) * 1.48 if bare.sum() > 100 else 0.02
    grain = max(grain, 0.008)
    near = _blurred(dark, 1.0)
    low, high = (limit * grain * 0.6 for limit in _GRAIN_LIMITS)
    meant = _ramp(near, low, high)
    full = float(np.percentile(dark[~bare], 99.5)) if (~bare).any() else 1.0
    ink = np.clip((dark - grain) / max(_FULL_INK * full, 0.08), 0.0, 1.0) ** np.float32(0.9) * meant
    softened = np.stack([_blurred(share[..., channel], 2.0) for channel in range(3)], axis=-1)
    colour = softened.max(axis=-1) - softened.min(axis=-1)
    painted = _ramp(colour, *_COLOURED)
    paint = linear_from_bytes(np.rint(np.clip(share, 0.0, 1.0) * 255).astype(np.uint8))
    return _Marks(ink.astype(np.float32), paint, painted)


def _paper(cut: CutOut) -> Floats:
    """The bare paper's sRGB values everywhere, (height, width, 3): its slow changes carried on below the piece."""
    rows, columns = cut.coverage.shape
    shrink = max(1.0, max(rows, columns) / _PAPER_SIDE)
    size = (max(2, round(columns / shrink)), max(2, round(rows / shrink)))
    bare = (cut.coverage == 0).astype(np.float32)
    planes = []
    for channel in range(3):
        # Paper is what is light: marks beside the piece are left out by the lighter half.
        values = cut.colours[..., channel].astype(np.float32)
        weight = bare * (values > np.median(values[bare > 0]) - 25 if bare.any() else 1.0)
        sums = _shrunk(values * weight, size), _shrunk(weight, size)
        total = max(float(sums[1].sum()), 1e-3)
        mean = float(sums[0].sum()) / total if bare.any() else 250.0
        filled = (_spread(sums[0]) + np.float32(0.002 * mean)) / (_spread(sums[1]) + np.float32(0.002))
        planes.append(np.asarray(Image.fromarray(filled).resize((columns, rows), Image.Resampling.BICUBIC)))
    return np.asarray(np.maximum(np.stack(planes, axis=-1), np.float32(16.0)), np.float32)


def _shrunk(plane: Floats, size: tuple[int, int]) -> Floats:
    return np.asarray(Image.fromarray(plane.astype(np.float32)).resize(size, Image.Resampling.BOX), dtype=np.float32)


def _spread(plane: Floats) -> Floats:
    """A small plane blurred far, so that what is known reaches over what is not."""
    result = plane
    for _ in range(4):
        padded = np.pad(result, 3, mode="edge")
        sums = np.cumsum(np.cumsum(np.pad(padded, ((1, 0), (1, 0))), axis=0, dtype=np.float64), axis=1)
        result = ((sums[7:, 7:] - sums[:-7, 7:] - sums[7:, :-7] + sums[:-7, :-7]) / 49).astype(np.float32)
    return result


def _blurred(plane: Floats, radius: float) -> Floats:
    """A plane of about 0 to 1 blurred a little; 8 bits are enough for what it decides."""
    image = Image.fromarray(np.rint(np.clip(plane, 0.0, 1.0) * 255).astype(np.uint8))
    return np.asarray(image.filter(ImageFilter.BoxBlur(radius)), dtype=np.float32) * np.float32(1 / 255)


def _ramp(plane: Floats, low: float, high: float) -> Floats:
    """0 below ``low``, 1 above ``high``, smooth between them."""
    share = np.clip((plane - np.float32(low)) / np.float32(high - low), 0.0, 1.0)
    return np.asarray(share * share * (np.float32(3.0) - np.float32(2.0) * share), np.float32)


def _stone_plane(cut: CutOut) -> Floats:
    """0 to 1 by pixel: how much it belongs to a stone, where that can be told; elsewhere all is metal."""
    plane = np.zeros(cut.coverage.shape, dtype=np.float32)
    parts: Parts = tell_parts(cut)
    if parts.body is not Body.COLOURLESS and parts.confidence >= _SURE_PARTS:
        plane[parts.rows, parts.columns] = parts.stone
    return plane


def _modelled(coverage: Bytes) -> Floats:
    """Light on the wash as on a rounded body lit from the upper left: a lighter middle, a darker lower right rim."""
    rows, columns = coverage.shape
    shrink = max(1.0, max(rows, columns) / 400)
    small = Image.fromarray(coverage).resize(
        (max(2, round(columns / shrink)), max(2, round(rows / shrink))), Image.Resampling.BOX
    )
    radius = max(1.0, _MODELLING * max(small.size) / 2)
    soft = small.filter(ImageFilter.BoxBlur(radius)).filter(ImageFilter.BoxBlur(radius))
    body = np.asarray(soft, dtype=np.float32) / np.float32(255)
    step = max(1, round(radius))
    slope = np.zeros_like(body)
    slope[step:-step, step:-step] = body[2 * step :, 2 * step :] - body[: -2 * step, : -2 * step]
    light = np.float32(0.86) + np.float32(0.14) * body + np.float32(0.16) * slope
    large = Image.fromarray(np.clip(light, 0.6, 1.0).astype(np.float32)).resize(
        (columns, rows), Image.Resampling.BICUBIC
    )
    return np.asarray(large, dtype=np.float32)
