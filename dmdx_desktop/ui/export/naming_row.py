"""The names of the files: a template with words in braces, and what it gives for the first image. GUI thread."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from dmdx_desktop.models.naming import TEMPLATE_WORDS
from dmdx_desktop.ui.look import IconButton, Look, Tone, say, text_label
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.elided_label import ElidedLabel
from dmdx_desktop.ui.wording import tr

WORDS: Final[Mapping[str, str]] = {
    "title": "Piece",
    "metal": "Metal",
    "scene": "Scene",
    "shot": "View",
    "shape": "Shape",
    "size": "Size",
    "engine": "Draft or engine",
    "sku": "Article number",
    "type": "Type",
    "stone": "Stone",
    "nn": "Number",
}
LONGEST: Final = 300


class NamingRow(QWidget):
    """``changed`` comes with every letter."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(4)
        self.template = QLineEdit()
        self.template.setMaxLength(LONGEST)
        self.template.setAccessibleName(tr("Names of the files"))
        self.template.textChanged.connect(lambda: self.changed.emit())
        self.add = IconButton(look, "plus", "Add a word to the names")
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.add)
        for word in TEMPLATE_WORDS:
            menu.addAction(tr(WORDS[word])).triggered.connect(partial(self._insert, word))
        self.add.setMenu(menu)
        row.addWidget(self.template, 1)
        row.addWidget(self.add)
        column.addLayout(row)
        self._preview = ElidedLabel(TextStyle.CAPTION, Tone.TERTIARY, Qt.TextElideMode.ElideMiddle)
        self._wrong = text_label(style=TextStyle.CAPTION, tone=Tone.DANGER, wrap=True)
        self._wrong.hide()
        column.addWidget(self._preview)
        column.addWidget(self._wrong)

    def show_preview(self, words: str, *, wrong: bool = False) -> None:
        """What the first file will be called, or why there is no name."""
        say(self._wrong if wrong else self._preview, words)
        self._wrong.setVisible(wrong)
        self._preview.setVisible(not wrong)
        self.template.setAccessibleDescription(words)

    @property
    def preview(self) -> str:
        """What stands below the template."""
        return (self._preview if self._wrong.isHidden() else self._wrong).text()

    def _insert(self, word: str) -> None:
        before = self.template.text()[: self.template.cursorPosition()]
        self.template.insert(f"_{{{word}}}" if before and before[-1] not in "_- " else f"{{{word}}}")
        self.template.setFocus()
