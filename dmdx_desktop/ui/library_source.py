"""Reading the library for the window: questions go to reader threads, answers come back on the GUI thread.

The window's process. Nothing here waits: whoever asks gives a function that is called with the answer, unless the
object it belongs to is gone by then. Opening happens on a thread of its own and tells how it went.
"""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.reading import LibraryReader

T = TypeVar("T")


class LibrarySource(QObject):
    """The library below ``paths``, opened for reading once there is one."""

    opened = Signal()
    failed = Signal(object)
    """A DmdxError: the library cannot be opened or read."""
    _answered = Signal(object, object, object)
    _tried = Signal()

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self._reader: LibraryReader | None = None
        self._opening: threading.Thread | None = None
        self._closed = False
        self._is_ready = False
        self._opened_early = False
        self._results: deque[LibraryReader | DmdxError] = deque()
        self._first: Callable[[Connection], object] | None = None
        self._ahead: tuple[Callable[[Connection], object], Future[Any]] | None = None
        # Queued, for an answer that was there already is not to be given while its question is still being asked.
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._tried.connect(self.take_up)

    def open(self) -> None:
        """Open the library: a core has made or upgraded it by now. ``opened`` or ``failed`` follows."""
        self._is_ready = True
        self._first = self._ahead = None  # from now on the library changes
        self._start_opening()

    def open_early(self, first: Callable[[Connection], object] | None = None) -> None:
        """Open a library that can be read as it is, while its core still starts; ``open`` sees to every other one.

        The question ``first`` is asked at once: whoever asks one that is equal to it, soon, has that answer.
        """
        self._opened_early = True
        self._first = first
        self._start_opening()

    def _start_opening(self) -> None:
        if self._reader is None and self._opening is None and not self._closed:
            self._opening = threading.Thread(target=self._open, name="open-library", daemon=True)
            self._opening.start()

    def take_up(self) -> bool:
        """Use a library that is open by now without waiting for the event loop to tell; whether this opened it."""
        was_open = self._reader is not None
        while self._results:
            self._take_on(self._results.popleft())
        return self._reader is not None and not was_open

    @property
    def is_open(self) -> bool:
        """Whether questions are answered."""
        return self._reader is not None

    def ask(self, owner: QObject, question: Callable[[Connection], T], then: Callable[[T], None]) -> None:
        """Have ``question`` answered on a reader thread and call ``then``, while ``owner`` lives, with the answer."""
        if self._reader is None:
            return
        try:
            future = self._answer_ahead(question) or self._reader.submit(question)
        except DmdxError:
            return
        future.add_done_callback(lambda done: self._answered.emit(owner, then, done))

    def _answer_ahead(self, question: Callable[[Connection], T]) -> "Future[Any] | None":
        """The promise of an answer to the first question, once, where this is the one."""
        if self._is_ready or self._ahead is None or self._ahead[0] != question:
            return None
        (_, future), self._ahead = self._ahead, None
        return future

    def close(self) -> None:
        """Interrupt what is being read and let go of the library. Blocks for some milliseconds; any thread."""
        self._closed = True
        opening = self._opening
        if opening is not None:
            opening.join()
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _open(self) -> None:
        """On the opening thread."""
        try:
            reader = LibraryReader.open(self._paths)
            if (first := self._first) is not None:
                self._ahead = (first, reader.submit(first))
            self._results.append(reader)
        except DmdxError as error:
            self._results.append(error)
        self._tried.emit()

    def _take_on(self, result: LibraryReader | DmdxError) -> None:
        self._opening = None
        if isinstance(result, DmdxError):
            if self._closed:
                return
            if self._opened_early:
                # Missing, or of an older version: its core makes it or brings it up to date, and may have by now.
                self._opened_early = False
                if self._is_ready:
                    self._start_opening()
            else:
                self.failed.emit(result)
        elif self._closed:
            result.close()
        else:
            self._reader = result
            self.opened.emit()

    def _deliver(self, owner: QObject, then: Callable[[Any], None], done: "Future[Any]") -> None:
        if done.cancelled() or not isValid(owner):
            return
        error = done.exception()
        if isinstance(error, DmdxError):
            if self._reader is not None:
                self.failed.emit(error)
            return
        if error is not None:
            raise error
        then(done.result())
