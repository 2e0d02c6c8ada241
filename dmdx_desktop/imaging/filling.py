"""Known values spread smoothly over what is unknown, as the background behind a piece. Pure; picture processes."""

import numpy as np
from PIL import Image

from dmdx_desktop.imaging.colour import Floats
from dmdx_desktop.imaging.regions import Mask


def fill_from(values: Floats, known: Mask) -> Floats:
    """Spread the known values smoothly over the unknown pixels by averaging down and interpolating up.

    Where nothing is known the values stay as they are.
    """
    if not known.any():
        return values
    weight = known.astype(np.float32)
    value = values * weight[..., None]
    stack: list[tuple[Floats, Floats]] = []
    while min(weight.shape) > 2:
        stack.append((value, weight))
        value, weight = _halve(value, weight)
    filled = np.asarray(value / np.maximum(weight, 1e-6)[..., None], np.float32)
    for value, weight in reversed(stack):
        rows, columns = weight.shape
        filled = np.asarray(value + (1.0 - weight)[..., None] * resize_planes(filled, columns, rows), np.float32)
    return filled


def _halve(value: Floats, weight: Floats) -> tuple[Floats, Floats]:
    odd_row, odd_column = weight.shape[0] % 2, weight.shape[1] % 2
    if odd_row or odd_column:
        value = np.pad(value, ((0, odd_row), (0, odd_column), (0, 0)))
        weight = np.pad(weight, ((0, odd_row), (0, odd_column)))
    value = value[0::2, 0::2] + value[1::2, 0::2] + value[0::2, 1::2] + value[1::2, 1::2]
    weight = weight[0::2, 0::2] + weight[1::2, 0::2] + weight[0::2, 1::2] + weight[1::2, 1::2]
    surplus = np.maximum(weight, np.float32(1.0))
    return np.asarray(value / surplus[..., None], np.float32), np.asarray(weight / surplus, np.float32)


def resize_planes(values: Floats, width: int, height: int) -> Floats:
    """Bilinear resize of (h, w, c) floats to (height, width, c)."""
    planes = []
    for channel in range(values.shape[2]):
        plane = Image.fromarray(np.ascontiguousarray(values[..., channel]))
        planes.append(np.asarray(plane.resize((width, height), Image.Resampling.BILINEAR)))
    return np.stack(planes, axis=-1)
