"""The piece of a picture as the studio's eye sees it, on the picture's own pixels. Runs in picture processes.

The whole picture is glanced at small; then the piece's surroundings are looked at again close, at their own pixels
where they are not too many and enlarged where they are few. What the second look leaves open between two pixels is for
``matte`` to settle.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from dmdx_desktop.imaging.colour import Bytes, Floats
from dmdx_desktop.imaging.doubt import without_dips, without_islands
from dmdx_desktop.imaging.eye import BLOCK, Eye, Found, Reading
from dmdx_desktop.imaging.false_holes import without_bare_areas, without_false_holes

CLOSE_SIDE: Final = 1152
"""Longest side, in pixels, of what is looked at close: beyond it time grows and edges gain little."""
_LARGEST: Final = 2.0
"""How many times a small piece is enlarged to be looked at close: wires of a few pixels are seen, more only blurs.

Drawings are not: their lines are as wide as they are drawn.
"""

_MAYBE: Final = 0.12
_MARGIN: Final = 0.04
_LEAST_MARGIN: Final = 10

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What was seen. ``piece`` and ``stone`` are 0 to 255 by pixel of ``box``: left, top, right, bottom."""

    box: Box
    piece: Bytes
    stone: Bytes
    reading: Reading
    enlarged: float
    """How many times larger than it is the piece was looked at close; below 1 where it was reduced."""
    expected_overlap: float
    """How far the outline overlaps the true one, 0 to 1, if each pixel's chance is believed; 0 without a piece."""


def look_at(image: Image.Image, eye: Eye, largest: float = _LARGEST) -> Sight:
    """Find the piece of an RGB picture. Where there is none the box is empty."""
    glimpse = eye.glance(image)
    found = glimpse.found
    box = _box_around(found.piece, image.size)
    if box is None:
        nothing = np.zeros((0, 0), dtype=np.uint8)
        return Sight((0, 0, 0, 0), nothing, nothing, glimpse.reading, 1.0, 0.0)
    close = _close_up(image, box, 1.0 if glimpse.reading.drawn else largest)
    size = -(-close.height // BLOCK), -(-close.width // BLOCK)
    hints = Found(*(_seen_in(plane, box, image.size, size) for plane in (found.piece, found.stone)))
    shown = np.asarray(close)
    rows, columns = (_places(box[1 - axis], box[3 - axis], image.size[1 - axis], size[axis]) for axis in (0, 1))
    drawn = eye.outline(shown, hints, glimpse.backdrop.ground_at(rows, columns))
    piece = without_false_holes(drawn.piece, shown)
    whole = box[2] - box[0], box[3] - box[1]
    if glimpse.reading.drawn:
        glance_pixel = max(image.size) / max(found.piece.shape) * close.width / whole[0] / BLOCK
        piece = without_bare_areas(piece, hints.piece, glance_pixel, shown)
    piece = without_dips(without_islands(piece))
    return Sight(
        box=box,
        piece=_at_size(piece, whole),
        stone=_at_size(drawn.stone, whole),
        reading=glimpse.reading,
        enlarged=close.width / whole[0],
        expected_overlap=expected_overlap(piece),
    )


def expected_overlap(chances: Floats) -> float:
    """Intersection over union of what is likelier piece than not and the truth, if each pixel's chance is believed."""
    chosen = chances > 0.5
    both, either = float(chances[chosen].sum()), float(np.where(chosen, 1.0, chances).sum())
    return both / either if either > 0 else 0.0


def _box_around(piece: Floats, size: tuple[int, int]) -> Box | None:
    """Where a piece may be, with a margin, in the picture's pixels."""
    rows, columns = np.flatnonzero(piece.max(axis=1) > _MAYBE), np.flatnonzero(piece.max(axis=0) > _MAYBE)
    if not len(rows) or float(piece.max()) < 0.5:
        return None
    across, down = size[0] / piece.shape[1], size[1] / piece.shape[0]
    left, right = columns[0] * across, (columns[-1] + 1) * across
    top, bottom = rows[0] * down, (rows[-1] + 1) * down
    margin = max(_LEAST_MARGIN, _MARGIN * max(right - left, bottom - top), 1.5 * max(across, down))
    return (
        max(0, int(left - margin)),
        max(0, int(top - margin)),
        min(size[0], int(right + margin) + 1),
        min(size[1], int(bottom + margin) + 1),
    )


def _close_up(image: Image.Image, box: Box, largest: float) -> Image.Image:
    """What lies in the box, ``CLOSE_SIDE`` long or less, enlarged ``largest`` times at most."""
    width, height = box[2] - box[0], box[3] - box[1]
    factor = max(max(width, height) / CLOSE_SIDE, 1.0 / largest)
    size = max(1, round(width / factor)), max(1, round(height / factor))
    return image.resize(size, Image.Resampling.BILINEAR, box, reducing_gap=3.0)


def _seen_in(plane: Floats, box: Box, whole: tuple[int, int], size: tuple[int, int]) -> Floats:
    """The part of a plane that covers the whole picture which lies in ``box``, at ``size`` (height, width)."""
    across, down = plane.shape[1] / whole[0], plane.shape[0] / whole[1]
    part = (box[0] * across, box[1] * down, box[2] * across, box[3] * down)
    seen = Image.fromarray(plane).resize((size[1], size[0]), Image.Resampling.BILINEAR, part)
    return np.asarray(seen, dtype=np.float32)


def _places(first: int, last: int, length: int, count: int) -> Floats:
    """The middles of ``count`` equal parts from pixel ``first`` to ``last``, -1 at pixel 0 and 1 at the last."""
    middles = first + (np.arange(count, dtype=np.float32) + np.float32(0.5)) * np.float32((last - first) / count)
    return np.asarray((middles - np.float32(0.5)) * np.float32(2 / max(length - 1, 1)) - np.float32(1), np.float32)


def _at_size(plane: Floats, size: tuple[int, int]) -> Bytes:
    values = Image.fromarray(np.rint(plane * 255).astype(np.uint8))
    if values.size != size:
        values = values.resize(size, Image.Resampling.BICUBIC)
    return np.asarray(values)
