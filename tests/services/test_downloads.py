"""Finished pictures come from safe addresses alone, whole and bounded, and nobody learns the key on the way."""

import base64
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlsplit

import httpcore
import pytest
from aiohttp import web
from PIL import Image

from dmdx_desktop.services import downloads
from dmdx_desktop.services.downloads import CheckedBackend, DownloadError, RefusedAddressError, fetch
from tests.servers.loopback import LoopbackServer, cut_connection
from tests.servers.wavespeed import WaveSpeedServer

ELSEWHERE = "https://service.example.invalid"
NAME = "0f2c-0.png"


def _picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (80, 60), (180, 140, 60)).save(file, "PNG")
    return file.getvalue()


PICTURE = _picture()


class Written:
    """Takes what is fetched."""

    def __init__(self) -> None:
        self.content = bytearray()

    async def __call__(self, piece: bytes) -> None:
        self.content += piece


class Odd(LoopbackServer):
    """Answers in ways that the storage of a service does not, and keeps the headers it was asked with."""

    def __init__(self) -> None:
        super().__init__()
        self.headers: list[dict[str, str]] = []

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/{what}", self._answer)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.headers.append(dict(request.headers))
        match request.match_info["what"]:
            case "empty":
                return web.Response()
            case "endless":
                response = web.StreamResponse()
                await response.prepare(request)
                for _ in range(100):
                    await response.write(b"\0" * 1000)
                return response
            case "cut":
                response = web.StreamResponse()
                await response.prepare(request)
                await response.write(PICTURE)
                return cut_connection(request)
            case what if what.isdigit():
                return web.Response(status=int(what), headers={"Location": "/good"} if what.startswith("3") else {})
            case _:
                return web.Response(body=PICTURE)


@pytest.fixture
def server() -> Iterator[WaveSpeedServer]:
    with WaveSpeedServer() as running:
        job = running.world.accept("m", {}, {}, webhook="", micro_usd=0, full_micro_usd=0)
        assert job is not None
        running.world.add_output(f"{job.id}-0.png", PICTURE)
        yield running


@pytest.fixture
def odd() -> Iterator[Odd]:
    with Odd() as running:
        yield running


@pytest.fixture
def written() -> Written:
    return Written()


def _address(server: WaveSpeedServer) -> str:
    return f"{server.storage.origin}/output/{server.world.predictions[0].id}-0.png"


async def test_fetch_writes_what_is_there_with_a_name_and_without_a_key(
    server: WaveSpeedServer, odd: Odd, written: Written
) -> None:
    assert await fetch(_address(server), written, service_url=server.origin) == len(PICTURE)
    assert bytes(written.content) == PICTURE
    assert server.world.keys_at_storage == 0
    await fetch(f"{odd.origin}/good", written, service_url=odd.origin)
    (headers,) = odd.headers
    assert headers["User-Agent"].startswith("DMDX-Studio/")
    assert not headers.keys() & {"Authorization", "Cookie", "Referer"}


async def test_fetch_without_a_promised_length_is_whole_all_the_same(server: WaveSpeedServer, written: Written) -> None:
    server.faults.download_tells_length = False
    assert await fetch(_address(server), written, service_url=server.origin) == len(PICTURE)


async def test_fetch_http_is_for_services_on_this_computer_alone(server: WaveSpeedServer, written: Written) -> None:
    with pytest.raises(RefusedAddressError):
        await fetch(_address(server), written, service_url=ELSEWHERE)
    with pytest.raises(RefusedAddressError):
        await fetch("http://storage.example.invalid/x.png", written, service_url=server.origin)
    assert not written.content
    assert server.world.calls()["download"] == 0


