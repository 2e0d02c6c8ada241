"""The gallery over a real core and library: what is filtered, marked, collected and handed out."""

import time
from array import array
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.library.catalogue import ImageCard, image_cards
from dmdx_desktop.library.image_order import Grouping, Sorting
from dmdx_desktop.models.choices import SceneId
from dmdx_desktop.models.gestures import MarkImages, PlanDeletion
from dmdx_desktop.models.ids import OutputId
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.ui.gallery.filter_bar import LARGEST
from dmdx_desktop.ui.gallery.gallery_page import CALM_MS, GalleryPage
from dmdx_desktop.ui.gallery.group_names import group_name
from dmdx_desktop.ui.gallery.image_grid import ImageGrid
from dmdx_desktop.ui.gallery.marking import Mark, Marking
from dmdx_desktop.ui.image_words import announced_image
from dmdx_desktop.ui.keyed_model import KeyedModel, order_change
from dmdx_desktop.ui.top_bar import Workspace
from tests.ui.made_libraries import MadeLibraries, make_images
from tests.ui.shown_windows import LONG_MS, shown_window

pytestmark = pytest.mark.by_turns("the gallery in the window", of=8)

RECIPE = Recipe.model_validate({"scenes": ("white", "marble", "black_velvet"), "size": 320})


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries) -> Iterator[Window]:
    """A window on a library with three images of each of two pieces, the gallery in view."""
    made_libraries.copy(six_images, tmp_path / "library")
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        built.window.show_workspace(Workspace.GALLERY)
        _wait_for_cards(built.window.gallery, qtbot)
        yield built


def six_images(built: Window, qtbot: QtBot) -> None:
    """Three images of each of two pieces."""
    make_images(built, qtbot, RECIPE, "halo-ring_top.png", "solitaire-ring_top.png")


def _wait_for_cards(gallery: GalleryPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(gallery.model.keys) == 6 and len(gallery.grid.sections) == 2, timeout=LONG_MS)
    qtbot.waitUntil(lambda: _cards_known(gallery), timeout=LONG_MS)


def _cards_known(gallery: GalleryPage) -> bool:
    gallery.grid.viewport().update()
    return all(gallery.model.known(key) is not None for key in gallery.model.keys)


def _ratings(gallery: GalleryPage) -> list[int]:
    cards = [gallery.model.known(key) for key in gallery.model.keys]
    return [-1 if card is None else card.rating for card in cards]


def _stored(window: Window, column: str, qtbot: QtBot) -> list[object]:
    """What the library says, newest image first."""
    found: list[list[object]] = []
    question = f"SELECT {column} FROM output ORDER BY key DESC"
    window.parts.source.ask(
        window.window, lambda connection: [value for (value,) in connection.execute(question)], found.append
    )
    qtbot.waitUntil(lambda: bool(found), timeout=LONG_MS)
    return found[0]


def _wait_stored(window: Window, column: str, wanted: list[object], qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: sorted(map(str, _stored(window, column, qtbot))) == sorted(map(str, wanted)), timeout=LONG_MS
    )


def test_images_that_come_in_numbers_move_the_grid_now_and_then_and_known_ones_at_once(window: Window) -> None:
    gallery = window.window.gallery
    newest = max(gallery.model.keys)
    gallery._reading.stop()
    gallery.read_all()

    gallery.take_changes({"output": {newest + 1}})
    assert gallery._reading.remainingTime() > CALM_MS // 2
    gallery.take_changes({"output": {newest}})

    assert gallery._reading.remainingTime() < CALM_MS // 4


