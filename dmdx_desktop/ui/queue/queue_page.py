"""The queue: how much is done, what needs the user, what is under way, what waits and what is done. GUI thread."""

import time
from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from dmdx_desktop.library.queue_view import DoneRow, QueueView, queue_view
from dmdx_desktop.link.messages import Answer, Finished
from dmdx_desktop.models.connecting import CheckConnection
from dmdx_desktop.models.connection import Health, Service
from dmdx_desktop.models.gestures import CancelRenders, PauseRenders, UndoDeletion
from dmdx_desktop.models.ids import RenderId
from dmdx_desktop.ui.look import Button, Tone, say, text_label
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.queue.finishing_card import FinishingCard
from dmdx_desktop.ui.queue.mending import Mending
from dmdx_desktop.ui.queue.needing_card import NeedingCard
from dmdx_desktop.ui.queue.queue_delegate import ROW, QueueHead
from dmdx_desktop.ui.queue.queue_list import QueueList
from dmdx_desktop.ui.queue.queue_rows import DRAFT_WORDS, QueueModel, steps_words
from dmdx_desktop.ui.queue.row_times import Timing
from dmdx_desktop.ui.queue.totals import Legend, TotalsBar, detail_words, legend_parts, title_words
from dmdx_desktop.ui.queue.waiting_card import WaitingCard, WaitingDeed
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

READ_AGAIN_MS, OUT_OF_SIGHT_MS = 250, 1_000
"""After something changed; less often where only the number of what waits is shown."""
TIME_MS: Final = 1_000
MOST_UNDER_WAY: Final = 8
FEWEST_DONE: Final = 10
FIRST_TO_GROW: Final = 1000
READ: Final = frozenset({"render", "output", "problem", "job", "purge", "receipt", "attempt"})
"""The tables that are shown here."""
NOTHING: Final = QueueView(0, 0, 0, 0, (), (), (), None)


