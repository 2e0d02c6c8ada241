"""Cut-outs and parts of the samples as they truly are, built from their masks instead of found in their pixels."""

from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from dmdx_desktop.imaging.colour import Bytes, lab_from_bytes
from dmdx_desktop.imaging.parts import Body, Parts
from tests.imaging.sample_truth import SAMPLES, Truth, picture_of, truths

METAL = 1
STONE = 2
_WHOLE = 250
_BORDER_PIXELS = 6


@cache
def true_parts(file: str) -> tuple[Bytes, Parts]:
    """sRGB colours, with those of the piece carried outwards over its own edge, and parts with soft stone borders."""
    (truth,) = (each for each in truths() if each.file == file)
    coverage = np.asarray(Image.open(SAMPLES / "masks" / f"{Path(file).stem}.piece.png"))
    rgb = np.asarray(picture_of(file).image.convert("RGB"))
    colours = rgb if truth.kind == "sketch" else _carried_outwards(rgb, coverage)
    rows, columns = np.nonzero(coverage)
    stones = Image.fromarray(((truth.parts_mask == STONE) * 255).astype(np.uint8))
    soft = np.asarray(stones.filter(ImageFilter.GaussianBlur(0.7)), np.float32) / np.float32(255)
    return colours, Parts(
        rows=rows,
        columns=columns,
        lab=lab_from_bytes(colours[rows, columns]),
        stone=soft[rows, columns],
        body=_body_of(truth),
        confidence=1.0,
    )


def _body_of(truth: Truth) -> Body:
    if not truth.shows_metal or "_clay" in truth.file:
        return Body.COLOURLESS
    return Body.GOLD if truth.metal in ("yellow_gold", "rose_gold") else Body.WHITE


def _carried_outwards(rgb: Bytes, coverage: Bytes) -> Bytes:
    """Colours of wholly covered pixels in the place of those that are mixed with the background."""
    whole = coverage >= _WHOLE
    colours, known = rgb.astype(np.float32) * whole[..., None], whole.astype(np.float32)
    for _ in range(_BORDER_PIXELS):
        sums, counts = np.zeros_like(colours), np.zeros_like(known)
        for step in ((0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1)):
            sums += np.roll(colours, step, (0, 1))
            counts += np.roll(known, step, (0, 1))
        new = (known == 0) & (counts > 0)
        colours[new] = sums[new] / counts[new][:, None]
        known[new] = 1
    result = rgb.copy()
    edge = (coverage > 0) & ~whole & (known > 0)
    result[edge] = np.rint(colours[edge]).astype(np.uint8)
    return result
