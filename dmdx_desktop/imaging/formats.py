"""What a file is, read from its first bytes: by content, never by name. Pure bytes; any process and thread.

The core process calls ``sniff`` and ``foreign_kind`` on the first bytes of each file it lists, so nothing heavy is
imported here and no decoder runs. Signatures: PNG (W3C, third edition) section 5.2, JPEG (ITU-T T.81) section B.1,
TIFF 6.0 section 2 and the BigTIFF addition, GIF89a, the WebP container specification, ISO/IEC 14496-12 (``ftyp``).
"""

import struct
from enum import StrEnum
from typing import Final

from dmdx_desktop.models.foreign_files import FOREIGN_SUFFIXES, Foreign


class PictureFormat(StrEnum):
    """The formats that are opened; everything else is refused with words."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    TIFF = "tiff"
    BMP = "bmp"
    GIF = "gif"
    HEIC = "heic"


FORMAT_LABELS: Final = {
    PictureFormat.JPEG: "JPEG",
    PictureFormat.PNG: "PNG",
    PictureFormat.WEBP: "WebP",
    PictureFormat.TIFF: "TIFF",
    PictureFormat.BMP: "BMP",
    PictureFormat.GIF: "GIF",
    PictureFormat.HEIC: "HEIC",
}
FILE_SUFFIXES: Final = {
    PictureFormat.JPEG: (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"),
    PictureFormat.PNG: (".png", ".apng"),
    PictureFormat.WEBP: (".webp",),
    PictureFormat.TIFF: (".tif", ".tiff"),
    PictureFormat.BMP: (".bmp", ".dib"),
    PictureFormat.GIF: (".gif",),
    PictureFormat.HEIC: (".heic", ".heif", ".hif"),
}
HEAD_BYTES: Final = 64
"""How many first bytes of a file ``sniff``, ``declared_size`` and ``foreign_kind`` need at most."""

_PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_TIFF_SIGNATURES: Final = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_BMP_HEADER_SIZES: Final = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
_HEVC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_STILL_BRANDS: Final = frozenset({b"mif1", b"msf1", b"mif2"})
_FOREIGN_STARTS: Final[tuple[tuple[bytes, Foreign], ...]] = (
    (b"%PDF-", Foreign.DOCUMENT),
    (b"%!PS", Foreign.VECTOR),
    (b"\xc5\xd0\xd3\xc6", Foreign.VECTOR),
    (b"8BPS", Foreign.LAYERED),
    (b"gimp xcf", Foreign.LAYERED),
    (b"3D Geometry File Format ", Foreign.MODEL),
    (b"ISO-10303-21", Foreign.MODEL),
    (b"glTF", Foreign.MODEL),
    (b"Kaydara FBX Binary", Foreign.MODEL),
    (b"BLENDER", Foreign.MODEL),
    (b"solid ", Foreign.MODEL),
    (b"ply\n", Foreign.MODEL),
    (b"ply\r\n", Foreign.MODEL),
    (b"FUJIFILMCCD-RAW ", Foreign.CAMERA_RAW),
    (b"IIU\x00", Foreign.CAMERA_RAW),
    (b"IIRO", Foreign.CAMERA_RAW),
    (b"IIRS", Foreign.CAMERA_RAW),
    (b"\x00\x00\x00\x0cjP  ", Foreign.OTHER_PICTURE),
    (b"\x00\x00\x00\x0cJXL ", Foreign.OTHER_PICTURE),
    (b"\xff\x0a", Foreign.OTHER_PICTURE),
    (b"\x00\x00\x01\x00", Foreign.OTHER_PICTURE),
    (b"v/1\x01", Foreign.OTHER_PICTURE),
    (b"\x1aE\xdf\xa3", Foreign.VIDEO),
)


def sniff(head: bytes) -> PictureFormat | None:
    """The format that the first ``HEAD_BYTES`` bytes of a file belong to, or None for anything not opened."""
    if head.startswith(b"\xff\xd8\xff"):
        return PictureFormat.JPEG
    if head.startswith(_PNG_SIGNATURE):
        return PictureFormat.PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return PictureFormat.WEBP
    if head.startswith(_TIFF_SIGNATURES):
        return None if head[8:10] == b"CR" else PictureFormat.TIFF
    if head.startswith((b"GIF87a", b"GIF89a")):
        return PictureFormat.GIF
    if head.startswith(b"BM") and len(head) >= 18 and struct.unpack_from("<I", head, 14)[0] in _BMP_HEADER_SIZES:
        return PictureFormat.BMP
    if _is_heic(_brands(head)):
        return PictureFormat.HEIC
    return None


def declared_size(head: bytes) -> tuple[int, int] | None:
    """Width and height in pixels where they stand in the first ``HEAD_BYTES`` bytes: PNG, GIF, BMP and WebP.

    None for every other format and for heads too short or unusual to tell. What a decoder finds still counts:
    this only spares starting one on a picture that says itself that it is out of bounds.
    """
    match sniff(head):
        case PictureFormat.PNG if head[12:16] == b"IHDR" and len(head) >= 24:
            return _pair(">II", head, 16)
        case PictureFormat.GIF if len(head) >= 10:
            return _pair("<HH", head, 6)
        case PictureFormat.BMP:
            return _bmp_size(head)
        case PictureFormat.WEBP:
            return _webp_size(head)
    return None


def foreign_kind(head: bytes, suffix: str = "") -> Foreign | None:
    """What a file that ``sniff`` does not know seems to be, for the words of its refusal only.

    ``suffix`` is the end of its name (".stl"), consulted where the bytes say nothing.
    """
    if head.startswith(_TIFF_SIGNATURES) and head[8:10] == b"CR":
        return Foreign.CAMERA_RAW
    for start, kind in _FOREIGN_STARTS:
        if head.startswith(start):
            return kind
    brands = _brands(head)
    if brands:
        return _foreign_brand(brands)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(b"<") and any(mark in text for mark in (b"<svg", b"<!doctype svg")):
        return Foreign.VECTOR
    return FOREIGN_SUFFIXES.get(suffix.lower())


def _brands(head: bytes) -> tuple[bytes, ...]:
    """Major and compatible brands of an ISO media file, as far as they lie within ``head``."""
    if head[4:8] != b"ftyp" or len(head) < 12:
        return ()
    end = min(struct.unpack_from(">I", head)[0], len(head))
    return (head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4)))


def _is_heic(brands: tuple[bytes, ...]) -> bool:
    if not brands or {b"avif", b"avis"} & set(brands):
        return False
    return brands[0] in _HEVC_BRANDS or (brands[0] in _STILL_BRANDS and bool(_HEVC_BRANDS & set(brands)))


def _foreign_brand(brands: tuple[bytes, ...]) -> Foreign:
    if brands[0] == b"crx ":
        return Foreign.CAMERA_RAW
    still = _STILL_BRANDS | {b"avif", b"avis"}
    return Foreign.OTHER_PICTURE if brands[0] in still else Foreign.VIDEO


def _pair(layout: str, head: bytes, offset: int) -> tuple[int, int]:
    first, second = struct.unpack_from(layout, head, offset)
    return int(first), int(second)


def _bmp_size(head: bytes) -> tuple[int, int] | None:
    if struct.unpack_from("<I", head, 14)[0] in (12, 16):
        return _pair("<HH", head, 18) if len(head) >= 22 else None
    if len(head) < 26:
        return None
    width, height = _pair("<ii", head, 18)
    return abs(width), abs(height)


def _webp_size(head: bytes) -> tuple[int, int] | None:
    """Canvas size from the first chunk: lossy (RFC 6386 section 9.1), lossless or extended (WebP container)."""
    if len(head) < 30:
        return None
    match head[12:16]:
        case b"VP8 ":
            width, height = _pair("<HH", head, 26)
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            packed = struct.unpack_from("<I", head, 21)[0]
            return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
        case b"VP8X":
            width_less_one = int.from_bytes(head[24:27], "little")
            height_less_one = int.from_bytes(head[27:30], "little")
            return width_less_one + 1, height_less_one + 1
    return None
