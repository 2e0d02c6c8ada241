"""Tells over the system that a run has ended or needs the user, while the window is out of sight. GUI thread."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from dmdx_desktop.library.queue_view import QueueView
from dmdx_desktop.ui.queue.totals import need_words
from dmdx_desktop.ui.wording import tr


class RunNotices(QObject):
    """One message for each run and for each time it first needs somebody; none while the window is in use."""

    def __init__(self, window: QWidget, come_forward: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._come_forward = window, come_forward
        self._tray: QSystemTrayIcon | None = None
        self._was_left = 0
        self._failed_before: int | None = None
        self._made = 0
        self._badge = 0
        self._done_before: int | None = None
        self._told_need = False
        self.last = ""
        """What was told last."""

    def watch(self, view: QueueView) -> None:
        """The queue as it is now."""
        left, failed = view.left, view.failed + len(view.uncertain)
        if left and not self._was_left:
            self._told_need, self._made = False, 0
        if self._done_before is not None and (left or self._was_left):
            self._made += max(view.done - self._done_before, 0)
        new_failures = self._failed_before is not None and failed > self._failed_before
        if self._was_left and not left:
            self._tell(run_words(self._made, failed))
        elif new_failures and not self._told_need:
            self._told_need = True
            self._tell(need_words(failed))
        self._was_left, self._failed_before, self._done_before = left, failed, view.done
        self._show_badge(failed)

    def _show_badge(self, number: int) -> None:
        application = QApplication.instance()
        if number == self._badge or not isinstance(application, QGuiApplication):
            return
        self._badge = number
        # Linux has badges only for programs that a desktop file describes.
        if sys.platform in ("darwin", "win32") or application.desktopFileName():
            application.setBadgeNumber(number)

    def _tell(self, words: str) -> None:
        if self._window.isActiveWindow():
            return
        self.last = words
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            self._in_tray().showMessage("DMDX Studio", words)
        else:
            QApplication.alert(self._window)

    def _in_tray(self) -> QSystemTrayIcon:
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
            self._tray.setToolTip(tr("DMDX Studio"))
            self._tray.messageClicked.connect(lambda: self._come_forward())
            self._tray.activated.connect(lambda reason: self._come_forward())
        self._tray.show()
        return self._tray


def run_words(made: int, failed: int) -> str:
    """How a run ended."""
    words = tr("1 image is done") if made == 1 else tr("{count} images are done", count=made)
    return f"{words} · {need_words(failed)}" if failed else words
