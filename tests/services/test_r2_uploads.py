"""Uploads to a bucket: what arrives, and what is sent twice when the way there fails. Against a server."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dmdx_desktop.errors import AccountError, DmdxError, Retry
from dmdx_desktop.services.http import UnreachableError
from dmdx_desktop.services.r2 import StorageKeys
from dmdx_desktop.services.r2_contents import PART_NOTE, Content
from dmdx_desktop.services.r2_keys import for_ever
from dmdx_desktop.services.r2_parts import KeptHere
from dmdx_desktop.services.r2_tries import Patience
from dmdx_desktop.services.r2_uploads import Uploads
from tests.servers.r2 import R2Server
from tests.servers.r2_operations import Operation
from tests.services.upload_stand import (
    COMPLETE,
    HEAD,
    LIST,
    PART,
    PREFIX,
    PUT,
    QUICK,
    SMALL,
    assert_there,
    content_in,
    count,
    storage_keys,
    until,
    uploads_to,
)


@pytest.fixture
def server() -> Iterator[R2Server]:
    with R2Server(smallest_part=1_000) as running:
        yield running


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Content]:
    """Makes files to be uploaded."""

    def content(size: int = 20_000, seed: int = 0) -> Content:
        return content_in(tmp_path, size, seed)

    return content


# What is stored.


async def test_small_file_is_put_once_with_its_hash_and_looked_at(
    server: R2Server, make: Callable[..., Content]
) -> None:
    content = make()
    async with uploads_to(server) as uploads:
        stored = await uploads.upload(content)
        progress = uploads.progress
    assert stored.is_new
    assert_there(server, content)
    (put,) = server.world.requests(PUT)
    assert put.headers["if-none-match"] == "*"
    assert put.headers["x-amz-content-sha256"] == content.sha256
    assert put.headers["content-type"] == "image/png"
    # R2 answers what boto3 adds by itself with 401.
    assert not {"x-amz-trailer", "x-amz-sdk-checksum-algorithm", "content-encoding"} & set(put.headers)
    assert count(server, HEAD) == 1
    assert (progress.files, progress.files_done, progress.bytes_arrived, progress.bytes_there) == (1, 1, 20_000, 0)


async def test_many_small_files_are_proven_by_one_list(server: R2Server, make: Callable[..., Content]) -> None:
    contents = [make(5_000, seed) for seed in range(40)]
    for number in range(30):
        server.world.place(f"{PREFIX}b/{number:02x}", b"of another day")
    async with uploads_to(server) as uploads:
        outcome = await uploads.upload_all([*contents, contents[0]])
        progress = uploads.progress
    assert len(outcome.stored) == 40
    assert outcome.failed == ()
    for content in contents:
        assert_there(server, content)
    assert (count(server, PUT), count(server, LIST), count(server, HEAD)) == (40, 1, 0)
    assert (progress.bytes_all, progress.bytes_arrived, progress.bytes_under_way) == (200_000, 200_000, 0)


async def test_keys_that_may_not_list_look_one_by_one(server: R2Server, make: Callable[..., Content]) -> None:
    lent = server.mint(scope=None, actions=[PUT, HEAD, Operation.GET_OBJECT], prefixes=[PREFIX])
    contents = [make(2_000, seed) for seed in range(10)]
    async with uploads_to(server, provider=for_ever(storage_keys(lent))) as uploads:
        outcome = await uploads.upload_all(contents)
    assert len(outcome.stored) == 10
    assert count(server, HEAD) == 10


async def test_file_that_is_there_is_not_sent_as_another(server: R2Server, make: Callable[..., Content]) -> None:
    small, large = make(), make(250_000)
    async with uploads_to(server) as uploads:
        await uploads.upload_all([small, large])
        server.world.forget_requests()
        outcome = await uploads.upload_all([small, large])
        progress = uploads.progress
    assert [stored.is_new for stored in outcome.stored] == [False, False]
    assert server.world.writes_per_key == {}
    assert count(server, PART) == 0
    assert progress.bytes_all == progress.bytes_arrived + progress.bytes_there


@pytest.mark.parametrize("size", [20_000, 250_000])
async def test_wrong_object_under_a_key_of_content_is_replaced(
    server: R2Server, make: Callable[..., Content], size: int
) -> None:
    content = make(size)
    server.world.place(content.key, bytes(size))
    async with uploads_to(server) as uploads:
        await uploads.upload(content)
    assert_there(server, content)


async def test_damaged_and_missing_files_fail_beside_the_others(server: R2Server, make: Callable[..., Content]) -> None:
    good, damaged, large, missing = make(), make(seed=1), make(250_000), make(seed=2)
    for content in (damaged, large):
        content.path.write_bytes(bytes(content.bytes))
    missing.path.unlink()
    async with uploads_to(server) as uploads:
        outcome = await uploads.upload_all([damaged, missing, large, good])
        progress = uploads.progress
    assert [stored.content for stored in outcome.stored] == [good]
    assert sorted(failed.error.code for failed in outcome.failed) == ["damaged_blob", "damaged_blob", "missing_blob"]
    assert {failed.error.retry for failed in outcome.failed} == {Retry.NEVER}
    assert server.world.keys() == [good.key]
    assert (progress.files, progress.bytes_all) == (1, good.bytes)


async def test_large_file_goes_in_equal_parts(server: R2Server, make: Callable[..., Content]) -> None:
    content, memory = make(250_000), KeptHere()
    async with uploads_to(server, memory) as uploads:
        stored = await uploads.upload(content)
        progress = uploads.progress
    assert stored.is_new
    assert_there(server, content)
    assert server.world.objects()[content.key].headers[PART_NOTE] == "30000"
    parts = server.world.requests(PART)
    assert sorted(int(part.headers["content-length"]) for part in parts) == [10_000, *[30_000] * 8]
    assert all("content-md5" in part.headers for part in parts)
    assert memory.find(content.key) is None
    assert (progress.bytes_arrived, progress.bytes_there, progress.bytes_under_way) == (250_000, 0, 0)


# When the way there fails.


async def test_store_that_has_trouble_is_asked_again_and_by_fewer(
    server: R2Server, make: Callable[..., Content]
) -> None:
    server.faults.too_many_requests_next = 3
    server.faults.fail_next += [500, 503]
    contents = [make(3_000, seed) for seed in range(12)]
    async with uploads_to(server) as uploads:
        outcome = await uploads.upload_all(contents)
        assert uploads.gate.limit < SMALL.at_once
    assert len(outcome.stored) == 12
    for content in contents:
        assert_there(server, content)


@pytest.mark.parametrize("size", [20_000, 250_000])
async def test_cut_upload_is_sent_anew_and_counts_once(
    server: R2Server, make: Callable[..., Content], size: int
) -> None:
    content = make(size)
    server.faults.cut_upload_after = 10_000
    async with uploads_to(server) as uploads:
        await uploads.upload(content)
        progress = uploads.progress
    assert_there(server, content)
    assert (progress.bytes_arrived, progress.bytes_there, progress.bytes_under_way) == (size, 0, 0)


async def test_lost_answer_to_a_put_is_looked_up_and_not_sent_twice(
    server: R2Server, make: Callable[..., Content]
) -> None:
    content = make()
    server.faults.lose_answers_next = 1
    async with uploads_to(server) as uploads:
        await uploads.upload(content)
    assert_there(server, content)
    assert count(server, PUT) == 1


async def test_lost_answer_to_a_completion_is_looked_up(server: R2Server, make: Callable[..., Content]) -> None:
    content = make(110_000)
    server.faults.latency_s = 0.1

    def completes() -> bool:
        return any(seen.method == "POST" and "uploadId" in seen.query for seen in server.world.requests())

    async with uploads_to(server) as uploads:
        sending = asyncio.create_task(uploads.upload(content))
        await until(completes)
        server.faults.lose_answers_next = 1
        await sending
    assert_there(server, content)
    assert count(server, COMPLETE) == 1
    assert server.world.writes_per_key == {content.key: 1}


async def test_one_write_per_second_is_waited_for(server: R2Server, make: Callable[..., Content]) -> None:
    content = make(5_000)
    server.faults.one_write_per_second = True
    async with uploads_to(server, patience=Patience(8, 0.2, 0.5)) as uploads:
        await uploads.upload(content)
        server.world.remove(content.key)
        await uploads.upload(content)
    assert_there(server, content)


async def test_unreachable_store_ends_it_for_all_and_nothing_is_lost(
    server: R2Server, make: Callable[..., Content]
) -> None:
    contents = [make(2_000, seed) for seed in range(20)]
    server.faults.unreachable = True
    async with uploads_to(server) as uploads:
        outcome = await uploads.upload_all(contents)
        assert len(outcome.failed) == 20
        assert {type(failed.error) for failed in outcome.failed} == {UnreachableError}
        assert uploads.progress.files == 0
        server.faults.unreachable = False
        assert len((await uploads.upload_all(contents)).stored) == 20


async def test_wrong_keys_are_an_error_of_the_account(server: R2Server, make: Callable[..., Content]) -> None:
    wrong = for_ever(StorageKeys(server.access_key_id, "not the secret"))
    async with uploads_to(server, provider=wrong) as uploads:
        with pytest.raises(AccountError):
            await uploads.upload(make())
    assert count(server, PUT) == 1


async def test_wrong_clock_is_named_and_costs_no_new_keys(server: R2Server, make: Callable[..., Content]) -> None:
    server.faults.clock_ahead_s = 3_600
    async with uploads_to(server) as uploads:
        with pytest.raises(DmdxError) as caught:
            await uploads.upload(make())
    assert caught.value.code == "clock_wrong"


class _Reply:
    """What botocore's session answers with."""

    def __init__(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.status_code, self.headers, self.content = status, headers, content


class _StoreOutside:
    """Stands where botocore's session does, and answers as R2 would over TLS."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self.seen: list[tuple[str, str, dict[str, str]]] = []

    def send(self, request: Any) -> _Reply:
        self.seen.append(
            (request.method, request.url, {name.lower(): value for name, value in request.headers.items()})
        )
        length = sum(len(chunk) for chunk in request.body) if request.method == "PUT" else 0
        assert length == int(request.headers.get("Content-Length", 0)) or request.method != "PUT"
        if request.method == "POST" and request.url.endswith("?uploads="):
            return _Reply(
                200, {}, b"<InitiateMultipartUploadResult><UploadId>id</UploadId></InitiateMultipartUploadResult>"
            )
        if request.method == "HEAD":
            told = {"Content-Length": str(self._content.bytes), "x-amz-meta-sha256": self._content.sha256}
            return _Reply(200, {**told, "ETag": '"of a kind that nobody foresaw"'}, b"")
        return _Reply(200, {"ETag": '"opaque"'}, b"<CompleteMultipartUploadResult/>")

    def close(self) -> None:
        """Nothing to let go of."""


async def test_what_goes_over_tls_is_nothing_that_r2_refuses(
    make: Callable[..., Content], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = make(110_000)
    outside = _StoreOutside(content)
    monkeypatch.setattr("dmdx_desktop.services.r2_wire.http_session", lambda endpoint, connections: outside)
    keys = for_ever(StorageKeys("key", "secret", "token"))
    engine = Uploads("https://account.r2.cloudflarestorage.com", "studio", keys, sizes=SMALL, patience=QUICK)
    try:
        await engine.upload(content)
    finally:
        await engine.close()
    parts = [headers for method, _, headers in outside.seen if method == "PUT"]
    assert len(parts) == 4
    for headers in parts:
        # Encrypted on its way, and checked by its MD5: hashing it once more would be for nothing.
        assert headers["x-amz-content-sha256"] == "UNSIGNED-PAYLOAD"
        assert "content-md5" in headers
        assert headers["x-amz-security-token"] == "token"
    added = {"x-amz-trailer", "x-amz-sdk-checksum-algorithm", "content-encoding", "transfer-encoding", "expect"}
    assert all(not added & set(headers) for _, _, headers in outside.seen)
