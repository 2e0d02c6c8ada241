"""What a deletion would take, for the dialog that asks: counted before anything is hidden. Any process; on readers."""

from collections.abc import Sequence
from dataclasses import dataclass

from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.renders import NOT_FINAL
from dmdx_desktop.library.rows import json_of_keys


@dataclass(frozen=True, slots=True)
class DeletionView:
    """Counts of what goes, and of what stays though it was made of it."""

    titles: tuple[str, ...]
    """Of the pieces that go, or whose images go; a few."""
    pieces: int
    references: int
    images: int
    bytes: int
    """Of references and images together."""
    picked: int
    exports: int
    """Files that were exported and stay where they are."""
    waiting: int
    """Images that are still to be made, and will not be."""


MOST_TITLES = 3


def of_pieces(connection: Connection, job_keys: Sequence[int]) -> DeletionView:
    """What deleting these pieces takes."""
    wanted = json_of_keys(job_keys)
    jobs = "(SELECT value FROM json_each(?))"
    titles = connection.execute(f"SELECT title FROM job WHERE key IN {jobs} LIMIT ?", (wanted, MOST_TITLES)).fetchall()
    pieces = connection.execute(f"SELECT count(*) FROM job WHERE key IN {jobs}", (wanted,)).fetchone()[0]
    references, reference_bytes = connection.execute(
        f"SELECT count(*), coalesce(sum(bytes), 0) FROM reference WHERE job_key IN {jobs}", (wanted,)
    ).fetchone()
    waiting = connection.execute(
        f"SELECT count(*) FROM render WHERE {NOT_FINAL} AND job_key IN {jobs}", (wanted,)
    ).fetchone()[0]
    images, image_bytes, picked, exports = _images(connection, f"job_key IN {jobs}", wanted)
    return DeletionView(
        titles=tuple(title for (title,) in titles),
        pieces=pieces,
        references=references,
        images=images,
        bytes=reference_bytes + image_bytes,
        picked=picked,
        exports=exports,
        waiting=waiting,
    )


def of_images(connection: Connection, output_keys: Sequence[int]) -> DeletionView:
    """What deleting these images takes; their pieces stay."""
    wanted = json_of_keys(output_keys)
    test = "output.key IN (SELECT value FROM json_each(?))"
    titles = connection.execute(
        f"SELECT DISTINCT title FROM output JOIN job ON job.key = output.job_key WHERE {test} LIMIT ?",
        (wanted, MOST_TITLES),
    ).fetchall()
    images, image_bytes, picked, exports = _images(connection, test, wanted)
    return DeletionView(
        titles=tuple(title for (title,) in titles),
        pieces=0,
        references=0,
        images=images,
        bytes=image_bytes,
        picked=picked,
        exports=exports,
        waiting=0,
    )


def _images(connection: Connection, test: str, wanted: str) -> tuple[int, int, int, int]:
    images, size, picked = connection.execute(
        f"SELECT count(*), coalesce(sum(bytes), 0), coalesce(sum(flag = 'pick'), 0) FROM output WHERE {test}", (wanted,)
    ).fetchone()
    exports = connection.execute(
        "SELECT count(*) FROM export JOIN output ON output.key = export.output_key WHERE export.state = 'done'"
        f" AND {test}",
        (wanted,),
    ).fetchone()[0]
    return images, size, picked, exports


def picked_images(connection: Connection, *, pieces: Sequence[int] = (), images: Sequence[int] = ()) -> tuple[int, ...]:
    """The keys of picked images among these, and among those of these pieces."""
    rows = connection.execute(
        "SELECT key FROM output WHERE flag = 'pick' AND (job_key IN (SELECT value FROM json_each(?))"
        " OR key IN (SELECT value FROM json_each(?))) ORDER BY key",
        (json_of_keys(pieces), json_of_keys(images)),
    )
    return tuple(key for (key,) in rows)
