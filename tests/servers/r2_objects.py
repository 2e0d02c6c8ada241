"""What the object store does with objects: put, get, copy, delete, list. Runs in the server's thread.

Looking at what is there and changing it happen under one hold of the lock, so that of two conditional writes one wins.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import unquote

from aiohttp import web

from tests.servers import r2_xml
from tests.servers.r2_bodies import Received, send
from tests.servers.r2_conditions import byte_range, check_write, is_unchanged
from tests.servers.r2_credentials import Grant
from tests.servers.r2_errors import ErrorCode, R2Error, not_implemented
from tests.servers.r2_faults import R2Faults
from tests.servers.r2_operations import Call, Operation
from tests.servers.r2_world import R2World, StoredObject

KEPT = ("cache-control", "content-disposition", "content-encoding", "content-language", "content-type", "expires")
METADATA = "x-amz-meta-"
MOST_METADATA_BYTES = 8192


@dataclass(frozen=True)
class Visit:
    """A request that is signed, allowed and wholly there."""

    request: web.Request
    call: Call
    body: Received
    grant: Grant
    now: datetime
    """In whole seconds, as HTTP tells it."""


def xml_answer(root: str, fields: r2_xml.Fields) -> web.Response:
    return web.Response(body=r2_xml.document(root, fields), content_type="application/xml")


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers of an upload that belong to the object."""
    metadata = {name: value for name, value in headers.items() if name.startswith(METADATA)}
    size = sum(len(name) - len(METADATA) + len(value) for name, value in metadata.items())
    if size > MOST_METADATA_BYTES:
        raise R2Error(ErrorCode.METADATA_TOO_LARGE, f"Metadata has at most {MOST_METADATA_BYTES} bytes")
    return {"content-type": "application/octet-stream"} | {
        name: value for name, value in headers.items() if name in KEPT or name in metadata
    }


