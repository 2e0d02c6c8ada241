"""The middle of the studio: the reference on a neutral ground, and a strip of what was made of it. GUI thread."""

from array import array
from functools import partial
from pathlib import PurePath
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from dmdx_desktop.library.catalogue import ImageCard, image_cards, images_of_piece
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.piece_view import PieceView
from dmdx_desktop.ui.close_ups import CloseUps
from dmdx_desktop.ui.image_words import announced_image
from dmdx_desktop.ui.keyed_model import CARD_ROLE, KeyedModel, OrderChange, order_change
from dmdx_desktop.ui.look import Button, IconButton, Tone, Variant, say, separator, text_label
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.previews import LARGE
from dmdx_desktop.ui.studio.canvas_bar import CanvasBar
from dmdx_desktop.ui.studio.piece_delegate import paint_thumbnail
from dmdx_desktop.ui.studio.surrounds import RememberedSurrounds
from dmdx_desktop.ui.studio.views_strip import ViewsStrip
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.elided_label import ElidedLabel
from dmdx_desktop.ui.widgets.loupe import Loupe
from dmdx_desktop.ui.widgets.picture_canvas import PictureCanvas
from dmdx_desktop.ui.wording import counted, tr

RESULT: Final = 84
TITLE: Final = 60


class _ResultDelegate(QStyledItemDelegate):
    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(RESULT, RESULT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card, place = index.data(CARD_ROLE), QRect(option.rect)
        pixmap = self._parts.previews.pixmap(card.sha256) if isinstance(card, ImageCard) else None
        paint_thumbnail(painter, place, pixmap, self._parts.look)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus):
            painter.setPen(self._parts.look.theme.colour("accent.line"))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
            painter.drawRect(place.adjusted(1, 1, -2, -2))


