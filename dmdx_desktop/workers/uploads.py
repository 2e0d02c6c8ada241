"""Files of pieces on their way to the designer's own bucket, remembered in the library. Core process, asyncio loop.

Loads boto3: whoever uses this imports it with the first upload, not with the program.
"""

import asyncio
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from dmdx_desktop.errors import UsageError
from dmdx_desktop.imaging.formats import HEAD_BYTES, sniff
from dmdx_desktop.library import jobs, ledger, remote_traces, uploads
from dmdx_desktop.library.database import Library, Transaction
from dmdx_desktop.library.places import Places
from dmdx_desktop.library.uploads import Place
from dmdx_desktop.models.connection import SecretName, Service
from dmdx_desktop.models.ids import JobId
from dmdx_desktop.services.backends import Backends, not_connected
from dmdx_desktop.services.r2 import StorageKeys
from dmdx_desktop.services.r2_contents import Content, Unfinished, content_key
from dmdx_desktop.services.r2_flow import UploadProgress
from dmdx_desktop.services.r2_keys import KeyProvider, LentKeys
from dmdx_desktop.services.r2_uploads import Outcome, Uploads, stopped
from dmdx_desktop.workers.remote_purge import place_of
from dmdx_desktop.workers.sending import object_prefix

UNKNOWN_TYPE: Final = "application/octet-stream"


class RowMemory:
    """Remembers the uploads to one bucket in the library. Called on threads of uploads."""

    def __init__(self, library: Library, origin: str) -> None:
        self._library = library
        self.origin: Final = origin
        self._job_of: dict[str, int] = {}

    def expect(self, key: str, job_key: int) -> None:
        """An object with this key belongs to a piece; to be said before it is uploaded."""
        self._job_of[key] = job_key

    def find(self, key: str) -> Unfinished | None:
        """What is known of an upload to this key."""
        row = self._library.read_blocking(lambda connection: uploads.find(connection, self._place(key)))
        return None if row is None else Unfinished(row.upload_id, row.bytes, row.part_bytes, row.parts)

    def begin(self, key: str, unfinished: Unfinished) -> None:
        """An upload has begun."""
        new = unfinished
        self._write(lambda tx: uploads.begin(tx, self._place(key), new.upload_id, new.bytes, new.part_bytes))

    def keep_part(self, key: str, upload_id: str, number: int, etag: str) -> None:
        """A part has arrived."""
        self._write(lambda tx: uploads.keep_part(tx, self._place(key), upload_id, number, etag))

    def forget(self, key: str, upload_id: str) -> None:
        """The upload is over."""
        self._write(lambda tx: uploads.forget(tx, self._place(key), upload_id))

    def _place(self, key: str) -> Place:
        return Place(self._job_of[key], self.origin, key)

    def _write(self, work: Callable[[Transaction], None]) -> None:
        self._library.write_blocking(work)


