"""Metal from shading alone: clay, wax and viewport renders say how a surface lies, and not how it shines.

Runs in picture processes. A dull surface shows one slow gradient from light to dark. On polished metal the same turn of
the surface sweeps over a studio: a dark floor, a bright horizon, the darker gap between table and softbox, and the
softbox. So shading is read as the direction a surface faces, and looked up in such a room. The room is kept gentle:
its dark band must not look like an edge of the piece.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.metal_ramp import lightness_steps
from dmdx_desktop.imaging.metal_tone import steps_of
from dmdx_desktop.imaging.parts import Body, Parts
from dmdx_desktop.imaging.surroundings import CoarseGrid, Places, Smoothing

_ROOM_AT: Final = (0.0, 0.10, 0.26, 0.42, 0.50, 0.60, 0.72, 0.84, 1.0)
_ROOM_LIGHT: Final = (26.0, 36.0, 58.0, 85.0, 80.0, 62.0, 70.0, 91.0, 97.0)
"""The studio's lightness by how far a surface turns to the light; set by eye."""
_NEAR: Final = 0.006
_GRID_SIDE: Final = 400
_TELLING_PIXELS: Final = 100_000
_DETAIL: Final = 1.3
_NOISE: Final = 4.5
_INK: Final = 7.0
_INK_WEIGHT: Final = 0.02
_LEAST_RANGE: Final = 12.0
_SHINE: Final = 92.0
_OUTLINE: Final = 13.0
_STILL_COLOURED: Final = 0.75
_GREY: Final = 8.0


def shows_only_shading(body: Body, lightness: Floats, chroma: Floats) -> bool:
    """Whether a metal looks like a material without reflections, as clay does and what CAD viewports draw.

    ``lightness`` and ``chroma`` are the metal's at the percentiles of ``metal_standard.TONE_PERCENTILES``. A camera
    shows the reflection of a lamp in gold as nearly white; a viewport shows it in the colour of the gold. A grey
    viewport is told by its black outlines and by having no white.
    """
    if body is Body.COLOURLESS:
        return True
    if chroma[-3] > _GREY:
        return bool(chroma[-1] > _STILL_COLOURED * chroma[-3])
    return bool(lightness[-1] < _SHINE and lightness[0] < _OUTLINE)


@dataclass(frozen=True, slots=True, eq=False)
class Studio:
    """The room that the shading of one piece is looked up in."""

    slow: Smoothing
    """Shading without fine detail, noise and ink."""
    low: float
    high: float

    @classmethod
    def around(cls, parts: Parts, shape: tuple[int, int]) -> "Studio":
        """The room for a piece; ``shape`` is height and width of the picture."""
        slow = _slow_shading(parts, shape)
        sample = np.flatnonzero(parts.metal)
        sample = sample[:: max(1, len(sample) // _TELLING_PIXELS)]
        low, high = np.percentile(slow.of(parts.rows[sample], parts.columns[sample], parts.lab[sample, 0]), [5.0, 99.0])
        return cls(slow, float(low), max(float(high), float(low) + _LEAST_RANGE))

    def lightness(self, rows: Places, columns: Places, shaded: Floats) -> Floats:
        """Lightness of pixels as if they were polished metal; ``shaded`` is what they have.

        Slow shading is looked up in the room; fine detail (engraving, ink outlines, stone seats) is laid over it as it
        is, so that no line is lost in a reflection.
        """
        slow = self.slow.of(rows, columns, shaded)
        facing = (slow - np.float32(self.low)) * np.float32(100.0 / (self.high - self.low))
        room = np.interp(lightness_steps() / 100.0, _ROOM_AT, _ROOM_LIGHT).astype(np.float32)
        shown = room[steps_of(facing)]
        shown += np.float32(_DETAIL) * (shaded - slow)
        return np.asarray(np.clip(shown, 0.0, 100.0, out=shown))


def _slow_shading(parts: Parts, shape: tuple[int, int]) -> Smoothing:
    """Shading without fine detail, noise and ink; stones take no part in it."""
    step = max(1, max(shape) // _GRID_SIDE)
    radius = max(1, round(_NEAR * max(shape) / step))
    grid = CoarseGrid(parts.rows, parts.columns, step)
    lightness, weight = parts.lab[:: grid.stride, 0], 1.0 - parts.stone[:: grid.stride] + np.float32(1e-3)
    first = grid.mean_around(lightness, weight, radius)
    # Lines would darken the metal beside them, so the second mean leaves them out.
    ink = lightness < first.at(parts.rows[:: grid.stride], parts.columns[:: grid.stride]) - _INK
    return grid.smoothing(lightness, np.where(ink, weight * np.float32(_INK_WEIGHT), weight), radius, _NOISE)
