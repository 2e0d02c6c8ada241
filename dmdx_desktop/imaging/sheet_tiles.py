"""The pictures of a contact sheet: each image fitted into a tile of its page. Runs in picture processes.

One image at a time: hundreds of images need no more memory than one. Words are not part of a picture; the core writes
them into the page as text.
"""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from PIL import Image
from pydantic import BaseModel, ConfigDict, Field

from dmdx_desktop.imaging.icc import srgb_profile
from dmdx_desktop.models.treatment import SHEET_IMAGES

LARGEST_TILE: Final = 2_000
QUALITY: Final = 90
TILE: Final = (240, 240, 240)


class SheetTilesRequest(BaseModel):
    """The arguments of ``sheet_tiles``; ``width`` and ``height`` are the pixels of every tile."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    width: int = Field(ge=1, le=LARGEST_TILE)
    height: int = Field(ge=1, le=LARGEST_TILE)
    paths: tuple[Path, ...] = Field(min_length=1, max_length=SHEET_IMAGES)


def sheet_tiles(request: SheetTilesRequest, opened: Callable[[Path], Image.Image]) -> Iterator[bytes]:
    """Each tile as a JPEG file; ``opened`` decodes an image, upright and in sRGB."""
    for path in request.paths:
        stream = io.BytesIO()
        tile = _tile(opened(path), (request.width, request.height))
        tile.save(stream, "JPEG", quality=QUALITY, subsampling="4:4:4", icc_profile=srgb_profile())
        yield stream.getvalue()


def _tile(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The whole image, fitted into a tile of even grey."""
    scale = min(size[0] / image.width, size[1] / image.height)
    fitted = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    if image.mode == "RGBA":
        shown = image.convert("RGBa").resize(fitted, Image.Resampling.LANCZOS).convert("RGBA")
    else:
        shown = image.resize(fitted, Image.Resampling.LANCZOS)
    tile = Image.new("RGB", size, TILE)
    at = ((size[0] - fitted[0]) // 2, (size[1] - fitted[1]) // 2)
    tile.paste(shown, at, shown.getchannel("A") if shown.mode == "RGBA" else None)
    return tile
