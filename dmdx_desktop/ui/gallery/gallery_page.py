"""The gallery: one grid for every image, with filters above and what is selected beside it. GUI thread."""

from array import array
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from dmdx_desktop.library.catalogue import ImageCard, image_cards, image_ids
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.image_order import Grouping, ImageFilter, ImageOrder, image_order
from dmdx_desktop.models.gestures import MarkImages
from dmdx_desktop.ui.gallery.filter_bar import USUAL, FilterBar
from dmdx_desktop.ui.gallery.image_delegate import CAPTION, ImageDelegate
from dmdx_desktop.ui.gallery.image_inspector import ImageInspector
from dmdx_desktop.ui.image_words import announced_image
from dmdx_desktop.ui.keyed_model import KeyedModel, OrderChange, order_change
from dmdx_desktop.ui.look import Button, IconLabel, Look, Tone, text_label
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.section_grid import Section, SectionGrid
from dmdx_desktop.ui.widgets.section_layout import Measures

READ_AGAIN_MS: Final = 120
MARKED_AT_ONCE: Final = 5_000
MOST_SHARED: Final = 500
"""Of a larger selection the inspector looks at so many."""
Answer = tuple[ImageOrder, OrderChange]


def measures(tile: int, *, headings: bool) -> Measures:
    """The grid with tiles about so wide."""
    return Measures(
        cell_width=tile,
        cell_height=tile + CAPTION,
        gap=20,
        margin=24,
        heading=44 if headings else 0,
        after_section=8,
        stretch=True,
    )


class ImageGrid(SectionGrid):
    """The tiles, under the name of each piece."""

    def __init__(self, look: Look) -> None:
        super().__init__(measures(USUAL, headings=True))
        self._look = look
        self.setAccessibleName("Images")

    def paint_heading(self, painter: QPainter, place: QRect, section: int) -> None:
        theme, (name, count) = self._look.theme, self.sections[section]
        painter.fillRect(place, theme.colour("bg.window"))
        font = theme.font(TextStyle.STRONG)
        painter.setFont(font)
        painter.setPen(theme.colour("text.primary"))
        room = place.adjusted(24, 0, -24, 0)
        text = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, room.width() - 120)
        leading = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(room, leading, text)
        after = QFontMetrics(font).horizontalAdvance(text) + 8
        painter.setFont(theme.font(TextStyle.CAPTION))
        painter.setPen(theme.colour("text.tertiary"))
        mirrored = self.isRightToLeft()
        place = room.adjusted(0 if mirrored else after, 0, -after if mirrored else 0, 0)
        painter.drawText(place, leading, "1 image" if count == 1 else f"{count:,} images")


