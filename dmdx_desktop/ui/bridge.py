"""The core as the window knows it: commands go out, and what happened comes back as signals, once a frame.

The window's process, GUI thread; the link's threads only hand messages over. Progress and changes are gathered and told
at most once a frame, and never for longer than a frame's share: a core that says much never makes the window stutter.
A core that dies is started again, and commands without an answer are sent again: they do their work once.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from dmdx_desktop.link.messages import (
    Changed,
    Execute,
    Failed,
    Finished,
    FromCore,
    KeepRendering,
    Progress,
    ToCore,
    Welcome,
)
from dmdx_desktop.link.window_end import WindowEnd
from dmdx_desktop.models.commands import Command
from dmdx_desktop.models.ids import CommandId
from dmdx_desktop.ui.core_process import CoreProcess

FRAME_MS: Final = 16
SHARE_OF_FRAME_S: Final = 0.004
RESTART_AFTER_MS: Final = (200, 1_000, 3_000)
"""How long to wait before the first, second and every further start in a row."""
STAYED_UP_S: Final = 60.0

Answer = Finished | Failed
OnAnswer = Callable[[Answer], None]


class CoreBridge(QObject):
    """Sends commands to the core and tells what comes back."""

    changed = Signal(dict)
    """Table name to the set of keys that changed, or to None where the table is to be read again."""
    progressed = Signal(Progress)
    answered = Signal(object)
    lost = Signal()
    """The core ended by itself; it is being started again."""
    back = Signal()
    _woken = Signal()

    def __init__(self, start: Callable[[], CoreProcess], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._start = start
        self._lock = threading.Lock()
        self._arrived: deque[FromCore | None] = deque()
        self._pending_wake = False
        self._changes: dict[str, set[int] | None] = {}
        self._progress: dict[CommandId, Progress] = {}
        self._unanswered: dict[CommandId, Command] = {}
        self._waiting: dict[CommandId, OnAnswer] = {}
        self._process: CoreProcess | None = None
        self._end: WindowEnd | None = None
        self._closing = False
        self._was_lost = False
        self._starts = 0
        self._started_at = 0.0
        self._woken.connect(self._drain)
        self._telling = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._telling.timeout.connect(self._tell)

    def start(self) -> None:
        """Start the core. Returns at once."""
        self._started_at = time.monotonic()
        self._process = self._start()
        self._end = WindowEnd(self._process.channel(), self._hand_over, lambda: self._hand_over(None))
        for command in self._unanswered.values():
            self._end.send(Execute(command=command))

    @property
    def core_number(self) -> int | None:
        """The id of the core's process."""
        return None if self._process is None else self._process.number

    def send(self, command: Command, then: OnAnswer | None = None) -> CommandId:
        """Have ``command`` carried out; ``then`` hears how it ended."""
        self._unanswered[command.id] = command
        if then is not None:
            self._waiting[command.id] = then
        self._say(Execute(command=command))
        return command.id

    def close(self, *, keep_rendering: bool) -> None:
        """The window closes: the core ends at once, its work waiting in rows, or once what is queued is done.

        Blocks for as long as a core takes that ends at once; one that hangs is ended.
        """
        self._closing = True
        if keep_rendering:
            self._say(KeepRendering())
        if self._end is not None:
            self._end.hang_up()
        if self._process is not None and not keep_rendering and self._process.wait_ended() is None:
            self._process.kill()
            self._process.wait_ended()

    def _say(self, message: ToCore) -> None:
        if self._end is not None:
            self._end.send(message)

    def _hand_over(self, message: FromCore | None) -> None:
        """From the reading thread; None says that the core is gone."""
        with self._lock:
            self._arrived.append(message)
            wake = not self._pending_wake
            self._pending_wake = True
        if wake:
            self._woken.emit()

    def _drain(self) -> None:
        deadline = time.monotonic() + SHARE_OF_FRAME_S
        while time.monotonic() < deadline:
            with self._lock:
                if not self._arrived:
                    self._pending_wake = False
                    return
                message = self._arrived.popleft()
            self._take(message)
        QTimer.singleShot(FRAME_MS, self._drain)

    def _take(self, message: FromCore | None) -> None:
        match message:
            case None:
                self._on_gone()
            case Welcome():
                if self._was_lost:
                    self._was_lost = False
                    self.back.emit()
            case Changed():
                self._gather(message)
            case Progress():
                self._progress[message.command] = message
                self._tell_soon()
            case Finished() | Failed():
                self._on_answer(message)

    def _gather(self, message: Changed) -> None:
        known = self._changes.get(message.table, set())
        if message.keys and known is not None:
            self._changes[message.table] = known | set(message.keys)
        else:
            self._changes[message.table] = None
        self._tell_soon()

    def _tell_soon(self) -> None:
        if not self._telling.isActive():
            self._telling.start()

    def _tell(self) -> None:
        progress, self._progress = self._progress, {}
        changes, self._changes = self._changes, {}
        for each in progress.values():
            self.progressed.emit(each)
        if changes:
            self.changed.emit(changes)

    def _on_answer(self, message: Answer) -> None:
        if message.command is None:
            self.answered.emit(message)
            return
        self._tell()
        self._unanswered.pop(message.command, None)
        then = self._waiting.pop(message.command, None)
        self.answered.emit(message)
        if then is not None:
            then(message)

    def _on_gone(self) -> None:
        self._end = None
        if self._closing:
            return
        if self._process is not None:
            self._process.wait_ended()  # its end was seen: this takes no time, and leaves no process behind
        stayed = time.monotonic() - self._started_at > STAYED_UP_S
        self._starts = 0 if stayed else self._starts
        wait = RESTART_AFTER_MS[min(self._starts, len(RESTART_AFTER_MS) - 1)]
        self._starts += 1
        self._was_lost = True
        self.lost.emit()
        QTimer.singleShot(wait, self.start)
