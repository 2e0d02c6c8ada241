"""How far a command is and how long it still takes, in words for the status strip. Pure; GUI thread."""

import time
from collections.abc import Callable
from typing import Final

from dmdx_desktop.link.messages import Progress
from dmdx_desktop.models.ids import CommandId
from dmdx_desktop.ui.queue.totals import seconds_left_words
from dmdx_desktop.ui.wording import tr

PHASES: Final = {
    "reading": "Reading {done} of {total}",
    "identifying": "Identifying {done} of {total}",
    "rendering": "Making {done} of {total}",
    "comparing": "Comparing {done} of {total}",
    "exporting": "Exporting {done} of {total}",
    "deleting": "Deleting {done} of {total}",
}
SAMPLES: Final = 5
"""How many must be done before the time that the others take is told."""


class WorkProgress:
    """Remembers when each phase of each command began."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun: dict[tuple[CommandId, str], tuple[float, int]] = {}

    def words(self, progress: Progress) -> str:
        """``Reading 140 of 212 · about 2 minutes left``."""
        if progress.phase not in PHASES:
            return ""
        total = "…" if progress.total is None else f"{progress.total:,}"
        words = tr(PHASES[progress.phase], done=progress.done, total=total)
        seconds = self._seconds_left(progress)
        return words if seconds is None else f"{words} · {seconds_left_words(seconds)}"

    def forget(self, command: CommandId) -> None:
        """It has ended."""
        for known in [one for one in self._begun if one[0] == command]:
            del self._begun[known]

    def _seconds_left(self, progress: Progress) -> float | None:
        now = self._clock()
        at, done = self._begun.setdefault((progress.command, progress.phase), (now, progress.done))
        made = progress.done - done
        if progress.total is None or made < SAMPLES or progress.done >= progress.total:
            return None
        return (now - at) / made * (progress.total - progress.done)
