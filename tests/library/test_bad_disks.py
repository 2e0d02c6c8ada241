"""A full disk and a read-only one: a sentence, nothing lost, and on with the work once there is room."""

import os
from functools import partial
from pathlib import Path

import pytest

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import LibraryError
from dmdx_desktop.library import jobs
from dmdx_desktop.library.blobs import BlobStore
from dmdx_desktop.library.database import Lane, Library, LibraryReader, Transaction
from dmdx_desktop.library.previews import PreviewStore
from tests.library.small_disk import fill, make_read_only, small_disk
from tests.library.test_writer import Gate, writer_of
from tests.library.world import add_job


def add_until_refused(library: Library, kept: list[int]) -> None:
    for number in range(100, 4_000):
        kept.append(library.write_blocking(partial(add_key, number=number)))


def add_key(tx: Transaction, number: int, length: int = 3_000) -> int:
    return add_job(tx, number, title="x" * length).key


def test_a_full_disk_fails_the_works_it_hits_and_loses_nothing_else(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "3m") as disk:
        library = Library.open(Paths(disk / "library"))
        kept = [library.write_blocking(partial(add_key, number=number)) for number in range(3)]
        filler = fill(disk)
        with pytest.raises(LibraryError) as caught:
            add_until_refused(library, kept)
        assert caught.value.code == "disk_full"
        assert library.read_blocking(jobs.count) == len(kept)
        filler.unlink()
        kept.append(library.write_blocking(lambda tx: add_job(tx, 9_999).key))
        library.close()
        library = Library.open(Paths(disk / "library"))
        assert [row.key for row in library.read_blocking(lambda c: jobs.page(c, limit=10_000))] == kept
        library.close()


def test_a_commit_that_finds_the_disk_full_fails_every_work_of_its_group(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "3m") as disk:
        library = Library.open(Paths(disk / "library"))
        library.write_blocking(lambda tx: add_job(tx, 0))
        filler = fill(disk)
        gate = Gate(library)
        promises = [
            writer_of(library).submit(partial(add_key, number=number, length=50_000), Lane.BULK)
            for number in range(1, 6)
        ]
        gate.release()
        failures = [promise.exception(10) for promise in promises]
        assert {failure.code if isinstance(failure, LibraryError) else None for failure in failures} == {"disk_full"}
        assert library.read_blocking(jobs.count) == 1
        filler.unlink()
        library.write_blocking(lambda tx: add_job(tx, 7))
        assert library.read_blocking(jobs.count) == 2
        library.close()


def test_opening_a_new_library_on_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        fill(disk)
        with pytest.raises(LibraryError) as caught:
            Library.open(Paths(disk / "library"))
        assert caught.value.code == "disk_full"


def test_staging_on_a_full_disk_leaves_no_part_file(tmp_path: Path) -> None:
    source = tmp_path / "source.png"
    source.write_bytes(os.urandom(600_000))
    with small_disk(tmp_path / "disk", "1m") as disk:
        paths = Paths(disk / "library")
        blobs = BlobStore(paths)
        kept = blobs.add_file(source)
        source.write_bytes(os.urandom(600_000))
        with pytest.raises(LibraryError) as caught:
            blobs.add_file(source)
        assert caught.value.code == "disk_full"
        assert list(paths.parts.iterdir()) == []
        assert blobs.exists(kept.sha256)


def test_previews_on_a_full_disk_are_refused_and_those_before_stay(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        store = PreviewStore(Paths(disk / "library"))
        store.put("a" * 64, {320: b"first"})
        fill(disk)
        with pytest.raises(LibraryError) as caught:
            store.put("b" * 64, {320: os.urandom(200_000)})
        assert caught.value.code == "disk_full"
        assert store.get("a" * 64, 320) == b"first"
        assert store.size_bytes == 5
        store.close()


def test_a_read_only_disk_is_one_sentence_for_writing_and_none_for_reading(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "3m") as disk:
        paths = Paths(disk / "library")
        library = Library.open(paths)
        library.write_blocking(lambda tx: add_job(tx, 1))
        library.close()
        make_read_only(disk)
        with pytest.raises(LibraryError) as caught:
            Library.open(paths)
        assert caught.value.code == "read_only"
        with pytest.raises(LibraryError) as caught:
            BlobStore(paths)
        assert caught.value.code == "read_only"
        reader = LibraryReader.open(paths)
        assert reader.read_blocking(jobs.count) == 1
        reader.close()


def test_a_new_library_on_a_read_only_disk_is_one_sentence(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        make_read_only(disk)
        with pytest.raises(LibraryError) as caught:
            Library.open(Paths(disk / "library"))
        assert caught.value.code == "read_only"
