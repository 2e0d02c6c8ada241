"""Theme and icons together, and the small parts every pane is made of. The window's process, GUI thread."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from dmdx_desktop.ui.icons import MIDDLE, Icons
from dmdx_desktop.ui.theme import Theme
from dmdx_desktop.ui.tokens import TextStyle
from dmdx_desktop.ui.wording import tr


class Variant(StrEnum):
    """What a button is to its view."""

    DEFAULT = "default"
    PRIMARY = "primary"
    DANGER = "danger"
    QUIET = "quiet"
    LINK = "link"


class Tone(StrEnum):
    """How loud a text is, or what it says of itself."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    TERTIARY = "tertiary"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Look:
    """What every widget with a colour or an icon is given."""

    theme: Theme
    icons: Icons

    def icon(self, name: str, colour: str = "text.secondary", size: int = MIDDLE) -> QIcon:
        """An icon in a colour of the theme."""
        return self.icons.icon(name, self.theme.colour(colour), disabled=self.theme.colour("text.disabled"), size=size)

    def follow(self, dress: Callable[[], None]) -> None:
        """Call ``dress``, a method of a QObject, now and whenever the theme has changed."""
        dress()
        self.theme.changed.connect(dress)


class Button(QPushButton):
    """A button with words, and with an icon where one is named."""

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        variant: Variant = Variant.DEFAULT,
        icon: str = "",
        scale: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._icon, self._variant = look, icon, variant
        self.setText(text)
        self.setProperty("variant", variant.value)
        if scale:
            self.setProperty("scale", scale)
        self.setCursor(Qt.CursorShape.PointingHandCursor if variant is Variant.LINK else Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if icon:
            look.follow(self._dress)

    def setText(self, text: str) -> None:
        """What the button says, with some room after its icon; said aloud without it."""
        words = tr(text)
        super().setText(f" {words}" if self._icon else words)
        self.setAccessibleName(words)

    def _dress(self) -> None:
        colours = {
            Variant.PRIMARY: "accent.onSolid",
            Variant.DANGER: "danger.onSolid",
            Variant.QUIET: "text.secondary",
        }
        self.setIcon(self._look.icon(self._icon, colours.get(self._variant, "text.primary")))
        self.setIconSize(QSize(MIDDLE, MIDDLE))


class IconButton(QToolButton):
    """A button that is an icon; ``name`` is what it is called aloud and in its tool tip."""

    def __init__(
        self, look: Look, icon: str, name: str, *, colour: str = "text.secondary", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._icon, self._colour = look, icon, colour
        self.setProperty("part", "icon")
        self.setAccessibleName(tr(name))
        self.setToolTip(tr(name))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.follow(self._dress)

    def show_icon(self, icon: str, name: str) -> None:
        """Be another button from now on."""
        self._icon = icon
        self.setAccessibleName(tr(name))
        self.setToolTip(tr(name))
        self._dress()

    def _dress(self) -> None:
        self.setIcon(self._look.icon(self._icon, self._colour))
        self.setIconSize(QSize(MIDDLE, MIDDLE))


class IconLabel(QLabel):
    """An icon that says nothing by itself."""

    def __init__(self, look: Look, icon: str, *, colour: str = "text.secondary", size: int = MIDDLE) -> None:
        super().__init__()
        self._look, self._icon, self._colour, self._size = look, icon, colour, size
        self.setFixedSize(size, size)
        look.follow(self._dress)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._dress()  # the window was taken to a screen of another scale
        return super().event(event)

    def show_icon(self, icon: str, colour: str) -> None:
        """Show another icon from now on."""
        self._icon, self._colour = icon, colour
        self._dress()

    def _dress(self) -> None:
        ratio = self.devicePixelRatioF()
        self.setPixmap(self._look.icons.pixmap(self._icon, self._size, self._look.theme.colour(self._colour), ratio))


def text_label(
    text: str = "", style: TextStyle | str = TextStyle.BODY, tone: Tone = Tone.PRIMARY, *, wrap: bool = False
) -> QLabel:
    """A label of plain text: whatever it shows is never taken for markup. ``text`` is in the words of the window."""
    label = QLabel(tr(text))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("text-style", str(style))
    label.setProperty("tone", tone.value)
    label.setWordWrap(wrap)
    return label


def say(label: QLabel, text: str, tone: Tone | None = None) -> None:
    """Change what a label says, and its tone where one is given."""
    label.setText(text)
    if tone is not None and label.property("tone") != tone.value:
        label.setProperty("tone", tone.value)
        label.style().unpolish(label)
        label.style().polish(label)


def separator(vertical: bool = False) -> QFrame:
    """A hairline between two parts."""
    line = QFrame()
    line.setProperty("part", "separator")
    if vertical:
        line.setFixedSize(1, 24)
    else:
        line.setFixedHeight(1)
    return line
