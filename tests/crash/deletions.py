"""Deletes the doomed piece of a shop, killed at a step, and checks that it is gone and that nothing else is."""

from pathlib import Path
from typing import Final

from dmdx_desktop.library.doctor import examine
from tests.crash.audit import faults_at_any_moment, faults_at_rest, rows_of
from tests.crash.lives import Fate, lived
from tests.crash.shop import DOOMED, KEPT, OUTPUTS_OF_DOOMED, Shop
from tests.crash.traces import Traces

PIECES: Final = (
    "SELECT title, (SELECT count(*) FROM reference WHERE job_key = job.key AND state = 'ready'),"
    " (SELECT count(*) FROM output WHERE job_key = job.key) FROM job"
)


def steps_of_deletion(shop: Shop, folder: Path) -> int:
    """How many steps the deletion takes when nothing disturbs it; done to a copy of ``shop`` in ``folder``."""
    copy = shop.copied_to(folder)
    return lived(copy.paths, Fate(), "--delete", _known(job_of(copy))).steps


def delete_under_kill(shop: Shop, step: int) -> str | None:
    """Begin to delete, die at ``step``, go on as a user would; returns where it died."""
    job = _known(job_of(shop))
    died_at = lived(shop.paths, Fate(at_step=step), "--delete", job).died_at
    assert not faults_at_any_moment(shop.paths)
    assert not examine(shop.paths)
    shop.run("resume")
    if job_of(shop) is not None:
        # Killed before anything was written down: the user asks again.
        shop.run("delete", job, "--yes")
    return died_at


def job_of(shop: Shop) -> str | None:
    """The id of the doomed piece, or None when there is none of that title."""
    with rows_of(shop.paths.library_db) as rows:
        found = rows.execute("SELECT id FROM job WHERE title = ?", (DOOMED,)).fetchone()
    return None if found is None else str(found[0])


def check_deleted(shop: Shop, traces: Traces) -> None:
    """Not a byte of the piece is left, but for the receipt and the files that were exported."""
    assert not (found := traces.found_in(shop.paths.basedir)), found
    with rows_of(shop.paths.library_db) as rows:
        ((counts,),) = rows.execute("SELECT counts FROM receipt").fetchall()
        assert rows.execute("SELECT count(*) FROM purge").fetchone() == (0,)
        assert rows.execute("SELECT count(*) FROM purge_item").fetchone() == (0,)
        assert rows.execute("SELECT count(*) FROM tombstone").fetchone() == (0,)
    assert '"pieces": 1' in counts
    assert sum(DOOMED in file.name for file in shop.exported.iterdir()) == OUTPUTS_OF_DOOMED


def check_others_intact(shop: Shop) -> None:
    """The other pieces have all they had, and the library is whole."""
    assert not faults_at_any_moment(shop.paths)
    assert not faults_at_rest(shop.paths)
    assert not examine(shop.paths)
    with rows_of(shop.paths.library_db) as rows:
        assert sorted(rows.execute(PIECES)) == [(title, 1, 1) for title in sorted(KEPT)]
        for title in KEPT:
            found = rows.execute("SELECT title FROM search WHERE search MATCH ?", (f'"{title}"',)).fetchall()
            assert found == [(title,)]


def _known(job: str | None) -> str:
    assert job is not None, "there is nothing to delete"
    return job
