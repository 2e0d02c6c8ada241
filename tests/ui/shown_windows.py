"""Windows for tests of the shell: over a real core, in both looks, at any size."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdx_desktop.app import Window, build_window
from dmdx_desktop.config import Paths
from dmdx_desktop.ui.preferences import WhenClosing

LONG_MS = 60_000


@contextmanager
def shown_window(
    qapp: QApplication, qtbot: QtBot, basedir: Path, size: tuple[int, int] = (1440, 900)
) -> Iterator[Window]:
    """A window whose library is open; nothing of it is left behind."""
    built = build_window(qapp, Paths(basedir), is_only_one=False)
    try:
        built.window.resize(*size)
        built.window.show()
        qtbot.waitUntil(lambda: built.parts.source.is_open, timeout=LONG_MS)
        yield built
    finally:
        built.parts.preferences.change(when_closing=WhenClosing.STOP)
        built.window.close()
        built.close()
        built.window.deleteLater()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # so that what follows is not done for its widgets
