"""Fetches finished pictures from wherever an engine put them, trusting neither address nor content. Core process.

Addresses come from a service and are hostile until checked: https only, no private, loopback or link-local address
behind the name (which is looked up once, and that very answer is connected to), no redirect, no key, bounded in size
and time, and as many bytes as were promised. Loopback is let through only where the service itself is on it.
"""

import asyncio
import base64
import contextlib
import ipaddress
import socket
import ssl
import urllib.request
from collections.abc import Awaitable, Callable, Iterable
from itertools import zip_longest
from typing import Any, Final
from urllib.parse import urlsplit

import httpcore
import truststore

from dmdx_desktop.errors import DmdxError, Retry
from dmdx_desktop.models.connection import is_loopback
from dmdx_desktop.services.http import CONNECT_SECONDS, USER_AGENT

TRY_SECONDS: Final = 3.0
"""Before the next address of a name is connected to instead."""
MOST_ADDRESSES: Final = 6
LARGEST_RESULT: Final = 100_000_000
READ_SECONDS: Final = 60.0
WHOLE_SECONDS: Final = 300.0
LONGEST_ADDRESS: Final = 8_000
NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
COMPATIBLE: Final = ipaddress.IPv6Network("::/96")
Write = Callable[[bytes], Awaitable[object]]


class RefusedAddressError(DmdxError):
    """The address of a result is none that may be fetched."""

    def __init__(self) -> None:
        super().__init__(
            "result_refused",
            "The finished picture was not fetched.",
            "The service named an address that is not safe to open.",
            "The picture stays with the service for seven days; see its website, or tell its support.",
        )


