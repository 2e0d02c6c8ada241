"""Objects in the designer's own Cloudflare R2 bucket, through boto3. Core process; calls block on threads of their own.

Wire facts: Cloudflare's R2 documentation and requests of botocore 1.44. The checksum settings are R2's: what boto3 does
since 1.36 over https (a trailer in chunks) R2 answers with 401, as if the keys were wrong. Objects are created once
under keys made of their content (``If-None-Match: *``; 412 means that it is there already), and verified after.
"""

import asyncio
import base64
import hashlib
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, TypeVar
from urllib.parse import quote, urlsplit

import boto3
import botocore.exceptions
import botocore.parsers
import truststore
from botocore.config import Config
from botocore.httpsession import URLLib3Session
from botocore.utils import get_environ_proxies

from dmdx_desktop.errors import AccountError, DmdxError, Retry
from dmdx_desktop.models.connection import is_loopback
from dmdx_desktop.services.http import UnreachableError

SERVICE: Final = "R2"
THREADS: Final = 8
DELETED_AT_ONCE: Final = 1_000
MOST_ROUNDS: Final = 100
TRIAL_KEY: Final = "dmdx-connection-test"
REFERENCE_SECONDS: Final = 3_600
READ_SECONDS: Final = 20
MARKER: Final = "a"
"""The name of the query parameter that tells one paid request from all others."""
BEFORE_SIGNING: Final = "before-sign.s3.GetObject"
_DENIED: Final = frozenset(
    {"Unauthorized", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "NotEntitled"}
)
_LATER: Final = frozenset({"TooManyRequests", "InternalError", "ServiceUnavailable", "ClientDisconnect", "SlowDown"})
T = TypeVar("T")
_signing = threading.local()
"""The marker of the address that a thread is signing."""


@dataclass(frozen=True, slots=True)
class StorageKeys:
    """What signs requests; its repr shows nothing."""

    access_key_id: str = field(repr=False)
    secret_access_key: str = field(repr=False)
    session_token: str | None = field(default=None, repr=False)


class R2:
    """One bucket. Every method raises ``DmdxError``."""

    def __init__(self, endpoint: str, bucket: str, keys: StorageKeys) -> None:
        self._endpoint = endpoint
        self._bucket = bucket
        self._keys = keys
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="r2")
        self._making = threading.Lock()
        self._made: Any = None

    async def close(self) -> None:
        """Let go of the connections; what is under way is not waited for."""
        await asyncio.to_thread(self._threads.shutdown, wait=False, cancel_futures=True)
        if self._made is not None:
            await asyncio.to_thread(self._made.close)

    async def put_once(self, key: str, content: bytes, content_type: str) -> None:
        """Create an object, unless it is there; then make sure that it is whole."""
        await self._in_thread(partial(_put_once, content=content, content_type=content_type), key)

    async def get(self, key: str) -> bytes:
        """The content of an object."""

        def read(client: Any, bucket: str, key: str) -> bytes:
            content: bytes = client.get_object(Bucket=bucket, Key=key)["Body"].read()
            return content

        return await self._in_thread(read, key)

    async def address_of(self, key: str, *, marker: str = "", seconds: int = REFERENCE_SECONDS) -> str:
        """An address at which the object can be read for a while; ``marker`` is part of what is signed."""
        return await self._in_thread(partial(_signed, marker=marker, seconds=seconds), key)

    async def keys(self, prefix: str) -> list[str]:
        """The keys below a prefix."""
        return await self._in_thread(lambda client, bucket, prefix: list(_listed(client, bucket, prefix)), prefix)

    async def delete_below(self, prefix: str) -> int:
        """Delete everything below a prefix until the list of it is empty; returns how many objects there were."""
        return await self._in_thread(_delete_below, prefix)

    async def drop_unfinished(self, prefix: str) -> int:
        """Drop every upload in parts below a prefix until the list of them is empty; returns how many there were.

        The list of objects, which proves a deletion, does not tell of them.
        """
        return await self._in_thread(_drop_unfinished, prefix)

    async def trial(self) -> list[str]:
        """Try what is needed, on an object of our own; returns sentences about what works."""
        content = b"DMDX Studio tries this connection."
        await self.put_once(TRIAL_KEY, content, "text/plain")
        found = await self.get(TRIAL_KEY)
        await self.delete_below(TRIAL_KEY)
        if found != content:
            raise DmdxError(
                "storage_not_true", "The bucket gives back something else.", "What was written was not what was read.",
                "Look at the endpoint and the bucket in Settings, Connections.",
            )  # fmt: skip
        sentences = ["The keys work.", "Objects can be written, read, listed and deleted."]
        local = is_loopback(urlsplit(self._endpoint).hostname or "")
        if local:
            sentences.append("The bucket is on this computer: services outside cannot read references from it.")
        return sentences

    async def _in_thread(self, work: Callable[[Any, str, str], T], key: str) -> T:
        def carry_out() -> T:
            with self._making:
                if self._made is None:
                    self._made = _client(self._endpoint, self._keys)
            return work(self._made, self._bucket, key)

        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, carry_out)
        except botocore.exceptions.ClientError as error:
            failure = _error_of(error)
        except (botocore.exceptions.ParamValidationError, ValueError):
            failure = _refused()
        except (botocore.exceptions.BotoCoreError, OSError) as error:
            timed_out = isinstance(error, botocore.exceptions.ReadTimeoutError | TimeoutError)
            failure = UnreachableError(SERVICE, may_have_arrived=True, timed_out=timed_out)
        except (botocore.parsers.ResponseParserError, KeyError, RecursionError):
            # A page in the place of an answer; the library looks for a region in a redirect until it runs out of stack.
            failure = _strange()
        # Not where it was caught: the library's own error, which holds the address, would travel with this one.
        raise failure


