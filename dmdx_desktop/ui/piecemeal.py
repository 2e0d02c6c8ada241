"""Work that can wait, done step by step between the events of the window. GUI thread."""

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal


class Piecemeal(QObject):
    """Carries out ``steps`` in order once started, one with each turn of the event loop. ``ended`` follows the last."""

    ended = Signal()

    def __init__(self, steps: Iterable[Callable[[], object]], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = deque(steps)
        self._is_given_up = False
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begin, or go on. Returns at once."""
        self._turn.start()

    def give_up(self) -> None:
        """Leave undone what is left. Any thread."""
        self._is_given_up = True

    def _go_on(self) -> None:
        if self._is_given_up:
            return
        if self._steps:
            self._steps.popleft()()
            self._turn.start()
        else:
            self.ended.emit()
