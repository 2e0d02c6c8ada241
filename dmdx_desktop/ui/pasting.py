"""Pictures from the clipboard or another program's drag on their way in: files as files, others through one of ours.

The window's process. What is carried along is read on the GUI thread, the picture is written by a thread, and the file
is removed once its import has ended: the library has a copy by then.
"""

import shutil
import tempfile
import threading
import time
from functools import partial
from pathlib import Path
from typing import Final, cast

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from dmdx_desktop.models.commands import ImportPaths
from dmdx_desktop.ui.adding import Adding, files_in
from dmdx_desktop.ui.bridge import CoreBridge
from dmdx_desktop.ui.carried_picture import CarriedPicture, carries_picture, picture_in

PREFIX: Final = "dmdx-pasted-"


class Pasting(QObject):
    """``changed`` comes when something else can be pasted, or nothing any more."""

    changed = Signal()
    _written = Signal(str)

    def __init__(self, adding: Adding, bridge: CoreBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._adding, self._bridge = adding, bridge
        self._clipboard: QClipboard = QGuiApplication.clipboard()
        self.can_paste = False
        """Whether the clipboard holds files or a picture: looked up when it changes, for its owner may be slow."""
        self._clipboard.dataChanged.connect(self._look)
        self._written.connect(self._send)

    def paste(self) -> None:
        """Add what the clipboard holds."""
        data = self._carried()
        if data is not None:
            self.take(data, "Pasted")

    def take(self, data: QMimeData, named: str) -> bool:
        """Add what comes along, under that name where it has none; False where that is nothing."""
        files = files_in(data)
        if files:
            self._adding.add(files)
            return True
        picture = picture_in(data)
        if picture is not None:
            write = partial(self._write, picture, named)
            threading.Thread(target=write, name="write-pasted", daemon=True).start()
        return picture is not None

    def _carried(self) -> QMimeData | None:
        # Nothing at all where no clipboard was ever filled, whatever the types of Qt say.
        return cast("QMimeData | None", self._clipboard.mimeData())

    def _look(self) -> None:
        data = self._carried()
        can_paste = data is not None and (bool(files_in(data)) or carries_picture(data))
        if can_paste is not self.can_paste:
            self.can_paste = can_paste
            self.changed.emit()

    def _write(self, picture: CarriedPicture, named: str) -> None:
        """On a thread of its own."""
        folder = tempfile.mkdtemp(prefix=PREFIX)
        file = Path(folder, f"{named} {time.strftime('%Y-%m-%d %H.%M.%S')}{picture.suffix}")
        if _is_written(picture, file):
            self._written.emit(str(file))
        else:
            shutil.rmtree(folder, ignore_errors=True)

    def _send(self, file: str) -> None:
        command = ImportPaths(paths=(file,), finish=True)
        self._bridge.send(command, lambda answer: _remove(Path(file).parent))
        self._adding.begun.emit(command.id)


def _is_written(picture: CarriedPicture, file: Path) -> bool:
    if picture.pixels is not None:
        return picture.pixels.save(str(file))
    try:
        file.write_bytes(picture.data)
    except OSError:
        return False
    return True


def _remove(folder: Path) -> None:
    threading.Thread(target=shutil.rmtree, args=(folder, True), name="remove-pasted", daemon=True).start()
