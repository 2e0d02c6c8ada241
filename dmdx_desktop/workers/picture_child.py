"""One picture process as the core sees it: started when it is needed, never left behind. Core process, asyncio loop.

A process first says that it is ready. One that ends before that has no picture to blame. One that ends or breaks the
protocol later may have been spoilt by earlier pictures, so the present one is asked for again in a fresh process; when
that one fails, too, or when a picture takes too long, that call alone fails.
"""

import asyncio
import logging
import os
import signal
import subprocess
import sys
from asyncio.subprocess import Process
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

from dmdx_desktop.errors import PictureError, StandstillError
from dmdx_desktop.services.base import PictureAnswer
from dmdx_desktop.workers.frames import LENGTH, READY, FrameError, decode_head, encode, error_from, head_length

# Long, for a computer that is busy with other things: this much is only waited for where something is broken.
READY_SECONDS: Final = 60.0
STARTS_TRIED: Final = 3
# A process keeps about as many cut-outs (``imaging.studio_operations``); asking for one that is gone costs only time.
KEPT_IN_STORE: Final = 6
# In a group of its own: Ctrl-C at the terminal is for the core, which ends its picture processes itself.
OWN_GROUP: Final = int(getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0))
# How a process that has ended, or does not keep to the protocol, shows.
BROKEN: Final = (asyncio.IncompleteReadError, ConnectionError, FrameError)
log: Final = logging.getLogger(__name__)


class PictureProcessError(PictureError):
    """The process ended, hung or broke the protocol while it worked on a picture. A second try may be worth it."""


class PictureChild:
    """A picture process of ``command``, started at its first call and again after it ended.

    It is replaced after ``calls_each`` calls: one that lived long holds fragmented memory, and its bound is counted
    from its start. ``in_store`` is what its last calls were about, none for one that has just begun.
    """

    def __init__(self, command: tuple[str, ...], calls_each: int) -> None:
        self._command = command
        self._calls_each = calls_each
        self._child: Process | None = None
        self._calls = 0
        self._calling = asyncio.Lock()
        self._retired = False
        self.in_store: deque[str] = deque(maxlen=KEPT_IN_STORE)

    async def call(
        self, operation: str, arguments: Mapping[str, object], *, seconds: float, affinity: str | None
    ) -> PictureAnswer:
        """Carry out one operation. Raises ``PictureError``, or ``StandstillError`` where no process can be started.

        Cancelled, or overtaken by ``retire`` (which ends it as cancelled too), it takes the process with it.
        """
        async with self._calling:
            return await self._call(operation, arguments, seconds, affinity)

    async def retire(self) -> None:
        """End the process for good; a call under way ends as if it had been cancelled."""
        self._retired = True
        await self._end()
        async with self._calling:
            # It may have been about to start one.
            await self._end()

    async def _call(
        self, operation: str, arguments: Mapping[str, object], seconds: float, affinity: str | None
    ) -> PictureAnswer:
        try:
            try:
                answer = await self._ask(operation, arguments, seconds)
            except BROKEN:
                if self._calls == 1:
                    raise
                # It may be what earlier calls left behind: once more, in a process that has answered nothing yet.
                answer = await self._ask(operation, arguments, seconds)
        except TimeoutError as error:
            raise _died("timed_out", f"It was not done within {seconds:.0f} seconds.") from error
        except BROKEN as error:
            self._stop_if_retired()
            raise _died("picture_process_died", "The process that opened it ended before it was done.") from error
        if affinity is not None and affinity not in self.in_store:
            self.in_store.append(affinity)
        return _answer_from(*answer)

    async def _end(self) -> None:
        child, self._child = self._child, None
        self.in_store.clear()
        if child is not None:
            await _end(child)

    async def _living(self) -> Process:
        if self._calls >= self._calls_each or (self._child is not None and self._child.returncode is not None):
            await self._end()
        if self._child is None:
            self._child = await self._started()
            self._calls = 0
        self._calls += 1
        return self._child

    async def _started(self) -> Process:
        for _ in range(STARTS_TRIED):
            self._stop_if_retired()
            self._child = child = await _spawn(self._command)
            ready = False
            try:
                ready = await _is_ready(child)
            finally:
                if not ready:
                    await self._end()
            if ready:
                return child
        self._stop_if_retired()
        raise _standstill()

    def _stop_if_retired(self) -> None:
        if self._retired:
            raise asyncio.CancelledError

    async def _ask(
        self, operation: str, arguments: Mapping[str, object], seconds: float
    ) -> tuple[Mapping[str, object], tuple[bytes, ...]]:
        child = await self._living()
        answered = False
        try:
            async with asyncio.timeout(seconds):
                answer = await _exchange(child, self._calls, operation, arguments)
            answered = True
        finally:
            # An answer that was not waited for would be taken for the answer to the next call.
            if not answered:
                await self._end()
        return answer


async def _spawn(command: tuple[str, ...]) -> Process:
    try:
        return await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=_environment(),
            # Away from the keys of a terminal, but in its session: Linux weighs sessions against each other before it
            # looks how nice the processes in them are (sched_autogroup), and the window would wait for pictures.
            process_group=0 if sys.platform != "win32" else None,
            creationflags=OWN_GROUP,
        )
    except OSError as error:
        raise _standstill() from error


async def _is_ready(child: Process) -> bool:
    try:
        async with asyncio.timeout(READY_SECONDS):
            head, _ = await _read(child)
    except (TimeoutError, *BROKEN):
        log.info("a picture process ended before it was ready")
        return False
    return head == READY


async def _exchange(
    child: Process, number: int, operation: str, arguments: Mapping[str, object]
) -> tuple[Mapping[str, object], tuple[bytes, ...]]:
    assert child.stdin is not None
    child.stdin.write(encode({"number": number, "operation": operation, "arguments": arguments}))
    await child.stdin.drain()
    head, payloads = await _read(child)
    if head.get("number") != number:
        raise FrameError("an answer to something else")
    return head, payloads


async def _end(child: Process) -> None:
    if child.returncode is None:
        with suppress(ProcessLookupError):
            if sys.platform == "win32":
                child.kill()
            else:
                # Not child.kill(), which would take the exit code away from asyncio where the process has just ended.
                os.kill(child.pid, signal.SIGKILL)
    await child.wait()
    if child.returncode not in (0, -9):
        log.info("a picture process ended with code %s", child.returncode)


async def _read(child: Process) -> tuple[Mapping[str, object], tuple[bytes, ...]]:
    assert child.stdout is not None
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
        _raise_nonsense()
    return PictureAnswer(values, payloads)


def _raise_nonsense() -> NoReturn:
    raise _died("picture_process_died", "The process that opened it answered nonsense.")


def _died(code: str, detail: str) -> PictureProcessError:
    return PictureProcessError(
        code,
        "This picture could not be opened safely.",
        detail,
        "Open it in another program, save a copy as PNG, and add that one.",
    )


def _standstill() -> StandstillError:
    return StandstillError(
        "picture_process_not_started",
        "No picture can be opened on this computer at the moment.",
        "The process that opens pictures does not start.",
        "Close other programs, then run `dmdx-desktop resume`; `dmdx-desktop self-test` says what is missing.",
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
