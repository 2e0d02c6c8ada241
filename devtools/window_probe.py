"""The process that ``window_start`` measures: the program, or a bare window of its toolkit. Says when it can be used.

    python -m devtools.window_probe window BASEDIR
    python -m devtools.window_probe bare

It imports nothing that the program does not: it would be paid for by what is measured.
"""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from dmdx_desktop.config import Paths

if TYPE_CHECKING:
    from dmdx_desktop.app import Window


def be_the_window(paths: Paths) -> int:
    """Be the program, as it was left on its gallery, and say at which moment it could be used."""
    from dmdx_desktop.cli.first_window import open_window

    return open_window(paths, shown=_look)


def _look(built: "Window") -> None:
    from PySide6.QtCore import QCoreApplication, Qt, QTimer
    from PySide6.QtGui import QKeyEvent

    gallery = built.window.gallery
    looking = QTimer(built.window, interval=1)

    def look() -> None:
        rows = gallery.grid.cells_in_view()
        cards = [gallery.model.known(gallery.model.keys[row]) for row in rows] if gallery.model.keys else []
        if not cards or not all(card and built.parts.previews.has(card.sha256) for card in cards):
            return
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
            QCoreApplication.sendEvent(gallery.grid, event)
        if not gallery.grid.currentIndex().isValid():
            return
        gallery.grid.viewport().repaint()
        looking.stop()
        sys.stdout.write(f"{time.monotonic()}\n")
        sys.stdout.flush()
        built.window.close()

    looking.timeout.connect(look)
    looking.start()


def be_bare() -> int:
    """Be a program of this toolkit that shows nothing: what no window made with it can be faster than."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel

    class Bare(QLabel):
        def paintEvent(self, event: object) -> None:  # noqa: N802 - Qt's own name
            del event
            sys.stdout.write(f"{time.monotonic()}\n")
            sys.stdout.flush()
            QTimer.singleShot(0, application.quit)

    application = QApplication(["bench"])
    bare = Bare()
    bare.resize(1440, 900)
    bare.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(be_bare() if sys.argv[1] == "bare" else be_the_window(Paths(Path(sys.argv[2]))))
