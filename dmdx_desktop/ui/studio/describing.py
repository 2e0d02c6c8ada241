"""What the user says of pieces: sent to the core one edit after the other, and taken back through the history.

The window's process, GUI thread. What pieces had before is read on a reader thread, so that undoing brings back the
very reading, with its confidence. An edit that is refused leaves no trace in the history, and its asker is told why.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from dmdx_desktop.library.selected_pieces import Former, former_descriptions
from dmdx_desktop.link.messages import Answer, Failed, Finished
from dmdx_desktop.models.commands import Command
from dmdx_desktop.models.describing import STONES
from dmdx_desktop.models.gestures import (
    DescribePiece,
    DescribePieces,
    FormerDescription,
    StatedStone,
    TakeBackDescription,
)
from dmdx_desktop.models.ids import JobId
from dmdx_desktop.ui.failure_words import INSTEAD, failed_words, troubles_in
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.wording import tr

BLOCK: Final = 200
"""So many pieces are described by one command: a rating given meanwhile waits for one of them at most."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a piece, or the same of several: those have no stones and no title in common."""

    facts: dict[str, str] = field(default_factory=dict)
    withdrawn: tuple[str, ...] = ()
    stones: tuple[StatedStone, ...] | None = None
    title: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What of ``Piece`` it changes."""
        return (*self.facts, *self.withdrawn, *(() if self.stones is None else STONES))

    def __bool__(self) -> bool:
        return bool(self.names) or self.title is not None


OnSaid = Callable[[str], None]
"""Is told why the edit was refused; an empty text where it was made."""


class Describing(QObject):
    """Edits wait for one another, so that each knows what the one before it left. ``settled`` comes after each."""

    settled = Signal()

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._waiting: deque[Callable[[], None]] = deque()
        self._is_busy = False
        self._unread: OnSaid | None = None
        parts.source.failed.connect(self._on_unreadable)

    def describe(self, keys: Sequence[int], said: Said, then: OnSaid | None = None) -> None:
        """Say it of the pieces of these keys."""
        if keys and said:
            self._line_up(partial(self._begin, tuple(keys), said, then))

    def send(self, commands: Sequence[Command], then: OnSaid | None = None) -> None:
        """Have commands carried out that belong to one edit, and tell how it went."""
        self._line_up(partial(self._carry_out, deque(commands), then))

    def _line_up(self, edit: Callable[[], None]) -> None:
        self._waiting.append(edit)
        self._go_on()

    def _go_on(self) -> None:
        if self._waiting and not self._is_busy:
            self._is_busy = True
            self._waiting.popleft()()

    def _begin(self, keys: tuple[int, ...], said: Said, then: OnSaid | None) -> None:
        self._unread = then or _nobody
        question = partial(former_descriptions, keys=keys, names=said.names)
        self._parts.source.ask(self, question, partial(self._say, said, then))

    def _on_unreadable(self) -> None:
        if self._unread is not None:
            then, self._unread = self._unread, None
            self._end(then, tr("The library cannot be read, so nothing was changed."))

    def _say(self, said: Said, then: OnSaid | None, former: list[Former]) -> None:
        self._unread = None
        if not former:
            self._end(then, tr(INSTEAD["not_found"][0]))
            return

        def note(refused: str) -> None:
            # Of several pieces some may have been changed before one was refused.
            if not refused or len(former) > 1:
                self._parts.history.push(DescribingStep(self, said, former))
            if then is not None:
                then(refused)

        self._carry_out(deque(commands_of(said, former)), note)

    def _carry_out(self, commands: deque[Command], then: OnSaid | None, refused: str = "") -> None:
        if not commands:
            self._end(then, refused)
            return

        def take(answer: Answer) -> None:
            if isinstance(answer, Failed):
                self._end(then, failed_words(answer))
            else:
                self._carry_out(commands, then, refused or trouble_in(answer))

        self._parts.bridge.send(commands.popleft(), take)

    def _end(self, then: OnSaid | None, refused: str) -> None:
        self._is_busy = False
        if then is not None:
            then(refused)
        self.settled.emit()
        self._go_on()


class DescribingStep(QUndoCommand):
    """One edit that was made, whatever number of pieces it was for."""

    def __init__(self, describing: Describing, said: Said, former: Sequence[Former]) -> None:
        super().__init__(tr("Edit"))
        self._describing, self._said, self._former = describing, said, former
        self._is_first = True

    def redo(self) -> None:
        if not self._is_first:
            self._describing.send(commands_of(self._said, self._former))
        self._is_first = False

    def undo(self) -> None:
        self._describing.send(taking_back(self._said, self._former))


def commands_of(said: Said, pieces: Sequence[Former]) -> list[Command]:
    """What the core is asked, so that this is said of these pieces."""
    if len(pieces) == 1:
        (one,) = pieces
        return [
            DescribePiece(
                job=JobId(one.id), title=said.title, facts=said.facts, withdrawn=said.withdrawn, stones=said.stones
            )
        ]
    return [
        DescribePieces(
            jobs=tuple(JobId(piece.id) for piece in pieces[first : first + BLOCK]),
            facts=said.facts,
            withdrawn=said.withdrawn,
        )
        for first in range(0, len(pieces), BLOCK)
    ]


def taking_back(said: Said, pieces: Sequence[Former]) -> list[Command]:
    """What the core is asked, so that these pieces have again what they had."""
    former = [
        FormerDescription(
            job=JobId(piece.id), title=None if said.title is None else piece.title or None, facts=piece.facts
        )
        for piece in pieces
    ]
    return [TakeBackDescription(pieces=tuple(former[first : first + BLOCK])) for first in range(0, len(former), BLOCK)]


def trouble_in(answer: Finished) -> str:
    """What could not be done of a command; empty where all of it was."""
    troubles = troubles_in(answer.document.get("problems"))
    return troubles[0].words if troubles else ""


def _nobody(refused: str) -> None:
    """Nobody asked to be told."""
    del refused
