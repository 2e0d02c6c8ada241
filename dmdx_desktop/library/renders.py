"""Renders: each picture to be made, and where it is on its way. Writer thread; reads anywhere.

The states and what may follow what belong to ``models.render_state``; this module stores what that says.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from dmdx_desktop.library import attempts, ledger, search
from dmdx_desktop.library.attempts import AttemptState
from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import columns_of, every_row, found, one_row, placeholders
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.choices import EngineId
from dmdx_desktop.models.ids import RenderId, new_id, now_ms
from dmdx_desktop.models.render_state import FINAL_STATES, RenderFacts, RenderState

# Written out, as in the partial index: SQLite uses that only when it can see that the two agree.
NOT_FINAL: Final = "state NOT IN ('done', 'failed', 'cancelled')"


@dataclass(frozen=True, slots=True)
class NewRender:
    """A picture to be made. ``size`` is the longest side in pixels, ``n`` counts from one."""

    job_key: int
    reference_key: int
    scene: str
    metal: str
    shot: str
    shape: str
    size: int
    n: int
    engine: str
    seed: int
    prompt: str
    has_own_prompt: bool = False
    """Whether a person wrote it."""
    references: tuple[int, ...] = ()
    """Of a paid render the keys of the references that are sent, in the order its prompt speaks of them."""
    agreed_micro_usd: int | None = None
    """The price that the user saw: it is not made for more. None where nobody named one."""


@dataclass(frozen=True, slots=True)
class RenderRow:
    """One picture to be made, or made."""

    key: int
    id: RenderId
    run_key: int
    job_key: int
    reference_key: int
    scene: str
    metal: str
    shot: str
    shape: str
    size: int
    n: int
    engine: str
    seed: int
    prompt: str
    has_own_prompt: bool
    agreed_micro_usd: int | None
    state: RenderState
    crashes: int
    cancel_requested: bool
    problem_code: str | None
    created_at: int
    updated_at: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", RenderState(self.state))
        object.__setattr__(self, "has_own_prompt", bool(self.has_own_prompt))
        object.__setattr__(self, "cancel_requested", bool(self.cancel_requested))

    @property
    def is_paid(self) -> bool:
        """Whether a service makes it."""
        return self.engine != EngineId.DRAFT


COLUMNS: Final = columns_of(RenderRow)
SELECT: Final = f"SELECT {COLUMNS} FROM render"
LAST_QUOTE: Final = "(SELECT quoted_micro_usd FROM attempt WHERE render_key = render.key ORDER BY key DESC LIMIT 1)"
PRICE_SHOWN: Final = f"nullif(max(coalesce({LAST_QUOTE}, 0), coalesce(agreed_micro_usd, 0)), 0)"
"""What the user is told that a render costs: what was agreed or quoted last, whichever is more."""


def plan(tx: Transaction, run_key: int, renders: Sequence[NewRender]) -> None:
    """Write down the pictures of a run: that is the enqueue. What the run has already is left as it is."""
    now = now_ms()
    for new in renders:
        cursor = tx.execute(
            "INSERT INTO render (id, run_key, job_key, reference_key, scene, metal, shot, shape, size, n, engine, seed,"
            " prompt, has_own_prompt, agreed_micro_usd, state, created_at, updated_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (run_key, job_key, scene, metal, shot, shape, n) DO NOTHING RETURNING key",
            (
                new_id(now), run_key, new.job_key, new.reference_key, new.scene, new.metal, new.shot, new.shape,
                new.size, new.n, new.engine, new.seed, new.prompt, int(new.has_own_prompt),
                new.agreed_micro_usd, RenderState.PLANNED, now, now,
            ),
        )  # fmt: skip
        planned = [key for (key,) in cursor.fetchall()]
        tx.changed(Table.RENDER, *planned)
        tx.executemany(
            "INSERT INTO render_reference (render_key, position, reference_key) VALUES (?, ?, ?)",
            [(key, position, reference) for key in planned for position, reference in enumerate(new.references)],
        )
    tx.changed(Table.RUN, run_key)
    for job_key in dict.fromkeys(new.job_key for new in renders):
        search.refresh(tx, job_key)


def store_facts(tx: Transaction, key: int, facts: RenderFacts, *, problem_code: str | None = None) -> bool:
    """Store what ``models.render_state.advance`` returned. False when the render is gone: its job was deleted."""
    cursor = tx.execute(
        "UPDATE render SET state = ?, crashes = ?, cancel_requested = ?, problem_code = ?, updated_at = ?"
        " WHERE key = ? RETURNING run_key, job_key",
        (facts.state, facts.crashes, facts.cancel_requested, problem_code, now_ms(), key),
    )
    updated = cursor.fetchall()
    for run_key, job_key in updated:
        tx.changed(Table.RENDER, key)
        tx.changed(Table.RUN, run_key)
        tx.changed(Table.JOB, job_key)
    return bool(updated)


def agree(tx: Transaction, key: int, micro_usd: int) -> None:
    """The price at which it is made once the user wants it again."""
    tx.execute("UPDATE render SET agreed_micro_usd = ? WHERE key = ?", (micro_usd, key))


def price_shown(connection: Connection, key: int) -> int | None:
    """What the user is told that a render costs: what was agreed or quoted last, whichever is more."""
    return connection.execute(f"SELECT {PRICE_SHOWN} FROM render WHERE key = ?", (key,)).fetchone()[0]  # type: ignore[no-any-return]


def facts_of(connection: Connection, row: RenderRow) -> RenderFacts:
    """What the state machine needs to know of a render."""
    if not row.is_paid:
        return RenderFacts(state=row.state, crashes=row.crashes, cancel_requested=row.cancel_requested)
    last = attempts.last_of_render(connection, row.key)
    # The attempt that is being sent counts once it is known to have left.
    leaving = row.state is RenderState.SUBMITTING and last is not None and last.state is AttemptState.INTENT
    return RenderFacts(
        state=row.state,
        embedded=False,
        attempts=attempts.count_used(connection, row.key) - leaving,
        max_attempts=ledger.limits(connection).attempts_per_render,
        crashes=row.crashes,
        cancel_requested=row.cancel_requested,
        history_expired=row.state is RenderState.UNCERTAIN and last is not None and last.history_expired,
    )


def references_of(connection: Connection, key: int) -> tuple[int, ...]:
    """The keys of the references that are sent for a paid render, in their order."""
    cursor = connection.execute(
        "SELECT reference_key FROM render_reference WHERE render_key = ? ORDER BY position", (key,)
    )
    return tuple(reference for (reference,) in cursor)


PAID_UNDER_WAY: Final = ("collecting", "running", "uncertain", "submitting", "uploading", "reserved", "planned")


def paid_to_do(connection: Connection, limit: int, busy: Collection[int], *, begin: bool) -> tuple[RenderRow, ...]:
    """Paid renders that can go on, the furthest first; with ``begin`` also those that nothing was sent for yet.

    Left out: those that wait for something, and those of which only the user may decide.
    """
    rows: list[RenderRow] = []
    for state in PAID_UNDER_WAY if begin else PAID_UNDER_WAY[:4]:
        if len(rows) >= limit:
            break
        cursor = connection.execute(
            f"SELECT {columns_of(RenderRow, 'render')} FROM render"
            " JOIN reference ON reference.key = render.reference_key AND reference.state = 'ready'"
            f" WHERE render.state = ? AND render.{NOT_FINAL} AND render.engine <> ?"
            f" AND render.key NOT IN ({placeholders(tuple(busy))})"
            " AND NOT EXISTS (SELECT 1 FROM attempt WHERE render_key = render.key AND history_expired = 1"
            " AND attempt.state = 'intent') ORDER BY render.key LIMIT ?",
            (state, EngineId.DRAFT, *busy, limit - len(rows)),
        )
        rows += every_row(RenderRow, cursor)
    return tuple(rows)


def get(connection: Connection, key: int) -> RenderRow:
    """The render of ``key``. Raises ``UsageError`` (not_found)."""
    return found(find(connection, key), "render")


def find(connection: Connection, key: int) -> RenderRow | None:
    """The render of ``key``, or None when it is gone."""
    return one_row(RenderRow, connection.execute(f"{SELECT} WHERE key = ?", (key,)))


def by_id(connection: Connection, render_id: str) -> RenderRow | None:
    """The render of a public id, or None."""
    return one_row(RenderRow, connection.execute(f"{SELECT} WHERE id = ?", (render_id,)))


def in_states(
    connection: Connection, states: Collection[RenderState], *, after_key: int = 0, limit: int = 200
) -> tuple[RenderRow, ...]:
    """Up to ``limit`` unfinished renders in ``states``, oldest first, from behind ``after_key``."""
    wanted = sorted(states)
    if not FINAL_STATES.isdisjoint(wanted):
        raise ValueError("finished renders are listed by run or by job")
    rows: list[RenderRow] = []
    for state in wanted:
        # One ordered range of the index each, instead of sorting all that match.
        cursor = connection.execute(
            f"{SELECT} WHERE state = ? AND {NOT_FINAL} AND key > ? ORDER BY key LIMIT ?", (state, after_key, limit)
        )
        rows.extend(every_row(RenderRow, cursor))
    return tuple(sorted(rows, key=lambda row: row.key)[:limit])


def planned_for_ready(
    connection: Connection, engines: Sequence[str], limit: int, busy: Collection[int] = ()
) -> tuple[RenderRow, ...]:
    """The next planned renders of ``engines`` whose references are decoded, in order, without ``busy`` ones."""
    cursor = connection.execute(
        f"SELECT {columns_of(RenderRow, 'render')} FROM render"
        " JOIN reference ON reference.key = render.reference_key AND reference.state = 'ready'"
        f" WHERE render.state = 'planned' AND render.{NOT_FINAL} AND render.engine IN ({placeholders(engines)})"
        f" AND render.key NOT IN ({placeholders(tuple(busy))}) ORDER BY render.key LIMIT ?",
        (*engines, *busy, limit),
    )
    return every_row(RenderRow, cursor)


def unfinished_of_reference(connection: Connection, reference_key: int) -> tuple[RenderRow, ...]:
    """The renders made from a reference that can still change."""
    cursor = connection.execute(f"{SELECT} WHERE reference_key = ? AND {NOT_FINAL} ORDER BY key", (reference_key,))
    return every_row(RenderRow, cursor)


def failed(connection: Connection, *, limit: int = 200) -> tuple[RenderRow, ...]:
    """Up to ``limit`` renders that failed, oldest first."""
    cursor = connection.execute(f"{SELECT} WHERE state = 'failed' ORDER BY key LIMIT ?", (limit,))
    return every_row(RenderRow, cursor)


def count_unfinished(connection: Connection, *, run_key: int | None = None) -> int:
    """How many renders can still change without anyone's help, of one run or of all."""
    test, values = ("", ()) if run_key is None else ("run_key = ? AND ", (run_key,))
    number: int = connection.execute(
        f"SELECT count(*) FROM render WHERE {test}{NOT_FINAL} AND state NOT IN ('waiting_account', 'waiting_credits')"
        " AND NOT (state IN ('running', 'collecting', 'uncertain') AND problem_code IS NOT NULL)"
        " AND NOT EXISTS (SELECT 1 FROM attempt WHERE render_key = render.key AND history_expired = 1"
        " AND attempt.state = 'intent')",
        values,
    ).fetchone()[0]
    return number


