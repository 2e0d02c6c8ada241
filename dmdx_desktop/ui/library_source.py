"""Reading the library for the window: questions go to reader threads, answers come back on the GUI thread.

The window's process. Nothing here waits: whoever asks gives a function that is called with the answer, unless the
object it belongs to is gone by then.
"""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.database import LibraryReader

T = TypeVar("T")


class LibrarySource(QObject):
    """The library below ``paths``, opened for reading once there is one."""

    failed = Signal(object)
    """A DmdxError: the library cannot be read."""
    _answered = Signal(object, object, object)

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self._reader: LibraryReader | None = None
        self._answered.connect(self._deliver)

    def open(self) -> None:
        """Open the library. A core has made or upgraded it by now. Raises ``LibraryError``."""
        if self._reader is None:
            self._reader = LibraryReader.open(self._paths)

    @property
    def is_open(self) -> bool:
        """Whether questions are answered."""
        return self._reader is not None

    def ask(self, owner: QObject, question: Callable[[Connection], T], then: Callable[[T], None]) -> None:
        """Have ``question`` answered on a reader thread and call ``then``, while ``owner`` lives, with the answer."""
        if self._reader is None:
            return
        try:
            future: Future[Any] = self._reader.submit(question)
        except DmdxError:
            return
        future.add_done_callback(lambda done: self._answered.emit(owner, then, done))

    def close(self) -> None:
        """Interrupt what is being read and let go of the library. Blocks for some milliseconds."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

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
