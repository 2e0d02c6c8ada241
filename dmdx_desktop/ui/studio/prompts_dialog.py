"""The full text of every variant, one below the other, to read and to copy. GUI thread."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from dmdx_desktop.ui.look import Button, Look, text_label
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

SIZE: Final = (640, 520)


class PromptsDialog(QDialog):
    """Shows names of variants, and the text of each."""

    def __init__(self, look: Look, texts: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("The exact text that is used"))
        self.resize(*SIZE)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        number = tr("1 text") if len(texts) == 1 else tr("{count} texts", count=len(texts))
        heading = text_label(style=TextStyle.TITLE)
        heading.setText(number)
        column.addWidget(heading)
        # One editor for all of them: a recipe may have hundreds of variants.
        self.text = QPlainTextEdit("\n\n".join(f"{name}\n{text}" for name, text in texts))
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("The exact text of every variant"))
        column.addWidget(self.text, 1)
        close = Button(look, "Close")
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)
