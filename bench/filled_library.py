"""Libraries of any number of images for the figures of the window, with previews for every one of them.

Rows are made by one statement a table: a million through the program's own functions take minutes. Images share a few
hundred pictures, so that the previews fit on a disk and a grid that scrolls still decodes each one it shows.
"""

import io
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from PIL import Image

from bench.page import NUMBERS, UUID
from dmdx_desktop.config import Paths
from dmdx_desktop.library.database import Library
from dmdx_desktop.library.previews import EDGES, PreviewStore

IMAGES_A_PIECE: Final = 20
PICTURES: Final = 200
SAMPLES: Final = Path(__file__).resolve().parent.parent / "resources" / "samples"
SHA: Final = f"printf('%064x', n % {PICTURES})"


def fill(paths: Paths, images: int) -> None:
    """Make a library of ``images`` images, twenty a piece, newest piece last, and the previews of all of them."""
    Library.open(paths).close()
    pieces = -(-images // IMAGES_A_PIECE)
    with closing(sqlite3.connect(paths.library_db, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("BEGIN")
        for statement in _statements(pieces, images):
            connection.execute(statement)
        connection.execute("COMMIT")
    with closing(PreviewStore(paths)) as store:
        for number, previews in enumerate(_previews()):
            store.put(f"{number:064x}", previews)


def add_image(paths: Paths, key: int) -> None:
    """Add one image behind the newest, as a run would that has just made it; ``key`` is one that is free."""
    with closing(sqlite3.connect(paths.library_db, isolation_level=None)) as connection:
        for statement in (_render(f"SELECT {key} AS n"), _output(f"key = {key}")):
            connection.execute(statement)


def _statements(pieces: int, images: int) -> Sequence[str]:
    return (
        "INSERT INTO command (key, id, kind, arguments, state, phase, accepted_at)"
        " VALUES (1, 'c', 'generate', '{}', 'done', '', 0)",
        "INSERT INTO run (key, id, command_key, recipe, created_at) VALUES (1, 'r', 1, '{}', 0)",
        f"{NUMBERS.format(count=pieces)} INSERT INTO job (key, id, title, group_key, piece, created_at, updated_at)"
        f" SELECT n, {UUID.format(table=1)}, 'Ring ' || n, 'g' || n, '{{}}', n, n FROM number",
        f"{NUMBERS.format(count=pieces)} INSERT INTO reference (key, id, job_key, position, view, original_name,"
        " source_path, format, width, height, bytes, sha256, state, added_at)"
        f" SELECT n, {UUID.format(table=2)}, n, 0, 'front', 'r.png', '/rings/' || n % 40 || '/r.png', 'png', 9, 9, 9,"
        f" {SHA}, 'ready', n FROM number",
        _render(f"{NUMBERS.format(count=images)} SELECT n FROM number"),
        _output("1"),
    )


def _render(numbers: str) -> str:
    return (
        "INSERT INTO render (key, id, run_key, job_key, reference_key, scene, metal, shot, shape, size, n, engine,"
        " seed, prompt, state, created_at, updated_at)"
        f" SELECT n, {UUID.format(table=3)}, 1, piece, piece,"
        " CASE n % 3 WHEN 0 THEN 'white' WHEN 1 THEN 'marble' ELSE 'slate' END,"
        " CASE n % 4 WHEN 0 THEN 'platinum' ELSE 'yellow_gold' END, 'front', '1:1', 1600, n, 'draft', n, 'a ring',"
        f" 'done', n, n FROM (SELECT n, min(1 + (n - 1) / {IMAGES_A_PIECE}, (SELECT max(key) FROM job)) AS piece"
        f" FROM ({numbers}))"
    )


def _output(which: str) -> str:
    return (
        "INSERT INTO output (key, id, render_key, job_key, run_key, scene, metal, shot, shape, engine, width, height,"
        " bytes, sha256, pixels_sha256, rating, flag, created_at)"
        f" SELECT key, id, key, job_key, run_key, scene, metal, shot, shape, engine, 1600, 1600, 2000000,"
        f" {SHA.replace('n %', 'key %')}, printf('%064x', key), key % 6,"
        f" CASE key % 5 WHEN 0 THEN 'pick' ELSE 'none' END, 1700000000000 + key FROM render WHERE {which}"
    )


def _previews() -> Sequence[dict[int, bytes]]:
    """The previews of every picture: the samples on grounds of slowly changing colour, each a file of its own."""
    samples = [Image.open(file).convert("RGB") for file in sorted(SAMPLES.iterdir())]
    made = []
    for number in range(PICTURES):
        sample = samples[number % len(samples)]
        previews = {}
        for edge in EDGES:
            small = sample.copy()
            small.thumbnail((edge, edge))
            canvas = Image.new("RGB", (edge, edge), (number % 256, 128, 255 - number % 256))
            canvas.paste(small, ((edge - small.width) // 2, (edge - small.height) // 2))
            written = io.BytesIO()
            canvas.save(written, "JPEG", quality=85)
            previews[edge] = written.getvalue()
        made.append(previews)
    return made
