"""A PDF file made of pages that are pictures, written front to back: one page is in memory at a time.

Layout after ISO 32000-1 sections 7.3 to 7.5 and 8.9.5 (DCTDecode). Core process, files pool; blocks.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from dmdx_desktop.workers.export_files import folder_error, remove

CATALOGUE: Final = 1
PAGES: Final = 2
ABOUT: Final = 3
FIRST_PAGE: Final = 4
OBJECTS_A_PAGE: Final = 3
"""The page, its content and its picture."""


class PageFile:
    """``pages`` pages of ``width`` x ``height`` points. Every step raises ``DmdxError`` where it cannot be written."""

    def __init__(self, path: Path, pages: int, width: float, height: float, *, created_at: int) -> None:
        self._path = path
        self._pages = pages
        self._paper = f"{width:g} {height:g}"
        self._created_at = created_at
        self._stream: IO[bytes] | None = None
        self._places: dict[int, int] = {}
        self._added = 0

    def open(self) -> None:
        """Begin the file, over an older part of it."""
        try:
            self._stream = self._path.open("wb")
        except OSError as error:
            raise folder_error(error) from error
        moment = datetime.fromtimestamp(self._created_at / 1000, tz=UTC)
        kids = " ".join(f"{FIRST_PAGE + page * OBJECTS_A_PAGE} 0 R" for page in range(self._pages))
        self._write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
        self._object(CATALOGUE, f"<< /Type /Catalog /Pages {PAGES} 0 R /Lang (en) >>".encode())
        self._object(PAGES, f"<< /Type /Pages /Count {self._pages} /Kids [{kids}] >>".encode())
        said = f"<< /Title (Contact sheet) /Producer (DMDX Studio) /CreationDate (D:{moment:%Y%m%d%H%M%S}Z) >>"
        self._object(ABOUT, said.encode())

    def add(self, jpeg: bytes, width: int, height: int) -> None:
        """The next page: a JPEG picture of ``width`` x ``height`` pixels, over the whole paper."""
        page = FIRST_PAGE + self._added * OBJECTS_A_PAGE
        content, picture = page + 1, page + 2
        resources = f"<< /XObject << /Page {picture} 0 R >> >>"
        self._object(
            page,
            f"<< /Type /Page /Parent {PAGES} 0 R /MediaBox [0 0 {self._paper}] /Resources {resources}"
            f" /Contents {content} 0 R >>".encode(),
        )
        across, down = self._paper.split()
        self._stream_object(content, "", f"q {across} 0 0 {down} 0 0 cm /Page Do Q".encode())
        facts = (
            f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB"
            " /BitsPerComponent 8 /Filter /DCTDecode "
        )
        self._stream_object(picture, facts, jpeg)
        self._added += 1

    def end(self) -> None:
        """Write where everything is, and close the file."""
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