def _client(endpoint: str, keys: StorageKeys) -> Any:
    """A client as R2 wants it; certificates are those the system trusts."""
    local = is_loopback(urlsplit(endpoint).hostname or "")
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="auto",
        aws_access_key_id=keys.access_key_id,
        aws_secret_access_key=keys.secret_access_key,
        aws_session_token=keys.session_token,
        config=Config(
            signature_version="s3v4",
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "path"},
            retries={"mode": "standard", "max_attempts": 4},
            max_pool_connections=2 * THREADS,
            connect_timeout=10,
            read_timeout=READ_SECONDS,
            proxies={} if local else None,
        ),
    )
    client.meta.events.register(BEFORE_SIGNING, _add_marker)
    if not local:
        client._endpoint.http_session = _TrustingSession(
            proxies=get_environ_proxies(endpoint), timeout=(10, READ_SECONDS), max_pool_connections=2 * THREADS
        )
    return client


def http_session(endpoint: str, connections: int) -> Any:
    """What carries requests that are not made by a client of boto3; it trusts what the client of the bucket trusts."""
    local = is_loopback(urlsplit(endpoint).hostname or "")
    kind = URLLib3Session if local else _TrustingSession
    proxies = {} if local else get_environ_proxies(endpoint)
    return kind(proxies=proxies, timeout=(10, READ_SECONDS), max_pool_connections=connections)


class _TrustingSession(URLLib3Session):  # type: ignore[misc]
    """Trusts what the system trusts; by itself the library trusts a list of its own, without a company's certificates.

    The library offers no setting for this: where a new version changes its inside, the test of a connection over TLS
    fails. It ships no types either.
    """

    def _get_ssl_context(self) -> ssl.SSLContext:
        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _put_once(client: Any, bucket: str, key: str, *, content: bytes, content_type: str) -> None:
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    try:
        client.put_object(
            Bucket=bucket, Key=key, Body=content, ContentType=content_type, IfNoneMatch="*", ChecksumSHA256=digest
        )
    except botocore.exceptions.ClientError as error:
        if _code_of(error) != "PreconditionFailed":
            raise
    stored = client.head_object(Bucket=bucket, Key=key)
    if stored["ContentLength"] != len(content):
        raise DmdxError(
            "storage_not_true", "An object in the bucket is not whole.", "It has another length than what was sent.",
            "It is sent again by itself.", retry=Retry.LATER,
        )  # fmt: skip


def _signed(client: Any, bucket: str, key: str, *, marker: str, seconds: int) -> str:
    """A presigned address. The marker goes into the query before it is signed, so that nobody can change it."""
    _signing.marker = marker
    try:
        address: str = client.generate_presigned_url(
            "get_object", Params={"Bucket": bucket, "Key": key}, ExpiresIn=seconds
        )
    finally:
        _signing.marker = ""
    return address


