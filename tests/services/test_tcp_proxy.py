"""The proxy of the tests spoils connections as it says. httpx asks in the test's thread."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from aiohttp import web

from tests.servers.loopback import LoopbackServer
from tests.servers.tcp_proxy import TcpProxy, Toxic

BRIEF = httpx.Timeout(3.0, read=0.3)


class Echo(LoopbackServer):
    """Answers with what it is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.got = list[bytes]()

    def add_routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/{rest:.*}", self._echo)

    async def _echo(self, request: web.Request) -> web.Response:
        data = await request.read()
        self.got.append(data)
        return web.Response(body=data or b"empty")


@pytest.fixture
def echo() -> Iterator[Echo]:
    with Echo() as running:
        yield running


@pytest.fixture
def proxy(echo: Echo) -> Iterator[TcpProxy]:
    with TcpProxy("127.0.0.1", int(echo.origin.rpartition(":")[2])) as running:
        yield running


@pytest.fixture
def client(proxy: TcpProxy) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=proxy.origin, timeout=3.0, trust_env=False) as made:
        yield made


def test_proxy_nothing_wrong_passes_all_on_and_counts(echo: Echo, proxy: TcpProxy, client: httpx.Client) -> None:
    data = bytes(range(256)) * 4000
    assert client.post("/", content=data).content == data
    assert client.get("/").content == b"empty"
    assert echo.got == [data, b""]
    assert proxy.connections == 1
    assert min(proxy.bytes_asked, proxy.bytes_answered) > len(data)


def test_proxy_latency_and_trickle_make_answers_late(proxy: TcpProxy, client: httpx.Client) -> None:
    client.get("/")
    proxy.toxic, before = Toxic.LATENCY, time.monotonic()
    assert client.get("/").content == b"empty"
    assert time.monotonic() - before >= 0.4
    proxy.toxic, proxy.byte_s = Toxic.ONE_BYTE_PER_SECOND, 0.002
    counted, before = proxy.bytes_answered, time.monotonic()
    assert client.get("/").content == b"empty"
    assert time.monotonic() - before >= 0.002 * (proxy.bytes_answered - counted - 1) > 0.1


def test_proxy_reset_keeps_the_request_and_cut_keeps_the_answer(
    echo: Echo, proxy: TcpProxy, client: httpx.Client
) -> None:
    proxy.toxic = Toxic.RESET
    with pytest.raises(httpx.NetworkError):
        client.get("/")
    # Sent in two pieces, of which the second may meet the reset: httpx then finds an end without an answer.
    with pytest.raises(httpx.TransportError):
        client.post("/", content=b"lost")
    proxy.toxic = Toxic.CUT_AFTER_BODY
    with pytest.raises(httpx.TransportError):
        client.post("/", content=b"done")
    assert echo.got == [b"done"]
    assert proxy.bytes_answered == 0


def test_proxy_refuse_resets_all_until_it_is_over(proxy: TcpProxy, client: httpx.Client) -> None:
    client.get("/")
    proxy.toxic = Toxic.REFUSE
    for _ in range(2):
        with pytest.raises(httpx.ConnectError):
            client.get("/")
    assert proxy.connections == 1
    proxy.toxic = Toxic.NONE
    assert client.get("/").content == b"empty"
    assert proxy.connections == 2


def test_proxy_half_open_and_black_hole_never_answer(echo: Echo, proxy: TcpProxy, client: httpx.Client) -> None:
    for toxic in (Toxic.HALF_OPEN, Toxic.BLACK_HOLE):
        proxy.toxic = toxic
        with pytest.raises(httpx.ReadTimeout):
            client.post("/", content=b"lost", timeout=BRIEF)
    with pytest.raises(httpx.WriteTimeout):
        client.post("/", content=bytes(30_000_000), timeout=httpx.Timeout(3.0, write=0.3))
    assert echo.got == []
    assert proxy.bytes_answered == 0


def test_proxy_captive_portal_answers_in_the_servers_place(echo: Echo, proxy: TcpProxy, client: httpx.Client) -> None:
    client.get("/")
    proxy.toxic = Toxic.CAPTIVE_PORTAL
    response = client.post("/api", content=bytes(1_000_000))
    assert (response.status_code, response.headers["Location"]) == (302, f"{proxy.origin}/login")
    page = client.get("/api", follow_redirects=True)
    assert (page.status_code, page.headers["Content-Type"], b"<html>" in page.content) == (200, "text/html", True)
    proxy.portal_redirects = False
    assert client.post("/api", content=b"{}").status_code == 200
    assert echo.got == [b""]


def test_proxy_black_hole_that_ends_lets_what_was_under_way_arrive(proxy: TcpProxy, client: httpx.Client) -> None:
    client.get("/")
    proxy.toxic = Toxic.BLACK_HOLE
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(client.post, "/", content=b"late")
        time.sleep(0.1)
        assert not late.done()
        proxy.toxic = Toxic.NONE
        assert late.result(3.0).content == b"late"
    assert proxy.connections == 1
