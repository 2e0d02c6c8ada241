"""The search of the pieces where their list is a rail: a field beside it while something is typed. GUI thread."""

from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from dmdx_desktop.ui.wording import tr

WIDTH: Final = 280


class RailSearch(QFrame):
    """What is typed here is typed into ``search``, the field of the wide list, so that either shows the other's words.

    It closes by Enter, Escape or a click beside it, and leaves what was searched as it is.
    """

    def __init__(self, search: QLineEdit, beside: QWidget) -> None:
        super().__init__(beside, Qt.WindowType.Popup)
        self._beside = beside
        self.setProperty("panel", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = QLineEdit()
        self.field.setProperty("quiet", "true")
        self.field.setClearButtonEnabled(True)
        self.field.setPlaceholderText(search.placeholderText())
        self.field.setAccessibleName(tr("Search pieces"))
        self.field.textChanged.connect(search.setText)
        search.textChanged.connect(self._take)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.addWidget(self.field)
        self.setFixedWidth(WIDTH)

    def open(self) -> None:
        """Come beside the rail, with the focus in the field."""
        mirrored = self._beside.isRightToLeft()
        corner = QPoint(-WIDTH - 4 if mirrored else self._beside.width() + 4, 0)
        self.move(self._beside.mapToGlobal(corner))
        self.show()
        self.field.selectAll()
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.close()
        else:
            super().keyPressEvent(event)

    def _take(self, text: str) -> None:
        if text != self.field.text():
            self.field.setText(text)
