"""Copies of finished images in the bucket: whether, how fast, how far. GUI thread; the core copies."""

from typing import Final

from PySide6.QtCore import QLocale, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dmdx_desktop.models.connecting import MOST_BYTES_A_SECOND, KeepCopies
from dmdx_desktop.ui.look import Button, Look, Tone, say, text_label
from dmdx_desktop.ui.settings.card_parts import NARROW_FIELD, Note, beside_labels, field_row, plain_field, show_text
from dmdx_desktop.ui.settings.connection_facts import ConnectionFacts, CopiesFacts
from dmdx_desktop.ui.settings.connection_talk import ConnectionTalk
from dmdx_desktop.ui.settings.share_bar import ShareBar
from dmdx_desktop.ui.storage_sizes import size_words
from dmdx_desktop.ui.widgets.tick_box import TickBox
from dmdx_desktop.ui.wording import counted, tr

LOOKED_AT_MS: Final = 1_000
MEGABYTE: Final = 1_000_000
LONGEST_LIMIT: Final = 8


class CopiesPart(QWidget):
    """Rows of the bucket's card; ``refused`` comes with the code and the words of what cannot be done."""

    refused = Signal(str, str)

    def __init__(self, look: Look, talk: ConnectionTalk) -> None:
        super().__init__()
        self._talk = talk
        self._facts = CopiesFacts()
        self._has_bucket = False
        self.wanted = TickBox(look, "Copy finished images into the bucket")
        self.wanted.clicked.connect(self._choose)
        self.words = text_label(wrap=True)
        self.bar = ShareBar(look, "info.solid")
        self.pause = Button(look, "Pause", scale="small")
        self.pause.clicked.connect(self._turn)
        self.limit = plain_field(tr("Most megabytes a second for copies"), LONGEST_LIMIT, tr("No limit"))
        self.limit.setFixedWidth(NARROW_FIELD)
        self.limit.editingFinished.connect(self._take_limit)
        self.note = Note(look)
        self._details = QWidget()
        inner = QVBoxLayout(self._details)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        shown: tuple[QWidget, ...] = (self.words, self.bar, self.pause)
        for widget in shown:
            inner.addWidget(beside_labels(widget))
        megabytes = text_label("MB a second", tone=Tone.SECONDARY)
        inner.addWidget(field_row("Copies at most", self.limit, megabytes, remark="Empty is no limit."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        remark = "Photographs by paid engines. They are deleted there with their image here."
        for part in (beside_labels(self.wanted, remark), self._details, self.note):
            column.addWidget(part)
        self._details.hide()
        self._look_again = QTimer(self, interval=LOOKED_AT_MS)
        self._look_again.timeout.connect(talk.refresh)
        talk.told.connect(self.show_facts)

    def show_facts(self, facts: ConnectionFacts) -> None:
        """Show how far copies are."""
        self._facts = copies = facts.copies
        self._has_bucket = facts.has_bucket
        self.wanted.setEnabled(self._has_bucket or copies.is_on)
        self.wanted.setChecked(copies.is_on)
        self._details.setVisible(copies.is_on)
        say(self.words, copies_words(copies))
        whole = max(copies.stored_bytes + copies.waiting_bytes, 1)
        self.bar.show_shares(copies.stored_bytes / whole, copies.arriving_bytes / whole)
        self.bar.setVisible(copies.waiting > 0)
        self.pause.setText(tr("Go on") if copies.is_paused else tr("Pause"))
        self.pause.setAccessibleName(tr("Go on copying") if copies.is_paused else tr("Pause copying"))
        self.pause.setVisible(copies.waiting > 0 or copies.is_paused)
        show_text(self.limit, limit_text(copies.limit))
        self._watch()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch()

    def _watch(self) -> None:
        """Look again while somebody sees it and something is on its way."""
        is_moving = self._facts.is_on and not self._facts.is_paused and self._facts.waiting > 0
        if is_moving and self.isVisible():
            if not self._look_again.isActive():
                self._look_again.start()
        else:
            self._look_again.stop()

    def _choose(self, is_wanted: bool) -> None:
        self._ask(KeepCopies(on=is_wanted))

    def _turn(self) -> None:
        self._ask(KeepCopies(paused=not self._facts.is_paused))

    def _take_limit(self) -> None:
        if not self.limit.isModified():
            return
        limit = limit_of(self.limit.text())
        if limit is None:
            self.note.tell(tr("This is no amount. Write a number of megabytes, for example 2."))
            return
        self.note.hide()
        self.limit.setModified(False)
        self._ask(KeepCopies(limit=limit))

    def _ask(self, command: KeepCopies) -> None:
        self._talk.ask(command, refused=self._on_refused)

    def _on_refused(self, code: str, words: str) -> None:
        self.wanted.setChecked(self._facts.is_on)
        self.refused.emit(code, words)


def copies_words(copies: CopiesFacts) -> str:
    """How far copies are, in a sentence or two."""
    stored = counted("1 image copied", "{count} images copied", copies.stored)
    parts = [f"{stored} · {size_words(copies.stored_bytes)}" if copies.stored else tr("Nothing is copied yet")]
    if copies.waiting:
        waiting = counted("1 waits", "{count} wait", copies.waiting)
        parts.append(f"{waiting} · {size_words(copies.waiting_bytes)}")
    if copies.failed:
        parts.append(counted("1 cannot be read", "{count} cannot be read", copies.failed))
    words = ", ".join(parts)
    if copies.is_paused:
        return tr("Paused. {how_far}.", how_far=words)
    return tr("{how_far}. {trouble}", how_far=words, trouble=copies.trouble) if copies.trouble else f"{words}."


def limit_text(limit: int | None) -> str:
    """A limit as it stands in its field."""
    return "" if limit is None else QLocale().toString(limit / MEGABYTE, "g", 6)


def limit_of(text: str) -> int | None:
    """The limit that was written in bytes a second, 0 for none; None for what is no amount."""
    typed = text.strip()
    if not typed:
        return 0
    amount, is_number = QLocale().toDouble(typed)
    if not is_number:
        amount, is_number = QLocale.c().toDouble(typed)
    is_possible = is_number and 0.001 <= amount <= MOST_BYTES_A_SECOND / MEGABYTE
    return round(amount * MEGABYTE) if is_possible else None
