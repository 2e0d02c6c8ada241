"""Review over a real core: images are judged with the keyboard, compared with their reference, looked at closely."""

from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QKeyEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window
from dmdx_desktop.config import Paths
from dmdx_desktop.library.catalogue import ImageCard
from dmdx_desktop.library.database import LibraryReader
from dmdx_desktop.library.image_view import ImageView, image_view
from dmdx_desktop.models.checklist import CheckItem
from dmdx_desktop.ui.review.before_after import Shown
from dmdx_desktop.ui.review.registration import frame_fit, piece_box, registered
from dmdx_desktop.ui.review.review_bar import Mode
from dmdx_desktop.ui.review.review_page import ReviewPage
from dmdx_desktop.ui.top_bar import Workspace
from tests.ui.made_libraries import MadeLibraries, sample_pieces
from tests.ui.shown_windows import LONG_MS, shown_window

pytestmark = pytest.mark.by_turns("reviews in the window", of=7)

IMAGES = 12


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path, made_libraries: MadeLibraries) -> Iterator[Window]:
    made_libraries.copy(sample_pieces, tmp_path / "library")
    with shown_window(qapp, qtbot, tmp_path / "library") as built:
        qtbot.waitUntil(lambda: len(built.window.gallery.model.keys) == IMAGES, timeout=LONG_MS)
        yield built


@pytest.fixture
def review(window: Window, qtbot: QtBot) -> ReviewPage:
    page, keys = window.window.review, window.window.gallery.model.keys
    page.show_images(keys, keys[0])
    window.window.show_workspace(Workspace.REVIEW)
    qtbot.waitUntil(lambda: page.inspector.boxes[CheckItem.PROPORTIONS].isEnabled(), timeout=LONG_MS)
    qtbot.waitUntil(lambda: all(page.model.known(key) is not None for key in keys), timeout=LONG_MS)
    return page


def _press(page: ReviewPage, key: Qt.Key) -> None:
    QTest.keyClick(page.pictures.canvas, key)


def _card(page: ReviewPage, key: int) -> ImageCard:
    card = page.model.known(key)
    assert card is not None
    return card


def _stored(window: Window, key: int) -> tuple[int, str, ImageView]:
    reader = LibraryReader.open(window.parts.paths)
    try:
        view = reader.read_blocking(lambda connection: image_view(connection, key))
        rating, flag = reader.read_blocking(
            lambda connection: connection.execute("SELECT rating, flag FROM output WHERE key = ?", (key,)).fetchone()
        )
    finally:
        reader.close()
    assert view is not None
    return rating, flag, view


def test_review_rates_flags_and_ticks_and_takes_each_back(window: Window, review: ReviewPage, qtbot: QtBot) -> None:
    key = review.film.order[0]
    _press(review, Qt.Key.Key_4)
    _press(review, Qt.Key.Key_P)
    QTest.mouseClick(review.inspector.boxes[CheckItem.METAL_COLOUR], Qt.MouseButton.LeftButton)
    assert (_card(review, key).rating, _card(review, key).flag) == (4, "pick"), "it shows at once"
    ticked = frozenset({CheckItem.METAL_COLOUR})
    qtbot.waitUntil(lambda: _stored(window, key)[2].checks == ticked, timeout=LONG_MS)
    assert _stored(window, key)[:2] == (4, "pick")

    history = window.parts.history
    while history.canUndo():
        history.undo()
    qtbot.waitUntil(lambda: _stored(window, key)[:2] == (0, "none"), timeout=LONG_MS)
    qtbot.waitUntil(lambda: _stored(window, key)[2].checks == frozenset(), timeout=LONG_MS)
    assert not review.inspector.boxes[CheckItem.METAL_COLOUR].isChecked()
    history.redo()
    assert _card(review, key).rating == 4


def test_review_shows_what_was_selected_in_the_gallery_since_and_else_stays_as_it_was(
    window: Window, review: ReviewPage
) -> None:
    main, keys = window.window, window.window.gallery.model.keys
    main.show_workspace(Workspace.GALLERY)
    main.gallery.show_image(keys[3])
    main.show_workspace(Workspace.REVIEW)
    assert review.key == keys[3]
    _press(review, Qt.Key.Key_Right)
    assert review.key == keys[4]
    main.show_workspace(Workspace.GALLERY)
    main.show_workspace(Workspace.REVIEW)
    assert review.key == keys[4]


