"""Pictures from outside, opened safely: the header alone, or the whole picture upright in 8-bit sRGB.

Runs in picture processes only: decoding bytes from outside may exhaust memory or take the process down.
"""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageFile

from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.colour_profiles import ColourConverter
from dmdx_desktop.imaging.decoders import Header, decoded, undecoded
from dmdx_desktop.imaging.orientation import upright

__all__ = ["Header", "Picture", "open_picture", "read_header"]


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A decoded picture as it is to be seen.

    ``image`` is upright, 8 bits a channel, sRGB, mode RGB or RGBA (RGBA only where something is really transparent).
    ``header`` says how the file stored it, ``profile_name`` names the colour profile it came with, and
    ``srgb_converted`` says whether its numbers were changed to become sRGB.
    """

    image: Image.Image
    header: Header
    profile_name: str | None = None
    srgb_converted: bool = False

    @property
    def width(self) -> int:
        """Width in pixels, upright."""
        return self.image.width

    @property
    def height(self) -> int:
        """Height in pixels, upright."""
        return self.image.height

    @property
    def has_alpha(self) -> bool:
        """Whether some of the picture is transparent."""
        return self.image.mode == "RGBA"


def read_header(path: Path, bounds: Bounds) -> Header:
    """What the picture at ``path`` says of itself, within ``bounds``; no pixel is decoded.

    Raises PictureError: empty_file, not_a_picture, unsupported_format, too_many_pixels, too_many_bytes, too_narrow,
    too_small, damaged, unreadable_file.
    """
    with undecoded(path, bounds) as source:
        return source.header


def open_picture(path: Path, bounds: Bounds, colour: ColourConverter | None = None) -> Picture:
    """The picture at ``path``, decoded, upright, in 8-bit sRGB: its first frame or page.

    ``colour`` remembers colour profiles from picture to picture; without it one is made for this picture alone.
    Raises PictureError as ``read_header`` does, and out_of_memory.
    """
    with undecoded(path, bounds) as source:
        pixels = decoded(source)
        header = source.header
    in_srgb = (colour or ColourConverter()).to_srgb(pixels.image, pixels.icc)
    return Picture(
        image=_detached(upright(_without_idle_alpha(in_srgb.image), pixels.turn)),
        header=header,
        profile_name=in_srgb.profile_name,
        srgb_converted=in_srgb.converted,
    )


def _without_idle_alpha(image: Image.Image) -> Image.Image:
    """``image`` as RGB where its alpha channel is opaque everywhere."""
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        return image.convert("RGB")
    return image


def _detached(image: Image.Image) -> Image.Image:
    """``image`` without its file: nothing of the source stays open or in memory behind it."""
    return image.copy() if isinstance(image, ImageFile.ImageFile) else image
