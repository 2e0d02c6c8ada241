"""Asks what becomes of changes in the form that are not saved yet. GUI thread."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from dmdx_desktop.ui.look import Button, Look, Tone, Variant, text_label
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

WIDTH: Final = 420


class UnsavedDialog(QDialog):
    """Starts on going on with the editing, which is also what Escape means."""

    save_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self.setWindowTitle(tr("Changes are not saved"))
        self.setFixedWidth(WIDTH)
        self.go_on = Button(look, "Keep editing")
        self.discard = Button(look, "Discard changes")
        self.save = Button(look, "Save changes", variant=Variant.PRIMARY)
        self.go_on.setDefault(True)
        self.go_on.setFocus()
        self.go_on.clicked.connect(self.reject)
        for button, told in ((self.discard, self.discard_wanted), (self.save, self.save_wanted)):
            button.setAutoDefault(False)
            button.clicked.connect(self.accept)
            button.clicked.connect(told)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.go_on, self.discard, self.save):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(text_label("Save what you changed?", TextStyle.SECTION))
        column.addWidget(text_label("It is in the form and not saved yet.", tone=Tone.SECONDARY, wrap=True))
        column.addLayout(buttons)
