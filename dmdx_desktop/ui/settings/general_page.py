"""General: what happens when the window closes. GUI thread."""

from typing import Final

from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.preferences import PreferencesFile, WhenClosing
from dmdx_desktop.ui.settings.page import SettingsPage
from dmdx_desktop.ui.widgets.segmented import Segmented
from dmdx_desktop.ui.wording import tr

CLOSING: Final = (
    (WhenClosing.ASK, "Ask"),
    (WhenClosing.KEEP_RENDERING, "Keep rendering"),
    (WhenClosing.STOP, "Stop and close"),
)


class GeneralPage(SettingsPage):
    """The window remembers the rest by itself: its place, the sizes of its parts, the last workspace."""

    def __init__(self, look: Look, preferences: PreferencesFile) -> None:
        super().__init__(
            look, "General", "How the window behaves. Its place and the sizes of its parts are remembered."
        )
        self._preferences = preferences
        self.add_section("When the window closes while images are being made")
        choices = [(one.value, tr(text)) for one, text in CLOSING]
        self.closing = Segmented(look, choices, tr("When the window closes"))
        self.closing.chosen.connect(lambda value: preferences.change(when_closing=value))
        self.add_row("Images under way", self.closing)
        self.add_callout(
            "Kept or stopped, nothing is lost: what is not done waits in the library and goes on with the next start."
        )
        self.end()
        preferences.changed.connect(self.show_page)
        self.show_page()

    def show_page(self) -> None:
        self.closing.choose(self._preferences.now.when_closing.value)