@pytest.mark.parametrize(
    "address",
    [
        "ftp://h/x", "file:///etc/passwd", "HTTP://127.0.0.1/x", "https://", "https:///x", "https://u@h/x",
        "https://u:p@h/x", "https://h:x/", "https://h:99999/", "https://[::1/", "https://h/é", "https://hé/",
        "https://h/ x", "https://h/\nx", "https://h/\x00", "https://h/" + "x" * 9_000, "//h/x", "/etc/passwd", "é",
        "not base64!", "data:image/png;base64,é",
    ],
)  # fmt: skip
async def test_fetch_addresses_that_are_none_are_refused(address: str, written: Written) -> None:
    with pytest.raises(RefusedAddressError) as caught:
        await fetch(address, written, service_url=ELSEWHERE)
    assert not written.content
    assert address[:9] not in str(caught.value)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.9.9.9", "localhost", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "10.0.0.1", "172.16.0.1",
        "192.168.1.1", "169.254.169.254", "fe80::1", "fd00::1", "100.64.0.1", "0.0.0.0", "::", "224.0.0.1", "ff02::1",
        "255.255.255.255", "198.18.0.1", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "2002:7f00:1::1", "2002:a00:1::1",
        "::127.0.0.1", "2130706433", "0x7f.1",
    ],
)  # fmt: skip
async def test_connecting_to_this_computer_or_its_network_is_refused(host: str, written: Written) -> None:
    with pytest.raises((RefusedAddressError, httpcore.ConnectError)) as caught:
        await CheckedBackend(loopback_too=False).checked_addresses(host, 443)
    told = f"[{host}]" if ":" in host else host
    with pytest.raises((RefusedAddressError, DownloadError)):
        await fetch(f"https://{told}/x.png", written, service_url=ELSEWHERE)
    assert host not in str(caught.value)


