"""Contact sheets: where cells and captions lie, which windows are looked at, and real sheets of a real sample."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFont

from devtools.contact_sheet.__main__ import main
from devtools.contact_sheet.cells import OWN_SCENES, Cell, edge_windows, over_chequers, sample_pictures
from devtools.contact_sheet.pages import Layout, draw_page, fitting, save_sheets

RED, BLUE = (200, 30, 30), (30, 30, 200)
LAYOUT = Layout(margin=10, gap=4, caption=20, title=30)


def _cell(colour: tuple[int, int, int], width: int = 60, height: int = 50) -> Cell:
    return Cell(Image.new("RGB", (width, height), colour), "Ring · Marble · Rose gold · Draft")


def test_page_has_room_for_every_cell_its_caption_and_the_title() -> None:
    rows = [[_cell(RED), _cell(BLUE)], [_cell(RED, height=40)]]
    page = draw_page("Ring", rows, LAYOUT)

    assert page.size == (10 + 60 + 4 + 60 + 10, 10 + 30 + (50 + 20) + 4 + (40 + 20) + 10)
    assert page.getpixel((10, 40)) == RED
    assert page.getpixel((133, 89)) == BLUE
    assert page.getpixel((72, 60)) not in (RED, BLUE)
    assert page.getpixel((10, 40 + 70 + 4)) == RED


def test_page_has_words_below_each_cell_and_none_on_it() -> None:
    page = np.asarray(draw_page("", [[_cell(RED, width=240)]], LAYOUT))

    assert (page[40:90, 10:250] == RED).all()
    assert page[92:110, 10:250].min() < 120


def test_page_without_captions_is_nothing_but_cells() -> None:
    bare = Layout(margin=0, gap=2, captioned=False)
    assert draw_page("Ring", [[_cell(RED), _cell(BLUE)]], bare).size == (122, 50)


def test_fitting_keeps_the_end_of_a_long_caption() -> None:
    font = ImageFont.load_default(11)
    words = "Halo ring three quarter photo · Marble · Rose gold · Draft"

    assert fitting(words, 1000, font) == words
    assert fitting(words, 150, font).startswith("… ")
    assert fitting(words, 150, font).endswith("Rose gold · Draft")
    assert font.getlength(fitting(words, 150, font)) <= 150


def test_edge_windows_lie_at_the_ends_of_the_piece_and_within_the_picture() -> None:
    covered = np.zeros((400, 500), dtype=np.bool_)
    covered[100:390, 200:300] = True
    windows = edge_windows(covered, 80)

    assert set(windows) == {"foot", "head", "right"}
    for left, top, right, bottom in windows.values():
        assert (right - left, bottom - top) == (80, 80)
        assert left >= 0
        assert top >= 0
        assert right <= 500
        assert bottom <= 400
    assert windows["foot"][3] == 400
    assert windows["head"][1] == 60
    assert windows["right"][0] < 299 < windows["right"][2]


def test_edge_windows_of_nothing_or_of_a_small_picture_are_still_windows() -> None:
    assert set(edge_windows(np.zeros((30, 40), dtype=np.bool_), 80).values()) <= {(5, 0, 35, 30)}


def test_over_chequers_shows_that_nothing_is_there() -> None:
    seen = np.asarray(over_chequers(Image.new("RGBA", (32, 32), (0, 0, 0, 0))))
    assert len(np.unique(seen)) == 2


def test_save_sheets_writes_each_page_and_a_document_of_all(tmp_path: Path) -> None:
    pages = [(f"{number}", draw_page("", [[_cell(RED)]], LAYOUT)) for number in range(3)]

    assert save_sheets(iter(pages), tmp_path / "sheets") == 3
    assert {path.name for path in (tmp_path / "sheets").iterdir()} == {"0.png", "1.png", "2.png", "contact-sheet.pdf"}
    document = (tmp_path / "sheets" / "contact-sheet.pdf").read_bytes()
    assert document.startswith(b"%PDF")
    assert b"/Count 3" in document


def test_sample_pictures_are_all_samples_and_no_masks() -> None:
    assert len(sample_pictures()) == 44


def test_contact_sheet_of_a_sample_has_a_sheet_and_its_edges(tmp_path: Path) -> None:
    asked = ["--to", str(tmp_path), "--pieces", "tennis-bracelet_three-quarter_photo", "--workers", "1"]
    recipe = ["--scenes", "white", "transparent", "--metals", "rose_gold"]
    code = main([*asked, *recipe, "--size", "120", "--crops", "500"])

    assert code == 0
    names = {path.name for path in tmp_path.iterdir()}
    sheet = "01_tennis-bracelet_three-quarter_photo"
    assert names == {f"{sheet}.png", f"{sheet}_edges.png", "contact-sheet.pdf"}
    with Image.open(tmp_path / f"{sheet}.png") as page:
        assert page.width == 2 * 120 + Layout().gap + 2 * Layout().margin


def test_contact_sheet_of_an_unknown_piece_is_wrong_use(tmp_path: Path) -> None:
    assert main(["--to", str(tmp_path), "--pieces", "tiara"]) == 2


@pytest.mark.parametrize("words", [["--scenes", "wine"], ["--crops", "20"], ["--workers", "9"]])
def test_contact_sheet_of_what_cannot_be_drawn_is_refused(words: list[str]) -> None:
    with pytest.raises(SystemExit):
        main(words)


def test_contact_sheet_knows_the_seven_scenes() -> None:
    assert len(OWN_SCENES) == 7
