"""Folded groups: they are folded again in the next window, whatever they are called by then, and no name is kept."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.library.image_order import Grouping, Sorting
from dmdx_desktop.ui.folding_memory import FoldingMemory, found_again, mark_of
from dmdx_desktop.ui.preferences import preferences_file
from dmdx_desktop.ui.remembered import LONGEST_KEY, MOST_FOLDED
from dmdx_desktop.ui.top_bar import Workspace
from dmdx_desktop.ui.widgets.folding_grid import FoldingGrid, KnownBy
from dmdx_desktop.ui.widgets.section_layout import Measures
from tests.ui.made_libraries import SAMPLES, MadeLibraries
from tests.ui.shown_windows import LONG_MS, shown_window
from tests.ui.test_gallery import six_images

MEASURES = Measures(cell_width=100, cell_height=100, heading=30)


@pytest.fixture
def grid(qtbot: QtBot) -> FoldingGrid:
    made = FoldingGrid(MEASURES)
    qtbot.addWidget(made)
    made.setModel(QStringListModel([str(number) for number in range(1000)], made))
    return made


def _folded(grid: FoldingGrid) -> set[str]:
    return {name for at, (name, _) in enumerate(grid.sections) if grid.is_folded(at)}


def _group(built: Window, qtbot: QtBot, grouping: Grouping, count: int) -> FoldingGrid:
    gallery = built.window.gallery
    built.window.show_workspace(Workspace.GALLERY)
    gallery.filters.order.choose(Sorting.NEWEST, grouping)
    grid = gallery.grid
    qtbot.waitUntil(lambda: len(grid.sections) == count and grid.known_by.scope == grouping.value, timeout=LONG_MS)
    return grid


def test_folded_groups_of_the_gallery_are_folded_again_in_the_next_window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries
) -> None:
    basedir = tmp_path / "library"
    made_libraries.copy(six_images, basedir)
    with shown_window(qapp, qtbot, basedir) as built:
        grid = _group(built, qtbot, Grouping.SCENE, 3)
        grid.toggle_section([name for name, _ in grid.sections].index("Marble"))
        grid = _group(built, qtbot, Grouping.PIECE, 2)
        assert _folded(grid) == set()
        grid.toggle_section(1)
        piece = grid.sections[1][0]
        file = preferences_file(built.parts.paths)
    kept = file.read_text(encoding="utf-8")
    assert len(json.loads(kept)["folded_images"]) == 2
    assert piece not in kept, "of a piece that is deleted no name stays"
    with shown_window(qapp, qtbot, basedir) as built:
        grid = _group(built, qtbot, Grouping.PIECE, 2)
        assert _folded(grid) == {piece}
        grid.toggle_section([name for name, _ in grid.sections].index(piece))
        assert _folded(_group(built, qtbot, Grouping.SCENE, 3)) == {"Marble"}
    with shown_window(qapp, qtbot, basedir) as built:
        assert _folded(_group(built, qtbot, Grouping.PIECE, 2)) == set()
        assert _folded(_group(built, qtbot, Grouping.SCENE, 3)) == {"Marble"}


def test_folded_groups_of_pieces_are_folded_again_and_the_first_piece_shown_is_another(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    for folder, name in (("Rings", "halo-ring_top.png"), ("Bands", "solitaire-ring_top.png")):
        (tmp_path / folder).mkdir()
        shutil.copy(SAMPLES / name, tmp_path / folder)
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        built.window.attendants.adding.add([str(tmp_path / "Rings"), str(tmp_path / "Bands")])
        pieces = built.window.studio.pieces
        qtbot.waitUntil(lambda: len(pieces.list.sections) == 2 and len(pieces.model.keys) == 2, timeout=LONG_MS)
        pieces.list.toggle_section(0)
        name = pieces.list.sections[0][0]
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        pieces = built.window.studio.pieces
        qtbot.waitUntil(lambda: len(pieces.list.sections) == 2, timeout=LONG_MS)
        assert _folded(pieces.list) == {name}
        assert pieces.selected_keys() == [pieces.model.keys[1]]


def test_group_that_is_called_otherwise_the_next_day_stays_folded(grid: FoldingGrid) -> None:
    grid.set_sections([("Today", 1), ("12 May 2026", 1)], KnownBy("day", ("2026-05-20", "2026-05-12")))
    grid.toggle_section(0)
    grid.set_sections([("Today", 1), ("Yesterday", 1)], KnownBy("day", ("2026-05-21", "2026-05-20")))

    assert _folded(grid) == {"Yesterday"}


def test_groups_of_one_name_are_told_apart_by_their_number_and_by_what_groups_them(grid: FoldingGrid) -> None:
    grid.set_sections([("Velvet", 1), ("Velvet", 1)], KnownBy("piece"))
    grid.toggle_section(1)
    assert grid.folded_sections() == frozenset({1})
    grid.set_sections([("Velvet", 1), ("Velvet", 1)], KnownBy("scene"))
    assert grid.folded_sections() == frozenset()
    grid.toggle_section(0)
    grid.unfold_all()
    grid.set_sections([("Velvet", 1), ("Velvet", 1)], KnownBy("piece"))
    assert grid.folded_sections() == frozenset({1}), "what is grouped otherwise stays as it is"


def test_groups_that_were_folded_longest_ago_are_forgotten_first(grid: FoldingGrid) -> None:
    kept: list[tuple[str, ...]] = []
    FoldingMemory(grid, (), kept.append)
    grid.set_sections([(f"Piece {number}", 1) for number in range(MOST_FOLDED + 5)])
    for section in range(MOST_FOLDED + 5):
        grid.toggle_section(section)

    assert max(map(len, kept)) == MOST_FOLDED
    assert kept[-1][-1] == mark_of(("", f"Piece {MOST_FOLDED + 4}", 0))
    assert mark_of(("", "Piece 4", 0)) not in kept[-1]
    assert mark_of(("", "Piece 5", 0)) in kept[-1]


def test_group_that_is_shown_again_before_it_was_read_stays_shown(grid: FoldingGrid) -> None:
    mark = mark_of(("", "Rings", 0))
    memory = FoldingMemory(grid, (mark,), lambda marks: None)
    asked = memory.awaited("")
    grid.set_sections([("Rings", 1)])
    grid.toggle_section(0)
    grid.toggle_section(0)

    assert not memory.take("", found_again(asked, "", ["Rings"]), are_all=True)
    assert grid.folded_names == ()


def test_group_that_is_kept_back_is_awaited_and_one_that_is_gone_is_not(grid: FoldingGrid) -> None:
    kept: list[tuple[str, ...]] = []
    rings, other = mark_of(("", "Rings", 0)), mark_of(("scene", "marble", 0))
    memory = FoldingMemory(grid, (rings, other), kept.append)
    grid.set_sections([("Bands", 1)])
    memory.take("", {}, are_all=False)
    grid.toggle_section(0)
    memory.take("", {}, are_all=True)
    grid.toggle_section(0)

    assert kept == [(rings, other, mark_of(("", "Bands", 0))), (other,)]


@given(st.text(max_size=2_000), st.sampled_from([grouping.value for grouping in Grouping]), st.integers(0, 10**7))
def test_mark_is_short_whatever_the_name(words: str, scope: str, number: int) -> None:
    assert len(mark_of((scope, words, number))) <= LONGEST_KEY
