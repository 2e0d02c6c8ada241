"""Deletions whose work is still under way, and the proof of those that are done. GUI thread."""

import json
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from dmdx_desktop.library.finishing_view import FinishingRow
from dmdx_desktop.library.purges import PurgeState, ReceiptRow
from dmdx_desktop.models.gestures import UNDO_MS
from dmdx_desktop.ui.look import Button, Look, Tone, say, text_label
from dmdx_desktop.ui.queue.listing_card import ListingCard
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr


class FinishingCard(ListingCard):
    """``undo_wanted`` tells the id of a deletion that is to be taken back."""

    undo_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "trash-2", "text.secondary", "Deleted, finishing")
        self._look = look
        self._shown: tuple[tuple[FinishingRow, ...], tuple[ReceiptRow, ...], int] | None = None
        self.undos: list[Button] = []
        self.lines: list[str] = []

    def show_rows(self, rows: Sequence[FinishingRow], receipts: Sequence[ReceiptRow], now: int) -> None:
        """List these; ``now`` is UTC epoch milliseconds."""
        self.setVisible(bool(rows or receipts))
        # Seconds are counted only while something can still be taken back.
        counted = now // 1000 if any(row.state is PurgeState.PLANNED for row in rows) else 0
        shown = (tuple(rows), tuple(receipts), counted)
        if shown == self._shown:
            return
        focused = next((at for at, button in enumerate(self.undos) if button.hasFocus()), None)
        self._shown = shown
        say(self._title, tr("Deleted, finishing") if rows or not receipts else tr("Deleted, proven"))
        self._exchange(rows, receipts, now)
        if focused is not None and focused < len(self.undos):
            self.undos[focused].setFocus()

    def _exchange(self, rows: Sequence[FinishingRow], receipts: Sequence[ReceiptRow], now: int) -> None:
        self.undos, self.lines = [], []
        column = self.fresh_rows()
        for row in rows:
            undo = self._undo(row) if seconds_left(row, now) else None
            column.addWidget(self._line(what_words(row), step_words(row, now), undo))
        for receipt in receipts:
            column.addWidget(self._line(proof_words(receipt), "", None))

    def _undo(self, row: FinishingRow) -> Button:
        undo = Button(self._look, "Undo", icon="undo-2", scale="small")
        undo.setAccessibleDescription(what_words(row))
        undo.clicked.connect(partial(self.undo_wanted.emit, row.id))
        self.undos.append(undo)
        return undo

    def _line(self, what: str, how_far: str, undo: Button | None) -> QFrame:
        line = QFrame()
        line.setProperty("part", "row")
        row = QHBoxLayout(line)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(14)
        words = text_label(style=TextStyle.BODY, wrap=True)
        say(words, what)
        row.addWidget(words, 1)
        if how_far:
            step = text_label(tone=Tone.SECONDARY)
            say(step, how_far)
            row.addWidget(step)
        if undo is not None:
            row.addWidget(undo)
        self.lines.append(f"{what} · {how_far}" if how_far else what)
        return line


def seconds_left(row: FinishingRow, now: int) -> int:
    """For how many seconds it can be taken back."""
    if row.state is not PurgeState.PLANNED:
        return 0
    return min(max(-(-(row.planned_at + UNDO_MS - now) // 1000), 0), UNDO_MS // 1000)


def what_words(row: FinishingRow) -> str:
    """What goes. A piece has no name any more once its rows are gone."""
    if row.is_of_images:
        return tr("1 image") if row.images == 1 else tr("{count} images", count=row.images)
    return row.title or tr("Deletion of {time}", time=_clock(row.planned_at))


def step_words(row: FinishingRow, now: int) -> str:
    """How far its deletion is."""
    match row.state:
        case PurgeState.PLANNED:
            seconds = seconds_left(row, now)
            return tr("Erased in {count} seconds", count=seconds) if seconds else tr("Erasing")
        case PurgeState.FILES if row.files:
            return tr("Removing {count} files", count=row.files)
        case PurgeState.FILES | PurgeState.TRACES:
            return tr("Removing previews, backups and traces")
        case PurgeState.FORGOTTEN:
            return tr("Proving that nothing is left")


def proof_words(receipt: ReceiptRow) -> str:
    """What is gone, proven, in numbers alone."""
    counts: dict[str, int] = json.loads(receipt.counts)
    every = (
        (counts.get("pieces", 0), "1 piece", "{count} pieces"),
        (counts.get("images", 0), "1 image", "{count} images"),
        (counts.get("files", 0), "1 file", "{count} files"),
        (counts.get("previews", 0), "1 preview", "{count} previews"),
    )
    parts = [tr(one) if number == 1 else tr(many, count=number) for number, one, many in every if number]
    what = ", ".join(parts) or tr("Nothing that others do not need")
    return tr("Gone at {time}: {what}. No copy is left in this library.", time=_clock(receipt.finished_at), what=what)


def _clock(at: int) -> str:
    return QLocale().toString(QDateTime.fromMSecsSinceEpoch(at).time(), QLocale.FormatType.ShortFormat)
