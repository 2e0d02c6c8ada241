"""What waits to be sent to one client: never blocks the core, never grows without bound. Core process, any thread.

A client that reads slowly gets fewer messages, not later ones: the newest progress replaces an older one, and changes
of a table are merged. Answers to commands are always kept.
"""

import threading
import time
from collections import deque
from typing import Final

from dmdx_desktop.link.messages import AnyMessage, Changed, Progress
from dmdx_desktop.models.ids import CommandId

MAX_NAMED_KEYS: Final = 2_000
# Progress and changes go out at most 20 times a second.
PAUSE_S: Final = 0.05


class Outbox:
    """Messages for one client, taken by its sending thread."""

    def __init__(self) -> None:
        self._ready = threading.Condition()
        self._answers: deque[AnyMessage] = deque()
        self._progress: dict[CommandId, Progress] = {}
        self._changes: dict[str, set[int] | None] = {}
        self._news_at = 0.0
        self._closed = False

    def put(self, message: AnyMessage) -> None:
        """Add a message; returns at once."""
        with self._ready:
            if isinstance(message, Progress):
                self._progress[message.command] = message
            elif isinstance(message, Changed):
                self._merge(message)
            else:
                self._answers.append(message)
            self._ready.notify()

    def take(self) -> list[AnyMessage] | None:
        """Wait for something to send, and take it; None once the outbox is closed and empty."""
        with self._ready:
            while True:
                pause = self._news_at + PAUSE_S - time.monotonic()
                if self._answers or self._closed:
                    return self._all() or None
                if (self._progress or self._changes) and pause <= 0:
                    return self._all()
                self._ready.wait(pause if self._progress or self._changes else None)

    def close(self) -> None:
        """Nothing more will be put; what is there may still be sent."""
        with self._ready:
            self._closed = True
            self._ready.notify()

    def _merge(self, message: Changed) -> None:
        known = self._changes.setdefault(message.table, set())
        if known is None:
            return
        known.update(message.keys)
        if not message.keys or len(known) > MAX_NAMED_KEYS:
            self._changes[message.table] = None

    def _all(self) -> list[AnyMessage]:
        changes = [Changed(table=table, keys=tuple(sorted(keys or ()))) for table, keys in self._changes.items()]
        messages: list[AnyMessage] = [*changes, *self._progress.values(), *self._answers]
        self._changes.clear()
        self._progress.clear()
        self._answers.clear()
        self._news_at = time.monotonic()
        return messages