def test_review_steps_with_letters_and_arrows_and_ends_at_the_ends(review: ReviewPage) -> None:
    for pressed, place in (
        (Qt.Key.Key_K, 0),
        (Qt.Key.Key_J, 1),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_K, 0),
    ):
        _press(review, pressed)
        assert review.film.at == place
    review.film.go_to(IMAGES + 5)
    assert review.film.at == IMAGES - 1


def test_review_with_caps_lock_goes_on_after_each_judgement(review: ReviewPage) -> None:
    first = review.film.order[0]
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_X.value, Qt.KeyboardModifier.NoModifier, "X")
    QApplication.sendEvent(review.pictures.canvas, event)
    assert _card(review, first).flag == "reject"
    assert review.film.at == 1


def test_before_after_moves_flips_and_blinks_by_keys(review: ReviewPage) -> None:
    review.choose_mode(Mode.BEFORE_AFTER)
    canvas = review.pictures.before_after
    _press(review, Qt.Key.Key_BracketRight)
    _press(review, Qt.Key.Key_Right)
    assert canvas.divider == pytest.approx(0.6)
    _press(review, Qt.Key.Key_BracketLeft)
    assert canvas.divider == pytest.approx(0.55)
    sides = [canvas.before_on_left]
    _press(review, Qt.Key.Key_B)
    sides.append(canvas.before_on_left)
    assert sides == [True, False]
    shown = []
    for pressed in (Qt.Key.Key_V, Qt.Key.Key_V, Qt.Key.Key_BracketLeft):
        _press(review, pressed)
        shown.append(canvas.shown)
    assert shown == [Shown.BEFORE, Shown.AFTER, Shown.BOTH]


def test_before_after_divider_follows_the_mouse(review: ReviewPage) -> None:
    review.choose_mode(Mode.BEFORE_AFTER)
    canvas = review.pictures.before_after
    grip, target = canvas.point_at(QPointF(0.5, 0.5)).toPoint(), canvas.point_at(QPointF(0.25, 0.5)).toPoint()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=grip)
    QTest.mouseMove(canvas, target)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=target)
    assert canvas.divider == pytest.approx(0.25, abs=0.01)


def test_compare_links_zoom_and_pan_until_it_is_told_not_to(review: ReviewPage) -> None:
    _press(review, Qt.Key.Key_C)
    grid = review.pictures.grid
    assert grid.keys == list(review.film.order[:2])
    one, other = grid.images[0].canvas, grid.images[1].canvas
    one.zoom_to(one.fitted_scale * 2)
    assert other.scale == pytest.approx(other.fitted_scale * 2)
    review.bar.link.click()
    one.fit()
    assert not other.is_fitted


def test_compare_keeps_the_outlined_image_and_rejects_the_other(review: ReviewPage, qtbot: QtBot) -> None:
    _press(review, Qt.Key.Key_C)
    first, second = review.pictures.grid.keys
    qtbot.waitUntil(lambda: review.model.known(second) is not None, timeout=LONG_MS)
    review.pictures.grid.choose_next()
    _press(review, Qt.Key.Key_Return)
    assert (_card(review, first).flag, _card(review, second).flag) == ("reject", "pick")


def test_whole_picture_comes_as_tiles_when_zoomed_beyond_its_preview(review: ReviewPage, qtbot: QtBot) -> None:
    canvas, card = review.pictures.single, _card(review, review.film.order[0])
    with qtbot.waitSignal(review.pictures.close_ups.ready, timeout=LONG_MS):
        canvas.zoom_to(1.5 if max(card.width, card.height) > 1024 else 4.0)
        review.pictures.close_ups.want(card.sha256)
    tile = review.pictures.close_ups.tiles_of(card.sha256)
    assert tile is not None
    qtbot.waitUntil(lambda: tile(0) is not None, timeout=LONG_MS)
    first = tile(0)
    assert first is not None
    assert first.width() == min(512, card.width)


def test_loupe_keeps_its_spot_when_another_image_comes(review: ReviewPage) -> None:
    _press(review, Qt.Key.Key_Space)
    loupe = review.pictures.loupe
    assert loupe.isVisible()
    assert loupe.scale == 1.0
    loupe.look(QPointF(0.3, 0.7))
    _press(review, Qt.Key.Key_J)
    assert loupe.spot == QPointF(0.3, 0.7)
    assert loupe.view.x == 0.3
    _press(review, Qt.Key.Key_Space)
    assert not loupe.isVisible()


