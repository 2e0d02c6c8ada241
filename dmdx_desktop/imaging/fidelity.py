"""How true a finished picture is to its reference: outlines laid on each other, metals compared. In picture processes.

A help for whoever looks, never a verdict: an engine may turn a piece a little, and light is not colour.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dmdx_desktop.imaging.colour import Bytes, Floats, delta_e_2000
from dmdx_desktop.imaging.cutout import CutOut
from dmdx_desktop.imaging.metal_standard import MetalStandard
from dmdx_desktop.imaging.parts import Body, Parts, tell_parts

SIDE: Final = 160
"""Outlines are compared on a square of so many pixels; a piece takes about half of its side."""
PIECE_SIDE: Final = 64.0
"""The square root of the area a piece is brought to."""
SCALES: Final = (0.88, 0.94, 1.0, 1.06, 1.13)
TURNS: Final = (-12.0, -6.0, 0.0, 6.0, 12.0)
LEAST_METAL: Final = 200
MIDDLE: Final = (35.0, 65.0)
"""The percentiles of lightness between which a metal shows its own colour, neither in shadow nor in glare."""
EVEN_LIGHTNESS: Final = 65.0


@dataclass(frozen=True, slots=True)
class Fidelity:
    """``outline`` is the share, 0 to 1, that both outlines have in common; ``metal`` the colour difference (CIEDE2000,
    at even lightness) from the metal that was asked for. None where it cannot be told."""

    outline: float | None
    metal: float | None
    confidence: float


def compare(reference: CutOut, output: CutOut, asked: MetalStandard | None, *, same_view: bool) -> Fidelity:
    """What can be measured of two pictures; ``asked`` is the metal asked for, None for that of the reference."""
    if reference.is_empty or output.is_empty:
        return Fidelity(None, None, 0.0)
    outline = outline_agreement(reference.coverage, output.coverage) if same_view else None
    return Fidelity(outline, metal_difference(reference, output, asked), min(reference.confidence, output.confidence))


def outline_agreement(one: Bytes, other: Bytes) -> float:
    """The share two outlines have in common once one is moved, turned a little and scaled onto the other."""
    first = _normalised(one, 1.0, 0.0)
    spectrum = np.fft.rfft2(first)
    best = 0.0
    for scale in SCALES:
        for turn in TURNS:
            second = _normalised(other, scale, turn)
            # Both are 0 or 1, so their correlation counts the pixels they have in common, at every shift at once.
            common = float(np.fft.irfft2(spectrum * np.conj(np.fft.rfft2(second)), s=(SIDE, SIDE)).max())
            best = max(best, common / (float(first.sum()) + float(second.sum()) - common))
    return min(best, 1.0)


def metal_difference(reference: CutOut, output: CutOut, asked: MetalStandard | None) -> float | None:
    """How far the metal of ``output`` is from what was asked for; None where one of them shows none."""
    seen = _own_colour(tell_parts(output))
    if seen is None:
        return None
    if asked is not None:
        expected: Floats | None = np.asarray(asked.mid, np.float32)
    else:
        parts = tell_parts(reference)
        expected = None if parts.body is Body.COLOURLESS else _own_colour(parts)
    if expected is None:
        return None
    return float(delta_e_2000(_at_even_lightness(seen), _at_even_lightness(expected)))


def _own_colour(parts: Parts) -> Floats | None:
    metal = parts.lab[parts.metal]
    if len(metal) < LEAST_METAL:
        return None
    low, high = np.percentile(metal[:, 0], MIDDLE)
    middle = metal[(metal[:, 0] >= low) & (metal[:, 0] <= high)]
    return np.asarray(np.median(middle if len(middle) else metal, axis=0), np.float32)


def _at_even_lightness(lab: Floats) -> Floats:
    return np.asarray((EVEN_LIGHTNESS, lab[1], lab[2]), np.float32)


def _normalised(coverage: Bytes, scale: float, turn: float) -> NDArray[np.float32]:
    """The outline with its centre of mass in the middle of a square, brought to one area, then scaled and turned."""
    mask = coverage > 127
    rows, columns = np.nonzero(mask)
    factor = PIECE_SIDE * scale / float(np.sqrt(len(rows)))
    cosine, sine = float(np.cos(np.radians(turn))) / factor, float(np.sin(np.radians(turn))) / factor
    centre_x, centre_y, middle = float(columns.mean()), float(rows.mean()), SIDE / 2
    # From a place of the square to a place of the picture, as Pillow wants it.
    places = (
        cosine, sine, centre_x - cosine * middle - sine * middle,
        -sine, cosine, centre_y + sine * middle - cosine * middle,
    )  # fmt: skip
    laid = (
        Image.fromarray(mask)
        .convert("L")
        .transform((SIDE, SIDE), Image.Transform.AFFINE, places, Image.Resampling.BILINEAR)
    )
    return (np.asarray(laid) > 127).astype(np.float32)
