"""Pages of a contact sheet: twelve images on paper, each with its words below. Runs in picture processes.

One page at a time, and one image of it at a time: hundreds of images need no more memory than one.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from PIL import Image, ImageDraw
from pydantic import BaseModel, ConfigDict, Field

from dmdx_desktop.imaging.icc import srgb_profile
from dmdx_desktop.imaging.lettering import Lettering
from dmdx_desktop.models.treatment import SHEET_IMAGES, SheetPage

DOTS_PER_INCH: Final = 200
PAPER_MM: Final = {SheetPage.A4: (210.0, 297.0), SheetPage.LETTER: (215.9, 279.4)}
COLUMNS: Final = 3
ROWS: Final = SHEET_IMAGES // COLUMNS
MARGIN_MM: Final = 12.0
GUTTER_MM: Final = 6.0
HEAD_MM: Final = 10.0
FOOT_MM: Final = 8.0
CAPTION_MM: Final = 11.0
TITLE_MM: Final = 3.4
TEXT_MM: Final = 2.8
QUALITY: Final = 90
PAPER: Final = (255, 255, 255)
INK: Final = (26, 26, 26)
GREY: Final = (99, 99, 99)
TILE: Final = (240, 240, 240)
ELLIPSIS: Final = "…"
_Line = Annotated[str, Field(max_length=300)]


class SheetImage(BaseModel):
    """One image and what is written below it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path
    title: _Line
    words: _Line


class SheetPageRequest(BaseModel):
    """The arguments of ``sheet_page``; ``number`` counts from one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    page: SheetPage
    number: int = Field(ge=1)
    pages: int = Field(ge=1)
    heading: _Line
    images: tuple[SheetImage, ...] = Field(min_length=1, max_length=SHEET_IMAGES)


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page as a JPEG file."""

    width: int
    height: int
    jpeg: bytes


def sheet_page(request: SheetPageRequest, resources: Path, opened: Callable[[Path], Image.Image]) -> DrawnPage:
    """Draw one page; ``opened`` decodes an image, upright and in sRGB."""
    wide, high = PAPER_MM[request.page]
    page = Image.new("RGB", (_dots(wide), _dots(high)), PAPER)
    pen = _Pen(page, resources / "fonts")
    left, right = _dots(MARGIN_MM), page.width - _dots(MARGIN_MM)
    pen.write((left, _dots(MARGIN_MM)), request.heading, _dots(TITLE_MM), INK, right - left, strong=True)
    foot = f"{request.number} / {request.pages}"
    pen.write((left, page.height - _dots(MARGIN_MM)), foot, _dots(TEXT_MM), GREY, right - left)
    cell_wide = (wide - 2 * MARGIN_MM - (COLUMNS - 1) * GUTTER_MM) / COLUMNS
    cell_high = (high - 2 * MARGIN_MM - HEAD_MM - FOOT_MM - (ROWS - 1) * GUTTER_MM) / ROWS
    for place, image in enumerate(request.images):
        row, column = divmod(place, COLUMNS)
        x = _dots(MARGIN_MM + column * (cell_wide + GUTTER_MM))
        y = _dots(MARGIN_MM + HEAD_MM + row * (cell_high + GUTTER_MM))
        size = (_dots(cell_wide), _dots(cell_high - CAPTION_MM))
        page.paste(_tile(opened(image.path), size), (x, y))
        below = y + size[1] + _dots(1.5)
        pen.write((x, below), image.title, _dots(TITLE_MM), INK, size[0], strong=True)
        pen.write((x, below + _dots(4.6)), image.words, _dots(TEXT_MM), GREY, size[0])
    stream = io.BytesIO()
    page.save(stream, "JPEG", quality=QUALITY, subsampling="4:4:4", icc_profile=srgb_profile())
    return DrawnPage(page.width, page.height, stream.getvalue())


def _dots(millimetres: float) -> int:
    return round(millimetres / 25.4 * DOTS_PER_INCH)


def _tile(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The whole image, fitted into a tile of even grey."""
    scale = min(size[0] / image.width, size[1] / image.height)
    fitted = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    if image.mode == "RGBA":
        shown = image.convert("RGBa").resize(fitted, Image.Resampling.LANCZOS).convert("RGBA")
    else:
        shown = image.resize(fitted, Image.Resampling.LANCZOS)
    tile = Image.new("RGB", size, TILE)
    at = ((size[0] - fitted[0]) // 2, (size[1] - fitted[1]) // 2)
    tile.paste(shown, at, shown.getchannel("A") if shown.mode == "RGBA" else None)
    return tile


class _Pen:
    """Writes lines of text, each letter in the file of the font that has it."""

    def __init__(self, page: Image.Image, fonts: Path) -> None:
        self._draw = ImageDraw.Draw(page)
        self._letters = Lettering(fonts)

    def write(
        self,
        at: tuple[int, int],
        text: str,
        pixels: int,
        colour: tuple[int, int, int],
        room: int,
        *,
        strong: bool = False,
    ) -> None:
        """One line, shortened to ``room`` pixels."""
        weight = "SemiBold" if strong else "Regular"
        self._letters.write(self._draw, at, self._shortened(text, pixels, weight, room), pixels, weight, colour)

    def _shortened(self, text: str, pixels: int, weight: str, room: int) -> str:
        if self._letters.length(text, pixels, weight) <= room:
            return text
        while text and self._letters.length(text + ELLIPSIS, pixels, weight) > room:
            text = text[:-1]
        return text.rstrip() + ELLIPSIS
