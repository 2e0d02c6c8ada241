"""A picture that another program carries along without a file, on the clipboard or in a drag. GUI thread.

Its bytes are taken as they are and left to a picture process to open. Only where a program offers nothing but pixels
does Qt make a picture of them.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final, cast
from urllib.parse import unquote

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

MOST_BYTES: Final = 200_000_000
MOST_PIXELS: Final = 64_000_000
SUFFIXES: Final = {
    "image/png": ".png",
    "image/tiff": ".tif",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
}
"""What is taken as it is, the best first, and how its file is named."""
_WITHIN_ADDRESS: Final = re.compile(r"data:(image/[a-z]+);base64,([A-Za-z0-9+/=\s%]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class CarriedPicture:
    """The bytes of a picture's file and its ending, or the pixels of a picture."""

    data: bytes
    suffix: str
    pixels: QImage | None = None


def carries_picture(data: QMimeData) -> bool:
    """Whether a picture comes along, by what kinds of data there are; nothing is transferred."""
    as_data = any(data.hasFormat(kind) for kind in SUFFIXES) or data.hasImage()
    return as_data or _address(data).lower().startswith("data:image/")


def is_only_a_link(data: QMimeData) -> bool:
    """Whether what comes along is the address of something and neither a file nor a picture."""
    return data.hasUrls() and not any(url.isLocalFile() for url in data.urls()) and not carries_picture(data)


def picture_in(data: QMimeData) -> CarriedPicture | None:
    """The picture that comes along; None where there is none, or one far too large."""
    for kind, suffix in SUFFIXES.items():
        if data.hasFormat(kind):
            taken = bytes(data.data(kind).data())
            if 0 < len(taken) <= MOST_BYTES:
                return CarriedPicture(taken, suffix)
    within = _WITHIN_ADDRESS.fullmatch(_address(data).strip())
    if within is not None and within[1].lower() in SUFFIXES:
        return _from_address(within[1].lower(), within[2])
    image = cast("object", data.imageData()) if data.hasImage() else None
    if isinstance(image, QImage) and not image.isNull() and image.width() * image.height() <= MOST_PIXELS:
        return CarriedPicture(b"", ".png", image)
    return None


def _address(data: QMimeData) -> str:
    urls = data.urls() if data.hasUrls() else []
    return urls[0].toString() if len(urls) == 1 and not urls[0].isLocalFile() else ""


def _from_address(kind: str, text: str) -> CarriedPicture | None:
    try:
        taken = base64.b64decode(unquote(text))
    except (binascii.Error, ValueError):
        return None
    return CarriedPicture(taken, SUFFIXES[kind]) if 0 < len(taken) <= MOST_BYTES else None