def count_of_run(connection: Connection, run_key: int) -> int:
    """How many renders a run has, whatever became of them."""
    number: int = connection.execute("SELECT count(*) FROM render WHERE run_key = ?", (run_key,)).fetchone()[0]
    return number


def command_of(connection: Connection, key: int) -> int | None:
    """The key of the command whose run a render belongs to, or None when the render is gone."""
    row = connection.execute(
        "SELECT run.command_key FROM render JOIN run ON run.key = render.run_key WHERE render.key = ?", (key,)
    ).fetchone()
    return None if row is None else int(row[0])


def of_run(connection: Connection, run_key: int) -> tuple[RenderRow, ...]:
    """Every render of a run, in the order they were planned."""
    return every_row(RenderRow, connection.execute(f"{SELECT} WHERE run_key = ? ORDER BY key", (run_key,)))


def of_job(connection: Connection, job_key: int) -> tuple[RenderRow, ...]:
    """Every render of a job, oldest first."""
    return every_row(RenderRow, connection.execute(f"{SELECT} WHERE job_key = ? ORDER BY key", (job_key,)))


def unfinished_of_jobs(connection: Connection, job_keys: Sequence[int]) -> tuple[RenderRow, ...]:
    """The renders of these jobs that can still change."""
    cursor = connection.execute(
        f"{SELECT} WHERE job_key IN ({placeholders(job_keys)}) AND {NOT_FINAL} ORDER BY job_key, key", job_keys
    )
    return every_row(RenderRow, cursor)


def counts_of_run(connection: Connection, run_key: int) -> dict[RenderState, int]:
    """How many renders of a run are in each state; states without any are left out."""
    cursor = connection.execute("SELECT state, count(*) FROM render WHERE run_key = ? GROUP BY state", (run_key,))
    return {RenderState(state): number for state, number in cursor}
