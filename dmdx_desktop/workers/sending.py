"""Brings references to where an engine can read them. Core process, asyncio loop.

With a bucket of the designer's own they stay in it, and each paid request gets an address of its own, whose signature
covers the request's marker. Without one they are uploaded to the engine's service, at addresses that carry no marker.
What leaves is a reduced copy made of pixels alone.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library import jobs, ledger, references, remote_traces, renders
from dmdx_desktop.library.database import Connection
from dmdx_desktop.library.places import Places
from dmdx_desktop.library.references import ReferenceRow
from dmdx_desktop.library.renders import RenderRow
from dmdx_desktop.models.connection import Purpose, Service
from dmdx_desktop.services.backends import Backends
from dmdx_desktop.services.base import PictureCalls
from dmdx_desktop.workers.on_its_way import OnItsWay
from dmdx_desktop.workers.remote_purge import place_of

EDGE: Final = 2048
QUALITY: Final = 95
SECONDS: Final = 20.0
KEPT_BYTES: Final = 48_000_000
UPLOADS_LAST_S: Final = 20 * 3_600.0
CONTENT_TYPE: Final = "image/jpeg"


@dataclass(frozen=True, slots=True)
class Sent:
    """Where the references of one request are; ``has_marker`` says whether the addresses carry its marker."""

    addresses: tuple[str, ...]
    has_marker: bool


@dataclass(frozen=True, slots=True)
class _ToSend:
    prefix: str
    rows: tuple[ReferenceRow, ...]


class Sending:
    """Sends each content once, however many requests name it."""

    def __init__(self, places: Places, pictures: PictureCalls, backends: Backends) -> None:
        self._library = places.library
        self._blobs = places.blobs
        self._pictures = pictures
        self._backends = backends
        self._reduced: OrderedDict[str, bytes] = OrderedDict()
        self._stored: set[tuple[int, str]] = set()
        self._uploaded: dict[tuple[int, str], tuple[str, float]] = {}
        self._on_its_way = OnItsWay()

    @property
    def gives_markers(self) -> bool:
        """Whether addresses carry the marker of their request."""
        return self._backends.connections.serves(Purpose.STORAGE) is Service.R2

    async def send(self, render: RenderRow, marker: str) -> Sent:
        """Addresses of the references of a render, in the order its prompt speaks of them. Raises ``DmdxError``."""
        found = await self._library.read(lambda connection: _to_send(connection, render))
        if not found.rows:
            raise _no_sound_reference()
        contents = [await self._content(row) for row in found.rows]
        if self.gives_markers:
            settings = self._backends.connections.settings
            place = place_of(settings.r2_endpoint, settings.r2_bucket)
            # The row first: whatever lies in a bucket must be found again when its piece is deleted.
            await self._library.write(lambda tx: remote_traces.remember_place(tx, render.job_key, found.prefix, place))
            with self._on_its_way.noted(found.prefix):
                # Looked at once more: the rows of a deletion may have gone before this was noted.
                if await self._library.read(lambda connection: renders.find(connection, render.key)) is None:
                    raise _no_sound_reference()
                return Sent(await self._store(found.prefix, contents, marker), has_marker=True)
        return Sent(await self._upload(contents), has_marker=False)

    async def let_go(self, prefix: str) -> None:
        """Return once nothing that was begun is on its way below a prefix; what lay there is sent anew from now on."""
        await self._on_its_way.ended(prefix)
        self._stored = {known for known in self._stored if not known[1].startswith(prefix)}

    def send_anew(self) -> None:
        """Something that was sent is not where it was put any more: send everything again."""
        self._stored.clear()
        self._uploaded.clear()

    async def _content(self, row: ReferenceRow) -> bytes:
        sha256 = row.clean_sha256 or row.sha256
        known = self._reduced.get(sha256)
        if known is not None:
            self._reduced.move_to_end(sha256)
            return known
        answer = await self._pictures.call(
            "reduced",
            {"path": str(self._blobs.path_of(sha256)), "edge": EDGE, "quality": QUALITY},
            seconds=SECONDS,
        )
        (content,) = answer.payloads
        self._reduced[sha256] = content
        while sum(map(len, self._reduced.values())) > KEPT_BYTES and len(self._reduced) > 1:
            self._reduced.popitem(last=False)
        return content

    async def _store(self, prefix: str, contents: Sequence[bytes], marker: str) -> tuple[str, ...]:
        bucket, revision = self._backends.r2(), self._backends.connections.revision
        addresses = []
        for content in contents:
            key = f"{prefix}r/{hashlib.sha256(content).hexdigest()}.jpg"
            if (revision, key) not in self._stored:
                await bucket.put_once(key, content, CONTENT_TYPE)
                self._stored.add((revision, key))
            addresses.append(await bucket.address_of(key, marker=marker))
        return tuple(addresses)

    async def _upload(self, contents: Sequence[bytes]) -> tuple[str, ...]:
        service, revision = self._backends.wavespeed(), self._backends.connections.revision
        addresses = []
        for content in contents:
            digest = hashlib.sha256(content).hexdigest()
            address, uploaded_at = self._uploaded.get((revision, digest), ("", 0.0))
            if not address or time.monotonic() - uploaded_at > UPLOADS_LAST_S:
                # A name of its own: that of the customer's file stays here.
                address = await service.upload(f"{digest[:32]}.jpg", content, CONTENT_TYPE)
                self._uploaded[revision, digest] = (address, time.monotonic())
            addresses.append(address)
        return tuple(addresses)


def _no_sound_reference() -> DmdxError:
    return DmdxError(
        "no_sound_reference",
        "This picture has no reference any more.",
        "It was moved or deleted.",
        "Generate it again from another one.",
    )


def object_prefix(studio: str, job_id: str) -> str:
    """Below what everything of one piece lies in a bucket of the designer's own."""
    return f"lib/{studio}/j/{job_id}/"


def _to_send(connection: Connection, render: RenderRow) -> _ToSend:
    keys = renders.references_of(connection, render.key) or (render.reference_key,)
    rows = (references.find(connection, key) for key in keys)
    job = jobs.get(connection, render.job_key)
    sound = tuple(row for row in rows if row is not None and row.state is references.ReferenceState.READY)
    return _ToSend(object_prefix(ledger.studio_id(connection), job.id), sound)
