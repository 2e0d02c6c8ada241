"""Noise that textures are made of: smooth random fields of a chosen roughness and grain. Pure; picture processes.

A field is made in two steps. Its broad forms are white noise filtered by frequency, which leaves no grid behind. Its
finer ones are added octave by octave on the way up to the size of the picture, so that a picture of 4096 pixels has
detail that one of 1600 cannot show, and none is merely enlarged. The last step up is made some rows at a time, because
at 4096 pixels each whole plane would take 67 MB.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dmdx_desktop.imaging.colour import Floats

SOFT_SIDE: Final = 192
"""Longest side of the plane of a field that has broad forms only."""
BASE_SIDE: Final = 400
"""Longest side of the plane on which the broad forms of a detailed field are made."""

_BLOCK: Final = 16
"""Rows of static that are drawn together: few, since a strip may need but the last row of the block above it."""


@dataclass(frozen=True, slots=True)
class Grain:
    """What a random field looks like.

    ``coarsest`` counts waves along the longest side of the picture below which nothing varies; each octave above it is
    weaker by ``fading`` (0 to 1). ``stretch`` draws the forms out along ``angle``, in degrees clockwise from the
    horizontal.
    """

    coarsest: float
    fading: float = 0.5
    stretch: float = 1.0
    angle: float = 0.0
    finest: float = float("inf")


def smooth_field(rng: np.random.Generator, width: int, height: int, grain: Grain, base_side: int = SOFT_SIDE) -> Floats:
    """A field of mean 0 and deviation 1 in the proportions of the picture, its longest side ``base_side``.

    That side does not depend on the picture's, so that a texture has the same forms at every size.
    """
    shrink = max(width, height) / base_side
    columns, rows = max(2, round(width / shrink)), max(2, round(height / shrink))
    side = max(columns, rows)
    # Made on a larger plane and cropped, because filtered noise meets itself at opposite edges.
    padded = side + side // 4
    along = np.fft.rfftfreq(padded).astype(np.float32) * np.float32(side)
    down = (np.fft.fftfreq(padded).astype(np.float32) * np.float32(side))[:, None]
    turn = np.radians(grain.angle)
    lengthwise = (along * np.cos(turn) + down * np.sin(turn)) * np.float32(grain.stretch)
    across = -along * np.sin(turn) + down * np.cos(turn)
    frequency = np.hypot(lengthwise, across).astype(np.float32)
    spectrum = np.fft.rfft2(rng.standard_normal((padded, padded), dtype=np.float32))
    spectrum *= _strength(frequency, grain)
    field = np.fft.irfft2(spectrum, s=(padded, padded))[:rows, :columns].astype(np.float32)
    field -= field.mean()
    return np.asarray(field / max(float(field.std()), 1e-6), np.float32)


def _strength(frequency: Floats, grain: Grain) -> Floats:
    """How much each frequency counts: a power law above the coarsest, a soft end below it and above the finest.

    In two dimensions an octave holds four times as many frequencies as the one below, hence the 1.
    """
    slope = 1.0 - np.log2(max(grain.fading, 1e-3))
    ratio = np.maximum(frequency, 1e-3) / np.float32(grain.coarsest)
    strength = np.where(ratio >= 1.0, np.exp(np.log(ratio) * np.float32(-slope)), ratio * ratio)
    if np.isfinite(grain.finest):
        strength *= np.exp(-((frequency / np.float32(grain.finest)) ** 2))
    return np.asarray(strength, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A random field over a picture, of which only as many rows as are asked for are ever at their full size.

    However the rows are asked for, they are the same but for the last digits of a float.
    """

    image: Image.Image
    """Its broad forms, mode F, in the proportions of the picture."""
    width: int
    height: int
    how: Image.Resampling = Image.Resampling.BICUBIC
    fine: "Static | None" = None
    """The octave that only the full size can show."""

    def rows(self, first: int, last: int) -> Floats:
        """Some rows at the size of the picture, shape (last - first, width)."""
        scale = self.image.height / self.height
        box = (0.0, first * scale, float(self.image.width), min(last * scale, float(self.image.height)))
        rows = np.array(self.image.resize((self.width, last - first), self.how, box), dtype=np.float32)
        if self.fine is not None:
            rows += self.fine.rows(first, last)
        return rows


@dataclass(frozen=True, slots=True)
class Static:
    """Noise from pixel to pixel, evenly spread from -``strength`` to ``strength``, the same for the same ``seed``."""

    width: int
    strength: float
    seed: int

    def rows(self, first: int, last: int) -> Floats:
        """Some rows, shape (last - first, width)."""
        top = first // _BLOCK
        blocks = [
            np.random.default_rng([self.seed, block]).random((_BLOCK, self.width), dtype=np.float32)
            for block in range(top, (last - 1) // _BLOCK + 1)
        ]
        noise = blocks[0] if len(blocks) == 1 else np.concatenate(blocks)
        noise = noise[first - top * _BLOCK : last - top * _BLOCK]
        noise -= np.float32(0.5)
        noise *= np.float32(2 * self.strength)
        return noise


def soft(plane: NDArray[np.floating[Any]], width: int, height: int) -> Field:
    """A smooth plane as a field over a picture of that size."""
    return Field(Image.fromarray(plane.astype(np.float32)), width, height)


def static(rng: np.random.Generator, width: int, strength: float) -> Static:
    """Noise of the finest grain, its seed drawn from ``rng``."""
    return Static(width, strength, int(rng.integers(2**32)))


def _apart(rng: np.random.Generator) -> np.random.Generator:
    """A generator of its own for what draws more numbers for larger pictures, so that what follows stays the same."""
    return np.random.default_rng(int(rng.integers(2**32)))


def detailed_field(rng: np.random.Generator, width: int, height: int, grain: Grain) -> Field:
    """A field as ``smooth_field`` makes it, with every octave that the size can show."""
    plane = smooth_field(rng, width, height, grain, BASE_SIDE)
    octaves = _apart(rng)
    side = max(width, height)
    waves = BASE_SIDE / 4
    amplitude = 0.8 * grain.fading ** max(0.0, np.log2(waves / grain.coarsest))
    while 2 * max(plane.shape) < side and 2 * waves < grain.finest:
        waves *= 2
        amplitude *= grain.fading
        rows, columns = plane.shape
        size = 2 * columns, 2 * rows
        plane = np.array(Image.fromarray(plane).resize(size, Image.Resampling.BICUBIC), dtype=np.float32)
        plane += static(octaves, 2 * columns, amplitude).rows(0, 2 * rows)
    shows_more = max(plane.shape) < side and 2 * waves < grain.finest
    fine = static(octaves, width, amplitude * grain.fading) if shows_more else None
    return Field(Image.fromarray(plane), width, height, fine=fine)


def speckle(rng: np.random.Generator, width: int, height: int, pitch: float, tall: float = 1.0) -> Field:
    """Grain of about one size, -1 to 1, with bumps ``pitch`` pixels apart and ``tall`` times as high as wide."""
    columns, rows = max(2, round(width / pitch)), max(2, round(height / (pitch * tall)))
    grid = _apart(rng).random((rows, columns), dtype=np.float32) * np.float32(2) - np.float32(1)
    return Field(Image.fromarray(grid), width, height, Image.Resampling.BILINEAR)
