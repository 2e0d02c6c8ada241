"""A page of 200 outputs, at any depth of a library of a million, against the same SQL by bare sqlite3.

The library has a million outputs of 10,000 pieces, made by the schema the program itself creates. One trial reads a
page at each of eleven depths from the newest to the oldest, unfiltered and by each filter a gallery has, and fetches
every row. Two ways of asking are judged, both against bare sqlite3 with the same statements, values and settings: on
the caller's own connection, as the window does, and through the reader threads, as the core does. Gate: at most 1.5
times the peer, each. A third figure says that depth costs nothing: the oldest page against the newest.
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from bench.harness import Comparison, Gate, Relation, judge, rounds_from
from dmdx_desktop.config import Paths
from dmdx_desktop.library import outputs
from dmdx_desktop.library.connections import PAGE_CACHE_KIB, open_read_only
from dmdx_desktop.library.database import Connection, Library, LibraryReader
from dmdx_desktop.library.outputs import PAGE, Flag, OutputFilter

OUTPUTS = 1_000_000
JOBS = 10_000
DEPTHS = tuple(OUTPUTS * tenth // 10 for tenth in range(10, -1, -1))
FILTERS = (
    OutputFilter(),
    OutputFilter(job_key=JOBS // 2),
    OutputFilter(scene="white"),
    OutputFilter(metal="platinum"),
    OutputFilter(flag=Flag.PICK),
    OutputFilter(rating=5),
)
REPEATS = 5
GATE = Gate(Relation.RATIO, at_most=1.5)
DEPTH_GATE = Gate(Relation.RATIO, at_most=1.2)

# Every statement makes all rows of one table at once: a million rows through the program's own functions take minutes.
NUMBERS = "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {count})"
UUID = "printf('01900000-0000-7000-8000-%012x', n + {table} * 10000000)"
MILLION_OUTPUTS = (
    "INSERT INTO command (key, id, kind, arguments, state, phase, accepted_at)"
    " VALUES (1, 'c', 'generate', '{}', 'done', '', 0)",
    "INSERT INTO run (key, id, command_key, recipe, created_at) VALUES (1, 'r', 1, '{}', 0)",
    f"{NUMBERS.format(count=JOBS)} INSERT INTO job (key, id, title, group_key, piece, created_at, updated_at)"
    f" SELECT n, {UUID.format(table=1)}, 'Ring ' || n, 'g' || n, '{{}}', n, n FROM number",
    f"{NUMBERS.format(count=JOBS)} INSERT INTO reference (key, id, job_key, position, view, original_name, source_path,"
    " format, width, height, bytes, sha256, state, added_at)"
    f" SELECT n, {UUID.format(table=2)}, n, 0, 'front', 'r.png', '/r.png', 'png', 9, 9, 9, printf('%064x', n),"
    " 'ready', n FROM number",
    f"{NUMBERS.format(count=OUTPUTS)} INSERT INTO render (key, id, run_key, job_key, reference_key, scene, metal, shot,"
    " shape, size, n, engine, seed, prompt, state, created_at, updated_at)"
    f" SELECT n, {UUID.format(table=3)}, 1, 1 + n % {JOBS}, 1 + n % {JOBS},"
    " CASE n % 3 WHEN 0 THEN 'white' WHEN 1 THEN 'marble' ELSE 'slate' END,"
    " CASE n % 4 WHEN 0 THEN 'platinum' ELSE 'yellow_gold' END, 'front', '1:1', 1600, n, 'draft', n,"
    " 'a ring', 'done', n, n FROM number",
    "INSERT INTO output (key, id, render_key, job_key, run_key, scene, metal, shot, shape, engine, width, height,"
    " bytes, sha256, pixels_sha256, rating, flag, created_at)"
    " SELECT key, id, key, job_key, run_key, scene, metal, shot, shape, engine, 1600, 1600, 2000000 + key,"
    " printf('%064x', key), printf('%064x', key + 1), key % 6, CASE key % 5 WHEN 0 THEN 'pick' ELSE 'none' END,"
    " created_at FROM render",
)

Asked = tuple[OutputFilter, int]
ALL_PAGES: tuple[Asked, ...] = tuple((chosen, depth) for chosen in FILTERS for depth in DEPTHS)


def main(arguments: Sequence[str]) -> int:
    rounds = rounds_from(arguments, __doc__ or "")
    with tempfile.TemporaryDirectory(prefix="dmdx-bench-") as folder:
        paths = Paths(Path(folder) / "library")
        fill(paths)
        with bare_connection(paths) as bare, closing(open_read_only(paths.library_db)) as own, reader(paths) as threads:
            peer = partial(bare_seconds, bare, ALL_PAGES)
            held = [
                judge(
                    Comparison(
                        f"A page of {PAGE} of {OUTPUTS:,} outputs, on the caller's connection",
                        ("outputs.page", partial(own_seconds, own, ALL_PAGES)),
                        ("bare sqlite3", peer),
                        "milliseconds a page",
                        GATE,
                    ),
                    rounds,
                ),
                judge(
                    Comparison(
                        f"\nA page of {PAGE} of {OUTPUTS:,} outputs, through the reader threads",
                        ("Library.read", partial(thread_seconds, threads, ALL_PAGES)),
                        ("bare sqlite3", peer),
                        "milliseconds a page",
                        GATE,
                    ),
                    rounds,
                ),
                judge(
                    Comparison(
                        "\nThe oldest page against the newest",
                        ("oldest", partial(own_seconds, own, [(OutputFilter(), PAGE + 1)] * len(DEPTHS))),
                        ("newest", partial(own_seconds, own, [(OutputFilter(), OUTPUTS + 1)] * len(DEPTHS))),
                        "milliseconds a page",
                        DEPTH_GATE,
                    ),
                    rounds,
                ),
            ]
    return 0 if all(held) else 1


def fill(paths: Paths) -> None:
    """Make the library, and say how long that took: the figures below are of this database."""
    began = time.perf_counter()
    Library.open(paths).close()
    with closing(sqlite3.connect(paths.library_db, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("BEGIN")
        for statement in MILLION_OUTPUTS:
            connection.execute(statement)
        connection.execute("COMMIT")
    megabytes = paths.library_db.stat().st_size / 1e6
    print(f"{OUTPUTS:,} outputs of {JOBS:,} pieces, {megabytes:.0f} MB, made in {time.perf_counter() - began:.0f} s\n")


@contextmanager
def bare_connection(paths: Paths) -> Iterator[Connection]:
    """What the peer reads with: sqlite3 as it comes, with the same page cache as ours."""
    with closing(sqlite3.connect(f"file:{paths.library_db.as_posix()}?mode=ro", uri=True)) as connection:
        connection.execute(f"PRAGMA cache_size = {-PAGE_CACHE_KIB}")
        yield connection


@contextmanager
def reader(paths: Paths) -> Iterator[LibraryReader]:
    with closing(LibraryReader.open(paths, threads=1)) as opened:
        yield opened


def bare_seconds(connection: Connection, asked: Sequence[Asked]) -> float:
    def page(chosen: OutputFilter, before_key: int) -> int:
        sql, values = outputs.page_query(chosen)
        return len(connection.execute(sql, (*values, before_key, PAGE)).fetchall())

    return _milliseconds(page, asked)


def own_seconds(connection: Connection, asked: Sequence[Asked]) -> float:
    return _milliseconds(lambda chosen, key: len(outputs.page(connection, chosen=chosen, before_key=key)), asked)


def thread_seconds(library: LibraryReader, asked: Sequence[Asked]) -> float:
    def page(chosen: OutputFilter, before_key: int) -> int:
        return len(library.read_blocking(partial(outputs.page, chosen=chosen, before_key=before_key)))

    return _milliseconds(page, asked)


def _milliseconds(page: Callable[[OutputFilter, int], int], asked: Sequence[Asked]) -> float:
    """The mean time of one page, read at every depth and by every filter several times."""
    began = time.perf_counter()
    for _ in range(REPEATS):
        for chosen, depth in asked:
            page(chosen, depth + 1)
    return (time.perf_counter() - began) * 1000 / (REPEATS * len(asked))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
