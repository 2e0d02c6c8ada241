"""Sketches as presentation drawings: the strokes as ink, the inside as a wash. Runs in picture processes."""

from typing import Final

import numpy as np

from dmdx_desktop.imaging.colour import Bytes, Floats, bytes_from_linear, linear_from_bytes, linear_from_lab
from dmdx_desktop.imaging.cutout import CutOut
from dmdx_desktop.imaging.metal import MetalStandard
from dmdx_desktop.imaging.scenes import Scene

_WASH_LIGHTNESS: Final = 90.0
_WASH_CHROMA: Final = 0.75
_PAPER_WHITE: Final = (250, 249, 246)


def ink_on(cut: CutOut, scene: Scene, metal: MetalStandard | None) -> tuple[Bytes, Bytes]:
    """Coverage and sRGB colours of a drawing for a scene: its ink multiplies a wash, or the scene where that is light.

    The wash has the tint of ``metal`` if one is asked for. On light scenes a bare drawing stays see-through between
    its strokes; on dark ones, and on nothing, it lies on opaque paper white, or its lines would be lost.
    """
    ink = _ink(cut)
    wash = _wash(metal)
    colours = bytes_from_linear(ink * wash)
    if metal is not None or scene.is_dark or scene.is_transparent:
        return cut.coverage, colours
    darkness = 1.0 - ink.min(axis=-1)
    see_through = np.rint(cut.coverage * darkness).astype(np.uint8)
    strokes = (ink - (1.0 - darkness)[..., None]) / np.maximum(darkness, 1 / 255)[..., None]
    return see_through, bytes_from_linear(strokes)


def _ink(cut: CutOut) -> Floats:
    """What is left of the light after ink, 0 to 1 per channel in linear light: 1 on bare paper."""
    light = linear_from_bytes(cut.colours)
    bare = cut.coverage == 0
    paper = np.median(light[bare], axis=0) if bare.any() else np.ones(3)
    return np.clip(light / np.maximum(paper, 1e-3).astype(np.float32), 0.0, 1.0)


def _wash(metal: MetalStandard | None) -> Floats:
    if metal is None:
        return linear_from_bytes(np.asarray(_PAPER_WHITE, dtype=np.uint8))
    lab = np.asarray([_WASH_LIGHTNESS, _WASH_CHROMA * metal.mid[1], _WASH_CHROMA * metal.mid[2]], dtype=np.float32)
    return np.clip(linear_from_lab(lab), 0.0, 1.0)
