"""Objects in a bucket: created once and whole, at addresses that only their request has, and all of them deleted."""

import asyncio
import base64
import hashlib
import http.server
import ipaddress
import re
import socket
import ssl
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import botocore.endpoint
import httpx
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.httpsession import URLLib3Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from dmdx_desktop.errors import AccountError, DmdxError, Retry
from dmdx_desktop.services import r2 as r2_module
from dmdx_desktop.services.http import UnreachableError
from dmdx_desktop.services.r2 import MARKER, R2, StorageKeys
from tests.servers.r2 import R2Server
from tests.servers.tcp_proxy import TcpProxy, Toxic

KEY = "lib/0/j/1/r/ring (blå) + 50%.jpg"
CONTENT = b"0123456789" * 100
STORAGE = "storage.example.invalid"
KEYS = StorageKeys("q7idZ9", "q7secretZ9")


class _NoTime:
    """In place of the module ``time`` where the library waits before it asks again."""

    def __init__(self) -> None:
        self.waits = 0

    def sleep(self, seconds: float) -> None:
        self.waits += 1


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> _NoTime:
    instead = _NoTime()
    monkeypatch.setattr(botocore.endpoint, "time", instead)
    return instead


@pytest.fixture
def server() -> Iterator[R2Server]:
    with R2Server() as running:
        yield running


@asynccontextmanager
async def _bucket(
    server: R2Server, *, endpoint: str = "", bucket: str = "", keys: StorageKeys | None = None
) -> AsyncIterator[R2]:
    of_server = StorageKeys(server.access_key_id, server.secret_access_key)
    client = R2(endpoint or server.endpoint, bucket or server.bucket, keys or of_server)
    try:
        yield client
    finally:
        await client.close()


def _anyone() -> httpx.AsyncClient:
    """Somebody without keys, such as an engine."""
    return httpx.AsyncClient(trust_env=False)


# Objects


async def test_put_once_twice_writes_once_and_what_is_there_is_whole(server: R2Server) -> None:
    async with _bucket(server) as bucket:
        await bucket.put_once(KEY, CONTENT, "image/jpeg")
        await bucket.put_once(KEY, CONTENT, "image/jpeg")
        assert await bucket.get(KEY) == CONTENT
        assert await bucket.keys("lib/0/j/1/") == [KEY]
    stored = server.world.objects()[KEY]
    assert stored.headers["content-type"] == "image/jpeg"
    assert stored.checksum_sha256 == base64.b64encode(hashlib.sha256(CONTENT).digest()).decode()
    assert server.world.writes_per_key == {KEY: 1}
    assert [seen.status for seen in server.world.requests("PutObject")] == [200, 412]


async def test_put_once_over_something_of_another_length_says_so(server: R2Server) -> None:
    server.world.place(KEY, CONTENT[:-1])
    async with _bucket(server) as bucket:
        with pytest.raises(DmdxError) as caught:
            await bucket.put_once(KEY, CONTENT, "image/jpeg")
    assert (caught.value.code, caught.value.retry) == ("storage_not_true", Retry.LATER)
    assert server.world.content(KEY) == CONTENT[:-1]


async def test_put_once_whose_answer_is_lost_is_there_all_the_same(server: R2Server, waits: _NoTime) -> None:
    server.faults.lose_answers_next = 1
    async with _bucket(server) as bucket:
        await bucket.put_once(KEY, CONTENT, "image/jpeg")
    assert (server.world.writes_per_key, waits.waits) == ({KEY: 1}, 1)


@pytest.mark.parametrize("status", [500, 503])
async def test_put_once_trouble_that_passes_is_tried_again(server: R2Server, waits: _NoTime, status: int) -> None:
    server.faults.fail_next = [status]
    async with _bucket(server) as bucket:
        await bucket.put_once(KEY, CONTENT, "image/jpeg")
        server.faults.fail_next = [status] * 9
        with pytest.raises(DmdxError) as caught:
            await bucket.get(KEY)
    assert (caught.value.code, caught.value.retry) == ("service_down", Retry.LATER)
    assert 2 <= 9 - len(server.faults.fail_next) <= 6


async def test_put_once_too_often_is_for_later(server: R2Server, waits: _NoTime) -> None:
    server.faults.too_many_requests_next = 9
    async with _bucket(server) as bucket:
        with pytest.raises(DmdxError) as caught:
            await bucket.put_once(KEY, CONTENT, "image/jpeg")
    assert (caught.value.code, caught.value.retry) == ("service_down", Retry.LATER)


