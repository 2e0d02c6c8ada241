"""What the window's queue shows: how much is done, what is under way, what needs the user. Any process; readers."""

import itertools
from dataclasses import dataclass
from typing import Final

from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.finishing_view import FinishingRow, finishing, proven_since
from dmdx_desktop.library.purges import ReceiptRow
from dmdx_desktop.library.renders import NOT_FINAL, PRICE_SHOWN
from dmdx_desktop.models.choices import EngineId
from dmdx_desktop.models.render_state import WAITING_STATES

MOST_ROWS: Final = 200
DAY_MS: Final = 86_400_000
_LEFT_TO_USER: Final = (
    "EXISTS (SELECT 1 FROM attempt WHERE render_key = render.key AND history_expired = 1 AND attempt.state = 'intent')"
)
"""Whether only the user can tell what became of a paid request."""
_UNFINISHED: Final = (
    f"render.{NOT_FINAL} AND job.deleted_at IS NULL AND NOT (render.state = 'uncertain' AND {_LEFT_TO_USER})"
    " ORDER BY CASE WHEN render.state = 'planned' THEN 1 WHEN render.state LIKE 'waiting%' THEN 2 ELSE 0 END,"
    " render.key"
)
_UNCERTAIN: Final = (
    f"render.{NOT_FINAL} AND render.state = 'uncertain' AND {_LEFT_TO_USER} AND job.deleted_at IS NULL"
    " ORDER BY render.key"
)
_FAILED: Final = "render.state = 'failed' AND render.updated_at > ? AND job.deleted_at IS NULL ORDER BY render.key DESC"
MOST_DONE: Final = 50
LOOKED_BACK: Final = 400
LOOKED_THROUGH: Final = 2_000
"""Of the problems."""


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
    id: str
    """By which the core knows it."""
    code: str
    """Of what is wrong with it; empty where nothing is."""
    engine: str = EngineId.DRAFT
    since: int = 0
    """When its state began, in UTC epoch milliseconds."""
    job_key: int = 0
    """Of its piece."""
    reference_id: str = ""
    """Of the picture it is made from."""
    problem_key: int = 0
    """Of what kept a piece from being made, where no image was planned of it."""
    recipe: str = ""
    """By which it was to be made then, in JSON."""
    quoted: int | None = None
    """What a paid engine was to be paid for it, in micro-USD, once its request has left or was about to."""


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """Images that wait for the same thing."""

    state: str
    code: str
    number: int
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class DoneRow:
    """One image that is there."""

    key: int
    title: str
    scene: str
    metal: str
    n: int
    sha256: str
    """Of the image."""
    at: int
    """When it was done, in UTC epoch milliseconds."""
    engine: str = EngineId.DRAFT
    quoted: int | None = None
    charged: int | None = None
    """What it really cost in micro-USD, once the service has said so."""


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
    done_rows: tuple[DoneRow, ...]
    """The newest of those done in the last day."""
    seconds_each: float | None
    """The median time of the last images, from one finished to the next; None where there are too few."""
    seconds_of: tuple[tuple[str, float], ...] = ()
    """The same for the images of each engine that is at work, where there are enough."""
    finishing: tuple[FinishingRow, ...] = ()
    """Deletions whose work is still under way."""
    receipts: tuple[ReceiptRow, ...] = ()
    """Proof of those that came to their end today, newest first."""
    unmade: tuple[QueueRow, ...] = ()
    """Pieces of which nothing was made, because their pictures promised nothing worth having."""
    parked: tuple[WaitingGroup, ...] = ()
    """What waits for a key, for credit or for the network."""
    uncertain: tuple[QueueRow, ...] = ()
    """Paid images of which nobody but the user can tell whether they were made."""

    @property
    def needs(self) -> int:
        """How many rows need the user."""
        return self.failed + len(self.unmade) + len(self.uncertain)

    @property
    def held_up(self) -> int:
        """How many images wait for a key, for credit or for the network."""
        return sum(group.number for group in self.parked)

    @property
    def left(self) -> int:
        """How many images are not done yet, and will be without anybody saying so again."""
        return self.running + self.waiting + self.held_up


def queue_view(connection: Connection, now: int) -> QueueView:
    """The queue of today; ``now`` is UTC epoch milliseconds."""
    since = now - DAY_MS
    states = dict(
        connection.execute(
            "SELECT render.state, count(*) FROM render JOIN job ON job.key = render.job_key"
            f" WHERE render.{NOT_FINAL} AND job.deleted_at IS NULL GROUP BY render.state"
        )
    )
    done = connection.execute("SELECT count(*) FROM output WHERE created_at > ?", (since,)).fetchone()[0]
    parked, uncertain = _parked(connection), _rows(connection, _UNCERTAIN, ())
    under_way = {state: number for state, number in states.items() if state not in ("planned", *WAITING_STATES)}
    running = sum(under_way.values()) - len(uncertain)
    failed = connection.execute(
        "SELECT count(*) FROM render JOIN job ON job.key = render.job_key"
        " WHERE render.state = 'failed' AND render.updated_at > ? AND job.deleted_at IS NULL",
        (since,),
    ).fetchone()[0]
    rows = _rows(connection, _UNFINISHED, ())
    engines = dict.fromkeys(row.engine for row in rows)
    paces = ((engine, _median_gap(connection, engine)) for engine in engines)
    return QueueView(
        done=done,
        running=running,
        waiting=states.get("planned", 0),
        failed=failed,
        rows=rows,
        needing=_rows(connection, _FAILED, (since,)),
        done_rows=_done(connection, since),
        seconds_each=_median_gap(connection),
        seconds_of=tuple((engine, pace) for engine, pace in paces if pace is not None),
        finishing=finishing(connection),
        receipts=proven_since(connection, since),
        unmade=_unmade(connection, since),
        parked=parked,
        uncertain=uncertain,
    )


