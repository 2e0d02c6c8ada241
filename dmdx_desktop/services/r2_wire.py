"""One signed request to a bucket and its answer: botocore signs it and carries it. Core process, threads of uploads.

Not through a client of boto3: its way from a call to a request costs as much as sending a picture does, and it neither
stops, slows down nor counts in the middle of a body. What a body hashes to is known before it is sent, and goes into
the signature, so that the store checks every byte against what the library knows of it.
"""

import io
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import botocore.exceptions
from botocore.auth import UNSIGNED_PAYLOAD, S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from dmdx_desktop.services.http import USER_AGENT, UnreachableError
from dmdx_desktop.services.r2 import SERVICE, StorageKeys, http_session
from dmdx_desktop.services.r2_flow import Flow, Interrupted, Share, Stopped

NOTHING: Final = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
UNSIGNED: Final[str] = UNSIGNED_PAYLOAD
SAFE: Final = "-_.~"
_NOT_SENT: Final = (
    botocore.exceptions.EndpointConnectionError,
    botocore.exceptions.ConnectTimeoutError,
    botocore.exceptions.ProxyConnectionError,
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes of a file in a row, and who counts them."""

    path: Path
    start: int
    size: int
    share: Share


@dataclass(frozen=True, slots=True)
class Ask:
    """A request. ``payload`` is the SHA-256 of its body in hexadecimal digits, or ``UNSIGNED``."""

    method: str
    key: str
    query: Mapping[str, str] | None = None
    headers: Mapping[str, str] | None = None
    body: bytes | Stretch | None = None
    payload: str = NOTHING


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. ``is_finding``: not of the request, whose answer was lost, but of a look at what it has done."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_finding: bool = False

    @property
    def code(self) -> str:
        """The name of the error; empty where there is none, or where it has none."""
        root = self.xml() if self.body else None
        return text_of(root, "Code") if root is not None and root.tag == "Error" else ""

    @property
    def etag(self) -> str:
        """Without quotation marks; empty where there is none."""
        return self.headers.get("etag", "").strip('"')

    def xml(self) -> ElementTree.Element | None:
        """The body, without the namespace of its names; None where it is no XML."""
        try:
            root = ElementTree.fromstring(self.body)
        except (ElementTree.ParseError, ValueError):
            return None
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
        return root


def text_of(element: ElementTree.Element, name: str) -> str:
    """The text of a child; empty where there is none."""
    return (element.findtext(name) or "").strip()


class Wire:
    """Carries requests to one bucket, over connections that are kept."""

    def __init__(self, endpoint: str, bucket: str, flow: Flow, *, connections: int) -> None:
        self._base = f"{endpoint}/{bucket}"
        self.is_secure: Final = urlsplit(endpoint).scheme == "https"
        self._flow = flow
        self._session = http_session(endpoint, connections)

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def send(self, ask: Ask, keys: StorageKeys, stop: threading.Event) -> Reply:
        """Send it, once. Raises ``UnreachableError``, ``Stopped`` and ``Interrupted``, and ``OSError`` of the file."""
        body = _Body(ask.body, self._flow, stop) if isinstance(ask.body, Stretch) else None
        request = self._signed(ask, keys, body)
        arrived = False
        try:
            answer = self._session.send(request)
            reply = Reply(answer.status_code, _Headers(answer.headers), answer.content)
            arrived = reply.status < 300
        except botocore.exceptions.BotoCoreError as error:
            if body is not None and body.failure is not None:
                raise body.failure from None
            timed_out = isinstance(
                error, botocore.exceptions.ReadTimeoutError | botocore.exceptions.ConnectTimeoutError
            )
            failure = UnreachableError(SERVICE, may_have_arrived=not isinstance(error, _NOT_SENT), timed_out=timed_out)
        else:
            return reply
        finally:
            if body is not None:
                body.settle(arrived=arrived)
        # Not where it was caught: the library's own error holds addresses and headers.
        raise failure

    def _signed(self, ask: Ask, keys: StorageKeys, body: "_Body | None") -> Any:
        query = "&".join(f"{quote(name, SAFE)}={quote(value, SAFE)}" for name, value in (ask.query or {}).items())
        path = f"/{quote(ask.key, '/' + SAFE)}" if ask.key else ""
        url = f"{self._base}{path}{'?' if query else ''}{query}"
        size = body.size if body is not None else len(ask.body) if isinstance(ask.body, bytes) else 0
        headers = {"User-Agent": USER_AGENT, **(ask.headers or {})}
        if ask.method in ("PUT", "POST"):
            headers["Content-Length"] = str(size)
        request = AWSRequest(method=ask.method, url=url, headers=headers)
        _Signer(keys, ask.payload).add_auth(request)
        prepared = request.prepare()
        prepared.body = body if body is not None else ask.body
        return prepared


class _Signer(S3SigV4Auth):  # type: ignore[misc]
    """Signs what the body is known to hash to, in place of hashing it anew."""

    def __init__(self, keys: StorageKeys, payload: str) -> None:
        super().__init__(
            Credentials(keys.access_key_id, keys.secret_access_key, keys.session_token), "s3", "auto"
        )  # fmt: skip
        self._payload = payload

    def payload(self, request: object) -> str:
        return self._payload


class _Headers(dict[str, str]):
    """Headers by their names in lower case."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__({name.lower(): value for name, value in headers.items()})


class _Body:
    """A stretch of a file on its way out: slowed down, stopped and counted chunk by chunk. For one try."""

    def __init__(self, stretch: Stretch, flow: Flow, stop: threading.Event) -> None:
        self._stretch = stretch
        self._flow = flow
        self._stop = stop
        self.size = stretch.size
        self.left = 0
        self.failure: Exception | None = None

    def __iter__(self) -> Iterator[memoryview]:
        try:
            yield from self._chunks()
        except (Stopped, Interrupted, OSError) as error:
            # The library in between would make an error of its own of it.
            self.failure = error
            raise

    def settle(self, *, arrived: bool) -> None:
        """The try has ended."""
        self._stretch.share.settle(self.left, arrived=arrived)

    def _chunks(self) -> Iterator[memoryview]:
        with io.FileIO(self._stretch.path) as file:
            file.seek(self._stretch.start)
            buffer = memoryview(bytearray(min(self._flow.chunk_bytes, self.size)))
            while self.left < self.size:
                wanted = min(self._flow.chunk_bytes, len(buffer), self.size - self.left)
                self._flow.take(wanted, self._stop)
                count = file.readinto(buffer[:wanted])
                if not count:
                    raise OSError("the file is shorter than it was")
                yield buffer[:count]
                self._stretch.share.leave(count)
                self.left += count
