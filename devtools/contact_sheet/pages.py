"""Pages of contact sheets: cells in a grid with a caption below each. Pure pictures; a developer's process."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from devtools.contact_sheet.cells import Cell

_PAPER: Final = (250, 250, 249)
_INK: Final = (52, 52, 56)
_RESOLUTION: Final = 150.0
_JPEG_QUALITY: Final = 88


@dataclass(frozen=True, slots=True)
class Layout:
    """Lengths of a page in pixels."""

    margin: int = 24
    gap: int = 10
    caption: int = 22
    title: int = 40
    captioned: bool = True

    @property
    def below(self) -> int:
        """The room below a picture."""
        return self.caption if self.captioned else 0

    def page_size(self, rows: Sequence[Sequence[Cell]]) -> tuple[int, int]:
        """Width and height of a page that holds these rows."""
        width = max(sum(cell.image.width for cell in row) + self.gap * (len(row) - 1) for row in rows)
        height = sum(max(cell.image.height for cell in row) + self.below for row in rows) + self.gap * (len(rows) - 1)
        head = self.title if self.captioned else 0
        return width + 2 * self.margin, height + 2 * self.margin + head


def draw_page(title: str, rows: Sequence[Sequence[Cell]], layout: Layout) -> Image.Image:
    """One page: the title, then the rows of cells, each as high as its highest picture."""
    page = Image.new("RGB", layout.page_size(rows), _PAPER)
    pen = ImageDraw.Draw(page)
    top = layout.margin
    if layout.captioned:
        pen.text((layout.margin, top), title, fill=_INK, font=ImageFont.load_default(22))
        top += layout.title
    small = ImageFont.load_default(11)
    for row in rows:
        left = layout.margin
        height = max(cell.image.height for cell in row)
        for cell in row:
            page.paste(cell.image, (left, top))
            if layout.captioned:
                words = fitting(cell.caption, cell.image.width, small)
                pen.text((left, top + height + 4), words, fill=_INK, font=small)
            left += cell.image.width + layout.gap
        top += height + layout.below + layout.gap
    return page


def fitting(words: str, width: int, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> str:
    """The words, or their end behind a dash of dots where all of them are wider than ``width`` pixels.

    The end names the scene and the metal; the piece is in the title of the page.
    """
    shown = words
    while shown and font.getlength(shown if shown == words else f"… {shown}") > width:
        shown = shown[1:].lstrip()
    return shown if shown == words else f"… {shown}"


def save_sheets(pages: Iterable[tuple[str, Image.Image]], folder: Path) -> int:
    """Write each page, with its name, as a PNG, and all of them into ``contact-sheet.pdf``; how many there were.

    Pages are written as they come: hundreds of them would not fit into memory.
    """
    folder.mkdir(parents=True, exist_ok=True)
    document = folder / "contact-sheet.pdf"
    document.unlink(missing_ok=True)
    count = 0
    for name, page in pages:
        page.save(folder / f"{name}.png", compress_level=3)
        page.save(document, append=count > 0, resolution=_RESOLUTION, quality=_JPEG_QUALITY)
        count += 1
    return count
