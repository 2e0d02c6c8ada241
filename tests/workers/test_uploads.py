"""Files of pieces in a bucket: where they are put, what is written down of it, and what a deletion meets."""

import hashlib
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import AccountError, UsageError
from dmdx_desktop.library import jobs, ledger, uploads
from dmdx_desktop.library.database import Library
from dmdx_desktop.library.places import Places
from dmdx_desktop.library.uploads import Place
from dmdx_desktop.models.ids import JobId
from dmdx_desktop.services.backends import Backends
from dmdx_desktop.services.connections import Connections
from dmdx_desktop.services.vault import Vault
from dmdx_desktop.workers.sending import object_prefix
from dmdx_desktop.workers.uploads import RowMemory, Uploading
from tests.library.world import add_job, close_places, open_places
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
async def uploading(places: Places, server: R2Server | None) -> AsyncIterator[Uploading]:
    given = {} if server is None else {
        "DMDX_R2_ENDPOINT": server.endpoint,
        "DMDX_R2_BUCKET": server.bucket,
        "DMDX_R2_ACCESS_KEY_ID": server.access_key_id,
        "DMDX_R2_SECRET_ACCESS_KEY": server.secret_access_key,
    }  # fmt: skip
    basedir = places.paths.basedir
    connections = Connections(basedir, Vault(basedir / "vault.json", MemoryKeychain()), given)
    await connections.open()
    backends = Backends(connections)
    made = Uploading(places, backends)
    try:
        yield made
    finally:
        await made.close()
        await backends.close()


def blob(places: Places, folder: Path, number: int) -> str:
    source = folder / f"{number}.png"
    source.write_bytes(random.Random(number).randbytes(10_000 + number))
    return places.blobs.add_file(source).sha256


def delete(library: Library, job_key: int) -> None:
    """The end of a deletion, as far as it matters here."""
    library.write_blocking(lambda tx: tx.execute("DELETE FROM job WHERE key = ?", (job_key,)).rowcount)


async def test_files_lie_below_the_prefix_of_their_piece(server: R2Server, places: Places, tmp_path: Path) -> None:
    job = places.library.write_blocking(add_job)
    files = [blob(places, tmp_path, number) for number in range(3)]
    gone = hashlib.sha256(b"gone").hexdigest()
    async with uploading(places, server) as made:
        made.set_limit(10_000_000)
        outcome = await made.store(job.id, [*files, gone])
        again = await made.store(job.id, files)
        assert made.progress.files_done == 6
    prefix = object_prefix(places.library.read_blocking(ledger.studio_id), job.id)
    assert server.world.keys() == sorted(f"{prefix}b/{sha256}" for sha256 in files)
    assert [failed.error.code for failed in outcome.failed] == ["missing_blob"]
    assert [stored.is_new for stored in again.stored] == [False] * 3
    rows = places.library.read_blocking(lambda c: c.execute("SELECT job_key, prefix FROM object_place").fetchall())
    assert rows == [(job.key, prefix)]


async def test_nothing_is_stored_without_piece_or_connection(server: R2Server, places: Places) -> None:
    job = places.library.write_blocking(add_job)
    async with uploading(places, server) as made:
        with pytest.raises(UsageError):
            await made.store(JobId("no such piece"), [])
    async with uploading(places, None) as made:
        with pytest.raises(AccountError):
            await made.store(job.id, [])


def test_rows_remember_an_upload_until_its_piece_goes(places: Places) -> None:
    library: Library = places.library
    job = library.write_blocking(add_job)
    memory = RowMemory(library, "here")
    memory.expect("a", job.key)
    place = Place(job.key, "here", "a")

    def begin(upload_id: str) -> None:
        library.write_blocking(lambda tx: uploads.begin(tx, place, upload_id, 100, 40))

    begin("first")
    memory.keep_part("a", "first", 2, 'an "etag"')
    memory.keep_part("a", "another", 1, "of another upload")
    known = memory.find("a")
    assert known is not None
    assert (known.upload_id, known.bytes, known.part_bytes, known.etags) == ("first", 100, 40, {2: 'an "etag"'})
    begin("second")
    memory.forget("a", "first")
    known = memory.find("a")
    assert known is not None
    assert known.etags == {}
    delete(library, job.key)
    assert memory.find("a") is None
    with pytest.raises(UsageError):
        begin("third")
    assert library.read_blocking(lambda c: jobs.by_id(c, job.id)) is None
