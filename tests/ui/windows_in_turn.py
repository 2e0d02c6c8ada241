"""A program for tests: opens two windows in turn, looks at every page, and ends. Its argument is the basedir."""

import sys
import threading
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from dmdx_desktop.app import Window, build_window
from dmdx_desktop.config import Paths
from dmdx_desktop.ui.gallery.handing_out import file_data
from dmdx_desktop.ui.top_bar import Workspace

WITHIN_MS = 20_000


def main() -> None:
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    for is_put_away_on_a_thread in (False, True):
        built = build_window(application, Paths(Path(sys.argv[1])))
        built.window.show()
        _wait(built)
        for workspace in Workspace:
            built.window.show_workspace(workspace)
            application.processEvents()
        built.window.gallery.handing_out.put(file_data([Path(sys.argv[1])]))
        built.window.close()
        if is_put_away_on_a_thread:
            thread = threading.Thread(target=built.close)
            thread.start()
            while thread.is_alive():
                application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        else:
            built.close()


def _wait(built: Window) -> None:
    """Until the window is there as a whole."""
    loop = QEventLoop()
    built.window.completed.connect(loop.quit)
    QTimer.singleShot(WITHIN_MS, loop, lambda: loop.exit(1))
    if loop.exec():
        sys.exit("the window was not completed")


if __name__ == "__main__":
    main()
