"""Grounds of scenes, made by code: gradient, glow and procedural texture, a strip of rows at a time. Picture processes.

The same surface, size and seed give the same numbers in every process: each noise has its own generator.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from dmdx_desktop.imaging.colour import Bytes, Floats, linear_from_bytes
from dmdx_desktop.imaging.scenes import Surface, SurfaceKind

_TEXTURE_SIDE: Final = 1024


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A surface at one size. ``texture`` is 0 to 255, shape (height, width), or None where there is none."""

    surface: Surface
    width: int
    height: int
    texture: Bytes | None

    def rows(self, first: int, last: int) -> Floats:
        """Linear light, shape (last - first, width, 3), of some rows."""
        surface = self.surface
        top, bottom, detail = (
            linear_from_bytes(np.asarray(colour, dtype=np.uint8))
            for colour in (surface.top, surface.bottom, surface.detail)
        )
        down = ((np.arange(first, last, dtype=np.float32) + 0.5) / self.height)[:, None, None]
        light = np.repeat(top + (bottom - top) * down, self.width, axis=1)
        if self.texture is not None:
            amount = self.texture[first:last].astype(np.float32)[..., None] * np.float32(surface.texture / 255)
            light += (detail - light) * amount
        if surface.glow > 0.0:
            light *= self._glow(first, last)
        return light.astype(np.float32)

    def _glow(self, first: int, last: int) -> Floats:
        y = ((np.arange(first, last, dtype=np.float32) + 0.5) / self.height - 0.47)[:, None]
        x = ((np.arange(self.width, dtype=np.float32) + 0.5) / self.width - 0.5)[None, :]
        fall = np.minimum((x * x + y * y) * 2.0, 1.0)
        return (1.0 + self.surface.glow * (0.12 - 0.7 * fall))[..., None].astype(np.float32)


def lay_ground(surface: Surface, width: int, height: int, seed: int) -> Ground:
    """The ground of a scene for a picture of that size; ``seed`` chooses where its texture falls."""
    maker = _TEXTURES.get(surface.kind)
    if maker is None or surface.texture == 0.0:
        return Ground(surface, width, height, None)
    shrink = max(1.0, max(width, height) / _TEXTURE_SIDE)
    columns, rows = max(2, round(width / shrink)), max(2, round(height / shrink))
    plane = np.clip(maker(np.random.default_rng([seed, _SALT[surface.kind]]), columns, rows), 0.0, 1.0)
    image = Image.fromarray(np.rint(plane * 255).astype(np.uint8))
    return Ground(surface, width, height, np.asarray(image.resize((width, height), Image.Resampling.BICUBIC)))


def _cloud(rng: np.random.Generator, columns: int, rows: int, cells: float, stretch: float = 1.0) -> Floats:
    """Smooth noise of -1 to 1 with about that many bumps along the longer side, wider than high by ``stretch``."""
    unit = max(columns, rows) / cells
    grid = rng.uniform(-1.0, 1.0, (max(2, round(rows / unit * stretch) + 1), max(2, round(columns / unit) + 1)))
    image = Image.fromarray(grid.astype(np.float32))
    return np.asarray(image.resize((columns, rows), Image.Resampling.BICUBIC), dtype=np.float32)


def _clouds(
    rng: np.random.Generator, columns: int, rows: int, cells: float, octaves: int, stretch: float = 1.0
) -> Floats:
    """Octaves of smooth noise, each twice as fine and half as strong."""
    total = np.zeros((rows, columns), dtype=np.float32)
    for octave in range(octaves):
        total += _cloud(rng, columns, rows, cells * 2**octave, stretch) * np.float32(0.5**octave)
    return total


def _marble(rng: np.random.Generator, columns: int, rows: int) -> Floats:
    """Few dark veins with soft sides along the zero lines of bent noise, over faint clouds."""
    veins = np.exp(-((_clouds(rng, columns, rows, 2.2, 6) / 0.035) ** 2)) * (0.5 + 0.5 * _cloud(rng, columns, rows, 5))
    threads = np.exp(-((_clouds(rng, columns, rows, 3.5, 6) / 0.02) ** 2)) * 0.45
    haze = np.exp(-((_clouds(rng, columns, rows, 2.0, 5) / 0.3) ** 2)) * 0.22
    faded = threads * (0.4 + 0.6 * _cloud(rng, columns, rows, 4) ** 2)
    return np.asarray(np.clip(veins, 0.0, 1.0) * 0.75 + faded + haze, np.float32)


def _stone(rng: np.random.Generator, columns: int, rows: int) -> Floats:
    """Split slate: broad clouds, fine layers lying across, and grain."""
    layers = _clouds(rng, columns, rows, 6, 6, stretch=3.0)
    grain = _cloud(rng, columns, rows, 420)
    broad = _clouds(rng, columns, rows, 3, 3)
    return np.asarray(0.32 + 0.16 * broad + 0.16 * layers + 0.07 * grain, np.float32)


def _velvet(rng: np.random.Generator, columns: int, rows: int) -> Floats:
    """Short pile: fine grain, stroked into broad lighter and darker fields."""
    pile = _cloud(rng, columns, rows, 380) * 0.6 + _cloud(rng, columns, rows, 700, stretch=0.5) * 0.4
    strokes = _clouds(rng, columns, rows, 2.5, 3)
    return np.asarray(0.2 + 0.14 * strokes + 0.11 * pile, np.float32)


def _plaster(rng: np.random.Generator, columns: int, rows: int) -> Floats:
    """Trowelled plaster: soft clouds and a little tooth."""
    return np.asarray(
        0.3 + 0.2 * _clouds(rng, columns, rows, 4, 5) + 0.06 * _cloud(rng, columns, rows, 360), np.float32
    )


_TEXTURES: Final[dict[SurfaceKind, Callable[[np.random.Generator, int, int], Floats]]] = {
    SurfaceKind.MARBLE: _marble,
    SurfaceKind.STONE: _stone,
    SurfaceKind.VELVET: _velvet,
    SurfaceKind.PLASTER: _plaster,
}
_SALT: Final = {kind: number for number, kind in enumerate(_TEXTURES, start=1)}
