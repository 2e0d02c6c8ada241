"""The picture processes, as a pool the core's loop can await. Core process, asyncio loop.

A picture process may die, hang or grow: each of the three ends as one ``PictureError`` for the picture it was working
on, and the next call gets a fresh process.
"""

import asyncio
import heapq
import logging
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dmdx_desktop.errors import DmdxError, PictureError
from dmdx_desktop.services.base import PictureAnswer
from dmdx_desktop.workers.frames import LENGTH, FrameError, decode_head, encode, error_from, head_length

# A process that lived long holds fragmented memory, and its bound is counted from its start.
CALLS_PER_PROCESS: Final = 1_000
log = logging.getLogger(__name__)


class PictureProcessError(PictureError):
    """The process ended, hung or broke the protocol while it worked on a picture. A second try may be worth it."""


def picture_command(resources: Path) -> tuple[str, ...]:
    """The command line that starts a picture process of this very program."""
    if getattr(sys, "frozen", False):
        return (sys.executable, "picture-process", str(resources))
    return (sys.executable, "-P", "-m", "dmdx_desktop.workers.picture_process", str(resources))


@dataclass(order=True)
class _Waiting:
    priority: int
    number: int
    affinity: str | None = field(compare=False)
    turn: "asyncio.Future[_Process]" = field(compare=False)


class PicturePool:
    """At most ``size`` picture processes, started when first needed.

    ``call`` waits its turn by ``priority`` (0 first), then by order of arrival. ``affinity`` names what the work is
    about: a process that had the same last keeps what it can reuse (a cut-out), so it is chosen where it is free.
    """

    def __init__(self, size: int, command: tuple[str, ...]) -> None:
        self._command = command
        self._size = size
        self._idle: list[_Process] = [_Process(command) for _ in range(size)]
        self._waiting: list[_Waiting] = []
        self._number = 0
        self._closed = False

    @property
    def size(self) -> int:
        """How many pictures can be worked on at once."""
        return self._size

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

        Raises ``PictureError`` as the operation raised it, or ``PictureProcessError``.
        """
        process = await self._take(priority, affinity)
        try:
            return await process.call(operation, arguments, seconds)
        finally:
            process.affinity = affinity
            self._give_back(process)

    async def close(self) -> None:
        """End every process at once; what was under way is lost, and its row still says that it is to be done."""
        self._closed = True
        for waiting in self._waiting:
            waiting.turn.cancel()
        self._waiting.clear()
        await asyncio.gather(*(process.end() for process in self._idle))

    async def _take(self, priority: int, affinity: str | None) -> "_Process":
        if self._closed:
            raise asyncio.CancelledError
        if self._idle:
            chosen = next((p for p in self._idle if affinity is not None and p.affinity == affinity), self._idle[-1])
            self._idle.remove(chosen)
            return chosen
        self._number += 1
        turn: asyncio.Future[_Process] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, _Waiting(priority, self._number, affinity, turn))
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give_back(turn.result())
            raise

    def _give_back(self, process: "_Process") -> None:
        while self._waiting:
            waiting = heapq.heappop(self._waiting)
            if not waiting.turn.done():
                waiting.turn.set_result(process)
                return
        self._idle.append(process)


class _Process:
    """One picture process, started at its first call and again after it died."""

    def __init__(self, command: tuple[str, ...]) -> None:
        self._command = command
        self._child: asyncio.subprocess.Process | None = None
        self._calls = 0
        self.affinity: str | None = None

    async def call(self, operation: str, arguments: Mapping[str, object], seconds: float) -> PictureAnswer:
        child = await self._living()
        finished = False
        try:
            async with asyncio.timeout(seconds):
                head, payloads = await _exchange(child, encode({"operation": operation, "arguments": arguments}))
            finished = True
        except TimeoutError as error:
            raise _died("timed_out", f"It was not done within {seconds:.0f} seconds.") from error
        except (asyncio.IncompleteReadError, ConnectionError, FrameError) as error:
            raise _died("picture_process_died", "The process that opened it ended before it was done.") from error
        finally:
            # An answer that was not waited for would be taken for the answer to the next call.
            if not finished:
                await self.end()
        return _answer_from(head, payloads)

    async def end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if child.returncode is None:
            child.kill()
        await child.wait()
        if child.returncode not in (0, -9):
            log.info("a picture process ended with code %s", child.returncode)

    async def _living(self) -> asyncio.subprocess.Process:
        if self._calls >= CALLS_PER_PROCESS:
            await self.end()
        if self._child is None or self._child.returncode is not None:
            self._calls = 0
            self._child = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env=_environment(),
            )
        self._calls += 1
        return self._child


async def _exchange(
    child: asyncio.subprocess.Process, request: bytes
) -> tuple[Mapping[str, object], tuple[bytes, ...]]:
    if child.stdin is None or child.stdout is None:
        raise FrameError("no pipes")
    child.stdin.write(request)
    await child.stdin.drain()
    prefix = await child.stdout.readexactly(LENGTH.size)
    head, lengths = decode_head(await child.stdout.readexactly(head_length(prefix)))
    payloads = [await child.stdout.readexactly(length) for length in lengths]
    return head, tuple(payloads)


def _answer_from(head: Mapping[str, object], payloads: tuple[bytes, ...]) -> PictureAnswer:
    problem = head.get("problem")
    if isinstance(problem, dict):
        raise error_from(problem)
    values = head.get("values")
    if not isinstance(values, dict):
        raise _died("picture_process_died", "The process that opened it answered nonsense.")
    return PictureAnswer(values, payloads)


def _died(code: str, detail: str) -> DmdxError:
    return PictureProcessError(
        code,
        "This picture could not be opened safely.",
        detail,
        "Open it in another program, save a copy as PNG, and add that one.",
    )


def _environment() -> dict[str, str]:
    """Our own environment; number libraries keep to one thread, for the pool is what uses the other cores."""
    package_root = str(Path(__file__).resolve().parent.parent.parent)
    single = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    return {
        **os.environ,
        **single,
        "PYTHONPATH": package_root,
        "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", ""),
    }
