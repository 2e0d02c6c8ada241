"""What is under way, as the status strip says it: from the core's words to the user's. GUI thread."""

from PySide6.QtCore import QObject

from dmdx_desktop.link.messages import Failed, Finished, Progress
from dmdx_desktop.ui.bridge import CoreBridge
from dmdx_desktop.ui.status_strip import StatusStrip
from dmdx_desktop.ui.work_progress import WorkProgress


class WorkTold(QObject):
    """Listens to the core from the moment it is made."""

    def __init__(self, bridge: CoreBridge, strip: StatusStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._strip, self._progress = strip, WorkProgress()
        bridge.progressed.connect(self._on_progress)
        bridge.answered.connect(self._on_answer)

    def _on_progress(self, progress: Progress) -> None:
        self._strip.show_work(self._progress.words(progress))

    def _on_answer(self, answer: Finished | Failed) -> None:
        self._strip.show_work("")
        if answer.command is not None:
            self._progress.forget(answer.command)
