"""What lies over the window while files are dragged across it: how many come, and what will become of them. GUI thread.

Folders are counted on a thread, and only for as long as the overlay is shown. The pictures themselves are not shown:
nothing from outside is decoded in the window's process.
"""

import threading
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from dmdx_desktop.ui.incoming import Incoming, count_incoming
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.storage_sizes import size_words
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

INSET: Final = 16
NOTES: Final = (
    ("folder", "Folders become groups"),
    ("copy", "Duplicates are recognised"),
    ("hard-drive", "Nothing is uploaded"),
)
ICON: Final = 16
LEAD: Final = 14
"""Pixels of the line below the headline."""
ICON_GAP: Final = 8
NOTE_GAP: Final = 32
CARD: Final = 148
FAN: Final = ((-58, 12, -8.0), (58, 12, 7.0), (0, -4, -1.0))
"""Where the cards lie that stand for what comes: right and down of the middle, and turned by degrees; the last is on
top."""
ABOVE_WORDS: Final = 148
MOST_SUFFIXES: Final = 3


class DropOverlay(QWidget):
    """Lies over ``place``, a part of ``window``; lets the mouse through, for the window beneath takes the drop."""

    _counted = Signal(int, Incoming)

    def __init__(self, window: QWidget, look: Look, place: QWidget) -> None:
        super().__init__(window)
        self._place, self._look = place, look
        self._incoming = Incoming()
        self._turn = 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Drop to add"))
        self._counted.connect(self._take)
        self.hide()

    @property
    def incoming(self) -> Incoming:
        """What is offered, as far as it was counted."""
        return self._incoming

    def offer(self, paths: Sequence[str]) -> None:
        """Show what these paths would add."""
        self._show(Incoming(files=len(paths)))
        turn = self._turn
        threading.Thread(target=self._count, args=(tuple(paths), turn), daemon=True, name="count-drop").start()

    def offer_picture(self) -> None:
        """Show that one picture would be added, which another program carries along."""
        self._show(Incoming(files=1))

    def fit(self) -> None:
        """Lie where the place lies now."""
        self.setGeometry(self._place.geometry())

    def withdraw(self) -> None:
        """What was dragged is gone."""
        self._turn += 1
        self.hide()

    def _show(self, incoming: Incoming) -> None:
        self._turn += 1
        self._incoming = incoming
        self._describe()
        self.fit()
        self.show()
        self.raise_()

    def _count(self, paths: Sequence[str], turn: int) -> None:
        self._counted.emit(turn, count_incoming(paths, lambda: turn == self._turn))

    def _take(self, turn: int, incoming: Incoming) -> None:
        if turn == self._turn:
            self._incoming = incoming
            self._describe()
            self.update()

    def _describe(self) -> None:
        self.setAccessibleDescription(f"{headline(self._incoming)}. {detail(self._incoming)}")

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, painter = self._look.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(theme.colour("bg.window"))
        ground.setAlphaF(0.94)
        painter.fillRect(self.rect(), ground)
        dashes = QPen(theme.colour("accent.line"), 2)
        dashes.setDashPattern([3, 2])
        painter.setPen(dashes)
        frame = QRectF(self.rect()).adjusted(INSET, INSET, -INSET, -INSET)
        painter.drawRoundedRect(frame, 4, 4)
        middle = frame.center()
        self._cards(painter, QPointF(middle.x(), middle.y() - ABOVE_WORDS / 2 - 3))
        self._line(painter, headline(self._incoming), TextStyle.DISPLAY, "text.primary", middle.y() + 41, 36)
        self._line(painter, detail(self._incoming), TextStyle.BODY, "text.secondary", middle.y() + 82, 24, LEAD)
        self._notes(painter, middle.y() + 131)
        painter.end()

    def _cards(self, painter: QPainter, middle: QPointF) -> None:
        theme = self._look.theme
        many = self._incoming.pictures > 1 or self._incoming.folders > 0
        for right, down, turn in FAN if many else FAN[-1:]:
            painter.save()
            painter.translate(middle + QPointF(right, down))
            painter.rotate(turn)
            card = QRectF(-CARD / 2, -CARD / 2, CARD, CARD)
            painter.setPen(QPen(theme.colour("border.control"), 1))
            painter.setBrush(theme.colour("bg.raised"))
            painter.drawRoundedRect(card, 4, 4)
            self._look.icons.paint(painter, "image", QRectF(-20, -20, 40, 40), theme.colour("text.tertiary"))
            painter.restore()
        if many:
            self._badge(painter, middle + QPointF(CARD / 2 + 36, -CARD / 2))

    def _badge(self, painter: QPainter, middle: QPointF) -> None:
        theme = self._look.theme
        font = QFont(theme.font(TextStyle.SECTION))
        font.setWeight(QFont.Weight.DemiBold)
        words = _many(self._incoming.files, self._incoming.there_is_more)
        pill = QRectF(0, 0, QFontMetricsF(font).horizontalAdvance(words) + 20, 26)
        pill.moveCenter(middle)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent.solid"))
        painter.drawRoundedRect(pill, 13, 13)
        painter.setFont(font)
        painter.setPen(theme.colour("accent.onSolid"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)

    def _notes(self, painter: QPainter, top: float) -> None:
        theme, font = self._look.theme, self._look.theme.font(TextStyle.BODY)
        measure = QFontMetricsF(font)
        notes = [(icon, tr(words)) for icon, words in NOTES]
        widths = [ICON + ICON_GAP + measure.horizontalAdvance(words) for _, words in notes]
        together = sum(widths) + NOTE_GAP * (len(notes) - 1)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = (self.width() - together) / 2
        painter.setFont(font)
        for (icon, words), width in zip(notes, widths, strict=True):
            start = self.width() - left - width if mirrored else left
            sign = QRectF(start + (width - ICON if mirrored else 0), top + (24 - ICON) / 2, ICON, ICON)
            self._look.icons.paint(painter, icon, sign, theme.colour("text.secondary"))
            painter.setPen(theme.colour("text.secondary"))
            place = QRectF(start + (0 if mirrored else ICON + ICON_GAP), top, width - ICON - ICON_GAP + 1, 24)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
            left += width + NOTE_GAP

    def _line(
        self, painter: QPainter, text: str, style: TextStyle, colour: str, top: float, height: float, size: int = 0
    ) -> None:
        font = QFont(self._look.theme.font(style))
        if size:
            font.setPixelSize(size)
        painter.setFont(font)
        painter.setPen(self._look.theme.colour(colour))
        painter.drawText(QRectF(0, top, self.width(), height), Qt.AlignmentFlag.AlignCenter, text)


def headline(incoming: Incoming) -> str:
    """What a drop would do."""
    if incoming.pictures == 1 and not incoming.there_is_more:
        return tr("Drop to add 1 picture")
    if incoming.pictures == 0:
        return tr("Nothing here can be added")
    return tr("Drop to add {count} pictures", count=_many(incoming.pictures, incoming.there_is_more))


def detail(incoming: Incoming) -> str:
    """Folders, files and bytes, and what will be left out."""
    parts = []
    if incoming.folders:
        folders = tr("1 folder") if incoming.folders == 1 else tr("{count} folders", count=f"{incoming.folders:,}")
        parts.append(folders)
    if incoming.size:
        count = _many(incoming.files, incoming.there_is_more)
        files = tr("1 file") if incoming.files == 1 else tr("{count} files", count=count)
        parts.append(f"{files}, {size_words(incoming.size)}")
    if incoming.foreign:
        ends, count = ", ".join(incoming.foreign_suffixes[:MOST_SUFFIXES]), f"{incoming.foreign:,}"
        parts.append(tr("{count} cannot be read ({ends}) and will be skipped", count=count, ends=ends))
    return " · ".join(parts) or tr("Each picture becomes a piece; views can be put together afterwards")


def _many(count: int, there_is_more: bool) -> str:
    return f"{count:,}+" if there_is_more else f"{count:,}"
