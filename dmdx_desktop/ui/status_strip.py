"""The strip at the bottom: where work is kept, what is under way, what is in view, the cache. GUI thread."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from dmdx_desktop.ui.icons import SMALL
from dmdx_desktop.ui.look import IconLabel, Look, say, text_label
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr

HEIGHT: Final = 28
PADDING: Final = 4


class StripButton(QToolButton):
    """Words of the strip that lead somewhere."""

    def __init__(self, look: Look, icon: str, name: str) -> None:
        super().__init__()
        self._look, self._icon = look, icon
        self.setProperty("part", "strip")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(tr(name))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        look.follow(self._dress)

    def sizeHint(self) -> QSize:
        font = self._look.theme.font(TextStyle.CAPTION)
        if self.property("strong"):
            font.setWeight(self._look.theme.font(TextStyle.STRONG).weight())
        return QSize(2 * PADDING + SMALL + QFontMetrics(font).horizontalAdvance(self.text()) + 12, 22)

    def say(self, text: str) -> None:
        """Show ``text``, which is also what it is called."""
        self.setText(f" {text}")
        self.setAccessibleName(text)
        self.updateGeometry()

    def _dress(self) -> None:
        self.setIcon(self._look.icon(self._icon, "text.tertiary", SMALL))
        self.setIconSize(QSize(SMALL, SMALL))


class StatusStrip(QWidget):
    """Local: everything stays on this computer."""

    connections_wanted = Signal()
    storage_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("statusStrip")
        self.setAccessibleName(tr("Status"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(5)
        self._state = StripButton(look, "hard-drive", "Connections")
        self._state.setProperty("strong", "true")
        self._state.say(tr("Local"))
        self._state.setAccessibleName(tr("Local, everything stays on this computer"))
        self._state.clicked.connect(self.connections_wanted)
        row.addWidget(self._state)
        row.addWidget(text_label("· everything stays on this computer"))
        row.addStretch(1)
        self._working = IconLabel(look, "loader-circle", colour="text.tertiary", size=SMALL)
        row.addWidget(self._working)
        self._work = text_label()
        row.addWidget(self._work)
        row.addSpacing(10)
        self._view = text_label()
        row.addWidget(self._view)
        row.addSpacing(4)
        self._cache = StripButton(look, "database", "Storage and cache")
        self._cache.clicked.connect(self.storage_wanted)
        self._cache.hide()
        row.addWidget(self._cache)
        self.show_work("")

    def show_work(self, text: str) -> None:
        """What is under way; nothing for an empty text."""
        say(self._work, text)
        self._work.setVisible(bool(text))
        self._working.setVisible(bool(text))

    def show_view(self, text: str) -> None:
        """What is in view: counts, or what keys do here."""
        say(self._view, text)

    def show_cache(self, size: str) -> None:
        """How much room the previews take."""
        self._cache.say(tr("Cache {size}", size=size))
        self._cache.show()