def test_damaged_picture_is_told_in_words(window: Window, review: ReviewPage, qtbot: QtBot) -> None:
    card = _card(review, review.film.order[0])
    blobs = [file for file in window.parts.paths.basedir.rglob("*") if file.is_file() and card.sha256 in file.name]
    assert blobs
    for file in blobs:
        file.chmod(0o600)
        file.write_bytes(b"not a picture")
    with qtbot.waitSignal(review.pictures.close_ups.damaged, timeout=LONG_MS):
        review.pictures.close_ups.want(card.sha256)
    assert review.pictures.fault
    assert review._fault.isVisible()


def test_surround_is_remembered(window: Window, review: ReviewPage) -> None:
    before = review.bar.surrounds.colour
    _press(review, Qt.Key.Key_S)
    chosen = review.bar.surrounds.colour
    assert chosen != before
    names = {one.id: QColor(one.hex) for one in window.parts.look.theme.surrounds}
    assert names[window.parts.preferences.now.surround] == chosen


def test_delete_key_asks_for_the_image_in_view(review: ReviewPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(review.delete_wanted) as wanted:
        _press(review, Qt.Key.Key_Delete)
    assert wanted.args == [[review.film.order[0]]]


def test_image_that_goes_leaves_the_one_after_it_in_view(review: ReviewPage) -> None:
    keys = list(review.film.order)
    review.film.go_to(3)
    review.film.drop({keys[1], keys[3]})
    assert review.film.current == keys[4]
    review.film.drop(set(keys))
    assert not review.film.order
    assert review._nothing.isVisible()


def test_review_of_a_million_images_holds_a_window_that_moves_along(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with shown_window(qapp, qtbot, Paths(tmp_path / "library").basedir) as built:
        page, order = built.window.review, array("q", range(1, 1_000_001))
        page.show_images(order, 500_000)
        assert page.film.order is order
        assert len(page.model.keys) < 2_000
        for _ in range(3):
            page.film.step(480)
        assert page.film.current == 501_440
        assert page.model.keys[page.film.currentIndex().row()] == 501_440


def _picture(piece: QRectF, size: tuple[int, int] = (320, 240)) -> QImage:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("#dddddd"))
    painter = QPainter(image)
    painter.setBrush(QColor("#806010"))
    painter.drawEllipse(piece)
    painter.end()
    return image


def test_reference_is_laid_so_that_the_piece_lies_on_itself() -> None:
    image, reference = _picture(QRectF(160, 60, 120, 120)), _picture(QRectF(20, 20, 60, 60))
    size = QSizeF(320, 240)
    place = registered(size, size, piece_box(image), piece_box(reference))
    left = place.left() + 20 / 320 * place.width()
    right = place.left() + 80 / 320 * place.width()
    assert left == pytest.approx(160 / 320, abs=0.03)
    assert right == pytest.approx(280 / 320, abs=0.03)


def test_reference_in_which_nothing_stands_out_is_fitted_by_its_frame() -> None:
    plain = QImage(100, 50, QImage.Format.Format_RGB32)
    plain.fill(QColor("#777777"))
    assert piece_box(plain) is None
    size, wide = QSizeF(100, 100), QSizeF(100, 50)
    assert registered(size, wide, None, None) == frame_fit(size, wide) == QRectF(0, 0.25, 1, 0.5)


def test_every_control_of_a_review_has_a_name_in_each_mode(review: ReviewPage, qtbot: QtBot) -> None:
    for mode in Mode:
        review.choose_mode(mode)
        focusable = [
            one
            for one in review.findChildren(QWidget)
            if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        nameless = [
            one
            for one in focusable
            if not one.objectName().startswith("qt_")
            and not QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
        ]
        assert focusable
        assert not nameless


def test_panel_gives_its_room_to_several_images_and_the_key_brings_it_back(review: ReviewPage) -> None:
    assert review.inspector.isVisible()
    review.choose_mode(Mode.COMPARE)
    assert not review.inspector.isVisible()
    _press(review, Qt.Key.Key_I)
    assert review.inspector.isVisible()
    review.choose_mode(Mode.SINGLE)
    _press(review, Qt.Key.Key_I)
    assert not review.inspector.isVisible()
    review.choose_mode(Mode.COMPARE)
    assert review.inspector.isVisible(), "how it is wanted beside several images is remembered by itself"
