"""Thirty files that people and attackers really send, each with how opening it has to end. Made, never stored.

Some names survive no archive and no Windows disk, so each case carries its name apart from its content: tests of
names use the names, tests of decoding write the content under a name of their own.
"""

import struct
import zlib
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from tests.imaging.made_pictures import PNG_SIGNATURE, encoded, exif_with_orientation, png_chunk

SIDE: Final = 320


@dataclass(frozen=True, slots=True)
class Hostile:
    """``code`` is the problem it ends as; None means that it opens as a picture of ``size``, RGB or RGBA."""

    name: str
    content: bytes
    code: str | None = None
    size: tuple[int, int] = (SIDE, SIDE)
    mode: str = "RGB"


def hostile_pictures() -> tuple[Hostile, ...]:
    """All of them, in a fixed order."""
    return (*_broken(), *_out_of_bounds(), *_not_pictures(), *_awkward_names(), *_odd_but_sound())


def ring() -> Image.Image:
    """A gold-coloured hoop on light grey: something whose middle and edge can be told apart."""
    down, across = np.mgrid[0:SIDE, 0:SIDE] - SIDE / 2
    hoop = np.abs(np.hypot(down, across) - SIDE * 0.33) < SIDE * 0.05
    pixels = np.full((SIDE, SIDE, 3), 235, np.uint8)
    pixels[hoop] = (212, 170, 70)
    return Image.fromarray(pixels)


def _broken() -> list[Hostile]:
    jpeg, png = encoded(ring(), "JPEG", quality=88), encoded(ring(), "PNG")
    data_at = png.index(b"IDAT")
    length = struct.unpack(">I", png[data_at - 4 : data_at])[0]
    wrong_sum, wrong_data = bytearray(png), bytearray(png)
    wrong_sum[data_at + 4 + length] ^= 0xFF
    wrong_data[data_at + 40] ^= 0x5A
    wrong_data[data_at + 41] ^= 0xA5
    return [
        Hostile("cut-off.jpg", jpeg[: len(jpeg) * 45 // 100], "damaged"),
        Hostile("nothing.png", b"", "empty_file"),
        Hostile("wrong-checksum.png", bytes(wrong_sum), "damaged"),
        Hostile("wrong-data.png", bytes(wrong_data), "damaged"),
    ]


def _out_of_bounds() -> list[Hostile]:
    ramp = np.repeat(np.linspace(60, 240, 20000).astype(np.uint8)[None, :], 10, axis=0)
    strip = Image.fromarray(ramp).convert("RGB")
    packer = zlib.compressobj(9)
    row = bytes(1 + 30000 // 8)
    black = b"".join(packer.compress(row * 1000) for _ in range(30)) + packer.flush()
    return [
        Hostile("bomb.png", _huge_png(1, 0, black), "too_many_pixels"),
        Hostile("bomb-without-data.png", _huge_png(16, 6, zlib.compress(bytes(100_000))), "too_many_pixels"),
        Hostile("one-pixel.png", encoded(Image.new("RGB", (1, 1)), "PNG"), "too_small"),
        Hostile("wide-strip.png", encoded(strip, "PNG"), "too_narrow"),
        Hostile("tall-strip.jpg", encoded(strip.transpose(Image.Transpose.ROTATE_90), "JPEG"), "too_narrow"),
    ]


def _huge_png(depth: int, colour_type: int, data: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", 30000, 30000, depth, colour_type, 0, 0, 0)
    return PNG_SIGNATURE + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", data) + png_chunk(b"IEND", b"")


def _not_pictures() -> list[Hostile]:
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>'
    script = (
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///nonexistent">]>'
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="run()"><script>run()</script><text>&x;</text></svg>'
    )
    return [
        Hostile("words.jpg", b"These are words, whatever the name says.\n" * 20, "not_a_picture"),
        Hostile("ring.svg", svg, "unsupported_format"),
        Hostile("ring-with-script.svg", script, "unsupported_format"),
    ]


def _awkward_names() -> list[Hostile]:
    png, jpeg = encoded(ring(), "PNG"), encoded(ring(), "JPEG", quality=88)
    long_name = "💍✨" + "très-long-nom-de-fichier-ünïcödé-" * 5 + ".png"
    return [
        Hostile("CON.png", png),
        Hostile("aux.jpg", jpeg),
        Hostile("dot-and-space. .png", png),
        Hostile(long_name, png),
        Hostile("خاتم-ذهب-טבעת-זהב.png", png),
        Hostile("ring-\u202egnp.exe.png", png),
        Hostile("ctl-\x01\x07\x1b[31mred\x7f-tab\t.png", png),
        Hostile("zero\u200bwidth\ufeff-e\u0301-nfd.png", png),
        Hostile("quote'\"$(touch x);&|<>*?.png", png),
    ]


def _odd_but_sound() -> list[Hostile]:
    picture = ring()
    jpeg, png = encoded(picture, "JPEG", quality=85), encoded(picture, "PNG")
    grey_16 = Image.fromarray(np.asarray(picture.convert("L")).astype(np.uint16) * 257)
    moved = [picture.resize((160, 160)).rotate(10 * step) for step in range(8)]
    return [
        Hostile("moving.gif", encoded(moved[0], "GIF", save_all=True, append_images=moved[1:]), size=(160, 160)),
        Hostile("huge-remarks.jpg", jpeg[:2] + _huge_remarks() + jpeg[2:]),
        Hostile("really-a-png.jpg", png),
        Hostile("with-an-archive-behind.png", png + b"PK\x03\x04" + b"payload" * 100),
        Hostile("for-print.jpg", encoded(picture.convert("CMYK"), "JPEG", quality=90)),
        Hostile("deep-grey.png", encoded(grey_16, "PNG")),
        Hostile("palette-with-hole.png", encoded(picture.quantize(16), "PNG", transparency=0), mode="RGBA"),
        Hostile("nonsense-profile.jpg", encoded(picture, "JPEG", quality=90, icc_profile=b"nonsense" * 60)),
        Hostile("orientation-99.jpg", encoded(picture, "JPEG", quality=90, exif=exif_with_orientation(99))),
    ]


def _huge_remarks() -> bytes:
    """A maker note of 64 kB that points outside itself, and four blocks of XMP as large."""
    directory = b"II*\x00" + struct.pack("<IHHHIII", 8, 1, 0x927C, 7, 65000, 26, 0)
    exif = (b"Exif\x00\x00" + directory).ljust(65533, b"\xab")
    xmp = b"http://ns.adobe.com/xap/1.0/\x00" + b"A" * 65000
    return b"".join(b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block for block in (exif, xmp, xmp, xmp, xmp))