@pytest.mark.parametrize(
    "keys", [KEYS, StorageKeys("", ""), StorageKeys("q7idZ9", "q7secretZ9", "q7tokenZ9"), StorageKeys("é", "q7")]
)
async def test_wrong_keys_are_an_account_error(server: R2Server, keys: StorageKeys) -> None:
    async with _bucket(server, keys=keys) as bucket:
        for work in (bucket.put_once(KEY, CONTENT, "image/jpeg"), bucket.get(KEY), bucket.delete_below("lib/")):
            with pytest.raises(AccountError) as caught:
                await work
            assert caught.value.code == "storage_key_refused"
            assert "q7" not in f"{caught.value!r} {caught.value.remedy}"


async def test_a_wrong_secret_is_an_account_error(server: R2Server) -> None:
    async with _bucket(server, keys=StorageKeys(server.access_key_id, "q7")) as bucket:
        with pytest.raises(AccountError):
            await bucket.put_once(KEY, CONTENT, "image/jpeg")


def test_storage_keys_show_nothing() -> None:
    assert "q7" not in repr(StorageKeys("q7idZ9", "q7secretZ9", "q7tokenZ9"))


async def test_temporary_keys_work_and_their_end_is_an_account_error(server: R2Server) -> None:
    for ttl_s, works in ((900.0, True), (-10.0, False)):
        made = server.mint(ttl_s=ttl_s)
        keys = StorageKeys(made.access_key_id, made.secret_access_key, made.session_token)
        async with _bucket(server, keys=keys) as bucket:
            if works:
                await bucket.put_once(KEY, CONTENT, "image/jpeg")
                async with _anyone() as anyone:
                    assert (await anyone.get(await bucket.address_of(KEY))).content == CONTENT
            else:
                with pytest.raises(AccountError):
                    await bucket.get(KEY)


async def test_a_bucket_that_there_is_not_and_an_object_that_there_is_not(server: R2Server) -> None:
    async with _bucket(server, bucket="another") as bucket:
        with pytest.raises(AccountError) as caught:
            await bucket.put_once(KEY, CONTENT, "image/jpeg")
        assert caught.value.code == "no_bucket"
    async with _bucket(server) as bucket:
        with pytest.raises(DmdxError) as missing:
            await bucket.get(KEY)
        assert missing.value.code == "storage_refused"


@pytest.mark.parametrize("bucket_name", ["", "Not A Bucket!", "../x"])
async def test_a_bucket_name_that_is_none_is_no_unexpected_failure(server: R2Server, bucket_name: str) -> None:
    client = R2(server.endpoint, bucket_name, StorageKeys(server.access_key_id, server.secret_access_key))
    try:
        with pytest.raises(DmdxError) as caught:
            await client.put_once(KEY, CONTENT, "image/jpeg")
        assert caught.value.code in ("storage_refused", "no_bucket")
    finally:
        await client.close()


@pytest.mark.parametrize("toxic", [Toxic.REFUSE, Toxic.RESET, Toxic.CUT_AFTER_BODY])
async def test_a_bucket_out_of_reach_is_told_without_its_address(
    server: R2Server, waits: _NoTime, toxic: Toxic
) -> None:
    with TcpProxy("127.0.0.1", int(server.origin.rpartition(":")[2])) as proxy:
        proxy.toxic = toxic
        async with _bucket(server, endpoint=proxy.origin) as bucket:
            with pytest.raises(UnreachableError) as caught:
                await bucket.put_once(KEY, CONTENT, "image/jpeg")
            assert caught.value.may_have_arrived
            assert proxy.origin not in f"{caught.value!r} {caught.value.__context__!r}"
            proxy.toxic = Toxic.NONE
            await bucket.put_once(KEY, CONTENT, "image/jpeg")
    assert server.world.writes_per_key == {KEY: 1}


async def test_trial_says_what_works_and_leaves_nothing(server: R2Server) -> None:
    async with _bucket(server) as bucket:
        sentences = await bucket.trial()
    assert sentences[0] == "The keys work."
    assert any("on this computer" in sentence for sentence in sentences)
    assert not server.world.objects()


# Addresses


