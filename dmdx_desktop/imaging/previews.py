"""Small pictures for lists and grids, made from one decode of the original. Runs in picture processes."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image

from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.colour_profiles import ColourConverter
from dmdx_desktop.imaging.decoders import decoded, undecoded
from dmdx_desktop.imaging.orientation import upright

PREVIEW_EDGES: Final = (320, 1024)
"""Longer sides, in pixels, of the previews the library keeps."""

_QUALITY: Final = 85
_REDUCING_GAP: Final = 2.0
_BEHIND_TRANSPARENCY: Final = (128, 128, 128)


def make_previews(
    path: Path, bounds: Bounds, *, edges: Sequence[int] = PREVIEW_EDGES, colour: ColourConverter | None = None
) -> dict[int, bytes]:
    """JPEG files of the picture at ``path``, by the length of their longer side in pixels.

    Upright, sRGB, quality 85, without metadata; what is transparent lies over neutral grey, so that white and black
    pieces both show. A picture smaller than an edge is not enlarged. ``colour`` remembers profiles from picture to
    picture. Raises PictureError as ``safe_open.open_picture`` does.
    """
    longest = max(edges)
    with undecoded(path, bounds) as source:
        pixels = decoded(source, at_least=longest)
    image = _fitted(pixels.image, longest, pixels.full_size)
    in_srgb = (colour or ColourConverter()).to_srgb(image, pixels.icc).image
    return previews_of(upright(in_srgb, pixels.turn), edges=edges)


def previews_of(image: Image.Image, *, edges: Sequence[int] = PREVIEW_EDGES) -> dict[int, bytes]:
    """Previews like those, of a picture that is decoded already: ``image`` is upright, sRGB, RGB or RGBA.

    Each preview is made from the next larger one's pixels.
    """
    previews: dict[int, bytes] = {}
    shown = image
    for edge in sorted(set(edges), reverse=True):
        shown = over_grey(_fitted(shown, edge, image.size))
        previews[edge] = _jpeg(shown)
    return previews


def over_grey(image: Image.Image) -> Image.Image:
    """``image`` (RGB or RGBA) as RGB, what is transparent over neutral grey."""
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, _BEHIND_TRANSPARENCY)
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _jpeg(image: Image.Image) -> bytes:
    """The RGB ``image`` as the bytes of a JPEG preview; without a profile, which means sRGB."""
    target = io.BytesIO()
    image.save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()


def _fitted(image: Image.Image, edge: int, full_size: tuple[int, int]) -> Image.Image:
    """``image``, a picture of ``full_size`` pixels perhaps decoded smaller, with a longer side of ``edge`` pixels.

    It is never enlarged. The proportions are those of the whole picture, whatever rounding came before.
    """
    longer = max(full_size)
    if longer <= edge:
        return image
    width, height = (max(1, round(side * edge / longer)) for side in full_size)
    if image.size == (width, height):
        return image
    # As sharp as bicubic when making smaller, in a third of the time that Lanczos takes.
    return image.resize((width, height), Image.Resampling.HAMMING, reducing_gap=_REDUCING_GAP)
