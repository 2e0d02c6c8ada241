"""What the gallery shows where there is no image to show. GUI thread."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dmdx_desktop.ui.look import Button, Look, Tone, Variant, text_label
from dmdx_desktop.ui.tokens import TextStyle

TILE: Final = 112
GAP: Final = 12
TILES: Final = 3
WIDEST_WORDS: Final = 400


class FlatTiles(QWidget):
    """Places where images will be."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(TILES * (TILE + GAP) - GAP, TILE)
        look.theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.theme.colour("surround.tile"))
        for number in range(TILES):
            painter.drawRoundedRect(number * (TILE + GAP), 0, TILE, TILE, 4, 4)
        painter.end()


class NoImages(QWidget):
    """There is no image at all yet."""

    studio_wanted = Signal()
    samples_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        words = "Results land here as they finish. Pick a piece in Studio, choose a recipe and generate."
        studio = Button(look, "Go to Studio", variant=Variant.PRIMARY)
        studio.clicked.connect(self.studio_wanted)
        samples = Button(look, "Open samples")
        samples.clicked.connect(self.samples_wanted)
        _set(self, FlatTiles(look), "No images yet", words, (studio, samples))


class NoMatch(QWidget):
    """There are images, and the filters let none of them through."""

    clear_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.clear = Button(look, "Clear filters", variant=Variant.PRIMARY)
        self.clear.clicked.connect(self.clear_wanted)
        _set(self, FlatTiles(look), "No image matches", "No image passes every filter that is on.", (self.clear,))


def _set(holder: QWidget, tiles: QWidget, title: str, words: str, buttons: tuple[Button, ...]) -> None:
    column = QVBoxLayout(holder)
    centre = Qt.AlignmentFlag.AlignHCenter
    column.addStretch(1)
    column.addWidget(tiles, 0, centre)
    column.addSpacing(23)
    column.addWidget(text_label(title, TextStyle.TITLE), 0, centre)
    column.addSpacing(4)
    text = text_label(words, tone=Tone.SECONDARY, wrap=True)
    text.setAlignment(centre)
    text.setFixedWidth(WIDEST_WORDS)
    line = QHBoxLayout()  # which asks the words how high they are, as a place in the middle of a column does not
    line.addStretch(1)
    line.addWidget(text)
    line.addStretch(1)
    column.addLayout(line)
    column.addSpacing(19)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    column.addLayout(row)
    column.addStretch(1)
