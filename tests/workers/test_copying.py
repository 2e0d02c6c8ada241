"""Copies of finished images in the designer's bucket: made, paused, gone on with, taken back with their images."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import UsageError
from dmdx_desktop.library import bucket_copies, ledger
from dmdx_desktop.library.bucket_copies import CopyCount
from dmdx_desktop.library.places import Places
from dmdx_desktop.models.connecting import KeepCopies
from dmdx_desktop.services.backends import Backends
from dmdx_desktop.services.connections import Connections
from dmdx_desktop.services.vault import Vault
from dmdx_desktop.workers.copying import Copying
from dmdx_desktop.workers.sending import object_prefix
from tests.library.world import StoredPiece, close_places, open_places, store_piece
from tests.servers.r2 import R2Server
from tests.services.test_vault import MemoryKeychain


@pytest.fixture
def server() -> Iterator[R2Server]:
    with R2Server() as running:
        yield running


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Places]:
    opened = open_places(Paths(tmp_path / "library"))
    yield opened
    close_places(opened)


@asynccontextmanager
async def copying(
    places: Places, server: R2Server | None, *, on: bool = True, bucket: str = ""
) -> AsyncIterator[Copying]:
    """A loop that runs, over a bucket that is connected."""
    given = {} if server is None else {
        "DMDX_R2_ENDPOINT": server.endpoint,
        "DMDX_R2_BUCKET": bucket or server.bucket,
        "DMDX_R2_ACCESS_KEY_ID": server.access_key_id,
        "DMDX_R2_SECRET_ACCESS_KEY": server.secret_access_key,
    }  # fmt: skip
    basedir = places.paths.basedir
    connections = Connections(basedir, Vault(basedir / "vault.json", MemoryKeychain()), given)
    await connections.open()
    backends = Backends(connections)
    made = Copying(places, backends)
    if on:
        await connections.keep_copies(KeepCopies(on=True))
    loop = asyncio.create_task(made.run(), name="copying")
    await asyncio.sleep(0)
    try:
        yield made
    finally:
        loop.cancel()
        with suppress(asyncio.CancelledError):
            await loop
        await backends.close()


async def until(is_so: Callable[[], bool]) -> None:
    """Bytes that leave on other threads announce themselves to nobody."""
    async with asyncio.timeout(30):
        while not is_so():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def waits(made: Copying) -> bool:
    return made.trouble is not None


async def change(made: Copying, **wanted: object) -> None:
    await made._backends.connections.keep_copies(KeepCopies.model_validate(wanted))
    made.look_again()


def stored(places: Places, folder: Path, number: int) -> StoredPiece:
    piece = store_piece(places, folder, number)
    places.library.write_blocking(lambda tx: bucket_copies.enqueue(tx, piece.output.render_key))
    return piece


def object_of(places: Places, piece: StoredPiece) -> str:
    studio = places.library.read_blocking(ledger.studio_id)
    return f"{object_prefix(studio, piece.job.id)}b/{piece.output.sha256}"


async def test_finished_images_lie_in_the_bucket_and_later_ones_follow(
    places: Places, server: R2Server, tmp_path: Path
) -> None:
    before = [stored(places, tmp_path, number) for number in range(3)]
    async with copying(places, server) as made:
        await made.until_none_wait()
        assert server.world.keys() == sorted(object_of(places, piece) for piece in before)
        assert await made.count() == CopyCount(stored=3, stored_bytes=3 * 5000)
        after = stored(places, tmp_path, 9)
        await made.until_none_wait()
        assert server.world.keys() == sorted(object_of(places, piece) for piece in (*before, after))
        assert not waits(made)
    puts = len(server.world.keys())
    async with copying(places, server) as made:
        await made.until_none_wait()
    assert len(server.world.keys()) == puts, "a later start copies nothing twice"


async def test_nothing_leaves_before_copies_are_wanted_or_while_they_are_paused(
    places: Places, server: R2Server, tmp_path: Path
) -> None:
    piece = stored(places, tmp_path, 1)
    async with copying(places, server, on=False) as made:
        await made.until_none_wait()
        assert server.world.keys() == []
        await change(made, on=True, paused=True)
        await made.until_none_wait()
        assert server.world.keys() == []
        await change(made, paused=False)
        await made.until_none_wait()
    assert server.world.keys() == [object_of(places, piece)]


async def test_copies_need_a_bucket(places: Places) -> None:
    async with copying(places, None, on=False) as made:
        with pytest.raises(UsageError, match="no bucket"):
            await change(made, on=True)


async def test_trouble_is_told_and_another_bucket_is_copied_to_instead(
    places: Places, server: R2Server, tmp_path: Path
) -> None:
    piece = stored(places, tmp_path, 1)
    async with copying(places, server, bucket="no-such-bucket") as made:
        await made.until_none_wait()
        assert made.trouble is not None
        assert made.trouble.code == "no_bucket"
        assert (await made.count()).waiting == 1
    async with copying(places, server) as made:
        await made.until_none_wait()
        assert not waits(made)
        assert await made.count() == CopyCount(stored=1, stored_bytes=5000)
    assert server.world.keys() == [object_of(places, piece)]


async def test_image_whose_file_is_gone_is_given_up_and_the_others_are_copied(
    places: Places, server: R2Server, tmp_path: Path
) -> None:
    gone, kept = stored(places, tmp_path, 1), stored(places, tmp_path, 2)
    places.blobs.path_of(gone.output.sha256).unlink()
    async with copying(places, server) as made:
        await made.until_none_wait()
        count = await made.count()
    assert (count.failed, count.stored, count.waiting) == (1, 1, 0)
    assert server.world.keys() == [object_of(places, kept)]


async def test_nothing_is_on_its_way_any_more_once_a_deletion_has_waited(
    places: Places, server: R2Server, tmp_path: Path
) -> None:
    piece = stored(places, tmp_path, 1)
    server.faults.latency_s = 0.3
    async with copying(places, server) as made:
        await until(lambda: any(seen.method == "PUT" for seen in server.world.requests()))
        await places.library.write(
            lambda tx: tx.execute("DELETE FROM render WHERE key = ?", (piece.output.render_key,)).rowcount
        )
        await made.let_go(object_of(places, piece))
        puts = [seen for seen in server.world.requests() if seen.method == "PUT"]
        assert [seen.status is None for seen in puts] == [False]
        await made.until_none_wait()
    assert [seen for seen in server.world.requests() if seen.method == "PUT"] == puts, "it is not copied again"


async def test_image_that_is_deleted_before_its_copy_is_begun_is_not_copied(places: Places, tmp_path: Path) -> None:
    gone, stays = stored(places, tmp_path, 1), stored(places, tmp_path, 2)
    library = places.library
    copies = library.read_blocking(lambda connection: bucket_copies.wanted(connection, 9))
    library.write_blocking(
        lambda tx: tx.execute("DELETE FROM render WHERE key = ?", (gone.output.render_key,)).rowcount
    )
    begun = library.write_blocking(lambda tx: bucket_copies.begin(tx, copies, "here", ["a", "b"]))
    assert [copy.render_key for copy in begun] == [stays.output.render_key]


async def test_copy_that_is_let_go_of_has_ended_and_is_made_anew(
    places: Places, server: R2Server, tmp_path: Path
) -> None:
    piece = stored(places, tmp_path, 1)
    server.faults.bytes_per_second = 1_000
    async with copying(places, server) as made:
        await until(lambda: made.progress is not None and made.progress.bytes_arriving > 0)
        server.faults.bytes_per_second = None
        await made.let_go(object_of(places, piece))
        await made.until_none_wait()
    assert server.world.keys() == [object_of(places, piece)]


def test_what_is_deleted_with_another_piece_is_wanted_anew(places: Places, tmp_path: Path) -> None:
    piece = stored(places, tmp_path, 1)
    name = object_of(places, piece)
    library = places.library
    (copy,) = library.read_blocking(lambda connection: bucket_copies.wanted(connection, 9))
    library.write_blocking(lambda tx: bucket_copies.begin(tx, [copy], "here", [name]))
    library.write_blocking(lambda tx: bucket_copies.settle(tx, copy, "here", bucket_copies.CopyState.STORED))
    assert library.read_blocking(lambda connection: bucket_copies.wanted(connection, 9)) == ()
    library.write_blocking(lambda tx: bucket_copies.lost_below(tx, "there", name))
    assert library.read_blocking(lambda connection: bucket_copies.wanted(connection, 9)) == ()
    library.write_blocking(lambda tx: bucket_copies.lost_below(tx, "here", name.partition("b/")[0]))
    (again,) = library.read_blocking(lambda connection: bucket_copies.wanted(connection, 9))
    assert (again.render_key, again.origin) == (copy.render_key, "here")
