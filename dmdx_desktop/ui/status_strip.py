"""The strip at the bottom: where work is kept, what is under way, what is in view. GUI thread."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dmdx_desktop.ui.icons import SMALL
from dmdx_desktop.ui.look import IconLabel, Look, say, text_label

HEIGHT = 28


class StatusStrip(QWidget):
    """Local: everything stays on this computer."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("statusStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(6)
        row.addWidget(IconLabel(look, "hard-drive", colour="text.tertiary", size=SMALL))
        strong = text_label("Local")
        strong.setProperty("strong", "true")
        row.addWidget(strong)
        row.addWidget(text_label("· everything stays on this computer"))
        row.addStretch(1)
        self._working = IconLabel(look, "loader-circle", colour="text.tertiary", size=SMALL)
        row.addWidget(self._working)
        self._work = text_label()
        row.addWidget(self._work)
        row.addSpacing(14)
        self._view = text_label()
        row.addWidget(self._view)
        self.show_work("")

    def show_work(self, text: str) -> None:
        """What is under way; nothing for an empty text."""
        say(self._work, text)
        self._work.setVisible(bool(text))
        self._working.setVisible(bool(text))

    def show_view(self, text: str) -> None:
        """What is in view: counts, or what keys do here."""
        say(self._view, text)
