"""Noise that textures are made of: smooth random fields of a chosen roughness and grain. Pure; picture processes.

A field is made in two steps. Its broad forms are white noise filtered by frequency, which leaves no grid behind. Its
finer ones are added octave by octave on the way up to the size of the picture, so that a picture of 4096 pixels has
detail that one of 1600 cannot show, and none is merely enlarged.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from dmdx_desktop.imaging.colour import Floats

SOFT_SIDE: Final = 192
"""Longest side of the plane of a field that has broad forms only."""
BASE_SIDE: Final = 400
"""Longest side of the plane on which the broad forms of a detailed field are made."""


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
    """A field of mean 0 and deviation 1 in the proportions of the picture, its longest side at most ``base_side``."""
    shrink = max(1.0, max(width, height) / base_side)
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


def enlarged(field: Floats, width: int, height: int) -> Floats:
    """A smooth field at a larger size."""
    if field.shape == (height, width):
        return field
    return np.array(Image.fromarray(field).resize((width, height), Image.Resampling.BICUBIC), dtype=np.float32)


def detailed_field(rng: np.random.Generator, width: int, height: int, grain: Grain) -> Floats:
    """A field as ``smooth_field`` makes it, at the full size and with every octave that the size can show."""
    field = smooth_field(rng, width, height, grain, BASE_SIDE)
    waves = BASE_SIDE / 4
    amplitude = np.float32(0.8 * grain.fading ** max(0.0, np.log2(waves / grain.coarsest)))
    while max(field.shape) < max(width, height):
        grown = min(1.0, 2 * max(field.shape) / max(width, height))
        field = enlarged(field, max(2, round(width * grown)), max(2, round(height * grown)))
        waves *= 2
        amplitude *= np.float32(grain.fading)
        if waves < grain.finest:
            field += (rng.random(field.shape, dtype=np.float32) - np.float32(0.5)) * (2 * amplitude)
    return field


def speckle(rng: np.random.Generator, width: int, height: int, pitch: float, tall: float = 1.0) -> Floats:
    """Grain of about one size, -1 to 1, with bumps ``pitch`` pixels apart and ``tall`` times as high as wide."""
    columns, rows = max(2, round(width / pitch)), max(2, round(height / (pitch * tall)))
    grid = rng.random((rows, columns), dtype=np.float32) * np.float32(2) - np.float32(1)
    return enlarged(grid, width, height)
