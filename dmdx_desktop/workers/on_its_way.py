"""What is on its way to places in a bucket, so that a deletion can wait for it. Core process, asyncio loop.

Whoever puts something there notes it, and only then looks whether its piece still exists. A deletion lets its rows go
first and waits after that: what it does not wait for does not begin any more.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class OnItsWay:
    """Notes by prefix."""

    def __init__(self) -> None:
        self._ends: dict[asyncio.Future[None], str] = {}

    @contextmanager
    def noted(self, prefix: str) -> Iterator[None]:
        """Something is on its way below ``prefix`` while this lasts."""
        end: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._ends[end] = prefix
        try:
            yield
        finally:
            del self._ends[end]
            end.set_result(None)

    async def ended(self, place: str) -> None:
        """Return once nothing that is noted now is on its way to ``place``, a prefix or an object below one."""
        ends = [end for end, prefix in self._ends.items() if place.startswith(prefix)]
        if ends:
            await asyncio.wait(ends)
