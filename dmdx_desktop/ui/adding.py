"""Files and folders on their way in: what is dropped, pasted or chosen becomes one import. GUI thread.

Nothing is opened or walked here: the core does that.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from dmdx_desktop.link.messages import Failed, Finished
from dmdx_desktop.models.commands import ImportPaths
from dmdx_desktop.models.outcome import Document
from dmdx_desktop.ui.bridge import CoreBridge
from dmdx_desktop.ui.wording import tr

PICTURES: Final = "Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp *.gif *.heic *.heif)"


def files_in(data: QMimeData) -> tuple[str, ...]:
    """The local files and folders that are carried along."""
    return tuple(url.toLocalFile() for url in data.urls() if url.isLocalFile()) if data.hasUrls() else ()


class Adding(QObject):
    """Sends imports to the core. ``begun`` tells the id of each, ``summed_up`` how one went well."""

    begun = Signal(str)
    summed_up = Signal(str)

    def __init__(self, window: QWidget, bridge: CoreBridge) -> None:
        super().__init__(window)
        self._window, self._bridge = window, bridge

    def add(self, paths: Sequence[str]) -> None:
        """Import these files and folders."""
        if paths:
            command = ImportPaths(paths=tuple(paths), finish=True)
            self._bridge.send(command, self._on_answer)
            self.begun.emit(command.id)

    def choose_files(self) -> None:
        """Ask which files to add."""
        self._ask(QFileDialog.FileMode.ExistingFiles, "Add files")

    def choose_folder(self) -> None:
        """Ask which folder to add."""
        self._ask(QFileDialog.FileMode.Directory, "Add folder")

    def _on_answer(self, answer: Finished | Failed) -> None:
        if isinstance(answer, Finished) and not answer.document.get("problems"):
            self.summed_up.emit(added_words(answer.document))

    def _ask(self, mode: QFileDialog.FileMode, title: str) -> None:
        dialog = QFileDialog(self._window, title)
        dialog.setFileMode(mode)
        if mode is QFileDialog.FileMode.ExistingFiles:
            dialog.setNameFilters([PICTURES, "All files (*)"])
        dialog.filesSelected.connect(self.add)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def added_words(document: Document) -> str:
    """What an import added, and what of it was there already."""
    references, known = document.get("references"), document.get("duplicates")
    whole = len(references) if isinstance(references, list) else 0
    duplicates = known if isinstance(known, int) else 0
    new = max(whole - duplicates, 0)
    words = tr("1 picture added.") if new == 1 else tr("{count} pictures added.", count=new)
    if not duplicates:
        return words
    there = tr("1 was there already.") if duplicates == 1 else tr("{count} were there already.", count=duplicates)
    return f"{words} {there}" if new else there
