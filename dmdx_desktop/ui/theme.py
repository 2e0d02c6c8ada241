"""How the window looks: palette, style sheet and fonts from the tokens, dark or light as the system is.

The window's process, GUI thread. The style sheet is the window's, not the application's: that would be applied anew to
whatever has a place in anything, time and again while a page is built.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from dmdx_desktop.ui.tokens import THEME_FOLDER, Appearance, Surround, TextStyle, Tokens, load_tokens

FONT_FAMILIES: Final = ("Inter", "Inter Latin Extended", "Inter Cyrillic", "Inter Greek")
_PLACE: Final = re.compile(r"@([a-zA-Z.]+)@")
_ROLES: Final[Mapping[QPalette.ColorRole, str]] = {
    QPalette.ColorRole.Window: "bg.window",
    QPalette.ColorRole.WindowText: "text.primary",
    QPalette.ColorRole.Base: "bg.input",
    QPalette.ColorRole.AlternateBase: "bg.panel",
    QPalette.ColorRole.Text: "text.primary",
    QPalette.ColorRole.Button: "bg.raised",
    QPalette.ColorRole.ButtonText: "text.primary",
    QPalette.ColorRole.BrightText: "text.primary",
    QPalette.ColorRole.Highlight: "accent.solid",
    QPalette.ColorRole.HighlightedText: "accent.onSolid",
    QPalette.ColorRole.ToolTipBase: "bg.overlay",
    QPalette.ColorRole.ToolTipText: "text.primary",
    QPalette.ColorRole.PlaceholderText: "text.tertiary",
    QPalette.ColorRole.Link: "accent.text",
    QPalette.ColorRole.Mid: "border.default",
    QPalette.ColorRole.Dark: "border.control",
    QPalette.ColorRole.Light: "bg.raised",
}

FONTS_LOADED: Final = "fontsLoaded"
"""A property of the application."""


class Theme(QObject):
    """The present look. ``changed`` comes after the application has taken a new one on, or has another screen."""

    changed = Signal()
    _dressing = Signal(str)

    def __init__(self, application: QApplication, resources: Path, parent: QObject | None = None) -> None:
        super().__init__(parent or application)
        self._application = application
        self._fonts: dict[tuple[TextStyle, bool], QFont] = {}
        self._sheet = ""
        self._tokens: Final = load_tokens(resources)
        self._template = (resources / THEME_FOLDER / "window.qss").read_text(encoding="utf-8")
        self._chosen: Appearance | None = None
        self.appearance = Appearance.DARK
        _load_fonts(application, resources / "fonts")
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._follow)
        application.screenAdded.connect(self._watch)
        for screen in application.screens():
            screen.logicalDotsPerInchChanged.connect(self.changed)
        self._take_on(self._wanted())

    @property
    def tokens(self) -> Tokens:
        """The numbers behind the look."""
        return self._tokens

    @property
    def surrounds(self) -> tuple[Surround, ...]:
        """The grounds that pictures may be shown on."""
        return self._tokens.surrounds

    def choose(self, appearance: Appearance | None) -> None:
        """Look dark or light from now on; None follows the system."""
        self._chosen = appearance
        self._follow()

    def dress(self, window: QWidget) -> None:
        """Give a window, and what is in it or will be, the style sheet there is and those to come.

        Built first and dressed then it is there soonest: each part is styled once.
        """
        window.setStyleSheet(self._sheet)
        self._dressing.connect(window.setStyleSheet)

    def colour(self, name: str) -> QColor:
        """The colour of a dotted name such as ``text.primary``."""
        return QColor(self._tokens.colours[self.appearance][name])

    def font(self, style: TextStyle, *, aligned: bool = False) -> QFont:
        """The font of a text style; ``aligned`` gives every digit the same width."""
        known = self._fonts.get((style, aligned))
        if known is None:
            known = self._fonts[style, aligned] = self._made_font(style, aligned=aligned)
        return QFont(known)

    def _made_font(self, style: TextStyle, *, aligned: bool) -> QFont:
        measure = self._tokens.text[style]
        font = QFont()
        font.setFamilies(FONT_FAMILIES)
        font.setPixelSize(measure.px)
        font.setWeight(QFont.Weight(measure.weight) if measure.weight % 100 == 0 else QFont.Weight.Normal)
        if aligned:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _watch(self, screen: QScreen) -> None:
        """Pictures of the look are drawn for the screens there are."""
        screen.logicalDotsPerInchChanged.connect(self.changed)
        self.changed.emit()

    def _wanted(self) -> Appearance:
        if self._chosen is not None:
            return self._chosen
        light = self._application.styleHints().colorScheme() is Qt.ColorScheme.Light
        return Appearance.LIGHT if light else Appearance.DARK

    def _follow(self) -> None:
        if self._wanted() is not self.appearance:
            self._take_on(self._wanted())
            self.changed.emit()

    def _take_on(self, appearance: Appearance) -> None:
        self.appearance = appearance
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, self.colour(name))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text.disabled"))
        self._application.setPalette(palette)
        self._application.setFont(self.font(TextStyle.BODY))
        self._sheet = filled(self._template, self._tokens.colours[appearance])
        self._dressing.emit(self._sheet)


def filled(template: str, colours: Mapping[str, str]) -> str:
    """A style sheet whose @names@ are the colours they stand for. Raises KeyError for a name that does not exist."""
    return _PLACE.sub(lambda place: colours[place.group(1)], template)


def _load_fonts(application: QApplication, folder: Path) -> None:
    """Once for each application: Qt would keep the same files again for every look that is made."""
    if application.property(FONTS_LOADED):
        return
    application.setProperty(FONTS_LOADED, True)
    for file in sorted(folder.glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
