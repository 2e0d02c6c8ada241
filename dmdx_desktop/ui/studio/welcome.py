"""What a new user sees: where to drop files, and sample pieces to try. GUI thread; a thread opens the samples."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from dmdx_desktop.models.connection import Service
from dmdx_desktop.ui.look import Button, IconLabel, Look, Tone, Variant, text_label
from dmdx_desktop.ui.term_words import term_name
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

WIDTH: Final = 920
NARROWEST: Final = 560
ZONE: Final = (160, 280)
SAMPLE: Final = 76
SAMPLES: Final = 6
WORDS: Final = (
    "A CAD render, a sketch or a photo. We read the metal and stones, you choose the scene. "
    "Drafts are made on this computer."
)
PROMISE: Final = "Nothing leaves this computer until you sign in or add a key, and press Identify or Generate."
PROMISE_OF_IMAGES: Final = "Nothing leaves this computer until you make images that are not drafts."
PROMISE_OF_READINGS: Final = (
    "What you add is sent to {service} to be read: small, without its name and without private data. "
    "The samples are read on this computer."
)


class DropZone(QFrame):
    """Where files are dropped, or chosen."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setMinimumHeight(ZONE[0])
        self.setMaximumHeight(ZONE[1])
        look.theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, painter = self._look.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("border.control"), 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(theme.colour("bg.panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        painter.end()


class Welcome(QScrollArea):
    """The first page of the studio while there is no piece."""

    files_wanted = Signal()
    folder_wanted = Signal()
    samples_wanted = Signal()
    _opened = Signal(list)

    def __init__(self, look: Look, samples: Path) -> None:
        super().__init__()
        self._look, self._samples = look, samples
        self._tiles: list[QLabel] = []
        self._promise_words = text_label(PROMISE, TextStyle.CAPTION, Tone.SECONDARY, wrap=True)
        self.setProperty("part", "page")
        self.setAccessibleName(tr("Start with a piece"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        outer = QHBoxLayout(content)
        outer.setContentsMargins(20, 12, 20, 12)
        holder = QWidget()
        holder.setMaximumWidth(WIDTH)
        holder.setMinimumWidth(NARROWEST)
        outer.addStretch(1)
        outer.addWidget(holder, 1000)
        outer.addStretch(1)
        self._fill(holder)
        self.setWidget(content)
        self._opened.connect(self._show_samples)
        threading.Thread(target=self._open_samples, name="open-samples", daemon=True).start()

    @property
    def promise(self) -> str:
        """What is said to stay on this computer."""
        return self._promise_words.text()

    def show_services(self, names: Sequence[str], *, reads_elsewhere: bool) -> None:
        """These services are connected; ``reads_elsewhere``: a vision model reads what is added."""
        if reads_elsewhere:
            self._promise_words.setText(tr(PROMISE_OF_READINGS, service=term_name(Service.OPENROUTER)))
        else:
            self._promise_words.setText(tr(PROMISE_OF_IMAGES if names else PROMISE))

    def _fill(self, holder: QWidget) -> None:
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(3)
        column.addWidget(text_label("Start with a piece", "hero"))
        column.addSpacing(10)
        column.addWidget(text_label(WORDS, "lead", Tone.SECONDARY, wrap=True))
        column.addSpacing(29)
        column.addWidget(self._drop_zone(), 100)
        column.addSpacing(32)
        cards = QHBoxLayout()
        cards.setSpacing(24)
        cards.addWidget(self._samples_card(), 3)
        cards.addWidget(self._connections_card(), 2)
        column.addLayout(cards)
        column.addSpacing(24)
        column.addLayout(self._promise())
        column.addStretch(3)

    def _drop_zone(self) -> DropZone:
        zone = DropZone(self._look)
        column = QVBoxLayout(zone)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(IconLabel(self._look, "image-plus", size=32), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(14)
        for text, style, tone, after in (
            ("Drop files or folders here", TextStyle.TITLE, Tone.PRIMARY, 6),
            ("PNG, JPEG, TIFF, WebP, HEIC · up to 200 MB each · hundreds at once is fine", "", Tone.TERTIARY, 23),
        ):
            label = text_label(text, style, tone, wrap=True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
            column.addSpacing(after)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        files = Button(self._look, "Choose files…", variant=Variant.PRIMARY)
        files.clicked.connect(self.files_wanted)
        folder = Button(self._look, "Choose folder…")
        folder.clicked.connect(self.folder_wanted)
        buttons.addWidget(files)
        buttons.addWidget(folder)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(1)
        return zone

    def _samples_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("part", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 18, 20, 20)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(text_label("Try with sample pieces", TextStyle.SECTION, wrap=True), 1)
        button = Button(self._look, "Open samples", scale="small")
        button.clicked.connect(self.samples_wanted)
        head.addWidget(button)
        column.addLayout(head)
        words = "Six pieces; their drafts are made while you watch. No account, no credits."
        column.addWidget(text_label(words, tone=Tone.SECONDARY, wrap=True))
        column.addSpacing(13)
        pictures = QHBoxLayout()
        pictures.setSpacing(8)
        for _ in range(SAMPLES):
            tile = QLabel()
            tile.setFixedHeight(SAMPLE)
            tile.setMaximumWidth(SAMPLE)
            tile.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            tile.setProperty("part", "tile")
            tile.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._tiles.append(tile)
            pictures.addWidget(tile, 100)
        pictures.addStretch(1)
        column.addLayout(pictures)
        return card

    def _connections_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("part", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 18, 20, 20)
        column.setSpacing(4)
        column.addWidget(text_label("On this computer", TextStyle.SECTION, wrap=True))
        words = "Drafts are made here, with no account and no network. Nothing has to be set up first."
        column.addWidget(text_label(words, tone=Tone.SECONDARY, wrap=True))
        column.addStretch(1)
        return card

    def _promise(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(self._look, "shield-check"))
        row.addWidget(self._promise_words, 1)
        return row

    def _open_samples(self) -> None:
        """On a thread of its own, for a picture takes longer than a frame to open."""
        images = [_sample(file) for file in sorted(self._samples.glob("*.*"))[:SAMPLES]]
        with suppress(RuntimeError):  # the window may be gone by now
            self._opened.emit(images)

    def _show_samples(self, images: list[QImage]) -> None:
        for tile, image in zip(self._tiles, images, strict=False):
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(2)
            tile.setPixmap(pixmap)


def _sample(file: Path) -> QImage:
    """One of the pictures that come with the program, small: whole, for pieces are never cut off."""
    reader = QImageReader(str(file))
    reader.setScaledSize(reader.size().scaled(QSize(2 * SAMPLE, 2 * SAMPLE), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
