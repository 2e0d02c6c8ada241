"""Keeps every background task of the core alive in our hands: named, referenced, and never failing in silence.

Core process, asyncio loop. This is one of the few places where any exception at all may be caught.
"""

import asyncio
import logging
from collections.abc import Awaitable, Coroutine
from typing import Final, TypeVar

from dmdx_desktop.errors import DmdxError

T = TypeVar("T")
log: Final = logging.getLogger(__name__)


def unexpected(error: Exception) -> DmdxError:
    """The words for a failure nobody foresaw; what it was goes to the log."""
    log.error("unexpected failure", exc_info=error)
    return DmdxError(
        "unexpected",
        "Something went wrong on our side.",
        "It was written to the log, and your work is saved.",
        "Try again; if it happens again, send us the log.",
    )


class Supervisor:
    """Owns the tasks of the core. ``failed`` is set with the first error that ended a task that should never end.

    Who waits for background work at that moment is told; who starts it again later begins with a clean sheet.
    """

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self.failed: asyncio.Future[DmdxError] = asyncio.get_running_loop().create_future()

    def spawn(self, name: str, work: Coroutine[object, object, None]) -> "asyncio.Task[None]":
        """Run ``work`` in the background until it ends or the supervisor closes."""
        task = asyncio.get_running_loop().create_task(self._guard(work), name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def close(self) -> None:
        """Cancel everything and wait until it has ended."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def halt(self, error: DmdxError) -> None:
        """Tell everyone who waits for background work that it cannot go on, and why."""
        if not self.failed.done():
            self.failed.set_result(error)

    def go_on(self) -> None:
        """Forget what halted the background work: it is being started again."""
        if self.failed.done():
            self.failed = asyncio.get_running_loop().create_future()

    async def unless_halted(self, work: Awaitable[T]) -> T:
        """The result of ``work``, or the error that halted the background work it waits for."""
        waiting = asyncio.ensure_future(work)
        try:
            either: set[asyncio.Future[T] | asyncio.Future[DmdxError]] = {waiting, self.failed}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if waiting.done():
                return waiting.result()
            raise self.failed.result()
        finally:
            if not waiting.done():
                waiting.cancel()
                await asyncio.gather(waiting, return_exceptions=True)

    async def _guard(self, work: Coroutine[object, object, None]) -> None:
        try:
            await work
        except DmdxError as error:
            self.halt(error)
        except Exception as error:  # the boundary: no task may die unseen
            self.halt(unexpected(error))


async def together(*works: Coroutine[object, object, None]) -> None:
    """Carry out works side by side; when one fails the others are cancelled, and its error is raised as it is."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def outcome_of(work: Awaitable[None]) -> DmdxError | None:
    """Wait for the work on one row; what it failed with, in words, or None. Cancelling goes through."""
    try:
        await work
    except DmdxError as error:
        return error
    except Exception as error:  # the boundary: one row must not take the others down
        return unexpected(error)
    return None


async def known_or_unexpected(work: Awaitable[T]) -> T:
    """The result of ``work``; whatever it raises has words for the user. Cancelling goes through."""
    try:
        return await work
    except DmdxError:
        raise
    except Exception as error:  # the boundary: nobody asks the core for something and gets no answer
        raise unexpected(error) from error
