"""Work with files that the GUI thread must not wait for. The window's process.

Each errand runs on a thread of its own; its answer comes back on the GUI thread.
"""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

T = TypeVar("T")


class Errands(QObject):
    """Runs errands for objects of the window; an object that is gone gets no answer."""

    _done = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done.connect(self._deliver)

    def run(self, owner: QObject, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Have ``work`` done, which handles its own failures, and call ``then`` with what came of it."""
        threading.Thread(target=self._work, args=(owner, work, then), name="errand", daemon=True).start()

    def _work(self, owner: QObject, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        answer = work()
        if isValid(self):
            self._done.emit(owner, then, answer)

    def _deliver(self, owner: QObject, then: Callable[[Any], None], answer: object) -> None:
        if isValid(owner):
            then(answer)
