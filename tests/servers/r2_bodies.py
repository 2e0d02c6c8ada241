"""Bodies on their way in and out: read once, hashed while they come, slowed and cut as a test wishes.

Runs in the server's thread.
"""

import asyncio
import base64
import binascii
import hashlib
import hmac
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from aiohttp import web

from tests.servers.r2_errors import ErrorCode, R2Error, not_implemented
from tests.servers.r2_faults import R2Faults
from tests.servers.r2_world import Piece, Sink, StoredObject
from tests.servers.sigv4 import UNSIGNED_PAYLOAD

LARGEST_BODY = 5 * 1024**3
BLOCK = 1024 * 1024
ENCODINGS_UNDONE = frozenset({"gzip", "deflate", "br", "zstd"})
"""The HTTP server takes these off before anybody can hash what was signed."""


class CutError(Exception):
    """The connection is to end, or has ended, without an answer."""


@dataclass(frozen=True)
class Received:
    """A whole body that is what its sender said it was."""

    piece: Piece
    md5: bytes
    checksum_sha256: str | None
    """In base64, where the sender gave one."""


class Expectations:
    """What the headers of a request say about its body, to be held against what comes."""

    def __init__(self, headers: Mapping[str, str], payload: str) -> None:
        encodings = {word.strip() for word in headers.get("content-encoding", "").lower().split(",")}
        if "aws-chunked" in encodings or "x-amz-trailer" in headers:
            raise not_implemented("aws-chunked")
        if encodings & ENCODINGS_UNDONE:
            raise not_implemented(f"Content-Encoding {min(encodings & ENCODINGS_UNDONE)} is, in this server,")
        self._payload = None if payload == UNSIGNED_PAYLOAD else payload
        self._md5 = _digest(headers, "content-md5", 16)
        self._sha256 = _digest(headers, "x-amz-checksum-sha256", 32)
        self._crc32 = _digest(headers, "x-amz-checksum-crc32", 4)
        self._hashes = [hashlib.md5(usedforsecurity=False)]
        if self._payload or self._sha256:
            self._hashes.append(hashlib.sha256())
        self._crc = 0

    def take(self, chunk: bytes) -> None:
        for one in self._hashes:
            one.update(chunk)
        if self._crc32:
            self._crc = zlib.crc32(chunk, self._crc)

    def check(self, piece: Piece) -> Received:
        """Raises ``R2Error`` unless everything that was said is true."""
        md5, sha256 = self._hashes[0].digest(), self._hashes[-1].digest()
        if self._payload and self._payload != sha256.hex():
            raise R2Error(ErrorCode.CONTENT_SHA256_MISMATCH)
        pairs = ((self._md5, md5), (self._sha256, sha256), (self._crc32, self._crc.to_bytes(4, "big")))
        if any(said and not hmac.compare_digest(said, found) for said, found in pairs):
            raise R2Error(ErrorCode.BAD_DIGEST)
        return Received(piece, md5, base64.b64encode(sha256).decode() if self._sha256 else None)


async def receive(request: web.Request, expected: Expectations, faults: R2Faults, folder: Path | None) -> Received:
    """The body, kept in memory or in a file of ``folder``. Raises ``R2Error`` and ``CutError``."""
    if request.content_length is None and request.can_read_body:
        raise R2Error(ErrorCode.MISSING_CONTENT_LENGTH)
    if (request.content_length or 0) > LARGEST_BODY:
        raise R2Error(ErrorCode.ENTITY_TOO_LARGE)
    sink = Sink(folder)
    try:
        while chunk := await request.content.readany():
            expected.take(chunk)
            sink.write(chunk)
            if faults.take_upload_cut(sink.size):
                raise CutError
            await _pass_time(len(chunk), faults)
        # An end of the connection inside the body looks like the end of the body.
        if sink.size != (request.content_length or 0):
            raise CutError
        return expected.check(sink.finish())
    except (ConnectionError, aiohttp.ClientError) as error:
        sink.discard()
        raise CutError from error
    except BaseException:
        sink.discard()
        raise


async def leave_unread(request: web.Request) -> None:
    """Lets the sender finish a body that nobody wants: else it meets a broken pipe in place of the refusal."""
    try:
        while await request.content.readany():
            pass
    except (ConnectionError, aiohttp.ClientError) as error:
        raise CutError from error


async def send(
    request: web.Request,
    stored: StoredObject,
    start: int,
    length: int,
    answer: web.StreamResponse,
    faults: R2Faults,
) -> web.StreamResponse:
    """Gives out ``length`` bytes of an object from ``start`` on, under the status and headers of ``answer``."""
    answer.content_length = length
    cut = faults.take_download_cut(length)
    block = BLOCK if faults.bytes_per_second is None else max(1, min(BLOCK, int(faults.bytes_per_second / 20)))
    end = start + (length if cut is None else cut)
    try:
        await answer.prepare(request)
        while start < end:
            data = stored.read(start, min(block, end - start))
            await _pass_time(len(data), faults)
            await answer.write(data)
            start += len(data)
        if cut is not None and request.transport is not None:
            # Not aborted: what has been written still arrives, and nothing after it.
            answer.force_close()
            request.transport.close()
    except ConnectionError as error:
        raise CutError from error
    return answer


async def _pass_time(size: int, faults: R2Faults) -> None:
    if faults.bytes_per_second is not None:
        await asyncio.sleep(size / faults.bytes_per_second)


def _digest(headers: Mapping[str, str], name: str, size: int) -> bytes | None:
    text = headers.get(name)
    if text is None:
        return None
    try:
        found = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise R2Error(ErrorCode.INVALID_DIGEST) from None
    if len(found) != size:
        raise R2Error(ErrorCode.INVALID_DIGEST)
    return found
