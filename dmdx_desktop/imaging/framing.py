"""Putting a finished image into the frame of a channel: shape, size, ground, and how much of it the piece fills.

Pure; runs in picture processes. Nothing of a piece is ever cut off: a frame of another shape is filled up around it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dmdx_desktop.models.treatment import Ground, Treatment

WHITE: Final = (255, 255, 255)
NEAR_WHITE: Final = 240
"""A ground whose darkest pixel is no darker may be lifted to pure white: the piece gets at most 6 % lighter."""
EVEN_SPREAD: Final = 12
"""Channels of an even ground differ by no more than this along the edge."""
OFF_GROUND: Final = 18
"""A pixel that differs by more than this from an even ground is piece, or its shadow."""
CLEAR_ALPHA: Final = 8
LOOKED_AT: Final = 512
"""Longer side at which the piece is looked for."""

Box = tuple[float, float, float, float]


class Edge(StrEnum):
    """What lies along the edge of an image."""

    CLEAR = "clear"
    PURE_WHITE = "pure_white"
    NEAR_WHITE = "near_white"
    EVEN = "even"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is around the piece: the kind of edge, its middle colour and darkest value, and the piece's own box.

    ``box`` is None where the ground is not even, since the piece cannot be told from it.
    """

    edge: Edge
    colour: tuple[int, int, int]
    darkest: int
    box: Box | None

    def fill(self, width: int, height: int) -> float | None:
        """How much of the frame the piece takes up, along the side where it takes up more."""
        if self.box is None:
            return None
        left, top, right, bottom = self.box
        return max((right - left) / width, (bottom - top) / height)


def look_around(image: Image.Image) -> Surroundings:
    """What is around the piece in ``image`` (RGB or RGBA)."""
    border = _border(image)
    colours = border[:, :3]
    middle = np.median(colours, axis=0)
    colour = (int(middle[0]), int(middle[1]), int(middle[2]))
    darkest = int(colours.min())
    if image.mode == "RGBA" and int(np.median(border[:, 3])) <= CLEAR_ALPHA:
        return Surroundings(Edge.CLEAR, WHITE, 255, _box(image, None))
    spread = int((colours.max(axis=0) - colours.min(axis=0)).max())
    if darkest == 255:
        edge = Edge.PURE_WHITE
    elif darkest >= NEAR_WHITE:
        edge = Edge.NEAR_WHITE
    else:
        edge = Edge.EVEN if spread <= EVEN_SPREAD else Edge.BUSY
    return Surroundings(edge, colour, darkest, None if edge is Edge.BUSY else _box(image, colour))


def framed(image: Image.Image, treatment: Treatment) -> Image.Image:
    """``image`` as the treatment wants it; RGBA only where something stays transparent."""
    around = look_around(image)
    grounded = _on_ground(image, around, treatment)
    window = _window(image.size, around, treatment)
    left, top, right, bottom = window
    size = treatment.frame(right - left, bottom - top)
    if window == (0.0, 0.0, float(image.width), float(image.height)):
        return _scaled(grounded, size, None)
    return _laid_into(grounded, window, size, around)


def _on_ground(image: Image.Image, around: Surroundings, treatment: Treatment) -> Image.Image:
    white = treatment.ground is Ground.WHITE
    if image.mode == "RGBA" and (white or not treatment.format.keeps_transparency):
        ground = Image.new("RGB", image.size, WHITE)
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    if white and around.edge is Edge.NEAR_WHITE and image.mode == "RGB":
        lifted = [min(255, round(value * 255 / around.darkest)) for value in range(256)]
        return image.point(lifted * 3)
    return image


def _window(size: tuple[int, int], around: Surroundings, treatment: Treatment) -> Box:
    """The part of the plane around the image that the frame shows, in the image's pixels; it may be larger than it."""
    width, height = size
    shape = treatment.shape or size
    aspect = shape[0] / shape[1]
    if treatment.fill is not None and around.box is not None:
        left, top, right, bottom = around.box
        needed = max((right - left) / treatment.fill, (bottom - top) / treatment.fill * aspect)
        return _around((left + right) / 2, (top + bottom) / 2, needed, needed / aspect)
    if treatment.shape is None or width * shape[1] == height * shape[0]:
        return (0.0, 0.0, float(width), float(height))
    wide = max(float(width), height * aspect)
    return _around(width / 2, height / 2, wide, wide / aspect)


def _around(x: float, y: float, width: float, height: float) -> Box:
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _laid_into(image: Image.Image, window: Box, size: tuple[int, int], around: Surroundings) -> Image.Image:
    """The part of ``image`` within ``window``, at its place in a frame of ``size``; what is beyond goes on as its edge.

    On a busy ground the frame has the middle colour of the edge, which shows; ``preflight`` says so beforehand.
    """
    left, top, right, bottom = window
    across, down = size[0] / (right - left), size[1] / (bottom - top)
    shown = (max(0.0, left), max(0.0, top), min(float(image.width), right), min(float(image.height), bottom))
    at = (round((shown[0] - left) * across), round((shown[1] - top) * down))
    end = (round((shown[2] - left) * across), round((shown[3] - top) * down))
    part = _scaled(image, (max(1, end[0] - at[0]), max(1, end[1] - at[1])), shown)
    white = around.edge in (Edge.PURE_WHITE, Edge.CLEAR) or _is_white(image)
    colour = WHITE if white else around.colour
    frame = Image.new("RGBA", size, (*colour, 0)) if image.mode == "RGBA" else Image.new("RGB", size, colour)
    frame.paste(part, at)
    return frame


def _is_white(image: Image.Image) -> bool:
    return bool((_border(image)[:, :3] == 255).all())


def _scaled(image: Image.Image, size: tuple[int, int], box: Box | None) -> Image.Image:
    if box is None and size == image.size:
        return image
    if image.mode == "RGBA":
        # Colours of clear pixels must not bleed into the outline.
        return image.convert("RGBa").resize(size, Image.Resampling.LANCZOS, box=box).convert("RGBA")
    return image.resize(size, Image.Resampling.LANCZOS, box=box)


def _border(image: Image.Image) -> NDArray[np.int16]:
    """The pixels along the edge, one a row."""
    width, height = image.size
    sides = ((0, 0, width, 1), (0, height - 1, width, height), (0, 0, 1, height), (width - 1, 0, width, height))
    bands = len(image.getbands())
    strips = [np.asarray(image.crop(side)).reshape(-1, bands) for side in sides]
    return np.concatenate(strips).astype(np.int16)


def _box(image: Image.Image, ground: tuple[int, int, int] | None) -> Box | None:
    """The box of what is not ground: of what is not clear, where ``ground`` is None."""
    factor = max(1, -(-max(image.size) // LOOKED_AT))
    small = np.asarray(image.reduce(factor)).astype(np.int16)
    if ground is None:
        piece = small[:, :, 3] > CLEAR_ALPHA
    else:
        piece = np.abs(small[:, :, :3] - np.asarray(ground, np.int16)).max(axis=2) > OFF_GROUND
    rows, columns = np.flatnonzero(piece.any(axis=1)), np.flatnonzero(piece.any(axis=0))
    if not len(rows):
        return None
    return (
        float(columns[0] * factor),
        float(rows[0] * factor),
        float(min(image.width, (columns[-1] + 1) * factor)),
        float(min(image.height, (rows[-1] + 1) * factor)),
    )