async def test_address_with_a_marker_is_read_by_anyone_and_cannot_be_changed(server: R2Server) -> None:
    server.world.place(KEY, CONTENT)
    async with _bucket(server) as bucket:
        address = await bucket.address_of(KEY, marker="0f2c & =?é")
        plain = await bucket.address_of(KEY)
    async with _anyone() as anyone:
        assert (await anyone.get(address)).content == CONTENT
        assert (await anyone.get(plain)).content == CONTENT
        assert dict(parse_qsl(urlsplit(address).query))[MARKER] == "0f2c & =?é"
        assert MARKER not in dict(parse_qsl(urlsplit(plain).query))
        changed = re.sub(rf"([?&]{MARKER}=)0f2c", r"\g<1>0f2d", address)
        dropped = re.sub(rf"([?&]){MARKER}=[^&]*&?", r"\1", address).rstrip("&")
        for other in (
            changed,
            dropped,
            f"{plain}&{MARKER}=0f2c",
            address.replace("X-Amz-Expires=3600", "X-Amz-Expires=9"),
        ):
            assert other not in (address, plain)
            assert (await anyone.get(other)).status_code == 403


async def test_addresses_signed_at_the_same_time_each_have_their_own_marker(server: R2Server) -> None:
    server.world.place(KEY, CONTENT)
    async with _bucket(server) as bucket:
        markers = [f"marker-{number}" for number in range(50)]
        addresses = await asyncio.gather(*(bucket.address_of(KEY, marker=marker) for marker in markers))
        unmarked = await bucket.address_of(KEY)
    found = [[value for name, value in parse_qsl(urlsplit(one).query) if name == MARKER] for one in addresses]
    assert found == [[marker] for marker in markers]
    assert MARKER not in dict(parse_qsl(urlsplit(unmarked).query))
    async with _anyone() as anyone:
        assert {(await anyone.get(address)).status_code for address in addresses[::7]} == {200}


async def test_addresses_signed_while_objects_are_read_leave_the_reading_alone(server: R2Server) -> None:
    server.world.place(KEY, CONTENT)
    async with _bucket(server) as bucket:
        works = [bucket.get(KEY) if number % 2 else bucket.address_of(KEY, marker="m") for number in range(40)]
        await asyncio.gather(*works)
    assert all(MARKER not in seen.query for seen in server.world.requests("GetObject"))


# Deleting


async def test_delete_below_takes_everything_below_and_nothing_beside(server: R2Server) -> None:
    for number in range(1_003):
        server.world.place(f"lib/0/j/1/{number}", b"x")
    server.world.place("lib/0/j/10", b"x")
    server.world.place("lib/0/j/2/1", b"x")
    async with _bucket(server) as bucket:
        assert await bucket.delete_below("lib/0/j/1/") == 1_003
        assert await bucket.delete_below("lib/0/j/1/") == 0
    assert server.world.keys() == ["lib/0/j/10", "lib/0/j/2/1"]


async def test_delete_below_where_the_checksum_is_refused_goes_one_by_one(server: R2Server) -> None:
    server.faults.refuse_checksum_on_delete = True
    for number in range(5):
        server.world.place(f"lib/{number}", b"x")
    async with _bucket(server) as bucket:
        assert await bucket.delete_below("lib/") == 5
    assert not server.world.keys()
    assert len(server.world.requests("DeleteObject")) == 5