class Uploading:
    """Stores blobs of pieces in the bucket that is connected."""

    def __init__(self, places: Places, backends: Backends, provider: KeyProvider | None = None) -> None:
        """``provider`` lends temporary keys; without one those of the connection are used."""
        self._library = places.library
        self._blobs = places.blobs
        self._backends = backends
        self._provider = provider
        self._engine: Uploads | None = None
        self._memory: RowMemory | None = None
        self._revision = -1
        self._limit: float | None = None
        self._is_paused = False
        self._under_way: dict[str, set[asyncio.Task[Outcome]]] = {}

    async def close(self) -> None:
        """Stop what is under way; a later start goes on with it."""
        engine, self._engine = self._engine, None
        if engine is not None:
            await engine.close()

    @property
    def progress(self) -> UploadProgress:
        """How far everything has come that was stored since the bucket was connected."""
        return UploadProgress() if self._engine is None else self._engine.progress

    def set_limit(self, bytes_per_second: float | None) -> None:
        """No more than this leaves from now on."""
        self._limit = bytes_per_second
        if self._engine is not None:
            self._engine.set_limit(bytes_per_second)

    def pause(self) -> None:
        """Nothing more leaves."""
        self._is_paused = True
        if self._engine is not None:
            self._engine.pause()

    def resume(self) -> None:
        """Go on."""
        self._is_paused = False
        if self._engine is not None:
            self._engine.resume()

    async def store(self, job_id: JobId, sha256s: Sequence[str]) -> Outcome:
        """Store blobs of a piece below its prefix. Raises ``DmdxError`` where nothing of it can be."""
        job, studio = await self._library.read(lambda c: (jobs.by_id(c, job_id), ledger.studio_id(c)))
        if job is None:
            raise _no_piece()
        engine, memory = await self._connected()
        prefix = object_prefix(studio, job_id)
        # The row first: whatever lies in a bucket must be found again when its piece is deleted.
        await self._library.write(lambda tx: remote_traces.remember_place(tx, job.key, prefix, memory.origin))
        contents = await asyncio.to_thread(self._contents, prefix, sha256s)
        for content in contents:
            memory.expect(content.key, job.key)
        return await self._upload(engine, prefix, contents)

    async def let_go(self, prefix: str) -> None:
        """End what is on its way below a prefix, or to the one object of that name; it has ended on return."""
        tasks = [task for one, some in self._under_way.items() if prefix.startswith(one) for task in some]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _upload(self, engine: Uploads, prefix: str, contents: Sequence[Content]) -> Outcome:
        """Raises ``DmdxError`` (upload_stopped) where the upload was let go of."""
        task = asyncio.create_task(engine.upload_all(contents))
        self._under_way.setdefault(prefix, set()).add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if task.cancelled() and not _is_being_cancelled():
                raise stopped() from None
            task.cancel()
            await asyncio.wait([task])
            raise
        finally:
            self._under_way[prefix].discard(task)
            if not self._under_way[prefix]:
                del self._under_way[prefix]

    async def _connected(self) -> tuple[Uploads, RowMemory]:
        """The engine of the bucket as it is connected now; what another one was doing is stopped, and tried again."""
        connections = self._backends.connections
        if self._engine is not None and self._memory is not None and self._revision == connections.revision:
            return self._engine, self._memory
        provider, settings = self._provider or self._own_keys(), connections.settings
        replaced = self._engine
        memory = RowMemory(self._library, place_of(settings.r2_endpoint, settings.r2_bucket))
        engine = Uploads(settings.r2_endpoint or "", settings.r2_bucket, provider, memory, bytes_per_second=self._limit)
        if self._is_paused:
            engine.pause()
        self._engine, self._memory, self._revision = engine, memory, connections.revision
        if replaced is not None:
            await replaced.close()
        return engine, memory

    def _contents(self, prefix: str, sha256s: Sequence[str]) -> list[Content]:
        return [_content(content_key(prefix, sha256), self._blobs.path_of(sha256), sha256) for sha256 in sha256s]

    def _own_keys(self) -> KeyProvider:
        connections = self._backends.connections
        if not connections.is_usable(Service.R2):
            raise not_connected(Service.R2)

        def lend() -> LentKeys:
            access_key_id = connections.secret(SecretName.R2_ACCESS_KEY_ID)
            secret = connections.secret(SecretName.R2_SECRET_ACCESS_KEY)
            if access_key_id is None or secret is None:
                raise not_connected(Service.R2)
            return LentKeys(StorageKeys(access_key_id, secret, connections.secret(SecretName.R2_SESSION_TOKEN)))

        return lend


def _content(key: str, path: Path, sha256: str) -> Content:
    """A file as it is to be uploaded; one that is gone fails by itself, beside the others."""
    try:
        with path.open("rb") as stream:
            kind = sniff(stream.read(HEAD_BYTES))
            size = os.fstat(stream.fileno()).st_size
    except OSError:
        return Content(key, path, sha256, 1)
    return Content(key, path, sha256, size, f"image/{kind}" if kind else UNKNOWN_TYPE)


def _is_being_cancelled() -> bool:
    """Whether it is our own task that is to end."""
    own = asyncio.current_task()
    return own is not None and own.cancelling() > 0


def _no_piece() -> UsageError:
    return UsageError(
        "not_found", "There is no such piece.", "It was deleted meanwhile.", "Nothing of it is left in the bucket."
    )
