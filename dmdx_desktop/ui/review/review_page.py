"""Review: one image large, beside its reference where asked, with the others in a filmstrip below. GUI thread."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from dmdx_desktop.library.catalogue import ImageCard, image_cards
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.models.gestures import MarkImages
from dmdx_desktop.models.ids import OutputId
from dmdx_desktop.ui.gallery.image_inspector import ImageInspector
from dmdx_desktop.ui.image_words import announced_image
from dmdx_desktop.ui.keyed_model import CARD_ROLE, KeyedModel, OrderChange
from dmdx_desktop.ui.look import Tone, text_label
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.previews import LARGE
from dmdx_desktop.ui.studio.canvas_pane import Surrounds
from dmdx_desktop.ui.studio.piece_delegate import paint_thumbnail
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.picture_canvas import PictureCanvas
from dmdx_desktop.ui.widgets.segmented import Segmented

FILMSTRIP: Final = 104
THUMBNAIL: Final = QSize(76, 64)
SINGLE: Final = "single"
BESIDE: Final = "beside"
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ReferenceOf:
    """The picture an image was made from."""

    sha256: str
    width: int
    height: int


def reference_of(connection: Connection, output_key: int) -> ReferenceOf | None:
    """The reference an image was made from; None once either is gone."""
    row = connection.execute(
        "SELECT reference.sha256, reference.width, reference.height FROM output"
        " JOIN render ON render.key = output.render_key JOIN reference ON reference.key = render.reference_key"
        " WHERE output.key = ?",
        (output_key,),
    ).fetchone()
    return None if row is None else ReferenceOf(*row)


class _FilmDelegate(QStyledItemDelegate):
    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(THUMBNAIL.width(), THUMBNAIL.height() + 20)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, card = self._parts.look.theme, index.data(CARD_ROLE)
        place = QRect(option.rect.topLeft(), THUMBNAIL)
        pixmap = self._parts.previews.pixmap(card.sha256) if isinstance(card, ImageCard) else None
        paint_thumbnail(painter, place, pixmap, self._parts.look)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(theme.colour("accent.line"))
            for inset in (0, 1):
                painter.drawRect(place.adjusted(inset, inset, -1 - inset, -1 - inset))
        if isinstance(card, ImageCard) and (card.rating or card.flag != "none"):
            painter.setFont(theme.font(TextStyle.CAPTION))
            painter.setPen(theme.colour("text.secondary"))
            flag = {"pick": "Pick ", "reject": "Reject "}.get(card.flag, "")
            words = f"{flag}{card.rating}★" if card.rating else flag.strip()
            below = QRect(place.left(), place.bottom() + 2, place.width(), 18)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)


class ReviewPage(QWidget):
    """``shown`` tells the key of the image in view."""

    shown = Signal(int)
    export_wanted = Signal(list)
    export_again_wanted = Signal(list)
    delete_wanted = Signal(list)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._reference: ReferenceOf | None = None
        self.model: KeyedModel[ImageCard] = KeyedModel(parts.source, image_cards, announced_image, self)
        self.image, self.reference = PictureCanvas("Image", 20), PictureCanvas("Reference", 20)
        self.mode = Segmented(parts.look, ((SINGLE, "Single"), (BESIDE, "Beside the reference")), "View")
        self.mode.choose(SINGLE)
        self._surrounds = Surrounds(parts.look)
        self.inspector = ImageInspector(parts.look, opens_review=False)
        self.film = QListView()
        self._nothing = text_label("Nothing selected", TextStyle.TITLE, Tone.SECONDARY)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self._show()

    def show_images(self, keys: Sequence[int], key: int) -> None:
        """Review these images, beginning with ``key``."""
        order = array("q", keys)
        self.model.replace(order, OrderChange(0, len(self.model.keys), len(order)))
        self._go_to(self.model.row_of(key) or 0)

    def take_changes(self, changes: dict[str, set[int] | None]) -> None:
        """Rows of these tables changed."""
        if "output" in changes:
            self.model.refresh(changes["output"])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        flags = {Qt.Key.Key_P.value: "pick", Qt.Key.Key_X.value: "reject", Qt.Key.Key_U.value: "none"}
        steps = {
            Qt.Key.Key_J.value: 1, Qt.Key.Key_K.value: -1, Qt.Key.Key_Right.value: 1, Qt.Key.Key_Left.value: -1,
        }  # fmt: skip
        if plain and Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_5:
            self.mark(rating=event.key() - Qt.Key.Key_0)
        elif plain and event.key() in flags:
            self.mark(flag=flags[event.key()])
        elif plain and event.key() in steps:
            self._go_to(self._row + steps[event.key()])
        elif plain and event.key() == Qt.Key.Key_B:
            self._choose_mode(SINGLE if self.mode.value == BESIDE else BESIDE)
        elif plain and event.key() == Qt.Key.Key_S:
            self._surrounds.next()
        else:
            super().keyPressEvent(event)

    def mark(self, *, rating: int | None = None, flag: str | None = None) -> None:
        """Give the image in view stars or a flag; it shows at once, and is made durable."""
        card = self._card()
        if card is not None:
            stars, mark = card.rating if rating is None else rating, card.flag if flag is None else flag
            self.model.patch(replace(card, rating=stars, flag=mark))
            change = {"outputs": (OutputId(card.id),), "rating": rating, "flag": flag}
            self._parts.bridge.send(MarkImages.model_validate(change))

    @property
    def _row(self) -> int:
        return max(self.film.currentIndex().row(), 0)

    def _card(self) -> ImageCard | None:
        return self.model.card(self._row) if self.model.keys else None

    def _build(self) -> None:
        pictures = QWidget()
        beside = QHBoxLayout(pictures)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(1)
        beside.addWidget(self.reference, 1)
        beside.addWidget(self.image, 1)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(pictures)
        self.film.setAccessibleName("Images of this review")
        self.film.setFlow(QListView.Flow.LeftToRight)
        self.film.setSpacing(4)
        self.film.setUniformItemSizes(True)
        self.film.setFixedHeight(FILMSTRIP)
        self.film.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.film.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.film.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.film.setModel(self.model)
        self.film.setItemDelegate(_FilmDelegate(self._parts))
        bar = QWidget()
        bar.setObjectName("canvasBar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(44)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self.mode)
        row.addStretch(1)
        row.addWidget(text_label("Surround", tone=Tone.TERTIARY))
        row.addWidget(self._surrounds)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self.film)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(column, 1)
        outer.addWidget(self.inspector)

    def _connect(self) -> None:
        self.mode.chosen.connect(lambda _: self._show())
        for canvas in (self.image, self.reference):
            self._surrounds.chosen.connect(canvas.set_ground)
            canvas.set_ground(self._surrounds.colour)
        self.film.selectionModel().currentChanged.connect(lambda: self._on_current())
        self.model.arrived.connect(self._on_arrived)
        self._parts.previews.ready.connect(self._on_preview)
        self.inspector.rated.connect(lambda stars: self.mark(rating=stars))
        self.inspector.flagged.connect(lambda flag: self.mark(flag=flag))
        self.inspector.export_wanted.connect(self._export)

    def selected_keys(self) -> list[int]:
        """The image in view, as the only one of a list."""
        return [self.model.keys[self._row]] if 0 <= self._row < len(self.model.keys) else []

    def _export(self) -> None:
        if keys := self.selected_keys():
            self.export_wanted.emit(keys)

    def _choose_mode(self, mode: str) -> None:
        self.mode.choose(mode)
        self._show()

    def _go_to(self, row: int) -> None:
        if self.model.keys:
            index = self.model.index(min(max(row, 0), len(self.model.keys) - 1), 0)
            self.film.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.film.scrollTo(index)
            self._on_current()

    def _on_current(self) -> None:
        self._reference = None
        self._show()
        if self.model.keys:
            key = self.model.keys[self._row]
            self.shown.emit(key)
            self._parts.source.ask(self, partial(reference_of, output_key=key), partial(self._take_reference, key))

    def _take_reference(self, key: int, reference: ReferenceOf | None) -> None:
        if self.model.keys and self.model.keys[self._row] == key:
            self._reference = reference
            self._show()

    def _on_arrived(self) -> None:
        self.film.viewport().update()
        self._show()

    def _on_preview(self, sha256: str) -> None:
        self.film.viewport().update()
        card = self._card()
        if card is not None and (card.sha256 == sha256 or (self._reference and self._reference.sha256 == sha256)):
            self._show()

    def _show(self) -> None:
        card, previews = self._card(), self._parts.previews
        self._stack.setCurrentIndex(1 if self.model.keys else 0)
        self.film.setVisible(bool(self.model.keys))
        self.reference.setVisible(self.mode.value == BESIDE)
        self.inspector.show_images([] if card is None else [card], 0 if card is None else 1)
        if card is None:
            self.image.show_picture(None, 0, 0)
        else:
            pixmap = previews.pixmap(card.sha256, LARGE) or previews.pixmap(card.sha256)
            self.image.show_picture(pixmap, card.width, card.height)
        one = self._reference
        if one is None:
            self.reference.show_picture(None, 0, 0)
        else:
            pixmap = previews.pixmap(one.sha256, LARGE) or previews.pixmap(one.sha256)
            self.reference.show_picture(pixmap, one.width, one.height)
