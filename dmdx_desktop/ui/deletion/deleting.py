"""Pieces and images on their way out: asked for, hidden at once, erased unless it is undone in time. GUI thread."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand
from PySide6.QtWidgets import QWidget

from dmdx_desktop.library.catalogue import image_ids, piece_ids
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.deletion_view import DeletionView, of_images, of_pieces, picked_images
from dmdx_desktop.link.messages import Failed, Finished
from dmdx_desktop.models.command_base import MAX_TARGETS
from dmdx_desktop.models.gestures import UNDO_MS, CarryOutDeletion, HoldDeletion, PlanDeletion, UndoDeletion
from dmdx_desktop.models.ids import JobId, OutputId
from dmdx_desktop.ui.deletion.deletion_dialog import DeletionDialog
from dmdx_desktop.ui.deletion.deletion_words import deleted_words
from dmdx_desktop.ui.deletion.undo_toast import UndoToast
from dmdx_desktop.ui.notices import Toast
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.wording import tr


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked about: its counts, and by which ids the core knows it."""

    view: DeletionView
    jobs: tuple[JobId, ...]
    outputs: tuple[OutputId, ...]
    picked: tuple[int, ...]


@dataclass(slots=True, eq=False)
class Removal:
    """One deletion from the moment it is confirmed."""

    wanted: Wanted
    purges: tuple[str, ...] = field(default=())
    """What the core calls it, once it has answered."""
    unanswered: int = 0
    """How many parts of it the core has still to plan."""
    is_taken_back: bool = False
    is_final: bool = False


