"""A print profile written byte by byte, whose inks are so unlike real ones that ignoring it cannot go unnoticed."""

import struct
from itertools import product

_LAB_OF = {
    "white": (100.0, 0.0, 0.0),
    "red": (54.29, 80.80, 69.89),
    "green": (87.82, -79.27, 80.99),
    "blue": (29.57, 68.29, -112.03),
    "grey": (53.19, 0.0, 0.0),
    "black": (0.0, 0.0, 0.0),
}
"""CIE Lab at D50 of colours of sRGB."""

INKS = {"cyan ink": (255, 0, 0), "magenta ink": (0, 255, 0), "yellow ink": (0, 0, 255), "black ink": (127, 127, 127)}
"""What each ink alone looks like in sRGB, by this profile."""


def print_profile() -> bytes:
    """An ICC version 2 output profile (lut16Type, 2 grid points an ink): inks print red, green, blue and mid grey."""
    elements = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 5) + b"Odd\x00\x00" + bytes(78),
        b"cprt": b"text" + bytes(4) + b"CC0\x00",
        b"wtpt": b"XYZ " + bytes(4) + _fixed(0.9642, 1.0, 0.8249),
        b"A2B0": _table(),
    }
    offset = 128 + 4 + 12 * len(elements)
    index, body = struct.pack(">I", len(elements)), b""
    for signature, element in elements.items():
        index += struct.pack(">4sII", signature, offset + len(body), len(element))
        body += element + bytes(-len(element) % 4)
    head = struct.pack(">I4x4s4s4s4s12x4s", offset + len(body), b"\x02\x10\x00\x00", b"prtr", b"CMYK", b"Lab ", b"acsp")
    header = head.ljust(68, b"\x00") + _fixed(0.9642, 1.0, 0.8249)
    return header.ljust(128, b"\x00") + index + body


def _table() -> bytes:
    straight = struct.pack(">HH", 0, 65535)
    nodes = b"".join(_encoded_lab(_LAB_OF[_printed(inks)]) for inks in product((0, 1), repeat=4))
    shape = struct.pack(">BBBx", 4, 3, 2) + _fixed(1, 0, 0, 0, 1, 0, 0, 0, 1) + struct.pack(">HH", 2, 2)
    return b"mft2" + bytes(4) + shape + straight * 4 + nodes + straight * 3


def _printed(inks: tuple[int, ...]) -> str:
    if sum(inks) > 1:
        return "black"
    return "white" if sum(inks) == 0 else ("red", "green", "blue", "grey")[inks.index(1)]


def _encoded_lab(lab: tuple[float, float, float]) -> bytes:
    lightness, a, b = lab
    return struct.pack(">HHH", round(lightness * 652.8), round((a + 128) * 256), round((b + 128) * 256))


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)
