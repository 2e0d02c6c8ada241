"""Composition root of the window: builds its parts, wires them, starts and stops them. The window's process."""

import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QLocale, QObject, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent, QImageReader, QUndoStack
from PySide6.QtWidgets import QApplication

from dmdx_desktop.config import Paths, endpoint_of, make_private_folder, resources_folder
from dmdx_desktop.library.preview_reader import PreviewReader
from dmdx_desktop.log import open_logs
from dmdx_desktop.models.exit_code import ExitCode
from dmdx_desktop.ui.bridge import CoreBridge
from dmdx_desktop.ui.collector import Collector
from dmdx_desktop.ui.faults import Faults
from dmdx_desktop.ui.icons import Icons
from dmdx_desktop.ui.keys import Keys
from dmdx_desktop.ui.languages import speak
from dmdx_desktop.ui.library_source import LibrarySource
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.main_window import MainWindow
from dmdx_desktop.ui.own_keys import usable
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.preferences import Preferences, PreferencesFile, preferences_file
from dmdx_desktop.ui.previews import Previews
from dmdx_desktop.ui.storage_sizes import StorageReader
from dmdx_desktop.ui.theme import Theme
from dmdx_desktop.ui.top_bar import Workspace

if TYPE_CHECKING:
    from dmdx_desktop.ui.core_process import CoreProcess
    from dmdx_desktop.ui.gallery.order_reading import OrderQuestion

LARGEST_DECODE_MB: Final = 64
"""The window decodes previews and its own pictures alone; nothing larger is one of them."""
CLOSED_WITHIN_MS: Final = 6_000
DEMONSTRATION: Final = "DMDX_DEMONSTRATION"
"""Set where servers on this computer stand in for the paid ones."""
log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Window:
    """The window and what it is made of; ``close`` lets go of everything, in order, and blocks meanwhile."""

    window: MainWindow
    parts: Parts
    close: Callable[[], None]


def show_window(paths: Paths, files: Sequence[str] = (), shown: Callable[[Window], None] | None = None) -> int:
    """Open the window, adding ``files``, and return once it was closed; ``shown`` gets it as it is shown.

    The caller holds the window's lock.
    """
    with open_logs(paths.logs, "window"):
        application = QApplication(sys.argv[:1])
        application.setApplicationName("DMDX Studio")
        speak(application, resources_folder(), QLocale())
        # The window ends the loop when everything is put away, not Qt when the last window is out of sight.
        application.setQuitOnLastWindowClosed(False)
        if not _run_until_closed(application, paths, files, shown):
            # What hangs, a dead network folder for example, would keep the interpreter: all that is done is in rows.
            log.warning("the window did not let go of everything in time")
            os._exit(ExitCode.WELL)
    return ExitCode.WELL


def _run_until_closed(
    application: QApplication, paths: Paths, files: Sequence[str], shown: Callable[[Window], None] | None
) -> bool:
    """Whether everything was put away in time."""
    faults = Faults(application)
    faults.watch()
    built = build_window(application, paths)
    faults.befell.connect(lambda: built.window.attendants.failures.tell_unexpected(faults.copy_details))
    if sys.platform == "darwin":
        # Nowhere else does it come: a filter that sees every event would be paid for by each of them.
        opened = OpenedFiles(application)
        opened.opened.connect(lambda file: built.window.come_forward((file,)))
    ending = PuttingAway(built.close, application)
    built.window.closing.connect(ending.begin)
    if os.environ.get(DEMONSTRATION):
        built.window.say_demonstration()
    built.window.show()
    if shown is not None:
        shown(built)
    if files:
        built.window.attendants.adding.add(files)
    _hear_later_starts(application, paths, built.window)
    application.exec()
    return ending.is_done


def _hear_later_starts(application: QApplication, paths: Paths, window: MainWindow) -> None:
    """Once the window is there as a whole: a later start waits for longer than that."""

    def listen() -> None:
        from dmdx_desktop.ui.later_starts import LaterStarts

        endpoint = endpoint_of(paths.basedir)
        make_private_folder(endpoint.folder)
        later = LaterStarts(endpoint.window_address, application)
        later.called.connect(window.come_forward)
        window.closing.connect(later.close)

    window.completed.connect(listen)


class PuttingAway(QObject):
    """Lets go of everything on a thread, for the window's loop goes on as long as that takes, and ends the loop."""

    _done = Signal()

    def __init__(self, close: Callable[[], None], application: QApplication) -> None:
        super().__init__(application)
        self._close = close
        self._application = application
        self.is_done = False
        self._done.connect(self._end)
        self._latest = QTimer(self, singleShot=True, interval=CLOSED_WITHIN_MS)
        self._latest.timeout.connect(application.quit)

    def begin(self) -> None:
        """Begin with it; the loop ends when it is done, or after some seconds."""
        self._latest.start()
        threading.Thread(target=self._put_away, name="put-away", daemon=True).start()

    def _put_away(self) -> None:
        self._close()
        self._done.emit()

    def _end(self) -> None:
        self.is_done = True
        self._application.quit()


class OpenedFiles(QObject):
    """Files that macOS hands over: dropped on the icon, or opened with the program."""

    opened = Signal(str)

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.url().isLocalFile():
            self.opened.emit(event.file())
            return True
        return super().eventFilter(watched, event)


def build_window(application: QApplication, paths: Paths, *, is_only_one: bool = True) -> Window:
    """The window with its core being started; nothing is waited for but one small file with its place.

    The ``is_only_one`` of its process is there for as long as that: what it is made of is never garbage.
    """
    QImageReader.setAllocationLimit(LARGEST_DECODE_MB)
    resources = resources_folder()
    keeper = QObject(application)
    collector = Collector(keeper)
    preferences = PreferencesFile(preferences_file(paths), keeper)
    # It is read while the window is built.
    source = LibrarySource(paths, keeper)
    source.open_early(_first_question(preferences.now))
    theme, keys = Theme(application, resources, keeper), Keys(keeper)

    def take_on() -> None:
        theme.choose(preferences.now.appearance.appearance)
        keys.take_on(usable(preferences.now.own_keys), letters=preferences.now.letters)

    take_on()
    preferences.changed.connect(take_on)
    bridge = CoreBridge(lambda: _start_core(paths), keeper)
    reader = PreviewReader(paths)
    previews = Previews(reader.get, keeper)
    storage = StorageReader(paths, keeper)
    look = Look(theme, Icons(resources))
    parts = Parts(look, paths, source, bridge, previews, keys, QUndoStack(keeper), preferences)
    window = MainWindow(parts, resources, storage)
    keeper.setParent(window)  # what it listens with goes when it goes

    bridge.ready.connect(source.open)

    if is_only_one:
        window.completed.connect(collector.keep_all)

    def close() -> None:
        window.stay_incomplete()
        bridge.close(keep_rendering=window.keep_rendering)
        preferences.close()
        storage.close()
        previews.close()
        source.close()
        reader.close()
        collector.close()

    return Window(window, parts, close)


def _first_question(now: Preferences) -> "OrderQuestion | None":
    """What the page that will be in view asks of the library first, where that takes long to answer."""
    if now.workspace != Workspace.GALLERY:
        return None
    from dmdx_desktop.ui.gallery.order_reading import first_question

    return first_question(now.folded_images)


def _start_core(paths: Paths) -> "CoreProcess":
    # On the bridge's starting thread, after the window was shown: what speaks to a core takes long to load.
    from dmdx_desktop.ui.core_process import CoreProcess

    return CoreProcess(paths)
