"""The draft renderer: a cut-out piece, in the metal asked for, set into a scene. Runs in picture processes.

Deterministic: the same cut-out, variant, facts and seed give the same pixels in every process. Light is added up in
linear light with premultiplied coverage; the big planes are worked on in strips to keep memory low.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from dmdx_desktop.errors import PictureError
from dmdx_desktop.imaging.colour import Bytes, Floats, linear_from_bytes, srgb_from_linear
from dmdx_desktop.imaging.cutout import CutOut
from dmdx_desktop.imaging.drawings import ink_on
from dmdx_desktop.imaging.metal import HouseStandard, recoloured
from dmdx_desktop.imaging.parts import tell_parts
from dmdx_desktop.imaging.scenes import Scene
from dmdx_desktop.imaging.shadows import Stance, cast_shadow
from dmdx_desktop.imaging.surfaces import Ground, lay_ground
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.recipe import Variant
from dmdx_desktop.models.vocabulary import JewelleryType, RecipeMetal, View

_STRIP: Final = 128
_SHADOW_SIDE: Final = 480
_TABLE_SIZE: Final = 8192
_STANDING_TYPES: Final = frozenset({JewelleryType.RING})
_STANDING_VIEWS: Final = frozenset({View.FRONT, View.SIDE})


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """The piece at its place in the picture: premultiplied linear light and coverage, and the corner it starts at."""

    light: Floats
    coverage: Floats
    left: int
    top: int


def make_draft(
    cut: CutOut, variant: Variant, piece: Piece, scene: Scene, standard: HouseStandard, seed: int
) -> Image.Image:
    """The picture asked for, RGB, or RGBA for a scene with nothing behind the piece.

    ``piece`` holds what is known: a metal that is already the one asked for is left alone, and the type and view say
    how the shadow falls. Raises PictureError ``no_piece`` where the cut-out is empty.
    """
    if cut.is_empty:
        raise _no_piece()
    width, height = variant.output_size
    coverage, colours = _dressed(cut, variant, piece, scene, standard)
    placed = _place(coverage, colours, scene, width, height)
    if scene.is_transparent:
        return _alone(placed, width, height)
    lost = None if cut.drawn else _shadow_plane(placed, scene, _stance(piece), width, height)
    return _compose(placed, lay_ground(scene.surface, width, height, seed), lost, scene, seed)


def _no_piece() -> PictureError:
    return PictureError(
        "no_piece",
        "No piece was found in this picture.",
        "Nothing stands out from its background.",
        "Use a picture with a plain background that differs from the piece.",
    )


def _dressed(cut: CutOut, variant: Variant, piece: Piece, scene: Scene, standard: HouseStandard) -> tuple[Bytes, Bytes]:
    """Coverage and sRGB colours of the piece in the metal asked for, cropped to what is covered."""
    wanted = None if variant.metal is RecipeMetal.AS_REFERENCE else standard.metals[variant.metal]
    if cut.drawn:
        return _cropped(*ink_on(cut, scene, wanted))
    already = piece.metal.is_known and piece.metal.value == variant.metal.value
    if wanted is None or already:
        return _cropped(cut.coverage, cut.colours)
    return _cropped(cut.coverage, recoloured(cut.colours, tell_parts(cut), wanted))


def _cropped(coverage: Bytes, colours: Bytes) -> tuple[Bytes, Bytes]:
    rows = np.flatnonzero(coverage.max(axis=1) > 8)
    columns = np.flatnonzero(coverage.max(axis=0) > 8)
    box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return coverage[box], colours[box]


def _place(coverage: Bytes, colours: Bytes, scene: Scene, width: int, height: int) -> Placed:
    """The piece scaled to the scene's share of the frame, its middle at the optical centre."""
    rows, columns = coverage.shape
    scale = min(scene.framing.fill * width / columns, scene.framing.fill * height / rows)
    new_width, new_height = max(1, round(columns * scale)), max(1, round(rows * scale))
    share = coverage.astype(np.float32) / np.float32(255)
    tint = np.asarray(scene.light.tint, dtype=np.float32)
    light = np.stack(
        [
            _resized(linear_from_bytes(colours[..., channel]) * share * tint[channel], new_width, new_height)
            for channel in range(3)
        ],
        axis=-1,
    )
    new_coverage = np.clip(_resized(share, new_width, new_height), 0.0, 1.0)
    top = round(scene.framing.centre * height - new_height / 2)
    return Placed(
        light=np.clip(light, 0.0, new_coverage[..., None]),
        coverage=new_coverage,
        left=(width - new_width) // 2,
        top=min(max(top, 0), height - new_height),
    )


