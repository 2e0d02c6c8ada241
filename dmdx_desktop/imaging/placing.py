"""The piece scaled, lit and laid at its place in the frame. Pure; runs in picture processes.

Everything here is in linear light premultiplied with coverage, so that edges take nothing of what is not the piece.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from dmdx_desktop.imaging.colour import Bytes, Floats, linear_from_bytes
from dmdx_desktop.imaging.scenes import Framing, Light

_PIVOT: Final = 0.42
"""The linear light about which contrast turns: the mid-tone of polished metal."""
_EDGE_PIXELS: Final = 1.6
_STEEPEST_EDGE: Final = 3.0
_PLAIN_ENLARGING: Final = 1.4
_ROUNDED_FROM: Final = 1.9
_WRAP_SHARE: Final = 0.004
_LEAST_COVERAGE: Final = 1 / 510
_FULL: Final = 65535
_STRIP: Final = 128


Steps = NDArray[np.uint16]
"""Numbers 0 to 1 in 65535 steps: half the memory of floats, and finer than any eye."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """The piece at its place: premultiplied linear light (3, rows, columns), coverage (rows, columns), its corner."""

    light: Steps
    coverage: Steps
    left: int
    top: int

    def rows(self, first: int, last: int) -> tuple[Floats, Floats]:
        """Light and coverage of some rows as numbers 0 to 1; rows are counted from the top of the piece."""
        return numbers_of(self.light[:, first:last]), numbers_of(self.coverage[first:last])


def steps_of(numbers: Floats) -> Steps:
    """Numbers 0 to 1 as steps; ``numbers`` is used up."""
    numbers *= np.float32(_FULL)
    numbers += np.float32(0.5)
    return numbers.astype(np.uint16)


def numbers_of(steps: Steps) -> Floats:
    """Steps as numbers 0 to 1."""
    return np.multiply(steps, np.float32(1 / _FULL), dtype=np.float32)


def cropped(coverage: Bytes, colours: Bytes) -> tuple[Bytes, Bytes]:
    """Both cut down to what is covered; there must be something."""
    rows = np.flatnonzero(coverage.max(axis=1) > 8)
    columns = np.flatnonzero(coverage.max(axis=0) > 8)
    box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return coverage[box], colours[box]


def turned(coverage: Bytes, colours: Bytes, degrees: float) -> tuple[Bytes, Bytes]:
    """Both turned clockwise by some degrees and cropped again; no edge goes dark."""
    if degrees == 0.0:
        return coverage, colours
    share = coverage.astype(np.float32) * np.float32(1 / 255)
    mask = _rotated(share, degrees)
    # Premultiplied, nothing of what lies outside comes in; divided by the same overshoot, no rim is too bright.
    shown = np.empty((*mask.shape, 3), dtype=np.uint8)
    for channel in range(3):
        plane = _rotated(colours[..., channel] * share, degrees) / np.maximum(mask, np.float32(_LEAST_COVERAGE))
        shown[..., channel] = np.rint(np.clip(plane, 0, 255))
    return cropped(np.rint(np.clip(mask, 0.0, 1.0) * 255).astype(np.uint8), shown)


def _rotated(plane: Floats, degrees: float) -> Floats:
    """A plane turned clockwise, as large as it needs to be."""
    image = Image.fromarray(plane).rotate(-degrees, Image.Resampling.BICUBIC, expand=True)
    return np.asarray(image, dtype=np.float32)


def place(coverage: Bytes, colours: Bytes, framing: Framing, light: Light, size: tuple[int, int]) -> Placed:
    """The piece at the scene's share of a frame of ``size`` (width, height), in the scene's light."""
    width, height = size
    rows, columns = coverage.shape
    scale = min(framing.fill * width / columns, framing.fill * height / rows)
    new = max(1, round(columns * scale)), max(1, round(rows * scale))
    share = coverage.astype(np.float32) * np.float32(1 / 255)
    sharp, straight = _placed_coverage(share, new, scale)
    planes = np.empty((3, new[1], new[0]), dtype=np.uint16)
    for channel in range(3):
        lit = _lit(colours[..., channel], light, channel)
        lit *= share
        for rows_of, plane in _resized(Image.fromarray(lit), new):
            plane *= straight[rows_of]
            _grade(plane, light, rows_of, new[1])
            planes[channel, rows_of] = steps_of(np.clip(plane, 0.0, numbers_of(sharp[rows_of]), out=plane))
    left, top = _corner(share, new, framing, size)
    return Placed(planes, sharp, left, top)


def _placed_coverage(share: Floats, new: tuple[int, int], scale: float) -> tuple[Steps, Floats]:
    """Coverage at its new size with its edge narrow, and by how much colours that were resized as it was must change.

    Colours overshoot at edges just as their coverage does: divided by it they are what they were.
    """
    sharp = np.empty((new[1], new[0]), np.uint16)
    straight = np.empty((new[1], new[0]), np.float32)
    image = Image.fromarray(share)
    smooth = image if scale < _ROUNDED_FROM else Image.fromarray(_rounded(share))
    for (rows, resized), (_, rounded) in zip(_resized(image, new), _resized(smooth, new), strict=True):
        steep = _steepened(rounded, scale)
        steep[steep < _LEAST_COVERAGE] = 0.0
        np.maximum(resized, np.float32(_LEAST_COVERAGE), out=resized)
        np.divide(steep, resized, out=straight[rows])
        sharp[rows] = steps_of(steep)
    return sharp, straight


def _lit(values: Bytes, light: Light, channel: int) -> Floats:
    """One channel in linear light as the scene lights it: contrast about the mid-tone, then exposure and tint."""
    table = linear_from_bytes(np.arange(256, dtype=np.uint8))
    table = np.float32(_PIVOT) * (table / np.float32(_PIVOT)) ** np.float32(light.contrast)
    table = np.minimum(table * np.float32(light.exposure * light.tint[channel]), np.float32(1.0))
    return np.asarray(table[values], np.float32)


def _grade(plane: Floats, light: Light, at: slice, rows: int) -> None:
    """Make the lit end of the piece lighter and the other darker, in place, for rows ``at`` of so many; its middle
    stays."""
    right, down = (np.float32(light.gradient * part) for part in light.towards)
    x = np.float32(1.0) - right * np.linspace(-1.0, 1.0, plane.shape[1], dtype=np.float32)[None, :]
    plane *= x - down * np.linspace(-1.0, 1.0, rows, dtype=np.float32)[at, None]


def _resized(image: Image.Image, size: tuple[int, int]) -> Iterator[tuple[slice, Floats]]:
    """An image of floats at another size, some of its rows at a time: a plane of a large draft takes some 70 MB.

    Bicubic, which keeps edges without echoes; a good deal larger, half of it linear, which has none at all.
    """
    width, height = size
    if width <= image.width:
        # Reducing works on blocks of pixels, which strips would cut; what it makes is smaller than what there is.
        whole = np.asarray(image.resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0), np.float32)
        yield from ((rows, whole[rows].copy()) for rows in _strips(height))
        return
    for rows in _strips(height):
        box = (0.0, rows.start * image.height / height, float(image.width), rows.stop * image.height / height)
        strip = width, rows.stop - rows.start
        part = np.array(image.resize(strip, Image.Resampling.BICUBIC, box), np.float32)
        if width > _PLAIN_ENLARGING * image.width:
            part += np.asarray(image.resize(strip, Image.Resampling.BILINEAR, box), np.float32)
            part *= np.float32(0.5)
        yield rows, part


def _strips(rows: int) -> Iterator[slice]:
    """All rows, some at a time."""
    return (slice(first, min(first + _STRIP, rows)) for first in range(0, rows, _STRIP))


def _rounded(share: Floats) -> Floats:
    """Coverage without the stairs of its pixels, which a large enlargement would show along every slanting edge."""
    framed = np.pad(share, 1)
    across = np.float32(0.25) * (framed[:, :-2] + framed[:, 2:]) + np.float32(0.5) * framed[:, 1:-1]
    both = np.float32(0.25) * (across[:-2] + across[2:]) + np.float32(0.5) * across[1:-1]
    return np.asarray(both, np.float32)


def _steepened(coverage: Floats, scale: float) -> Floats:
    """Coverage of an enlarged piece with the edge as narrow as a picture of that size has it, where it lay before."""
    gain = min(max(scale / _EDGE_PIXELS, 1.0), _STEEPEST_EDGE)
    steep = coverage - np.float32(0.5)
    steep *= np.float32(gain)
    steep += np.float32(0.5)
    return np.asarray(np.clip(steep, 0.0, 1.0, out=steep), np.float32)


def _corner(share: Floats, new: tuple[int, int], framing: Framing, size: tuple[int, int]) -> tuple[int, int]:
    """Left and top of the piece: between the middle of its box and its visual weight, clear of the frame."""
    total = float(share.sum())
    corner = []
    for axis, at in ((1, framing.across), (0, framing.centre)):
        length, room = new[1 - axis], size[1 - axis]
        places = (np.arange(share.shape[axis]) + 0.5) / share.shape[axis]
        weight = float((share.sum(axis=1 - axis) * places).sum()) / total
        start = at * room - length * (0.5 + framing.balance * (weight - 0.5))
        margin = 0.25 * (room - length)
        corner.append(round(min(max(start, margin), room - length - margin)))
    return corner[0], corner[1]


def wrapped(placed: Placed, ground: Floats, strength: float) -> Placed:
    """The piece with a little of the ground's light over its outline; ``ground`` has shape (3, rows, 1).

    The light of ``placed`` is used up.
    """
    if strength == 0.0:
        return placed
    rows, columns = placed.coverage.shape
    small = Image.fromarray((placed.coverage >> 8).astype(np.uint8)).reduce(2 if min(rows, columns) > 4 else 1)
    blurred = small.filter(ImageFilter.BoxBlur(max(1.0, _WRAP_SHARE * max(small.size))))
    blurred = blurred.filter(ImageFilter.BoxBlur(max(1.0, _WRAP_SHARE * max(small.size))))
    inside = np.asarray(blurred.resize((columns, rows), Image.Resampling.BILINEAR))
    for at in _strips(rows):
        light, coverage = placed.rows(at.start, at.stop)
        # 0 well within the outline, and the whole strength on a straight edge, where half of the blur is covered.
        bleeding = np.clip(np.float32(2.0) - inside[at] * np.float32(2 / 255), 0.0, 1.0)
        bleeding *= bleeding * np.float32(strength)
        light *= np.float32(1.0) - bleeding
        bleeding *= coverage
        light += ground[:, at] * bleeding
        placed.light[:, at] = steps_of(np.minimum(light, coverage, out=light))
    return placed
