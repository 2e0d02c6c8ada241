"""Failures that nobody foresaw, wherever in the window's process they come up: to the log, and one calm sentence.

Any thread may fail; the telling happens on the GUI thread. Neither the log nor what is copied holds an exception's own
words, which may quote a file name or a prompt: only its type and the places it passed.
"""

import logging
import sys
import threading
import time
from collections import deque
from types import TracebackType
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from dmdx_desktop.log import RedactingFormatter

TOLD_EVERY_S: Final = 5.0
LOGGED_A_MINUTE: Final = 20
log: Final = logging.getLogger(__name__)


class Faults(QObject):
    """``befell`` comes at most every some seconds, however often something fails."""

    befell = Signal()
    _caught = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._details = ""
        self._told_at = -TOLD_EVERY_S
        self._logged: deque[float] = deque(maxlen=LOGGED_A_MINUTE)
        self._format = RedactingFormatter(dated=True)
        self._caught.connect(self._tell)

    def watch(self) -> None:
        """From now on hear of every exception that nobody caught: of slots and of threads."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread

    def copy_details(self) -> None:
        """What failed last, for a message to us: types and places."""
        QGuiApplication.clipboard().setText(self._details)

    def take(self, error: BaseException) -> None:
        """Note an exception. Callable from any thread."""
        now = time.monotonic()
        record = log.makeRecord(
            log.name,
            logging.ERROR,
            __file__,
            0,
            "unexpected failure in the window",
            (),
            (type(error), error, error.__traceback__),
        )
        # What fails with every frame must not fill the log.
        if len(self._logged) < LOGGED_A_MINUTE or now - self._logged[0] > 60:
            self._logged.append(now)
            log.handle(record)
        self._caught.emit(self._format.format(record))

    def _tell(self, details: str) -> None:
        now = time.monotonic()
        if now - self._told_at >= TOLD_EVERY_S:
            self._told_at, self._details = now, details
            self.befell.emit()

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.take(error)

    def _on_thread(self, facts: threading.ExceptHookArgs) -> None:
        if facts.exc_value is not None:
            self.take(facts.exc_value)
