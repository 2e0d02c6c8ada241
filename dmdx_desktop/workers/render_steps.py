"""What happens to renders, written down: their events, and why one failed. Core process, writer thread."""

from collections.abc import Collection
from typing import Final

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library import problems, references, renders
from dmdx_desktop.library.database import Transaction
from dmdx_desktop.models.problem import Problem
from dmdx_desktop.models.render_state import WAITING_STATES, RenderEvent, RenderState, advance, is_final

_UNDER_WAY: Final = (
    RenderState.RUNNING,
    RenderState.COLLECTING,
    RenderState.RESERVED,
    RenderState.UPLOADING,
    RenderState.SUBMITTING,
)


def step(tx: Transaction, key: int, event: RenderEvent, *, problem_code: str | None = None) -> bool:
    """Let ``event`` happen to a render; False where it is gone or has ended meanwhile."""
    render = renders.find(tx.connection, key)
    if render is None or is_final(render.state):
        return False
    facts = advance(renders.facts_of(tx.connection, render), event)
    return renders.store_facts(tx, key, facts, problem_code=problem_code)


def restart_all(tx: Transaction) -> None:
    """The core begins: whatever was under way in the one before is to be done again."""
    after = 0
    while rows := renders.in_states(tx.connection, _UNDER_WAY, after_key=after):
        for row in rows:
            step(tx, row.key, RenderEvent.RESTART)
        after = rows[-1].key
    # What waits for an account, for credit or for the network may find it now.
    resume_parked(tx)


def resume_parked(tx: Transaction, states: Collection[RenderState] = WAITING_STATES) -> int:
    """Let what waits in these states be tried again; returns how many there were. Their banners go."""
    resumed = after = 0
    while rows := renders.in_states(tx.connection, states, after_key=after):
        for row in rows:
            resumed += step(tx, row.key, RenderEvent.RESUME)
        after = rows[-1].key
    if resumed:
        problems.forget_waiting(tx)
    return resumed


def note_if_failed(tx: Transaction, key: int, error: DmdxError) -> None:
    """Say why a render failed, if it did."""
    render = renders.find(tx.connection, key)
    if render is not None and render.state is RenderState.FAILED:
        note(tx, key, error)


def note(tx: Transaction, key: int, error: DmdxError) -> None:
    """Write down what befell a render."""
    render = renders.get(tx.connection, key)
    reference = references.find(tx.connection, render.reference_key)
    problems.add(
        tx,
        Problem.of(error, path=None if reference is None else reference.source_path),
        command_key=renders.command_of(tx.connection, key),
        job_key=render.job_key,
        render_key=key,
    )
