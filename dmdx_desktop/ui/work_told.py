"""What is under way, as the status strip says it: from the core's words to the user's. GUI thread."""

from typing import Final

from PySide6.QtCore import QObject, QTimer

from dmdx_desktop.link.messages import Failed, Finished, Progress
from dmdx_desktop.models.ids import CommandId
from dmdx_desktop.ui.bridge import CoreBridge
from dmdx_desktop.ui.status_strip import StatusStrip
from dmdx_desktop.ui.work_progress import WorkProgress

TOLD_EVERY_MS: Final = 100
"""Numbers that change more often than that cannot be read, and each is laid out anew."""


class WorkTold(QObject):
    """Listens to the core from the moment it is made. What a command does is said until it has ended."""

    def __init__(self, bridge: CoreBridge, strip: StatusStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._strip, self._progress = strip, WorkProgress()
        self._told: CommandId | None = None
        self._latest: Progress | None = None
        self._telling = QTimer(self, singleShot=True, interval=TOLD_EVERY_MS)
        self._telling.timeout.connect(self._tell)
        bridge.progressed.connect(self._on_progress)
        bridge.answered.connect(self._on_answer)

    def _on_progress(self, progress: Progress) -> None:
        self._latest = progress
        if not self._telling.isActive():
            self._tell()

    def _tell(self) -> None:
        progress, self._latest = self._latest, None
        if progress is not None:
            self._told = progress.command
            self._strip.show_work(self._progress.words(progress))
            self._telling.start()

    def _on_answer(self, answer: Finished | Failed) -> None:
        if answer.command is None:
            return
        if self._latest is not None and self._latest.command == answer.command:
            self._latest = None
        if self._told == answer.command:
            self._told = None
            self._strip.show_work("")
        self._progress.forget(answer.command)
