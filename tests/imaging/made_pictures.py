"""Pictures of every way of storing pixels, written byte by byte so that what they hold is known, not assumed."""

import io
import struct
import zlib
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

GREY, RGB, CMYK_INK = 1, 2, 5
WHITE_IS_ZERO: Final = 0
UNSIGNED, SIGNED, FLOAT = 1, 2, 3
PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
ORIENTATION_TAG: Final = 0x0112

Samples = NDArray[Any]


def ramp(width: int = 64, height: int = 48) -> NDArray[np.uint8]:
    """An RGB chart without any symmetry: each corner differs, so every turn and flip shows."""
    down, across = np.mgrid[0:height, 0:width]
    chart = np.stack([across * 255 // (width - 1), down * 255 // (height - 1), (across + 2 * down) % 256], axis=-1)
    chart[: height // 4, : width // 4] = (250, 20, 20)
    return chart.astype(np.uint8)


def deep_ramp(channels: int = 3, width: int = 64, height: int = 48) -> NDArray[np.uint16]:
    """A 16-bit chart whose low bytes are busy, so that a decoder that mixes bytes up cannot pass."""
    down, across = np.mgrid[0:height, 0:width].astype(np.uint32)
    steps = [(across * (977 + 311 * part) + down * (1319 + 173 * part)) % 65536 for part in range(channels)]
    chart = np.stack(steps, axis=-1).astype(np.uint16)
    return chart[..., 0] if channels == 1 else chart


def encoded(image: Image.Image, picture_format: str, **options: Any) -> bytes:
    """``image`` as a file made by Pillow."""
    target = io.BytesIO()
    image.save(target, picture_format, **options)
    return target.getvalue()


def exif_with_orientation(value: int) -> bytes:
    """An EXIF block that says nothing but the orientation."""
    return b"Exif\x00\x00II*\x00" + struct.pack("<IHHHIHHI", 8, 1, ORIENTATION_TAG, 3, 1, value, 0, 0)


def exif_of_adobe_rgb_camera() -> bytes:
    """An EXIF block as cameras write it that shoot Adobe RGB: interoperability index R03 and no profile."""
    interoperability = struct.pack("<HHHI4sI", 1, 0x0001, 2, 4, b"R03\x00", 0)
    camera = struct.pack("<HHHIII", 1, 0xA005, 4, 1, 44, 0)
    first = struct.pack("<HHHIII", 1, 0x8769, 4, 1, 26, 0)
    return b"Exif\x00\x00II*\x00" + struct.pack("<I", 8) + first + camera + interoperability


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk with its length and checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(samples: Samples, colour_type: int, *, before: bytes = b"", after: bytes = b"") -> bytes:
    """A PNG of 8- or 16-bit ``samples``; ``before`` and ``after`` are chunks around the pixel data."""
    height, width = samples.shape[:2]
    big_endian = samples.astype(samples.dtype.newbyteorder(">"))
    rows = b"".join(b"\x00" + big_endian[row].tobytes() for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, samples.dtype.itemsize * 8, colour_type, 0, 0, 0)
    body = png_chunk(b"IHDR", header) + before + png_chunk(b"IDAT", zlib.compress(rows)) + after
    return PNG_SIGNATURE + body + png_chunk(b"IEND", b"")


def tiff(
    samples: Samples,
    photometric: int,
    *,
    order: Literal["<", ">"] = "<",
    planar: bool = False,
    deflate: bool = False,
    sample_format: int = UNSIGNED,
    extra_samples: int | None = None,
    more_tags: dict[int, int] | None = None,
    next_page: bool = False,
) -> bytes:
    """A one-strip TIFF of ``samples`` (H x W or H x W x channels) in byte order ``order`` ("<" or ">")."""
    height, width = samples.shape[:2]
    channels = 1 if samples.ndim == 2 else samples.shape[2]
    ordered = samples.astype(samples.dtype.newbyteorder(order))
    planes = [ordered[..., part] for part in range(channels)] if planar else [ordered]
    strips = [zlib.compress(plane.tobytes()) if deflate else plane.tobytes() for plane in planes]
    values: dict[int, tuple[int, list[int]]] = {
        256: (4, [width]),
        257: (4, [height]),
        258: (3, [samples.dtype.itemsize * 8] * channels),
        259: (3, [8 if deflate else 1]),
        262: (3, [photometric]),
        273: (4, [0] * len(strips)),
        277: (3, [channels]),
        278: (4, [height]),
        279: (4, [len(strip) for strip in strips]),
        284: (3, [2 if planar else 1]),
        339: (3, [sample_format] * channels),
    }
    if extra_samples is not None:
        values[338] = (3, [extra_samples])
    values |= {tag: (3, [value]) for tag, value in (more_tags or {}).items()}
    return _tiff_file(values, strips, order, next_page=next_page)


def _tiff_file(values: dict[int, tuple[int, list[int]]], strips: list[bytes], order: str, *, next_page: bool) -> bytes:
    """Directory first, long values behind it, strips last; a next page repeats the same directory."""
    long_values_at = 8 + 2 + 12 * len(values) + 4
    long_size = sum(_packed_size(kind, numbers) for kind, numbers in values.values())
    offset, offsets = long_values_at + long_size, list[int]()
    for strip in strips:
        offsets.append(offset)
        offset += len(strip)
    values[273] = (4, offsets)
    directory, long_values = struct.pack(order + "H", len(values)), b""
    for tag in sorted(values):
        kind, numbers = values[tag]
        packed = struct.pack(order + ("H" if kind == 3 else "I") * len(numbers), *numbers)
        directory += struct.pack(order + "HHI", tag, kind, len(numbers))
        if len(packed) <= 4:
            directory += packed.ljust(4, b"\x00")
        else:
            directory += struct.pack(order + "I", long_values_at + len(long_values))
            long_values += packed
    start = b"II*\x00" if order == "<" else b"MM\x00*"
    head = start + struct.pack(order + "I", 8)
    body = directory + struct.pack(order + "I", offset if next_page else 0) + long_values.ljust(long_size, b"\x00")
    return head + body + b"".join(strips) + (directory + bytes(4) if next_page else b"")


def _packed_size(kind: int, numbers: list[int]) -> int:
    size = len(numbers) * (2 if kind == 3 else 4)
    return size if size > 4 else 0
