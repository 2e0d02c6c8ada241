"""The files pool: where the core copies, hashes and lists, so that its loop never waits for a disk. Core process."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

FILE_THREADS: Final = 8


class FilesPool:
    """Threads for blocking work on files. ``stopping`` is what long works look at between two chunks."""

    def __init__(self, threads: int = FILE_THREADS) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="files")
        self.stopping = threading.Event()

    async def run(self, work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """The result of ``work`` on a thread of the pool."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: work(*arguments, **named))

    async def next_of(self, items: Iterator[T], count: int) -> list[T]:
        """Up to ``count`` further items of a blocking iterator; fewer only at its end."""
        return await self.run(_take, items, count)

    async def close(self) -> None:
        """Stop long works at their next chunk, and wait for the threads."""
        self.stopping.set()
        await asyncio.to_thread(self._pool.shutdown, cancel_futures=True)


def _take(items: Iterator[T], count: int) -> list[T]:
    taken: list[T] = []
    for item in items:
        taken.append(item)
        if len(taken) == count:
            break
    return taken
