"""A PDF file of pages with pictures and text, written front to back: one page is in memory at a time.

Layout after ISO 32000-1 sections 7.3 to 7.5 and 8.9.5 (DCTDecode). Core process, files pool; blocks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from dmdx_desktop.workers.export_files import folder_error, remove
from dmdx_desktop.workers.page_text import PageFont, PageText, TextLine
from dmdx_desktop.workers.sheet_layout import Place

CATALOGUE: Final = 1
PAGES: Final = 2
ABOUT: Final = 3


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A JPEG picture of ``width`` x ``height`` pixels, and where it is."""

    jpeg: bytes
    width: int
    height: int
    place: Place


class PageFile:
    """Pages of ``paper``, width and height in points. Every step raises ``DmdxError`` where it cannot be written."""

    def __init__(self, path: Path, paper: tuple[float, float], fonts: Path, *, created_at: int) -> None:
        self._path = path
        self._paper = paper
        self._created_at = created_at
        self._text = PageText(fonts)
        self._stream: IO[bytes] | None = None
        self._places: dict[int, int] = {}
        self._last = ABOUT
        self._pages: list[int] = []
        self._fonts: dict[PageFont, int] = {}

    def open(self) -> None:
        """Begin the file, over an older part of it."""
        try:
            self._stream = self._path.open("wb")
        except OSError as error:
            raise folder_error(error) from error
        moment = datetime.fromtimestamp(self._created_at / 1000, tz=UTC)
        self._write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
        self._object(CATALOGUE, f"<< /Type /Catalog /Pages {PAGES} 0 R /Lang (en) >>".encode())
        said = f"<< /Title (Contact sheet) /Producer (DMDX Studio) /CreationDate (D:{moment:%Y%m%d%H%M%S}Z) >>"
        self._object(ABOUT, said.encode())

    def add(self, pictures: Sequence[PagePicture], lines: Sequence[TextLine]) -> None:
        """The next page."""
        wide, high = self._paper
        page, content = self._number(), self._number()
        drawn, named = [], []
        for position, picture in enumerate(pictures, 1):
            number, place = self._number(), picture.place
            named.append(f"/P{position} {number} 0 R")
            low = high - place.top - place.height
            drawn.append(f"q {place.width:.2f} 0 0 {place.height:.2f} {place.x:.2f} {low:.2f} cm /P{position} Do Q")
            facts = (
                f"/Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height}"
                " /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode "
            )
            self._stream_object(number, facts, picture.jpeg)
        drawn += [self._text.drawn(line, high) for line in lines]
        for font in self._text.fonts:
            if font not in self._fonts:
                self._fonts[font] = self._number()
        fonts = " ".join(f"/{font.label} {number} 0 R" for font, number in self._fonts.items())
        resources = f"<< /XObject << {' '.join(named)} >> /Font << {fonts} >> >>"
        self._object(
            page,
            f"<< /Type /Page /Parent {PAGES} 0 R /MediaBox [0 0 {wide:g} {high:g}] /Resources {resources}"
            f" /Contents {content} 0 R >>".encode(),
        )
        self._stream_object(content, "", "\n".join(filter(None, drawn)).encode())
        self._pages.append(page)

    def end(self) -> None:
        """Write the fonts, of which it is known by now what was used, and where everything is; close the file."""
        for font, number in self._fonts.items():
            self._write_font(font, number)
        kids = " ".join(f"{page} 0 R" for page in self._pages)
        self._object(PAGES, f"<< /Type /Pages /Count {len(self._pages)} /Kids [{kids}] >>".encode())
        assert self._stream is not None
        start = self._stream.tell()
        count = len(self._places) + 1
        table = b"".join(b"%010d 00000 n \n" % self._places[number] for number in range(1, count))
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % count + table)
        self._write(f"trailer\n<< /Size {count} /Root {CATALOGUE} 0 R /Info {ABOUT} 0 R >>\n".encode())
        self._write(f"startxref\n{start}\n%%EOF\n".encode())
        try:
            self._stream.close()
        except OSError as error:
            raise folder_error(error) from error

    def abandon(self) -> None:
        """Nobody wants it any more."""
        if self._stream is not None:
            self._stream.close()
        remove(self._path)

    def _write_font(self, font: PageFont, number: int) -> None:
        descendant, letters, descriptor, program = (self._number() for _ in range(4))
        self._object(number, font.described(descendant, letters).encode())
        self._object(descendant, font.measured(descriptor).encode())
        self._stream_object(letters, "", font.letters())
        self._object(descriptor, font.dressed(program).encode())
        self._stream_object(program, *font.program())

    def _number(self) -> int:
        """The number of the next object."""
        self._last += 1
        return self._last

    def _object(self, number: int, body: bytes) -> None:
        assert self._stream is not None
        self._places[number] = self._stream.tell()
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def _stream_object(self, number: int, facts: str, data: bytes) -> None:
        self._object(number, f"<< {facts}/Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream")

    def _write(self, data: bytes) -> None:
        assert self._stream is not None
        try:
            self._stream.write(data)
        except OSError as error:
            raise folder_error(error) from error
