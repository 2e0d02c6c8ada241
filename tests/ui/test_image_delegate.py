"""Tiles of the gallery: what has not changed is copied, what has is drawn anew."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from dmdx_desktop.config import resources_folder
from dmdx_desktop.library.catalogue import ImageCard
from dmdx_desktop.ui.gallery.image_delegate import ImageDelegate
from dmdx_desktop.ui.icons import Icons
from dmdx_desktop.ui.keyed_model import CARD_ROLE
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.previews import Previews
from dmdx_desktop.ui.theme import Theme
from dmdx_desktop.ui.tokens import Appearance

CARD = ImageCard(7, "id", 1, "Ring", "white", "platinum", "draft", "0" * 64, 1600, 1600, 0, "none", 0)
PLACE = QRect(10, 10, 180, 212)


class Stand:
    def __init__(self, application: QApplication) -> None:
        self.theme = Theme(application, resources_folder())
        self.theme.choose(Appearance.DARK)
        self.previews = Previews(lambda sha256, edge: None)
        self.delegate = ImageDelegate(Look(self.theme, Icons(resources_folder())), self.previews)
        self.model, self._item = QStandardItemModel(), QStandardItem()
        self.model.appendRow(self._item)
        self.show_card(CARD)

    def show_card(self, card: ImageCard) -> None:
        self._item.setData(card, CARD_ROLE)

    def painted(self, state: QStyle.StateFlag = QStyle.StateFlag.State_Enabled) -> QImage:
        image = QImage(200, 232, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.black)
        option = QStyleOptionViewItem()
        option.rect, option.state = PLACE, state
        painter = QPainter(image)
        self.delegate.paint(painter, option, self.model.index(0, 0))
        painter.end()
        return image


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
