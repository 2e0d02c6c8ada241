"""What the window's queue shows: how much is done, what is under way, what needs the user. Any process; readers."""

import itertools
from dataclasses import dataclass
from typing import Final

from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.renders import NOT_FINAL

MOST_ROWS: Final = 200
DAY_MS: Final = 86_400_000
_UNFINISHED: Final = f"render.{NOT_FINAL} ORDER BY render.state = 'planned', render.key"
_FAILED: Final = "render.state = 'failed' AND render.updated_at > ? ORDER BY render.key DESC"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One image to be made."""

    key: int
    job_id: str
    title: str
    scene: str
    metal: str
    n: int
    state: str
    sha256: str
    """Of the reference it is made from."""
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class QueueView:
    """The queue at one moment."""

    done: int
    running: int
    waiting: int
    failed: int
    rows: tuple[QueueRow, ...]
    """Under way first, then what waits, as far as it is listed."""
    needing: tuple[QueueRow, ...]
    """What failed since the last day began."""
    seconds_each: float | None
    """The median time of the last images, from one finished to the next; None where there are too few."""


def queue_view(connection: Connection, now: int) -> QueueView:
    """The queue of today; ``now`` is UTC epoch milliseconds."""
    since = now - DAY_MS
    states = dict(connection.execute(f"SELECT state, count(*) FROM render WHERE {NOT_FINAL} GROUP BY state"))
    done = connection.execute("SELECT count(*) FROM output WHERE created_at > ?", (since,)).fetchone()[0]
    running = sum(number for state, number in states.items() if state != "planned")
    failed = connection.execute(
        "SELECT count(*) FROM render WHERE state = 'failed' AND updated_at > ?", (since,)
    ).fetchone()[0]
    return QueueView(
        done=done,
        running=running,
        waiting=states.get("planned", 0),
        failed=failed,
        rows=_rows(connection, _UNFINISHED, ()),
        needing=_rows(connection, _FAILED, (since,)),
        seconds_each=_median_gap(connection),
    )


def _rows(connection: Connection, tests: str, values: tuple[int, ...]) -> tuple[QueueRow, ...]:
    cursor = connection.execute(
        "SELECT render.key, job.id, job.title, scene, metal, n, render.state, reference.sha256,"
        " coalesce((SELECT message FROM problem WHERE render_key = render.key ORDER BY key DESC LIMIT 1), ''),"
        " coalesce((SELECT remedy FROM problem WHERE render_key = render.key ORDER BY key DESC LIMIT 1), '')"
        " FROM render JOIN job ON job.key = render.job_key JOIN reference ON reference.key = render.reference_key"
        f" WHERE {tests} LIMIT ?",
        (*values, MOST_ROWS),
    )
    return tuple(QueueRow(*row) for row in cursor)


def _median_gap(connection: Connection) -> float | None:
    moments = [at for (at,) in connection.execute("SELECT created_at FROM output ORDER BY key DESC LIMIT 21")]
    gaps = sorted(later - earlier for later, earlier in itertools.pairwise(moments))
    return gaps[len(gaps) // 2] / 1000 if len(gaps) >= 5 else None
