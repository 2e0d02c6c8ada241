"""What is to be said of an engine or a scene that was chosen, with one thing that helps. GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from dmdx_desktop.ui.look import Button, Look, Variant
from dmdx_desktop.ui.studio.note_frame import NoteFrame


class EngineNote(NoteFrame):
    """A note that may have a button."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.action = Button(look, "Connections", variant=Variant.LINK)
        self.action.clicked.connect(self._help)
        self.action.hide()
        self._deed: Callable[[], object] | None = None
        self.column.addWidget(self.action, 0, Qt.AlignmentFlag.AlignLeft)

    def tell_with(self, words: str, action: str, deed: Callable[[], object] | None) -> None:
        """Say it; ``action`` is what the button says that does ``deed``."""
        self._deed = deed
        if deed is not None:
            self.action.setText(action)
        self.action.setVisible(deed is not None)
        self.tell(words)

    def _help(self) -> None:
        if self._deed is not None:
            self._deed()
