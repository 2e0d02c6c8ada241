"""What the object store holds and remembers: objects, unfinished uploads, requests. Written in the server's thread.

A test's thread reads it through the same methods; each holds the server's lock.
"""

import hashlib
import itertools
import secrets
import threading
import time
import weakref
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from tests.servers.r2_errors import ErrorCode, R2Error

WRITE_EVERY_S = 1.0


class Piece(Protocol):
    """Some bytes in a row, in memory or on disk."""

    @property
    def size(self) -> int: ...

    def read(self, start: int, length: int) -> bytes: ...


class HeldPiece:
    """Bytes in memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @property
    def size(self) -> int:
        return len(self._data)

    def read(self, start: int, length: int) -> bytes:
        return self._data[start : start + length]  # the whole is not copied


class SpilledPiece:
    """Bytes in a file that goes when nothing, not even a running download, refers to the piece any more."""

    def __init__(self, file: Path, size: int) -> None:
        self._file = file
        self.size = size
        weakref.finalize(self, file.unlink, missing_ok=True)

    def read(self, start: int, length: int) -> bytes:
        with self._file.open("rb") as data:
            data.seek(start)
            return data.read(length)


class Sink:
    """Takes in one body, in memory or into a file of ``folder``."""

    def __init__(self, folder: Path | None) -> None:
        self._file = None if folder is None else folder / secrets.token_hex(16)
        self._open: BinaryIO | None = None if self._file is None else self._file.open("xb")
        self._chunks: list[bytes] = []
        self.size = 0

    def write(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if self._open is None:
            self._chunks.append(chunk)
        else:
            self._open.write(chunk)

    def finish(self) -> Piece:
        if self._file is None or self._open is None:
            return HeldPiece(self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks))
        self._open.close()
        return SpilledPiece(self._file, self.size)

    def discard(self) -> None:
        if self._file is not None and self._open is not None:
            self._open.close()
            self._file.unlink(missing_ok=True)


@dataclass(frozen=True)
class StoredObject:
    """One object as it is. ``etag`` has no quotation marks; names of ``headers`` are in lower case."""

    key: str
    pieces: tuple[Piece, ...]
    etag: str
    headers: Mapping[str, str]
    """Those given at the upload that every download repeats: content-type, cache-control, x-amz-meta-* and the like."""
    checksum_sha256: str | None
    """In base64, where the uploader gave one."""
    written: datetime

    @property
    def size(self) -> int:
        return sum(piece.size for piece in self.pieces)

    def read(self, start: int = 0, length: int | None = None) -> bytes:
        """``length`` bytes from ``start`` on, fewer where the object ends; all of the rest by default."""
        wanted = self.size - start if length is None else length
        found: list[bytes] = []
        for piece in self.pieces:
            if wanted > 0 and start < piece.size:
                found.append(piece.read(start, min(wanted, piece.size - start)))
                wanted -= len(found[-1])
            start = max(0, start - piece.size)
        return found[0] if len(found) == 1 else b"".join(found)


@dataclass(frozen=True)
class Part:
    """One part of an unfinished upload."""

    number: int
    piece: Piece
    md5: bytes
    written: datetime

    @property
    def etag(self) -> str:
        return self.md5.hex()


@dataclass(frozen=True)
class Upload:
    """A multipart upload that is neither completed nor aborted."""

    upload_id: str
    key: str
    headers: Mapping[str, str]
    started: datetime
    parts: dict[int, Part] = field(default_factory=dict)


@dataclass(frozen=True)
class SeenRequest:
    """One request. Names of headers are in lower case; ``status`` is None until it is answered, or for ever."""

    number: int
    method: str
    path: str
    key: str
    operation: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    status: int | None = None


class R2World:
    """Everything there is in the one bucket."""

    def __init__(self, lock: threading.RLock) -> None:
        self.lock = lock
        self._objects: dict[str, StoredObject] = {}
        self._uploads: dict[str, Upload] = {}
        self._requests: dict[int, SeenRequest] = {}
        self._numbers = itertools.count()
        self._writes: Counter[str] = Counter()
        self._last_write: dict[str, float] = {}

    # For tests: what is there, and what came.

    def objects(self) -> dict[str, StoredObject]:
        """Every object by key, in the order of the keys."""
        with self.lock:
            return dict(sorted(self._objects.items()))

    def keys(self, prefix: str = "") -> list[str]:
        return [key for key in self.objects() if key.startswith(prefix)]

    def content(self, key: str) -> bytes:
        """The bytes of an object; KeyError when there is none."""
        with self.lock:
            return self._objects[key].read()

    def uploads(self) -> dict[str, Upload]:
        """Every unfinished upload by its id."""
        with self.lock:
            return {name: replace(upload, parts=dict(upload.parts)) for name, upload in self._uploads.items()}

    def requests(self, operation: str | None = None, key: str | None = None) -> list[SeenRequest]:
        """The requests so far, of one operation and one key if these are given, in the order they came in."""
        with self.lock:
            return [
                seen
                for seen in self._requests.values()
                if operation in (None, seen.operation) and (key is None or seen.key == key)
            ]

    @property
    def writes_per_key(self) -> dict[str, int]:
        """How often each key was put, copied to or completed."""
        with self.lock:
            return dict(self._writes)

    def forget_requests(self) -> None:
        """The requests and the numbers of writes start anew."""
        with self.lock:
            self._requests.clear()
            self._writes.clear()

    def place(self, key: str, data: bytes, content_type: str = "application/octet-stream") -> StoredObject:
        """An object that is there from the beginning: no request, no write."""
        etag = hashlib.md5(data, usedforsecurity=False).hexdigest()
        placed = StoredObject(
            key,
            (HeldPiece(data),),
            etag,
            {"content-type": content_type},
            None,
            datetime.now(UTC).replace(microsecond=0),
        )
        with self.lock:
            self._objects[key] = placed
        return placed

    def remove(self, key: str) -> None:
        """As if the object had been deleted by someone else."""
        with self.lock:
            self._objects.pop(key, None)

    # For the server.

    def saw(self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> int:
        """Notes a request that came in; its number."""
        with self.lock:
            number = next(self._numbers)
            self._requests[number] = SeenRequest(number, method, path, "", "", query, headers)
            return number

    def understood(self, number: int, operation: str, key: str) -> None:
        with self.lock:
            if number in self._requests:
                self._requests[number] = replace(self._requests[number], operation=operation, key=key)

    def answered(self, number: int, status: int) -> None:
        with self.lock:
            if number in self._requests:
                self._requests[number] = replace(self._requests[number], status=status)

    def found(self, key: str) -> StoredObject | None:
        with self.lock:
            return self._objects.get(key)

    def existing(self, key: str) -> StoredObject:
        with self.lock:
            if key not in self._objects:
                raise R2Error(ErrorCode.NO_SUCH_KEY)
            return self._objects[key]

    def write(self, written: StoredObject, *, at_most_one_per_second: bool) -> None:
        """Puts an object in place, whatever was there."""
        with self.lock:
            now = time.monotonic()
            last = self._last_write.get(written.key)
            if at_most_one_per_second and last is not None and now - last < WRITE_EVERY_S:
                raise R2Error(ErrorCode.TOO_MANY_REQUESTS)
            self._last_write[written.key] = now
            self._writes[written.key] += 1
            self._objects[written.key] = written

    def begin_upload(self, key: str, headers: Mapping[str, str], now: datetime) -> Upload:
        upload = Upload(secrets.token_urlsafe(32), key, headers, now)
        with self.lock:
            self._uploads[upload.upload_id] = upload
        return upload

    def upload(self, upload_id: str, key: str) -> Upload:
        with self.lock:
            found = self._uploads.get(upload_id)
            if found is None or found.key != key:
                raise R2Error(ErrorCode.NO_SUCH_UPLOAD)
            return found

    def keep_part(self, upload_id: str, key: str, part: Part) -> None:
        with self.lock:
            self.upload(upload_id, key).parts[part.number] = part

    def end_upload(self, upload_id: str, key: str) -> None:
        """Completed or aborted: the id is not known any more."""
        with self.lock:
            self.upload(upload_id, key)
            del self._uploads[upload_id]
