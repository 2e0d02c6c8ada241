"""How much of what was asked for is done: a bar, its legend, and the words above it. GUI thread."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dmdx_desktop.library.queue_view import QueueView
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

FEW: Final = 60
DOT: Final = 9
UNDER_WAY: Final = "accent.line"


def shade_of(look: Look, colour: str) -> QColor:
    """The colour of a part; what is under way is a lighter one of what is done."""
    shade = look.theme.colour(colour)
    if colour == UNDER_WAY:
        shade.setAlphaF(0.55)
    return shade


class TotalsBar(QWidget):
    """Done, under way, failed and waiting as parts of one bar."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._parts: tuple[tuple[int, str], ...] = ()
        self.setFixedHeight(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.update)

    def show_parts(self, parts: Sequence[tuple[int, str]]) -> None:
        """Numbers with the colours of their parts."""
        self._parts = tuple(parts)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole, x = max(sum(number for number, _ in self._parts), 1), 0.0
        painter.setBrush(self._look.theme.colour("bg.pressed"))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        for number, colour in self._parts:
            width = self.width() * number / whole
            if number:
                painter.setBrush(shade_of(self._look, colour))
                painter.drawRoundedRect(QRectF(x, 0, max(width - 1, 2), self.height()), 3, 3)
            x += width
        painter.end()


class Legend(QWidget):
    """What the colours of the bar are, with their numbers."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._parts: tuple[tuple[str, str], ...] = ()
        self.setFixedHeight(20)
        look.theme.changed.connect(self.update)

    def show_parts(self, parts: Sequence[tuple[str, str]]) -> None:
        """Words with the colours they explain."""
        self._parts = tuple(parts)
        self.setAccessibleName(", ".join(words for words, _ in parts))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, painter = self._look.theme, QPainter(self)
        font = theme.font(TextStyle.CAPTION)
        painter.setFont(font)
        x = 0
        for words, colour in self._parts:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade_of(self._look, colour))
            painter.drawRoundedRect(QRectF(x, (self.height() - DOT) / 2, DOT, DOT), 2, 2)
            painter.setPen(theme.colour("text.secondary"))
            place = self.rect().adjusted(x + DOT + 6, 0, 0, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
            x += DOT + 6 + QFontMetrics(font).horizontalAdvance(words) + 18
        painter.end()


def title_words(view: QueueView) -> str:
    """The title of the page."""
    left = view.left + len(view.uncertain)
    if not left and not view.failed:
        return tr("Nothing is running")
    return tr("{done} of {total} images done", done=view.done, total=view.done + left + view.failed)


def detail_words(view: QueueView, *, paused: bool) -> str:
    """What is under the title."""
    left = view.left
    moving = view.running + view.waiting
    parts = [tr("Paused")] if paused and left else []
    if left:
        waiting = view.waiting + view.held_up
        parts += [tr("{count} rendering", count=view.running), tr("{count} waiting", count=waiting)]
    if view.needs:
        parts.append(need_words(view.needs))
    if moving and not paused:
        parts.append(time_left(view))
    elif not left and view.done:
        parts.append(tr("{count} done in the last day", count=view.done))
    elif not left and not view.needs:
        parts.append(tr("Images that are being made are listed here."))
    return " · ".join(parts)


def need_words(failed: int) -> str:
    """How many images somebody has to look at."""
    return tr("1 needs you") if failed == 1 else tr("{count} need you", count=failed)


def legend_parts(view: QueueView) -> tuple[tuple[str, str], ...]:
    """The legend of the bar; what there is none of is left out."""
    failed = view.failed + len(view.uncertain)
    every = (
        (view.done, tr("Done {count}", count=view.done), "accent.solid"),
        (view.running, tr("Rendering {count}", count=view.running), "accent.line"),
        (failed, tr("Need you {count}", count=failed), "danger.solid"),
        (view.waiting + view.held_up, tr("Waiting {count}", count=view.waiting + view.held_up), "bg.pressed"),
    )
    return tuple((words, colour) for number, words, colour in every if number)


def time_left(view: QueueView) -> str:
    """How long what is left takes, from the median of the last images."""
    left = view.running + view.waiting
    if view.seconds_each is None:
        return tr("about a minute") if left < FEW else tr("some minutes")
    return seconds_left_words(left * view.seconds_each)


def seconds_left_words(seconds: float) -> str:
    """A time, as rough as it is known."""
    if seconds < 90:
        return tr("about a minute left") if seconds > 30 else tr("less than a minute left")
    if seconds < 5_400:
        return tr("about {count} minutes left", count=round(seconds / 60))
    return tr("about {count} hours left", count=round(seconds / 3_600))