def _add_marker(request: Any, **_: object) -> None:
    """Heard before anything is signed; objects that are read on other threads meanwhile get no marker."""
    marker = getattr(_signing, "marker", "")
    if marker:
        sign = "&" if "?" in request.url else "?"
        request.url = f"{request.url}{sign}{MARKER}={quote(marker, safe='')}"


def _listed(client: Any, bucket: str, prefix: str) -> Iterator[str]:
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for entry in page.get("Contents", ()):
            yield entry["Key"]


def _delete_below(client: Any, bucket: str, prefix: str) -> int:
    deleted = 0
    for _ in range(MOST_ROUNDS):
        keys = list(_listed(client, bucket, prefix))
        if not keys:
            return deleted
        for start in range(0, len(keys), DELETED_AT_ONCE):
            deleted += _delete(client, bucket, keys[start : start + DELETED_AT_ONCE])
    raise _not_empty()


def _drop_unfinished(client: Any, bucket: str, prefix: str) -> int:
    dropped = 0
    for _ in range(MOST_ROUNDS):
        pages = client.get_paginator("list_multipart_uploads").paginate(Bucket=bucket, Prefix=prefix)
        found = [(entry["Key"], entry["UploadId"]) for page in pages for entry in page.get("Uploads", ())]
        if not found:
            return dropped
        for key, upload_id in found:
            try:
                client.abort_multipart_upload(Bucket=bucket, Key=key, UploadId=upload_id)
            except botocore.exceptions.ClientError as error:
                if _code_of(error) != "NoSuchUpload":
                    raise
        dropped += len(found)
    raise _not_empty()


def _delete(client: Any, bucket: str, keys: Sequence[str]) -> int:
    """Many at once; one by one where the checksum that this needs is not taken."""
    try:
        listed = [{"Key": key} for key in keys]
        answer = client.delete_objects(Bucket=bucket, Delete={"Objects": listed, "Quiet": True})
        return len(keys) - len(answer.get("Errors", ()))
    except botocore.exceptions.ClientError as error:
        if _code_of(error) in _DENIED | _LATER:
            raise
    for key in keys:
        client.delete_object(Bucket=bucket, Key=key)
    return len(keys)


def _code_of(error: botocore.exceptions.ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _error_of(error: botocore.exceptions.ClientError) -> DmdxError:
    return refusal(_code_of(error), error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def refusal(code: str, status: int) -> DmdxError:
    """What the name of an error and the status of an answer mean."""
    if code in _DENIED or code in ("401", "403"):
        return AccountError(
            "storage_key_refused",
            "The bucket does not take the keys.",
            "They are mistyped, have expired, or may not do this.",
            "Give others in Settings, Connections; they need to read and write objects of this bucket.",
        )
    if code in ("NoSuchBucket",):
        return AccountError(
            "no_bucket", "There is no such bucket.", "Its name or the account in the endpoint is wrong.",
            "Correct it in Settings, Connections.",
        )  # fmt: skip
    if code.isdigit() and status < 500:
        # Every refusal of R2 has a name, but for those of HEAD, which comes after something was put: what is not there
        # then was taken in by somebody else, such as a hotel's login page.
        return _strange()
    if code in _LATER or status >= 500:
        return DmdxError(
            "service_down", "R2 has trouble.", "It did not answer as it should.",
            "Work goes on by itself once it does.", retry=Retry.LATER,
        )  # fmt: skip
    return _refused()


def _not_empty() -> DmdxError:
    return DmdxError(
        "storage_not_empty", "Objects in the bucket could not be deleted.", "Some are there again each time.",
        "It is tried again by itself; look at the bucket's locks.", retry=Retry.LATER,
    )  # fmt: skip


def _strange() -> DmdxError:
    return DmdxError(
        "strange_answer",
        "The bucket answered something that is not understood.",
        "Something between here and there may have answered in its place.",
        "Work goes on by itself; if this stays, look at the endpoint in Settings, Connections.",
        retry=Retry.LATER,
    )


def _refused() -> DmdxError:
    return DmdxError(
        "storage_refused", "The bucket did not take this.", "It answered that the request was wrong.",
        "Look at the endpoint and the bucket in Settings, Connections.",
    )  # fmt: skip
