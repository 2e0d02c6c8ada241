"""The preview store: a cache that keeps its budget, mends itself and forgets what it is told to forget."""

import os
import sqlite3
import threading
from contextlib import closing

import pytest

from dmdx_desktop.config import Paths
from dmdx_desktop.library.previews import TOUCH_AFTER_MS, PreviewStore
from tests.library.world import invented_hash

A, B = invented_hash(1), invented_hash(2)


def test_put_and_get_give_the_same_bytes_also_after_reopening(paths: Paths) -> None:
    store = PreviewStore(paths)
    store.put(A, {320: b"small", 1024: b"large"})
    assert (store.get(A, 320), store.get(A, 1024), store.get(B, 320)) == (b"small", b"large", None)
    store.close()
    store = PreviewStore(paths)
    assert store.get(A, 320) == b"small"
    assert store.size_bytes == 10
    store.close()


def test_put_again_replaces(paths: Paths) -> None:
    store = PreviewStore(paths)
    store.put(A, {320: b"old"})
    store.put(A, {320: b"newer"})
    assert store.get(A, 320) == b"newer"
    assert store.size_bytes == 5
    store.close()


def test_has_means_every_size(paths: Paths) -> None:
    store = PreviewStore(paths)
    store.put(A, {320: b"small"})
    assert not store.has(A)
    store.put(A, {1024: b"large"})
    assert store.has(A)
    store.close()


def test_over_budget_the_longest_unused_go_first(paths: Paths) -> None:
    store = PreviewStore(paths, budget_bytes=10_000)
    for number in range(10):
        store.put(invented_hash(number), {320: bytes(1000)})
    with closing(sqlite3.connect(paths.previews_db)) as connection:
        connection.execute("UPDATE preview SET used_at = used_at - ?", (2 * TOUCH_AFTER_MS,))
        connection.commit()
    assert store.get(invented_hash(0), 320) is not None
    store.put(invented_hash(10), {320: bytes(1000)})
    assert store.size_bytes <= 10_000
    assert store.get(invented_hash(0), 320) is not None
    assert store.get(invented_hash(10), 320) is not None
    assert store.get(invented_hash(1), 320) is None
    store.close()


def test_remove_counts_and_forgets(paths: Paths) -> None:
    store = PreviewStore(paths)
    store.put(A, {320: b"small", 1024: b"large"})
    assert store.remove([A, B]) == 2
    assert store.get(A, 320) is None
    assert store.size_bytes == 0
    store.close()


def test_removed_previews_are_in_no_byte_of_the_store(paths: Paths) -> None:
    store = PreviewStore(paths)
    content = {invented_hash(number): os.urandom(6_000) for number in range(200)}
    for sha256, jpeg in content.items():
        store.put(sha256, {320: jpeg[:2000], 1024: jpeg})
    gone = list(content)[::3]
    store.remove(gone)
    store.rewrite()
    assert store.truncate_wal()
    raw = paths.previews_db.read_bytes()
    assert not any(sha256.encode() in raw or content[sha256][:100] in raw for sha256 in gone)
    store.close()


@pytest.mark.parametrize("content", [b"", b"rubbish" * 1000])
def test_a_damaged_store_begins_anew(paths: Paths, content: bytes) -> None:
    store = PreviewStore(paths)
    store.put(A, {320: b"small"})
    store.close()
    paths.previews_db.write_bytes(content)
    store = PreviewStore(paths)
    assert store.get(A, 320) is None
    store.put(A, {320: b"again"})
    assert store.get(A, 320) == b"again"
    store.close()


def test_a_store_damaged_while_open_begins_anew(paths: Paths) -> None:
    store = PreviewStore(paths)
    for number in range(300):
        store.put(invented_hash(number), {320: bytes(3000)})
    store.truncate_wal()
    store.close()
    with paths.previews_db.open("r+b") as stream:
        stream.seek(4096)
        stream.write(os.urandom(paths.previews_db.stat().st_size - 4096))
    store = PreviewStore(paths)
    assert store.get(A, 320) is None
    store.put(A, {320: b"again"})
    assert store.get(A, 320) == b"again"
    store.close()


def test_a_store_of_another_format_begins_anew(paths: Paths) -> None:
    paths.cache.mkdir(parents=True)
    with closing(sqlite3.connect(paths.previews_db)) as connection:
        connection.execute("CREATE TABLE preview (theirs)")
        connection.execute("PRAGMA user_version = 99")
        connection.commit()
    store = PreviewStore(paths)
    store.put(A, {320: b"small"})
    assert store.get(A, 320) == b"small"
    store.close()


def test_many_threads_share_one_store(paths: Paths) -> None:
    store = PreviewStore(paths)

    def work(base: int) -> None:
        for number in range(base, base + 20):
            store.put(invented_hash(number), {320: str(number).encode()})
            assert store.get(invented_hash(number), 320) == str(number).encode()

    threads = [threading.Thread(target=work, args=(base,)) for base in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.size_bytes == sum(len(str(number)) for base in (0, 100, 200) for number in range(base, base + 20))
    store.close()
