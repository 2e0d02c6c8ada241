"""Whether pictures of every format can be opened on this computer, and colours converted. Runs in picture processes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PIL import Image, ImageCms, features

from dmdx_desktop.errors import PictureError
from dmdx_desktop.imaging.answers import Answer, path_argument
from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.heic import heic_is_available
from dmdx_desktop.imaging.safe_open import open_picture

FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")
SIZE: Final = (40, 30)
GOLD: Final = (200, 160, 80)
# A lossy format or a palette may move each channel a little.
TOLERANCE: Final = 12


def try_formats(arguments: Mapping[str, object]) -> Answer:
    """Write a picture of each format into ``folder`` and open it as one from outside.

    Answers ``opened`` and ``failed``, lists of formats; ``heic``, whether it can be opened; and ``colour``, whether
    colour profiles can be read.
    """
    folder = path_argument(arguments, "folder")
    opened = [name for name in FORMATS if _opens(folder / f"trial.{name.lower()}", name)]
    failed = [name for name in FORMATS if name not in opened]
    return Answer({"opened": opened, "failed": failed, "heic": heic_is_available(), "colour": _converts_colours()})


def _opens(path: Path, name: str) -> bool:
    try:
        Image.new("RGB", SIZE, GOLD).save(path, name)
        image = open_picture(path, Bounds()).image.convert("RGB")
    except (OSError, KeyError, PictureError):  # Pillow without the library for this format
        return False
    extrema = image.getextrema()
    right = zip(extrema, GOLD, strict=True)
    return image.size == SIZE and all(abs(edge - value) <= TOLERANCE for pair, value in right for edge in _two(pair))


def _two(pair: object) -> tuple[float, float]:
    """The smallest and largest value of a channel, as Pillow gives them."""
    if not isinstance(pair, tuple):
        raise LookupError("a picture of three channels has no extrema of each")
    return float(pair[0]), float(pair[1])


def _converts_colours() -> bool:
    return bool(features.check("littlecms2")) and bool(ImageCms.createProfile("sRGB"))
