"""Where everything is on the pages of a contact sheet: twelve images on paper, each with its words below.

Pure; any process.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dmdx_desktop.models.treatment import SHEET_IMAGES, SheetPage
from dmdx_desktop.workers.page_text import TextLine

DOTS_PER_INCH: Final = 200
POINTS_PER_INCH: Final = 72
MM_PER_INCH: Final = 25.4
PAPER_MM: Final = {SheetPage.A4: (210.0, 297.0), SheetPage.LETTER: (215.9, 279.4)}
COLUMNS: Final = 3
ROWS: Final = SHEET_IMAGES // COLUMNS
MARGIN_MM: Final = 12.0
GUTTER_MM: Final = 6.0
HEAD_MM: Final = 10.0
FOOT_MM: Final = 8.0
CAPTION_MM: Final = 11.0
ABOVE_TITLE_MM: Final = 1.5
ABOVE_WORDS_MM: Final = 6.1
TITLE_MM: Final = 3.4
TEXT_MM: Final = 2.8
INK: Final = 0.1
GREY: Final = 0.39


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the paper in points, ``top`` from its upper edge."""

    x: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """The layout of every page on one kind of paper."""

    page: SheetPage

    @property
    def paper(self) -> tuple[float, float]:
        """Width and height in points."""
        wide, high = PAPER_MM[self.page]
        return round(_points(wide), 2), round(_points(high), 2)

    @property
    def tile_pixels(self) -> tuple[int, int]:
        """Width and height of a picture."""
        wide, high = self._tile_mm
        return round(wide / MM_PER_INCH * DOTS_PER_INCH), round(high / MM_PER_INCH * DOTS_PER_INCH)

    def tiles(self) -> Iterator[Place]:
        """Where pictures are, row by row."""
        wide, high = self._tile_mm
        for number in range(SHEET_IMAGES):
            row, column = divmod(number, COLUMNS)
            x = MARGIN_MM + column * (wide + GUTTER_MM)
            top = MARGIN_MM + HEAD_MM + row * (high + CAPTION_MM + GUTTER_MM)
            yield Place(_points(x), _points(top), _points(wide), _points(high))

    def lines(self, heading: str, captions: Sequence[tuple[str, str]], foot: str) -> list[TextLine]:
        """The words of a page in the order in which they are read: ``captions`` are titles and what is below them."""
        margin, (wide, high) = _points(MARGIN_MM), PAPER_MM[self.page]
        room = _points(wide - 2 * MARGIN_MM)
        found = [TextLine(heading, margin, margin, _points(TITLE_MM), room, INK, is_strong=True)]
        for (title, words), place in zip(captions, self.tiles(), strict=False):
            below, x = place.top + place.height, place.x
            top = below + _points(ABOVE_TITLE_MM)
            found.append(TextLine(title, x, top, _points(TITLE_MM), place.width, INK, is_strong=True))
            found.append(TextLine(words, x, below + _points(ABOVE_WORDS_MM), _points(TEXT_MM), place.width, GREY))
        found.append(TextLine(foot, margin, _points(high - MARGIN_MM), _points(TEXT_MM), room, GREY))
        return found

    @property
    def _tile_mm(self) -> tuple[float, float]:
        wide, high = PAPER_MM[self.page]
        across = (wide - 2 * MARGIN_MM - (COLUMNS - 1) * GUTTER_MM) / COLUMNS
        down = (high - 2 * MARGIN_MM - HEAD_MM - FOOT_MM - (ROWS - 1) * GUTTER_MM) / ROWS
        return across, down - CAPTION_MM


def _points(millimetres: float) -> float:
    return millimetres / MM_PER_INCH * POINTS_PER_INCH