@pytest.mark.parametrize("host", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808", "::ffff:8.8.8.8"])
async def test_connecting_to_the_world_is_allowed(host: str) -> None:
    assert await CheckedBackend(loopback_too=False).checked_addresses(host, 443)


@pytest.mark.parametrize(
    ("host", "allowed"), [("127.0.0.1", True), ("::1", True), ("10.0.0.1", False), ("fe80::1", False)]
)
async def test_connecting_for_a_service_on_this_computer_lets_loopback_through_alone(host: str, allowed: bool) -> None:
    backend = CheckedBackend(loopback_too=True)
    if allowed:
        assert await backend.checked_addresses(host, 443) == [host]
    else:
        with pytest.raises(RefusedAddressError):
            await backend.checked_addresses(host, 443)


async def test_connecting_to_a_name_with_one_private_address_among_others_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [(2, 1, 6, "", ("8.8.8.8", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
    with pytest.raises(RefusedAddressError):
        await CheckedBackend(loopback_too=False).checked_addresses("storage.example.invalid", 443)
    found.pop()
    assert await CheckedBackend(loopback_too=False).checked_addresses("storage.example.invalid", 443) == ["8.8.8.8"]


async def test_fetch_goes_on_to_the_next_address_of_a_name_where_one_does_not_answer(
    odd: Odd, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = urlsplit(odd.origin).port
    nowhere = (10, 1, 6, "", ("::1", port, 0, 0))
    here = (2, 1, 6, "", ("127.0.0.1", port))
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [nowhere, nowhere, here])
    assert await fetch(f"http://localhost:{port}/good", written, service_url=odd.origin)


async def test_connecting_another_way_is_refused() -> None:
    with pytest.raises(httpcore.ConnectError):
        await CheckedBackend(loopback_too=True).connect_unix_socket("/run/x")


@pytest.mark.parametrize("redirect", [301, 302, 307, 308])
async def test_fetch_follows_no_redirect(odd: Odd, written: Written, redirect: int) -> None:
    with pytest.raises(RefusedAddressError):
        await fetch(f"{odd.origin}/{redirect}", written, service_url=odd.origin)
    assert len(odd.headers) == 1


async def test_fetch_follows_no_redirect_of_the_storage(server: WaveSpeedServer, written: Written) -> None:
    server.faults.download_redirects = 1
    with pytest.raises(RefusedAddressError):
        await fetch(_address(server), written, service_url=server.origin)
    assert server.world.calls()["download"] == 1


@pytest.mark.parametrize("tells_length", [True, False])
async def test_fetch_more_than_is_allowed_is_refused(
    server: WaveSpeedServer, written: Written, tells_length: bool
) -> None:
    server.faults.download_oversize, server.faults.download_tells_length = 3_000_000, tells_length
    with pytest.raises(RefusedAddressError):
        await fetch(_address(server), written, service_url=server.origin, largest=1_000_000)
    assert len(written.content) <= (0 if tells_length else 1_000_000)


async def test_fetch_what_is_exactly_as_large_as_allowed_is_taken(odd: Odd, written: Written) -> None:
    assert await fetch(f"{odd.origin}/endless", written, service_url=odd.origin, largest=100_000) == 100_000


async def test_fetch_of_what_broke_off_is_tried_again_later(
    server: WaveSpeedServer, odd: Odd, written: Written
) -> None:
    server.faults.download_truncated = 1
    for address in (
        _address(server),
        f"{odd.origin}/cut",
        f"{odd.origin}/empty",
        f"{odd.origin}/500",
        f"{odd.origin}/206",
    ):
        with pytest.raises(DownloadError) as caught:
            await fetch(address, Written(), service_url=server.origin)
        assert (caught.value.code, caught.value.is_gone) == ("offline", False)
    await fetch(_address(server), written, service_url=server.origin)
    assert bytes(written.content) == PICTURE


async def test_fetch_that_trickles_ends_after_its_time(
    server: WaveSpeedServer, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "WHOLE_SECONDS", 0.3)
    server.faults.download_trickle = 40
    with pytest.raises(DownloadError):
        await fetch(_address(server), written, service_url=server.origin)
    assert len(written.content) < len(PICTURE)


async def test_fetch_of_what_is_no_longer_there_says_so(server: WaveSpeedServer, odd: Odd, written: Written) -> None:
    server.faults.download_403 = 1
    for address in (_address(server), f"{odd.origin}/404", f"{odd.origin}/410"):
        with pytest.raises(DownloadError) as caught:
            await fetch(address, written, service_url=server.origin)
        assert (caught.value.code, caught.value.is_gone) == ("result_gone", True)


async def test_fetch_from_where_nobody_listens_is_tried_again_later(written: Written) -> None:
    with Odd() as gone:
        pass
    with pytest.raises(DownloadError) as caught:
        await fetch(f"{gone.origin}/x?signature=q7canaryZ9", written, service_url=gone.origin)
    assert "q7" not in f"{caught.value!r} {caught.value.__cause__!r}"


async def test_fetch_leaves_the_judgement_of_the_content_to_others(server: WaveSpeedServer, written: Written) -> None:
    server.faults.download_wrong_type = True
    await fetch(_address(server), written, service_url=server.origin)
    assert written.content.startswith(b"\xff\xd8\xff")
    server.faults.download_html = True
    page = Written()
    await fetch(_address(server), page, service_url=server.origin)
    assert page.content.startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize("start", ["", "data:image/png;base64,", "data:;base64,"])
async def test_fetch_of_a_picture_in_place_decodes_it(start: str, written: Written) -> None:
    text = start + base64.b64encode(PICTURE).decode()
    assert await fetch(text, written, service_url=ELSEWHERE) == len(PICTURE)
    assert bytes(written.content) == PICTURE
    with pytest.raises(RefusedAddressError):
        await fetch(text, written, service_url=ELSEWHERE, largest=len(PICTURE) // 2)


@pytest.mark.parametrize("text", ["", "data:image/png;base64,", "data:"])
async def test_fetch_of_an_empty_text_is_no_picture(text: str, written: Written) -> None:
    with pytest.raises(DownloadError):
        await fetch(text, written, service_url=ELSEWHERE)
