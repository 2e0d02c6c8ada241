"""Everything that is known of why an image could not be made, to read and to copy. GUI thread."""

from typing import Final

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from dmdx_desktop.library.queue_view import QueueRow
from dmdx_desktop.models.choices import EngineId
from dmdx_desktop.models.money_words import usd
from dmdx_desktop.models.paid_model import name_of
from dmdx_desktop.ui.failure_words import Trouble
from dmdx_desktop.ui.look import Button, Look, Tone, Variant, say, text_label
from dmdx_desktop.ui.queue.queue_rows import variant_words
from dmdx_desktop.ui.term_words import term_name
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

WIDTH: Final = 520


class NeedDetails(QDialog):
    """The dialog; ``lines`` are its facts by name."""

    def __init__(self, window: QWidget, look: Look, row: QueueRow) -> None:
        super().__init__(window)
        self.setWindowTitle(tr("Details"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDTH)
        self.lines = details_of(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        head = text_label(style=TextStyle.TITLE, wrap=True)
        say(head, row.title)
        column.addWidget(head)
        facts = QFormLayout()
        facts.setHorizontalSpacing(16)
        facts.setVerticalSpacing(8)
        for name, words in self.lines.items():
            label, value = text_label(tone=Tone.TERTIARY), text_label(wrap=True)
            say(label, name)
            say(value, words)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            facts.addRow(label, value)
        column.addLayout(facts)
        column.addStretch(1)
        self.copy = Button(look, "Copy", icon="copy")
        self.copy.clicked.connect(self._copy)
        self.done_button = Button(look, "Close", variant=Variant.PRIMARY)
        self.done_button.clicked.connect(self.accept)
        self.done_button.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(self.done_button)
        column.addLayout(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(f"{name}: {words}" for name, words in self.lines.items()))


def details_of(row: QueueRow) -> dict[str, str]:
    """What is known, by name; what is not known is left out."""
    trouble = Trouble(row.code, row.problem, row.remedy, "")
    engine = term_name(EngineId.DRAFT) if row.engine == EngineId.DRAFT else name_of(row.engine)
    at = QLocale().toString(QDateTime.fromMSecsSinceEpoch(row.since), QLocale.FormatType.ShortFormat)
    known = {
        tr("Image"): variant_words(row) if row.scene else "",
        tr("What happened"): trouble.words or tr("It could not be made."),
        tr("Engine"): engine,
        tr("Price"): "" if row.quoted is None else usd(row.quoted),
        tr("When"): at if row.since else "",
        tr("Code"): row.code,
    }
    return {name: words for name, words in known.items() if words}
