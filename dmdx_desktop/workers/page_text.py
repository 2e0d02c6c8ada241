"""Text on the pages of a PDF file: real letters of the bundled font, to be found, selected and copied.

Layout after ISO 32000-1 sections 9.4, 9.7 and 9.10.3: composite fonts, glyphs by their number, and what letters they
are. Core process, files pool; reads files of the program.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dmdx_desktop.imaging.scripts import runs_by_script
from dmdx_desktop.workers.font_file import NO_GLYPH, THOUSAND, FontFile

REGULAR: Final = "Regular"
STRONG: Final = "SemiBold"
ELLIPSIS: Final = "…"
MOST_IN_A_BLOCK: Final = 100
"""So many letters the map of letters may tell of in one go."""
STEM: Final = {REGULAR: 80, STRONG: 120}


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text. ``x`` and ``top`` are points from the upper left corner of the paper, as is ``size``."""

    text: str
    x: float
    top: float
    size: float
    room: float
    grey: float
    """From 0, black, to 1."""
    is_strong: bool = False

    @property
    def weight(self) -> str:
        """Which cut of the font it is written in."""
        return STRONG if self.is_strong else REGULAR


class PageFont:
    """One file of the font as pages use it; ``label`` is what they call it."""

    def __init__(self, file: FontFile, label: str, weight: str) -> None:
        self.file, self.label = file, label
        self._weight = weight
        self._letters: dict[int, str] = {}

    def encoded(self, text: str) -> str:
        """The glyphs of ``text`` as hexadecimal digits; each is part of what the file tells of its letters."""
        glyphs = [(self.file.glyph(letter), letter) for letter in text]
        self._letters |= {glyph: letter for glyph, letter in glyphs if glyph != NO_GLYPH}
        return "".join(f"{glyph:04x}" for glyph, _ in glyphs)

    def described(self, descendant: int, letters: int) -> str:
        """The font itself; the numbers are of the objects that belong to it."""
        return (
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{self.file.name} /Encoding /Identity-H"
            f" /DescendantFonts [{descendant} 0 R] /ToUnicode {letters} 0 R >>"
        )

    def measured(self, descriptor: int) -> str:
        """How wide its glyphs are."""
        used = sorted({NO_GLYPH, *self._letters})
        widths = " ".join(f"{glyph} [{self.file.width(glyph)}]" for glyph in used)
        return (
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{self.file.name}"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity /W [{widths}] >>"
        )

    def dressed(self, program: int) -> str:
        """How it looks, for whoever has to do without it."""
        box = " ".join(map(str, self.file.box))
        return (
            f"<< /Type /FontDescriptor /FontName /{self.file.name} /Flags 4 /FontBBox [{box}] /ItalicAngle 0"
            f" /Ascent {self.file.ascent} /Descent {self.file.descent} /CapHeight {self.file.ascent}"
            f" /StemV {STEM[self._weight]} /FontFile2 {program} 0 R >>"
        )

    def program(self) -> tuple[str, bytes]:
        """The file, packed, and what is said of it."""
        return f"/Filter /FlateDecode /Length1 {len(self.file.content)} ", zlib.compress(self.file.content, 9)

    def letters(self) -> bytes:
        """Which letter each glyph is."""
        pairs = [f"<{glyph:04x}> <{_utf16(letter)}>" for glyph, letter in sorted(self._letters.items())]
        blocks = [pairs[first : first + MOST_IN_A_BLOCK] for first in range(0, len(pairs), MOST_IN_A_BLOCK)]
        told = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{told}\n"
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode()


class PageText:
    """Writes lines; files of the font are read when the first letter of theirs is written."""

    def __init__(self, fonts: Path) -> None:
        self._folder = fonts
        self._fonts: dict[str, PageFont] = {}

    @property
    def fonts(self) -> tuple[PageFont, ...]:
        """Every font that was used, in the order in which they were."""
        return tuple(self._fonts.values())

    def drawn(self, line: TextLine, paper_height: float) -> str:
        """The line as part of a page's content, shortened to its room."""
        text = self._shortened(line)
        runs = [(self._font(script, line.weight), letters) for letters, script in runs_by_script(text)]
        if not runs:
            return ""
        baseline = paper_height - line.top - runs[0][0].file.ascent / THOUSAND * line.size
        shown = " ".join(f"/{font.label} {line.size:.2f} Tf <{font.encoded(letters)}> Tj" for font, letters in runs)
        written = f"BT {line.grey:.2f} g {line.x:.2f} {baseline:.2f} Td {shown} ET"
        if all(font.file.glyph(letter) != NO_GLYPH for font, letters in runs for letter in letters):
            return written
        # What the font cannot draw is read and copied all the same.
        return f"/Span << /ActualText <feff{_utf16(text)}> >> BDC {written} EMC"

    def length(self, text: str, size: float, weight: str) -> float:
        """How long a line is, in points."""
        return sum(self._widths(text, weight)) * size / THOUSAND

    def _widths(self, text: str, weight: str) -> Iterator[int]:
        for letters, script in runs_by_script(text):
            file = self._font(script, weight).file
            yield from (file.width(file.glyph(letter)) for letter in letters)

    def _shortened(self, line: TextLine) -> str:
        text = line.text
        if self.length(text, line.size, line.weight) <= line.room:
            return text
        while text and self.length(text + ELLIPSIS, line.size, line.weight) > line.room:
            text = text[:-1]
        return text.rstrip() + ELLIPSIS

    def _font(self, script: str, weight: str) -> PageFont:
        name = f"{script}-{weight}"
        if name not in self._fonts:
            file = FontFile(self._folder / f"{name}.ttf")
            self._fonts[name] = PageFont(file, f"F{len(self._fonts) + 1}", weight)
        return self._fonts[name]


def _utf16(text: str) -> str:
    return text.encode("utf-16-be", errors="replace").hex()
