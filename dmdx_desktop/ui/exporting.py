"""Images on their way out: asks for a folder, and has the core write them there. GUI thread."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from dmdx_desktop.library.catalogue import image_ids
from dmdx_desktop.models.commands import Export
from dmdx_desktop.ui.parts import Parts


class Exporting(QObject):
    """Sends exports to the core, which never overwrites what is there."""

    def __init__(self, window: QWidget, parts: Parts) -> None:
        super().__init__(window)
        self._window, self._parts = window, parts

    def choose_folder(self, keys: Sequence[int]) -> None:
        """Ask where to write these images, and write them."""
        if not keys:
            return
        dialog = QFileDialog(self._window, "Export to folder")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, "Export here")
        dialog.fileSelected.connect(partial(self.write, list(keys)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, keys: Sequence[int], folder: str) -> None:
        """Write these images into ``folder``."""
        self._parts.source.ask(self, partial(image_ids, keys=keys), partial(self._send, folder))

    def _send(self, folder: str, ids: list[str]) -> None:
        if ids:
            self._parts.bridge.send(Export(targets=tuple(ids), to=folder))
