"""The one place that tells of failures: what a command could not do, a core that died, a library that cannot be opened.

The window's process, GUI thread. One message for each command, however many of its files went wrong.
"""

import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.link.messages import Failed, Finished
from dmdx_desktop.models.commands import Command, Identify, ImportPaths
from dmdx_desktop.models.connecting import ConnectionCommand, ListConnections, ListEngines, QuoteImages
from dmdx_desktop.models.gestures import MakeTiles, PreviewScenes
from dmdx_desktop.ui.bridge import CoreBridge
from dmdx_desktop.ui.failure_words import (
    UNEXPECTED,
    error_words,
    failed_words,
    several_words,
    skipped_words,
    troubles_in,
)
from dmdx_desktop.ui.library_source import LibrarySource
from dmdx_desktop.ui.notices import Banner, Toast
from dmdx_desktop.ui.wording import tr

DEATHS: Final = 3
WITHIN_S: Final = 600.0
PROBLEM_MS: Final = 10_000
CORE, LIBRARY = "core", "library"


class Failures(QObject):
    """Tells what went wrong in ``toast`` and ``banner``, each with what can be done about it.

    ``problems_wanted`` comes with the troubles of an import that are to be listed.
    """

    problems_wanted = Signal(list)

    def __init__(
        self,
        bridge: CoreBridge,
        source: LibrarySource,
        toast: Toast,
        banner: Banner,
        open_log: Callable[[], None],
        show_queue: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._source, self._toast, self._banner = bridge, source, toast, banner
        self._open_log, self._show_queue = open_log, show_queue
        self._waiting = 0
        self._deaths: deque[float] = deque(maxlen=DEATHS)
        bridge.answered.connect(self._on_answer)
        bridge.lost.connect(self._on_lost)
        bridge.refused.connect(self._on_refused)
        source.failed.connect(self._on_library)
        source.opened.connect(lambda: banner.withdraw(LIBRARY))

    def note_waiting(self, images: int) -> None:
        """How many images are not done yet."""
        self._waiting = images

    def tell_unexpected(self, copy_details: Callable[[], None]) -> None:
        """Say that something nobody foresaw went wrong and was written to the log."""
        copying, opening = (tr("Copy details"), copy_details), (tr("Open log"), self._open_log)
        self._toast.tell(tr(UNEXPECTED), copying, PROBLEM_MS, second=opening)

    def _on_answer(self, answer: Finished | Failed, command: Command | None) -> None:
        if isinstance(command, MakeTiles | PreviewScenes | ListConnections | ListEngines | QuoteImages):
            return  # asked for by no one in particular; where one is missing, the page shows it
        if isinstance(command, ConnectionCommand):
            return  # the card of the connection says it itself
        if isinstance(answer, Failed):
            open_log = (tr("Open log"), self._open_log) if answer.code == "unexpected" else None
            self._toast.tell(failed_words(answer), open_log, PROBLEM_MS)
            return
        troubles = troubles_in(answer.document.get("problems"))
        if not troubles:
            return
        if isinstance(command, ImportPaths | Identify):
            added = answer.document.get("references")
            words = skipped_words(troubles, len(added) if isinstance(added, list) else 0)
            listing = tr("Show it") if len(troubles) == 1 else tr("Show the {count}", count=len(troubles))
            self._toast.tell(words, (listing, partial(self.problems_wanted.emit, troubles)), PROBLEM_MS)
            return
        words = several_words(troubles)
        self._toast.tell(words, (tr("Show in Queue"), self._show_queue), PROBLEM_MS)

    def _on_lost(self) -> None:
        now = time.monotonic()
        self._deaths.append(now)
        if len(self._deaths) == DEATHS and now - self._deaths[0] <= WITHIN_S:
            words = tr("DMDX had to restart its background work three times in ten minutes. Nothing is lost.")
            self._banner.tell(words, "warning", [(tr("Open log"), self._open_log)], CORE)
            return
        words = tr("DMDX had to restart its background work. Nothing is lost.")
        if self._waiting == 1:
            words = tr("DMDX had to restart its background work. Nothing is lost: 1 image continues.")
        elif self._waiting:
            words = tr(
                "DMDX had to restart its background work. Nothing is lost: {count} images continue.",
                count=self._waiting,
            )
        self._toast.tell(words)

    def _on_refused(self, failed: Failed) -> None:
        self._tell_library(failed_words(failed), self._bridge.start)

    def _on_library(self, error: DmdxError) -> None:
        self._tell_library(error_words(error), self._source.open)

    def _tell_library(self, words: str, again: Callable[[], None]) -> None:
        actions = [(tr("Try again"), again), (tr("Open log"), self._open_log)]
        self._banner.tell(words, "danger", actions, LIBRARY)
