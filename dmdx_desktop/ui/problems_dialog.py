"""Files that could not be added: which, why, and what to do. GUI thread; the dialog runs no loop of its own."""

from collections.abc import Sequence
from functools import partial
from pathlib import PurePath
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from dmdx_desktop.ui.failure_words import Trouble
from dmdx_desktop.ui.look import Button, IconLabel, Look, Tone, Variant, say, text_label
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

SIZE: Final = (680, 520)
MOST_LISTED: Final = 200


class ProblemsDialog(QDialog):
    """``retry_wanted`` tells files to be added once more, ``replace_wanted`` one to be replaced by another."""

    retry_wanted = Signal(list)
    replace_wanted = Signal(str)

    def __init__(self, window: QWidget, look: Look, troubles: Sequence[Trouble]) -> None:
        super().__init__(window)
        self._look = look
        self.retries: list[Button] = []
        self.replaces: list[Button] = []
        title = (
            tr("1 file was skipped") if len(troubles) == 1 else tr("{count} files were skipped", count=len(troubles))
        )
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        head = text_label(style=TextStyle.TITLE, wrap=True)
        say(head, title)
        column.addWidget(head)
        column.addWidget(self._listed(troubles[:MOST_LISTED]), 1)
        if len(troubles) > MOST_LISTED:
            more = text_label(tone=Tone.TERTIARY)
            say(more, tr("and {count} more", count=len(troubles) - MOST_LISTED))
            column.addWidget(more)
        column.addLayout(self._buttons(troubles))

    def _listed(self, troubles: Sequence[Trouble]) -> QScrollArea:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for trouble in troubles:
            rows.addWidget(self._row(trouble))
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setAccessibleName(tr("Skipped files"))
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        return scroll

    def _row(self, trouble: Trouble) -> QFrame:
        row = QFrame()
        row.setProperty("part", "row")
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 10, 0, 10)
        line.setSpacing(12)
        line.addWidget(IconLabel(self._look, "file-warning", colour="warning.text"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        name, why = text_label(style=TextStyle.STRONG, wrap=True), text_label(tone=Tone.SECONDARY, wrap=True)
        file = PurePath(trouble.path).name or tr("A file")
        say(name, file)
        name.setToolTip(trouble.path)
        say(why, trouble.words)
        words.addWidget(name)
        words.addWidget(why)
        line.addLayout(words, 1)
        if trouble.path:
            retry, replace = (Button(self._look, text, scale="small") for text in ("Retry", "Replace file…"))
            retry.setAccessibleName(tr("Retry {file}", file=file))
            replace.setAccessibleName(tr("Replace {file}", file=file))
            retry.clicked.connect(partial(self._retry, (trouble.path,), row))
            replace.clicked.connect(partial(self.replace_wanted.emit, trouble.path))
            line.addWidget(retry)
            line.addWidget(replace)
            self.retries.append(retry)
            self.replaces.append(replace)
        return row

    def _buttons(self, troubles: Sequence[Trouble]) -> QHBoxLayout:
        paths = tuple(dict.fromkeys(trouble.path for trouble in troubles if trouble.path))
        self.retry_all = Button(self._look, "Retry all", icon="refresh-cw")
        self.retry_all.setVisible(len(paths) > 1)
        self.retry_all.clicked.connect(partial(self._retry_all, paths))
        self.done_button = Button(self._look, "Close", variant=Variant.PRIMARY)
        self.done_button.clicked.connect(self.accept)
        self.done_button.setDefault(True)
        row = QHBoxLayout()
        row.addWidget(self.retry_all)
        row.addStretch(1)
        row.addWidget(self.done_button)
        return row

    def _retry(self, paths: Sequence[str], row: QWidget) -> None:
        row.setEnabled(False)
        self.retry_wanted.emit(list(paths))

    def _retry_all(self, paths: Sequence[str]) -> None:
        self.accept()
        self.retry_wanted.emit(list(paths))
