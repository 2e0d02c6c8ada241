"""The change feed: which rows of which tables a commit touched. Published by the writer thread of the core.

Subscribers hear *what* changed and read it themselves; events never carry rows.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

log = logging.getLogger(__name__)


class Table(StrEnum):
    """Tables whose changes are announced."""

    JOB = "job"
    REFERENCE = "reference"
    COMMAND = "command"
    INTAKE = "intake"
    TASK = "task"
    RUN = "run"
    RENDER = "render"
    OUTPUT = "output"
    EXPORT = "export"
    PROBLEM = "problem"
    PURGE = "purge"
    RECEIPT = "receipt"
    RECIPE = "recipe"
    COLLECTION = "collection"
    ATTEMPT = "attempt"
    LEDGER = "ledger"
    STUDIO = "studio"
    QUESTION = "question"
    COMPARISON = "comparison"
    BUCKET_COPY = "bucket_copy"
    READING_BILL = "reading_bill"


@dataclass(frozen=True, slots=True)
class Changed:
    """Rows of ``table`` that were inserted, updated or deleted by one commit, by their integer keys."""

    table: Table
    keys: frozenset[int]


Changes = tuple[Changed, ...]
Subscriber = Callable[[Changes], None]


class ChangeFeed:
    """Tells subscribers of each commit, in the order of the commits.

    A subscriber is called on the writer thread: it must return at once and must not raise. An empty tuple is the last
    call it gets: the library was closed. All methods may be called from any thread.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._subscribers: list[Subscriber] = []

    def subscribe(self, subscriber: Subscriber) -> None:
        """Call ``subscriber`` after each commit from now on."""
        with self._lock:
            self._subscribers.append(subscriber)

    def unsubscribe(self, subscriber: Subscriber) -> None:
        """Stop calling ``subscriber``; one last call may be on its way. Unknown subscribers are ignored."""
        with self._lock:
            self._subscribers = [known for known in self._subscribers if known != subscriber]

    def publish(self, changes: Changes) -> None:
        """Tell every subscriber, in the order they came."""
        with self._lock:
            subscribers = list(self._subscribers)
        for subscriber in subscribers:
            try:
                subscriber(changes)
            except Exception:
                # A fault in one listener must stop neither the writer nor the other listeners.
                log.exception("a subscriber of the change feed failed")


def merge(parts: Iterable[Iterable[tuple[Table, int]]]) -> Changes:
    """The changes of several works as one: each table once, in the order first touched."""
    keys_of: dict[Table, set[int]] = {}
    for part in parts:
        for table, key in part:
            keys_of.setdefault(table, set()).add(key)
    return tuple(Changed(table, frozenset(keys)) for table, keys in keys_of.items())