class DownloadError(DmdxError):
    """It could not be fetched now; later it may."""

    retry = Retry.LATER

    def __init__(self, *, is_gone: bool = False) -> None:
        super().__init__(
            "result_gone" if is_gone else "offline",
            "The finished picture could not be fetched.",
            "It is no longer there." if is_gone else "The connection broke, or what came was not whole.",
            "It is tried again by itself.",
        )
        self.is_gone = is_gone


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Connects to public addresses alone; to this computer only where that is let through."""

    def __init__(self, *, loopback_too: bool) -> None:
        self._backend = httpcore.AnyIOBackend()
        self._loopback_too = loopback_too

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature of the library
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Look the name up, check every address, and connect to the first that answers."""
        *earlier, last = _by_turns(await self.checked_addresses(host, port))[:MOST_ADDRESSES]
        seconds = TRY_SECONDS if timeout is None else min(TRY_SECONDS, timeout)
        for address in earlier:
            # Many networks announce addresses of one family that lead nowhere.
            with contextlib.suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return await self._backend.connect_tcp(address, port, seconds, local_address, socket_options)
        return await self._backend.connect_tcp(last, port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature of the library
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Never."""
        await self.sleep(0)
        raise httpcore.ConnectError("no such way")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    async def checked_addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host. Raises ``RefusedAddressError`` where any of them is private."""
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError(type(error).__name__) from None
        addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
        if not addresses or not all(self._is_allowed(address) for address in addresses):
            raise RefusedAddressError
        return addresses

    def _is_allowed(self, address: str) -> bool:
        try:
            parsed = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        real = _inner(parsed) if isinstance(parsed, ipaddress.IPv6Address) else parsed
        return (real.is_global and not real.is_multicast) or (self._loopback_too and real.is_loopback)


def _by_turns(addresses: list[str]) -> list[str]:
    """Addresses in their order, those of the two families by turns."""
    first = [address for address in addresses if (":" in address) == (":" in addresses[0])]
    second = [address for address in addresses if address not in first]
    return [address for pair in zip_longest(first, second) for address in pair if address is not None]


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """What an address leads to: of one that only wraps an IPv4 address, that one."""
    wrapped = address.ipv4_mapped or address.sixtofour
    if wrapped is None and not address.is_loopback and (address in NAT64 or address in COMPATIBLE):
        wrapped = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return wrapped or address


async def fetch(address: str, write: Write, *, service_url: str, largest: int = LARGEST_RESULT) -> int:
    """Hand what is at ``address`` to ``write``, piece by piece; returns how many bytes there were.

    Raises ``RefusedAddressError`` and ``DownloadError``. What came of a bare or ``data:`` base64 text is decoded.
    """
    if not address.startswith(("https://", "http://")):
        return await _written(_decoded(address, largest), write)
    local = is_loopback(urlsplit(service_url).hostname or "")
    _check(address, loopback_too=local)
    backend = CheckedBackend(loopback_too=local)
    try:
        async with asyncio.timeout(WHOLE_SECONDS):
            return await _streamed(address, write, backend, largest)
    except (
        httpcore.TimeoutException,
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.ProxyError,
        TimeoutError,
    ):
        raise DownloadError from None


async def _streamed(address: str, write: Write, backend: CheckedBackend, largest: int) -> int:
    tls = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    proxy = _proxy_for(address)
    if proxy is not None:
        # The proxy connects; what it is asked to connect to is checked here all the same.
        await backend.checked_addresses(urlsplit(address).hostname or "", 443)
    made = httpcore.AsyncConnectionPool(
        ssl_context=tls, network_backend=None if proxy else backend, proxy=proxy, max_connections=1
    )
    timeouts = {"connect": CONNECT_SECONDS, "read": READ_SECONDS, "write": READ_SECONDS, "pool": CONNECT_SECONDS}
    headers = [("User-Agent", USER_AGENT), ("Accept", "image/*"), ("Accept-Encoding", "identity")]
    async with (
        made as pool,
        pool.stream("GET", address, headers=headers, extensions={"timeout": timeouts}) as response,
    ):
        if response.status in (403, 404, 410):
            raise DownloadError(is_gone=True)
        if 300 <= response.status < 400:
            raise RefusedAddressError
        if response.status != 200:
            raise DownloadError
        promised = _length_of(response.headers)
        if promised is not None and promised > largest:
            raise RefusedAddressError
        got = 0
        async for chunk in response.aiter_stream():
            got += len(chunk)
            if got > largest:
                raise RefusedAddressError
            await write(chunk)
        if not got or (promised is not None and got != promised):
            raise DownloadError
        return got


def _check(address: str, *, loopback_too: bool) -> None:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise RefusedAddressError from None
    is_local = loopback_too and parts.scheme == "http" and is_loopback(host)
    if len(address) > LONGEST_ADDRESS or not host or parts.username is not None or not _is_plain(address):
        raise RefusedAddressError
    if parts.scheme != "https" and not is_local:
        raise RefusedAddressError


def _is_plain(address: str) -> bool:
    """Whether it has only what an address is written with: no space, control character or letter beyond ASCII."""
    return address.isascii() and address.isprintable() and " " not in address


def _proxy_for(address: str) -> httpcore.Proxy | None:
    """The proxy that the system wants for an address outside, if any."""
    host = urlsplit(address).hostname or ""
    proxy = urllib.request.getproxies().get("https")
    if not proxy or is_loopback(host) or urllib.request.proxy_bypass(host):
        return None
    return httpcore.Proxy(proxy)


def _length_of(headers: Iterable[tuple[bytes, bytes]]) -> int | None:
    for name, value in headers:
        if name.lower() == b"content-length" and value.isdigit():
            return int(value)
    return None


def _decoded(text: str, largest: int) -> bytes:
    body = text.partition(",")[2] if text.startswith("data:") else text
    if len(body) > largest * 4 // 3 + 4:
        raise RefusedAddressError
    try:
        return base64.b64decode(body, validate=True)
    except ValueError:
        raise RefusedAddressError from None


async def _written(content: bytes, write: Write) -> int:
    if not content:
        raise DownloadError
    await write(content)
    return len(content)
