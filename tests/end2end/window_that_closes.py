"""A program for tests: the real window, closed like by a hand on its cross as soon as its library is open.

Its arguments: the basedir, then files to add.
"""

import sys
import threading
from pathlib import Path

from PySide6.QtCore import QMetaObject, Qt
from PySide6.QtWidgets import QApplication

from dmdx_desktop.app import show_window
from dmdx_desktop.config import Paths
from dmdx_desktop.ui.main_window import MainWindow


def _close_when_open(gone: threading.Event) -> None:
    while not gone.wait(0.05):
        if QApplication.instance() is None:
            continue
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, MainWindow) and widget._parts.source.is_open:
                QMetaObject.invokeMethod(widget, "close", Qt.ConnectionType.QueuedConnection)
                return


def main() -> int:
    """Return what the window returns."""
    gone = threading.Event()
    threading.Thread(target=_close_when_open, args=(gone,), daemon=True).start()
    try:
        return show_window(Paths(Path(sys.argv[1])), sys.argv[2:])
    finally:
        gone.set()


if __name__ == "__main__":
    sys.exit(main())
