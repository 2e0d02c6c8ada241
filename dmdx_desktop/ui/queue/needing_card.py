"""What could not be made, by reason, with what can be done about it: for one, all of a reason, or all. GUI thread.

Each row has the two deeds that help most, as ``need_deeds`` has them; the menu of a row has every one.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from dmdx_desktop.library.queue_view import QueueRow
from dmdx_desktop.models.choices import EngineId
from dmdx_desktop.ui.failure_words import Trouble
from dmdx_desktop.ui.keys import KeyAction
from dmdx_desktop.ui.look import Button, IconButton, Tone, say, text_label
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.queue.listing_card import ListingCard
from dmdx_desktop.ui.queue.need_deeds import LOOKS, UNCERTAIN, NeedDeed, deed_words, deeds_of, every_deed_of
from dmdx_desktop.ui.queue.queue_rows import variant_words
from dmdx_desktop.ui.queue.totals import need_words
from dmdx_desktop.ui.studio.piece_delegate import paint_thumbnail
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

MOST_LISTED: Final = 20
THUMBNAIL: Final = 40


class Thumbnail(QWidget):
    """The reference an image is made from."""

    def __init__(self, parts: Parts, sha256: str) -> None:
        super().__init__()
        self._parts, self._sha256 = parts, sha256
        self.setFixedSize(THUMBNAIL, THUMBNAIL)
        parts.previews.ready.connect(self._on_ready)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        pixmap = self._parts.previews.pixmap(self._sha256)
        paint_thumbnail(painter, QRect(0, 0, THUMBNAIL, THUMBNAIL), pixmap, self._parts.look)
        painter.end()

    def _on_ready(self, sha256: str) -> None:
        if sha256 == self._sha256:
            self.update()


class FailedImage(QFrame):
    """What could not be made. R tries it again while the focus is on it, Enter leads to its piece.

    With ``says_why`` its reason stands below its name; of several for one reason it stands above them all.
    """

    wanted = Signal(NeedDeed)

    def __init__(self, parts: Parts, row: QueueRow, *, says_why: bool) -> None:
        super().__init__()
        self._parts, self.row = parts, row
        self.setProperty("part", "row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        name = f"{row.title} · {variant_words(row)}" if row.scene else row.title
        self.name = name
        self.setAccessibleName(name)
        self.setAccessibleDescription(reason_words(row))
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 12, 16, 12)
        line.setSpacing(14)
        title = text_label(style=TextStyle.STRONG)
        say(title, name)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(title)
        if says_why:
            reason = text_label(tone=Tone.SECONDARY, wrap=True)
            say(reason, reason_words(row))
            words.addWidget(reason)
        line.addWidget(Thumbnail(parts, row.sha256))
        line.addLayout(words, 1)
        self.buttons: dict[NeedDeed, Button] = {}
        for deed in deeds_of(row):
            text = deed_words(deed, [row])
            button = Button(parts.look, text, icon=LOOKS[deed][1], scale="small")
            button.setAccessibleName(tr("{deed}: {image}", deed=text, image=name))
            button.clicked.connect(partial(self.wanted.emit, deed))
            line.addWidget(button)
            self.buttons[deed] = button
        self.more = IconButton(parts.look, "ellipsis", tr("More for {image}", image=name))
        self.more.clicked.connect(lambda: self._open_menu(self.more.mapToGlobal(QPoint(0, self.more.height()))))
        line.addWidget(self.more)

    def made_menu(self) -> QMenu:
        """Everything that can be done about it."""
        menu = QMenu(self)
        for deed in every_deed_of(self.row):
            menu.addAction(deed_words(deed, [self.row]), partial(self.wanted.emit, deed))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._open_menu(event.globalPos())

    def _open_menu(self, place: QPoint) -> None:
        self.made_menu().popup(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._parts.keys.action(event) is KeyAction.RETRY:
            if NeedDeed.RETRY in every_deed_of(self.row):
                self.wanted.emit(NeedDeed.RETRY)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit(NeedDeed.SHOW_PIECE)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)


class NeedingCard(ListingCard):
    """``wanted`` tells what is to be done about which rows.

    All are retried at once only where that is free: what costs something is retried with its price on the button.
    """

    wanted = Signal(NeedDeed, list)

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.look, "circle-alert", "danger.text")
        self._parts = parts
        self._rows: tuple[QueueRow, ...] = ()
        self.images: list[FailedImage] = []
        self.reasons: list[Button] = []
        self.retry_all = Button(parts.look, "Retry all", icon="refresh-cw", scale="small")
        self.retry_all.clicked.connect(lambda: self._tell(self._free_rows(), NeedDeed.RETRY))
        self.head.addWidget(self.retry_all)

    def show_failed(self, rows: Sequence[QueueRow], number: int) -> None:
        """List these of ``number`` images; the focus stays on the image it was on."""
        say(self._title, need_words(number))
        self.setVisible(number > 0)
        before, self._rows = self._rows, tuple(rows)
        self.retry_all.setVisible(bool(self._free_rows()))
        if before == self._rows:
            return
        focused: QWidget | None = QApplication.focusWidget()
        at = next(
            (
                _identity(one.row)
                for one in self.images
                if focused is not None and (focused is one or one.isAncestorOf(focused))
            ),
            None,
        )
        self._exchange()
        for image in self.images:
            if _identity(image.row) == at:
                image.setFocus()

    def _free_rows(self) -> list[QueueRow]:
        return [row for row in self._rows if row.id and row.engine == EngineId.DRAFT]

    def _exchange(self) -> None:
        self.images, self.reasons = [], []
        column = self.fresh_rows()
        for group in by_reason(self._rows):
            self._add_group(column, group)

    def _add_group(self, column: QVBoxLayout, group: Sequence[QueueRow]) -> None:
        if len(group) > 1:
            column.addWidget(self._reason(group))
        for row in group[:MOST_LISTED]:
            image = FailedImage(self._parts, row, says_why=len(group) == 1)
            image.wanted.connect(partial(self._tell, [row]))
            self.images.append(image)
            column.addWidget(image)
        if len(group) > MOST_LISTED:
            more = text_label(tone=Tone.TERTIARY)
            say(more, tr("and {count} more for the same reason", count=len(group) - MOST_LISTED))
            more.setContentsMargins(16, 8, 16, 8)
            column.addWidget(more)

    def _tell(self, rows: list[QueueRow], deed: NeedDeed) -> None:
        self.wanted.emit(deed, rows)

    def _reason(self, group: Sequence[QueueRow]) -> QFrame:
        head = QFrame()
        head.setProperty("part", "row")
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(14)
        words = text_label(tone=Tone.SECONDARY, wrap=True)
        say(words, reason_words(group[0]))
        line.addWidget(words, 1)
        if group[0].state == UNCERTAIN:
            return head  # what is to be done about it is for each of them
        is_retried = all(NeedDeed.RETRY in deeds_of(row) for row in group)
        deed = NeedDeed.RETRY if is_retried else NeedDeed.SKIP
        text = tr("Retry these {count}") if is_retried else tr("Skip these {count}")
        text = deed_words(deed, group, text.format(count=len(group)))
        button = Button(self._parts.look, text, icon=LOOKS[deed][1], scale="small")
        button.setAccessibleDescription(reason_words(group[0]))
        button.clicked.connect(partial(self._tell, list(group), deed))
        line.addWidget(button)
        self.reasons.append(button)
        return head


def _identity(row: QueueRow) -> tuple[str, int]:
    return row.id, row.problem_key


def reason_words(row: QueueRow) -> str:
    """Why it could not be made, and what can be done."""
    words = Trouble(row.code, row.problem, row.remedy, "").words
    return words or tr("It could not be made.")


def by_reason(rows: Sequence[QueueRow]) -> list[list[QueueRow]]:
    """Images that failed for the same reason, together, in the order of the first of each."""
    groups: dict[tuple[str, str], list[QueueRow]] = {}
    for row in rows:
        groups.setdefault((row.code, reason_words(row)), []).append(row)
    return list(groups.values())
