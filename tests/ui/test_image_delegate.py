"""Tiles of the gallery: what has not changed is copied, what has is drawn anew."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PIL import Image
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from dmdx_desktop.config import resources_folder
from dmdx_desktop.library.catalogue import ImageCard
from dmdx_desktop.ui.gallery.image_delegate import CAPTION, ImageDelegate
from dmdx_desktop.ui.icons import Icons
from dmdx_desktop.ui.keyed_model import CARD_ROLE
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.previews import SMALL, Previews
from dmdx_desktop.ui.theme import Theme
from dmdx_desktop.ui.tokens import Appearance

CARD = ImageCard(7, "id", 1, "Ring", "white", "platinum", "draft", "0" * 64, 1600, 1600, 0, "none", 0)
PLACE = QRect(10, 10, 180, 212)
LARGER = QRect(10, 10, 240, 272)


class Stand:
    def __init__(self, application: QApplication) -> None:
        self.theme = Theme(application, resources_folder())
        self.theme.choose(Appearance.DARK)
        self.previews = Previews(lambda sha256, edge: _jpeg() if edge == SMALL else None)
        self.direction = Qt.LayoutDirection.LeftToRight
        self.delegate = ImageDelegate(Look(self.theme, Icons(resources_folder())), self.previews)
        self.model, self._item = QStandardItemModel(), QStandardItem()
        self.model.appendRow(self._item)
        self.show_card(CARD)

    def show_card(self, card: ImageCard) -> None:
        self._item.setData(card, CARD_ROLE)

    def painted(
        self, state: QStyle.StateFlag = QStyle.StateFlag.State_Enabled, place: QRect = PLACE, ratio: float = 1.0
    ) -> QImage:
        image = QImage(QSize(400, 432) * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.black)
        option = QStyleOptionViewItem()
        option.rect, option.state, option.direction = place, state, self.direction
        painter = QPainter(image)
        self.delegate.paint(painter, option, self.model.index(0, 0))
        painter.end()
        return image


def _jpeg() -> bytes:
    content = io.BytesIO()
    Image.linear_gradient("L").resize((SMALL, SMALL)).convert("RGB").save(content, "JPEG")
    return content.getvalue()


@pytest.fixture
def stand(qapp: QApplication) -> Iterator[Stand]:
    made = Stand(qapp)
    yield made
    made.previews.close()


def test_tile_painted_twice_is_the_same(stand: Stand) -> None:
    assert stand.painted() == stand.painted()


def test_tile_whose_rating_changes_shows_it(stand: Stand) -> None:
    before = stand.painted()
    stand.show_card(replace(CARD, rating=4))
    assert stand.painted() != before
    stand.show_card(CARD)
    assert stand.painted() == before


def test_tile_in_another_theme_is_drawn_anew(stand: Stand) -> None:
    dark = stand.painted()
    stand.theme.choose(Appearance.LIGHT)
    assert stand.painted() != dark


def test_tile_that_is_selected_has_a_frame_and_loses_it(stand: Stand) -> None:
    plain = stand.painted()
    assert stand.painted(QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_Selected) != plain
    assert stand.painted() == plain


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_tile_in_another_size_is_stretched_and_then_drawn_as_if_it_had_never_been_other(
    stand: Stand, qtbot: QtBot, ratio: float
) -> None:
    with qtbot.waitSignal(stand.previews.ready):
        stand.painted(place=LARGER, ratio=ratio)
    never_other = stand.painted(place=LARGER, ratio=ratio)
    stand.delegate = ImageDelegate(Look(stand.theme, Icons(resources_folder())), stand.previews)
    with qtbot.waitSignal(stand.previews.ready):
        stand.painted(ratio=ratio)
    stand.painted(ratio=ratio)
    with qtbot.waitSignal(stand.delegate.redraw) as redraw:
        stretched = stand.painted(place=LARGER, ratio=ratio)
    assert stretched != never_other
    assert redraw.args == [{CARD.key}]
    assert stand.painted(place=LARGER, ratio=ratio) == never_other


def test_tile_in_another_size_shows_a_new_rating_at_once(stand: Stand, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stand.previews.ready):
        stand.painted()
    stand.painted()
    rated = replace(CARD, rating=5)
    stand.show_card(rated)
    shown = stand.painted(place=LARGER)
    with qtbot.waitSignal(stand.previews.ready):
        stand.painted(place=LARGER)
    assert _caption(shown) == _caption(stand.painted(place=LARGER))


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_caption_of_a_stretched_tile_keeps_its_letters_and_its_stars(
    stand: Stand, qtbot: QtBot, direction: Qt.LayoutDirection
) -> None:
    stand.direction = direction
    with qtbot.waitSignal(stand.previews.ready):
        stand.painted()
    stand.painted()
    stretched = _caption(stand.painted(place=LARGER))
    with qtbot.waitSignal(stand.delegate.redraw):
        pass
    assert _caption(stand.painted(place=LARGER)) == stretched


def _caption(painted: QImage) -> QImage:
    return painted.copy(0, LARGER.bottom() - CAPTION + 1, painted.width(), CAPTION)
