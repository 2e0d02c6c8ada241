"""The copy of a picture that may leave this computer: its pixels and nothing else. Runs in picture processes.

No EXIF, GPS position, owner, XMP, IPTC, comment, thumbnail, further frame or trailing data can survive, because the
copy is made of the decoded pixels alone.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from PIL import Image

from dmdx_desktop.imaging.bounds import Bounds
from dmdx_desktop.imaging.colour_profiles import ColourConverter
from dmdx_desktop.imaging.formats import PictureFormat
from dmdx_desktop.imaging.icc import srgb_profile
from dmdx_desktop.imaging.png_writing import save_png
from dmdx_desktop.imaging.safe_open import Picture, open_picture
from dmdx_desktop.imaging.whole_files import whole_file

_JPEG_QUALITY: Final = 95
_LOSSY: Final = frozenset({PictureFormat.JPEG, PictureFormat.HEIC})
_CHUNK_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class CleanCopy:
    """What was written: upright ``width`` x ``height`` pixels, ``format``, ``bytes`` and ``sha256`` of the file.

    ``same_as_source`` says that the source already was, byte for byte, its own clean copy.
    """

    width: int
    height: int
    format: PictureFormat
    bytes: int
    sha256: str
    same_as_source: bool


def write_clean_copy(source: Path, target: Path, bounds: Bounds, colour: ColourConverter | None = None) -> CleanCopy:
    """Write the clean copy of the picture at ``source`` to ``target``.

    Raises PictureError as ``open_picture`` does, and LibraryError where ``target`` cannot be written.
    """
    return save_clean_copy(open_picture(source, bounds, colour), source, target)


def save_clean_copy(picture: Picture, source: Path, target: Path) -> CleanCopy:
    """Write ``picture``, opened from ``source``, to ``target``: upright, 8-bit, sRGB with its profile embedded.

    Sources that are lossy anyway (JPEG, HEIC) become JPEG of quality 95 without colour subsampling, unless something
    in them is transparent; all others become PNG. Raises LibraryError.
    """
    lossy = picture.header.format in _LOSSY and not picture.has_alpha
    with whole_file(target) as stream:
        if lossy:
            _write_jpeg(picture.image, stream)
        else:
            save_png(picture.image, stream)
    written, size = _digest(target)
    return CleanCopy(
        width=picture.width,
        height=picture.height,
        format=PictureFormat.JPEG if lossy else PictureFormat.PNG,
        bytes=size,
        sha256=written,
        same_as_source=size == picture.header.file_bytes and written == _digest(source)[0],
    )


def _write_jpeg(image: Image.Image, stream: IO[bytes]) -> None:
    image.save(stream, "JPEG", quality=_JPEG_QUALITY, subsampling="4:4:4", icc_profile=srgb_profile())


def _digest(path: Path) -> tuple[str, int]:
    """SHA-256 in hexadecimal and length in bytes of the file at ``path``."""
    digest, size = hashlib.sha256(), 0
    with open(path, "rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size
