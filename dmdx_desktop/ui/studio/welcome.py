"""What a new user sees: where to drop files, and sample pieces to try. GUI thread."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dmdx_desktop.ui.look import Button, IconLabel, Look, Tone, Variant, text_label
from dmdx_desktop.ui.tokens import TextStyle

WIDTH: Final = 920
SAMPLE: Final = 76
PROMISE: Final = "Nothing leaves this computer until you sign in or add a key, and press Identify or Generate."


class Welcome(QWidget):
    """The first page of the studio while there is no piece."""

    files_wanted = Signal()
    folder_wanted = Signal()
    samples_wanted = Signal()

    def __init__(self, look: Look, samples: Path) -> None:
        super().__init__()
        self._look, self._samples = look, samples
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(0)
        outer.addLayout(column)
        outer.addStretch(1)
        column.addStretch(3)
        column.addWidget(text_label("Start with a piece", "hero"))
        column.addSpacing(8)
        words = "A CAD render, a sketch or a photo. We read the metal and stones, you choose the scene."
        column.addWidget(text_label(words, "lead", Tone.SECONDARY))
        column.addSpacing(26)
        column.addWidget(self._drop_zone())
        column.addSpacing(32)
        cards = QHBoxLayout()
        cards.setSpacing(24)
        cards.addWidget(self._samples_card(), 3)
        cards.addWidget(self._connections_card(), 2)
        column.addLayout(cards)
        column.addSpacing(24)
        column.addLayout(self._promise())
        column.addStretch(4)

    def _drop_zone(self) -> QFrame:
        zone = QFrame()
        zone.setObjectName("dropZone")
        zone.setFixedSize(WIDTH, 280)
        column = QVBoxLayout(zone)
        column.setSpacing(0)
        column.addStretch(1)
        icon = QHBoxLayout()
        icon.addStretch(1)
        icon.addWidget(IconLabel(self._look, "image-plus", size=32))
        icon.addStretch(1)
        column.addLayout(icon)
        column.addSpacing(18)
        for text, style, tone, after in (
            ("Drop files or folders here", TextStyle.TITLE, Tone.PRIMARY, 6),
            ("PNG, JPEG, TIFF, WebP, HEIC · up to 200 MB each · hundreds at once is fine", "", Tone.TERTIARY, 20),
        ):
            label = text_label(text, style, tone)
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
        head.addWidget(text_label("Try with sample pieces", TextStyle.SECTION))
        head.addStretch(1)
        button = Button(self._look, "Open samples", scale="small")
        button.clicked.connect(self.samples_wanted)
        head.addWidget(button)
        column.addLayout(head)
        column.addWidget(
            text_label(
                "Six pieces; their drafts are made while you watch. No account, no credits.", tone=Tone.SECONDARY
            )
        )
        column.addSpacing(10)
        pictures = QHBoxLayout()
        pictures.setSpacing(8)
        for file in sorted(self._samples.glob("*.*"))[:6]:
            pictures.addWidget(_sample(file))
        pictures.addStretch(1)
        column.addLayout(pictures)
        return card

    def _connections_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("part", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 18, 20, 20)
        column.setSpacing(4)
        column.addWidget(text_label("On this computer", TextStyle.SECTION))
        words = "Drafts are made here, with no account and no network. Nothing has to be set up first."
        column.addWidget(text_label(words, tone=Tone.SECONDARY, wrap=True))
        column.addStretch(1)
        return card

    def _promise(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(self._look, "shield-check"))
        row.addWidget(text_label(PROMISE, TextStyle.CAPTION, Tone.SECONDARY))
        row.addStretch(1)
        return row


def _sample(file: Path) -> QLabel:
    """One of the pictures that come with the program, small."""
    reader = QImageReader(str(file))
    size = reader.size().scaled(QSize(2 * SAMPLE, 2 * SAMPLE), Qt.AspectRatioMode.KeepAspectRatio)
    reader.setScaledSize(size)
    pixmap = QPixmap.fromImage(reader.read())
    pixmap.setDevicePixelRatio(2)
    label = QLabel()
    label.setFixedSize(SAMPLE, SAMPLE)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setPixmap(pixmap)
    return label