def test_scene_filter_is_a_chip_that_its_x_takes_away(window: Window, qtbot: QtBot) -> None:
    gallery = window.window.gallery
    scene = gallery.filters.scene
    scene.choose(SceneId.MARBLE.value)
    qtbot.waitUntil(lambda: len(gallery.model.keys) == 2, timeout=LONG_MS)
    assert scene.is_active
    assert scene.text() == "Scene: Marble"
    assert gallery.filters.clear_button.isVisible()
    QTest.mouseClick(scene, Qt.MouseButton.LeftButton, pos=QPoint(scene.width() - 12, scene.height() // 2))

    qtbot.waitUntil(lambda: len(gallery.model.keys) == 6, timeout=LONG_MS)
    assert scene.text() == "Scene"
    assert gallery.filters.clear_button.isHidden()


def test_search_without_a_match_says_so_and_clear_filters_brings_everything_back(window: Window, qtbot: QtBot) -> None:
    gallery = window.window.gallery
    QTest.keyClicks(gallery.filters.search, "halo")
    qtbot.waitUntil(lambda: len(gallery.model.keys) == 3, timeout=LONG_MS)
    QTest.keyClicks(gallery.filters.search, "zzz")
    qtbot.waitUntil(lambda: gallery._no_match.isVisible(), timeout=LONG_MS)
    QTest.mouseClick(gallery._no_match.clear, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: len(gallery.model.keys) == 6 and gallery.grid.isVisible(), timeout=LONG_MS)
    assert not gallery.filters.search.text()


def test_images_made_today_pass_the_date_filter_and_stand_under_today(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    # Images that come while the gallery is in view: a copy of a library might be yesterday's.
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        gallery = built.window.gallery
        built.window.show_workspace(Workspace.GALLERY)
        six_images(built, qtbot)
        _wait_for_cards(gallery, qtbot)
        gallery.filters.order.choose(Sorting.OLDEST, Grouping.DAY)
        qtbot.waitUntil(lambda: gallery.grid.sections == (("Today", 6),), timeout=LONG_MS)
        assert list(gallery.model.keys) == sorted(gallery.model.keys)
        gallery.filters.made.choose(0)
        gallery.filters.order.choose(Sorting.OLDEST, Grouping.SCENE)
        qtbot.waitUntil(
            lambda: {name for name, _ in gallery.grid.sections} == {"White", "Marble", "Velvet"}, timeout=LONG_MS
        )
        assert len(gallery.model.keys) == 6


def test_groups_are_called_as_people_call_them() -> None:
    today = date(2026, 3, 1)
    assert group_name("2026-02-28", Grouping.DAY, today) == "Yesterday"
    assert group_name("2026-01-09", Grouping.DAY, today) == "9 January 2026"
    assert group_name("white_gold", Grouping.METAL, today) == "White gold"
    assert group_name("black_velvet", Grouping.SCENE, today) == "Velvet"
    assert group_name("Ring 2026-02-28", Grouping.PIECE, today) == "Ring 2026-02-28"


def test_heading_selects_its_group_and_the_status_says_how_many(window: Window, qtbot: QtBot) -> None:
    gallery = window.window.gallery
    said: list[str] = []
    gallery.counted.connect(said.append)
    viewport = gallery.grid.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(viewport.width() - 40, 20))

    qtbot.waitUntil(lambda: "6 images · 3 selected" in said, timeout=LONG_MS)
    assert gallery.selected_keys() == gallery.model.keys[:3]


def test_heading_folds_its_group_and_nothing_hidden_is_selected_or_walked_through(window: Window, qtbot: QtBot) -> None:
    gallery, keys = window.window.gallery, window.window.gallery.model.keys
    grid = gallery.grid
    grid.setFocus()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    assert grid.is_folded(0)
    assert grid.accessibleDescription() == f"Folded: {grid.sections[0][0]}"
    assert list(grid.cells_in_view()) == [3, 4, 5]
    grid.selectAll()
    assert gallery.selected_keys() == keys[3:]
    QTest.keyClick(grid, Qt.Key.Key_Home)
    assert grid.currentIndex().row() == 3
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert grid.currentIndex().row() == 3
    QTest.keyClick(grid, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert gallery.selected_keys() == keys[3:]
    gallery.show_image(keys[1])
    assert not grid.has_folded, "what is shown comes out of its group"
    assert gallery.selected_keys() == keys[1:2]


def test_group_is_folded_by_key_and_shown_by_menu_with_its_selection(window: Window, qtbot: QtBot) -> None:
    gallery = window.window.gallery
    grid = gallery.grid
    gallery.show_image(gallery.model.keys[4])
    QTest.keyClick(grid, Qt.Key.Key_G)
    assert grid.is_folded(1)
    assert gallery.selected_keys() == gallery.model.keys[4:5]
    by_words = {action.text(): action for action in gallery.made_menu().actions()}
    assert "Show this group" in by_words
    by_words["Show every group"].trigger()
    assert not grid.has_folded
    QTest.keyClick(grid, Qt.Key.Key_G)
    QTest.keyClick(grid, Qt.Key.Key_G)
    assert not grid.has_folded


def test_folded_group_stays_folded_and_nothing_jumps_when_images_go(window: Window, qtbot: QtBot) -> None:
    gallery = window.window.gallery
    grid = gallery.grid
    window.window.resize(960, 600)
    grid.toggle_section(1)
    name = grid.sections[1][0]
    card = gallery.model.card(0)
    assert card is not None
    window.parts.bridge.send(PlanDeletion(outputs=(OutputId(card.id),)))
    # Whichever group has the newest image now comes first.
    qtbot.waitUntil(lambda: sorted(count for _, count in grid.sections) == [2, 3], timeout=LONG_MS)
    at = next(at for at, (one, _) in enumerate(grid.sections) if one == name)
    assert grid.folded_sections() == frozenset({at})


def test_group_among_a_hundred_thousand_is_folded_at_once_and_its_heading_stays(qtbot: QtBot, window: Window) -> None:
    model: KeyedModel[ImageCard] = KeyedModel(window.parts.source, image_cards, announced_image)
    grid = ImageGrid(window.parts.look, model)
    qtbot.addWidget(grid)
    grid.resize(900, 600)
    grid.show()
    many = array("q", range(1, 1_000_001))
    model.replace(many, order_change(model.keys, many))
    grid.set_sections([(f"Piece {number}", 10) for number in range(100_000)])
    grid.scrollTo(model.index(500_005, 0), QAbstractItemView.ScrollHint.PositionAtTop)
    section = grid.sections.index(("Piece 50000", 10))
    heading = next(y for y in range(600) if grid.heading_at(QPoint(40, y)) == section)
    began = time.perf_counter()
    grid.toggle_section(section)
    took = time.perf_counter() - began
    assert grid.is_folded(section)
    assert grid.heading_at(QPoint(40, heading + 5)) == section
    grid.toggle_section(section)
    assert grid.indexAt(QPoint(100, heading + 120)).row() in range(500_000, 500_010)
    assert took < 0.25, "a hundred thousand groups are laid out, whatever is in them"


def test_rating_of_a_selection_is_undone_to_what_each_image_had(window: Window, qtbot: QtBot) -> None:
    gallery, history = window.window.gallery, window.parts.history
    gallery.show_image(gallery.model.keys[0])
    QTest.keyClick(gallery.grid, Qt.Key.Key_2)
    _wait_stored(window, "rating", [2, 0, 0, 0, 0, 0], qtbot)
    gallery.grid.selectAll()
    QTest.keyClick(gallery.grid, Qt.Key.Key_5)
    assert _ratings(gallery) == [5] * 6, "shown at once"
    _wait_stored(window, "rating", [5] * 6, qtbot)
    history.undo()
    _wait_stored(window, "rating", [2, 0, 0, 0, 0, 0], qtbot)
    assert _stored(window, "rating", qtbot)[list(gallery.model.keys).index(max(gallery.model.keys))] == 2
    history.redo()

    _wait_stored(window, "rating", [5] * 6, qtbot)


def test_marks_of_several_blocks_are_made_and_undone_whole(window: Window, qtbot: QtBot) -> None:
    gallery, history = window.window.gallery, window.parts.history
    marking = Marking(window.parts, gallery.model, gallery, block=2)
    keys = array("q", gallery.model.keys)
    marking.mark(keys[1:4], Mark(flag="reject"))
    _wait_stored(window, "flag", [*["none"] * 3, *["reject"] * 3], qtbot)
    marking.mark(keys, Mark(flag="pick"))
    _wait_stored(window, "flag", ["pick"] * 6, qtbot)
    history.undo()

    _wait_stored(window, "flag", [*["none"] * 3, *["reject"] * 3], qtbot)
    by_key = dict(zip(sorted(keys, reverse=True), _stored(window, "flag", qtbot), strict=True))
    assert [by_key[key] for key in keys] == ["none", "reject", "reject", "reject", "none", "none"]


def test_marks_do_not_flicker_while_they_are_confirmed_block_by_block(window: Window, qtbot: QtBot) -> None:
    gallery, history = window.window.gallery, window.parts.history
    marking = Marking(window.parts, gallery.model, gallery, block=1)
    keys = array("q", gallery.model.keys)
    seen: list[list[int]] = []
    gallery.model.arrived.connect(lambda: seen.append(_ratings(gallery)))
    reading = QTimer(interval=1)
    reading.timeout.connect(lambda: _read_again(gallery))  # as where very much changes at once
    reading.start()
    deeds: list[tuple[Callable[[], None], list[int]]] = [
        (lambda: marking.mark(keys, Mark(rating=5)), [5] * 6),
        (lambda: marking.mark(keys[2:3], Mark(rating=1)), [5, 5, 1, 5, 5, 5]),
        (lambda: marking.mark(keys, Mark(rating=4)), [4] * 6),
        (history.undo, [5, 5, 1, 5, 5, 5]),
        (history.undo, [5] * 6),
        (history.undo, [0] * 6),
    ]
    for deed, wanted in deeds:
        deed()
        seen.clear()
        assert _ratings(gallery) == wanted, "shown at once"
        _wait_stored(window, "rating", list(wanted), qtbot)
        qtbot.waitUntil(lambda: len(seen) > 20, timeout=LONG_MS)
        assert all(ratings == wanted for ratings in seen)


def test_marks_taken_back_before_they_were_asked_for_are_held_no_longer(window: Window, qtbot: QtBot) -> None:
    gallery, history = window.window.gallery, window.parts.history
    marking = Marking(window.parts, gallery.model, gallery, block=1)
    marking.mark(array("q", gallery.model.keys), Mark(rating=5))
    history.undo()
    history.redo()
    history.undo()
    qtbot.waitUntil(lambda: _cards_known(gallery) and _ratings(gallery) == [0] * 6, timeout=LONG_MS)
    ids = [card.id for key in gallery.model.keys if (card := gallery.model.known(key)) is not None]
    window.parts.bridge.send(MarkImages.model_validate({"outputs": ids, "rating": 2}))

    _wait_stored(window, "rating", [2] * 6, qtbot)
    qtbot.waitUntil(lambda: _read_again(gallery) or _ratings(gallery) == [2] * 6, timeout=LONG_MS)


def _read_again(gallery: GalleryPage) -> bool:
    """Ask for every card anew; false, as what comes is not there yet."""
    gallery.model.refresh(None)
    for row in range(len(gallery.model.keys)):
        gallery.model.card(row)
    return False


def test_mark_that_is_undone_at_once_leaves_what_was_there(window: Window, qtbot: QtBot) -> None:
    gallery, history = window.window.gallery, window.parts.history
    gallery.grid.selectAll()
    gallery.rate(3)
    history.undo()
    qtbot.waitUntil(lambda: _cards_known(gallery) and _ratings(gallery) == [0] * 6, timeout=LONG_MS)
    gallery.rate(4)

    _wait_stored(window, "rating", [4] * 6, qtbot)


def test_menu_over_images_rates_what_is_selected(window: Window, qtbot: QtBot) -> None:
    gallery = window.window.gallery
    gallery.show_image(gallery.model.keys[0])
    menu = gallery.made_menu()
    entries = {action.text(): action for action in menu.actions()}
    assert {"Compare", "Copy", "Export image…", "Add to collection", "Delete image…"} <= entries.keys()
    assert not entries["Compare"].isEnabled(), "one image alone is compared with nothing"
    ratings = entries["Rating"].menu()
    assert isinstance(ratings, QMenu)
    next(action for action in ratings.actions() if action.text() == "3 stars").trigger()

    _wait_stored(window, "rating", [3, 0, 0, 0, 0, 0], qtbot)


def test_flag_key_picks_and_the_pick_filter_shows_what_was_picked(window: Window, qtbot: QtBot) -> None:
    gallery = window.window.gallery
    key = gallery.model.keys[1]
    gallery.show_image(key)
    QTest.keyClick(gallery.grid, Qt.Key.Key_P)
    _wait_stored(window, "flag", ["pick", *["none"] * 5], qtbot)
    QTest.mouseClick(next(iter(gallery.filters.flags.values())), Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: list(gallery.model.keys) == [key], timeout=LONG_MS)


def test_images_put_into_a_new_collection_are_found_by_it_and_taken_out_again(window: Window, qtbot: QtBot) -> None:
    gallery = window.window.gallery
    keys = gallery.model.keys[:2]
    gallery.collecting.ask_name(keys)
    dialog = gallery.collecting.dialog
    assert dialog is not None
    assert not dialog.make.isEnabled()
    QTest.keyClicks(dialog.name, "Spring & summer")
    QTest.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [each.images for each in gallery.collecting.known] == [2], timeout=LONG_MS)
    gallery.filters.collection.choose(gallery.collecting.known[0].key)
    qtbot.waitUntil(lambda: list(gallery.model.keys) == list(keys), timeout=LONG_MS)
    assert gallery.filters.collection.text() == "Collection: Spring & summer"
    gallery.collecting.remove("Spring & summer", keys[:1])

    qtbot.waitUntil(lambda: list(gallery.model.keys) == list(keys[1:]), timeout=LONG_MS)


def test_inspector_says_what_images_share_and_hands_their_recipe_back(window: Window, qtbot: QtBot) -> None:
    gallery, studio = window.window.gallery, window.window.studio
    gallery.grid.selectAll()
    qtbot.waitUntil(lambda: "Recipe" in gallery.inspector.facts, timeout=LONG_MS)
    assert gallery.inspector.title == "6 images selected"
    assert gallery.inspector.facts["Scene"] == "mixed"
    assert gallery.inspector.facts["Recipe"] == "3 scenes · as reference"
    assert gallery.inspector.facts["Stored"].startswith("On this computer · ")
    gallery.show_image(gallery.model.keys[0])
    qtbot.waitUntil(lambda: gallery.inspector.prompt not in ("", "mixed"), timeout=LONG_MS)
    QTest.mouseClick(gallery.inspector.again, Qt.MouseButton.LeftButton)

    assert set(studio.recipe_step.recipe.scenes) == set(RECIPE.scenes)
    assert studio.isVisible()


def test_compare_and_delete_tell_the_keys_of_what_is_selected(window: Window, qtbot: QtBot) -> None:
    gallery = window.window.gallery
    gallery.grid.selectAll()
    keys = list(gallery.model.keys)
    with qtbot.waitSignal(gallery.compare_wanted, timeout=LONG_MS) as compared:
        QTest.keyClick(gallery.grid, Qt.Key.Key_C)
    assert compared.args == [keys[:4]]
    with qtbot.waitSignal(gallery.delete_wanted, timeout=LONG_MS) as deleted:
        gallery.delete_selected()
    assert [list(each) for each in deleted.args] == [keys]


def test_copied_image_is_a_file_under_a_proper_name_that_goes_with_the_window(window: Window, qtbot: QtBot) -> None:
    gallery = window.window.gallery
    gallery.show_image(gallery.model.keys[0])
    said: list[str] = []
    gallery.told.connect(said.append)
    QTest.keyClick(gallery.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: said == ["1 image copied."], timeout=LONG_MS)
    [url] = QGuiApplication.clipboard().mimeData().urls()
    file = Path(url.toLocalFile())
    assert file.suffix == ".png"
    with Image.open(file) as image:
        assert max(image.size) == 320
    assert file.parent.parent.stat().st_mode & 0o077 == 0
    gallery.let_go()  # as the window does once it closes for good

    qtbot.waitUntil(lambda: not file.parent.parent.exists(), timeout=LONG_MS)
    assert not QGuiApplication.clipboard().text()


def test_files_handed_out_together_have_names_of_their_own(window: Window, qtbot: QtBot) -> None:
    gallery = window.window.gallery
    made: list[list[Path]] = []
    gallery.handing_out.make_files(array("q", gallery.model.keys), made.append)
    qtbot.waitUntil(lambda: bool(made), timeout=LONG_MS)

    assert len({file.name.lower() for file in made[0]}) == 6
    assert all(file.stat().st_size > 0 for file in made[0])


def test_size_of_the_tiles_is_remembered(window: Window, qtbot: QtBot) -> None:
    window.window.gallery.filters.tile_size.setValue(LARGEST)

    qtbot.waitUntil(lambda: window.parts.preferences.now.tile == LARGEST, timeout=LONG_MS)


def test_inspector_is_a_drawer_on_its_key_in_a_narrow_window(window: Window, qtbot: QtBot) -> None:
    gallery = window.window.gallery
    assert gallery.inspector.isVisible()
    window.window.resize(1000, 700)
    qtbot.waitUntil(lambda: not gallery.inspector.isVisible(), timeout=LONG_MS)
    assert gallery.filters.more.isVisible()
    QTest.keyClick(gallery.grid, Qt.Key.Key_I)

    assert gallery.inspector.isVisible()


def test_empty_gallery_leads_to_the_studio_and_the_samples(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        built.window.show_workspace(Workspace.GALLERY)
        empty = built.window.gallery._empty
        qtbot.waitUntil(empty.isVisible, timeout=LONG_MS)
        empty.studio_wanted.emit()

        assert built.window.studio.isVisible()
