"""Large files in parts of one size, gone on with where they stopped. Core process, threads of uploads.

What must outlive the process is handed to the memory after each step: the upload's id when it begins, the ETag of each
part when it is answered. An id that the bucket does not know any more, and parts it does not take together, begin anew.
"""

import base64
import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.services.r2_contents import (
    HASH_NOTE,
    MOST_PARTS,
    PART_NOTE,
    Content,
    Hash,
    Put,
    Unfinished,
    UploadMemory,
    Verifier,
    damaged,
    digests,
    is_whole,
    md5,
    missing,
)
from dmdx_desktop.services.r2_flow import Share
from dmdx_desktop.services.r2_tries import NOT_THERE, THERE_ALREADY, RefusedError, Tries
from dmdx_desktop.services.r2_wire import UNSIGNED, Ask, Reply, Stretch, text_of


class GoneError(Exception):
    """The bucket does not know the upload, or not these parts of it."""


@dataclass(frozen=True, slots=True)
class Begun:
    """An upload under way; ``left`` are the numbers of the parts that have to be sent."""

    unfinished: Unfinished
    left: tuple[int, ...]


class KeptHere:
    """A memory that lasts as long as its process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, Unfinished] = {}

    def find(self, key: str) -> Unfinished | None:
        """What is known of an upload to this key."""
        return self._known.get(key)

    def begin(self, key: str, unfinished: Unfinished) -> None:
        """An upload has begun."""
        with self._lock:
            self._known[key] = unfinished

    def keep_part(self, key: str, upload_id: str, number: int, etag: str) -> None:
        """A part has arrived."""
        with self._lock:
            known = self._known.get(key)
            if known is not None and known.upload_id == upload_id:
                self._known[key] = replace(known, etags={**known.etags, number: etag})

    def forget(self, key: str, upload_id: str) -> None:
        """The upload is over."""
        with self._lock:
            known = self._known.get(key)
            if known is not None and known.upload_id == upload_id:
                del self._known[key]


class PartedUploads:
    """The steps of uploads in parts. Each is called on a thread, and raises ``DmdxError``, ``Stopped``."""

    def __init__(
        self, tries: Tries, verifier: Verifier, memory: UploadMemory, part_bytes: int, *, hash_parts: bool
    ) -> None:
        """``hash_parts``: sign the hash of each part, as is a must where nobody encrypts them on their way."""
        self._tries = tries
        self._verifier = verifier
        self._memory = memory
        self._part_bytes = part_bytes
        self._hash_parts = hash_parts

    def begin(self, content: Content, share: Share, stop: threading.Event, instead_of: str = "") -> Begun | None:
        """Go on with what is known of it, or begin; None where the object is there already."""
        if not is_whole(content, stop):
            raise damaged()
        share.begin_anew()
        known = self._memory.find(content.key)
        if known is not None and known.bytes != content.bytes:
            self.abandon(content.key, known, stop)
            known = None
        if known is None:
            known = self._begin(content, stop, instead_of)
            if known is None:
                return None
            self._memory.begin(content.key, known)
        count = -(-known.bytes // known.part_bytes)
        left = tuple(number for number in range(1, count + 1) if number not in known.etags)
        share.has(content.bytes - sum(_size(known, number) for number in left))
        return Begun(known, left)

    def send_part(self, content: Content, share: Share, begun: Begun, number: int, stop: threading.Event) -> str:
        """Send one part; returns its ETag. Raises ``GoneError`` as well."""
        upload, size = begun.unfinished, _size(begun.unfinished, number)
        start = (number - 1) * upload.part_bytes
        makers: list[Callable[[], Hash]] = [md5, *([hashlib.sha256] if self._hash_parts else [])]
        try:
            found = digests(content.path, start, size, makers, stop)
            ask = Ask(
                "PUT",
                content.key,
                {"partNumber": str(number), "uploadId": upload.upload_id},
                {"Content-MD5": base64.b64encode(found[0].digest()).decode()},
                Stretch(content.path, start, size, share),
                found[-1].hexdigest() if self._hash_parts else UNSIGNED,
            )
            reply = self._tries.send(ask, stop, also=(NOT_THERE,))
        except FileNotFoundError:
            raise missing() from None
        except OSError:
            raise damaged() from None
        if reply.status == NOT_THERE:
            raise GoneError
        self._memory.keep_part(content.key, upload.upload_id, number, reply.etag)
        return reply.etag

    def complete(
        self, content: Content, begun: Begun, etags: dict[int, str], stop: threading.Event, instead_of: str = ""
    ) -> Put:
        """Have the bucket put the parts together. Raises ``GoneError`` as well."""
        upload_id = begun.unfinished.upload_id
        listed = "".join(
            f"<Part><PartNumber>{number}</PartNumber><ETag>&quot;{escape(etag)}&quot;</ETag></Part>"
            for number, etag in sorted(etags.items())
        )
        body = f"<CompleteMultipartUpload>{listed}</CompleteMultipartUpload>".encode()
        ask = Ask(
            "POST",
            content.key,
            {"uploadId": upload_id},
            {"Content-Type": "application/xml", **_condition(instead_of)},
            body,
            hashlib.sha256(body).hexdigest(),
        )

        def look() -> Reply | None:
            found = self._verifier.head(content.key, stop)
            is_ours = found is not None and self._verifier.is_true(Put(content), found, stop)
            return found if is_ours else None

        try:
            reply = self._tries.send(ask, stop, also=(NOT_THERE, THERE_ALREADY), look=look)
        except RefusedError as error:
            if error.store_code not in ("InvalidPart", "InvalidPartOrder", "EntityTooSmall"):
                raise
            self.abandon(content.key, begun.unfinished, stop)
            raise GoneError from None
        if reply.status == NOT_THERE:
            raise GoneError
        if reply.status == THERE_ALREADY:
            self.abandon(content.key, begun.unfinished, stop)
            return Put(content, is_new=False)
        # Some stores tell of a failure inside an answer that began well: verifying finds that nothing is there.
        return Put(content, "" if reply.is_finding else _etag_inside(reply))

    def finish(self, content: Content, upload_id: str) -> None:
        """The object is verified: nothing of the upload needs to be known any more."""
        self._memory.forget(content.key, upload_id)

    def gone(self, content: Content, begun: Begun, stop: threading.Event) -> Put | None:
        """Forget an upload that the bucket does not know. Perhaps it was put together before; else begin anew."""
        self._memory.forget(content.key, begun.unfinished.upload_id)
        found = self._verifier.head(content.key, stop)
        if found is not None and self._verifier.is_true(Put(content), found, stop):
            return Put(content)
        return None

    def abandon(self, key: str, unfinished: Unfinished, stop: threading.Event) -> None:
        """Have the bucket drop the parts it holds, and forget the upload."""
        self._abort(key, unfinished.upload_id, stop)
        self._memory.forget(key, unfinished.upload_id)

    def abandon_known(self, key: str, stop: threading.Event) -> bool:
        """:meth:`abandon` what is known of an upload to this key; whether there was any."""
        known = self._memory.find(key)
        if known is not None:
            self.abandon(key, known, stop)
        return known is not None

    def _begin(self, content: Content, stop: threading.Event, instead_of: str) -> Unfinished | None:
        part_bytes = max(self._part_bytes, -(-content.bytes // MOST_PARTS))
        headers = {"Content-Type": content.content_type, HASH_NOTE: content.sha256, PART_NOTE: str(part_bytes)}
        ask = Ask("POST", content.key, {"uploads": ""}, {**headers, **_condition(instead_of)})
        reply = self._tries.send(ask, stop, also=(THERE_ALREADY,))
        if reply.status == THERE_ALREADY:
            return None
        root = reply.xml()
        upload_id = "" if root is None else text_of(root, "UploadId")
        if not upload_id:
            raise _no_id()
        return Unfinished(upload_id, content.bytes, part_bytes)

    def _abort(self, key: str, upload_id: str, stop: threading.Event) -> None:
        self._tries.send(Ask("DELETE", key, {"uploadId": upload_id}), stop, also=(NOT_THERE,))


def _condition(instead_of: str) -> dict[str, str]:
    """Created once; or in place of the very object that was seen to be wrong."""
    return {"If-Match": f'"{instead_of}"'} if instead_of else {"If-None-Match": "*"}


def _size(unfinished: Unfinished, number: int) -> int:
    return min(unfinished.part_bytes, unfinished.bytes - (number - 1) * unfinished.part_bytes)


def _etag_inside(reply: Reply) -> str:
    root = reply.xml()
    return "" if root is None else text_of(root, "ETag").strip('"')


def _no_id() -> DmdxError:
    return DmdxError(
        "storage_refused", "The bucket did not take this.", "It did not say how to go on.",
        "Look at the endpoint and the bucket in Settings, Connections.",
    )  # fmt: skip