class Objects:
    """The operations on objects."""

    def __init__(self, world: R2World, faults: R2Faults) -> None:
        self._world = world
        self._faults = faults

    def put(self, visit: Visit) -> web.Response:
        call, body = visit.call, visit.body
        stored = StoredObject(
            call.key, (body.piece,), body.md5.hex(), kept_headers(call.headers), body.checksum_sha256, visit.now
        )
        self._write(stored, call.headers)
        return web.Response(headers=self._checks(stored))

    def copy(self, visit: Visit) -> web.Response:
        call = visit.call
        bucket, _, key = unquote(call.headers["x-amz-copy-source"]).removeprefix("/").partition("/")
        if not (visit.grant.reaches(bucket, key) and visit.grant.allows(Operation.GET_OBJECT)):
            raise R2Error(ErrorCode.ACCESS_DENIED)
        if bucket != call.bucket:
            raise R2Error(ErrorCode.NO_SUCH_BUCKET)
        with self._world.lock:
            source = self._world.existing(key)
            check_write(call.headers, source, before="x-amz-copy-source-if-")
            anew = call.headers.get("x-amz-metadata-directive", "COPY") == "REPLACE"
            headers = kept_headers(call.headers) if anew else source.headers
            stored = replace(source, key=call.key, headers=headers, written=visit.now)
            self._write(stored, call.headers, before="cf-copy-destination-if-")
        fields: r2_xml.Fields = [("ETag", f'"{stored.etag}"'), ("LastModified", r2_xml.moment(stored.written))]
        return xml_answer("CopyObjectResult", fields)

    async def get(self, visit: Visit) -> web.StreamResponse:
        """Also for HEAD, which is told the same about an object without being given it."""
        query, headers = visit.call.query, visit.call.headers
        if "partNumber" in query:
            raise not_implemented("partNumber is")
        stored = self._world.existing(visit.call.key)
        told = dict(stored.headers) | self._checks(stored)
        told |= {"Last-Modified": format_datetime(stored.written, usegmt=True), "Accept-Ranges": "bytes"}
        if headers.get("x-amz-checksum-mode") != "ENABLED":
            told.pop("x-amz-checksum-sha256", None)
        if is_unchanged(headers, stored):
            return web.Response(status=304, headers={"ETag": told["ETag"], "Last-Modified": told["Last-Modified"]})
        for name, value in query.items():
            if name.startswith("response-"):
                told[name.removeprefix("response-")] = value
        part = byte_range(headers.get("range"), stored.size)
        start, length = part or (0, stored.size)
        if part is not None:
            told["Content-Range"] = f"bytes {start}-{start + length - 1}/{stored.size}"
        status = 200 if part is None else 206
        if visit.call.operation is Operation.HEAD_OBJECT:
            return web.Response(status=status, headers=told | {"Content-Length": str(length)})
        answer = web.StreamResponse(status=status, headers=told)
        return await send(visit.request, stored, start, length, answer, self._faults)

    def delete(self, visit: Visit) -> web.Response:
        if visit.call.key in self._faults.delete_fails_for:
            raise R2Error(ErrorCode.INTERNAL_ERROR)
        self._world.remove(visit.call.key)
        return web.Response(status=204)

    def delete_many(self, visit: Visit) -> web.Response:
        call = visit.call
        for name, value in call.headers.items():
            if self._faults.refuse_checksum_on_delete and ("checksum" in name):
                raise not_implemented(f"Header '{name}' with value '{value}'")
        keys, quiet = r2_xml.keys_to_delete(visit.body.piece.read(0, visit.body.piece.size))
        told: list[r2_xml.Field] = []
        for key in keys:
            refusal = None
            if not visit.grant.reaches(call.bucket, key):
                refusal = R2Error(ErrorCode.ACCESS_DENIED)
            elif key in self._faults.delete_fails_for:
                refusal = R2Error(ErrorCode.INTERNAL_ERROR)
            if refusal is not None:
                told.append(("Error", [("Key", key), ("Code", refusal.code.value), ("Message", refusal.message)]))
                continue
            self._world.remove(key)
            if not quiet:
                told.append(("Deleted", [("Key", key)]))
        return xml_answer("DeleteResult", told)

    def list(self, visit: Visit) -> web.Response:
        """Both versions: the first goes on from a key, the second from a token."""
        call, query = visit.call, visit.call.query
        second = call.operation is Operation.LIST_OBJECTS_V2
        encoded = r2_xml.Encoding(query.get("encoding-type") == "url")
        prefix, delimiter = query.get("prefix", ""), query.get("delimiter", "")
        most = call.number("max-keys", r2_xml.MOST_KEYS, 0, r2_xml.MOST_KEYS)
        token = query.get("continuation-token") if second else None
        after = _opened(token) if token is not None else query.get("start-after" if second else "marker", "")
        resumed = token is not None or not second
        page, truncated = _page(self._world.objects(), prefix, delimiter, after, most, resumed=resumed)
        fields: list[r2_xml.Field] = [
            ("Name", call.bucket),
            ("Prefix", encoded(prefix)),
            ("MaxKeys", most),
            ("IsTruncated", str(truncated).lower()),
            *encoded.fields,
        ]
        if delimiter:
            fields.append(("Delimiter", encoded(delimiter)))
        if second:
            fields.append(("KeyCount", len(page)))
            fields += [("StartAfter", encoded(after))] if "start-after" in query and token is None else []
            fields += [("ContinuationToken", token)] if token is not None else []
            fields += [("NextContinuationToken", _sealed(_name(page[-1])))] if truncated else []
        else:
            fields.append(("Marker", encoded(after)))
            fields += [("NextMarker", encoded(_name(page[-1])))] if truncated else []
        for item in page:
            if isinstance(item, str):
                fields.append(("CommonPrefixes", [("Prefix", encoded(item))]))
            else:
                fields.append(r2_xml.content(item, encoded))
        return xml_answer("ListBucketResult", fields)

    def _write(self, stored: StoredObject, headers: Mapping[str, str], before: str = "if-") -> None:
        with self._world.lock:
            check_write(headers, self._world.found(stored.key), before=before)
            self._world.write(stored, at_most_one_per_second=self._faults.one_write_per_second)

    @staticmethod
    def _checks(stored: StoredObject) -> dict[str, str]:
        checks = {"ETag": f'"{stored.etag}"'}
        if stored.checksum_sha256 is not None:
            checks["x-amz-checksum-sha256"] = stored.checksum_sha256
        return checks


def _page(
    objects: Mapping[str, StoredObject], prefix: str, delimiter: str, after: str, most: int, *, resumed: bool
) -> tuple[list[StoredObject | str], bool]:
    """Objects and common prefixes, in order, that come after ``after``, and whether there are more than ``most``."""
    page: list[StoredObject | str] = []
    # A page that ended with a common prefix does not begin the next one with it again.
    passed = after if resumed and delimiter and after.endswith(delimiter) and len(after) > len(prefix) else None
    for key, stored in objects.items():
        if key <= after or not key.startswith(prefix) or (passed is not None and key.startswith(passed)):
            continue
        end = key.find(delimiter, len(prefix)) if delimiter else -1
        item = stored if end < 0 else key[: end + len(delimiter)]
        if page and item == page[-1]:
            continue
        if len(page) == most:
            return page, most > 0
        page.append(item)
    return page, False


def _name(item: StoredObject | str) -> str:
    return item if isinstance(item, str) else item.key


def _sealed(name: str) -> str:
    return base64.urlsafe_b64encode(json.dumps({"after": name}).encode()).decode()


def _opened(token: str) -> str:
    try:
        return str(json.loads(base64.urlsafe_b64decode(token))["after"])
    except (binascii.Error, ValueError, KeyError, TypeError):
        raise R2Error(ErrorCode.INVALID_ARGUMENT, "The continuation token provided is incorrect") from None
