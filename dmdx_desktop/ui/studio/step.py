"""One of the three steps of the inspector: a number, a heading, and what belongs to it. GUI thread."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dmdx_desktop.ui.look import Look, Tone, text_label
from dmdx_desktop.ui.tokens import TextStyle

LABEL_WIDTH: Final = 52
WHOLE: Final = 1000
"""The share of a heading in what its line has left: nearly all of it."""
WIDEST_LABEL: Final = 92
"""Labels that need more stand above their controls."""


class StepNumber(QWidget):
    """The number in its ring; a step that is done has a tick."""

    def __init__(self, look: Look, number: int) -> None:
        super().__init__()
        self._look, self._number = look, number
        self.setFixedSize(20, 20)
        look.theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, painter = self._look.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("border.control"))
        painter.drawEllipse(QRectF(0.5, 0.5, 19, 19))
        font = theme.font(TextStyle.STRONG)
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(theme.colour("text.secondary"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.end()


class Step(QFrame):
    """A step. Heirs add to ``body``; ``head`` takes what stands at the end of the heading."""

    def __init__(self, look: Look, number: int, heading: str) -> None:
        super().__init__()
        self._look = look
        self._rows: list[tuple[QBoxLayout, QLabel]] = []
        self.setProperty("part", "step")
        self.setAccessibleName(heading)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 10, 20, 14)
        column.setSpacing(8)
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        self.number = StepNumber(look, number)
        self.head.addWidget(self.number)
        self.heading = text_label(heading, TextStyle.SECTION, wrap=True)
        self.head.addWidget(self.heading, WHOLE)
        self.head.addStretch(1)  # for when the heading is left to a tab
        column.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column.addLayout(self.body)

    def show_heading(self, shown: bool) -> None:
        """Show the number and the heading, or leave them to a tab."""
        self.number.setVisible(shown)
        self.heading.setVisible(shown)

    def add_row(self, label: str, content: QWidget) -> None:
        """A line of the step: what it is about, and the controls."""
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        name = text_label(label, tone=Tone.SECONDARY, wrap=True)
        name.setBuddy(content)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(content, 1)
        self.body.addLayout(row)
        self._rows.append((row, name))
        self._set_labels()

    def show_row(self, content: QWidget, shown: bool) -> None:
        """Show or hide the line of these controls."""
        content.setVisible(shown)
        for _, name in self._rows:
            if name.buddy() is content:
                name.setVisible(shown)

    def _set_labels(self) -> None:
        """Give the labels of all rows one column as wide as the longest, or let them stand above where it is long."""
        metrics = QFontMetrics(self._look.theme.font(TextStyle.BODY))
        widest = max(metrics.horizontalAdvance(name.text()) for _, name in self._rows)
        above = widest > WIDEST_LABEL
        for row, name in self._rows:
            row.setDirection(QBoxLayout.Direction.TopToBottom if above else QBoxLayout.Direction.LeftToRight)
            row.setSpacing(2 if above else 12)
            name.setMinimumHeight(0 if above else 26)
            if not above:
                name.setFixedWidth(max(widest + 1, LABEL_WIDTH))