def _resized(plane: Floats, width: int, height: int) -> Floats:
    """Lanczos down; bicubic up, which rings less."""
    how = Image.Resampling.LANCZOS if width < plane.shape[1] else Image.Resampling.BICUBIC
    return np.asarray(Image.fromarray(plane).resize((width, height), how, reducing_gap=3.0), dtype=np.float32)


def _stance(piece: Piece) -> Stance:
    standing = piece.type.value in _STANDING_TYPES and piece.view.value in _STANDING_VIEWS
    return Stance.STANDING if standing else Stance.LYING


def _shadow_plane(placed: Placed, scene: Scene, stance: Stance, width: int, height: int) -> Floats:
    """What the ground loses, at a reduced size of the picture."""
    step = max(1, round(max(width, height) / _SHADOW_SIDE))
    canvas = np.zeros((height, width), dtype=np.float32)
    rows, columns = placed.coverage.shape
    canvas[placed.top : placed.top + rows, placed.left : placed.left + columns] = placed.coverage
    small = Image.fromarray(canvas).resize((-(-width // step), -(-height // step)), Image.Resampling.BOX)
    lost = cast_shadow(np.asarray(small, dtype=np.float32), scene.shadow, stance)
    large = Image.fromarray(lost).resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(large, dtype=np.float32)


def _compose(placed: Placed, ground: Ground, lost: Floats | None, scene: Scene, seed: int) -> Image.Image:
    width, height = ground.width, ground.height
    result = np.empty((height, width, 3), dtype=np.uint8)
    table = _display_table()
    for first in range(0, height, _STRIP):
        last = min(first + _STRIP, height)
        light = ground.rows(first, last)
        if lost is not None:
            light *= (1.0 - lost[first:last])[..., None]
        _lay_over(light, placed, first, last)
        result[first:last] = _displayed(light, table, np.random.default_rng([seed, first]))
    return Image.fromarray(result)


def _lay_over(light: Floats, placed: Placed, first: int, last: int) -> None:
    """Lay the piece over some rows of the ground, in place."""
    rows, columns = placed.coverage.shape
    begin, end = max(first, placed.top), min(last, placed.top + rows)
    if begin >= end:
        return
    target = light[begin - first : end - first, placed.left : placed.left + columns]
    source = np.s_[begin - placed.top : end - placed.top]
    target *= (1.0 - placed.coverage[source])[..., None]
    target += placed.light[source]


def _display_table() -> Floats:
    """sRGB values 0 to 255 by the square root of linear light: even enough steps for a plain look-up."""
    root = np.arange(_TABLE_SIZE, dtype=np.float32) / np.float32(_TABLE_SIZE - 1)
    return srgb_from_linear(root * root) * np.float32(255)


def _displayed(light: Floats, table: Floats, rng: np.random.Generator) -> Bytes:
    """8-bit sRGB with less than half a step of noise, so that slow gradients show no bands and white stays white."""
    index = np.sqrt(np.clip(light, 0.0, 1.0))
    index *= np.float32(_TABLE_SIZE - 1)
    shown = table[np.rint(index).astype(np.uint16)]
    shown += (rng.random(shown.shape[:2], dtype=np.float32) * np.float32(0.98) - np.float32(0.49))[..., None]
    return np.clip(np.rint(shown), 0, 255).astype(np.uint8)


def _alone(placed: Placed, width: int, height: int) -> Image.Image:
    """The piece on nothing: straight colours with 8-bit coverage."""
    share = np.maximum(placed.coverage, np.float32(1 / 510))[..., None]
    table = _display_table()
    index = np.rint(np.sqrt(np.clip(placed.light / share, 0.0, 1.0)) * np.float32(_TABLE_SIZE - 1)).astype(np.uint16)
    alpha = np.rint(placed.coverage * 255).astype(np.uint8)
    rgba = np.concatenate([np.rint(table[index]).astype(np.uint8), alpha[..., None]], axis=-1)
    rgba[alpha == 0] = 0
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    image.paste(Image.fromarray(rgba), (placed.left, placed.top))
    return image
