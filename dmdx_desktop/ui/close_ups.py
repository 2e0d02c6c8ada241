"""Pictures pixel by pixel: has the core make tiles of those that are looked at closely. GUI thread.

The tiles lie with the previews, so a picture that was looked at once is there without a network, and without the core.
"""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap

from dmdx_desktop.link.messages import Failed, Finished
from dmdx_desktop.models.gestures import MakeTiles
from dmdx_desktop.models.preview_edges import tile_edge
from dmdx_desktop.ui.bridge import CoreBridge
from dmdx_desktop.ui.failure_words import failed_words
from dmdx_desktop.ui.previews import Previews
from dmdx_desktop.ui.widgets.picture_canvas import Tile


class CloseUps(QObject):
    """``ready`` tells the hash of a picture whose tiles were made, ``damaged`` of one that has none to give."""

    ready = Signal(str)
    damaged = Signal(str)

    def __init__(self, bridge: CoreBridge, previews: Previews, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._previews = bridge, previews
        self._asked: set[str] = set()
        self._there: set[str] = set()
        self._faults: dict[str, str] = {}

    def want(self, sha256: str) -> None:
        """Have the tiles of a picture made, unless they were or cannot be."""
        if sha256 and sha256 not in self._asked | self._there | self._faults.keys():
            self._asked.add(sha256)
            self._bridge.send(MakeTiles(sha256=sha256), partial(self._take, sha256))

    def tiles_of(self, sha256: str) -> Tile | None:
        """What gives the tiles of a picture; None while there are none."""
        if sha256 not in self._there:
            return None
        return partial(self._tile, sha256)

    def fault_of(self, sha256: str) -> str:
        """What is wrong with a picture, in words; empty where nothing is known to be."""
        return self._faults.get(sha256, "")

    def forget_faults(self) -> None:
        """Files may have been mended: ask again when next one is looked at."""
        self._faults.clear()

    def _tile(self, sha256: str, number: int) -> QPixmap | None:
        return self._previews.pixmap(sha256, tile_edge(number))

    def _take(self, sha256: str, answer: Finished | Failed) -> None:
        self._asked.discard(sha256)
        if isinstance(answer, Failed):
            self._faults[sha256] = failed_words(answer)
            self.damaged.emit(sha256)
            return
        self._there.add(sha256)
        self._previews.forget_missing()
        self.ready.emit(sha256)
