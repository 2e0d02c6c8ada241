"""A card of the queue: a sign, a title, and rows that are exchanged as a whole when they are others. GUI thread."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dmdx_desktop.ui.look import IconLabel, Look, text_label
from dmdx_desktop.ui.tokens import TextStyle


class ListingCard(QFrame):
    """Hidden until there is something to list. What else belongs beside the title is added to ``head``."""

    def __init__(self, look: Look, icon: str, colour: str, title: str = "") -> None:
        super().__init__()
        self.setProperty("part", "card")
        self._title = text_label(title, TextStyle.SECTION)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(16, 10, 16, 10)
        self.head.setSpacing(8)
        self.head.addWidget(IconLabel(look, icon, colour=colour))
        self.head.addWidget(self._title, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 4)
        self._column.setSpacing(0)
        self._column.addLayout(self.head)
        self._list: QWidget | None = None
        # As high as its words need at its width, which may be more than what it would like to be.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.hide()

    @property
    def title(self) -> str:
        """What the card is called now."""
        return self._title.text()

    def fresh_rows(self) -> QVBoxLayout:
        """Put the rows away, and give where new ones belong."""
        if self._list is not None:
            self._column.removeWidget(self._list)
            self._list.hide()
            self._list.deleteLater()
        self._list = QWidget()
        rows = QVBoxLayout(self._list)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self._column.addWidget(self._list)
        return rows
