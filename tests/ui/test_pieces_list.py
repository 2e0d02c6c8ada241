"""The list of pieces in a real window over a real core: renamed, filtered, put together and taken apart, with undo."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.library.piece_filter import PieceCondition, PieceFilter
from dmdx_desktop.models.choices import RecipeMetal, SceneId, ShotId
from dmdx_desktop.models.own_prompt import OwnPrompt
from dmdx_desktop.ui.studio.carried import Carried, carry
from dmdx_desktop.ui.studio.pieces_pane import READ_AGAIN_MS, PiecesPane
from tests.ui.made_libraries import SAMPLES, MadeLibraries, two_rings
from tests.ui.shown_windows import LONG_MS, shown_window

pytestmark = pytest.mark.by_turns("the list of pieces", of=5)


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries) -> Iterator[Window]:
    made_libraries.copy(two_rings, tmp_path / "library")
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        pane = built.window.studio.pieces
        qtbot.waitUntil(lambda: len(pane.model.keys) == 2 and len(_titles(pane)) == 2, timeout=LONG_MS)
        yield built


def test_f2_renames_the_current_piece_and_undo_gives_its_name_back(window: Window, qtbot: QtBot) -> None:
    pane = window.window.studio.pieces
    key = pane.model.keys[0]
    pane.show_piece(key)
    before = pane.model.known(key).title  # type: ignore[union-attr]
    QTest.keyClick(pane.list, Qt.Key.Key_F2)
    assert pane.list.field is not None
    pane.list.field.setText("Aurora")
    QTest.keyClick(pane.list.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Aurora" in _titles(pane), timeout=LONG_MS)
    window.parts.history.undo()
    qtbot.waitUntil(lambda: before in _titles(pane), timeout=LONG_MS)


def test_piece_asked_for_while_the_list_is_read_without_it_is_shown_once_it_is_there(
    window: Window, qtbot: QtBot
) -> None:
    pane = window.window.studio.pieces
    kept_back = pane.model.keys[1]
    pane.search.setText(pane.model.known(pane.model.keys[0]).title)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: len(pane.model.keys) == 1, timeout=LONG_MS)
    reading = next(timer for timer in pane.findChildren(QTimer) if timer.interval() == READ_AGAIN_MS)
    # Right after the question was asked: its answer still keeps the piece back.
    reading.timeout.connect(lambda: pane.show_piece(kept_back), Qt.ConnectionType.SingleShotConnection)
    pane.read_soon(None)
    qtbot.waitUntil(lambda: pane.selected_keys() == [kept_back], timeout=LONG_MS)


def test_escape_leaves_the_name_as_it_was(window: Window) -> None:
    pane = window.window.studio.pieces
    pane.show_piece(pane.model.keys[0])
    pane.list.start_renaming()
    assert pane.list.field is not None
    pane.list.field.setText("Aurora")
    QTest.keyClick(pane.list.field, Qt.Key.Key_Escape)
    assert not _is_typing(pane)
    assert window.parts.history.count() == 0


def test_piece_dropped_on_another_becomes_a_view_of_it_and_undo_parts_them(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    pane = page.pieces
    carried, target = pane.model.keys[1], pane.model.keys[0]
    before, places = sorted(_titles(pane)), list(pane.model.keys)
    ids = {card.key: card.id for key in places if (card := pane.model.known(key)) is not None}
    title_before = next(card.title for key in places if (card := pane.model.known(key)) and key == carried)
    pane.regrouping.rename(ids[carried], title_before, "Solitaire")
    qtbot.waitUntil(lambda: "Solitaire" in _titles(pane), timeout=LONG_MS)
    prompt = OwnPrompt(
        job=ids[carried], scene=SceneId.WHITE, metal=RecipeMetal.AS_REFERENCE, shot=ShotId.AS_REFERENCE, text="Slate."
    )
    page.own_prompts.use([prompt])
    qtbot.waitUntil(lambda: _kept(window, qtbot) == [(ids[carried], "Slate.")], timeout=LONG_MS)
    _drop(pane, carried, target)
    qtbot.waitUntil(lambda: list(pane.model.keys) == [target], timeout=LONG_MS)
    pane.show_piece(target)
    qtbot.waitUntil(lambda: page.canvas.views.isVisible() and page.canvas.views.list.count() == 2, timeout=LONG_MS)
    window.parts.history.undo()
    qtbot.waitUntil(lambda: list(pane.model.keys) == places, timeout=LONG_MS)
    qtbot.waitUntil(lambda: "Solitaire" in _titles(pane), timeout=LONG_MS)
    assert [pane.model.known(key).id for key in places] == [ids[key] for key in places]  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: _kept(window, qtbot) == [(ids[carried], "Slate.")], timeout=LONG_MS)
    window.parts.history.undo()
    window.parts.history.undo()
    # What was done before it is taken back from the very piece it was done to.
    qtbot.waitUntil(lambda: sorted(_titles(pane)) == before, timeout=LONG_MS)


def test_view_made_a_piece_of_its_own_leaves_its_piece(window: Window, qtbot: QtBot) -> None:
    page = window.window.studio
    pane = page.pieces
    target = pane.model.keys[0]
    pane.regrouping.put_together(list(pane.model.keys), target)
    qtbot.waitUntil(lambda: list(pane.model.keys) == [target], timeout=LONG_MS)
    pane.show_piece(target)
    qtbot.waitUntil(lambda: page.canvas.views.list.count() == 2, timeout=LONG_MS)
    page.canvas.views.list.setCurrentRow(1)
    (own,) = page.canvas.views.made_menu().actions()
    own.trigger()
    qtbot.waitUntil(lambda: len(pane.model.keys) == 2, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not page.canvas.views.isVisible(), timeout=LONG_MS)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_menu_of_pieces_offers_what_fits_the_selection(window: Window, qtbot: QtBot) -> None:
    pane = window.window.studio.pieces
    pane.list.selectAll()
    pane.list.menu_wanted.emit(pane.mapToGlobal(QPoint(40, 200)))
    qtbot.waitUntil(lambda: pane.menu.menu is not None, timeout=LONG_MS)
    assert pane.menu.menu is not None
    offered = {action.text(): action.isEnabled() for action in pane.menu.menu.actions() if action.text()}
    pane.menu.menu.close()
    assert offered["Put together"]
    assert not offered["Take apart"]
    assert "Rename" not in offered
    assert "Delete…" in offered


def test_filter_keeps_back_pieces_and_is_cleared(window: Window, qtbot: QtBot) -> None:
    pane = window.window.studio.pieces
    pane.filters.choose(PieceFilter(condition=PieceCondition.WITH_IMAGES))
    qtbot.waitUntil(lambda: len(pane.model.keys) == 0, timeout=LONG_MS)
    assert window.window.studio.has_pieces, "the welcome is for a library without pieces"
    pane.clear_filters()
    qtbot.waitUntil(lambda: len(pane.model.keys) == 2, timeout=LONG_MS)


def test_group_is_chosen_in_the_filter_menu_and_folded_by_its_key(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    pane = window.window.studio.pieces
    folder = tmp_path / "Spring line"
    folder.mkdir()
    shutil.copy(SAMPLES / "emerald-ring_top.png", folder)
    window.window.attendants.adding.add([str(folder)])
    qtbot.waitUntil(lambda: len(pane.list.sections) == 2, timeout=LONG_MS)
    (name,) = (one for one, _ in pane.list.sections if one.endswith("Spring line"))
    groups = next(menu for menu in pane.filters.made_menu().findChildren(QMenu) if menu.title() == "Group")
    next(action for action in groups.actions() if action.text() == name).trigger()
    qtbot.waitUntil(lambda: pane.list.sections == ((name, 1),), timeout=LONG_MS)
    assert pane.filters.chosen.is_active
    pane.clear_filters()
    qtbot.waitUntil(lambda: len(pane.model.keys) == 3, timeout=LONG_MS)
    pane.show_piece(pane.model.keys[0])
    section = pane.list.current_section()
    assert section is not None
    QTest.keyClick(pane.list, Qt.Key.Key_G)
    assert pane.list.is_folded(section)
    pane.show_as_rail(True)
    assert not pane.list.has_folded, "the rail has no headings to bring a group back by"
    pane.show_as_rail(False)
    assert pane.list.is_folded(section)


@pytest.mark.parametrize("condition", list(PieceCondition))
def test_every_condition_can_be_asked_of_the_library(window: Window, qtbot: QtBot, condition: PieceCondition) -> None:
    pane = window.window.studio.pieces
    with qtbot.waitSignal(pane.counted, timeout=LONG_MS):
        pane.filters.choose(PieceFilter(condition=condition, type="ring", metal="yellow_gold"))


def _kept(window: Window, qtbot: QtBot) -> list[tuple[str, str]]:
    """The prompts that the library keeps, with the ids of their pieces."""
    question = "SELECT job.id, prompt FROM own_prompt JOIN job ON job.key = job_key"
    found: list[list[tuple[str, str]]] = []
    window.parts.source.ask(window.window, lambda connection: connection.execute(question).fetchall(), found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=LONG_MS)
    return found[0]


def _drop(pane: PiecesPane, carried: int, target: int) -> None:
    place = pane.list.visualRect(pane.model.index(pane.model.row_of(target) or 0, 0)).center()
    data = carry(Carried.PIECES, [carried])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    pane.list.dropEvent(QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, buttons, keys))


def _is_typing(pane: PiecesPane) -> bool:
    return pane.list.field is not None


def _titles(pane: PiecesPane) -> list[str]:
    cards = [pane.model.card(row) for row in range(len(pane.model.keys))]
    return [card.title for card in cards if card is not None]
