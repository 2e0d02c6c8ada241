"""A whole number with a button for one less and one more, that can also be typed. GUI thread."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from dmdx_desktop.ui.look import IconButton, Look

HEIGHT: Final = 30
STEPS: Final = {Qt.Key.Key_Up.value: 1, Qt.Key.Key_Down.value: -1}


class Stepper(QWidget):
    """``changed`` tells a number that the user gave. Where the lowest one means none, it is shown as a dash."""

    changed = Signal(int)

    def __init__(
        self, look: Look, name: str, fewer: str, more: str, least: int, most: int, *, may_be_none: bool = False
    ) -> None:
        super().__init__()
        self._look, self._least, self._most, self._may_be_none = look, least, most, may_be_none
        self._value, self._is_doubtful = least, False
        self.number = QLineEdit()
        self.number.setValidator(QIntValidator(0, most, self.number))
        self.number.setPlaceholderText("–" if may_be_none else "")
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setAccessibleName(name)
        self.number.setProperty("part", "stepper")
        self.fewer, self.more = IconButton(look, "minus", fewer), IconButton(look, "plus", more)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for widget in (self.fewer, self.number, self.more):
            row.addWidget(widget)
        for button in (self.fewer, self.more):
            button.setProperty("part", "step")
            button.setAutoRepeat(True)
        self.fewer.clicked.connect(lambda: self._give(self._value - 1))
        self.more.clicked.connect(lambda: self._give(self._value + 1))
        self.number.textEdited.connect(self._on_typed)
        self.number.editingFinished.connect(self._settle)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.update)
        self._settle()

    @property
    def value(self) -> int:
        """The number as it stands."""
        return self._value

    def show_value(self, value: int, *, doubtful: bool = False) -> None:
        """Show another number; nobody is told. A doubtful one asks for a look."""
        self._value, self._is_doubtful = min(max(value, self._least), self._most), doubtful
        self._settle()

    def sizeHint(self) -> QSize:
        return QSize(92, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS:
            self._give(self._value + STEPS[event.key()])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, painter = self._look.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("warning.solid" if self._is_doubtful else "border.control"), 1)
        if self._is_doubtful:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(theme.colour("bg.input"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()

    def _on_typed(self, text: str) -> None:
        if text or self._may_be_none:
            self._take(int(text or "0"))

    def _give(self, value: int) -> None:
        self._take(value)
        self._settle()

    def _take(self, value: int) -> None:
        within = min(max(value, self._least), self._most)
        if within != self._value or self._is_doubtful:
            self._value, self._is_doubtful = within, False
            self._show_ends()
            self.changed.emit(within)

    def _settle(self) -> None:
        is_none = self._may_be_none and self._value == self._least
        self.number.setText("" if is_none else str(self._value))
        self._show_ends()

    def _show_ends(self) -> None:
        self.fewer.setEnabled(self._value > self._least)
        self.more.setEnabled(self._value < self._most)
        self.update()
