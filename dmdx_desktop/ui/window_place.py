"""Where the window stands and how its panes are divided, as it was left on each screen. GUI thread.

A place is only taken where a screen still is; a window is never larger than what a screen has room for.
"""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QSplitter, QWidget

from dmdx_desktop.ui.preferences import Place, PreferencesFile

SETTLES_MS: Final = 600
MOST_SCREENS: Final = 16
LONGEST_NAME: Final = 80

PASSING: Final = "passing"
"""The property of a splitter whose sizes are not to be remembered."""


class WindowPlace(QObject):
    """Restores ``window`` before it is shown, and remembers it from then on."""

    def __init__(self, window: QWidget, preferences: PreferencesFile, usual: tuple[int, int]) -> None:
        super().__init__(window)
        self._window, self._preferences, self._usual = window, preferences, usual
        self._restored: set[str] = set()
        self._settling = QTimer(self, singleShot=True, interval=SETTLES_MS)
        self._settling.timeout.connect(self.note)
        window.installEventFilter(self)

    def restore(self) -> None:
        """Put the window where it was left, or in the middle of a screen."""
        now = self._preferences.now
        screen = _screen_named(now.screen) or QGuiApplication.primaryScreen()
        self._window.setGeometry(place_on(screen.availableGeometry(), now.places.get(screen_name(screen)), self._usual))
        if now.maximised:
            self._window.showMaximized()
        self.restore_dividers()

    def restore_dividers(self) -> None:
        """Give the panes of splitters that have come since the width they were left with."""
        now = self._preferences.now
        for name, splitter in self._splitters().items():
            if name in self._restored:
                continue
            self._restored.add(name)
            sizes = now.splitters.get(name, ())
            if len(sizes) == splitter.count() and sum(sizes) > 0:
                splitter.setSizes(list(sizes))
            splitter.splitterMoved.connect(lambda position, index: self.note_soon())

    def note_soon(self) -> None:
        """Something was moved: remember it once it stays."""
        self._settling.start()

    def note(self) -> None:
        """Remember how things stand now."""
        window, screen = self._window, self._window.screen()
        changes: dict[str, object] = {
            # One that is out of view has not the sizes it is seen with.
            "splitters": {
                **self._preferences.now.splitters,
                **{
                    name: tuple(splitter.sizes())
                    for name, splitter in self._splitters().items()
                    if splitter.isVisible() and not splitter.property(PASSING)
                },
            }
        }
        if window.isVisible() and not window.isMinimized() and not window.isFullScreen():
            changes |= {"screen": screen_name(screen), "maximised": window.isMaximized()}
            if not window.isMaximized():
                corner, at = screen.availableGeometry().topLeft(), window.geometry()
                place = Place(x=at.x() - corner.x(), y=at.y() - corner.y(), width=at.width(), height=at.height())
                others = {
                    name: one for name, one in self._preferences.now.places.items() if name != screen_name(screen)
                }
                kept = dict(list(others.items())[-(MOST_SCREENS - 1) :])
                changes["places"] = {**kept, screen_name(screen): place}
        self._preferences.change(**changes)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange):
            self._settling.start()
        return False

    def _splitters(self) -> dict[str, QSplitter]:
        """By the page they are on and their number there."""
        found: dict[str, QSplitter] = {}
        for splitter in self._window.findChildren(QSplitter):
            owner = splitter.parentWidget()
            while owner is not None and type(owner).__module__.startswith("PySide6"):
                owner = owner.parentWidget()
            name = type(owner).__name__ if owner is not None else "Window"
            number = sum(each.startswith(f"{name}.") for each in found)
            found[f"{name}.{number}"] = splitter
        return found


def screen_name(screen: QScreen) -> str:
    """What tells a screen from others, also after it was unplugged: its name and its size."""
    size = screen.geometry().size()
    return f"{screen.name()[:LONGEST_NAME]} {size.width()}x{size.height()}"


def place_on(room: QRect, place: Place | None, usual: tuple[int, int]) -> QRect:
    """The window's rectangle on a screen with this room: as it was, or in the middle; wholly on the screen."""
    width, height = (place.width, place.height) if place is not None else usual
    width, height = min(width, room.width()), min(height, room.height())
    x = place.x if place is not None else (room.width() - width) // 2
    y = place.y if place is not None else (room.height() - height) // 2
    x, y = max(0, min(x, room.width() - width)), max(0, min(y, room.height() - height))
    return QRect(room.x() + x, room.y() + y, width, height)


def _screen_named(name: str) -> QScreen | None:
    return next((screen for screen in QGuiApplication.screens() if screen_name(screen) == name), None)
