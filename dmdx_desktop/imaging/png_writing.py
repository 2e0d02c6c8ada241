"""PNG files as this program writes them: sRGB with its profile, packed for speed. Runs in picture processes.

Layout after PNG (W3C, third edition) sections 5, 9 and 11. The imaging library tries five filters on every row and
packs with care, which for a draft of 1600 x 1600 takes about twice as long for a file of the same size. Here every row
is written as its difference from the one above, and zlib looks for runs alone (``Z_RLE``): pictures of jewellery repeat
next to nothing farther away than a pixel.
"""

import struct
import zlib
from collections.abc import Sequence
from typing import IO, Final

import numpy as np
from PIL import Image

from dmdx_desktop.imaging.icc import srgb_profile

Chunk = tuple[bytes, bytes]
"""The name of a chunk and its data."""

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_COLOUR_TYPES: Final = {"L": 0, "RGB": 2, "RGBA": 6}
_BITS: Final = 8
_FROM_ABOVE: Final = 2
_STRIP_BYTES: Final = 1 << 20


def save_png(image: Image.Image, stream: IO[bytes], notes: Sequence[Chunk] = ()) -> None:
    """Write ``image`` (L, RGB or RGBA) to ``stream``, with chunks of text in ``notes``."""
    stream.write(_SIGNATURE)
    _write(stream, b"IHDR", struct.pack(">IIBBBBB", *image.size, _BITS, _COLOUR_TYPES[image.mode], 0, 0, 0))
    _write(stream, b"iCCP", b"sRGB\0\0" + zlib.compress(srgb_profile()))
    for name, data in notes:
        _write(stream, name, data)
    _write_pixels(image, stream)
    _write(stream, b"IEND", b"")


def text_chunk(keyword: str, text: str) -> Chunk:
    """An iTXt chunk: uncompressed, of no language."""
    return b"iTXt", keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode()


def _write_pixels(image: Image.Image, stream: IO[bytes]) -> None:
    """The rows of ``image``, some at a time, so that a large picture is never in memory once more."""
    width, height = image.size
    row_bytes = width * len(image.getbands())
    above = np.zeros(row_bytes, np.uint8)
    packer = zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS, 9, zlib.Z_RLE)
    at_once = max(1, _STRIP_BYTES // row_bytes)
    for first in range(0, height, at_once):
        part = image.crop((0, first, width, min(first + at_once, height)))
        strip = np.asarray(part).reshape(part.height, row_bytes)
        filtered = np.empty((len(strip), 1 + row_bytes), np.uint8)
        filtered[:, 0] = _FROM_ABOVE
        np.subtract(strip[0], above, out=filtered[0, 1:])
        np.subtract(strip[1:], strip[:-1], out=filtered[1:, 1:])
        above = strip[-1]
        if packed := packer.compress(filtered.data):
            _write(stream, b"IDAT", packed)
    _write(stream, b"IDAT", packer.flush())


def _write(stream: IO[bytes], name: bytes, data: bytes) -> None:
    checksum = zlib.crc32(data, zlib.crc32(name))
    stream.write(struct.pack(">I", len(data)) + name + data + struct.pack(">I", checksum))
