"""Previews for whatever is in view: decoded on threads of their own, kept up to a number of bytes. Window process.

The newest question is answered first, because what scrolled out of view is not wanted any more. A missing preview is
remembered for a moment, so that a grid that repaints does not ask for it with every frame.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from dmdx_desktop.ui.picture_in_memory import decoded

SMALL: Final = 320
LARGE: Final = 1024
THREADS: Final = 2
BUDGET_BYTES: Final = 48_000_000
MOST_WAITING: Final = 400

FRAME_MS: Final = 16
WHOLE: Final = 0

Wanted = tuple[str, int, int]
"""Hash of a picture, the longer side of its preview, and what it is made smaller to; ``WHOLE`` leaves it as it is."""


class Previews(QObject):
    """``ready`` comes on the GUI thread with the hash of a picture whose preview can be painted now.

    What was decoded within a frame is told together, so that a grid is painted once for a row of tiles.
    """

    ready = Signal(str)
    _decoded = Signal(object, object)

    def __init__(self, read: Callable[[str, int], bytes | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self._pixmaps: OrderedDict[Wanted, QPixmap] = OrderedDict()
        self._sizes: dict[tuple[str, int], Wanted] = {}
        self._bytes = 0
        self._arrived: dict[str, None] = {}
        self._telling = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._telling.timeout.connect(self._tell)
        self._missing: set[Wanted] = set()
        self._waiting: OrderedDict[Wanted, None] = OrderedDict()
        self._under_way: set[Wanted] = set()
        self._there = threading.Condition()
        self._closed = False
        self._decoded.connect(self._take)
        self._threads = [threading.Thread(target=self._work, name="previews", daemon=True) for _ in range(THREADS)]
        for thread in self._threads:
            thread.start()

    def pixmap(self, sha256: str, edge: int = SMALL, side: int = WHOLE) -> QPixmap | None:
        """The preview, or None while it is not there; then it is fetched, and ``ready`` tells.

        With a ``side`` in pixels of the screen it comes no larger than that, made smaller on a thread of its own; until
        then it comes in another size, where there is one.
        """
        wanted = (sha256, edge, side)
        found = self._pixmaps.get(wanted)
        if found is not None:
            self._pixmaps.move_to_end(wanted)
            return found
        if wanted not in self._missing:
            self._fetch(wanted)
        other = self._sizes.get((sha256, edge))
        return None if other is None else self._pixmaps[other]

    def has(self, sha256: str, edge: int = SMALL) -> bool:
        """Whether the preview can be painted now, in any size."""
        return (sha256, edge) in self._sizes

    def forget_missing(self) -> None:
        """Ask again for what was not there: new previews were made."""
        self._missing.clear()

    def close(self) -> None:
        """Stop the threads; a decode under way is waited for."""
        with self._there:
            self._closed = True
            self._there.notify_all()
        for thread in self._threads:
            thread.join()

    def _fetch(self, wanted: Wanted) -> None:
        with self._there:
            if wanted in self._under_way:
                return
            self._waiting[wanted] = None
            self._waiting.move_to_end(wanted)
            if len(self._waiting) > MOST_WAITING:
                self._waiting.popitem(last=False)
            self._there.notify()

    def _work(self) -> None:
        while True:
            with self._there:
                while not self._waiting and not self._closed:
                    self._there.wait()
                if self._closed:
                    return
                wanted, _ = self._waiting.popitem()
                self._under_way.add(wanted)
            sha256, edge, side = wanted
            jpeg = self._read(sha256, edge)
            image = _no_larger(decoded(jpeg), side) if jpeg else QImage()
            if self._is_closed():
                return
            self._decoded.emit(wanted, image)

    def _is_closed(self) -> bool:
        with self._there:
            return self._closed

    def _take(self, wanted: Wanted, image: QImage) -> None:
        with self._there:
            self._under_way.discard(wanted)
        if image.isNull():
            self._missing.add(wanted)
            return
        pixmap = QPixmap.fromImage(image)
        self._pixmaps[wanted] = pixmap
        self._sizes[wanted[:2]] = wanted
        self._bytes += _bytes_of(pixmap)
        while self._bytes > BUDGET_BYTES and len(self._pixmaps) > 1:
            self._drop_oldest()
        self._arrived[wanted[0]] = None
        if not self._telling.isActive():
            self._telling.start()

    def _drop_oldest(self) -> None:
        wanted, pixmap = self._pixmaps.popitem(last=False)
        self._bytes -= _bytes_of(pixmap)
        if self._sizes.get(wanted[:2]) == wanted:
            del self._sizes[wanted[:2]]

    def _tell(self) -> None:
        if self._is_closed():
            return  # those who would paint it may be gone
        arrived, self._arrived = self._arrived, {}
        if self._is_closed():
            return  # whoever painted them may be gone by now
        for sha256 in arrived:
            self.ready.emit(sha256)


def _no_larger(image: QImage, side: int) -> QImage:
    if side == WHOLE or max(image.width(), image.height()) <= side:
        return image
    return image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _bytes_of(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
