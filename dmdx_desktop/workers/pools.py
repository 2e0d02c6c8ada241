"""The picture processes, as a pool the core's loop can await. Core process, asyncio loop.

A picture process may die, hang or grow: each of the three ends as one ``PictureError`` for the picture it was working
on, and the next call gets a fresh process.
"""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dmdx_desktop.services.base import PictureAnswer
from dmdx_desktop.workers.picture_child import PictureChild
from dmdx_desktop.workers.picture_child import PictureProcessError as PictureProcessError

CALLS_PER_PROCESS: Final = 1_000
# By how many later calls an earlier one may be overtaken for each step between their priorities.
OVERTAKEN_PER_STEP: Final = 16
# A process with something in store for a call takes it before others; it is left to that process for as long.
WORTH_OF_STORE: Final = 4 * OVERTAKEN_PER_STEP


def picture_command(resources: Path) -> tuple[str, ...]:
    """The command line that starts a picture process of this very program."""
    if getattr(sys, "frozen", False):
        return (sys.executable, "picture-process", str(resources))
    return (sys.executable, "-P", "-m", "dmdx_desktop.workers.picture_process", str(resources))


@dataclass(frozen=True, slots=True)
class _Waiting:
    rank: int
    affinity: str | None
    turn: "asyncio.Future[PictureChild]"


class PicturePool:
    """At most ``size`` picture processes, started when first needed.

    ``call`` waits its turn by ``priority`` (0 first), then by order of arrival; what is less urgent is overtaken often,
    but not for ever. ``affinity`` names what the work is about: a process that had the same lately keeps what it can
    reuse (a cut-out), and it is chosen where that costs nobody a long wait.
    """

    def __init__(self, size: int, command: tuple[str, ...], *, calls_per_process: int = CALLS_PER_PROCESS) -> None:
        self._children = tuple(PictureChild(command, calls_per_process) for _ in range(size))
        self._idle = list(self._children)
        self._waiting: list[_Waiting] = []
        self._number = 0
        self._closed = False

    @property
    def size(self) -> int:
        """How many pictures can be worked on at once."""
        return len(self._children)

    async def call(
        self,
        operation: str,
        arguments: Mapping[str, object],
        *,
        seconds: float,
        priority: int = 5,
        affinity: str | None = None,
    ) -> PictureAnswer:
        """Carry out ``operation`` in a picture process within ``seconds``.

        Raises ``PictureError`` as the operation raised it, ``PictureProcessError``, or ``StandstillError`` where no
        process can be started. A call that the closing of the pool overtakes ends as cancelled.
        """
        child = await self._take(priority, affinity)
        try:
            return await child.call(operation, arguments, seconds=seconds, affinity=affinity)
        finally:
            self._give_back(child)

    async def close(self) -> None:
        """End every process at once; what was under way is lost, and its row still says that it is to be done."""
        self._closed = True
        for waiting in self._waiting:
            waiting.turn.cancel()
        self._waiting.clear()
        await asyncio.gather(*(child.retire() for child in self._children))

    async def _take(self, priority: int, affinity: str | None) -> PictureChild:
        if self._closed:
            raise asyncio.CancelledError
        if self._idle:
            chosen = next((child for child in self._idle if affinity in child.in_store), self._idle[-1])
            self._idle.remove(chosen)
            return chosen
        self._number += 1
        turn: asyncio.Future[PictureChild] = asyncio.get_running_loop().create_future()
        rank = self._number + priority * OVERTAKEN_PER_STEP
        self._waiting.append(_Waiting(rank, affinity, turn))
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give_back(turn.result())
            raise

    def _give_back(self, child: PictureChild) -> None:
        self._waiting = [waiting for waiting in self._waiting if not waiting.turn.done()]
        if not self._waiting:
            self._idle.append(child)
            return
        chosen = min(self._waiting, key=lambda waiting: self._rank_for(child, waiting))
        self._waiting.remove(chosen)
        chosen.turn.set_result(child)

    def _rank_for(self, child: PictureChild, waiting: _Waiting) -> int:
        if waiting.affinity in child.in_store:
            return waiting.rank - WORTH_OF_STORE
        if any(waiting.affinity in other.in_store for other in self._children):
            return waiting.rank + WORTH_OF_STORE
        return waiting.rank