def _rows(connection: Connection, tests: str, values: tuple[int, ...]) -> tuple[QueueRow, ...]:
    cursor = connection.execute(
        "SELECT render.key, job.id, job.title, scene, metal, n, render.state, reference.sha256,"
        " coalesce((SELECT message FROM problem WHERE render_key = render.key ORDER BY key DESC LIMIT 1), ''),"
        " coalesce((SELECT remedy FROM problem WHERE render_key = render.key ORDER BY key DESC LIMIT 1), ''),"
        " render.id, coalesce(render.problem_code,"
        " (SELECT code FROM problem WHERE render_key = render.key ORDER BY key DESC LIMIT 1), ''),"
        " render.engine, render.updated_at, render.job_key, reference.id, 0, '',"
        f" {PRICE_SHOWN}"
        " FROM render JOIN job ON job.key = render.job_key JOIN reference ON reference.key = render.reference_key"
        f" WHERE {tests} LIMIT ?",
        (*values, MOST_ROWS),
    )
    return tuple(QueueRow(*row) for row in cursor)


def _parked(connection: Connection) -> tuple[WaitingGroup, ...]:
    """What waits, with the newest words of why."""
    about = (
        "(SELECT {column} FROM problem WHERE waits_for = state AND problem.code = coalesce(problem_code, '')"
        " ORDER BY key DESC LIMIT 1)"
    )
    cursor = connection.execute(
        "SELECT state, coalesce(problem_code, ''), number,"
        f" coalesce({about.format(column='message')}, ''), coalesce({about.format(column='remedy')}, '') FROM"
        " (SELECT render.state, render.problem_code, count(*) AS number FROM render"
        f" JOIN job ON job.key = render.job_key WHERE render.{NOT_FINAL}"
        " AND render.state IN ('waiting_account', 'waiting_credits', 'waiting_network') AND job.deleted_at IS NULL"
        " GROUP BY render.state, render.problem_code) ORDER BY state, number DESC"
    )
    return tuple(WaitingGroup(*row) for row in cursor)


def _unmade(connection: Connection, since: int) -> tuple[QueueRow, ...]:
    """The newest of each piece and reason."""
    cursor = connection.execute(
        "SELECT max(problem.key), job.id, job.title, '', '', 0, 'failed', reference.sha256, message, remedy, '', code,"
        " coalesce((SELECT json_extract(recipe, '$.engine') FROM run WHERE run.command_key = problem.command_key),"
        " 'draft'), problem.created_at, job.key, reference.id, problem.key,"
        " coalesce((SELECT recipe FROM run WHERE run.command_key = problem.command_key), '')"
        " FROM (SELECT * FROM problem ORDER BY key DESC LIMIT ?) AS problem"
        " JOIN command ON command.key = problem.command_key JOIN job ON job.key = problem.job_key"
        " JOIN reference ON reference.key = coalesce(problem.reference_key, (SELECT first.key FROM reference AS first"
        " WHERE first.job_key = job.key ORDER BY first.position, first.key LIMIT 1))"
        " WHERE problem.render_key IS NULL AND command.kind IN ('generate', 'render') AND problem.created_at > ?"
        " AND job.deleted_at IS NULL GROUP BY job.key, code ORDER BY problem.key DESC LIMIT ?",
        (LOOKED_THROUGH, since, MOST_ROWS),
    )
    return tuple(QueueRow(*row) for row in cursor)


def _done(connection: Connection, since: int) -> tuple[DoneRow, ...]:
    cursor = connection.execute(
        "SELECT output.key, job.title, output.scene, output.metal, render.n, output.sha256, output.created_at,"
        " output.engine, attempt.quoted_micro_usd, attempt.charged_micro_usd FROM output"
        " JOIN job ON job.key = output.job_key JOIN render ON render.key = output.render_key"
        " LEFT JOIN attempt ON attempt.render_key = render.key AND attempt.state = 'made'"
        " WHERE output.created_at > ? AND job.deleted_at IS NULL ORDER BY output.key DESC LIMIT ?",
        (since, MOST_DONE),
    )
    return tuple(DoneRow(*row) for row in cursor)


def _median_gap(connection: Connection, engine: str | None = None) -> float | None:
    """Of the last 20 images, or of those among the last few hundred that an engine made."""
    made = (
        "SELECT output.key, output.created_at, render.engine FROM output JOIN render ON render.key = output.render_key"
    )
    cursor = connection.execute(
        f"SELECT created_at FROM ({made} ORDER BY output.key DESC LIMIT ?)"
        " WHERE engine = ? OR ? IS NULL ORDER BY key DESC LIMIT 21",
        (LOOKED_BACK, engine, engine),
    )
    moments = [at for (at,) in cursor]
    gaps = sorted(later - earlier for later, earlier in itertools.pairwise(moments))
    return gaps[len(gaps) // 2] / 1000 if len(gaps) >= 5 else None
