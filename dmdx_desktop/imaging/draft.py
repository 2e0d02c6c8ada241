"""The draft renderer: a cut-out piece, in the metal asked for, set into a scene. Runs in picture processes.

Deterministic: the same cut-out, variant, facts and seed give the same pixels in every process. Light is added up in
linear light with premultiplied coverage; the big planes are worked on in strips to keep memory low.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from dmdx_desktop.errors import PictureError
from dmdx_desktop.imaging.colour import Bytes, Floats, srgb_from_linear
from dmdx_desktop.imaging.cutout import CutOut
from dmdx_desktop.imaging.drawings import ink_on
from dmdx_desktop.imaging.footing import Footing, footing_of, read_shape
from dmdx_desktop.imaging.metal import HouseStandard, recoloured
from dmdx_desktop.imaging.parts import tell_parts
from dmdx_desktop.imaging.placing import Placed, Steps, cropped, place, turned, wrapped
from dmdx_desktop.imaging.reflections import mirrored
from dmdx_desktop.imaging.scenes import Scene
from dmdx_desktop.imaging.shadows import cast_shadow
from dmdx_desktop.imaging.straighten import tilt_of
from dmdx_desktop.imaging.surfaces import Ground, lay_ground
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.recipe import Variant
from dmdx_desktop.models.vocabulary import RecipeMetal

_STRIP: Final = 128
_SHADOW_SIDE: Final = 540
_TABLE_SIZE: Final = 16384


def make_draft(
    cut: CutOut, variant: Variant, piece: Piece, scene: Scene, standard: HouseStandard, seed: int
) -> Image.Image:
    """The picture asked for, RGB, or RGBA for a scene with nothing behind the piece.

    ``piece`` holds what is known: a metal that is already the one asked for is left alone, and the type and view say
    how the piece stands and whether it may be set upright. Raises PictureError ``no_piece`` where the cut-out is empty.
    """
    if cut.is_empty:
        raise _no_piece()
    size = variant.output_size
    coverage, colours = _dressed(cut, variant, piece, standard)
    shape = read_shape(coverage)
    tilt = tilt_of(coverage, shape, piece)
    if tilt:
        coverage, colours = turned(coverage, colours, tilt)
        shape = read_shape(coverage)
    placed = place(coverage, colours, scene.framing, scene.light, size)
    if scene.is_transparent:
        return _alone(placed, *size)
    ground = lay_ground(scene.surface, *size, seed, scene.light)
    return _set_into(ground, placed, scene, footing_of(shape, piece), seed)


def _no_piece() -> PictureError:
    return PictureError(
        "no_piece",
        "No piece was found in this picture.",
        "Nothing stands out from its background.",
        "Use a picture with a plain background that differs from the piece.",
    )


def _dressed(cut: CutOut, variant: Variant, piece: Piece, standard: HouseStandard) -> tuple[Bytes, Bytes]:
    """Coverage and sRGB colours of the piece in the metal asked for, cropped to what is covered."""
    wanted = None if variant.metal is RecipeMetal.AS_REFERENCE else standard.metals[variant.metal]
    if cut.drawn:
        return cropped(*ink_on(cut, wanted))
    already = piece.metal.is_known and piece.metal.value == variant.metal.value
    if wanted is None or already:
        return cropped(cut.coverage, cut.colours)
    return cropped(cut.coverage, recoloured(cut.colours, tell_parts(cut), wanted))


def _set_into(ground: Ground, placed: Placed, scene: Scene, footing: Footing, seed: int) -> Image.Image:
    rows = placed.coverage.shape[0]
    layers = _Layers(
        ground=ground,
        mirror=mirrored(placed, scene.reflection, footing),
        lost=_shadow_plane(placed, scene, footing, ground.width, ground.height),
        piece=wrapped(placed, ground.mean_light(placed.top, placed.top + rows), scene.light.wrap),
    )
    return layers.compose(seed)


def _shadow_plane(placed: Placed, scene: Scene, footing: Footing, width: int, height: int) -> Floats:
    """What the ground loses, at a reduced size of the picture."""
    step = max(1, round(max(width, height) / _SHADOW_SIDE))
    canvas = Image.new("L", (-(-width // step) * step, -(-height // step) * step))
    canvas.paste(Image.fromarray((placed.coverage >> 8).astype(np.uint8)), (placed.left, placed.top))
    small = np.asarray(canvas.reduce(step), dtype=np.float32) * np.float32(1 / 255)
    return cast_shadow(small, scene.shadow, scene.light, footing)


@dataclass(frozen=True, slots=True, eq=False)
class _Layers:
    """What a picture is put together from, the farthest first."""

    ground: Ground
    mirror: Placed | None
    lost: Floats
    """What the ground loses to the shadow, 0 to 1, at a whole fraction of the picture's size."""
    piece: Placed

    def compose(self, seed: int) -> Image.Image:
        width, height = self.ground.width, self.ground.height
        result = Image.new("RGB", (width, height))
        table = _display_table()
        lost = Image.fromarray(self.lost)
        for first in range(0, height, _STRIP):
            last = min(first + _STRIP, height)
            light = self.ground.rows(first, last)
            if self.mirror is not None:
                _lay_over(light, self.mirror, first)
            light *= np.float32(1.0) - self._lost_in(lost, first, last)
            _lay_over(light, self.piece, first)
            shown = _display(light, table, np.random.default_rng([seed, first]))
            result.paste(Image.fromarray(shown), (0, first))
        return result

    def _lost_in(self, lost: Image.Image, first: int, last: int) -> Floats:
        """What the ground loses in some rows, at the size of the picture."""
        step = -(-self.ground.width // lost.width)
        box = (0.0, first / step, self.ground.width / step, last / step)
        rows = lost.resize((self.ground.width, last - first), Image.Resampling.BICUBIC, box)
        return np.maximum(np.asarray(rows, dtype=np.float32), np.float32(0.0))


def _lay_over(light: Floats, placed: Placed, first: int) -> None:
    """Lay the piece over some rows of the ground, planes (3, rows, width) from row ``first`` on, in place."""
    rows, columns = placed.coverage.shape
    begin, end = max(first, placed.top), min(first + light.shape[1], placed.top + rows)
    right = min(placed.left + columns, light.shape[2])
    if begin >= end or right <= placed.left:
        return
    target = light[:, begin - first : end - first, placed.left : right]
    light_of_piece, coverage = placed.rows(begin - placed.top, end - placed.top)
    target *= np.float32(1.0) - coverage[:, : right - placed.left]
    target += light_of_piece[..., : right - placed.left]


def _display_table() -> Steps:
    """256ths of sRGB values 0 to 255 by the square root of linear light: even enough steps for a plain look-up."""
    root = np.arange(_TABLE_SIZE, dtype=np.float32) / np.float32(_TABLE_SIZE - 1)
    return np.asarray(np.rint(srgb_from_linear(root * root) * np.float32(255 * 256)), np.uint16)


def _display(light: Floats, table: Steps, rng: np.random.Generator) -> Bytes:
    """8-bit sRGB (rows, width, 3) of planes (3, rows, width); ``light`` is used up.

    What lies between two steps is rounded at random, so that slow gradients show no bands; what is exactly a step, as
    white is, stays it.
    """
    result = np.empty((*light.shape[1:], 3), dtype=np.uint8)
    noise = np.frombuffer(rng.bytes(light.shape[1] * light.shape[2]), dtype=np.uint8).reshape(light.shape[1:])
    for channel in range(3):
        plane = light[channel]
        np.clip(plane, 0.0, 1.0, out=plane)
        np.sqrt(plane, out=plane)
        plane *= np.float32(_TABLE_SIZE - 1)
        plane += np.float32(0.5)
        shown = np.take(table, plane.astype(np.uint16))
        shown += noise
        shown >>= 8
        result[..., channel] = shown
    return result


def _alone(placed: Placed, width: int, height: int) -> Image.Image:
    """The piece on nothing: straight colours with 8-bit coverage."""
    table = _display_table()
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    rows = placed.coverage.shape[0]
    for first in range(0, rows, _STRIP):
        light, coverage = placed.rows(first, min(first + _STRIP, rows))
        alpha = np.rint(coverage * np.float32(255)).astype(np.uint8)
        light /= np.maximum(coverage, np.float32(1 / 510))
        root = np.sqrt(np.clip(light, 0.0, 1.0, out=light)) * np.float32(_TABLE_SIZE - 1)
        shown = np.take(table, np.rint(root).astype(np.uint16))
        rgba = np.empty((*alpha.shape, 4), dtype=np.uint8)
        rgba[..., :3] = np.moveaxis((shown + np.uint16(128)) >> 8, 0, -1)
        rgba[..., 3] = alpha
        rgba[alpha == 0] = 0
        image.paste(Image.fromarray(rgba), (placed.left, placed.top + first))
    return image
