"""Asks before anything is deleted: what goes from which place, what stays. GUI thread; it runs no loop of its own."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dmdx_desktop.library.deletion_view import DeletionView
from dmdx_desktop.ui.deletion.deletion_words import (
    button_words,
    consequence_words,
    counted,
    library_words,
    preview_words,
    staying_words,
    title_words,
)
from dmdx_desktop.ui.look import Button, IconLabel, Look, Tone, Variant, say, separator, text_label
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

WIDTH: Final = 520


class DeletionDialog(QDialog):
    """``confirmed`` comes when all of it shall go; ``picks_wanted`` when the picks are to be exported first."""

    confirmed = Signal()
    picks_wanted = Signal()

    def __init__(self, window: QWidget, look: Look, view: DeletionView) -> None:
        super().__init__(window)
        self._look = look
        self.setWindowTitle(title_words(view))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(10)
        title, consequence = text_label(style=TextStyle.TITLE, wrap=True), text_label(tone=Tone.SECONDARY, wrap=True)
        say(title, title_words(view))
        say(consequence, consequence_words(view))
        column.addWidget(title)
        column.addWidget(consequence)
        places = (
            ("hard-drive", "This computer", library_words(view)),
            ("database", "Previews", preview_words(view)),
            ("cloud-off", "Cloud", tr("nothing: all of it is on this computer only")),
        )
        for icon, place, what in places:
            column.addWidget(separator())
            column.addLayout(self._place(icon, place, what))
        column.addSpacing(4)
        column.addWidget(self._staying(view))
        column.addLayout(self._note("undo-2", tr("You can undo for 10 seconds. After that it is gone for good.")))
        column.addSpacing(6)
        column.addLayout(self._buttons(view))
        self.setAccessibleDescription(" ".join((consequence_words(view), library_words(view), staying_words(view))))
        self.cancel.setFocus()

    def _place(self, icon: str, place: str, what: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(IconLabel(self._look, icon))
        row.addWidget(text_label(place, TextStyle.STRONG))
        words = text_label(tone=Tone.SECONDARY, wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        say(words, what)
        row.addWidget(words, 1)
        return row

    def _note(self, icon: str, text: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(IconLabel(self._look, icon), 0, Qt.AlignmentFlag.AlignTop)
        words = text_label(tone=Tone.SECONDARY, wrap=True)
        say(words, text)
        row.addWidget(words, 1)
        return row

    def _staying(self, view: DeletionView) -> QFrame:
        frame = QFrame()
        frame.setProperty("part", "callout")
        row = self._note("info", staying_words(view))
        row.setContentsMargins(12, 10, 12, 10)
        frame.setLayout(row)
        return frame

    def _buttons(self, view: DeletionView) -> QHBoxLayout:
        self.cancel = Button(self._look, "Cancel")
        self.delete = Button(self._look, button_words(view), variant=Variant.DANGER)
        self.export = Button(
            self._look,
            counted(view.picked, "Export the pick first…", "Export the {count} picks first…"),
            variant=Variant.QUIET,
        )
        self.export.setVisible(view.picked > 0)
        self.cancel.clicked.connect(self.reject)
        self.delete.clicked.connect(self._confirm)
        self.export.clicked.connect(self._export_first)
        # Return does what the focus is on, and the focus begins on Cancel.
        self.cancel.setDefault(True)
        self.delete.setAutoDefault(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.export)
        row.addStretch(1)
        for button in (self.cancel, self.delete):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        return row

    def _confirm(self) -> None:
        self.accept()
        self.confirmed.emit()

    def _export_first(self) -> None:
        self.reject()
        self.picks_wanted.emit()
