"""The blob store: what comes in, what is refused, and in which order things become durable."""

import hashlib
import os
import socket
import stat
import sys
import threading
from pathlib import Path

import pytest

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import PictureError
from dmdx_desktop.library.blobs import BlobStore, Stopped

ON_UNIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")


class Steps:
    """An observer that remembers."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def step(self, name: str) -> None:
        self.names.append(name)


@pytest.fixture
def blobs(paths: Paths) -> BlobStore:
    return BlobStore(paths)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "ring.png"
    file.write_bytes(os.urandom(2_500_000))
    return file


def files_below(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def test_add_file_stores_the_bytes_under_their_hash(paths: Paths, blobs: BlobStore, source: Path) -> None:
    added = blobs.add_file(source)
    content = source.read_bytes()
    assert added.sha256 == hashlib.sha256(content).hexdigest()
    assert (added.bytes, added.is_new) == (len(content), True)
    path = blobs.path_of(added.sha256)
    assert path == paths.blobs / added.sha256[:2] / added.sha256
    assert path.read_bytes() == content


def test_add_file_twice_keeps_one_file(paths: Paths, blobs: BlobStore, source: Path) -> None:
    first = blobs.add_file(source)
    assert not blobs.add_file(source).is_new
    assert files_below(paths.blobs) == [blobs.path_of(first.sha256)]


def test_add_file_replaces_a_blob_of_the_wrong_length(blobs: BlobStore, source: Path) -> None:
    added = blobs.add_file(source)
    blobs.path_of(added.sha256).write_bytes(b"cut short")
    assert blobs.add_file(source).is_new
    assert blobs.path_of(added.sha256).read_bytes() == source.read_bytes()


def test_stage_leaves_the_library_as_it_is_until_commit(paths: Paths, blobs: BlobStore, source: Path) -> None:
    staged = blobs.stage(source)
    assert not blobs.exists(staged.sha256)
    assert files_below(paths.blobs) == [staged.path]
    blobs.discard(staged)
    assert files_below(paths.blobs) == []


def test_commit_all_adds_several_at_once(blobs: BlobStore, tmp_path: Path) -> None:
    staged = []
    for number in range(10):
        file = tmp_path / f"{number}.png"
        file.write_bytes(os.urandom(1000))
        staged.append(blobs.stage(file))
    added = blobs.commit_all(staged)
    assert [one.sha256 for one in added] == [one.sha256 for one in staged]
    assert all(blobs.exists(one.sha256) for one in added)


def test_adopt_takes_what_another_process_wrote(blobs: BlobStore) -> None:
    part = blobs.begin()
    part.write_bytes(b"made elsewhere")
    if sys.platform != "win32":
        part.chmod(0o644)
    added = blobs.adopt(part)
    assert added.sha256 == hashlib.sha256(b"made elsewhere").hexdigest()
    assert not part.exists()
    if sys.platform != "win32":
        assert blobs.path_of(added.sha256).stat().st_mode & 0o777 == 0o600


@ON_UNIX
def test_files_and_folders_are_for_this_user_alone(paths: Paths, blobs: BlobStore, source: Path) -> None:
    source.chmod(0o644)
    added = blobs.add_file(source)
    path = blobs.path_of(added.sha256)
    assert [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent, paths.blobs, paths.parts)] == [
        0o600,
        0o700,
        0o700,
        0o700,
    ]


def test_a_missing_file_is_named_so(blobs: BlobStore, tmp_path: Path) -> None:
    with pytest.raises(PictureError) as caught:
        blobs.stage(tmp_path / "none.png")
    assert caught.value.code == "missing_file"


def test_an_empty_file_is_named_so(blobs: BlobStore, tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()
    with pytest.raises(PictureError) as caught:
        blobs.stage(tmp_path / "empty.png")
    assert caught.value.code == "empty_file"


def test_a_file_over_the_limit_is_refused_before_it_is_read(paths: Paths, blobs: BlobStore, tmp_path: Path) -> None:
    with (tmp_path / "huge.png").open("wb") as stream:
        stream.truncate(300_000_000)
    with pytest.raises(PictureError) as caught:
        blobs.stage(tmp_path / "huge.png")
    assert caught.value.code == "too_many_bytes"
    assert files_below(paths.blobs) == []


@ON_UNIX
def test_links_folders_pipes_sockets_and_devices_are_refused_at_once(
    blobs: BlobStore, tmp_path: Path, source: Path
) -> None:
    (tmp_path / "link.png").symlink_to(source)
    (tmp_path / "folder.png").mkdir()
    os.mkfifo(tmp_path / "pipe.png")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.png"))
        for odd in (tmp_path / name for name in ("link.png", "folder.png", "pipe.png", "socket.png")):
            with pytest.raises(PictureError) as caught:
                blobs.stage(odd)
            assert caught.value.code == "unreadable_file"
        with pytest.raises(PictureError) as caught:
            blobs.stage(Path("/dev/zero"))
        assert caught.value.code == "unreadable_file"


def test_a_file_that_grows_beyond_the_limit_while_it_is_read_is_refused(
    paths: Paths, blobs: BlobStore, source: Path
) -> None:
    grown = threading.Event()

    def grow() -> bool:
        if not grown.is_set():
            with source.open("ab") as stream:
                stream.write(bytes(2_000_000))
            grown.set()
        return False

    with pytest.raises(PictureError) as caught:
        blobs.stage(source, limit_bytes=3_000_000, stop=grow)
    assert caught.value.code == "too_many_bytes"
    assert files_below(paths.blobs) == []


def test_the_stop_flag_ends_a_copy_and_leaves_nothing(paths: Paths, blobs: BlobStore, source: Path) -> None:
    with pytest.raises(Stopped):
        blobs.stage(source, stop=lambda: True)
    assert files_below(paths.blobs) == []
    assert blobs.in_flight() == frozenset()


def test_sweep_parts_spares_what_is_being_written(paths: Paths, blobs: BlobStore, source: Path) -> None:
    staged = blobs.stage(source)
    (paths.parts / "left-by-a-killed-core").write_bytes(b"x")
    assert blobs.sweep_parts() == 1
    assert files_below(paths.blobs) == [staged.path]
    blobs.commit(staged)


def test_another_store_of_the_same_folder_sweeps_all_parts(paths: Paths, blobs: BlobStore, source: Path) -> None:
    blobs.stage(source)
    assert BlobStore(paths).sweep_parts() == 1


def test_protected_hashes_are_known_until_the_block_ends(blobs: BlobStore) -> None:
    with blobs.protected(["a" * 64]):
        with blobs.protected(["a" * 64, "b" * 64]):
            assert blobs.is_protected("b" * 64)
        assert blobs.is_protected("a" * 64)
        assert not blobs.is_protected("b" * 64)
        assert len(blobs.in_flight()) == 1
    assert not blobs.is_protected("a" * 64)


def test_remove_says_how_many_were_there(blobs: BlobStore, source: Path) -> None:
    added = blobs.add_file(source)
    assert blobs.remove([added.sha256, "0" * 64]) == 1
    assert not blobs.exists(added.sha256)


@pytest.mark.parametrize("odd", ["", "abc", "../" + "a" * 61, "a" * 63 + "/"])
def test_path_of_takes_nothing_but_a_hash(blobs: BlobStore, odd: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        blobs.path_of(odd)


def test_hashes_lists_every_blob(blobs: BlobStore, tmp_path: Path) -> None:
    wanted = set()
    for number in range(5):
        file = tmp_path / f"{number}.png"
        file.write_bytes(os.urandom(100))
        wanted.add(blobs.add_file(file).sha256)
    assert set(blobs.hashes()) == wanted


def test_many_threads_adding_the_same_file_keep_one(paths: Paths, blobs: BlobStore, source: Path) -> None:
    threads = [threading.Thread(target=blobs.add_file, args=(source,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(files_below(paths.blobs)) == 1


@ON_UNIX
def test_a_file_is_durable_before_it_has_its_name_and_the_name_before_add_returns(
    paths: Paths, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[tuple[str, int]] = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(descriptor: int) -> None:
        events.append(("sync", os.fstat(descriptor).st_ino))
        real_fsync(descriptor)

    def replace(part: Path, final: Path) -> None:
        events.append(("rename", part.stat().st_ino))
        real_replace(part, final)

    blobs = BlobStore(paths)
    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    added = blobs.add_file(source)
    file = blobs.path_of(added.sha256)
    assert events == [
        ("sync", file.stat().st_ino),
        ("rename", file.stat().st_ino),
        ("sync", file.parent.stat().st_ino),
        ("sync", paths.blobs.stat().st_ino),
    ]


def test_the_observer_is_told_of_the_copy_and_the_rename(paths: Paths, source: Path) -> None:
    steps = Steps()
    BlobStore(paths, steps).add_file(source)
    assert steps.names == ["after_copy", "before_rename", "after_rename"]
