"""What the object store does with uploads in parts, by the rules of R2. Runs in the server's thread."""

import hashlib

from aiohttp import web

from tests.servers import r2_xml
from tests.servers.r2_conditions import check_write
from tests.servers.r2_errors import ErrorCode, R2Error
from tests.servers.r2_faults import R2Faults
from tests.servers.r2_objects import Visit, kept_headers, xml_answer
from tests.servers.r2_world import Part, R2World, StoredObject

MOST_PARTS = 10_000
SMALLEST_PART = 5 * 1024**2


class Multipart:
    """The operations on uploads. ``smallest_part`` is R2's 5 MiB, or less for tests that would rather be quick."""

    def __init__(self, world: R2World, faults: R2Faults, smallest_part: int = SMALLEST_PART) -> None:
        self._world = world
        self._faults = faults
        self._smallest_part = smallest_part

    def create(self, visit: Visit) -> web.Response:
        call = visit.call
        check_write(call.headers, self._world.found(call.key))
        upload = self._world.begin_upload(call.key, kept_headers(call.headers), visit.now)
        fields: r2_xml.Fields = [("Bucket", call.bucket), ("Key", call.key), ("UploadId", upload.upload_id)]
        return xml_answer("InitiateMultipartUploadResult", fields)

    def keep_part(self, visit: Visit) -> web.Response:
        call, body = visit.call, visit.body
        number = call.number("partNumber", 0, 1, MOST_PARTS + 1)
        if not 1 <= number <= MOST_PARTS:
            raise R2Error(ErrorCode.INVALID_ARGUMENT, f"Part number must be between 1 and {MOST_PARTS}, inclusive")
        part = Part(number, body.piece, body.md5, visit.now)
        self._world.keep_part(call.query["uploadId"], call.key, part)
        self._faults.part_was_kept(number)
        headers = {"ETag": f'"{part.etag}"'}
        if body.checksum_sha256 is not None:
            headers["x-amz-checksum-sha256"] = body.checksum_sha256
        return web.Response(headers=headers)

    def list_parts(self, visit: Visit) -> web.Response:
        call = visit.call
        after = call.number("part-number-marker", 0, 0, MOST_PARTS)
        most = call.number("max-parts", r2_xml.MOST_KEYS, 1, r2_xml.MOST_KEYS)
        with self._world.lock:
            upload = self._world.upload(call.query["uploadId"], call.key)
            parts = [upload.parts[number] for number in sorted(upload.parts) if number > after]
        truncated, parts = len(parts) > most, parts[:most]
        fields: list[r2_xml.Field] = [
            ("Bucket", call.bucket),
            ("Key", call.key),
            ("UploadId", upload.upload_id),
            ("StorageClass", "STANDARD"),
            ("PartNumberMarker", after),
            ("MaxParts", most),
            ("IsTruncated", str(truncated).lower()),
        ]
        if truncated:
            fields.append(("NextPartNumberMarker", parts[-1].number))
        return xml_answer("ListPartsResult", [*fields, *map(r2_xml.part, parts)])

    def complete(self, visit: Visit) -> web.Response:
        call, upload_id = visit.call, visit.call.query["uploadId"]
        listed = r2_xml.parts_to_join(visit.body.piece.read(0, visit.body.piece.size))
        numbers = [number for number, _ in listed]
        if numbers != sorted(set(numbers)):
            raise R2Error(ErrorCode.INVALID_PART_ORDER, "The list of parts was not in ascending order.")
        with self._world.lock:
            upload = self._world.upload(upload_id, call.key)
            parts = [part for number, etag in listed if (part := upload.parts.get(number)) and part.etag == etag]
            if len(parts) != len(listed):
                raise R2Error(ErrorCode.INVALID_PART, "One or more of the specified parts could not be found.")
            self._check_sizes([part.piece.size for part in parts])
            check_write(call.headers, self._world.found(call.key))
            joined = hashlib.md5(b"".join(part.md5 for part in parts), usedforsecurity=False).hexdigest()
            etag = f"{joined}-{len(parts)}"
            pieces = tuple(part.piece for part in parts)
            self._world.write(
                StoredObject(call.key, pieces, etag, upload.headers, None, visit.now),
                at_most_one_per_second=self._faults.one_write_per_second,
            )
            self._world.end_upload(upload_id, call.key)
        place = f"{visit.request.scheme}://{visit.request.host}/{call.bucket}/{call.key}"
        fields: r2_xml.Fields = [
            ("Location", place),
            ("Bucket", call.bucket),
            ("Key", call.key),
            ("ETag", f'"{etag}"'),
        ]
        return xml_answer("CompleteMultipartUploadResult", fields)

    def abort(self, visit: Visit) -> web.Response:
        self._world.end_upload(visit.call.query["uploadId"], visit.call.key)
        return web.Response(status=204)

    def list_uploads(self, visit: Visit) -> web.Response:
        """All of them in one answer: a bucket of a test has few."""
        call = visit.call
        encoded = r2_xml.Encoding(call.query.get("encoding-type") == "url")
        prefix = call.query.get("prefix", "")
        found = sorted(self._world.uploads().values(), key=lambda upload: (upload.key, upload.started))
        fields: list[r2_xml.Field] = [
            ("Bucket", call.bucket),
            ("Prefix", encoded(prefix)),
            ("MaxUploads", r2_xml.MOST_KEYS),
            ("IsTruncated", "false"),
            *encoded.fields,
        ]
        fields += [r2_xml.upload(upload, encoded) for upload in found if upload.key.startswith(prefix)]
        return xml_answer("ListMultipartUploadsResult", fields)

    def _check_sizes(self, sizes: list[int]) -> None:
        """R2's rule: all parts but the last are of one size, which S3 does not ask for, and the last is not larger."""
        *full, last = sizes
        if any(size < self._smallest_part for size in full):
            raise R2Error(ErrorCode.ENTITY_TOO_SMALL)
        if len(set(full)) > 1 or (full and last > full[0]):
            raise R2Error(ErrorCode.INVALID_PART, "All non-trailing parts must have the same length.")