class ResultsStrip(QWidget):
    """The images of one piece, newest first. ``opened`` tells the key of one."""

    opened = Signal(int)
    gallery_wanted = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._piece: int | None = None
        self.setObjectName("resultsStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model: KeyedModel[ImageCard] = KeyedModel(parts.source, image_cards, announced_image, self)
        self._list = QListView()
        self._list.setAccessibleName(tr("Results"))
        self._list.setFlow(QListView.Flow.LeftToRight)
        self._list.setSpacing(6)
        self._list.setUniformItemSizes(True)
        self._list.setFixedHeight(RESULT + 12)
        self._list.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setModel(self.model)
        self._list.setItemDelegate(_ResultDelegate(parts))
        self._list.activated.connect(lambda index: self.opened.emit(self.model.keys[index.row()]))
        self.model.arrived.connect(self._list.viewport().update)
        parts.previews.ready.connect(lambda sha256: self._list.viewport().update())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(text_label("Results", TextStyle.STRONG))
        head.addSpacing(2)
        self._number = text_label(tone=Tone.TERTIARY)
        head.addWidget(self._number)
        head.addStretch(1)
        to_gallery = Button(parts.look, "Open in Gallery", variant=Variant.LINK)
        to_gallery.clicked.connect(self.gallery_wanted)
        head.addWidget(to_gallery)
        column.addLayout(head)
        column.addWidget(self._list)
        self.hide()

    def show_piece(self, key: int | None) -> None:
        """Show what was made of a piece."""
        self._piece = key
        self.read()

    def read(self) -> None:
        """Look again what there is."""
        if self._piece is None:
            self.hide()
            return
        question = partial(_images, job_key=self._piece, before=self.model.keys)
        self._parts.source.ask(self, question, partial(self._take, self._piece))

    def _take(self, piece: int, answer: "tuple[array[int], OrderChange]") -> None:
        if piece != self._piece:
            return
        keys, change = answer
        if change.gone or change.come:
            self.model.replace(keys, change)
        say(self._number, counted("1 image", "{count} images", len(keys)))
        self.setVisible(bool(keys))


class CanvasPane(QWidget):
    """Title, grounds and zoom above; the picture; the results below."""

    full_screen_wanted = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.view: PieceView | None = None
        self._shown = 0
        self.canvas = PictureCanvas(tr("Reference"), keys=parts.keys)
        self.close_ups = CloseUps(parts.bridge, parts.previews, self)
        self.loupe = Loupe(parts.look, self)
        self.surrounds = RememberedSurrounds(parts.look, parts.preferences)
        self.views = ViewsStrip(parts)
        self.views.shown.connect(self._show_reference)
        self.results = ResultsStrip(parts)
        self._title = ElidedLabel(TextStyle.STRONG)
        self._detail = ElidedLabel(tone=Tone.SECONDARY)
        # What the picture is called gives way to what is done with it.
        self._detail.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._title.setMinimumWidth(TITLE)
        self._zoom = Button(parts.look, "Fit", variant=Variant.QUIET)
        self._zoom.setAccessibleName(tr("Fit the picture, or show it at 100 %"))
        self._zoom.clicked.connect(self._toggle_zoom)
        for one in (self.canvas, self.loupe):
            self.surrounds.chosen.connect(one.set_ground)
        self.canvas.zoomed.connect(self._tell_zoom)
        for one in (self.canvas, self.loupe):
            one.whole_wanted.connect(self._want_whole)
        self.close_ups.ready.connect(self._on_preview)
        parts.previews.ready.connect(self._on_preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        column.addWidget(self.canvas, 1)
        column.addWidget(self.views)
        column.addWidget(self.results)
        for one in (self.canvas, self.loupe):
            one.set_ground(self.surrounds.colour)

    def show_piece(self, view: PieceView | None) -> None:
        """Show the first reference of a piece."""
        changed = view is None or self.view is None or view.key != self.view.key
        self.view = view
        self._shown = 0 if changed else self._shown
        self.views.show_piece(view)
        self._show()
        if changed:
            self.results.show_piece(None if view is None else view.key)

    def show_compact(self, compact: bool) -> None:
        """Leave out what the picture file is called where there is little room."""
        self._detail.setVisible(not compact)
        self._full_screen.setVisible(not compact)
        self._title.setSizePolicy(
            QSizePolicy.Policy.Ignored if compact else QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred
        )

    def _bar(self) -> QWidget:
        self._other = IconButton(self._parts.look, "chevron-right", "Next reference")
        self._other.clicked.connect(self._next_reference)
        self._full_screen = IconButton(self._parts.look, "maximize", "Full screen")
        self._full_screen.clicked.connect(self.full_screen_wanted)
        line = separator(vertical=True)
        return CanvasBar(self._title, self._detail, (self.surrounds, line, self._zoom, self._full_screen, self._other))

    def _show(self) -> None:
        references = () if self.view is None else self.view.references
        self._other.setVisible(len(references) > 1)
        if self.view is None or not references:
            self.loupe.close_loupe()
            say(self._title, "" if self.view is None else self.view.title)
            say(self._detail, "")
            self.canvas.show_picture(None, 0, 0)
            return
        self._shown %= len(references)
        self.views.show_current(self._shown)
        one = references[self._shown]
        say(self._title, self.view.title)
        place = tr("{number} of {count}", number=self._shown + 1, count=len(references))
        # A piece that is called as its file is does not say so twice.
        name = "" if PurePath(one.name).stem == self.view.title else one.name
        parts = (name, f"{one.width} × {one.height}", place if len(references) > 1 else "")
        say(self._detail, " · ".join(filter(None, parts)))
        pixmap = self._parts.previews.pixmap(one.sha256, LARGE) or self._parts.previews.pixmap(one.sha256)
        self.canvas.show_picture(pixmap, one.width, one.height)
        tiles = self.close_ups.tiles_of(one.sha256)
        self.canvas.offer_whole(tiles)
        if self.loupe.is_open:
            self.loupe.show_close(pixmap, one.width, one.height, tiles)

    def toggle_loupe(self) -> None:
        """Look at the reference closely, or not any more."""
        if self.loupe.is_open:
            self.loupe.close_loupe()
        elif self.view is not None and self.view.references:
            self.loupe.open_over(self.canvas)
            self._show()

    def _want_whole(self) -> None:
        if self.view is not None and self.view.references:
            self.close_ups.want(self.view.references[self._shown].sha256)

    def _on_preview(self, sha256: str) -> None:
        if self.view is not None and any(one.sha256 == sha256 for one in self.view.references):
            self._show()

    def _show_reference(self, row: int) -> None:
        self._shown = row
        self._show()

    def _next_reference(self) -> None:
        self._shown += 1
        self._show()

    def _toggle_zoom(self) -> None:
        if self.canvas.is_fitted:
            self.canvas.zoom_to(1.0)
        else:
            self.canvas.fit()

    def _tell_zoom(self, scale: float, fitted: bool) -> None:
        self._zoom.setText("Fit" if fitted else tr("{percent} %", percent=round(100 * scale)))


def _images(connection: Connection, job_key: int, before: "array[int]") -> "tuple[array[int], OrderChange]":
    keys = images_of_piece(connection, job_key)
    return keys, order_change(before, keys)
