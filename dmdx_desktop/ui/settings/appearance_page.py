"""Appearance: dark, light, or as the system is. GUI thread."""

from typing import Final

from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.preferences import AppearanceChoice, PreferencesFile
from dmdx_desktop.ui.settings.page import SettingsPage
from dmdx_desktop.ui.widgets.segmented import Segmented
from dmdx_desktop.ui.wording import tr

NAMES: Final = {
    AppearanceChoice.SYSTEM: "As the system is",
    AppearanceChoice.DARK: "Dark",
    AppearanceChoice.LIGHT: "Light",
}


class AppearancePage(SettingsPage):
    """A change shows at once."""

    def __init__(self, look: Look, preferences: PreferencesFile) -> None:
        super().__init__(look, "Appearance", "Colours of the window. Pictures are judged on neutral grey in both.")
        self._preferences = preferences
        self.theme = Segmented(look, [(one.value, tr(text)) for one, text in NAMES.items()], tr("Theme"))
        self.theme.chosen.connect(lambda value: preferences.change(appearance=value))
        self.add_row("Theme", self.theme)
        self.add_callout("Size of text and pictures follows the scale that is set for each screen in the system.")
        self.end()
        preferences.changed.connect(self.show_page)
        self.show_page()

    def show_page(self) -> None:
        self.theme.choose(self._preferences.now.appearance.value)
