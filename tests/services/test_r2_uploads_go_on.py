"""Uploads that go on: after a kill, with other keys, after a pause, at another pace. Against a server."""

import asyncio
import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library import jobs
from dmdx_desktop.library.database import Library
from dmdx_desktop.services.http import UnreachableError
from dmdx_desktop.services.r2 import R2, StorageKeys
from dmdx_desktop.services.r2_contents import Content
from dmdx_desktop.services.r2_flow import Gate
from dmdx_desktop.services.r2_keys import KeyKeeper, LentKeys, for_ever
from dmdx_desktop.services.r2_parts import KeptHere
from dmdx_desktop.services.r2_uploads import Sizes, Uploads
from dmdx_desktop.workers.uploads import RowMemory
from tests.servers.r2 import R2Server
from tests.servers.r2_credentials import TemporaryCredentials
from tests.services.upload_stand import (
    CREATE,
    PART,
    PREFIX,
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


# Going on where it stopped.


async def test_upload_goes_on_after_the_store_went_away(server: R2Server, make: Callable[..., Content]) -> None:
    content, memory = make(250_000), KeptHere()
    server.faults.die_after_part = 5
    async with uploads_to(server, memory, sizes=Sizes(100_000, 30_000, at_once=1)) as uploads:
        with pytest.raises(UnreachableError):
            await uploads.upload(content)
    known = memory.find(content.key)
    assert known is not None
    assert sorted(known.etags) == [1, 2, 3, 4]
    server.faults.unreachable = False
    # Another size now: the parts of one upload stay equal all the same.
    async with uploads_to(server, memory, sizes=Sizes(100_000, 50_000, at_once=1)) as uploads:
        await uploads.upload(content)
        progress = uploads.progress
    assert_there(server, content)
    assert (progress.bytes_there, progress.bytes_arrived) == (120_000, 130_000)
    assert count(server, CREATE) == 1


async def test_upload_that_the_store_forgot_begins_anew(server: R2Server, make: Callable[..., Content]) -> None:
    content, memory = make(250_000), KeptHere()
    server.faults.die_after_part = 3
    async with uploads_to(server, memory) as uploads:
        with contextlib.suppress(UnreachableError):
            await uploads.upload(content)
        server.faults.unreachable = False
        for upload in server.world.uploads().values():
            server.world.end_upload(upload.upload_id, upload.key)
        await uploads.upload(content)
        progress = uploads.progress
    assert_there(server, content)
    assert (progress.bytes_arrived, progress.bytes_there) == (250_000, 0)
    assert memory.find(content.key) is None


async def test_parts_that_the_store_does_not_take_together_begin_anew(
    server: R2Server, make: Callable[..., Content]
) -> None:
    content, memory = make(250_000), KeptHere()
    server.faults.die_after_part = 3
    async with uploads_to(server, memory) as uploads:
        with pytest.raises(UnreachableError):
            await uploads.upload(content)
        server.faults.unreachable = False
        known = memory.find(content.key)
        assert known is not None
        memory.keep_part(content.key, known.upload_id, 1, "of another file")
        await uploads.upload(content)
    assert_there(server, content)
    assert count(server, CREATE) == 2
    assert server.world.uploads() == {}


async def test_abandoned_uploads_leave_nothing_in_the_bucket(server: R2Server, make: Callable[..., Content]) -> None:
    memory = KeptHere()
    contents = [make(150_000), make(160_000)]
    server.faults.bytes_per_second = 100_000
    async with uploads_to(server, memory) as uploads:
        sending = asyncio.create_task(uploads.upload_all(contents))
        await until(lambda: len(server.world.uploads()) == 2)
        await until(lambda: all(memory.find(content.key) for content in contents))
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        server.faults.bytes_per_second = None
        assert await uploads.abandon(contents[0].key)
        assert not await uploads.abandon(contents[0].key)
        assert len(server.world.uploads()) == 1
        bucket = R2(server.endpoint, server.bucket, StorageKeys(server.access_key_id, server.secret_access_key))
        assert [await bucket.drop_unfinished(prefix) for prefix in ("lib/two/", PREFIX, PREFIX)] == [0, 1, 0]
        await bucket.close()
        assert uploads.progress.files == 0
    assert server.world.uploads() == {}


async def _upload_from_rows(basedir: Path, endpoint: str, bucket: str, key: str, secret: str) -> None:
    """What the child process does until it is killed, and the test after that."""
    library = Library.open(Paths(basedir))
    try:
        job = library.write_blocking(lambda tx: jobs.ensure(tx, title="Ring", group_key="ring"))
        content = content_in(basedir, 400_000)
        memory = RowMemory(library, "here")
        memory.expect(content.key, job.key)
        engine = Uploads(endpoint, bucket, for_ever(StorageKeys(key, secret)), memory, sizes=SMALL, patience=QUICK)
        try:
            await engine.upload(content)
        finally:
            await engine.close()
    finally:
        library.close()


async def test_killed_process_sends_no_part_twice(server: R2Server, tmp_path: Path) -> None:
    where = (server.endpoint, server.bucket, server.access_key_id, server.secret_access_key)
    code = (
        "import asyncio, sys, pathlib; from tests.services.test_r2_uploads_go_on import _upload_from_rows;"
        "asyncio.run(_upload_from_rows(pathlib.Path(sys.argv[1]), *sys.argv[2:]))"
    )
    server.faults.bytes_per_second = 60_000
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", code, str(tmp_path), *where)
    try:
        await until(lambda: any(len(upload.parts) >= 4 for upload in server.world.uploads().values()), 30.0)
    finally:
        os.kill(child.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        await child.wait()
    server.faults.bytes_per_second = None
    (before,) = server.world.uploads().values()
    kept = set(before.parts)
    server.world.forget_requests()
    await _upload_from_rows(tmp_path, *where)
    assert_there(server, content_in(tmp_path, 400_000))
    sent = [int(seen.query["partNumber"]) for seen in server.world.requests(PART)]
    # One whose answer was on its way when the process ended is sent again, at most as many as went at once.
    assert len(sent) == len(set(sent))
    assert len(kept & set(sent)) <= 3
    assert len(kept - set(sent)) >= 1
    assert count(server, CREATE) == 0
    with_rows = Library.open(Paths(tmp_path))
    try:
        assert with_rows.read_blocking(lambda c: c.execute("SELECT count(*) FROM upload").fetchone()) == (0,)
    finally:
        with_rows.close()


# Keys that are lent for a while.


async def test_keys_that_expire_in_the_middle_are_replaced_and_the_upload_goes_on(
    server: R2Server, make: Callable[..., Content]
) -> None:
    lent: list[TemporaryCredentials] = []

    def provider() -> LentKeys:
        # The first are old to the server, whose clock is ahead, and new to this computer.
        lent.append(server.mint(prefixes=[PREFIX], ttl_s=900 if lent else 600))
        return LentKeys(storage_keys(lent[-1]), time.time(), time.time() + 600)

    content = make(250_000)
    server.faults.bytes_per_second = 100_000
    async with uploads_to(server, provider=provider) as uploads:
        sending = asyncio.create_task(uploads.upload(content))
        await until(lambda: any(upload.parts for upload in server.world.uploads().values()))
        server.faults.clock_ahead_s = 700
        server.faults.bytes_per_second = None
        await sending
    assert_there(server, content)
    assert len(lent) == 2
    assert count(server, CREATE) == 1


async def test_keys_are_renewed_before_they_expire(server: R2Server, make: Callable[..., Content]) -> None:
    lent: list[LentKeys] = []

    def provider() -> LentKeys:
        began = time.time() - (85.0 if not lent else 0.0)
        lent.append(LentKeys(storage_keys(server.mint(ttl_s=900)), began, began + 100))
        return lent[-1]

    async with uploads_to(server, provider=provider) as uploads:
        await uploads.upload(make())
        await uploads.upload(make(seed=1))
    assert len(lent) == 2
    assert all(seen.status in (200, 404) for seen in server.world.requests())


def test_provider_that_has_trouble_is_asked_again_before_the_keys_expire() -> None:
    now = [0.0]
    asked: list[float] = []

    def provider() -> LentKeys:
        asked.append(now[0])
        if len(asked) == 2:
            raise DmdxError("offline", "No gateway.", "It does not answer.", "Wait.")
        return LentKeys(StorageKeys(f"key {len(asked)}", "secret"), now[0], now[0] + 100)

    keeper = KeyKeeper(provider, lambda: now[0])
    found = []
    for moment in (0, 79, 81, 82, 99, 101, 150):
        now[0] = float(moment)
        found.append(keeper.current().access_key_id)
    assert found == ["key 1"] * 5 + ["key 3"] * 2
    assert asked == [0, 81, 101]
    assert not KeyKeeper(for_ever(StorageKeys("a", "b"))).replace(StorageKeys("a", "b"))


# Pace.


async def test_pause_stops_what_is_sent_and_resume_goes_on(server: R2Server, make: Callable[..., Content]) -> None:
    content = make(250_000)
    async with uploads_to(server, limit=250_000) as uploads:
        sending = asyncio.create_task(uploads.upload(content))
        await until(lambda: uploads.progress.bytes_arrived + uploads.progress.bytes_under_way > 40_000)
        uploads.pause()
        await asyncio.sleep(0.15)
        before = uploads.progress
        await asyncio.sleep(0.3)
        assert uploads.progress == before
        assert not sending.done()
        uploads.resume()
        uploads.set_limit(None)
        await sending
        progress = uploads.progress
    assert_there(server, content)
    assert (progress.bytes_arrived, progress.bytes_there) == (250_000, 0)


async def test_long_pause_gives_the_connection_back(server: R2Server, make: Callable[..., Content]) -> None:
    content = make(90_000)
    async with uploads_to(server, limit=100_000, held_s=0.05) as uploads:
        sending = asyncio.create_task(uploads.upload(content))
        await until(lambda: uploads.progress.bytes_under_way > 20_000)
        uploads.pause()
        await until(lambda: uploads.progress.bytes_under_way == 0)
        assert not sending.done()
        uploads.set_limit(None)
        uploads.resume()
        await sending
        assert uploads.progress.bytes_arrived == 90_000
    assert_there(server, content)


def test_gate_is_halved_once_for_those_refused_together_and_grows_again() -> None:
    now = [0.0]
    gate = Gate(8, lambda: now[0])
    for _ in range(5):
        gate.refused()
    assert gate.limit == 4
    now[0] = 1.0
    gate.refused()
    assert gate.limit == 2
    for _ in range(40):
        gate.taken()
    assert gate.limit == 8


async def test_limit_is_kept_over_all_threads(server: R2Server, make: Callable[..., Content]) -> None:
    contents = [make(50_000, seed) for seed in range(8)]
    async with uploads_to(server, limit=400_000) as uploads:
        began = time.monotonic()
        await uploads.upload_all(contents)
        seconds = time.monotonic() - began
    # What is saved up at the beginning, and a chunk that each thread may owe.
    assert seconds > 0.75


async def test_closing_stops_at_the_next_chunk(server: R2Server, make: Callable[..., Content]) -> None:
    content = make(90_000)
    async with uploads_to(server, limit=20_000) as uploads:
        sending = asyncio.create_task(uploads.upload(content))
        await until(lambda: uploads.progress.bytes_under_way > 0)
        began = time.monotonic()
        await uploads.close()
        with pytest.raises(DmdxError) as caught:
            await sending
    assert time.monotonic() - began < 1.5
    assert caught.value.code == "upload_stopped"
    assert threading.active_count() < 50
    assert server.world.keys() == []
