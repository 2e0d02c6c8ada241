"""The core as the window knows it: commands go out, and what happened comes back as signals, once a frame.

The window's process, GUI thread; the link's threads only hand messages over. Progress and changes are gathered and told
at most once a frame, and never for longer than a frame's share: a core that says much never makes the window stutter.
A core that dies is started again, and commands without an answer are sent again: they do their work once. One that says
that it can never begin, because its library cannot be opened, is not started again until somebody asks for it.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from dmdx_desktop.link.messages import Answer, Changed, FromCore, Progress
    from dmdx_desktop.link.window_end import WindowEnd
    from dmdx_desktop.models.commands import Command
    from dmdx_desktop.models.ids import CommandId
    from dmdx_desktop.ui.core_process import CoreProcess

    OnAnswer = Callable[[Answer], None]
    StartCore = Callable[[], CoreProcess]

FRAME_MS: Final = 16
SHARE_OF_FRAME_S: Final = 0.004
RESTART_AFTER_MS: Final = (200, 1_000, 3_000)
"""How long to wait before the first, second and every further start in a row."""
STAYED_UP_S: Final = 60.0
SENT_WITHIN_S: Final = 1.0
log: Final = logging.getLogger(__name__)


class CoreBridge(QObject):
    """Sends commands to the core and tells what comes back."""

    changed = Signal(dict)
    """Table name to the set of keys that changed, or to None where the table is to be read again."""
    progressed = Signal(object)
    """A Progress of some command."""
    answered = Signal(object, object)
    """How a command ended, Finished or Failed, and the command."""
    ready = Signal()
    """The library of the core is open: made, or brought up to date."""
    lost = Signal()
    """The core ended by itself; it is being started again."""
    back = Signal()
    refused = Signal(object)
    """No core can begin as things are, and why, Failed: ``start`` tries again."""
    _woken = Signal()

    def __init__(self, start: "StartCore", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._start = start
        self._lock = threading.Lock()
        self._arrived: deque[FromCore | CoreProcess | None] = deque()
        self._pending_wake = False
        self._changes: dict[str, set[int] | None] = {}
        self._progress: dict[CommandId, Progress] = {}
        self._unanswered: dict[CommandId, Command] = {}
        self._waiting: dict[CommandId, OnAnswer] = {}
        self._process: CoreProcess | None = None
        self._starter: threading.Thread | None = None
        self._end: WindowEnd | None = None
        self._closing = False
        self._kept_rendering = False
        self._was_ready = False
        self._was_lost = False
        self._was_refused = False
        self._again = False
        self._starts = 0
        self._started_at = 0.0
        self._woken.connect(self._drain)
        self._telling = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._telling.timeout.connect(self._tell)

    def start(self) -> None:
        """Start the core, on a thread. Returns at once; nothing happens where one is there or being started."""
        if self._was_refused and self._end is not None:
            self._again = True  # it has said why, and ends at this moment
            return
        if self._closing or self._end is not None or (self._starter is not None and self._starter.is_alive()):
            return
        self._started_at = time.monotonic()
        self._was_refused = False
        self._starter = threading.Thread(target=self._start_core, name="core-start", daemon=True)
        self._starter.start()

    @property
    def core_number(self) -> int | None:
        """The id of the core's process."""
        return None if self._process is None else self._process.number

    def send(self, command: "Command", then: "OnAnswer | None" = None) -> "CommandId":
        """Have ``command`` carried out; ``then`` hears how it ended."""
        self._unanswered[command.id] = command
        if then is not None:
            self._waiting[command.id] = then
        if self._end is not None:
            self._end.execute(command)
        return command.id

    def hang_up(self, *, keep_rendering: bool) -> None:
        """The window closes: the core ends at once, its work waiting in rows, or once what is queued is done."""
        if self._closing:
            return
        self._closing, self._kept_rendering = True, keep_rendering
        if self._end is not None:
            if keep_rendering:
                self._end.keep_rendering()
            self._end.hang_up()

    def wait_ended(self) -> None:
        """After :meth:`hang_up`, blocks for as long as a core takes that ends at once; one that hangs is ended.

        Not for the GUI thread of a window in use.
        """
        if self._starter is not None:
            self._starter.join()
        process, end = self._process, self._end
        if end is not None:
            end.wait_sent(SENT_WITHIN_S)
        if process is None or (self._kept_rendering and end is not None):
            return
        if end is None:
            process.kill()  # nobody has spoken to it yet: there is nothing it could be doing
        if process.wait_ended() is None:
            process.kill()
            process.wait_ended()
        if end is None:
            process.channel().close()

    def close(self, *, keep_rendering: bool) -> None:
        """:meth:`hang_up` and :meth:`wait_ended`."""
        self.hang_up(keep_rendering=keep_rendering)
        self.wait_ended()

    def _start_core(self) -> None:
        """On the starting thread: put away the core that died, and start one."""
        before = self._process
        if before is not None and before.wait_ended() is None:
            before.kill()
            before.wait_ended()
        try:
            process = self._start()
            import dmdx_desktop.link.window_end  # noqa: F401 - so that the GUI thread finds it loaded
        except OSError as error:
            log.warning("no core could be started", exc_info=error)
            self._hand_over(None)
            return
        self._process = process
        self._hand_over(process)

    def _hand_over(self, message: "FromCore | CoreProcess | None") -> None:
        """From the reading or the starting thread; None says that the core is gone."""
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

    def _take(self, message: "FromCore | CoreProcess | None") -> None:
        # The starting thread has loaded them: the window is shown before there is time for that.
        from dmdx_desktop.link.messages import Changed, Failed, Finished, Progress, Welcome
        from dmdx_desktop.ui.core_process import CoreProcess

        match message:
            case None:
                self._on_gone()
            case CoreProcess():
                self._on_started(message)
            case Welcome():
                self._ask_whether_ready()
                if self._was_lost:
                    self._was_lost = False
                    self.back.emit()
            case Changed():
                self._gather(message)
            case Progress():
                self._progress[message.command] = message
                self._tell_soon()
            case Failed() if message.command is None:
                self._was_refused = True
                self.refused.emit(message)
            case Finished() | Failed():
                self._on_answer(message)

    def _ask_whether_ready(self) -> None:
        """The answer to any command says that the library is open."""
        from dmdx_desktop.link.messages import Finished
        from dmdx_desktop.models.commands import ListJobs

        def hear(answer: "Answer") -> None:
            if isinstance(answer, Finished) and not self._was_ready:
                self._was_ready = True
                self.ready.emit()

        if not self._was_ready:
            self.send(ListJobs(limit=1), hear)

    def _gather(self, message: "Changed") -> None:
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

    def _on_answer(self, message: "Answer") -> None:
        if message.command is None:
            return
        self._tell()
        command = self._unanswered.pop(message.command, None)
        then = self._waiting.pop(message.command, None)
        self.answered.emit(message, command)
        if then is not None:
            then(message)

    def _on_started(self, process: "CoreProcess") -> None:
        from dmdx_desktop.link.window_end import WindowEnd  # loaded by the starting thread, as the messages are

        if self._closing:
            return
        self._end = WindowEnd(process.channel(), self._hand_over, lambda: self._hand_over(None))
        for command in self._unanswered.values():
            self._end.execute(command)

    def _on_gone(self) -> None:
        self._end = None
        if self._closing or self._was_refused:
            if self._again:
                self._again = False
                self.start()
            return
        stayed = time.monotonic() - self._started_at > STAYED_UP_S
        self._starts = 0 if stayed else self._starts
        wait = RESTART_AFTER_MS[min(self._starts, len(RESTART_AFTER_MS) - 1)]
        self._starts += 1
        self._was_lost = True
        self.lost.emit()
        QTimer.singleShot(wait, self.start)
