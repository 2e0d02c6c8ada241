"""What every page of the settings is made of: a title, what it is about, sections with rows. GUI thread."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QScrollArea, QVBoxLayout, QWidget

from dmdx_desktop.ui.look import IconLabel, Look, Tone, text_label
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

WIDEST: Final = 960
LABELS: Final = 200
LINE: Final = 40


class SettingsPage(QScrollArea):
    """Heirs add to ``body``."""

    def __init__(self, look: Look, title: str, about: str) -> None:
        super().__init__()
        self.title: Final = tr(title)
        self.setProperty("part", "page")
        self.setAccessibleName(self.title)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._look = look
        content = QWidget()
        across = QHBoxLayout(content)
        across.setContentsMargins(40, 28, 40, 32)
        column = QWidget()
        column.setMaximumWidth(WIDEST)
        self.body = QVBoxLayout(column)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        across.addWidget(column, 1000)
        across.addStretch(1)
        self.setWidget(content)
        self.body.addWidget(text_label(title, TextStyle.DISPLAY))
        self.body.addWidget(text_label(about, tone=Tone.SECONDARY, wrap=True))
        self.body.addSpacing(12)

    def show_page(self) -> None:
        """Called when the page comes into view."""

    def add_section(self, heading: str) -> None:
        """A heading above what is added next."""
        self.body.addSpacing(14)
        self.body.addWidget(text_label(heading, TextStyle.SECTION))

    def add_row(self, name: str, *content: QWidget, detail: str = "") -> QLabel:
        """A line: what it is about, and the controls or words; the label of the line."""
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(16)
        words.setSpacing(0)
        label = text_label(name, TextStyle.STRONG if detail else TextStyle.BODY, wrap=True)
        words.addWidget(label)
        if detail:
            words.addWidget(text_label(detail, TextStyle.CAPTION, Tone.TERTIARY, wrap=True))
        holder = QWidget()
        holder.setLayout(words)
        holder.setFixedWidth(LABELS)
        words.setContentsMargins(0, 4, 0, 4)
        row.addWidget(holder, 0, Qt.AlignmentFlag.AlignVCenter)
        for widget in content:
            row.addWidget(widget)
        row.addStretch(1)
        self.body.addLayout(row)
        return label

    def add_lines(self, *lines: QWidget) -> None:
        """Rows of a list, one right below the other."""
        column = QVBoxLayout()
        column.setSpacing(0)
        for each in lines:
            column.addWidget(each)
        self.body.addLayout(column)

    def add_callout(self, text: str, icon: str = "info") -> None:
        """A remark on a ground of its own."""
        self.body.addSpacing(8)
        frame = QFrame()
        frame.setProperty("part", "callout")
        row = QHBoxLayout(frame)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(IconLabel(self._look, icon, colour="info.text"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text_label(text, wrap=True), 1)
        self.body.addWidget(frame)

    def end(self) -> None:
        """Nothing more comes."""
        self.body.addStretch(1)


def line(layout: QLayout) -> QFrame:
    """A row of a list, above a hairline."""
    frame = QFrame()
    frame.setProperty("part", "row")
    frame.setLayout(layout)
    frame.setMinimumHeight(LINE)
    return frame
