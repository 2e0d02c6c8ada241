"""A remark that something asks for a look, on a ground of its own. GUI thread."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from dmdx_desktop.ui.look import IconLabel, Look, say, text_label
from dmdx_desktop.ui.tokens import TextStyle


class NoteFrame(QFrame):
    """Shown while it has something to say. Heirs add below the words, to ``column``."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("part", "note")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(10)
        row.addWidget(IconLabel(look, "triangle-alert", colour="warning.text"))
        self._words = text_label(style=TextStyle.CAPTION, wrap=True)
        self.column = QVBoxLayout()
        self.column.setSpacing(2)
        self.column.addWidget(self._words)
        row.addLayout(self.column, 1)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def tell(self, words: str) -> None:
        """Say it; nothing is shown for an empty text."""
        say(self._words, words)
        self.setVisible(bool(words))
