"""A window to take figures of: a real one on a real X server, and what its GUI thread spends on something.

Figures are processor time of the GUI thread, which a busy machine changes little, unless they are called waits.
"""

import subprocess
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE_S = 60.0


def rerun(module: str, *arguments: str) -> str:
    """What this bench prints when it is started again as a process of its own."""
    ended = subprocess.run(
        [sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE, text=True, check=False, timeout=900
    )
    if ended.returncode:
        raise SystemExit(f"{module} {' '.join(arguments)} ended with {ended.returncode}")
    return ended.stdout


def until(there: Callable[[], bool], what: str, seconds: float = PATIENCE_S) -> None:
    """Run the event loop until something is there."""
    deadline, loop, looking = time.monotonic() + seconds, QEventLoop(), QTimer(interval=1)
    looking.timeout.connect(lambda: loop.quit() if there() or time.monotonic() > deadline else None)
    looking.start()
    if not there():
        loop.exec()
    looking.stop()
    if not there():
        raise SystemExit(f"waited {seconds:.0f} s in vain for {what}")


def pause(seconds: float) -> None:
    """Run the event loop for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop, loop.quit)
    loop.exec()


def spent(act: Callable[[], object], shown: QWidget) -> float:
    """Milliseconds that the GUI thread works until ``act`` is done and ``shown`` painted as it is then."""
    QApplication.sendPostedEvents()
    before = time.thread_time()
    act()
    QApplication.sendPostedEvents()
    shown.repaint()
    return (time.thread_time() - before) * 1000


class Ticks(QObject):
    """A clock that strikes sixty times a second: how long each strike was waited for, and what was worked meanwhile."""

    def __init__(self, interval_ms: int = 16, with_each: Callable[[], object] = lambda: None) -> None:
        super().__init__()
        self.gaps_ms: list[float] = []
        self.cpu_ms: list[float] = []
        self._with_each = with_each
        self._last = self._worked = 0.0
        self._timer = QTimer(self, interval=interval_ms, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._strike)

    def start(self) -> None:
        self.gaps_ms.clear()
        self.cpu_ms.clear()
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _strike(self) -> None:
        now = time.perf_counter()
        worked = time.thread_time()
        self.gaps_ms.append((now - self._last) * 1000)
        self.cpu_ms.append((worked - self._worked) * 1000)
        self._last, self._worked = now, worked
        self._with_each()


def percentile(values: list[float], share: float) -> float:
    """The value below which so large a share of the others lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
