"""How much room the library takes on the disk, counted on a thread. The window's process.

Counting looks at the size of each file and opens none; it gives up on what goes away meanwhile.
"""

import os
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from dmdx_desktop.config import Paths

UNITS: Final = ("bytes", "kB", "MB", "GB", "TB")


@dataclass(frozen=True, slots=True)
class StorageSizes:
    """Bytes by what they are for, and what is left on that disk."""

    pictures: int
    library: int
    cache: int
    logs: int
    free: int


class StorageReader(QObject):
    """``counted`` comes on the GUI thread with what :meth:`count` found."""

    counted = Signal(object)
    _found = Signal(object)

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Never told to others from the thread: a listener that is no QObject could be gone before the call is made,
        # and PySide6 makes it all the same.
        self._found.connect(self.counted)
        self._paths = paths
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def count(self) -> None:
        """Count on a thread, unless one is at it."""
        if (self._thread is None or not self._thread.is_alive()) and not self._stopping.is_set():
            self._thread = threading.Thread(target=self._count, name="count-storage", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stop counting. Blocks for a moment; not for the GUI thread."""
        self._stopping.set()
        thread = self._thread
        if thread is not None:
            thread.join()

    def _count(self) -> None:
        paths = self._paths
        database = paths.library_db
        sizes = StorageSizes(
            pictures=self._below(paths.blobs),
            library=sum(_size(database.with_name(database.name + end)) for end in ("", "-wal", "-shm"))
            + self._below(paths.backups),
            cache=self._below(paths.cache),
            logs=self._below(paths.logs),
            free=_free(paths.basedir),
        )
        if not self._stopping.is_set():
            self._found.emit(sizes)

    def _below(self, folder: Path) -> int:
        total = 0
        for place, _, names in os.walk(folder):
            if self._stopping.is_set():
                break
            total += sum(_size(Path(place, name)) for name in names)
        return total


def size_words(size: int) -> str:
    """A number of bytes as it is read: three digits at most, in steps of a thousand as disks are sold."""
    value, unit = float(size), 0
    while value >= 999.5 and unit < len(UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.1f} {UNITS[unit]}" if unit > 1 and value < 99.95 else f"{value:.0f} {UNITS[unit]}"


def _size(file: Path) -> int:
    try:
        return file.stat(follow_symlinks=False).st_size
    except OSError:
        return 0


def _free(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0
