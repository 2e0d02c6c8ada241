"""One of the three steps of the inspector: a number, a heading, and what belongs to it. GUI thread."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from dmdx_desktop.ui.look import Look, Tone, text_label
from dmdx_desktop.ui.tokens import TextStyle

LABEL_WIDTH = 52


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
        self.setProperty("part", "step")
        self.setAccessibleName(heading)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 10, 20, 14)
        column.setSpacing(8)
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        self.number = StepNumber(look, number)
        self.head.addWidget(self.number)
        self.heading = text_label(heading, TextStyle.SECTION)
        self.head.addWidget(self.heading)
        self.head.addStretch(1)
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
        row = QHBoxLayout()
        row.setSpacing(12)
        name = text_label(label, tone=Tone.SECONDARY)
        name.setFixedWidth(LABEL_WIDTH)
        name.setMinimumHeight(26)
        name.setBuddy(content)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(content, 1)
        self.body.addLayout(row)
