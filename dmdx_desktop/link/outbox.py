"""What waits to be sent to one client: never blocks the core, never grows without bound. Core process, any thread.

A client that reads slowly gets fewer messages, not later ones: the newest progress replaces an older one, and changes
of a table are merged. Answers to commands are always kept, up to a number that only a client that reads none reaches.
"""

import threading
import time
from collections import deque
from typing import Final

from dmdx_desktop.link.messages import AnyMessage, Changed, Failed, Finished, Progress
from dmdx_desktop.models.ids import CommandId

MAX_NAMED_KEYS: Final = 2_000
MAX_ANSWERS: Final = 1_000
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

    def put(self, message: AnyMessage) -> bool:
        """Add a message and return at once; False once there are more answers than any client leaves unread."""
        with self._ready:
            if self._closed:
                return True
            if isinstance(message, Progress):
                self._progress[message.command] = message
            elif isinstance(message, Changed):
                self._merge(message)
            else:
                self._add_answer(message)
            self._ready.notify()
            return len(self._answers) <= MAX_ANSWERS

    def take(self) -> list[AnyMessage] | None:
        """Wait for something to send, and take it; None once the outbox is closed and empty."""
        with self._ready:
            while True:
                pause = self._news_at + PAUSE_S - time.monotonic()
                has_news = bool(self._progress or self._changes)
                if self._closed or (has_news and pause <= 0):
                    return self._everything() or None
                if self._answers:
                    return self._answers_alone()
                self._ready.wait(pause if has_news else None)

    def close(self) -> None:
        """Nothing more will be put; what is there may still be sent."""
        with self._ready:
            self._closed = True
            self._ready.notify()

    def _add_answer(self, message: AnyMessage) -> None:
        if isinstance(message, Finished | Failed) and message.command is not None:
            # How far it was is of no interest once it has ended.
            self._progress.pop(message.command, None)
        self._answers.append(message)

    def _merge(self, message: Changed) -> None:
        known = self._changes.setdefault(message.table, set())
        if known is None:
            return
        known.update(message.keys)
        if not message.keys or len(known) > MAX_NAMED_KEYS:
            self._changes[message.table] = None

    def _everything(self) -> list[AnyMessage]:
        """News before answers: who is told that a command ended has heard of what it changed."""
        messages: list[AnyMessage] = [*self._changes_taken(), *self._progress.values(), *self._answers_alone()]
        self._progress.clear()
        self._news_at = time.monotonic()
        return messages

    def _answers_alone(self) -> list[AnyMessage]:
        """Answers do not wait for the next moment at which news may go out; changes made before them go with them."""
        answers = list(self._answers)
        self._answers.clear()
        return [*self._changes_taken(), *answers]

    def _changes_taken(self) -> list[AnyMessage]:
        changes = [Changed(table=table, keys=tuple(sorted(keys or ()))) for table, keys in self._changes.items()]
        self._changes.clear()
        return list(changes)
