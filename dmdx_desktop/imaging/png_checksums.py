"""The checksums of a PNG, which its decoder does not compare. Runs in picture processes.

Damaged pixel data often inflates to a wrong picture without any error; the checksum of its chunk is what tells.
Facts: PNG (W3C, third edition) sections 5.3 to 5.5. Chunks that a viewer may ignore are not judged.
"""

import os
import struct
import zlib
from typing import IO, Final

from dmdx_desktop.imaging import refusals

_SIGNATURE_BYTES: Final = 8
_CRITICAL: Final = frozenset({b"IHDR", b"PLTE", b"IDAT"})
_END: Final = b"IEND"
_PIECE_BYTES: Final = 1 << 20


def refuse_wrong_checksums(stream: IO[bytes]) -> None:
    """Raise PictureError damaged where a critical chunk of the PNG in ``stream`` does not match its checksum.

    A file that ends early is left to the decoder, which knows whether any pixel is missing. The position of
    ``stream`` is kept.
    """
    position = stream.tell()
    stream.seek(_SIGNATURE_BYTES)
    while len(head := stream.read(8)) == 8 and head[4:] != _END:
        length = struct.unpack_from(">I", head)[0]
        if head[4:] not in _CRITICAL:
            stream.seek(length + 4, os.SEEK_CUR)
            continue
        found = _checksum(stream, head[4:], length)
        stored = stream.read(4)
        if len(stored) == 4 and struct.unpack(">I", stored)[0] != found:
            raise refusals.damaged()
    stream.seek(position)


def _checksum(stream: IO[bytes], kind: bytes, length: int) -> int:
    checksum, left = zlib.crc32(kind), length
    while left and (piece := stream.read(min(left, _PIECE_BYTES))):
        checksum = zlib.crc32(piece, checksum)
        left -= len(piece)
    return checksum
