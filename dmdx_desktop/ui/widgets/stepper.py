"""A whole number with a button for one less and one more, that can also be typed. GUI thread."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpinBox, QToolButton, QWidget

from dmdx_desktop.ui.look import IconButton, Look

HEIGHT: Final = 30


class _Number(QSpinBox):
    """The number itself; a wheel that passes over it changes nothing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Stepper(QWidget):
    """``changed`` tells a number that the user gave. The lowest one reads ``nothing`` where that is given."""

    changed = Signal(int)

    def __init__(self, look: Look, name: str, fewer: str, more: str, least: int, most: int, nothing: str = "") -> None:
        super().__init__()
        self._look = look
        self._is_doubtful = self._is_shown = False
        self.number = _Number()
        self.number.setRange(least, most)
        self.number.setSpecialValueText(nothing)
        self.number.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.number.setAccessibleName(name)
        self.number.setProperty("part", "stepper")
        self.number.setFixedWidth(40)
        self.fewer, self.more = IconButton(look, "minus", fewer), IconButton(look, "plus", more)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for widget in (self.fewer, self.number, self.more):
            row.addWidget(widget)
        for button, by in ((self.fewer, -1), (self.more, 1)):
            button.setProperty("part", "step")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setAutoRepeat(True)
            self._connect(button, by)
        self.number.valueChanged.connect(self._on_value)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.update)

    @property
    def value(self) -> int:
        """The number as it stands."""
        return self.number.value()

    def show_value(self, value: int, *, doubtful: bool = False) -> None:
        """Show another number; nobody is told. A doubtful one asks for a look."""
        self._is_shown = True
        self.number.setValue(value)
        self._is_shown = False
        self._is_doubtful = doubtful
        self._settle()

    def sizeHint(self) -> QSize:
        return QSize(92, HEIGHT)

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

    def _connect(self, button: QToolButton, by: int) -> None:
        button.clicked.connect(lambda: self.number.setValue(self.number.value() + by))

    def _on_value(self, value: int) -> None:
        if not self._is_shown:
            self._is_doubtful = False
            self.changed.emit(value)
        self._settle()

    def _settle(self) -> None:
        self.fewer.setEnabled(self.value > self.number.minimum())
        self.more.setEnabled(self.value < self.number.maximum())
        self.update()
