"""How services are spoken to: one request each, bounded answers, and failures that say whether it may have arrived."""

import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from dmdx_desktop.services.http import LONGEST_WAIT_S, UnreachableError, call, make_client, moment_of, wait_of
from tests.servers.loopback import LoopbackServer
from tests.servers.tcp_proxy import TcpProxy, Toxic

CANARY = "q7canary-of-a-signatureZ9"
SERVICE = "A service"


class Told(LoopbackServer):
    """Answers with what it was told to, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.body = b'{"good": true}'
        self.asked = list[tuple[str, str, bytes, dict[str, str]]]()

    def add_routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/{rest:.*}", self._answer)

    async def _answer(self, request: web.Request) -> web.Response:
        self.asked.append((request.method, request.path_qs, await request.read(), dict(request.headers)))
        return web.Response(body=self.body, headers={"Retry-After": "7"})


@pytest.fixture
def server() -> Iterator[Told]:
    with Told() as running:
        yield running


@pytest.fixture
def proxy(server: Told) -> Iterator[TcpProxy]:
    with TcpProxy("127.0.0.1", int(server.origin.rpartition(":")[2])) as running:
        yield running


@asynccontextmanager
async def _client(url: str, read_seconds: float = 5.0) -> AsyncIterator[httpx.AsyncClient]:
    client = make_client(url, headers={"Authorization": f"Bearer {CANARY}"}, read_seconds=read_seconds)
    try:
        yield client
    finally:
        await client.aclose()


def _told_by(error: BaseException) -> str:
    """Everything that a log or a crash report could write of an error and of those behind it."""
    words, seen = list[str](), set[int]()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        words += [str(one), repr(one), *map(repr, one.args)]
        waiting += [one.__cause__, one.__context__]
    return "\n".join([*words, *traceback.format_exception(error)])


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0), ("0", 0.0), ("1.5", 1.5), ("-3", 0.0), ("999999", LONGEST_WAIT_S), ("inf", LONGEST_WAIT_S),
        ("nan", None), ("", None), (None, None), ("soon", None),
        ("Mon, 99999999999999999999 Jan 2026 00:00:00 GMT", None),
        ("Mon, 05 Jan 2026 00:00:00 +9999999999999999", None), ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("Thu, 01 Jan 1970 00:00:00 -0000", 0.0), ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT_S),
    ],
)  # fmt: skip
def test_wait_of_takes_numbers_and_dates_and_nothing_else(header: str | None, seconds: float | None) -> None:
    assert wait_of(header) == seconds


def test_wait_of_a_date_is_the_time_until_then() -> None:
    then = datetime.now(UTC) + timedelta(seconds=30)
    wait = wait_of(format_datetime(then, usegmt=True))
    assert wait is not None
    assert 25 < wait <= 30


@given(st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60))
def test_wait_of_any_header_never_fails_and_stays_within_a_minute(header: str) -> None:
    wait = wait_of(header)
    assert wait is None or 0 <= wait <= LONGEST_WAIT_S
    moment_of(header)


async def test_call_sends_json_once_and_reads_the_answer(server: Told) -> None:
    async with _client(server.origin) as client:
        answer = await call(client, SERVICE, "POST", "/x", json={"a": 1}, params={"b": 2})
    assert (answer.status, answer.json, answer.retry_after_s) == (200, {"good": True}, 7.0)
    ((method, path, body, headers),) = server.asked
    assert (method, path, body) == ("POST", "/x?b=2", b'{"a": 1}')
    assert headers["Content-Type"] == "application/json"
    assert headers["User-Agent"].startswith("DMDX-Studio/")


async def test_call_an_answer_that_is_too_large_is_cut_and_is_no_json(server: Told) -> None:
    server.body = b'{"x": "' + b"y" * 3_000_000 + b'"}'
    async with _client(server.origin) as client:
        answer = await call(client, SERVICE, "GET", "/x", most_bytes=100_000)
    assert answer.json is None
    assert 100_000 < len(answer.body) < 1_000_000


@pytest.mark.parametrize("body", [b"<html>", b"", b"\xff\xfe\x00", b"[" * 200_000, b'{"a": ' + b"9" * 5_000 + b"}"])
async def test_call_a_body_that_is_no_json_is_none(server: Told, body: bytes) -> None:
    server.body = body
    async with _client(server.origin) as client:
        assert (await call(client, SERVICE, "GET", "/x")).json is None


async def test_client_of_this_computer_uses_no_proxy_and_others_do(
    server: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with Told() as middle:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, middle.origin)
        async with _client(server.origin) as client:
            await call(client, SERVICE, "GET", "/mine")
        async with _client("http://service.invalid") as client:
            await call(client, SERVICE, "GET", "/outside")
        assert [asked[1] for asked in server.asked] == ["/mine"]
        assert [asked[3]["Host"] for asked in middle.asked] == ["service.invalid"]


async def test_call_a_redirect_is_an_answer_and_is_not_followed(server: Told, proxy: TcpProxy) -> None:
    proxy.toxic = Toxic.CAPTIVE_PORTAL
    async with _client(proxy.origin) as client:
        answer = await call(client, SERVICE, "POST", "/x", json={})
        assert (answer.status, answer.json) == (302, None)
        proxy.portal_redirects = False
        answer = await call(client, SERVICE, "POST", "/x", json={})
        assert (answer.status, answer.json) == (200, None)
    assert not server.asked


@pytest.mark.parametrize(
    ("toxic", "may_have_arrived", "arrived"),
    [
        (Toxic.REFUSE, False, False),
        (Toxic.RESET, True, False),  # ten bytes have left by then: nobody here can know that no more did
        (Toxic.HALF_OPEN, True, False),
        (Toxic.BLACK_HOLE, True, False),
        (Toxic.CUT_AFTER_BODY, True, True),
        (Toxic.ONE_BYTE_PER_SECOND, True, True),
    ],
)
async def test_call_over_a_bad_network_says_whether_it_may_have_arrived(
    server: Told, proxy: TcpProxy, toxic: Toxic, may_have_arrived: bool, arrived: bool
) -> None:
    proxy.toxic = toxic
    async with _client(proxy.origin, read_seconds=0.3) as client:
        with pytest.raises(UnreachableError) as caught:
            await call(client, SERVICE, "POST", f"/x?token={CANARY}", json={"a": 1})
    assert caught.value.may_have_arrived is may_have_arrived
    assert len(server.asked) == arrived
    assert caught.value.code == "offline"
    assert CANARY not in _told_by(caught.value)
    assert proxy.origin not in _told_by(caught.value)


async def test_call_a_kept_connection_that_is_gone_is_made_anew(server: Told, proxy: TcpProxy) -> None:
    async with _client(proxy.origin) as client:
        await call(client, SERVICE, "GET", "/1")
        proxy.toxic = Toxic.REFUSE
        with pytest.raises(UnreachableError) as caught:
            await call(client, SERVICE, "GET", "/2")
        assert not caught.value.may_have_arrived
        proxy.toxic = Toxic.NONE
        assert (await call(client, SERVICE, "GET", "/3")).status == 200
    assert [asked[1] for asked in server.asked] == ["/1", "/3"]


async def test_call_a_slow_answer_is_waited_for(proxy: TcpProxy) -> None:
    proxy.toxic, proxy.latency_s = Toxic.LATENCY, 0.2
    async with _client(proxy.origin) as client:
        assert (await call(client, SERVICE, "GET", "/x")).status == 200


@pytest.mark.parametrize("path", [f"/x\x00{CANARY}", f"/{CANARY}" + "y" * 70_000])
async def test_call_an_address_that_is_none_is_a_failure_before_anything_was_sent(server: Told, path: str) -> None:
    async with _client(server.origin) as client:
        with pytest.raises(UnreachableError) as caught:
            await call(client, SERVICE, "GET", path)
    assert not caught.value.may_have_arrived
    assert CANARY not in _told_by(caught.value)
    assert not server.asked


async def test_call_a_key_that_is_no_header_does_not_come_back_in_the_error(server: Told) -> None:
    client = make_client(server.origin, headers={"Authorization": f"Bearer {CANARY}\n"})
    try:
        with pytest.raises(UnreachableError) as caught:
            await call(client, SERVICE, "GET", "/x")
    finally:
        await client.aclose()
    assert CANARY not in _told_by(caught.value)
