"""What a polished ground mirrors of a piece that stands on it. Pure; runs in picture processes.

Mirrored about the line where the piece meets the floor, at a reduced size, since it is faint and soft.
"""

from typing import Final

import numpy as np
from PIL import Image

from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.footing import Footing, Stance
from dmdx_desktop.imaging.placing import Placed, Steps, numbers_of, steps_of
from dmdx_desktop.imaging.regions import Mask
from dmdx_desktop.imaging.scenes import Reflection
from dmdx_desktop.imaging.shadows import soften

_SIDE: Final = 700
_HALF: Final = 32767
_TURNED: Final = 0.3
"""The slope of the floor line from which a piece counts as turned: a flat mirror image is true close to it only."""


def mirrored(placed: Placed, reflection: Reflection, footing: Footing) -> Placed | None:
    """The mirror image as it lies on the ground, already as faint as it is; None where nothing is mirrored."""
    if reflection.strength == 0.0 or footing.stance is not Stance.STANDING:
        return None
    rows, columns = placed.coverage.shape
    contact = _contact(placed.coverage > _HALF, footing.slope)
    step = max(1, round(max(rows, columns) / _SIDE))
    turned = min(1.0, abs(footing.slope) / _TURNED)
    reach = max(2.0, reflection.fade * rows * (1.0 - 0.6 * turned))
    first = int(min(contact, contact + footing.slope * (columns - 1)))
    height = int(np.ceil((abs(footing.slope) * columns + reach) / step)) + 1
    width = -(-columns // step)
    matrix = (step, 0.0, 0.0, 2 * footing.slope * step, -step, 2 * contact - first)
    below = (
        np.arange(height, dtype=np.float32)[:, None] * step
        + first
        - (contact + footing.slope * step * np.arange(width, dtype=np.float32)[None, :])
    ) / np.float32(reach)
    share = np.where(below > 0, np.clip(1.0 - below, 0.0, 1.0) ** 2, 0.0).astype(np.float32)
    share *= np.float32(reflection.strength * (1.0 - 0.5 * turned))
    softness = np.clip(below, 0.0, 1.0)
    radius = reflection.blur * rows / step

    def image_of(plane: Steps) -> Steps:
        clear = _transformed(numbers_of(plane), (width, height), matrix)
        if radius >= 1.0:
            clear += (soften(clear, radius) - clear) * np.minimum(softness * 2.0, 1.0)
        return steps_of(np.clip(_enlarged(clear * share, step), 0.0, 1.0))

    light = np.stack([image_of(plane) for plane in placed.light])
    return Placed(light, image_of(placed.coverage), placed.left, placed.top + first)


def _contact(covered: Mask, slope: float) -> float:
    """Where the floor line through the lowest part of the piece meets its left edge, in rows."""
    under = covered.any(axis=0)
    lowest = covered.shape[0] - covered[::-1].argmax(axis=0)
    floor = lowest - slope * np.arange(covered.shape[1])
    return float(floor[under].max()) if under.any() else float(covered.shape[0])


def _transformed(
    plane: Floats, size: tuple[int, int], matrix: tuple[float, float, float, float, float, float]
) -> Floats:
    image = Image.fromarray(np.ascontiguousarray(plane))
    return np.array(image.transform(size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR), dtype=np.float32)


def _enlarged(plane: Floats, step: int) -> Floats:
    if step == 1:
        return plane
    size = (plane.shape[1] * step, plane.shape[0] * step)
    return np.asarray(Image.fromarray(plane).resize(size, Image.Resampling.BILINEAR), dtype=np.float32)
