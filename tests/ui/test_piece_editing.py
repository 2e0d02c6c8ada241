"""Step 1 in a real window over a real core: facts by chip and by form, for one piece and several, and back again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.config import Paths
from dmdx_desktop.library import jobs
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.database import LibraryReader
from dmdx_desktop.models.piece import Piece, Stone
from dmdx_desktop.models.sourced import Source, said_by_user
from dmdx_desktop.models.vocabulary import Species
from dmdx_desktop.ui.studio.describing import Said
from dmdx_desktop.ui.studio.fact_chip import FactChip
from dmdx_desktop.ui.studio.fact_field import TermField, TextField
from dmdx_desktop.ui.studio.piece_editing import PieceEditing
from dmdx_desktop.ui.studio.stone_list import StoneList
from tests.ui.made_libraries import SAMPLES, MadeLibraries, one_ring
from tests.ui.pseudo_languages import spoken
from tests.ui.screens import clipped_texts, settle
from tests.ui.shown_windows import LONG_MS, shown_window

pytestmark = pytest.mark.by_turns("pieces edited in the window", of=7)

RING, BAND = "halo-ring_top.png", "solitaire-ring_top.png"


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries) -> Iterator[Window]:
    """A window on a library with one piece, read and in view."""
    made_libraries.copy(one_ring, tmp_path / "library")
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        _wait_for_piece(built, qtbot)
        yield built


def _bring(window: Window, qtbot: QtBot, name: str) -> None:
    studio = window.window.studio
    before = len(studio.pieces.model.keys)
    window.window.attendants.adding.add([str(SAMPLES / name)])
    qtbot.waitUntil(lambda: len(studio.pieces.model.keys) == before + 1, timeout=LONG_MS)
    _wait_for_piece(window, qtbot)


def _wait_for_piece(window: Window, qtbot: QtBot) -> None:
    """Until a piece is in view, and all of them have been read."""
    studio = window.window.studio
    qtbot.waitUntil(lambda: all(piece.type.is_known for piece in _pieces(window, qtbot)), timeout=LONG_MS)
    qtbot.waitUntil(lambda: studio.canvas.view is not None and studio.canvas.view.piece.type.is_known, timeout=LONG_MS)


def _rows(connection: Connection) -> tuple[jobs.JobRow, ...]:
    return jobs.newest(connection)


def _stored(window: Window, qtbot: QtBot) -> tuple[jobs.JobRow, ...]:
    """Every piece as the library has it, newest first."""
    found: list[tuple[jobs.JobRow, ...]] = []
    window.parts.source.ask(window.window, _rows, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=LONG_MS)
    return found[0]


def _pieces(window: Window, qtbot: QtBot) -> list[Piece]:
    return [Piece.model_validate_json(row.piece) for row in _stored(window, qtbot)]


def _wait_metals(window: Window, qtbot: QtBot, *metals: str) -> None:
    qtbot.waitUntil(lambda: [one.metal.value for one in _pieces(window, qtbot)] == list(metals), timeout=LONG_MS)


def _chip(editing: PieceEditing, text: str) -> FactChip:
    return next(chip for chip in editing.step.chips if chip.text() == text)


def _notes(editing: PieceEditing) -> dict[str, str]:
    return {chip.text(): chip.accessibleName().removeprefix(chip.text()).strip() for chip in editing.step.chips}


def _choose(chip: FactChip, text: str) -> None:
    """With the keyboard: Enter on the chip, and the word in its menu."""
    QTest.keyClick(chip, Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text() == text)
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def _say(editing: PieceEditing, name: str, value: str) -> None:
    field = editing.form.fields[name]
    assert isinstance(field, TermField | TextField)
    field.say(value)


def _open_form(window: Window) -> PieceEditing:
    editing = window.window.studio.editing
    QTest.mouseClick(editing.step.edit, Qt.MouseButton.LeftButton)
    assert editing.is_form_shown
    return editing


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_enter_on_a_chip_states_a_fact_and_undo_brings_the_very_reading_back(window: Window, qtbot: QtBot) -> None:
    editing = window.window.studio.editing
    (before,) = _pieces(window, qtbot)
    assert before.type.source is not Source.USER
    chip = _chip(editing, "Ring")
    chip.setFocus()
    _choose(chip, "Bracelet")
    assert _notes(editing)["Bracelet"] == "You", "shown before the core has it"
    assert _chip(editing, "Bracelet") is chip, "the keyboard stays on the fact"
    qtbot.waitUntil(lambda: window.parts.history.canUndo(), timeout=LONG_MS)
    assert _pieces(window, qtbot)[0].type == said_by_user(before.type.value.BRACELET)
    window.parts.history.undo()
    qtbot.waitUntil(lambda: _pieces(window, qtbot) == [before], timeout=LONG_MS)
    qtbot.waitUntil(lambda: "Ring" in _notes(editing), timeout=LONG_MS)
    window.parts.history.redo()
    qtbot.waitUntil(lambda: _pieces(window, qtbot)[0].type.value == "bracelet", timeout=LONG_MS)


def test_delete_on_a_chip_withdraws_the_fact_and_not_the_piece(window: Window, qtbot: QtBot) -> None:
    studio = window.window.studio
    asked: list[object] = []
    studio.delete_wanted.connect(asked.append)
    QTest.keyClick(_chip(studio.editing, "Ring"), Qt.Key.Key_Delete)
    assert _notes(studio.editing)["Type unknown"] == "You"
    qtbot.waitUntil(lambda: window.parts.history.canUndo(), timeout=LONG_MS)
    (piece,) = _pieces(window, qtbot)
    assert (piece.type.value, piece.type.source) == ("unknown", Source.USER)
    assert asked == []


def test_delete_on_a_stone_takes_the_group_out_and_undo_puts_it_back(window: Window, qtbot: QtBot) -> None:
    studio = window.window.studio
    (before,) = _pieces(window, qtbot)
    assert len(before.stones) > 1
    stones = [chip for chip in studio.editing.step.chips if "Stone" in chip.text()]
    QTest.keyClick(stones[0], Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: window.parts.history.canUndo(), timeout=LONG_MS)
    assert _pieces(window, qtbot)[0].stones == before.stones[1:]
    window.parts.history.undo()
    qtbot.waitUntil(lambda: _pieces(window, qtbot) == [before], timeout=LONG_MS)


def test_chips_are_reached_by_tab_from_the_form_button_on(window: Window, qtbot: QtBot) -> None:
    editing = window.window.studio.editing
    window.window.activateWindow()
    qtbot.waitUntil(window.window.isActiveWindow)
    editing.step.edit.setFocus()
    for chip in editing.step.chips:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is chip


def test_form_is_saved_as_one_step_of_the_history(window: Window, qtbot: QtBot) -> None:
    (before,), title = _pieces(window, qtbot), _stored(window, qtbot)[0].title
    editing = _open_form(window)
    form = editing.form
    _say(editing, "metal", "platinum")
    _say(editing, "style", "art_deco")
    _say(editing, "sku", "R-2107")
    _say(editing, "title", "Halo ring")
    species = form.stones.cards[0].fields["species"]
    assert isinstance(species, TermField)
    species.say("sapphire")
    form.stones.cards[0].count.more.click()
    QTest.mouseClick(form.stones.cards[-1].remove, Qt.MouseButton.LeftButton)
    QTest.mouseClick(form.stones.add, Qt.MouseButton.LeftButton)
    form.stones.cards[-1].say_facts({"species": "diamond", "count": "12", "size_mm": "1,5", "role": "halo"})
    assert form.stones.cards[-1].title == "Halo"
    assert form.confirm.accessibleName() == "Save changes"
    QTest.mouseClick(form.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not editing.is_form_shown, timeout=LONG_MS)
    (piece,), row = _pieces(window, qtbot), _stored(window, qtbot)[0]
    assert (piece.metal.value, piece.style.value, piece.sku.value) == ("platinum", "art_deco", "R-2107")
    assert row.title == "Halo ring"
    assert len(piece.stones) == len(before.stones)
    assert piece.stones[0].species == said_by_user(Species.SAPPHIRE)
    assert piece.stones[0].colour == before.stones[0].colour, "what was read of it stays"
    assert piece.stones[0].places == before.stones[0].places
    added = piece.stones[-1]
    assert (added.species.value, added.count.value, added.size_mm.value) == ("diamond", 12, 1.5)
    assert window.parts.history.count() == 1
    window.parts.history.undo()
    qtbot.waitUntil(lambda: _pieces(window, qtbot) == [before], timeout=LONG_MS)
    assert _stored(window, qtbot)[0].title == title


def test_confirmed_piece_is_the_users_and_no_reading_changes_it(window: Window, qtbot: QtBot) -> None:
    (before,) = _pieces(window, qtbot)
    editing = _open_form(window)
    assert "need" in editing.form.note, "the sample has a detail to look at"
    assert editing.form.confirm.accessibleName() == "Confirm piece"
    QTest.mouseClick(editing.form.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not editing.is_form_shown, timeout=LONG_MS)
    (piece,) = _pieces(window, qtbot)
    for name in ("type", "metal", "view", "pieces"):
        fact, read = getattr(piece, name), getattr(before, name)
        assert fact.value == read.value
        assert fact.source is (Source.USER if read.is_known else Source.MEASURED)
    assert [stone.count.value for stone in piece.stones] == [stone.count.value for stone in before.stones]
    assert all(stone.colour.source is Source.USER for stone in piece.stones)
    assert piece.style.source is not Source.USER, "what is not known is not confirmed"


def test_choosing_unknown_in_the_form_withdraws_the_fact(window: Window, qtbot: QtBot) -> None:
    editing = _open_form(window)
    choice = editing.form.fields["type"].focusProxy()
    assert choice is not None
    QTest.keyClick(choice, Qt.Key.Key_Home)
    assert editing.form.said.withdrawn == ("type",)
    editing.save()
    qtbot.waitUntil(lambda: not editing.is_form_shown, timeout=LONG_MS)
    assert _pieces(window, qtbot)[0].type == said_by_user(editing.step._piece.type.value.UNKNOWN)


def test_edit_that_the_core_refuses_is_said_and_stays_in_the_form(window: Window, qtbot: QtBot) -> None:
    before = _pieces(window, qtbot)
    editing = _open_form(window)
    finish = editing.form.fields["finish"]
    assert isinstance(finish, TermField)
    finish.choice.addItem("Cheese", "cheese")
    finish.say("cheese")
    _say(editing, "style", "art_deco")
    editing.save()
    qtbot.waitUntil(lambda: editing.form.trouble != "", timeout=LONG_MS)
    assert editing.form.trouble == "This cannot be said of a piece. The value is not one of those there are."\
        " Choose one of the list."  # fmt: skip
    assert editing.form.said.facts == {"finish": "cheese", "style": "art_deco"}
    assert editing.is_form_shown
    assert _pieces(window, qtbot) == before
    assert not window.parts.history.canUndo()
    finish.say("satin")
    editing.save()
    qtbot.waitUntil(lambda: not editing.is_form_shown, timeout=LONG_MS)
    assert _pieces(window, qtbot)[0].finish.value == "satin"


def test_escape_asks_before_it_discards(window: Window, qtbot: QtBot) -> None:
    before = _pieces(window, qtbot)
    editing = _open_form(window)
    QTest.keyClick(editing.form, Qt.Key.Key_Escape)
    assert not editing.is_form_shown, "nothing was changed, so nothing is asked"
    editing = _open_form(window)
    _say(editing, "metal", "platinum")
    QTest.keyClick(editing.form, Qt.Key.Key_Escape)
    assert editing.dialog is not None
    QTest.mouseClick(editing.dialog.go_on, Qt.MouseButton.LeftButton)
    assert editing.is_form_shown
    assert editing.form.said.facts == {"metal": "platinum"}
    QTest.keyClick(editing.form, Qt.Key.Key_Escape)
    QTest.mouseClick(editing.dialog.discard, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not editing.is_form_shown, timeout=LONG_MS)
    assert not editing.form.said
    assert _pieces(window, qtbot) == before


def test_going_to_another_piece_saves_what_was_changed_in_the_form(window: Window, qtbot: QtBot) -> None:
    _bring(window, qtbot, BAND)
    studio = window.window.studio
    newer, older = studio.pieces.model.keys
    studio.pieces.show_piece(older)
    qtbot.waitUntil(lambda: studio.editing._view is not None and studio.editing._view.key == older, timeout=LONG_MS)
    editing = _open_form(window)
    _say(editing, "metal", "platinum")
    studio.pieces.show_piece(newer)
    qtbot.waitUntil(lambda: editing.form.keys == (newer,), timeout=LONG_MS)
    assert editing.is_form_shown
    assert not editing.form.said
    qtbot.waitUntil(lambda: _pieces(window, qtbot)[1].metal.value == "platinum", timeout=LONG_MS)
    assert _pieces(window, qtbot)[0].metal.source is not Source.USER


def _refusable_edit(window: Window, qtbot: QtBot) -> tuple[int, int, PieceEditing]:
    """The keys of two pieces, and the form of the older one with something said of it that the core will not take."""
    _bring(window, qtbot, BAND)
    studio = window.window.studio
    newer, older = studio.pieces.model.keys
    studio.pieces.show_piece(older)
    qtbot.waitUntil(lambda: studio.editing._view is not None and studio.editing._view.key == older, timeout=LONG_MS)
    editing = _open_form(window)
    finish = editing.form.fields["finish"]
    assert isinstance(finish, TermField)
    finish.choice.addItem("Cheese", "cheese")
    finish.say("cheese")
    _say(editing, "style", "art_deco")
    return newer, older, editing


def test_edit_that_is_refused_before_the_next_piece_is_shown_is_not_lost(window: Window, qtbot: QtBot) -> None:
    newer, older, editing = _refusable_edit(window, qtbot)
    studio = window.window.studio
    said = editing.form.said
    with qtbot.waitSignal(editing.describing.settled, timeout=LONG_MS):
        editing.choose([newer])
        editing._on_saved((older,), said, "It could not be kept.")
        studio.pieces.show_piece(newer)
        assert not editing.form.said, "it is kept elsewhere"
    qtbot.waitUntil(lambda: editing.form.keys == (newer,), timeout=LONG_MS)
    assert not editing.form.said
    studio.pieces.show_piece(older)
    qtbot.waitUntil(lambda: editing.form.keys == (older,) and bool(editing.form.said), timeout=LONG_MS)
    assert editing.form.said.facts == {"style": "art_deco"}


def test_refused_edit_of_a_piece_that_was_left_is_there_when_it_is_seen_again(window: Window, qtbot: QtBot) -> None:
    newer, older, editing = _refusable_edit(window, qtbot)
    studio = window.window.studio
    editing.form.stones.cards[0].say_facts({"species": "ruby"})
    with qtbot.waitSignal(editing.describing.settled, timeout=LONG_MS):
        studio.pieces.show_piece(newer)
    studio.pieces.show_piece(older)
    qtbot.waitUntil(lambda: editing.form.keys == (older,) and bool(editing.form.said), timeout=LONG_MS)
    said = editing.form.said
    assert said.facts == {"style": "art_deco"}, "what cannot be chosen is not taken up again"
    assert said.stones is not None
    assert said.stones[0].facts == {"species": "ruby"}


def test_changes_in_the_form_outlive_the_window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        _bring(built, qtbot, RING)
        editing = _open_form(built)
        _say(editing, "metal", "platinum")
    reader = LibraryReader.open(Paths(tmp_path / "library"))
    try:
        (row,) = reader.read_blocking(_rows)
    finally:
        reader.close()
    assert Piece.model_validate_json(row.piece).metal.value == "platinum"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_several_pieces_show_their_values_with_counts_and_are_changed_together(window: Window, qtbot: QtBot) -> None:
    _bring(window, qtbot, BAND)
    studio = window.window.studio
    before = _pieces(window, qtbot)
    studio.pieces.list.selectAll()
    editing = studio.editing
    qtbot.waitUntil(lambda: editing.step.heading.text() == "2 pieces", timeout=LONG_MS)
    assert _notes(editing)["Ring"] == "all"
    assert {"Yellow gold", "White gold", "Unknown"} & _notes(editing).keys()
    assert editing.step.edit.accessibleName() == "Edit together"
    _choose(_chip(editing, "Ring"), "Brooch")
    assert _notes(editing)["Brooch"] == "all"
    qtbot.waitUntil(lambda: window.parts.history.count() == 1, timeout=LONG_MS)
    assert [one.type.value for one in _pieces(window, qtbot)] == ["brooch", "brooch"]
    window.parts.history.undo()
    qtbot.waitUntil(lambda: _pieces(window, qtbot) == before, timeout=LONG_MS)
    qtbot.waitUntil(lambda: _notes(editing).get("Ring") == "all", timeout=LONG_MS)


def test_form_of_several_pieces_says_mixed_and_changes_only_what_was_chosen(window: Window, qtbot: QtBot) -> None:
    _bring(window, qtbot, BAND)
    studio = window.window.studio
    studio.editing.describing.describe((studio.pieces.model.keys[0],), _said("metal", "silver"))
    _wait_metals(window, qtbot, "silver", _pieces(window, qtbot)[1].metal.value)
    before = _pieces(window, qtbot)
    studio.pieces.list.selectAll()
    qtbot.waitUntil(lambda: studio.editing.step.heading.text() == "2 pieces", timeout=LONG_MS)
    qtbot.waitUntil(lambda: "all" not in (_notes(studio.editing).get("Silver", "")), timeout=LONG_MS)
    editing = _open_form(window)
    metal, kind = editing.form.fields["metal"], editing.form.fields["type"]
    assert isinstance(metal, TermField)
    assert isinstance(kind, TermField)
    assert (metal.value, metal.certainty, metal.choice.placeholderText()) == ("", "2 values", "Mixed")
    assert (kind.value, kind.certainty) == ("ring", "All")
    assert editing.form.stones.isHidden()
    _say(editing, "finish", "satin")
    QTest.mouseClick(editing.form.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not editing.is_form_shown, timeout=LONG_MS)
    after = _pieces(window, qtbot)
    assert [one.finish.value for one in after] == ["satin", "satin"]
    assert [one.metal for one in after] == [one.metal for one in before]
    assert [one.stones for one in after] == [one.stones for one in before]


@pytest.mark.parametrize("language", ["english", "long", "rtl"])
def test_form_has_names_and_room_for_its_words_at_its_narrowest(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries, language: str
) -> None:
    made_libraries.copy(one_ring, tmp_path / "library")
    with spoken(qapp, language), shown_window(qapp, qtbot, tmp_path / "library", (1000, 600)) as built:
        _wait_for_piece(built, qtbot)
        editing = _open_form(built)
        editing.form.stones.cards[0].show_more(True)
        settle(qapp)
        assert clipped_texts(editing.form) == [], "\n".join(clipped_texts(editing.form))
        controls = [
            widget
            for widget in editing.form.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.focusProxy() is None
        ]
        assert len(controls) > 30
        assert [type(one).__name__ for one in controls if not one.accessibleName()] == []


def test_what_was_said_of_stones_follows_its_group_when_the_piece_is_read_anew(window: Window) -> None:
    stones = StoneList(window.parts.look)
    first, second, third = (Stone(count=said_by_user(number)) for number in (1, 2, 3))
    stones.show_stones((first, second))
    stones.cards[1].say_facts({"species": "ruby"})
    stones.rebase((third, second))
    stated = stones.stated
    assert stated is not None
    assert [one.was for one in stated] == [None, 1], (
        "the first group is not in the list any more, so it is stated whole"
    )
    assert stated[1].facts == {"species": "ruby"}


def _said(name: str, value: str) -> Said:
    return Said({name: value})
