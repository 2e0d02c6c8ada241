"""Pages of a contact sheet: their words are text of the bundled font, their images are pictures of their own."""

import io
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont

from dmdx_desktop.config import resources_folder
from dmdx_desktop.errors import UsageError
from dmdx_desktop.imaging.sheet_tiles import SheetTilesRequest, sheet_tiles
from dmdx_desktop.models.treatment import SHEET_IMAGES, SheetPage
from dmdx_desktop.workers.font_file import NO_GLYPH, FontFile
from dmdx_desktop.workers.page_file import PageFile, PagePicture
from dmdx_desktop.workers.page_text import ELLIPSIS, REGULAR, STRONG, PageText, TextLine
from dmdx_desktop.workers.sheet_layout import SheetLayout
from tests.pdf_pages import ReadPage, read_pages

FONTS = resources_folder() / "fonts"
CREATED = 1_764_400_000_000
WRITTEN = ("Solitaire “Aurora”", "Кольцо Заря", "Δαχτυλίδι Ηώς", "Pierścień Żółć", "Ring (3) \\ <x>", "指輪 No 5")


def _jpeg(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(stream, "JPEG")
    return stream.getvalue()


def _written(file: Path, pages: list[list[str]], page: SheetPage = SheetPage.A4) -> list[ReadPage]:
    layout = SheetLayout(page)
    pdf = PageFile(file, layout.paper, FONTS, created_at=CREATED)
    pdf.open()
    for number, titles in enumerate(pages, 1):
        pictures = [PagePicture(_jpeg(40, 30), 40, 30, place) for place, _ in zip(layout.tiles(), titles, strict=False)]
        lines = layout.lines("Contact sheet", [(title, "Marble · 01") for title in titles], f"{number} / {len(pages)}")
        pdf.add(pictures, lines)
    pdf.end()
    return read_pages(file.read_bytes())


def test_words_of_a_page_are_text_in_the_order_in_which_they_are_read(tmp_path: Path) -> None:
    first, second = _written(tmp_path / "sheet.pdf", [list(WRITTEN), ["Last"]])

    captions = [line for title in WRITTEN for line in (title, "Marble · 01")]
    assert first.lines == ("Contact sheet", *captions, "1 / 2")
    assert second.lines == ("Contact sheet", "Last", "Marble · 01", "2 / 2")


def test_images_of_a_page_are_pictures_of_their_own(tmp_path: Path) -> None:
    (page,) = _written(tmp_path / "sheet.pdf", [["One", "Two", "Three"]])

    assert len(page.pictures) == 3
    for picture in page.pictures:
        with Image.open(io.BytesIO(picture)) as opened:
            assert (opened.format, opened.size) == ("JPEG", (40, 30))


def test_same_pictures_and_words_give_the_same_bytes(tmp_path: Path) -> None:
    _written(tmp_path / "one.pdf", [list(WRITTEN)])
    _written(tmp_path / "two.pdf", [list(WRITTEN)])

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_title_that_is_too_long_is_shortened_to_its_room(tmp_path: Path) -> None:
    (page,) = _written(tmp_path / "sheet.pdf", [["Halo ring with a blue stone and a shank of pavé " * 5]])

    assert page.lines[1].endswith(ELLIPSIS)
    place = next(SheetLayout(SheetPage.A4).tiles())
    size = SheetLayout(SheetPage.A4).lines("", [("x", "")], "")[1].size
    assert 0.9 * place.width < PageText(FONTS).length(page.lines[1], size, STRONG) <= place.width


@given(st.lists(st.text(max_size=20), min_size=1, max_size=SHEET_IMAGES))
def test_titles_come_back_whatever_is_in_them(tmp_path_factory: pytest.TempPathFactory, titles: list[str]) -> None:
    short = [title[:8] for title in titles]
    (page,) = _written(tmp_path_factory.mktemp("pages") / "sheet.pdf", [short])

    assert [line for line in page.lines if line not in ("Contact sheet", "Marble · 01", "1 / 1")] == [
        title for title in short if title and title not in ("Contact sheet", "Marble · 01", "1 / 1")
    ]


@pytest.mark.parametrize("page", list(SheetPage))
def test_everything_is_on_the_paper_and_nothing_on_anything_else(page: SheetPage) -> None:
    layout = SheetLayout(page)
    wide, high = layout.paper
    tiles = list(layout.tiles())
    lines = layout.lines("Heading", [("Title", "Words")] * SHEET_IMAGES, "1 / 1")
    rows = sorted({(line.top, line.top + line.size) for line in lines} | {(t.top, t.top + t.height) for t in tiles})

    assert len(tiles) == SHEET_IMAGES
    assert all(before[1] <= after[0] for before, after in pairwise(rows))
    assert rows[0][0] > 0
    assert rows[-1][1] < high
    assert all(each.x > 0 and each.x + each.width < wide for each in tiles)
    assert all(line.x + line.room < wide for line in lines)
    across, down = layout.tile_pixels
    assert across / down == pytest.approx(tiles[0].width / tiles[0].height, rel=0.01)


@pytest.mark.parametrize("file", sorted(FONTS.glob("*.ttf")), ids=lambda path: path.stem)
def test_glyphs_are_as_wide_as_another_reader_of_the_font_says(file: Path) -> None:
    font = FontFile(file)
    other = ImageFont.truetype(str(file), 1000, layout_engine=ImageFont.Layout.BASIC)
    letters = [chr(code) for code in (*range(0x20, 0x250), *range(0x370, 0x530)) if font.glyph(chr(code)) != NO_GLYPH]

    assert len(letters) > 50
    # The other one fits letters to pixels, and gives some composed letters the width of one of their parts.
    differing = [one for one in letters if abs(font.width(font.glyph(one)) - other.getlength(one)) > 3]
    assert len(differing) <= len(letters) / 50, differing
    assert font.ascent == other.getmetrics()[0]


@pytest.mark.parametrize("content", [b"", b"\0\1\0\0", b"\0\1\0\0\0\1" + bytes(40), b"not a font at all" * 9])
def test_font_that_is_damaged_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "Inter-Regular.ttf").write_bytes(content)

    with pytest.raises(UsageError, match="cannot be written"):
        PageText(tmp_path).drawn(TextLine("Ring", 0, 0, 10, 100, 0), 800)
    with pytest.raises(UsageError, match="cannot be written"):
        PageText(tmp_path / "nowhere").length("Ring", 10, REGULAR)


def test_tile_shows_the_whole_image_on_even_grey(tmp_path: Path) -> None:
    Image.new("RGBA", (80, 40), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    Image.new("RGB", (80, 40), (255, 0, 0)).save(tmp_path / "red.png")
    request = SheetTilesRequest(width=60, height=60, paths=(tmp_path / "clear.png", tmp_path / "red.png"))
    clear, red = (Image.open(io.BytesIO(jpeg)) for jpeg in sheet_tiles(request, Image.open))

    assert clear.size == red.size == (60, 60)
    assert clear.getextrema() == ((240, 240),) * 3
    assert red.getpixel((30, 5)) == (240, 240, 240)
    middle = red.getpixel((30, 30))
    assert isinstance(middle, tuple)
    assert middle[0] > 250
    assert max(middle[1:]) < 5