class QueuePage(QWidget):
    """``waiting_changed`` tells how many images are not done yet, ``seen`` the queue whenever it was read.

    ``piece_opened`` tells the key of the piece an image belongs to.
    """

    waiting_changed = Signal(int)
    seen = Signal(QueueView)
    image_opened = Signal(int)
    piece_opened = Signal(int)
    told = Signal(str)
    """Something to say for a moment."""
    connections_wanted = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._paused = False
        self._view = NOTHING
        self._title, self._detail = text_label("Nothing is running", TextStyle.DISPLAY), text_label(tone=Tone.SECONDARY)
        self._bar, self._legend = TotalsBar(parts.look), Legend(parts.look)
        self.pause = Button(parts.look, "Pause all", icon="pause")
        self.resume = Button(parts.look, "Resume", icon="rotate-ccw")
        self.cancel = Button(parts.look, "Cancel waiting", icon="x")
        self.needing = NeedingCard(parts)
        self.parked = WaitingCard(parts.look)
        self.mending = Mending(parts, self)
        self.under_way, self.done = QueueModel(), QueueModel()
        self._under_way_title = text_label("In progress", TextStyle.SECTION)
        self._steps = text_label(DRAFT_WORDS, TextStyle.CAPTION, Tone.TERTIARY)
        self._head_row = QueueHead(parts.look)
        self.under_way_list = QueueList(parts, self.under_way, "In progress")
        self.finishing = FinishingCard(parts.look)
        self._done_title = text_label("Done today", TextStyle.SECTION)
        self.done_list = QueueList(parts, self.done, "Done today")
        self._lay_out()
        self._connect()
        self._reading = QTimer(self, singleShot=True)
        self._reading.timeout.connect(self.read_all)
        self._clock = QTimer(self, interval=TIME_MS)
        self._clock.timeout.connect(self._tell_time)
        self._show(NOTHING)

    def take_changes(self, changes: dict[str, set[int] | None]) -> None:
        """Rows of these tables changed."""
        if READ & changes.keys() and not self._reading.isActive():
            self._reading.start(READ_AGAIN_MS if self.isVisible() else OUT_OF_SIGHT_MS)

    def read_all(self) -> None:
        """Look again at everything."""
        self._parts.source.ask(self, partial(queue_view, now=_now()), self._show)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count_time()
        if self._reading.isActive():
            self._reading.start(0)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(32, 28, 32, 16)
        column.setSpacing(6)
        column.addLayout(self._head())
        column.addSpacing(8)
        column.addWidget(self._bar)
        column.addWidget(self._legend)
        column.addSpacing(12)
        cards = QVBoxLayout()
        cards.setSpacing(12)
        cards.addWidget(self.needing)
        cards.addWidget(self.parked)
        column.addLayout(cards)
        column.addSpacing(12)
        under_way = QHBoxLayout()
        under_way.addWidget(self._under_way_title, 1)
        under_way.addWidget(self._steps)
        column.addLayout(under_way)
        column.addWidget(self._head_row)
        column.addWidget(self.under_way_list)
        column.addSpacing(12)
        column.addWidget(self.finishing)
        column.addSpacing(12)
        column.addWidget(self._done_title)
        # As long as its rows where there is room; what is left of the page lies below.
        column.addWidget(self.done_list, FIRST_TO_GROW)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setProperty("part", "page")
        scroll.setAccessibleName(tr("Queue"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        words = QVBoxLayout()
        words.addWidget(self._title)
        words.addWidget(self._detail)
        head.addLayout(words)
        head.addStretch(1)
        for button in (self.pause, self.resume, self.cancel):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        return head

    def _connect(self) -> None:
        bridge = self._parts.bridge
        self.pause.clicked.connect(lambda: self._set_paused(True))
        self.resume.clicked.connect(lambda: self._set_paused(False))
        self.cancel.clicked.connect(lambda: bridge.send(CancelRenders(everything=True)))
        self.needing.wanted.connect(self.mending.carry_out)
        self.parked.wanted.connect(self._help_waiting)
        self.mending.piece_opened.connect(self.piece_opened)
        self.mending.told.connect(self.told)
        self.under_way_list.piece_wanted.connect(self.piece_opened)
        self.under_way_list.cancel_wanted.connect(self._cancel)
        self.finishing.undo_wanted.connect(lambda purge: bridge.send(UndoDeletion(purges=(purge,))))
        self.done_list.activated.connect(self._open_done)
        self.done_list.clicked.connect(self._open_done)
        bridge.back.connect(self._pause_again)

    def _help_waiting(self, deed: WaitingDeed) -> None:
        if deed is WaitingDeed.CONNECTIONS:
            self.connections_wanted.emit()
        else:
            # Once the service has been spoken to, whatever waits for it goes on.
            self._parts.bridge.send(CheckConnection(service=Service.WAVESPEED), self._on_checked)

    def _on_checked(self, answer: Answer) -> None:
        tests = answer.document.get("tests") if isinstance(answer, Finished) else None
        for test in tests if isinstance(tests, list) else ():
            if isinstance(test, dict) and test.get("health") == Health.FAILS:
                sentences = test.get("sentences")
                self.told.emit(" ".join(map(str, sentences)) if isinstance(sentences, list) else "")

    def _set_paused(self, paused: bool) -> None:
        had_focus = self.pause.hasFocus() or self.resume.hasFocus()
        self._paused = paused
        self._parts.bridge.send(PauseRenders(paused=paused))
        self._show(self._view)
        if had_focus:
            (self.resume if paused else self.pause).setFocus()

    def _pause_again(self) -> None:
        """A core that was started anew does not know of it."""
        if self._paused:
            self._parts.bridge.send(PauseRenders(paused=True))

    def _cancel(self, render: str) -> None:
        self._parts.bridge.send(CancelRenders(renders=(RenderId(render),)))

    def _open_done(self, index: QModelIndex) -> None:
        row = self.done.rows[index.row()] if 0 <= index.row() < len(self.done.rows) else None
        if isinstance(row, DoneRow):
            self.image_opened.emit(row.key)

    def _show(self, view: QueueView) -> None:
        self._view = view
        left = view.left
        say(self._title, title_words(view))
        say(self._detail, detail_words(view, paused=self._paused))
        self._bar.show_parts(
            (
                (view.done, "accent.solid"),
                (view.running, "accent.line"),
                (view.failed + len(view.uncertain), "danger.solid"),
                (view.waiting + view.held_up, "bg.pressed"),
            )
        )
        self._legend.show_parts(legend_parts(view))
        self._bar.setVisible(left + view.failed + len(view.uncertain) > 0)
        self._legend.setVisible(left + view.failed + len(view.uncertain) > 0)
        self.pause.setVisible(left > 0 and not self._paused)
        self.resume.setVisible(self._paused)
        self.cancel.setVisible(view.waiting > 0)
        self.cancel.setText(tr("Cancel waiting ({count})", count=view.waiting))
        self.needing.show_failed((*view.uncertain, *view.needing, *view.unmade), view.needs)
        self.parked.show_groups(view.parked)
        say(self._steps, steps_words(view.rows))
        self.under_way.show(view.rows, self._timing())
        self.finishing.show_rows(view.finishing, view.receipts, _now())
        self.done.show(view.done_rows)
        under_way: tuple[QWidget, ...] = (
            self._under_way_title,
            self._steps,
            self._head_row,
            self.under_way_list,
        )
        for widget in under_way:
            widget.setVisible(left > 0)
        self._done_title.setVisible(bool(view.done_rows))
        self.done_list.setVisible(bool(view.done_rows))
        self.under_way_list.setFixedHeight(min(len(view.rows), MOST_UNDER_WAY) * ROW + 2)
        self.done_list.setMinimumHeight(min(len(view.done_rows), FEWEST_DONE) * ROW + 2)
        self.done_list.setMaximumHeight(len(view.done_rows) * ROW + 2)
        self.waiting_changed.emit(left)
        self.seen.emit(view)
        self._count_time()

    def _timing(self) -> Timing:
        return Timing(_now(), self._view.running, dict(self._view.seconds_of), self._paused)

    def _count_time(self) -> None:
        """The clock of the rows goes only while somebody sees it and something is under way."""
        moves = self.isVisible() and bool(self._view.running or self._view.waiting or self._view.finishing)
        if moves != self._clock.isActive():
            self._clock.start() if moves else self._clock.stop()

    def _tell_time(self) -> None:
        self.under_way.tell_time(self._timing())
        self.finishing.show_rows(self._view.finishing, self._view.receipts, _now())


def _now() -> int:
    return round(time.time() * 1000)
