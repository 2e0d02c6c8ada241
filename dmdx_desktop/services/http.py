"""How this program speaks to a service: one client for each, bounded answers, and failures in its own words.

Core process, asyncio loop. The system's own certificates are trusted (truststore) and its proxies honoured, nothing
else; there is no switch that turns checking off. Redirects are never followed: an answer of a service names no other
place to send a key to. Errors never carry an address: its query may be a signature.
"""

import json as json_text
import platform
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

import httpx
import truststore

from dmdx_desktop import __version__
from dmdx_desktop.errors import DmdxError, Retry
from dmdx_desktop.models.connection import is_loopback

CONNECT_SECONDS: Final = 10.0
READ_SECONDS: Final = 60.0
MOST_JSON_BYTES: Final = 16_000_000
LONGEST_WAIT_S: Final = 60.0
NAME: Final = "dmdx-studio"
USER_AGENT: Final = f"DMDX-Studio/{__version__} ({platform.system()})"
_NOT_SENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
    httpx.ProxyError,
)
"""Failures from before the first byte of a request could leave."""


class UnreachableError(DmdxError):
    """No answer came. ``may_have_arrived`` tells whether the request may have, and so may have been obeyed."""

    retry = Retry.LATER

    def __init__(self, service: str, *, may_have_arrived: bool, timed_out: bool = False) -> None:
        what = "It took too long." if timed_out else "The connection could not be made, or broke."
        super().__init__(
            "offline", f"{service} cannot be reached.", what, "Work goes on by itself once it answers again."
        )
        self.may_have_arrived = may_have_arrived


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: ``json`` is None where the body is no JSON, such as a gateway's page."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    json: object | None

    @property
    def retry_after_s(self) -> float | None:
        """How long the service asks to be left alone, at most a minute; None where it does not say."""
        return wait_of(self.headers.get("retry-after"))


def make_client(
    service_url: str,
    *,
    headers: Mapping[str, str] | None = None,
    read_seconds: float = READ_SECONDS,
    keeps_connections: bool = True,
) -> httpx.AsyncClient:
    """A client of one service. The caller closes it."""
    local = is_loopback(urlsplit(service_url).hostname or "")
    return httpx.AsyncClient(
        base_url=service_url,
        headers={"User-Agent": USER_AGENT, **(headers or {})},
        timeout=httpx.Timeout(read_seconds, connect=CONNECT_SECONDS, pool=CONNECT_SECONDS),
        verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        follow_redirects=False,
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=20 if keeps_connections else 0),
        # A proxy is for the world outside: what listens on this computer is reached without one.
        trust_env=not local,
    )


async def call(
    client: httpx.AsyncClient,
    service: str,
    method: str,
    path: str,
    *,
    json: object = None,
    params: Mapping[str, str | int] | None = None,
    most_bytes: int = MOST_JSON_BYTES,
    read_seconds: float | None = None,
    heard: Callable[[Mapping[str, str]], None] | None = None,
) -> Answer:
    """Send one request, once, and read its whole answer. Raises ``UnreachableError``.

    ``heard`` is told the headers of an answer as soon as they are there, whatever becomes of the rest.
    """
    content = None if json is None else json_text.dumps(json).encode()
    headers = {} if content is None else {"Content-Type": "application/json"}
    timeout = (
        client.timeout
        if read_seconds is None
        else httpx.Timeout(read_seconds, connect=CONNECT_SECONDS, pool=CONNECT_SECONDS)
    )
    try:
        async with client.stream(
            method, path, content=content, headers=headers, params=params, timeout=timeout
        ) as response:
            if heard is not None:
                heard(response.headers)
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > most_bytes:
                    break
            return Answer(response.status_code, response.headers, bytes(body), read_json(bytes(body)))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        failure = unreachable(service, error)
    # Not where it was caught: the library's own error, which may hold an address or a key, would travel with this one.
    raise failure


def unreachable(service: str, error: Exception) -> UnreachableError:
    """What a failure of the library means. To be raised where it is no longer being handled."""
    return UnreachableError(
        service,
        may_have_arrived=not isinstance(error, _NOT_SENT),
        timed_out=isinstance(error, httpx.TimeoutException),
    )


def wait_of(retry_after: str | None) -> float | None:
    """Seconds of a ``Retry-After`` header, which has a number or a date; None for anything else."""
    if not retry_after:
        return None
    try:
        seconds = float(retry_after)
    except ValueError:
        moment = moment_of(retry_after)
        if moment is None:
            return None
        seconds = (moment - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), LONGEST_WAIT_S) if seconds == seconds else None


def moment_of(date: str) -> datetime | None:
    """The moment in a header that has a date; None for what is none."""
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC)


def read_json(body: bytes) -> object | None:
    """The JSON in a body; None where it is none."""
    try:
        found: object = json_text.loads(body)
    except (ValueError, RecursionError):
        return None
    return found
