"""Pictures from the clipboard on their way in: files as files, a picture without one through a file of ours.

The window's process. The clipboard is read on the GUI thread, the picture is written by a thread, and the file is
removed once its import has ended: the library has a copy by then.
"""

import shutil
import tempfile
import threading
import time
from pathlib import Path
from typing import Final, cast

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QClipboard, QGuiApplication, QImage

from dmdx_desktop.models.commands import ImportPaths
from dmdx_desktop.ui.adding import Adding, files_in
from dmdx_desktop.ui.bridge import CoreBridge

PREFIX: Final = "dmdx-pasted-"
MOST_PIXELS: Final = 64_000_000


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
        files = () if data is None else files_in(data)
        if files:
            self._adding.add(files)
            return
        image = self._clipboard.image()
        if not image.isNull() and image.width() * image.height() <= MOST_PIXELS:
            threading.Thread(target=self._write, args=(image,), name="write-pasted", daemon=True).start()

    def _carried(self) -> QMimeData | None:
        # Nothing at all where no clipboard was ever filled, whatever the types of Qt say.
        return cast("QMimeData | None", self._clipboard.mimeData())

    def _look(self) -> None:
        data = self._carried()
        can_paste = data is not None and (bool(files_in(data)) or data.hasImage())
        if can_paste is not self.can_paste:
            self.can_paste = can_paste
            self.changed.emit()

    def _write(self, image: QImage) -> None:
        """On a thread of its own."""
        folder = tempfile.mkdtemp(prefix=PREFIX)
        file = Path(folder, f"Pasted {time.strftime('%Y-%m-%d %H.%M.%S')}.png")
        if image.save(str(file)):
            self._written.emit(str(file))
        else:
            shutil.rmtree(folder, ignore_errors=True)

    def _send(self, file: str) -> None:
        command = ImportPaths(paths=(file,), finish=True)
        self._bridge.send(command, lambda answer: _remove(Path(file).parent))
        self._adding.begun.emit(command.id)


def _remove(folder: Path) -> None:
    threading.Thread(target=shutil.rmtree, args=(folder, True), name="remove-pasted", daemon=True).start()
