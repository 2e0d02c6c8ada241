"""Images as files for other programs: copies under proper names in a private folder that goes when the window does.

The window's process. Names are read on a reader thread and files copied on a thread of their own; the GUI thread gets
their paths. The folder belongs to this user alone.
"""

import shutil
import tempfile
import threading
from array import array
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QPixmap
from shiboken6 import isValid

from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.naming import DEFAULT_TEMPLATE, collision_key, free_name
from dmdx_desktop.ui.errands import Errands
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.previews import LARGE, SMALL

if TYPE_CHECKING:
    from dmdx_desktop.library.image_names import ImageNames

MOST_FILES: Final = 200
"""More are exported, not carried: they would be copied while the mouse waits."""
CARRIED: Final = 96
PREFIX_DIGITS: Final = 2


class HandedOut:
    """The private folder, made when it is first wanted, on the thread that copies; it goes when the program ends."""

    def __init__(self, blobs: Path) -> None:
        self._blobs = blobs
        self._lock = threading.Lock()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._closed = False
        self._count = 0

    def copies(self, images: "Sequence[ImageNames]") -> list[Path]:
        """Copies of the files of these images; those that cannot be copied are left out. Not for the GUI thread."""
        with self._lock:
            if self._closed:
                return []
            try:
                return self._copied(images)
            except OSError:
                return []

    def close(self) -> None:
        """Remove what was handed out. Not for the GUI thread."""
        with self._lock:
            self._closed = True
            if self._folder is not None:
                self._folder.cleanup()
                self._folder = None

    def _copied(self, images: "Sequence[ImageNames]") -> list[Path]:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="dmdx-images-", ignore_cleanup_errors=True)
        self._count += 1
        place = Path(self._folder.name) / str(self._count)
        place.mkdir(mode=0o700)
        taken, made = set[str](), list[Path]()
        for image in images:
            try:
                name = free_name(image.file_name(DEFAULT_TEMPLATE), taken)
                shutil.copyfile(self._blobs / image.sha256[:PREFIX_DIGITS] / image.sha256, place / name)
            except (OSError, UsageError):
                continue
            taken.add(collision_key(name))
            made.append(place / name)
        return made


class HandingOut(QObject):
    """Copies to the clipboard and for dragging."""

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._errands = Errands(self)
        self.out = HandedOut(parts.paths.blobs)
        self._copied: QMimeData | None = None

    def make_files(self, keys: "array[int]", then: Callable[[list[Path]], None]) -> None:
        """Have copies of these images made, and go on with their paths."""
        # Names are made of descriptions, which take as long to load as the whole gallery.
        from dmdx_desktop.library.image_names import image_names

        def copy(images: "list[ImageNames]") -> None:
            self._errands.run(self, partial(self.out.copies, images), then)

        self._parts.source.ask(self, partial(image_names, keys=keys[:MOST_FILES].tolist()), copy)

    def copy_to_clipboard(self, keys: "array[int]", sha256: str, then: Callable[[int], None]) -> None:
        """Put the images on the clipboard: as files, and one alone also as the picture its preview shows."""
        self._parts.previews.pixmap(sha256, LARGE)

        def put(files: list[Path]) -> None:
            if files:
                data = file_data(files)
                preview = self._preview(sha256)
                if len(files) == 1 and preview is not None:
                    data.setImageData(preview.toImage())
                self.put(data)
            then(len(files))

        self.make_files(keys, put)

    def put(self, data: QMimeData) -> None:
        """Have the clipboard hold ``data`` for as long as the window is there."""
        QGuiApplication.clipboard().setMimeData(data)
        self._copied = data

    def carried(self, sha256: str) -> QPixmap:
        """What is seen beside the mouse while an image is carried."""
        preview = self._preview(sha256)
        if preview is None:
            return QPixmap()
        return preview.scaled(
            CARRIED, CARRIED, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )

    def close(self) -> None:
        """Remove what was handed out; returns at once."""
        # Its files go now. Qt would also destroy what the clipboard holds of ours after Python has ended, and crash.
        if self._copied is not None and isValid(self._copied):
            if QGuiApplication.clipboard().mimeData() is self._copied:
                QGuiApplication.clipboard().clear()
            self._copied = None
        threading.Thread(target=self.out.close, name="handed-out").start()

    def _preview(self, sha256: str) -> QPixmap | None:
        previews = self._parts.previews
        return previews.pixmap(sha256, LARGE) or previews.pixmap(sha256, SMALL)


def file_data(files: Sequence[Path]) -> QMimeData:
    """Files as other programs take them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data
