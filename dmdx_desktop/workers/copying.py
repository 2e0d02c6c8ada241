"""Copies finished images of paid engines to the designer's own bucket, where wanted. Core process, asyncio loop.

Work is rows: an image that is finished has one, and it is stored once its object was verified. What stands in the way
of all is waited out; what is on its way when the program ends goes on with the next start.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Final

from dmdx_desktop.errors import AccountError, DmdxError, Retry
from dmdx_desktop.library import bucket_copies, ledger
from dmdx_desktop.library.bucket_copies import CopyCount, CopyState, WantedCopy
from dmdx_desktop.library.changes import Changes
from dmdx_desktop.library.database import Connection, Table, Transaction
from dmdx_desktop.library.places import Places
from dmdx_desktop.models.connection import Purpose
from dmdx_desktop.models.ids import JobId
from dmdx_desktop.services.backends import Backends
from dmdx_desktop.workers.on_its_way import OnItsWay
from dmdx_desktop.workers.remote_purge import place_of
from dmdx_desktop.workers.sending import object_prefix
from dmdx_desktop.workers.supervisor import together

if TYPE_CHECKING:
    from dmdx_desktop.services.r2_flow import UploadProgress
    from dmdx_desktop.workers.uploads import Uploading

AT_A_TIME: Final = 128
FIRST_PAUSE_S: Final = 2.0
LONGEST_PAUSE_S: Final = 300.0
STOPPED: Final = "upload_stopped"


class Copying:
    """One loop; ``trouble`` says what stands in its way, if anything does."""

    def __init__(self, places: Places, backends: Backends) -> None:
        self._places = places
        self._library = places.library
        self._backends = backends
        self._uploading: Uploading | None = None
        self._on_its_way = OnItsWay()
        self._woken = asyncio.Event()
        self._is_idle = asyncio.Event()
        self._is_idle.set()
        self._is_running = False
        self._loop = asyncio.get_running_loop()
        self._pause_s = 0.0
        self.trouble: DmdxError | None = None

    @property
    def is_on(self) -> bool:
        """Whether images are copied now."""
        settings = self._backends.connections.settings
        return settings.copies and not settings.copies_paused and self._has_bucket

    @property
    def progress(self) -> "UploadProgress | None":
        """How far what was uploaded since the bucket was connected has come, to the byte; None before the first."""
        return None if self._uploading is None else self._uploading.progress

    async def count(self) -> CopyCount:
        """How many copies wait for the bucket that is connected, and lie in it."""
        return await self._library.read(lambda connection: bucket_copies.count(connection, self._origin))

    async def run(self) -> None:
        """Until cancelled."""
        self._library.changes.subscribe(self._hear)
        self._is_running = True
        try:
            while True:
                self._woken.clear()
                self._is_idle.clear()
                if not (self.is_on and await self._copy_some()):
                    await self._rest()
        finally:
            self._is_running = False
            self._is_idle.set()
            self._library.changes.unsubscribe(self._hear)
            if self._uploading is not None:
                await self._uploading.close()
                self._uploading = None

    def look_again(self) -> None:
        """Settings or connections may be others now."""
        settings = self._backends.connections.settings
        if self._uploading is not None:
            self._uploading.set_limit(settings.copies_limit or None)
            if settings.copies_paused or not settings.copies:
                self._uploading.pause()
            else:
                self._uploading.resume()
        self._pause_s = 0.0
        self._woken.set()

    async def until_none_wait(self) -> None:
        """Return when everything is copied, or nothing more can be for now."""
        if self._is_running:
            self._is_idle.clear()
            self._woken.set()
            await self._is_idle.wait()

    async def let_go(self, prefix: str) -> None:
        """End what is on its way below a prefix of the bucket."""
        if self._uploading is not None:
            await self._uploading.let_go(prefix)
        await self._on_its_way.ended(prefix)

    @property
    def _has_bucket(self) -> bool:
        return self._backends.connections.serves(Purpose.STORAGE) is not None

    @property
    def _origin(self) -> str:
        settings = self._backends.connections.settings
        return place_of(settings.r2_endpoint, settings.r2_bucket)

    async def _rest(self) -> None:
        """Until somebody says that something is different, or trouble was waited out."""
        self._is_idle.set()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), self._pause_s or None)

    async def _copy_some(self) -> bool:
        """Copy the next images; whether it is worth going on at once."""
        origin = self._origin

        def read(connection: Connection) -> tuple[str, tuple[WantedCopy, ...]]:
            return ledger.studio_id(connection), bucket_copies.wanted(connection, AT_A_TIME)

        studio, copies = await self._library.read(read)
        if not copies:
            self.trouble, self._pause_s = None, 0.0
            return False
        try:
            by_piece = groupby(sorted(copies, key=_piece_of), _piece_of)
            await together(
                *(self._copy_piece(studio, JobId(job_id), list(some), origin) for (_, job_id), some in by_piece)
            )
        except DmdxError as error:
            self._wait_out(error)
            return False
        self.trouble, self._pause_s = None, 0.0
        return True

    async def _copy_piece(self, studio: str, job_id: JobId, copies: Sequence[WantedCopy], origin: str) -> None:
        """Copy images of one piece. Raises ``DmdxError`` for what stands in the way of all."""
        from dmdx_desktop.services.r2_contents import content_key

        prefix = object_prefix(studio, job_id)
        objects = [content_key(prefix, copy.sha256) for copy in copies]
        with self._on_its_way.noted(prefix):
            # The rows first: what lies in a bucket must be found again when its image is deleted.
            begin = partial(bucket_copies.begin, copies=copies, origin=origin, objects=objects)
            there = await self._library.write(begin)
            if there:
                await self._store(job_id, there, origin)

    async def _store(self, job_id: JobId, copies: Sequence[WantedCopy], origin: str) -> None:
        try:
            outcome = await self._opened().store(job_id, [copy.sha256 for copy in copies])
        except DmdxError as error:
            if error.code in (STOPPED, "not_found"):
                return  # the piece, or one of these images, is being deleted: what is left is looked at anew
            raise
        names = {stored.content.sha256 for stored in outcome.stored}
        stored = [copy for copy in copies if copy.sha256 in names]
        lasting = [one.error for one in outcome.failed if _is_of_all(one.error)]
        spoilt = {one.content.sha256 for one in outcome.failed if not _is_of_all(one.error)}
        failed = [copy for copy in copies if copy.sha256 in spoilt]
        await self._library.write(lambda tx: _settle(tx, origin, stored, failed))
        if lasting:
            raise lasting[0]

    def _opened(self) -> "Uploading":
        if self._uploading is None:
            from dmdx_desktop.workers.uploads import Uploading

            self._uploading = Uploading(self._places, self._backends)
            self.look_again()
        return self._uploading

    def _wait_out(self, error: DmdxError) -> None:
        self.trouble = error
        self._pause_s = min(max(2 * self._pause_s, FIRST_PAUSE_S), LONGEST_PAUSE_S)
        if isinstance(error, AccountError):
            self._pause_s = LONGEST_PAUSE_S

    def _hear(self, changes: Changes) -> None:
        """On the writer thread: wake the loop when there is something to copy."""
        if any(change.table is Table.BUCKET_COPY for change in changes):
            with contextlib.suppress(RuntimeError):  # the core may be ending
                self._loop.call_soon_threadsafe(self._woken.set)


def _settle(tx: Transaction, origin: str, stored: Sequence[WantedCopy], failed: Sequence[WantedCopy]) -> None:
    for copy in stored:
        bucket_copies.settle(tx, copy, origin, CopyState.STORED)
    for copy in failed:
        bucket_copies.settle(tx, copy, origin, CopyState.FAILED)


def _is_of_all(error: DmdxError) -> bool:
    """Whether it stands in the way of every copy, not of this file alone."""
    return isinstance(error, AccountError) or error.retry is Retry.LATER


def _piece_of(copy: WantedCopy) -> tuple[int, str]:
    return copy.job_key, copy.job_id
