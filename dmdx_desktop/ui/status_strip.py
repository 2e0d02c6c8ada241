"""The strip at the bottom: where work is kept, what is under way, what is in view, the cache. GUI thread."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from dmdx_desktop.ui.icons import SMALL
from dmdx_desktop.ui.look import IconLabel, Look, say, text_label
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.widgets.elided_label import ElidedLabel
from dmdx_desktop.ui.wording import tr

HEIGHT: Final = 28
PADDING: Final = 4
MARGIN: Final = 12
GAP: Final = 5
BETWEEN, BEFORE_CACHE = 10, 4
SPACES: Final = BETWEEN + BEFORE_CACHE + 4 * GAP
"""What stands between the parts, but for the gap behind each."""


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
        return QSize(2 * PADDING + SMALL + QFontMetrics(font).horizontalAdvance(self.text()) + 7, 22)

    def say(self, text: str) -> None:
        """Show ``text``, which is also what it is called."""
        self.setText(f" {text}")
        self.setAccessibleName(text)
        self.updateGeometry()

    def show_icon(self, icon: str) -> None:
        """Have another icon from now on."""
        self._icon = icon
        self._dress()

    def _dress(self) -> None:
        self.setIcon(self._look.icon(self._icon, "text.tertiary", SMALL))
        self.setIconSize(QSize(SMALL, SMALL))


class StatusStrip(QWidget):
    """Where work is done: on this computer alone, or with services that are connected by keys of the user's own."""

    connections_wanted = Signal()
    storage_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("statusStrip")
        self.setAccessibleName(tr("Status"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(GAP)
        self._state = StripButton(look, "hard-drive", "Connections")
        self._state.setProperty("strong", "true")
        self._state.clicked.connect(self.connections_wanted)
        self._about = text_label()
        state = QHBoxLayout()
        state.setSpacing(0)  # the button ends in a gap of its own
        state.addWidget(self._state)
        state.addWidget(self._about)
        row.addLayout(state)
        row.addStretch(1)
        self._working = IconLabel(look, "loader-circle", colour="text.tertiary", size=SMALL)
        row.addWidget(self._working)
        self._work = ElidedLabel()
        row.addWidget(self._work)
        row.addSpacing(BETWEEN)
        self._view = ElidedLabel()
        row.addWidget(self._view)
        row.addSpacing(BEFORE_CACHE)
        self._cache = StripButton(look, "hard-drive", "Storage and cache")
        self._cache.clicked.connect(self.storage_wanted)
        self._cache.hide()
        row.addWidget(self._cache)
        self.show_work("")
        self.show_services(())

    @property
    def work(self) -> str:
        """What is said to be under way."""
        return self._work.text()

    def show_services(self, names: Sequence[str]) -> None:
        """These services do some of the work; none of them for an empty list."""
        if not names:
            state, about = tr("Local"), tr("everything stays on this computer")
        elif len(names) == 1:
            state, about = tr("Own keys"), tr("{service} is sent what it works on", service=names[0])
        else:
            state, about = tr("Own keys"), tr("{services} are sent what they work on", services=", ".join(names))
        self._state.show_icon("key-round" if names else "hard-drive")
        self._state.say(state)
        self._state.setAccessibleName(f"{state}, {about}")
        say(self._about, f"· {about}")
        self._fit()

    def show_work(self, text: str) -> None:
        """What is under way; nothing for an empty text."""
        if text == self._work.text() and bool(text) is not self._work.isHidden():
            return
        say(self._work, text)
        self._work.setVisible(bool(text))
        self._working.setVisible(bool(text))
        self._fit()

    def show_view(self, text: str) -> None:
        """What is in view: counts, or what keys do here."""
        if text == self._view.text():
            return
        say(self._view, text)
        self._fit()

    def show_cache(self, size: str) -> None:
        """How much room the previews take."""
        self._cache.say(tr("Cache {size}", size=size))
        self._cache.show()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is too little room, what the state says aloud as well is left out; then work is shortened."""
        parts = (self._state, self._about, self._working, self._work, self._view, self._cache)
        shown = [part for part in parts if part is self._about or not part.isHidden()]
        needed = sum(part.sizeHint().width() + GAP for part in shown) + 2 * MARGIN + SPACES
        self._about.setVisible(needed <= self.width())
