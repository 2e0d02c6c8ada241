"""pytest plugin: what a test leaves behind fails it.

Log records at WARNING or above (unless marked ``allow_logs``), threads, child processes; and, through pytest's own
hooks and ``filterwarnings = error``, coroutines never awaited, files never closed and exceptions in finalisers,
which the collection of garbage at the end of each test brings to light in the test that made them.
"""

import gc
import logging
import multiprocessing
import threading
import time
from collections.abc import Iterator
from concurrent.futures.thread import _threads_queues
from pathlib import Path

import pytest

GRACE_S = 3.0
"""How long threads and children may take to end after the test's last line."""

SERVANTS_OF_PYTHON = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
"""Helper processes that Python starts once and keeps until it ends."""


class _Kept(logging.Handler):
    """Keeps the records it is given."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def pytest_collection_finish() -> None:
    """Takes what exists before the first test out of the collector's sight, which keeps collections per test cheap."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _leaves_nothing_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    kept = _Kept()
    root = logging.getLogger()
    threads_before = set(threading.enumerate())
    children_before = _children()
    root.addHandler(kept)
    try:
        yield
        gc.collect()
        # What outlives its test is kept by a module or a session: no later collection goes through it again.
        gc.freeze()
        deadline = time.monotonic() + GRACE_S
        complaints = [
            *(f"thread left running: {name}" for name in _threads_left(threads_before, deadline)),
            *(f"child process left: {name}" for name in _children_left(children_before, deadline)),
        ]
    finally:
        root.removeHandler(kept)
    if request.node.get_closest_marker("allow_logs") is None:
        complaints += [f"logged {record.levelname} {record.name}: {record.getMessage()}" for record in kept.records]
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


def _threads_left(before: set[threading.Thread], deadline: float) -> list[str]:
    # Threads that Python did not start (Qt's) show up as dummies that stay listed after their end.
    started = [t for t in threading.enumerate() if t not in before and not t.name.startswith("Dummy-")]
    # A pool begins its threads as the work comes: one more of a pool that was there before belongs to its owner.
    pools_before = {id(_threads_queues[thread]) for thread in before if thread in _threads_queues}
    started = [t for t in started if t not in _threads_queues or id(_threads_queues[t]) not in pools_before]
    for thread in started:
        thread.join(max(0.0, deadline - time.monotonic()))
    return [thread.name for thread in started if thread.is_alive()]


def _children_left(before: dict[int, str], deadline: float) -> list[str]:
    while True:
        left = {pid: words for pid, words in _children().items() if pid not in before}
        if not left or time.monotonic() > deadline:
            return [f"{pid} {words}" for pid, words in left.items()]
        time.sleep(0.02)


def _children() -> dict[int, str]:
    """This process's children by id, with their command lines; ended ones that nobody waited for included."""
    if not Path("/proc/self/task").exists():
        return {child.pid or 0: child.name for child in multiprocessing.active_children()}
    pids = [int(pid) for file in Path("/proc/self/task").glob("*/children") for pid in _text(file).split()]
    words = {pid: _text(Path(f"/proc/{pid}/cmdline")).replace("\0", " ").strip() for pid in pids}
    return {pid: line for pid, line in words.items() if not any(servant in line for servant in SERVANTS_OF_PYTHON)}


def _text(file: Path) -> str:
    try:
        return file.read_text(errors="replace")
    except OSError:  # a thread or child may end between being listed and being read
        return ""
