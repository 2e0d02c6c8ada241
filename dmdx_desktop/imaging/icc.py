"""Colour profiles made here, byte for byte the same every time. Pure; any process and thread.

The colour library can make an sRGB profile too, but writes the time of day into it, and the same picture must give
the same file. Layout: ICC.1:2001-04 (version 2, which every program reads). Colorants are those of IEC 61966-2-1 and
Adobe RGB (1998), adapted to D50 by the Bradford method.
"""

import struct
from collections.abc import Sequence
from typing import Final

_D50: Final = (0.9642, 1.0, 0.8249)
_MADE_AT: Final = (2026, 1, 1, 0, 0, 0)
_HEADER_BYTES: Final = 128
_CURVE_POINTS: Final = 1024
_SRGB_COLORANTS: Final = (
    (0.4360747, 0.2225045, 0.0139322),
    (0.3850649, 0.7168786, 0.0971045),
    (0.1430804, 0.0606169, 0.7141733),
)
_ADOBE_RGB_COLORANTS: Final = (
    (0.6097559, 0.3111242, 0.0194811),
    (0.2052401, 0.6256560, 0.0608902),
    (0.1492240, 0.0632197, 0.7448387),
)
_ADOBE_RGB_GAMMA: Final = 563 / 256


def srgb_profile() -> bytes:
    """The profile embedded in every picture written: sRGB, about 2.5 kB."""
    step = 1 / (_CURVE_POINTS - 1)
    points = [round(_srgb_to_linear(index * step) * 65535) for index in range(_CURVE_POINTS)]
    return _matrix_profile("sRGB IEC61966-2.1", _SRGB_COLORANTS, points)


def adobe_rgb_profile() -> bytes:
    """What a camera means that marks a picture as Adobe RGB (1998) without embedding a profile."""
    return _matrix_profile("Adobe RGB (1998) compatible", _ADOBE_RGB_COLORANTS, [round(_ADOBE_RGB_GAMMA * 256)])


def _srgb_to_linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _matrix_profile(name: str, colorants: Sequence[Sequence[float]], curve: Sequence[int]) -> bytes:
    """A display profile of three colorants (XYZ at D50) and one curve: points 0..65535, or one u8Fixed8 gamma."""
    curve_tag = struct.pack(f">4s4xI{len(curve)}H", b"curv", len(curve), *curve)
    elements = {
        b"desc": _description(name),
        b"cprt": b"text" + bytes(4) + b"CC0-1.0\x00",
        b"wtpt": _xyz(_D50),
        b"rXYZ": _xyz(colorants[0]),
        b"gXYZ": _xyz(colorants[1]),
        b"bXYZ": _xyz(colorants[2]),
        b"rTRC": curve_tag,
        b"gTRC": curve_tag,
        b"bTRC": curve_tag,
    }
    return _assemble(elements)


def _assemble(elements: dict[bytes, bytes]) -> bytes:
    """Header, tag table and tag data; equal elements are stored once and shared."""
    offset = _HEADER_BYTES + 4 + 12 * len(elements)
    table, body, places = b"", b"", dict[bytes, int]()
    for signature, element in elements.items():
        if element not in places:
            places[element] = offset + len(body)
            body += element + bytes(-len(element) % 4)
        table += struct.pack(">4sII", signature, places[element], len(element))
    size = offset + len(body)
    header = struct.pack(
        ">I4x4s4s4s4s6H4s4x4x4x4x8xI12s",
        size,
        b"\x02\x10\x00\x00",
        b"mntr",
        b"RGB ",
        b"XYZ ",
        *_MADE_AT,
        b"acsp",
        0,
        b"".join(_s15_fixed_16(part) for part in _D50),
    )
    return header.ljust(_HEADER_BYTES, b"\x00") + struct.pack(">I", len(elements)) + table + body


def _description(name: str) -> bytes:
    """A textDescriptionType with its ASCII part only (section 6.5.17)."""
    text = name.encode("ascii") + b"\x00"
    return b"desc" + bytes(4) + struct.pack(">I", len(text)) + text + bytes(4 + 4 + 2 + 1 + 67)


def _xyz(values: Sequence[float]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(_s15_fixed_16(value) for value in values)


def _s15_fixed_16(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))
