"""Asks for the name under which a recipe is kept. GUI thread."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dmdx_desktop.models.gestures import LONGEST_NAME
from dmdx_desktop.ui.look import Button, Look, Tone, Variant, say, text_label
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

WIDTH: Final = 380


class RecipeNaming(QDialog):
    """``named`` tells a name that can be kept. One that is taken is said to be replaced, never by surprise."""

    named = Signal(str)

    def __init__(self, window: QWidget, look: Look, title: str, taken: Sequence[str], name: str = "") -> None:
        """``taken`` are the names there are; with ``name`` that one is renamed, and takes no other's place."""
        super().__init__(window)
        self._taken = {one.casefold() for one in taken}
        self._before = name
        self.setWindowTitle(tr(title))
        self.setFixedWidth(WIDTH)
        self.name = QLineEdit(name)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(tr("Name of the recipe"))
        self.name.selectAll()
        self.about = text_label(tone=Tone.SECONDARY, wrap=True)
        self.keep = Button(look, "Save recipe", variant=Variant.PRIMARY)
        self.keep.setDefault(True)
        cancel = Button(look, "Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.keep.clicked.connect(self._on_keep)
        self.name.textChanged.connect(self._on_text)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(text_label(title, TextStyle.SECTION))
        column.addWidget(self.name)
        column.addWidget(self.about)
        column.addLayout(buttons)
        self._on_text()

    def _on_text(self) -> None:
        name = self.name.text().strip()
        is_own = bool(self._before) and name.casefold() == self._before.casefold()
        is_taken = name.casefold() in self._taken and not is_own
        words = tr("Scenes, metals, angle, shape, size and number of images are kept.")
        if self._before:
            words = tr("What the recipe makes stays as it is.")
        if is_taken:
            words = (
                tr("There is a recipe of this name.") if self._before else tr("It replaces the recipe of this name.")
            )
        say(self.about, words, Tone.WARNING if is_taken else Tone.SECONDARY)
        self.name.setAccessibleDescription(words)
        usual = tr("Rename recipe") if self._before else tr("Save recipe")
        self.keep.setText(tr("Replace recipe") if is_taken and not self._before else usual)
        self.keep.setEnabled(bool(name) and name != self._before and not (is_taken and self._before))

    def _on_keep(self) -> None:
        name = self.name.text().strip()
        self.accept()
        self.named.emit(name)
