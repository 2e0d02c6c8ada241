"""The progress bar of a terminal: how far, how fast, how long still. The command line's thread."""

import shutil
import sys
import time
from typing import Final, TextIO

REDRAW_S: Final = 0.1
BAR_CELLS: Final = 24
LABELS: Final = {
    "reading": "Reading",
    "preparing": "Preparing",
    "identifying": "Identifying",
    "rendering": "Rendering",
    "comparing": "Comparing",
    "exporting": "Exporting",
    "deleting": "Deleting",
    "checking": "Checking",
}


class ProgressBar:
    """Draws one line on ``stream``, and takes it away at the end. Rates are of the present phase."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        # Where standard error is closed, there is no stream at all.
        self._watched = bool(self._stream) and self._stream.isatty()
        self._phase = ""
        self._began_at = 0.0
        self._began_done = 0
        self._drawn_at = 0.0
        self._drawn = False

    def show(self, phase: str, done: int, total: int | None) -> None:
        """``done`` of ``total`` (None while it is still being counted) in ``phase``."""
        if not self._watched:
            return
        now = time.monotonic()
        if phase != self._phase:
            self._phase, self._began_at, self._began_done, self._drawn_at = phase, now, done, 0.0
        if now - self._drawn_at < REDRAW_S and done != total:
            return
        self._drawn_at = now
        width = shutil.get_terminal_size().columns
        line = progress_line(phase, done, total, now - self._began_at, done - self._began_done)
        self._stream.write("\r\x1b[K" + line[: width - 1])
        self._stream.flush()
        self._drawn = True

    def clear(self) -> None:
        """Take the line away."""
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._drawn = False


def progress_line(phase: str, done: int, total: int | None, elapsed_s: float, done_meanwhile: int) -> str:
    """The line for these numbers: a bar, the count, the rate and the time left as far as they are known."""
    label = LABELS.get(phase, phase.capitalize())
    if not total:
        return f"{label} {done}"
    filled = BAR_CELLS * min(done, total) // total
    parts = [f"{label} [{'#' * filled}{'.' * (BAR_CELLS - filled)}] {done} of {total}"]
    if done_meanwhile > 0 and elapsed_s > 0:
        rate = done_meanwhile / elapsed_s
        parts.append(f"{rate:.1f} a second" if rate >= 1 else f"{1 / rate:.1f} s each")
        parts.append(f"{_duration((total - done) / rate)} left")
    return ", ".join(parts)


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
