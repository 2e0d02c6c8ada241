"""Uploads to the designer's own bucket: files under keys made of their content, sent once and verified. Core process.

Coroutines of the loop hand each step to threads of their own, so that addresses and lists of the same bucket need not
wait behind pictures. Small files go whole and in parallel, large ones in parts that a restart goes on with; both at the
pace of one flow, which may be limited and paused. An upload whose task is cancelled stops at its next chunk.
"""

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import compress
from operator import not_
from typing import Any, Final, TypeVar

from dmdx_desktop.errors import AccountError, DmdxError, Retry, StandstillError
from dmdx_desktop.services.http import UnreachableError
from dmdx_desktop.services.r2 import THREADS
from dmdx_desktop.services.r2_contents import (
    PART_BYTES,
    SHA256_OF,
    SINGLE_BELOW,
    Content,
    Put,
    Stored,
    UploadMemory,
    Verifier,
    damaged,
    is_whole,
    missing,
    not_true,
)
from dmdx_desktop.services.r2_flow import HELD_S, Flow, Gate, Share, Stopped, Tally, UploadProgress
from dmdx_desktop.services.r2_keys import KeyKeeper, KeyProvider
from dmdx_desktop.services.r2_parts import Begun, GoneError, KeptHere, PartedUploads
from dmdx_desktop.services.r2_tries import THERE_ALREADY, Patience, RefusedError, Tries
from dmdx_desktop.services.r2_wire import Ask, Reply, Stretch, Wire

PARTS_AT_ONCE: Final = 3
MOST_BEGINNINGS: Final = 3
WRONG_BODY: Final = frozenset({"BadDigest", "XAmzContentSHA256Mismatch", "InvalidDigest"})
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that was not stored, and why."""

    content: Content
    error: DmdxError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of many files."""

    stored: tuple[Stored, ...]
    failed: tuple[Failed, ...]


@dataclass(frozen=True, slots=True)
class Sizes:
    """From which size on files go in parts, how large a part is, and how many requests there are at once."""

    single_below: int = SINGLE_BELOW
    part_bytes: int = PART_BYTES
    at_once: int = THREADS


@dataclass(eq=False)
class _Job:
    """One file under way."""

    content: Content
    share: Share
    stop: threading.Event
    put: Put | None = None
    error: DmdxError | None = None

    @property
    def is_done(self) -> bool:
        return self.put is not None and self.error is None


