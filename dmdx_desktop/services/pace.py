"""How fast an engine may be asked: no faster than the account allows, and no slower. Core process, asyncio loop.

Nobody says what an account allows, but a request that is one too many is refused before anything is charged. So the
number of requests under way grows with each that is taken, until one is refused; after that it is tried again as soon
as one has ended, and otherwise every second or two. A limit of the minute refuses however few are under way, so it is
forgotten as soon as more are taken than were under way then. A new account (two at a time, two a minute) and a large
one are both kept busy.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Final

FIRST_LIMIT: Final = 2
LARGEST_LIMIT: Final = 256
FIRST_WAIT_S: Final = 0.25
LONGEST_WAIT_S: Final = 2.0
GROWS_AGAIN_S: Final = 30.0


class Pace:
    """Turns for one engine's account. A turn lasts until what was asked for has ended."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._under_way: set[int] = set()
        self._limit = FIRST_LIMIT
        self._wait_s = FIRST_WAIT_S
        self._blocked_until = 0.0
        self._refused_at = -GROWS_AGAIN_S
        self._refused_beside = 0
        self._told_to_wait = False
        self._changed = asyncio.Condition()

    @property
    def under_way(self) -> int:
        """How many requests have a turn."""
        return len(self._under_way)

    async def turn(self, key: int) -> None:
        """Wait for a turn, and take it."""
        async with self._changed:
            while (left := self._must_wait_s()) is not None:
                # Not wait_for, which loses a cancellation that comes together with a change.
                try:
                    async with asyncio.timeout(left):
                        await self._changed.wait()
                except TimeoutError:
                    continue
            self._under_way.add(key)

    def adopt(self, key: int) -> None:
        """What runs already has its turn, whoever began it."""
        self._under_way.add(key)

    async def taken(self) -> None:
        """A request was taken: perhaps more will be."""
        async with self._changed:
            self._wait_s = FIRST_WAIT_S
            if self._clock() - self._refused_at >= GROWS_AGAIN_S:
                self._limit = min(self._limit + 1, LARGEST_LIMIT)
            elif len(self._under_way) > self._refused_beside:
                # More are under way than when one was refused: it was not refused for how many there were.
                self._limit = max(self._limit, min(len(self._under_way) + 1, LARGEST_LIMIT))
            self._changed.notify_all()

    async def refused(self, key: int, wait_s: float | None) -> None:
        """A request was one too many: give its turn back and be slower for a moment."""
        async with self._changed:
            self._under_way.discard(key)
            now = self._clock()
            self._refused_at, self._told_to_wait = now, wait_s is not None
            self._refused_beside = len(self._under_way)
            self._limit = self._refused_beside + 1
            self._blocked_until = now + (self._wait_s if wait_s is None else max(wait_s, 0.0))
            self._wait_s = min(self._wait_s * 2, LONGEST_WAIT_S)
            self._changed.notify_all()

    async def ended(self, key: int) -> None:
        """What was asked for has ended, or was never sent."""
        async with self._changed:
            if key in self._under_way:
                self._under_way.discard(key)
                if not self._told_to_wait:
                    self._blocked_until = 0.0
                self._changed.notify_all()

    def _must_wait_s(self) -> float | None:
        """For how long to wait at most before looking again; None where a turn is free."""
        now = self._clock()
        if now < self._blocked_until:
            return self._blocked_until - now
        if len(self._under_way) < self._limit:
            return None
        return 30.0
