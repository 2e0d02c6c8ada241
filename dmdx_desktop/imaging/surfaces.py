"""Grounds of scenes: gradient, glow and texture, a strip of rows at a time. Runs in picture processes.

The same surface, light, size and seed give the same numbers in every process.
"""

from dataclasses import dataclass

import numpy as np

from dmdx_desktop.imaging.colour import Floats, linear_from_bytes
from dmdx_desktop.imaging.scenes import Light, Surface
from dmdx_desktop.imaging.textures import MAKERS, SALTS, Rows, Texture

_GLOW_HEIGHT = 0.46


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A surface at one size, with its texture, in the scene's light."""

    surface: Surface
    light: Light
    width: int
    height: int
    texture: Rows | None

    def rows(self, first: int, last: int) -> Floats:
        """Linear light, planes of shape (3, last - first, width), of some rows."""
        planes = np.empty((3, last - first, self.width), dtype=np.float32)
        planes[:] = self._gradient(first, last)[..., None]
        texture = self._texture(first, last)
        if texture is not None and texture.tone is not None:
            share = texture.tone * np.float32(self.surface.texture)
            detail = linear_from_bytes(np.asarray(self.surface.detail, dtype=np.uint8))
            for channel in range(3):
                planes[channel] += (detail[channel] - planes[channel]) * share
        if texture is not None and texture.relief is not None:
            planes *= texture.relief
        if self.surface.glow > 0.0:
            planes *= self._glow(first, last)
        return planes

    def mean_light(self, first: int, last: int) -> Floats:
        """Linear light of the plain ground, shape (3, last - first, 1): what it sends back onto a piece."""
        plain = self._gradient(first, last)
        share = self._mean_tone()
        if share > 0.0:
            detail = linear_from_bytes(np.asarray(self.surface.detail, dtype=np.uint8))[:, None]
            plain = plain + (detail - plain) * np.float32(share)
        return plain[..., None].astype(np.float32)

    def _texture(self, first: int, last: int) -> Texture | None:
        if self.texture is None:
            return None
        made = self.texture(first, last)
        # Reliefs are made as lit from the upper left.
        return made if self.light.angle <= 0 else Texture(_turned(made.tone), _turned(made.relief))

    def _mean_tone(self) -> float:
        """How much of the detail colour lies over the ground, as a few of its rows say."""
        if self.texture is None:
            return 0.0
        looked_at = [self.texture(row, row + 1).tone for row in range(self.height // 12, self.height, self.height // 6)]
        tones = [float(tone.mean()) for tone in looked_at if tone is not None]
        return sum(tones) / len(tones) * self.surface.texture if tones else 0.0

    def _gradient(self, first: int, last: int) -> Floats:
        top, bottom = (
            linear_from_bytes(np.asarray(colour, dtype=np.uint8))[:, None]
            for colour in (self.surface.top, self.surface.bottom)
        )
        down = ((np.arange(first, last, dtype=np.float32) + np.float32(0.5)) / np.float32(self.height))[None, :]
        return np.asarray(top + (bottom - top) * down, np.float32)

    def _glow(self, first: int, last: int) -> Floats:
        """Brightest a little towards the light from the middle, falling off to the corners."""
        right, down = self.light.towards
        y = (np.arange(first, last, dtype=np.float32) + 0.5) / self.height - (_GLOW_HEIGHT - 0.05 * down)
        x = (np.arange(self.width, dtype=np.float32) + 0.5) / self.width - (0.5 - 0.08 * right)
        fall = (y * y * 2.0).astype(np.float32)[:, None] + (x * x * 2.0).astype(np.float32)[None, :]
        np.minimum(fall, np.float32(1.0), out=fall)
        fall *= np.float32(-0.7 * self.surface.glow)
        fall += np.float32(1.0 + 0.12 * self.surface.glow)
        return fall


def lay_ground(surface: Surface, width: int, height: int, seed: int, light: Light | None = None) -> Ground:
    """The ground of a scene for a picture of that size; ``seed`` chooses where its texture falls."""
    light = light or Light()
    maker = MAKERS.get(surface.kind)
    if maker is None or surface.texture == 0.0:
        return Ground(surface, light, width, height, None)
    made = maker(np.random.default_rng([seed, SALTS[surface.kind]]), width, height)
    return Ground(surface, light, width, height, made)


def _turned(plane: Floats | None) -> Floats | None:
    """The plane as a mirror shows it."""
    return None if plane is None else plane[:, ::-1]