async def test_delete_below_what_stays_is_told(server: R2Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(r2_module, "MOST_ROUNDS", 3)
    server.faults.delete_fails_for = {"lib/1"}
    for number in range(3):
        server.world.place(f"lib/{number}", b"x")
    async with _bucket(server) as bucket:
        with pytest.raises(DmdxError) as caught:
            await bucket.delete_below("lib/")
    assert (caught.value.code, caught.value.retry) == ("storage_not_empty", Retry.LATER)
    assert server.world.keys() == ["lib/1"]


# Over TLS


class _Body:
    """The body of an answer, as the library reads it."""

    def stream(self, **_: object) -> Iterator[bytes]:
        return iter(())


async def test_put_once_over_https_is_sent_as_r2_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over plain http the library never sends in chunks with a trailer, so that no server here could tell."""
    seen: list[AWSPreparedRequest] = []

    def answered(session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
        seen.append(request)
        return AWSResponse(request.url, 200, {"Content-Length": str(len(CONTENT))}, _Body())

    monkeypatch.setattr(URLLib3Session, "send", answered)
    client = R2(f"https://{STORAGE}", "studio", KEYS)
    try:
        await client.put_once(KEY, CONTENT, "image/jpeg")
    finally:
        await client.close()
    put, head = seen
    assert (put.method, head.method) == ("PUT", "HEAD")
    headers = {name.lower(): value if isinstance(value, str) else value.decode() for name, value in put.headers.items()}
    assert "aws-chunked" not in headers.get("content-encoding", "")
    assert not headers.keys() & {"x-amz-trailer", "transfer-encoding", "x-amz-sdk-checksum-algorithm"}
    assert headers["x-amz-content-sha256"] == hashlib.sha256(CONTENT).hexdigest()
    assert headers["x-amz-checksum-sha256"] == base64.b64encode(hashlib.sha256(CONTENT).digest()).decode()
    assert headers["if-none-match"] == "*"
    assert put.url.startswith(f"https://{STORAGE}/studio/")


@dataclass(frozen=True)
class _Authority:
    """Who vouches for the server of these tests, and for nothing else."""

    file: Path
    chain: Path


@pytest.fixture
def authority(tmp_path: Path) -> _Authority:
    key, ca_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Tests")])
    now = datetime.now(UTC)

    def certificate(name: x509.Name, public: ec.EllipticCurvePublicKey, *, is_ca: bool) -> x509.Certificate:
        built = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(ca_name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
        )
        if is_ca:
            usage = x509.KeyUsage(
                digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
                key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
            )  # fmt: skip
            built = built.add_extension(usage, critical=True)
        else:
            names = [x509.DNSName(STORAGE), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            built = built.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return built.sign(ca_key, hashes.SHA256())

    pem = serialization.Encoding.PEM
    ca, chain = tmp_path / "ca.pem", tmp_path / "chain.pem"
    ca.write_bytes(certificate(ca_name, ca_key.public_key(), is_ca=True).public_bytes(pem))
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, STORAGE)])
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    chain.write_bytes(private + certificate(name, key.public_key(), is_ca=False).public_bytes(pem))
    return _Authority(ca, chain)


class _Handler(http.server.BaseHTTPRequestHandler):
    """Takes every object."""

    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(0)

    def do_HEAD(self) -> None:
        self._answer(len(CONTENT))

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def _answer(self, length: int) -> None:
        self.server.asked.append(self.command)  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Length", str(length))
        self.send_header("Connection", "close")
        self.end_headers()


class _TlsServer(http.server.HTTPServer):
    """One connection after the other; a handshake that fails is the client's affair."""

    def __init__(self, chain: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain)
        self._context = context

    def get_request(self) -> tuple[Any, Any]:
        raw, address = super().get_request()
        try:
            return self._context.wrap_socket(raw, server_side=True), address
        except OSError:
            raw.close()
            raise


@contextmanager
def _tls_server(chain: Path) -> Iterator[_TlsServer]:
    server = _TlsServer(chain)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="tls")
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


TRUSTED_BY_VARIABLE = pytest.mark.skipif(sys.platform != "linux", reason="trust is not set by a variable there")


@pytest.mark.parametrize("trusted", [False, pytest.param(True, marks=TRUSTED_BY_VARIABLE)])
async def test_a_certificate_is_taken_where_the_system_trusts_it_and_nowhere_else(
    authority: _Authority, waits: _NoTime, monkeypatch: pytest.MonkeyPatch, trusted: bool
) -> None:
    real = socket.getaddrinfo

    def found(host: str, *arguments: Any, **named: Any) -> Any:
        return real("127.0.0.1" if host == STORAGE else host, *arguments, **named)

    monkeypatch.setattr(socket, "getaddrinfo", found)
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    else:
        monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with _tls_server(authority.chain) as server:
        client = R2(f"https://{STORAGE}:{server.server_port}", "studio", KEYS)
        try:
            if trusted:
                await client.put_once(KEY, CONTENT, "image/jpeg")
            else:
                with pytest.raises(UnreachableError):
                    await client.put_once(KEY, CONTENT, "image/jpeg")
        finally:
            await client.close()
        assert server.asked == (["PUT", "HEAD"] if trusted else [])


async def test_a_bucket_that_needs_no_proxy_is_reached_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[Any] = []

    def answered(session: Any, request: AWSPreparedRequest) -> AWSResponse:
        used.append(session._proxy_config.proxy_url_for(request.url))
        return AWSResponse(request.url, 200, {"Content-Length": str(len(CONTENT))}, _Body())

    monkeypatch.setattr(URLLib3Session, "send", answered)
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    for bypass, proxy in (("", "http://127.0.0.1:9"), (STORAGE, None)):
        monkeypatch.setenv("NO_PROXY", bypass)
        monkeypatch.setenv("no_proxy", bypass)
        client = R2(f"https://{STORAGE}", "studio", KEYS)
        try:
            await client.put_once(KEY, CONTENT, "image/jpeg")
        finally:
            await client.close()
        assert set(used) == {proxy}
        used.clear()
