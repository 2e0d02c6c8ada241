"""What is uploaded, and whether it has arrived: files under keys made of content. Core process, threads of uploads."""

import base64
import hashlib
import io
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol
from xml.etree import ElementTree

from dmdx_desktop.errors import DmdxError, Retry
from dmdx_desktop.services.r2_flow import LARGEST_CHUNK, Stopped
from dmdx_desktop.services.r2_tries import NOT_THERE, Tries
from dmdx_desktop.services.r2_wire import Ask, Reply, text_of

SINGLE_BELOW: Final = 64_000_000
PART_BYTES: Final = 16 << 20
SMALLEST_PART: Final = 5 << 20
MOST_PARTS: Final = 10_000
SHA256_OF: Final = "x-amz-checksum-sha256"
HASH_NOTE: Final = "x-amz-meta-sha256"
PART_NOTE: Final = "x-amz-meta-part-bytes"
LISTED_FROM: Final = 8
"""From so many on, one list tells of all of them."""
LISTED_AT_ONCE: Final = 1_000
_JOINED: Final = re.compile(r"[0-9a-f]{32}-(\d+)")
_WHOLE: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Content:
    """A file to be uploaded; ``sha256`` is in hexadecimal digits. The file is never changed, only removed."""

    key: str
    path: Path
    sha256: str
    bytes: int
    content_type: str = "application/octet-stream"

    @property
    def checksum(self) -> str:
        """The hash as headers have it."""
        return base64.b64encode(bytes.fromhex(self.sha256)).decode()


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is in the bucket, whole, under its key; ``is_new``: it was not before."""

    content: Content
    is_new: bool


@dataclass(frozen=True, slots=True)
class Put:
    """A file that the bucket has taken, but that was not verified yet; ``etag`` is what it answered, if it did."""

    content: Content
    etag: str = ""
    is_new: bool = True
    is_proven: bool = False


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What must be remembered of an upload in parts: parts by number, with the ETag that each was answered with."""

    upload_id: str
    bytes: int
    part_bytes: int
    etags: Mapping[int, str] = field(default_factory=dict)


class UploadMemory(Protocol):
    """Remembers uploads in parts beyond the end of the process. Called on several threads; may raise ``DmdxError``."""

    def find(self, key: str) -> Unfinished | None:
        """What is known of an upload to this key."""

    def begin(self, key: str, unfinished: Unfinished) -> None:
        """An upload has begun; what was known of another one to this key is forgotten."""

    def keep_part(self, key: str, upload_id: str, number: int, etag: str) -> None:
        """A part has arrived."""

    def forget(self, key: str, upload_id: str) -> None:
        """The upload is whole, or is not known to the bucket any more."""


def content_key(prefix: str, sha256: str) -> str:
    """The key of a file below the prefix of its piece."""
    return f"{prefix}b/{sha256}"


