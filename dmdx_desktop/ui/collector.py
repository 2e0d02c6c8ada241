"""Python's collection of garbage, on the GUI thread alone and never in the middle of a frame. GUI thread.

Left to itself Python collects on whichever thread happens to make an object, and widgets that are garbage would be
taken apart there, which Qt allows on the GUI thread only. Counting references frees nearly everything at once; what
refers to itself waits here for a moment in which the window has nothing else to do.
"""

import gc
import threading
from typing import Final

from PySide6.QtCore import QObject, QTimer

LOOKS_EVERY_MS: Final = 4_000


class Collector(QObject):
    """Takes collecting over from Python from now on, until closed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._limits = gc.get_threshold()
        self._keeps_all = False
        gc.disable()
        self._looking = QTimer(self, interval=LOOKS_EVERY_MS)
        self._looking.timeout.connect(self.look)
        self._looking.start()

    def keep_all(self) -> None:
        """Everything there is now stays as long as the window: never look at it again."""
        gc.collect()
        gc.freeze()
        self._keeps_all = True

    def close(self) -> None:
        """Give collecting back to Python. On another thread than the window's it stays off: the process is ending."""
        if self._keeps_all:
            gc.unfreeze()
        if threading.current_thread() is threading.main_thread():
            gc.enable()

    def look(self) -> None:
        """Collect the oldest generation that has grown beyond Python's own limits."""
        counts = gc.get_count()
        due = [generation for generation in (0, 1, 2) if counts[generation] > self._limits[generation]]
        if due:
            gc.collect(max(due))
