"""The export dialog over a real core and library: what it says beforehand is what lies in the folder afterwards."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from pydantic import JsonValue
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.imaging.provenance import read_provenance
from dmdx_desktop.library.deletion_view import DeletionView
from dmdx_desktop.models.command_base import MAX_TARGETS
from dmdx_desktop.models.commands import Export
from dmdx_desktop.models.ids import OutputId
from dmdx_desktop.models.own_channels import own_channels
from dmdx_desktop.models.preflight import Verdict
from dmdx_desktop.models.recipe import Recipe
from dmdx_desktop.models.treatment import SheetPage
from dmdx_desktop.models.watermark import MarkPlace
from dmdx_desktop.ui.deletion.deleting import Deleting, Removal, Wanted, plans_of
from dmdx_desktop.ui.export.export_dialog import ExportChoice, ExportDialog
from dmdx_desktop.ui.export.exporting import commands_of, export_words
from dmdx_desktop.ui.reveal import reveal_command
from dmdx_desktop.ui.top_bar import Workspace
from tests.ui.made_libraries import MadeLibraries, make_images
from tests.ui.shown_windows import LONG_MS, shown_window

pytestmark = pytest.mark.by_turns("exports from the window", of=6)

RECIPE = Recipe.model_validate({"scenes": ("white", "marble", "transparent"), "size": 320})


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries) -> Iterator[Window]:
    """A window on a library with three images of one piece, the gallery in view and all of them selected."""
    made_libraries.copy(three_images, tmp_path / "library")
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        gallery = built.window.gallery
        qtbot.waitUntil(lambda: len(gallery.model.keys) == 3, timeout=LONG_MS)
        built.window.show_workspace(Workspace.GALLERY)
        gallery.grid.selectAll()
        yield built


def three_images(built: Window, qtbot: QtBot) -> None:
    """Three images of one piece."""
    make_images(built, qtbot, RECIPE, "halo-ring_top.png")


def _can_export(window: Window) -> bool:
    """Whether the menu has heard of the selection."""
    keys = QKeySequence("Ctrl+E")
    return any(action.isEnabled() for action in window.window.findChildren(QAction) if keys in action.shortcuts())


def _opened(window: Window, qtbot: QtBot) -> ExportDialog:
    """The dialog, opened by its key, once it knows its images."""
    qtbot.waitUntil(lambda: _can_export(window), timeout=LONG_MS)
    QTest.keyClick(window.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.window.attendants.exporting.dialog is not None, timeout=LONG_MS)
    dialog = window.window.attendants.exporting.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "about" in dialog.preflight.headline, timeout=LONG_MS)
    return dialog


def _wait_for_files(qtbot: QtBot, folder: Path, number: int) -> list[str]:
    def there() -> bool:
        return folder.is_dir() and len([each for each in folder.iterdir() if not each.name.startswith(".")]) == number

    qtbot.waitUntil(there, timeout=LONG_MS)
    return sorted(each.name for each in folder.iterdir() if not each.name.startswith("."))


def test_export_dialog_says_what_is_mended_and_what_is_open_and_writes_it(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = _opened(window, qtbot)
    assert dialog.windowModality() is Qt.WindowModality.WindowModal
    assert dialog.export.text().strip() == "Export 3 images"
    assert not dialog.export.isEnabled(), "there is no folder yet"
    dialog.presets.choose("google_merchant")
    dialog.folder.setText(str(tmp_path / "shop"))
    verdicts = {finding.verdict: finding.words for finding in dialog.preflight.findings}
    assert {Verdict.OPEN, Verdict.MENDED, Verdict.NOTE} == set(verdicts)
    promised = dialog.naming.preview
    QTest.mouseClick(dialog.export, Qt.MouseButton.LeftButton)

    names = _wait_for_files(qtbot, tmp_path / "shop", 3)
    assert promised in names
    with Image.open(tmp_path / "shop" / promised) as image:
        assert image.format == "JPEG"
    toast = window.window.toast
    qtbot.waitUntil(lambda: toast.isVisible() and "3 images exported." in toast.accessibleName(), timeout=LONG_MS)
    assert toast.findChild(QPushButton) is not None


def test_creator_and_copyright_that_are_stated_stand_in_the_files_and_are_remembered(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = _opened(window, qtbot)
    dialog.presets.choose("web_small")
    dialog.folder.setText(str(tmp_path / "shop"))
    dialog.form.creator.setText("  Mira K\u00f6hler\u0007 ")
    dialog.form.rights.setText("\u00a9 2026 Atelier Kö <&>")
    QTest.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    for name in _wait_for_files(qtbot, tmp_path / "shop", 3):
        said = read_provenance(tmp_path / "shop" / name)
        assert said is not None
        assert (said.creator, said.rights) == ("Mira Köhler", "© 2026 Atelier Kö <&>")
        assert said.source_type.endswith("/composite")
    window.window.attendants.exporting.choose(window.window.gallery.selected_keys())
    qtbot.waitUntil(lambda: window.window.attendants.exporting.dialog is not None, timeout=LONG_MS)
    again = window.window.attendants.exporting.dialog
    assert again is not None
    assert (again.form.creator.text(), again.form.rights.text()) == ("Mira Köhler", "© 2026 Atelier Kö <&>")


def test_what_is_set_is_kept_as_a_preset_renamed_and_forgotten(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = _opened(window, qtbot)
    dialog.presets.choose("web_small")
    own, built_in = dialog.own, len(dialog.presets.channels)
    assert not own.rename.isVisible()
    dialog.form.size_px.setValue(900)
    dialog.form.rights.setText("© somebody")
    own.save.click()
    assert own.name.hasFocus() or own.name.isVisible()
    own.name.setText("   ")
    own.confirm.click()
    assert len(dialog.presets.channels) == built_in
    own.name.setText("Spring")
    with qtbot.waitSignal(own.kept, timeout=LONG_MS):
        QTest.keyClick(own.name, Qt.Key.Key_Return)
    kept = dialog.presets.channels[-1]
    assert dialog.isVisible()
    assert kept.treatment is not None
    assert (kept.name, kept.treatment.size, kept.treatment.rights) == ("Spring", 900, "")
    assert dialog.choice.preset == kept.id
    own.rename.click()
    own.name.setText("Summer")
    with qtbot.waitSignal(own.kept, timeout=LONG_MS):
        own.confirm.click()
    assert [each.name for each in dialog.presets.channels[built_in:]] == ["Summer"]
    assert [each.name for each in own_channels(window.parts.paths.channels)] == ["Summer"]
    dialog.reject()
    window.window.attendants.exporting.choose(window.window.gallery.selected_keys())
    qtbot.waitUntil(lambda: window.window.attendants.exporting.dialog is not None, timeout=LONG_MS)
    again = window.window.attendants.exporting.dialog
    assert again is not None
    again.presets.choose(again.presets.channels[-1].id)
    with qtbot.waitSignal(again.own.forgotten, timeout=LONG_MS):
        again.own.forget.click()
    assert len(again.presets.channels) == built_in
    assert own_channels(window.parts.paths.channels) == ()


def test_watermark_is_off_at_first_previewed_refused_where_text_is_and_written(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = _opened(window, qtbot)
    dialog.presets.choose("web_small")
    form = dialog.form.watermark
    assert dialog.choice.treatment is not None
    assert dialog.choice.treatment.watermark is None
    assert not form.preview.isVisible()
    form.is_on.setChecked(True)
    form.text.setText("PROOF")
    form.size_share.setValue(20)
    form.opacity.setValue(100)
    form.place.setCurrentIndex(list(MarkPlace).index(MarkPlace.CENTRE))
    bare = form.preview.grab().toImage()
    form.opacity.setValue(5)
    assert form.preview.grab().toImage() != bare
    form.opacity.setValue(100)
    assert not [finding for finding in dialog.preflight.findings if "text on them" in finding.words]
    with_mark = dialog.choice
    dialog.presets.choose("amazon_main")
    assert not form.is_on.isChecked()
    form.is_on.setChecked(True)
    (refusal,) = [finding for finding in dialog.preflight.findings if "text on them" in finding.words]
    assert refusal.verdict is Verdict.OPEN
    dialog.reject()
    keys = window.window.gallery.selected_keys()
    assert with_mark.treatment is not None
    for folder, treatment in (
        ("with", with_mark.treatment),
        ("without", with_mark.treatment.model_copy(update={"watermark": None})),
    ):
        window.window.attendants.exporting.write(
            keys, replace(with_mark, folder=str(tmp_path / folder), treatment=treatment)
        )
        names = _wait_for_files(qtbot, tmp_path / folder, 3)
    for name in names:
        with Image.open(tmp_path / "with" / name) as marked, Image.open(tmp_path / "without" / name) as plain:
            changed = ImageChops.difference(marked.convert("L"), plain.convert("L"))
            assert changed.point(lambda value: 255 if value > 60 else 0).getbbox() is not None


def test_images_are_exported_and_deleted_however_many(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    choice = ExportChoice("original", str(tmp_path / "shop"), "{title}", None, None)
    window.window.attendants.exporting.write(array("q", range(MAX_TARGETS + 1)), choice)
    # There are only three images: so many keys are all of them.
    assert _wait_for_files(qtbot, tmp_path / "shop", 3)
    keys = window.window.gallery.model.keys
    found: list[Sequence[Export] | None] = []
    window.parts.source.ask(window.window, partial(commands_of, keys=keys, choice=choice, most=2), found.append)
    sheet = replace(choice, sheet=SheetPage.A4)
    qtbot.waitUntil(lambda: len(found) == 1, timeout=LONG_MS)
    window.parts.source.ask(window.window, partial(commands_of, keys=keys[:2], choice=sheet, most=1), found.append)
    qtbot.waitUntil(lambda: len(found) == 2, timeout=LONG_MS)
    # All there are need no names; of a part each goes once, in parts; one sheet is one command.
    assert found[0] is not None
    assert [command.everything for command in found[0]] == [True]
    assert found[1] is None
    found.clear()
    window.parts.source.ask(window.window, partial(commands_of, keys=keys[:2], choice=choice, most=1), found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=LONG_MS)
    assert found[0] is not None
    assert [len(command.targets) for command in found[0]] == [1, 1]
    assert len({command.id for command in found[0]}) == len({command.targets for command in found[0]}) == 2


def test_deletion_in_parts_is_hidden_and_taken_back_as_one(window: Window, qtbot: QtBot) -> None:
    gallery = window.window.gallery
    deleting = Deleting(window.window, window.parts, window.window.toast, at_once=2)
    qtbot.waitUntil(lambda: all(gallery.model.card(row) is not None for row in range(3)), timeout=LONG_MS)
    cards = [gallery.model.known(key) for key in gallery.model.keys]
    ids = tuple(OutputId(card.id) for card in cards if card is not None)
    wanted = Wanted(DeletionView((), 0, 0, 3, 0, 0, 0, 0), (), ids, ())
    assert [command.outputs for command in plans_of(wanted, most=2)] == [ids[:2], ids[2:]]
    removal = Removal(wanted)
    deleting.begin(removal)
    qtbot.waitUntil(lambda: len(gallery.model.keys) == 0, timeout=LONG_MS)
    assert len(removal.purges) == 2
    deleting.take_back(removal)
    qtbot.waitUntil(lambda: len(gallery.model.keys) == 3, timeout=LONG_MS)


def test_export_dialog_previews_names_as_they_are_typed_and_those_that_are_taken(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "Ring_white.jpg").write_bytes(b"mine")
    dialog = _opened(window, qtbot)
    dialog.presets.choose("web_shop")
    dialog.folder.setText(str(folder))
    dialog.naming.template.setText("Ring_{scene}")
    qtbot.waitUntil(lambda: "Ring_white-2.jpg" in dialog.preflight.detail, timeout=LONG_MS)
    dialog.naming.template.setText("{no_such_word}")
    assert "placeholder" in dialog.naming.preview
    assert not dialog.export.isEnabled()
    dialog.naming.template.setText("Ring_{scene}")
    QTest.mouseClick(dialog.export, Qt.MouseButton.LeftButton)

    names = _wait_for_files(qtbot, folder, 4)
    assert names == ["Ring_marble.jpg", "Ring_transparent.jpg", "Ring_white-2.jpg", "Ring_white.jpg"]
    assert (folder / "Ring_white.jpg").read_bytes() == b"mine"


def test_export_again_uses_the_last_preset_and_folder_without_asking(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = _opened(window, qtbot)
    dialog.presets.choose("web_small")
    dialog.folder.setText(str(tmp_path / "web"))
    QTest.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    _wait_for_files(qtbot, tmp_path / "web", 3)
    control = Qt.KeyboardModifier.ControlModifier
    window.window.activateWindow()
    qtbot.waitUntil(window.window.isActiveWindow, timeout=LONG_MS)
    QTest.keyClick(window.window, Qt.Key.Key_E, control | Qt.KeyboardModifier.ShiftModifier)

    names = _wait_for_files(qtbot, tmp_path / "web", 6)
    assert {Path(name).suffix for name in names} == {".webp"}
    assert window.window.attendants.exporting.dialog is None


def test_export_settings_that_the_user_changes_are_what_is_written(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = _opened(window, qtbot)
    dialog.presets.choose("web_shop")
    dialog.form.size_px.setValue(200)
    dialog.form.format.setFocus()
    QTest.keyClick(dialog.form.format, Qt.Key.Key_Right)
    assert not dialog.form.quality.isEnabled(), "PNG has no quality"
    dialog.folder.setText(str(tmp_path / "own"))
    assert dialog.naming.preview.endswith(".png")
    QTest.mouseClick(dialog.export, Qt.MouseButton.LeftButton)

    for name in _wait_for_files(qtbot, tmp_path / "own", 3):
        with Image.open(tmp_path / "own" / name) as image:
            assert (image.format, image.size) == ("PNG", (200, 200))


def test_contact_sheet_from_the_dialog_is_one_file(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = _opened(window, qtbot)
    dialog.presets.choose("contact_sheet")
    dialog.folder.setText(str(tmp_path / "sheet"))
    assert dialog.preflight.headline == "1 file with 3 images"
    assert not dialog.form.isEnabled()
    QTest.mouseClick(dialog.export, Qt.MouseButton.LeftButton)

    assert _wait_for_files(qtbot, tmp_path / "sheet", 1) == ["Contact sheet.pdf"]


def test_export_dialog_closes_with_escape_names_every_control_and_writes_nothing(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = _opened(window, qtbot)
    dialog.folder.setText(str(tmp_path / "never"))
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in dialog.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert not nameless, "\n".join(sorted(set(nameless)))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: window.window.attendants.exporting.dialog is None, timeout=LONG_MS)
    assert not (tmp_path / "never").exists()


def test_presets_announce_what_they_make_and_tell_their_source(window: Window, qtbot: QtBot) -> None:
    dialog = _opened(window, qtbot)
    model = dialog.presets.model()
    rows = range(model.rowCount(QModelIndex()))
    said = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in rows]
    assert "Web shop, 2048 px JPEG, square" in said
    assert "Compared" in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    dialog.reject()


@pytest.mark.parametrize(
    ("platform", "command"),
    [
        ("darwin", ("open", "-R", "/out/ring.jpg")),
        ("win32", ("explorer", "/select,/out/ring.jpg")),
        ("linux", ("xdg-open", "/out")),
    ],
)
def test_reveal_asks_the_file_browser_of_each_system(platform: str, command: tuple[str, ...]) -> None:
    assert reveal_command(Path("/out/ring.jpg"), platform) == command


def test_export_words_tell_how_many_could_not_be_written_and_why() -> None:
    problem: JsonValue = {"message": "It is too large.", "remedy": "Choose a smaller size."}

    assert export_words(1, []) == "1 image exported."
    assert export_words(2, [problem]) == (
        "2 images exported. 1 could not be written. It is too large. Choose a smaller size."
    )
