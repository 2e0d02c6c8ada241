"""The operations of the S3 interface that R2 has, and which of them a request asks for. Runs in the server's thread."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tests.servers.r2_errors import ErrorCode, R2Error, not_implemented

LONGEST_KEY_BYTES = 1024


class Operation(StrEnum):
    """Names as temporary credentials list them in ``actions``, and some that these cannot list."""

    GET_OBJECT = "GetObject"
    HEAD_OBJECT = "HeadObject"
    PUT_OBJECT = "PutObject"
    COPY_OBJECT = "CopyObject"
    DELETE_OBJECT = "DeleteObject"
    DELETE_OBJECTS = "DeleteObjects"
    LIST_OBJECTS_V1 = "ListObjectsV1"
    LIST_OBJECTS_V2 = "ListObjectsV2"
    CREATE_MULTIPART_UPLOAD = "CreateMultipartUpload"
    UPLOAD_PART = "UploadPart"
    UPLOAD_PART_COPY = "UploadPartCopy"
    LIST_PARTS = "ListParts"
    LIST_MULTIPART_UPLOADS = "ListMultipartUploads"
    COMPLETE_MULTIPART_UPLOAD = "CompleteMultipartUpload"
    ABORT_MULTIPART_UPLOAD = "AbortMultipartUpload"
    GET_BUCKET_LOCATION = "GetBucketLocation"
    # Not to be listed in ``actions``.
    HEAD_BUCKET = "HeadBucket"
    CREATE_BUCKET = "CreateBucket"
    LIST_BUCKETS = "ListBuckets"


LISTINGS = frozenset({Operation.LIST_OBJECTS_V1, Operation.LIST_OBJECTS_V2, Operation.LIST_MULTIPART_UPLOADS})
"""Operations whose ``prefix`` takes the place of a key."""

READS = LISTINGS | {
    Operation.GET_OBJECT,
    Operation.HEAD_OBJECT,
    Operation.LIST_PARTS,
    Operation.GET_BUCKET_LOCATION,
    Operation.HEAD_BUCKET,
}

WRITES = frozenset(Operation) - READS - {Operation.CREATE_BUCKET, Operation.LIST_BUCKETS}

WITH_BODY = frozenset({Operation.PUT_OBJECT, Operation.UPLOAD_PART})
"""Operations whose body is kept; other bodies are small XML."""

# fmt: off
NEVER_THERE = frozenset({
    "acl", "cors", "encryption", "legal-hold", "lifecycle", "logging", "notification", "object-lock", "policy",
    "replication", "requestPayment", "restore", "retention", "select", "tagging", "torrent", "versionId",
    "versioning", "versions", "website",
})
# fmt: on
"""Sub-resources that R2 does not have, or that this server leaves to the dashboard."""

REFUSED_HEADERS = (
    "x-amz-acl",
    "x-amz-grant-",
    "x-amz-object-lock-",
    "x-amz-expected-bucket-owner",
    "x-amz-request-payer",
    "x-amz-server-side-encryption",
    "x-amz-tagging",
    "x-amz-website-redirect-location",
)
"""Beginnings of headers that ask for what R2 has not."""

_OF_BUCKET = {
    ("HEAD", ""): Operation.HEAD_BUCKET,
    ("PUT", ""): Operation.CREATE_BUCKET,
    ("GET", "location"): Operation.GET_BUCKET_LOCATION,
    ("GET", "uploads"): Operation.LIST_MULTIPART_UPLOADS,
    ("GET", "list-type"): Operation.LIST_OBJECTS_V2,
    ("GET", ""): Operation.LIST_OBJECTS_V1,
    ("POST", "delete"): Operation.DELETE_OBJECTS,
}
_OF_OBJECT = {
    ("GET", "uploadId"): Operation.LIST_PARTS,
    ("GET", ""): Operation.GET_OBJECT,
    ("HEAD", ""): Operation.HEAD_OBJECT,
    ("PUT", "uploadId"): Operation.UPLOAD_PART,
    ("PUT", ""): Operation.PUT_OBJECT,
    ("DELETE", "uploadId"): Operation.ABORT_MULTIPART_UPLOAD,
    ("DELETE", ""): Operation.DELETE_OBJECT,
    ("POST", "uploads"): Operation.CREATE_MULTIPART_UPLOAD,
    ("POST", "uploadId"): Operation.COMPLETE_MULTIPART_UPLOAD,
}
_SUB_RESOURCES = ("location", "uploads", "uploadId", "list-type", "delete")


@dataclass(frozen=True)
class Call:
    """One request as the store understands it. Names of headers are in lower case."""

    operation: Operation
    bucket: str
    key: str
    query: Mapping[str, str]
    headers: Mapping[str, str]

    def number(self, name: str, default: int, smallest: int, largest: int) -> int:
        """The query parameter ``name`` as a number; beyond ``largest`` it is cut down to it."""
        text = self.query.get(name, "")
        if not text:
            return default
        if not text.isascii() or not text.isdigit() or int(text) < smallest:
            raise R2Error(ErrorCode.INVALID_ARGUMENT, f"Argument {name} must be an integer of {smallest} or more")
        return min(int(text), largest)


def call_of(method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> Call:
    """What is asked for at the decoded ``path``. Raises ``R2Error`` for what there is not."""
    bucket, _, key = path.removeprefix("/").partition("/")
    return Call(_operation(method, bucket, key, query, headers), bucket, key, query, headers)


def _operation(method: str, bucket: str, key: str, query: Mapping[str, str], headers: Mapping[str, str]) -> Operation:
    refused = NEVER_THERE & query.keys()
    if refused:
        raise not_implemented(f"Sub-resource {min(refused)} is")
    for name, value in headers.items():
        # Some clients ask for a private object each time, which it is anyway.
        if name.startswith(REFUSED_HEADERS) and (name, value) != ("x-amz-acl", "private"):
            raise not_implemented(f"Header '{name}' with value '{value}'")
    if not bucket:
        if method == "GET":
            return Operation.LIST_BUCKETS
        raise not_implemented(f"{method} of the account is")
    if len(key.encode()) > LONGEST_KEY_BYTES:
        raise R2Error(ErrorCode.INVALID_OBJECT_NAME, f"Object names have at most {LONGEST_KEY_BYTES} bytes")
    asked = next((name for name in _SUB_RESOURCES if name in query), "")
    found = (_OF_OBJECT if key else _OF_BUCKET).get((method, asked))
    if found is None:
        raise not_implemented(f"{method} with {asked or 'no sub-resource'} is")
    if "x-amz-copy-source" in headers:
        if found is Operation.PUT_OBJECT:
            return Operation.COPY_OBJECT
        if found is Operation.UPLOAD_PART:
            return Operation.UPLOAD_PART_COPY
    return found
