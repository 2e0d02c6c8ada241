"""From a message about skipped files, or a piece that failed, to the list of what is wrong. GUI thread."""

from collections.abc import Sequence
from functools import partial
from pathlib import PurePath

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from dmdx_desktop.library.connections import Connection
from dmdx_desktop.ui.adding import PICTURES, Adding
from dmdx_desktop.ui.failure_words import Trouble
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.problems_dialog import ProblemsDialog
from dmdx_desktop.ui.wording import tr


class Problems(QObject):
    """Shows them, and adds files again or others in their place."""

    def __init__(self, window: QWidget, parts: Parts, adding: Adding) -> None:
        super().__init__(window)
        self._window, self._parts, self._adding = window, parts, adding
        self.dialog: ProblemsDialog | None = None

    def show_troubles(self, troubles: Sequence[Trouble]) -> None:
        """List these."""
        if self.dialog is not None or not troubles:
            return
        self.dialog = ProblemsDialog(self._window, self._parts.look, troubles)
        self.dialog.retry_wanted.connect(self._adding.add)
        self.dialog.replace_wanted.connect(self._replace)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    def show_piece(self, key: int) -> None:
        """List what is wrong with a piece: its pictures, and the images that failed."""
        self._parts.source.ask(self, partial(_of_piece, key=key), self.show_troubles)

    def _replace(self, path: str) -> None:
        dialog = QFileDialog(self.dialog or self._window, tr("Replace file"), str(PurePath(path).parent))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([PICTURES, tr("All files (*)")])
        dialog.filesSelected.connect(self._adding.add)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_closed(self) -> None:
        self.dialog = None


def _of_piece(connection: Connection, key: int) -> tuple[Trouble, ...]:
    rows = connection.execute(
        "SELECT code, message, remedy, coalesce(path, '') FROM problem WHERE job_key = ? ORDER BY key",
        (key,),
    )
    found = (
        Trouble(code, message, remedy, PurePath(path).suffix.lower(), path) for code, message, remedy, path in rows
    )
    return tuple(dict.fromkeys(found))
