"""Composition root of the window: builds its parts, wires them, starts and stops them. The window's process."""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass

import qasync
from PySide6.QtCore import QObject
from PySide6.QtGui import QImageReader, QUndoStack
from PySide6.QtWidgets import QApplication

from dmdx_desktop.config import Paths, resources_folder
from dmdx_desktop.library.preview_reader import PreviewReader
from dmdx_desktop.link.messages import Failed, Finished
from dmdx_desktop.models.commands import ListJobs
from dmdx_desktop.models.outcome import ExitCode
from dmdx_desktop.ui.bridge import CoreBridge
from dmdx_desktop.ui.core_process import CoreProcess
from dmdx_desktop.ui.icons import Icons
from dmdx_desktop.ui.keys import Keys
from dmdx_desktop.ui.library_source import LibrarySource
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.main_window import MainWindow
from dmdx_desktop.ui.parts import Parts
from dmdx_desktop.ui.previews import Previews
from dmdx_desktop.ui.theme import Theme

LARGEST_DECODE_MB = 64
"""The window decodes previews and its own pictures alone; nothing larger is one of them."""


@dataclass(frozen=True, slots=True)
class Window:
    """The window and what it is made of; ``close`` lets go of everything, in order."""

    window: MainWindow
    parts: Parts
    close: Callable[[], None]


def show_window(paths: Paths) -> int:
    """Open the window and return once it was closed."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("DMDX Studio")
    # The window ends the loop when everything is put away, not Qt when the last window is out of sight.
    application.setQuitOnLastWindowClosed(False)
    qasync.run(_until_closed(application, paths))
    return ExitCode.WELL


async def _until_closed(application: QApplication, paths: Paths) -> None:
    built = build_window(application, paths)
    closed = asyncio.Event()
    built.window.closing.connect(closed.set)
    built.window.show()
    try:
        await closed.wait()
    finally:
        built.close()


def build_window(application: QApplication, paths: Paths) -> Window:
    """The window with its core started; nothing is waited for."""
    QImageReader.setAllocationLimit(LARGEST_DECODE_MB)
    resources = resources_folder()
    look = Look(Theme(application, resources), Icons(resources))
    keeper = QObject(application)
    bridge = CoreBridge(lambda: CoreProcess(paths), keeper)
    source = LibrarySource(paths, keeper)
    reader = PreviewReader(paths)
    previews = Previews(reader.get, keeper)
    parts = Parts(look, paths, source, bridge, previews, Keys(keeper), QUndoStack(keeper))
    window = MainWindow(parts, resources)

    def when_ready(answer: Finished | Failed) -> None:
        if isinstance(answer, Finished):
            window.core_is_ready()

    bridge.start()
    # The answer to any command says that the library is open: made, or brought up to date.
    bridge.send(ListJobs(limit=1), when_ready)

    def close() -> None:
        bridge.close(keep_rendering=False)
        previews.close()
        source.close()
        reader.close()

    return Window(window, parts, close)