class GalleryPage(QWidget):
    """``image_opened`` tells the key of the image to review; ``counted`` what the status strip says."""

    image_opened = Signal(int)
    counted = Signal(str)
    export_wanted = Signal(list)
    export_again_wanted = Signal(list)
    studio_wanted = Signal()
    delete_wanted = Signal(list)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.model: KeyedModel[ImageCard] = KeyedModel(parts.source, image_cards, announced_image, self)
        self.grid = ImageGrid(parts.look)
        self.grid.setModel(self.model)
        self.grid.setItemDelegate(ImageDelegate(parts.look, parts.previews))
        self.filters = FilterBar(parts.look)
        self.inspector = ImageInspector(parts.look)
        self._tile = USUAL
        self._generation = 0
        self._inspected: tuple[list[ImageCard], int] = ([], 0)
        self._empty = self._nothing()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.grid)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._stack, 1)
        body.addWidget(self.inspector)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addLayout(body, 1)
        self._reading = QTimer(self, singleShot=True, interval=READ_AGAIN_MS)
        self._reading.timeout.connect(self._read)
        self._showing = QTimer(self, singleShot=True, interval=0)
        self._showing.timeout.connect(self._show_selection)
        self._connect()

    def _connect(self) -> None:
        self.filters.changed.connect(self._read)
        self.filters.sized.connect(self._resize)
        self.grid.selectionModel().selectionChanged.connect(lambda: self._showing.start())
        self.grid.opened.connect(lambda row: self.image_opened.emit(self.model.keys[row]))
        self.model.arrived.connect(self.grid.update_soon)
        self.model.arrived.connect(lambda: self._showing.start())
        self._parts.previews.ready.connect(lambda sha256: self.grid.update_soon())
        self.inspector.rated.connect(self.rate)
        self.inspector.flagged.connect(self.flag)
        self.inspector.review_wanted.connect(self._open_first)
        self.inspector.export_wanted.connect(lambda: self.export_wanted.emit(self.selected_keys()))

    def _nothing(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.addStretch(1)
        for widget in (
            IconLabel(self._parts.look, "image", colour="text.tertiary", size=32),
            text_label("No images yet", TextStyle.TITLE),
            text_label("Choose pieces and a recipe in the Studio; what is made appears here.", tone=Tone.SECONDARY),
        ):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
            column.addSpacing(6)
        button = Button(self._parts.look, "Go to the Studio")
        button.clicked.connect(self.studio_wanted)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return holder

    def take_changes(self, changes: dict[str, set[int] | None]) -> None:
        """Rows of these tables changed."""
        if "output" in changes or "job" in changes:
            if "output" in changes:
                self.model.refresh(changes["output"])
            if not self._reading.isActive():
                self._reading.start()

    def read_all(self) -> None:
        """Look again at everything."""
        self.model.refresh(None)
        self._read()

    def selected_keys(self) -> list[int]:
        """The keys of the selected images, in the order of the grid."""
        return [self.model.keys[row] for rows in self.grid.selected_rows() for row in rows]

    def show_image(self, key: int) -> None:
        """Select one image, where it is let through."""
        row = self.model.row_of(key)
        if row is not None:
            index = self.model.index(row, 0)
            self.grid.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.grid.scrollTo(index)

    def rate(self, stars: int) -> None:
        """Give the selected images stars."""
        self._mark(rating=stars)

    def flag(self, flag: str) -> None:
        """Pick or reject the selected images, or take that back."""
        self._mark(flag=flag)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        flags = {Qt.Key.Key_P.value: "pick", Qt.Key.Key_X.value: "reject", Qt.Key.Key_U.value: "none"}
        if plain and Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_5:
            self.rate(event.key() - Qt.Key.Key_0)
        elif plain and event.key() in flags:
            self.flag(flags[event.key()])
        else:
            super().keyPressEvent(event)

    def _mark(self, *, rating: int | None = None, flag: str | None = None) -> None:
        """Show the change at once where it is in view, and have it made durable for every selected image."""
        keys = self.selected_keys()
        for card in (card for key in keys if (card := self.model.known(key)) is not None):
            stars, mark = card.rating if rating is None else rating, card.flag if flag is None else flag
            self.model.patch(replace(card, rating=stars, flag=mark))
        for first in range(0, len(keys), MARKED_AT_ONCE):
            some = keys[first : first + MARKED_AT_ONCE]
            self._parts.source.ask(self, partial(image_ids, keys=some), partial(self._send_mark, rating, flag))

    def _send_mark(self, rating: int | None, flag: str | None, ids: list[str]) -> None:
        if ids:
            self._parts.bridge.send(MarkImages.model_validate({"outputs": ids, "rating": rating, "flag": flag}))

    def _selected_cards(self) -> list[ImageCard]:
        """Of the selection, what the inspector looks at."""
        rows = islice(chain.from_iterable(self.grid.selected_rows()), MOST_SHARED)
        return [card for row in rows if (card := self.model.known(self.model.keys[row])) is not None]

    def _show_selection(self) -> None:
        selected = sum(len(rows) for rows in self.grid.selected_rows())
        inspected = (self._selected_cards(), selected)
        # While images are made this comes with every frame, and laying out the inspector is half a frame's work.
        if inspected != self._inspected:
            self._inspected = inspected
            self.inspector.show_images(*inspected)
        self._tell_counts(selected)

    def _tell_counts(self, selected: int) -> None:
        images = len(self.model.keys)
        text = "1 image" if images == 1 else f"{images:,} images"
        self.counted.emit(f"{text} · {selected:,} selected" if selected else text)

    def _resize(self, tile: int) -> None:
        self._tile = tile
        self.grid.set_measures(measures(tile, headings=self.filters.by_piece))

    def _open_first(self) -> None:
        keys = self.selected_keys()
        if keys:
            self.image_opened.emit(keys[0])

    def _read(self) -> None:
        self._generation += 1
        question = partial(
            _read,
            before=self.model.keys,
            shown=self.grid.sections,
            chosen=self.filters.chosen,
            by_piece=self.filters.by_piece,
        )
        self._parts.source.ask(self, question, partial(self._take, self._generation))

    def _take(self, generation: int, answer: Answer) -> None:
        if generation != self._generation:
            return
        order, change = answer
        if change.gone or change.come:
            self.model.replace(order.keys, change)
        self.grid.set_measures(measures(self._tile, headings=bool(order.groups)))
        if order.groups is not self.grid.sections:
            self.grid.set_sections(order.groups)
        self._stack.setCurrentIndex(1 if order.keys or self.filters.is_filtering else 0)
        self._show_selection()


def _read(
    connection: Connection, before: "array[int]", shown: tuple[Section, ...], chosen: ImageFilter, by_piece: bool
) -> Answer:
    """The order as it is now and how it differs. Sections that are as shown are the very same tuple."""
    order = image_order(connection, chosen, Grouping.PIECE if by_piece else Grouping.NONE)
    if order.groups == shown:
        order = replace(order, groups=shown)
    return order, order_change(before, order.keys)
