"""What is dragged over the window and dropped on it: what is said meanwhile, and what is added. GUI thread."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from dmdx_desktop.ui.adding import files_in
from dmdx_desktop.ui.carried_picture import carries_picture, is_only_a_link
from dmdx_desktop.ui.drop_overlay import DropOverlay
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.notices import Toast
from dmdx_desktop.ui.pasting import Pasting
from dmdx_desktop.ui.wording import tr


class Dropping:
    """Lays ``overlay`` over ``place`` of ``centre`` while something is dragged across it."""

    def __init__(self, centre: QWidget, place: QWidget, look: Look, pasting: Pasting, toast: Toast) -> None:
        self.overlay = DropOverlay(centre, look, place)
        self._pasting, self._toast = pasting, toast

    def enter(self, event: QDragEnterEvent) -> None:
        """Say what comes, and whether it is taken."""
        if event.source() is not None:  # the gallery's own images
            return
        paths = files_in(event.mimeData())
        if paths:
            self.overlay.offer(paths)
        elif carries_picture(event.mimeData()):
            self.overlay.offer_picture()
        elif not is_only_a_link(event.mimeData()):
            return
        event.acceptProposedAction()

    def drop(self, event: QDropEvent) -> bool:
        """Add what was dropped; whether there was anything to add."""
        self.overlay.withdraw()
        event.acceptProposedAction()
        return self._take(event.mimeData())

    def _take(self, data: QMimeData) -> bool:
        is_taken = self._pasting.take(data, tr("Dragged"))
        if not is_taken:
            self._toast.tell(tr("Only a link was dragged here. Save the picture as a file and add that."))
        return is_taken
