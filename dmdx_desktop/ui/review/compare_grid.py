"""Two to four images side by side, looked at as one: what is zoomed or moved in one is in all. GUI thread."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dmdx_desktop.library.catalogue import ImageCard
from dmdx_desktop.ui.image_words import caption
from dmdx_desktop.ui.keys import Keys
from dmdx_desktop.ui.look import IconButton, Look, Tone, say, text_label
from dmdx_desktop.ui.review.film import MOST_COMPARED
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.picture_canvas import PictureCanvas
from dmdx_desktop.ui.widgets.star_rating import StarRating
from dmdx_desktop.ui.wording import tr

LETTERS: Final = "ABCD"
MARGIN: Final = 12
LEAST_CARD: Final = 340
"""What is said of an image is no narrower than that, where there is room."""


class _ComparedCanvas(PictureCanvas):
    """A canvas with a line around its picture while it is the one that keys judge."""

    def __init__(self, look: Look, keys: Keys, letter: str) -> None:
        super().__init__(tr("Image {letter}", letter=letter), MARGIN, keys)
        self._look, self._outlined = look, False

    def outline(self, on: bool) -> None:
        """Whether this is the image that keys judge."""
        self._outlined = on
        self.update()

    @property
    def shown_width(self) -> int:
        """How wide the whole picture is seen."""
        return round(self._place().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._outlined:
            painter = QPainter(self)
            painter.setPen(QPen(self._look.theme.colour("accent.line"), 2))
            seen = self._place().adjusted(-5, -5, 5, 5).intersected(QRectF(self.rect()))
            painter.drawRect(seen.adjusted(1, 1, -1, -1))
            painter.end()


class ComparedImage(QWidget):
    """One of the images, with its letter, its stars and its flag below."""

    chosen = Signal()
    rated = Signal(int)
    flagged = Signal(str)

    def __init__(self, look: Look, keys: Keys, letter: str) -> None:
        super().__init__()
        self.key = 0
        self.canvas = _ComparedCanvas(look, keys, letter)
        self.canvas.installEventFilter(self)
        self._caption = text_label(tone=Tone.SECONDARY)
        self._stars = StarRating(look, 14, 2)
        self._stars.rated.connect(self.rated)
        self._pick = IconButton(look, "flag", "Pick")
        self._pick.setCheckable(True)
        self._pick.clicked.connect(lambda on: self.flagged.emit("pick" if on else "none"))
        card = QFrame()
        card.setObjectName("comparedCaption")
        card.setFixedHeight(40)
        row = QHBoxLayout(card)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(12)
        name = text_label(style=TextStyle.STRONG)
        say(name, letter)
        row.addWidget(name)
        row.addWidget(self._caption, 1)
        row.addWidget(self._stars)
        row.addWidget(self._pick)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        self._below = QHBoxLayout()
        self._below.addWidget(card)
        column.addLayout(self._below)
        self.canvas.zoomed.connect(lambda scale, fitted: self._fit_card())
        self._fit_card()

    def show_card(self, card: ImageCard | None) -> None:
        """Say what the image is and what was made of it."""
        say(self._caption, "" if card is None else caption(card))
        self._stars.show_stars(0 if card is None else card.rating)
        self._pick.setChecked(card is not None and card.flag == "pick")

    def _fit_card(self) -> None:
        """What is said of an image is as wide as the image, as far as its words have room."""
        beside = (self.canvas.width() - self.canvas.shown_width) // 2 if self.canvas.is_fitted else MARGIN
        side = max(min(beside, (self.canvas.width() - LEAST_CARD) // 2), MARGIN)
        self._below.setContentsMargins(side, 0, side, MARGIN)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.chosen.emit()
        return super().eventFilter(watched, event)


class CompareGrid(QWidget):
    """``chosen`` tells the key of the image that keys judge from now on."""

    chosen = Signal(int)
    rated = Signal(int, int)
    flagged = Signal(int, str)

    def __init__(self, look: Look, keys: Keys) -> None:
        super().__init__()
        self._ground = QColor()
        self._linked = True
        self._spreading = False
        self._active = 0
        self.images = tuple(ComparedImage(look, keys, letter) for letter in LETTERS[:MOST_COMPARED])
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        self._grid.setSpacing(MARGIN)
        for number, image in enumerate(self.images):
            image.canvas.view_changed.connect(partial(self._spread, number))
            image.chosen.connect(partial(self._choose, number))
            image.rated.connect(lambda stars, image=image: self.rated.emit(image.key, stars))
            image.flagged.connect(lambda flag, image=image: self.flagged.emit(image.key, flag))
            image.setParent(self)
            image.hide()
        for image, following in pairwise(self.images):
            QWidget.setTabOrder(image.canvas, following.canvas)

    @property
    def keys(self) -> list[int]:
        """The images that are compared."""
        return [image.key for image in self.images if image.key]

    @property
    def active(self) -> ComparedImage:
        """The image that keys judge."""
        return self.images[self._active]

    def set_ground(self, colour: QColor) -> None:
        """Show pictures on this colour."""
        self._ground = colour
        for image in self.images:
            image.canvas.set_ground(colour)
        self.update()

    def link(self, linked: bool) -> None:
        """Whether what is zoomed or moved in one image is in all."""
        self._linked = linked
        if linked:
            self._spread(self._active)

    def compare(self, keys: Sequence[int]) -> None:
        """Show these images, the first as the one that keys judge."""
        if list(keys) == self.keys:
            return
        across = 2 if len(keys) == 4 else max(len(keys), 1)
        for number, image in enumerate(self.images):
            self._grid.removeWidget(image)
            image.key = keys[number] if number < len(keys) else 0
            image.setVisible(bool(image.key))
            if image.key:
                self._grid.addWidget(image, number // across, number % across)
        self._choose(0)

    def show_cards(self, show: Callable[[ComparedImage], None]) -> None:
        """Have every image that is compared shown anew."""
        for image in self.images:
            if image.key:
                show(image)

    def choose_next(self) -> None:
        """Judge the next of the images."""
        following = (self._active + 1) % max(len(self.keys), 1)
        self.images[following].canvas.setFocus(Qt.FocusReason.TabFocusReason)
        self._choose(following)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground)
        painter.end()

    def _choose(self, number: int) -> None:
        self._active = number
        for other, image in enumerate(self.images):
            image.canvas.outline(other == number)
        if self.images[number].key:
            self.chosen.emit(self.images[number].key)

    def _spread(self, number: int) -> None:
        if not self._linked or self._spreading:
            return
        self._spreading = True
        for other in self.images:
            if other is not self.images[number] and other.key:
                other.canvas.look_at(self.images[number].canvas.view)
        self._spreading = False