class Deleting(QObject):
    """Asks, plans, undoes and carries out. ``export_wanted`` tells keys of picks to be exported before."""

    export_wanted = Signal(list)

    def __init__(
        self, window: QWidget, parts: Parts, toast: Toast, undo_ms: int = UNDO_MS, at_once: int = MAX_TARGETS
    ) -> None:
        super().__init__(window)
        self._at_once = at_once
        self._window, self._parts, self._toast = window, parts, toast
        over = toast.parentWidget()
        self.toast = UndoToast(window if over is None else over, toast, parts.look, undo_ms)
        self.toast.undo_wanted.connect(self._undo_pending)
        self.toast.ran_out.connect(self.carry_out_pending)
        self.toast.held.connect(self._hold)
        self.dialog: DeletionDialog | None = None
        self._pending: Removal | None = None

    def delete_pieces(self, keys: Sequence[int]) -> None:
        """Ask whether these pieces shall go."""
        if keys and self.dialog is None:
            self._parts.source.ask(self, partial(_pieces, keys=keys), self._open)

    def delete_images(self, keys: Sequence[int]) -> None:
        """Ask whether these images shall go; their pieces stay."""
        if keys and self.dialog is None:
            self._parts.source.ask(self, partial(_images, keys=keys), self._open)

    def carry_out_pending(self) -> None:
        """Erase what waits for an undo: its time is over, or the window closes."""
        removal = self._carry_out()
        if removal is not None:
            self._forget(removal)

    def begin(self, removal: Removal) -> None:
        """Hide what is to go, and offer to undo it."""
        self._carry_out()
        removal.purges, removal.is_taken_back = (), False
        self._pending = removal
        commands = plans_of(removal.wanted, self._at_once)
        removal.unanswered = len(commands)
        for command in commands:
            self._parts.bridge.send(command, partial(self._on_planned, removal))
        self.toast.tell(deleted_words(removal.wanted.view))

    def take_back(self, removal: Removal) -> None:
        """Bring it back, or say in the core's words that it is too late."""
        removal.is_taken_back = True
        if self._pending is removal:
            self._pending = None
            self.toast.withdraw()
        if removal.purges:
            self._parts.bridge.send(UndoDeletion(purges=removal.purges))

    def _carry_out(self) -> Removal | None:
        removal, self._pending = self._pending, None
        self.toast.withdraw()
        if removal is not None:
            removal.is_final = True
            if removal.purges:
                self._parts.bridge.send(CarryOutDeletion(purges=removal.purges))
        return removal

    def _open(self, wanted: Wanted) -> None:
        if self.dialog is not None or not (wanted.jobs or wanted.outputs):
            return
        self.dialog = DeletionDialog(self._window, self._parts.look, wanted.view)
        self.dialog.confirmed.connect(partial(self._delete, wanted))
        self.dialog.picks_wanted.connect(lambda: self.export_wanted.emit(list(wanted.picked)))
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    def _delete(self, wanted: Wanted) -> None:
        self.carry_out_pending()
        self._parts.history.push(RemovalCommand(self, Removal(wanted)))

    def _on_closed(self) -> None:
        self.dialog = None

    def _on_planned(self, removal: Removal, answer: Finished | Failed) -> None:
        removal.unanswered -= 1
        if isinstance(answer, Failed):
            if removal.unanswered or removal.purges:
                return  # the other parts of it are still to be undone or carried out
            if self._pending is removal:
                self._pending = None
                self.toast.withdraw()
            removal.is_final = True
            self._forget(removal)
            return
        listed = answer.document.get("purges")
        planned = tuple(str(one) for one in listed) if isinstance(listed, list) else ()
        if not planned:
            return
        removal.purges += planned
        if removal.is_taken_back:
            self._parts.bridge.send(UndoDeletion(purges=planned))
        elif removal.is_final:
            self._parts.bridge.send(CarryOutDeletion(purges=planned))

    def _hold(self) -> None:
        """Tell the core, and so whichever comes after it, that the offer is being looked at."""
        if self._pending is not None and self._pending.purges:
            self._parts.bridge.send(HoldDeletion(purges=self._pending.purges))

    def _undo_pending(self) -> None:
        removal = self._pending
        if removal is None:
            return
        if self._is_last(removal):
            self._parts.history.undo()
        else:
            self.take_back(removal)
            removal.is_final = True

    def _forget(self, removal: Removal) -> None:
        """Take it off the history where it is the last thing done; deeper in it, it undoes nothing any more."""
        if self._is_last(removal):
            self._parts.history.undo()

    def _is_last(self, removal: Removal) -> bool:
        history = self._parts.history
        command = history.command(history.index() - 1) if history.index() else None
        return isinstance(command, RemovalCommand) and command.removal is removal


class RemovalCommand(QUndoCommand):
    """A deletion in the history."""

    def __init__(self, deleting: Deleting, removal: Removal) -> None:
        super().__init__(tr("deletion"))
        self._deleting, self.removal = deleting, removal

    def redo(self) -> None:
        """Delete."""
        self._deleting.begin(self.removal)

    def undo(self) -> None:
        """Bring back what can still be brought back."""
        if self.removal.is_final:
            self.setObsolete(True)
        else:
            self._deleting.take_back(self.removal)


def plans_of(wanted: Wanted, most: int) -> list[PlanDeletion]:
    """What the core is asked to hide, ``most`` at a time."""
    # Our own ids: looking through a hundred thousand of them takes longer than a frame.
    return [
        PlanDeletion().model_copy(update={"jobs": wanted.jobs[part], "outputs": wanted.outputs[part]})
        for first in range(0, max(len(wanted.jobs), len(wanted.outputs)), most)
        for part in [slice(first, first + most)]
    ]


def _pieces(connection: Connection, keys: Sequence[int]) -> Wanted:
    jobs = tuple(JobId(one) for one in piece_ids(connection, keys))
    return Wanted(of_pieces(connection, keys), jobs, (), picked_images(connection, pieces=keys))


def _images(connection: Connection, keys: Sequence[int]) -> Wanted:
    outputs = tuple(OutputId(one) for one in image_ids(connection, keys))
    return Wanted(of_images(connection, keys), (), outputs, picked_images(connection, images=keys))
