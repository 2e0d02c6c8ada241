"""What the user does to the queue: pause, retry, cancel what waits. Core process, writer thread and asyncio loop."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from dmdx_desktop.library import commands, jobs, problems, remote_traces, renders, runs
from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.commands import CommandState
from dmdx_desktop.library.database import Connection, Lane, Library, Transaction
from dmdx_desktop.library.renders import NewRender, RenderRow
from dmdx_desktop.models.gestures import CancelRenders, PauseRenders, RetryRenders, SkipFailures
from dmdx_desktop.models.ids import RenderId
from dmdx_desktop.models.outcome import ExitCode, Outcome
from dmdx_desktop.models.render_state import WAITING_STATES, RenderEvent, RenderState, advance, is_final
from dmdx_desktop.workers import paid_rows

_WAITING: Final = (RenderState.PLANNED, *sorted(WAITING_STATES))
_AT_ONCE: Final = 200
_RETRIED_AT_MOST: Final = 1_000


@dataclass(slots=True)
class Pause:
    """Whether images may be begun; asked for each."""

    paused: bool = False


async def pause(library: Library, pausing: Pause, command: PauseRenders) -> Outcome:
    """Begin no further image, or go on."""
    pausing.paused = command.paused
    if not command.paused:
        await library.write(_wake, lane=Lane.COMMAND)
    return Outcome(ExitCode.WELL, {"paused": command.paused, "problems": []})


async def cancel(library: Library, command: CancelRenders) -> Outcome:
    """Some at a time, so that no transaction is long; each takes the oldest that still wait."""
    cancelled = await library.write(lambda tx: _cancel_named(tx, command.renders), lane=Lane.COMMAND)
    if command.renders and not (command.jobs or command.everything):
        return Outcome(ExitCode.WELL, {"cancelled": cancelled, "problems": []})
    chosen = None if command.everything else await library.read(lambda connection: _keys_of(connection, command))
    after = 0
    while True:
        last, number = await library.write(partial(_cancel_some, chosen=chosen, after=after), lane=Lane.COMMAND)
        cancelled += number
        if last is None:
            return Outcome(ExitCode.WELL, {"cancelled": cancelled, "problems": []})
        after = last


async def retry(library: Library, command: RetryRenders) -> Outcome:
    """Plan failed images anew, as a run of their own; the failures are forgotten.

    A paid one of which only the user can tell whether it was made is sent again as it is.
    """
    number = await library.write(lambda tx: _retry(tx, command), lane=Lane.COMMAND)
    return Outcome(ExitCode.WELL, {"retried": number, "problems": []})


async def skip(library: Library, command: SkipFailures) -> Outcome:
    """Forget what failed; nothing of it is made. What may have been made is let go, and counts as paid."""
    number = await library.write(lambda tx: _skip(tx, command), lane=Lane.COMMAND)
    return Outcome(ExitCode.WELL, {"skipped": number, "problems": []})


def _wake(tx: Transaction) -> None:
    for row in renders.in_states(tx.connection, _WAITING, limit=1):
        tx.changed(Table.RENDER, row.key)


def _keys_of(connection: Connection, command: CancelRenders) -> frozenset[int]:
    rows = (jobs.by_id(connection, job) for job in command.jobs)
    return frozenset(row.key for row in rows if row is not None)


def _cancel_some(tx: Transaction, *, chosen: frozenset[int] | None, after: int) -> tuple[int | None, int]:
    rows = renders.in_states(tx.connection, _WAITING, after_key=after, limit=_AT_ONCE)
    mine = [row for row in rows if chosen is None or row.job_key in chosen]
    for row in mine:
        renders.store_facts(tx, row.key, advance(renders.facts_of(tx.connection, row), RenderEvent.CANCEL))
    return (rows[-1].key if rows else None), len(mine)


def _cancel_named(tx: Transaction, render_ids: Sequence[RenderId]) -> int:
    rows = (renders.by_id(tx.connection, render_id) for render_id in dict.fromkeys(render_ids))
    mine = [row for row in rows if row is not None and not is_final(row.state)]
    for row in mine:
        renders.store_facts(tx, row.key, advance(renders.facts_of(tx.connection, row), RenderEvent.CANCEL))
    return len(mine)


def _retry(tx: Transaction, command: RetryRenders) -> int:
    row = commands.accept(tx, command_id=command.id, kind=command.kind, arguments="{}")
    doubted = _doubted(tx.connection, command.renders) if row.ended_at is None else ()
    for one in doubted:
        paid_rows.send_again(tx, one)
    failed = _failed(tx.connection, command) if row.ended_at is None else ()
    if failed:
        recipe = tx.execute("SELECT recipe FROM run WHERE key = ?", (failed[0].run_key,)).fetchone()[0]
        run = runs.ensure(tx, command_key=row.key, recipe=recipe)
        renders.plan(tx, run.key, [_anew(tx.connection, one) for one in failed])
    _forget(tx, failed)
    commands.end(tx, row.key, CommandState.DONE)
    return len({one.key for one in (*doubted, *failed)})


def _forget(tx: Transaction, failed: Sequence[RenderRow]) -> None:
    for one in failed:
        remote_traces.remember_of_forgotten(tx, one.key)
        tx.execute("DELETE FROM render WHERE key = ?", (one.key,))
        tx.execute(
            "DELETE FROM run WHERE key = ? AND NOT EXISTS (SELECT 1 FROM render WHERE run_key = run.key)",
            (one.run_key,),
        )
        tx.changed(Table.RENDER, one.key)
        tx.changed(Table.JOB, one.job_key)


def _skip(tx: Transaction, command: SkipFailures) -> int:
    for one in _doubted(tx.connection, command.renders):
        paid_rows.let_go(tx, one)
    failed = _named(tx.connection, command.renders, RenderState.FAILED)
    _forget(tx, failed)
    return len(failed) + problems.forget(tx, command.problems)


def _failed(connection: Connection, command: RetryRenders) -> Sequence[RenderRow]:
    if command.everything:
        return renders.failed(connection, limit=_RETRIED_AT_MOST)
    return _named(connection, command.renders, RenderState.FAILED)[:_RETRIED_AT_MOST]


def _doubted(connection: Connection, render_ids: Sequence[RenderId]) -> Sequence[RenderRow]:
    """Those of which only the user can tell what became of their request."""
    rows = _named(connection, render_ids, RenderState.UNCERTAIN)
    return [row for row in rows if renders.facts_of(connection, row).history_expired]


def _named(connection: Connection, render_ids: Sequence[RenderId], state: RenderState) -> list[RenderRow]:
    rows = (renders.by_id(connection, render_id) for render_id in dict.fromkeys(render_ids))
    return [row for row in rows if row is not None and row.state is state]


def _anew(connection: Connection, row: RenderRow) -> NewRender:
    return NewRender(
        job_key=row.job_key,
        reference_key=row.reference_key,
        scene=row.scene,
        metal=row.metal,
        shot=row.shot,
        shape=row.shape,
        size=row.size,
        n=row.n,
        engine=row.engine,
        seed=row.seed,
        prompt=row.prompt,
        has_own_prompt=row.has_own_prompt,
        references=renders.references_of(connection, row.key),
        agreed_micro_usd=renders.price_shown(connection, row.key),
    )