class Verifier:
    """Looks at what is in the bucket."""

    def __init__(self, tries: Tries, part_bytes: int) -> None:
        self._tries = tries
        self._part_bytes = part_bytes

    def head(self, key: str, stop: threading.Event) -> Reply | None:
        """What the bucket tells of an object; None where there is none."""
        ask = Ask("HEAD", key, headers={"x-amz-checksum-mode": "ENABLED"})
        found = self._tries.send(ask, stop, also=(NOT_THERE,))
        return None if found.status == NOT_THERE else found

    def is_true(self, put: Put, found: Reply, stop: threading.Event) -> bool:
        """Whether an object is the file: as long, and with its hash, or else with the ETag that its bytes have."""
        content = put.content
        if int(found.headers.get("content-length", -1)) != content.bytes:
            return False
        told = found.headers.get(SHA256_OF, "")
        if told and "-" not in told:
            return told == content.checksum
        if put.etag and _WHOLE.fullmatch(put.etag):
            # Answered to a request that was signed with the hash: what the bucket keeps under it is what was meant.
            return found.etag == put.etag
        if _WHOLE.fullmatch(found.etag):
            return found.etag == etag_of(content, content.bytes, 0, stop)
        parts = _JOINED.fullmatch(found.etag)
        if parts:
            note = found.headers.get(PART_NOTE, "")
            part_bytes = int(note) if note.isdigit() and int(note) else self._part_bytes
            return found.etag == etag_of(content, part_bytes, int(parts[1]), stop)
        return found.headers.get(HASH_NOTE) == content.sha256

    def verified(self, put: Put, stop: threading.Event) -> bool:
        """Whether the file is in the bucket, whole."""
        found = self.head(put.content.key, stop)
        return found is not None and self.is_true(put, found, stop)

    def unlisted(self, puts: Sequence[Put], stop: threading.Event) -> list[Put]:
        """Those that lists of the bucket do not prove to be there: they have to be looked at one by one.

        A list tells the length and the ETag of a thousand objects at once. Where the bucket does not let itself be
        listed, or other objects lie in between by the thousand, none is proven.
        """
        by_key = {put.content.key: put for put in puts if _WHOLE.fullmatch(put.etag)}
        if len(by_key) < LISTED_FROM:
            return list(puts)
        keys = sorted(by_key)
        prefix = _common_prefix(keys[0], keys[-1])
        after, proven = keys[0][:-1], set[str]()
        for _ in range(len(keys) // LISTED_AT_ONCE + 2):
            query = {"list-type": "2", "prefix": prefix, "start-after": after}
            try:
                listed = self._tries.send(Ask("GET", "", query), stop).xml()
            except DmdxError:
                break
            entries = [] if listed is None else [_entry(one) for one in listed.iter("Contents")]
            for key, size, etag in entries:
                put = by_key.get(key)
                if put is not None and size == put.content.bytes and etag == put.etag:
                    proven.add(key)
            if listed is None or text_of(listed, "IsTruncated") != "true" or not entries or entries[-1][0] >= keys[-1]:
                break
            after = entries[-1][0]
        return [put for put in puts if put.content.key not in proven]


class Hash(Protocol):
    """What hashlib makes."""

    def update(self, data: bytes | memoryview, /) -> None: ...
    def digest(self) -> bytes: ...
    def hexdigest(self) -> str: ...


def digests(
    path: Path, start: int, size: int, makers: Sequence[Callable[[], Hash]], stop: threading.Event
) -> list[Hash]:
    """Hashes of a stretch of a file. Raises ``Stopped`` and ``OSError``."""
    made = [make() for make in makers]
    for chunk in chunks(path, start, size, stop):
        for one in made:
            one.update(chunk)
    return made


def chunks(path: Path, start: int, size: int, stop: threading.Event) -> Iterator[memoryview]:
    """A stretch of a file, bit by bit; each is overwritten by the next."""
    with io.FileIO(path) as file:
        file.seek(start)
        buffer = memoryview(bytearray(min(LARGEST_CHUNK, max(size, 1))))
        while size > 0:
            if stop.is_set():
                raise Stopped
            count = file.readinto(buffer[: min(len(buffer), size)])
            if not count:
                raise OSError("the file is shorter than it was")
            size -= count
            yield buffer[:count]


def etag_of(content: Content, part_bytes: int, parts: int, stop: threading.Event) -> str:
    """The ETag of a file that was put whole, or in so many parts of this size. Raises ``DmdxError``, ``Stopped``."""
    try:
        if not parts:
            return digests(content.path, 0, content.bytes, (md5,), stop)[0].hexdigest()
        joined = md5()
        for start in range(0, content.bytes, part_bytes):
            size = min(part_bytes, content.bytes - start)
            joined.update(digests(content.path, start, size, (md5,), stop)[0].digest())
    except FileNotFoundError:
        raise missing() from None
    except OSError:
        raise damaged() from None
    return f"{joined.hexdigest()}-{-(-content.bytes // part_bytes)}"


def is_whole(content: Content, stop: threading.Event) -> bool:
    """Whether the file here is still what its name says. Raises ``DmdxError`` where it is gone, and ``Stopped``."""
    try:
        return digests(content.path, 0, content.bytes, (hashlib.sha256,), stop)[0].hexdigest() == content.sha256
    except FileNotFoundError:
        raise missing() from None
    except OSError:
        return False


def missing() -> DmdxError:
    """The file is gone."""
    return DmdxError(
        "missing_blob", "A picture was not stored.", "Its file is not in the library any more.",
        "Run `dmdx-desktop doctor`.",
    )  # fmt: skip


def damaged() -> DmdxError:
    """The file is not what it was when it came into the library."""
    return DmdxError(
        "damaged_blob", "A picture was not stored.", "Its file in the library is damaged.",
        "Run `dmdx-desktop doctor`, and add the picture again.",
    )  # fmt: skip


def not_true() -> DmdxError:
    """The bucket holds something else than was sent."""
    return DmdxError(
        "storage_not_true", "An object in the bucket is not whole.", "It is not what was sent.",
        "It is sent again by itself.", retry=Retry.LATER,
    )  # fmt: skip


def md5() -> Hash:
    """What ETags are made of; guards against accidents only."""
    return hashlib.md5(usedforsecurity=False)


def _entry(listed: ElementTree.Element) -> tuple[str, int, str]:
    size = text_of(listed, "Size")
    return text_of(listed, "Key"), int(size) if size.isdigit() else -1, text_of(listed, "ETag").strip('"')


def _common_prefix(first: str, last: str) -> str:
    length = 0
    while length < min(len(first), len(last)) and first[length] == last[length]:
        length += 1
    return first[:length]