class Uploads:
    """Uploads to one bucket. Every method that sends raises ``DmdxError``."""

    def __init__(
        self,
        endpoint: str,
        bucket: str,
        provider: KeyProvider,
        memory: UploadMemory | None = None,
        *,
        sizes: Sizes | None = None,
        patience: Patience | None = None,
        bytes_per_second: float | None = None,
        held_s: float = HELD_S,
    ) -> None:
        self._sizes = sizes or Sizes()
        self.flow: Final = Flow(bytes_per_second, held_s=held_s)
        self._tally = Tally()
        self._wire = Wire(endpoint, bucket, self.flow, connections=2 * self._sizes.at_once)
        self.gate: Final = Gate(self._sizes.at_once)
        tries = Tries(self._wire, KeyKeeper(provider), self.flow, self.gate, patience or Patience())
        self._tries = tries
        self._verifier = Verifier(tries, self._sizes.part_bytes)
        self._parted = PartedUploads(
            tries, self._verifier, memory or KeptHere(), self._sizes.part_bytes, hash_parts=not self._wire.is_secure
        )
        self._threads = ThreadPoolExecutor(self._sizes.at_once, thread_name_prefix="r2-upload")
        self._works: dict[threading.Event, set[asyncio.Future[Any]]] = {}
        """What each call has on threads, by its stop flag."""
        self._is_closed = False

    async def close(self) -> None:
        """Stop what is under way at its next chunk, and let go of the connections."""
        self._is_closed = True
        for stop in list(self._works):
            stop.set()
        self.flow.wake()
        await asyncio.to_thread(self._threads.shutdown, wait=True, cancel_futures=True)
        await asyncio.to_thread(self._wire.close)

    @property
    def progress(self) -> UploadProgress:
        """How far everything has come since this was made."""
        return self._tally.progress

    def set_limit(self, bytes_per_second: float | None) -> None:
        """No more than this leaves from now on, over all files together; None for as much as there is room for."""
        self.flow.set_limit(bytes_per_second)

    def pause(self) -> None:
        """Nothing new is sent, and what is being sent stops at its next chunk."""
        self.flow.pause()

    def resume(self) -> None:
        """Go on where it stopped."""
        self.flow.resume()

    async def upload(self, content: Content) -> Stored:
        """Store one file."""
        outcome = await self.upload_all([content])
        if outcome.failed:
            raise outcome.failed[0].error
        return outcome.stored[0]

    async def upload_all(self, contents: Iterable[Content]) -> Outcome:
        """Store files, several at once, and each key once.

        What stands in the way of all, such as refused keys, ends it for the rest.
        """
        async with self._stopping() as stop:
            unique = {content.key: content for content in contents}
            jobs = [_Job(content, self._tally.expect(content.bytes), stop) for content in unique.values()]
            is_small = [content.bytes < self._sizes.single_below for content in unique.values()]
            try:
                await self._on_all_threads(self._put_all, deque(compress(jobs, is_small)), stop)
                large = deque(compress(jobs, map(not_, is_small)))
                await asyncio.gather(*(self._put_in_turn(large) for _ in range(min(self._sizes.at_once, len(large)))))
                await self._verify(jobs, stop)
            finally:
                for job in jobs:
                    if job.is_done:
                        job.share.has_all()
                    self._tally.end(job.share, is_done=job.is_done)
        return Outcome(
            tuple(Stored(job.content, job.put.is_new) for job in jobs if job.put is not None and job.is_done),
            tuple(Failed(job.content, job.error) for job in jobs if job.error is not None),
        )

    async def abandon(self, key: str) -> bool:
        """Drop the unfinished upload to a key, here and in the bucket; whether there was any."""
        async with self._stopping() as stop:
            return await self._in_thread(partial(self._parted.abandon_known, key, stop), stop)

    async def _put_in_turn(self, waiting: deque[_Job]) -> None:
        """Store one large file after the other, whichever is next."""
        while (job := _next(waiting)) is not None:
            try:
                job.put = await self._put_in_parts(job)
            except DmdxError as error:
                _fail(job, error, waiting)

    def _put_all(self, waiting: deque[_Job]) -> None:
        """Store one small file after the other on this thread, which need not wait for the loop in between."""
        while (job := _next(waiting)) is not None:
            try:
                job.put = self._put(job)
            except DmdxError as error:
                _fail(job, error, waiting)

    async def _verify(self, jobs: Sequence[_Job], stop: threading.Event) -> None:
        """Prove of each file that it is there, many by a list and the others one by one."""
        by_key = {job.content.key: job for job in jobs if job.put is not None and not job.put.is_proven}
        puts = [job.put for job in by_key.values() if job.put is not None]
        if puts:
            unlisted = await self._in_thread(partial(self._verifier.unlisted, puts, stop), stop)
            await self._on_all_threads(self._look_at_all, deque(by_key[put.content.key] for put in unlisted), stop)

    def _look_at_all(self, left: deque[_Job]) -> None:
        while (job := _next(left)) is not None:
            try:
                if job.put is None or not self._verifier.verified(job.put, job.stop):
                    raise not_true()
            except DmdxError as error:
                _fail(job, error, left)

    def _put(self, job: _Job) -> Put:
        """Put a file whole; in place of an object under its key that is not it, should there be one."""
        put = self._put_once(job)
        if put.is_new:
            return put
        found = self._verifier.head(job.content.key, job.stop)
        if found is not None and self._verifier.is_true(put, found, job.stop):
            return replace(put, is_proven=True)
        return self._put_once(job, "" if found is None else found.etag)

    def _put_once(self, job: _Job, instead_of: str = "") -> Put:
        content = job.content
        condition = {"If-Match": f'"{instead_of}"'} if instead_of else {"If-None-Match": "*"}
        ask = Ask(
            "PUT",
            content.key,
            headers={"Content-Type": content.content_type, SHA256_OF: content.checksum, **condition},
            body=Stretch(content.path, 0, content.bytes, job.share),
            payload=content.sha256,
        )

        def look() -> Reply | None:
            found = self._verifier.head(content.key, job.stop)
            return found if found is not None and self._verifier.is_true(Put(content), found, job.stop) else None

        try:
            reply = self._tries.send(ask, job.stop, also=(THERE_ALREADY,), look=look)
        except FileNotFoundError:
            raise missing() from None
        except OSError:
            raise damaged() from None
        except RefusedError as error:
            if error.store_code not in WRONG_BODY:
                raise
            raise (not_true() if is_whole(content, job.stop) else damaged()) from None
        if reply.status == THERE_ALREADY:
            return Put(content, is_new=False)
        return Put(content, reply.etag)

    async def _put_in_parts(self, job: _Job) -> Put:
        """Put a large file in parts; in place of an object under its key that is not it, should there be one."""
        instead_of = ""
        for _ in range(MOST_BEGINNINGS):
            begun = await self._in_thread(
                partial(self._parted.begin, job.content, job.share, job.stop, instead_of), job.stop
            )
            put = Put(job.content, is_new=False)
            if begun is not None:
                try:
                    put = await self._send_parts(job, begun, instead_of)
                except GoneError:
                    found = await self._in_thread(partial(self._parted.gone, job.content, begun, job.stop), job.stop)
                    if found is None:
                        continue
                    put = found
            seen = await self._in_thread(partial(self._verifier.head, job.content.key, job.stop), job.stop)
            if seen is not None and await self._in_thread(
                partial(self._verifier.is_true, put, seen, job.stop), job.stop
            ):
                if begun is not None:
                    await self._in_thread(
                        partial(self._parted.finish, job.content, begun.unfinished.upload_id), job.stop
                    )
                return replace(put, is_proven=True)
            instead_of = "" if seen is None else seen.etag
        raise not_true()

    async def _send_parts(self, job: _Job, begun: Begun, instead_of: str) -> Put:
        etags, left = dict(begun.unfinished.etags), deque(begun.left)

        failures: list[Exception] = []

        async def send() -> None:
            while left:
                number = left.popleft()
                try:
                    etags[number] = await self._in_thread(
                        partial(self._parted.send_part, job.content, job.share, begun, number, job.stop), job.stop
                    )
                except (DmdxError, GoneError) as error:
                    # Parts under way are let arrive: they need not be sent again.
                    failures.append(error)
                    left.clear()

        await asyncio.gather(*(send() for _ in range(min(PARTS_AT_ONCE, self._sizes.at_once))))
        if failures:
            raise failures[0]
        return await self._in_thread(
            partial(self._parted.complete, job.content, begun, etags, job.stop, instead_of), job.stop
        )

    @asynccontextmanager
    async def _stopping(self) -> AsyncIterator[threading.Event]:
        """The stop flag of one call, set when the call ends: nothing of it goes on after that, on any thread."""
        stop = threading.Event()
        self._works[stop] = set()
        try:
            yield stop
        finally:
            stop.set()
            self.flow.wake()
            # What they end with is of no interest any more; it is taken so that nobody calls it forgotten.
            await asyncio.gather(*self._works.pop(stop), return_exceptions=True)

    async def _on_all_threads(
        self, work: Callable[[deque[_Job]], None], waiting: deque[_Job], stop: threading.Event
    ) -> None:
        """Have threads take from ``waiting`` until nothing is left."""
        count = min(self._sizes.at_once, len(waiting))
        await asyncio.gather(*(self._in_thread(partial(work, waiting), stop) for _ in range(count)))

    async def _in_thread(self, work: "partial[T]", stop: threading.Event) -> T:
        if self._is_closed:
            raise stopped()
        future = asyncio.get_running_loop().run_in_executor(self._threads, work)
        works = self._works.get(stop, set())
        works.add(future)
        future.add_done_callback(works.discard)
        try:
            # Who is cancelled lets the thread come to its end, which its call waits for.
            return await asyncio.shield(future)
        except Stopped:
            raise stopped() from None


def _next(waiting: deque[_Job]) -> _Job | None:
    """The next of those that several threads take from."""
    try:
        return waiting.popleft()
    except IndexError:
        return None


def _fail(job: _Job, error: DmdxError, waiting: deque[_Job]) -> None:
    """Note why a file was not stored; for what stands in the way of all, with those that wait as well."""
    job.error = error
    if isinstance(error, AccountError | UnreachableError | StandstillError):
        while (other := _next(waiting)) is not None:
            other.error = error


def stopped() -> DmdxError:
    """What became of an upload that is no longer wanted, or wanted later."""
    return DmdxError(
        "upload_stopped", "The upload was stopped.", "The program is ending, or the bucket was changed.",
        "It goes on by itself.", retry=Retry.LATER,
    )  # fmt: skip
