"""A whole picture as tiles, to be looked at pixel by pixel. Runs in picture processes."""

import io
from typing import Final

from PIL import Image

from dmdx_desktop.imaging.previews import over_grey
from dmdx_desktop.models.preview_edges import TILE, tile_grid

_QUALITY: Final = 95
_FULL_COLOUR: Final = 0
"""Pillow's name for JPEG without thinned-out colour."""


def tiles_of(image: Image.Image) -> tuple[bytes, ...]:
    """JPEG tiles of an upright sRGB picture, RGB or RGBA, row by row; those at the right and below may be smaller."""
    columns, rows = tile_grid(*image.size)
    return tuple(_tile(image, column, row) for row in range(rows) for column in range(columns))


def _tile(image: Image.Image, column: int, row: int) -> bytes:
    left, top = column * TILE, row * TILE
    part = image.crop((left, top, min(left + TILE, image.width), min(top + TILE, image.height)))
    target = io.BytesIO()
    over_grey(part).save(target, "JPEG", quality=_QUALITY, subsampling=_FULL_COLOUR)
    return target.getvalue()
