"""The bar above the middle of the studio: what is shown there, and what can be done with it. GUI thread."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

HEIGHT: Final = 44


class CanvasBar(QWidget):
    """``title``, then ``detail``, which gets the room that is left, then ``others``."""

    def __init__(self, title: QWidget, detail: QWidget, others: Iterable[QWidget]) -> None:
        super().__init__()
        self.setObjectName("canvasBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(title)
        row.addWidget(detail, 1)
        for widget in others:
            row.addWidget(widget)
