"""What a page needs to know of a font: which glyph draws a letter, and how wide it is. Core process, files pool.

Reads the tables of a TrueType file, after the OpenType specification 1.9 (cmap format 4, head, hhea, hmtx, name). Files
of the program alone are read so, never one from outside.
"""

import struct
from pathlib import Path
from typing import Final

from dmdx_desktop.errors import UsageError

NO_GLYPH: Final = 0
THOUSAND: Final = 1000
"""Widths in a page are thousandths of the size of the letters."""
_BEYOND: Final = 0xFFFF
_SEGMENTS: Final = 4
_HEADER: Final = 12
_RECORD: Final = 16


class FontFile:
    """One file of a font, whole in memory. Raises ``UsageError`` where it is missing or no such file."""

    def __init__(self, path: Path) -> None:
        try:
            self.content = path.read_bytes()
            self._tables = _tables(self.content)
            self._units, *box = self._read("head", 18, "H16x4h")
            self.box = tuple(map(self._thousandths, box))
            ascent, descent = self._read("hhea", 4, "hh")
            self.ascent, self.descent = self._thousandths(ascent), self._thousandths(descent)
            (measured,) = self._read("hhea", 34, "H")
            self._advances = self._read("hmtx", 0, "H2x" * measured)
            self._glyphs = self._mapped()
        except (OSError, struct.error, KeyError, IndexError) as error:
            raise _damaged() from error
        self.name = path.stem

    def glyph(self, letter: str) -> int:
        """The number of the glyph that draws a letter; ``NO_GLYPH`` where the font has none."""
        return self._glyphs.get(ord(letter), NO_GLYPH)

    def width(self, glyph: int) -> int:
        """How far the next glyph is, in thousandths of the size."""
        return self._thousandths(self._advances[min(glyph, len(self._advances) - 1)])

    def _thousandths(self, units: int) -> int:
        return round(units * THOUSAND / self._units)

    def _read(self, table: str, offset: int, shape: str) -> tuple[int, ...]:
        return struct.unpack_from(f">{shape}", self.content, self._tables[table] + offset)

    def _mapped(self) -> dict[int, int]:
        """Glyphs by the code of their letter."""
        (count,) = self._read("cmap", 2, "H")
        offsets = (self._read("cmap", 4 + 8 * number + 4, "I")[0] for number in range(count))
        offset = next(place for place in offsets if self._read("cmap", place, "H") == (_SEGMENTS,))
        (twice,) = self._read("cmap", offset + 6, "H")
        columns = f"{twice // 2}H"
        lasts = self._read("cmap", offset + 14, columns)
        firsts = self._read("cmap", offset + 16 + twice, columns)
        deltas = self._read("cmap", offset + 16 + 2 * twice, columns)
        ranges_at = offset + 16 + 3 * twice
        ranges = self._read("cmap", ranges_at, columns)
        found = {}
        for number, (first, last, delta, start) in enumerate(zip(firsts, lasts, deltas, ranges, strict=True)):
            for code in range(first, min(last, _BEYOND - 1) + 1):
                glyph = code
                if start:
                    (glyph,) = self._read("cmap", ranges_at + 2 * number + start + 2 * (code - first), "H")
                if glyph or not start:
                    found[code] = (glyph + delta) & _BEYOND
        return found


def _tables(content: bytes) -> dict[str, int]:
    """Where each table begins."""
    (count,) = struct.unpack_from(">H", content, 4)
    records = (struct.unpack_from(">4s4xI", content, _HEADER + _RECORD * number) for number in range(count))
    return {name.decode("latin-1"): place for name, place in records}


def _damaged() -> UsageError:
    return UsageError(
        "font_damaged",
        "The contact sheet cannot be written.",
        "A part of the program, a file of its font, is missing or damaged.",
        "Install the program anew, then try again.",
    )
