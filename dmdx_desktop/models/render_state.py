"""The states of a render and everything that may change them. Pure; any process and thread.

This module owns every transition: the library stores what ``advance`` returns, and nothing else changes a state. What
``advance`` needs can be read back from rows, so that a render goes on after a crash as if there had been none.

A draft render is made on this computer: planned, running, collecting, done. A paid one is reserved, uploaded and
submitted first. Its rule above all others: once the paid request may have left, only an answer or reconciliation moves
it on, so that nothing is paid twice and nothing paid is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final


class RenderState(StrEnum):
    """Where a render is on its way."""

    PLANNED = "planned"
    RESERVED = "reserved"
    UPLOADING = "uploading"
    SUBMITTING = "submitting"
    RUNNING = "running"
    COLLECTING = "collecting"
    DONE = "done"
    WAITING_ACCOUNT = "waiting_account"
    WAITING_CREDITS = "waiting_credits"
    WAITING_NETWORK = "waiting_network"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    CANCELLED = "cancelled"


class RenderEvent(StrEnum):
    """What can happen to a render."""

    START = "start"
    """A picture process takes a draft render up."""
    RESERVE = "reserve"
    """Its credits are reserved, or its connection needs none."""
    UPLOAD = "upload"
    """A lane takes it up and sends its references."""
    SUBMIT = "submit"
    """The row of the attempt is written; the paid request may leave from now on."""
    ACCEPTED = "accepted"
    """The engine took the request and gave its id."""
    REFUSED = "refused"
    """The request certainly did not start anything and may be sent again."""
    ANSWER_LOST = "answer_lost"
    """The request left and no answer came."""
    FOUND = "found"
    """Reconciliation found the engine's work on the request."""
    NOT_FOUND = "not_found"
    """Reconciliation waited out the settle window and found nothing."""
    HISTORY_EXPIRED = "history_expired"
    """The engine's history no longer reaches back to the request."""
    USER_RESENDS = "user_resends"
    """The user, asked with the price, wants the request sent again."""
    USER_GIVES_UP = "user_gives_up"
    """The user, asked with the price, lets the request go."""
    MADE = "made"
    """The picture exists where it was made."""
    ATTEMPT_FAILED = "attempt_failed"
    """The engine gave an accepted request up without a picture."""
    COLLECTED = "collected"
    """The picture is a verified file of the library."""
    FAIL = "fail"
    """It cannot be made, for a reason that trying again does not change."""
    NO_ACCOUNT = "no_account"
    """The connection wants a sign-in, or another key."""
    NO_CREDITS = "no_credits"
    """The connection has too few credits."""
    NO_NETWORK = "no_network"
    """The connection cannot be reached."""
    RESUME = "resume"
    """What it waited for is there again."""
    CANCEL = "cancel"
    """The user does not want it any more."""
    RESTART = "restart"
    """The core starts, after whatever ended the one before it."""
    CRASH = "crash"
    """The picture process died over it."""


class IllegalTransition(Exception):  # noqa: N818 - it is what happened, and the name the rest of the program uses
    """An event that cannot happen in this state: a mistake in the program, not in the world."""

    def __init__(self, state: RenderState, event: RenderEvent) -> None:
        super().__init__(f"{event} cannot happen to a render that is {state}")
        self.state = state
        self.event = event


@dataclass(frozen=True, slots=True)
class RenderFacts:
    """All that decides how a render goes on.

    ``embedded`` is true for drafts. ``attempts`` counts paid requests that were accepted or may have been, up to
    ``max_attempts``; a request that reconciliation could not find stays counted, as a fuse. ``crashes`` counts picture
    processes that died over it.
    """

    state: RenderState = RenderState.PLANNED
    embedded: bool = True
    attempts: int = 0
    max_attempts: int = 2
    crashes: int = 0
    cancel_requested: bool = False
    history_expired: bool = False


MAX_CRASHES: Final = 2
"""A render that took its process down this often is held: it would take the next one down too."""

FINAL_STATES: Final = frozenset({RenderState.DONE, RenderState.FAILED, RenderState.CANCELLED})
WAITING_STATES: Final = frozenset(
    {RenderState.WAITING_ACCOUNT, RenderState.WAITING_CREDITS, RenderState.WAITING_NETWORK}
)

_PARKED_IN: Final[Mapping[RenderEvent, RenderState]] = {
    RenderEvent.NO_ACCOUNT: RenderState.WAITING_ACCOUNT,
    RenderEvent.NO_CREDITS: RenderState.WAITING_CREDITS,
    RenderEvent.NO_NETWORK: RenderState.WAITING_NETWORK,
}

_Steps = Mapping[RenderState, Mapping[RenderEvent, RenderState]]

_DRAFT_STEPS: Final[_Steps] = {
    RenderState.PLANNED: {
        RenderEvent.START: RenderState.RUNNING,
        RenderEvent.FAIL: RenderState.FAILED,
        RenderEvent.CANCEL: RenderState.CANCELLED,
        RenderEvent.RESTART: RenderState.PLANNED,
    },
    RenderState.RUNNING: {
        RenderEvent.MADE: RenderState.COLLECTING,
        RenderEvent.FAIL: RenderState.FAILED,
        RenderEvent.CANCEL: RenderState.CANCELLED,
        RenderEvent.RESTART: RenderState.PLANNED,
        RenderEvent.CRASH: RenderState.PLANNED,
    },
    RenderState.COLLECTING: {
        RenderEvent.COLLECTED: RenderState.DONE,
        RenderEvent.FAIL: RenderState.FAILED,
        RenderEvent.CANCEL: RenderState.CANCELLED,
        RenderEvent.RESTART: RenderState.PLANNED,
        RenderEvent.CRASH: RenderState.PLANNED,
    },
}

_WAITING_STEPS: Final[Mapping[RenderEvent, RenderState]] = {
    # What was reserved is reserved again under the same key, so going back to the start costs nothing.
    RenderEvent.RESUME: RenderState.PLANNED,
    RenderEvent.CANCEL: RenderState.CANCELLED,
    **_PARKED_IN,
}

_PAID_STEPS: Final[_Steps] = {
    RenderState.PLANNED: {
        RenderEvent.RESERVE: RenderState.RESERVED,
        RenderEvent.FAIL: RenderState.FAILED,
        RenderEvent.CANCEL: RenderState.CANCELLED,
        RenderEvent.RESTART: RenderState.PLANNED,
        **_PARKED_IN,
    },
    RenderState.RESERVED: {
        RenderEvent.UPLOAD: RenderState.UPLOADING,
        RenderEvent.FAIL: RenderState.FAILED,
        RenderEvent.CANCEL: RenderState.CANCELLED,
        RenderEvent.RESTART: RenderState.RESERVED,
        **_PARKED_IN,
    },
    RenderState.UPLOADING: {
        RenderEvent.SUBMIT: RenderState.SUBMITTING,
        RenderEvent.FAIL: RenderState.FAILED,
        RenderEvent.CANCEL: RenderState.CANCELLED,
        RenderEvent.RESTART: RenderState.RESERVED,
        RenderEvent.CRASH: RenderState.RESERVED,
        **_PARKED_IN,
    },
    RenderState.SUBMITTING: {
        RenderEvent.ACCEPTED: RenderState.RUNNING,
        RenderEvent.REFUSED: RenderState.RESERVED,
        RenderEvent.ANSWER_LOST: RenderState.UNCERTAIN,
        RenderEvent.FAIL: RenderState.FAILED,
        RenderEvent.CANCEL: RenderState.SUBMITTING,
        # The request may have left before the core ended: nobody knows.
        RenderEvent.RESTART: RenderState.UNCERTAIN,
        **_PARKED_IN,
    },
    RenderState.RUNNING: {
        RenderEvent.MADE: RenderState.COLLECTING,
        RenderEvent.ATTEMPT_FAILED: RenderState.RESERVED,
        RenderEvent.FAIL: RenderState.FAILED,
        RenderEvent.CANCEL: RenderState.RUNNING,
        # The engine works on, and its id is in the row: attach to it again.
        RenderEvent.RESTART: RenderState.RUNNING,
        **dict.fromkeys(_PARKED_IN, RenderState.RUNNING),
    },
    RenderState.COLLECTING: {
        RenderEvent.COLLECTED: RenderState.DONE,
        RenderEvent.FAIL: RenderState.FAILED,
        RenderEvent.CANCEL: RenderState.COLLECTING,
        RenderEvent.RESTART: RenderState.COLLECTING,
        RenderEvent.CRASH: RenderState.COLLECTING,
        **dict.fromkeys(_PARKED_IN, RenderState.COLLECTING),
    },
    RenderState.UNCERTAIN: {
        RenderEvent.FOUND: RenderState.RUNNING,
        RenderEvent.NOT_FOUND: RenderState.RESERVED,
        RenderEvent.HISTORY_EXPIRED: RenderState.UNCERTAIN,
        RenderEvent.USER_RESENDS: RenderState.RESERVED,
        RenderEvent.USER_GIVES_UP: RenderState.FAILED,
        RenderEvent.CANCEL: RenderState.UNCERTAIN,
        RenderEvent.RESTART: RenderState.UNCERTAIN,
        **dict.fromkeys(_PARKED_IN, RenderState.UNCERTAIN),
    },
    RenderState.WAITING_ACCOUNT: {**_WAITING_STEPS, RenderEvent.RESTART: RenderState.WAITING_ACCOUNT},
    RenderState.WAITING_CREDITS: {**_WAITING_STEPS, RenderEvent.RESTART: RenderState.WAITING_CREDITS},
    RenderState.WAITING_NETWORK: {**_WAITING_STEPS, RenderEvent.RESTART: RenderState.WAITING_NETWORK},
}

_NOTHING_IN_FLIGHT: Final = WAITING_STATES | {RenderState.PLANNED, RenderState.RESERVED, RenderState.UPLOADING}


def is_final(state: RenderState) -> bool:
    """Whether nothing ever happens to a render in this state again."""
    return state in FINAL_STATES


def advance(facts: RenderFacts, event: RenderEvent) -> RenderFacts:
    """What is true of a render after ``event``.

    A cancel takes hold at once while nothing is in flight; after a paid request left, what was paid for is collected
    first, and the render ends cancelled. Raises IllegalTransition for an event that cannot happen now.
    """
    _refuse_what_the_facts_forbid(facts, event)
    steps = _DRAFT_STEPS if facts.embedded else _PAID_STEPS
    target = steps.get(facts.state, {}).get(event)
    if target is None:
        raise IllegalTransition(facts.state, event)
    return _with_cancel_settled(_with_limits_kept(_counted(facts, event, target)))


def _refuse_what_the_facts_forbid(facts: RenderFacts, event: RenderEvent) -> None:
    sent_too_often = event is RenderEvent.SUBMIT and facts.attempts >= facts.max_attempts
    not_theirs_yet = event in (RenderEvent.USER_RESENDS, RenderEvent.USER_GIVES_UP) and not facts.history_expired
    # A history that no longer reaches back proves nothing by being empty.
    proves_nothing = event is RenderEvent.NOT_FOUND and facts.history_expired
    if sent_too_often or not_theirs_yet or proves_nothing:
        raise IllegalTransition(facts.state, event)


def _counted(facts: RenderFacts, event: RenderEvent, target: RenderState) -> RenderFacts:
    leaves_submitting_unrefused = facts.state is RenderState.SUBMITTING and target in (
        RenderState.RUNNING,
        RenderState.UNCERTAIN,
    )
    return replace(
        facts,
        state=target,
        attempts=facts.attempts + leaves_submitting_unrefused,
        crashes=facts.crashes + (event is RenderEvent.CRASH),
        cancel_requested=facts.cancel_requested or event is RenderEvent.CANCEL,
        history_expired=target is RenderState.UNCERTAIN
        and (facts.history_expired or event is RenderEvent.HISTORY_EXPIRED),
    )


def _with_limits_kept(facts: RenderFacts) -> RenderFacts:
    too_many_crashes = facts.crashes >= MAX_CRASHES
    no_attempt_left = facts.state in _NOTHING_IN_FLIGHT and facts.attempts >= facts.max_attempts
    if not is_final(facts.state) and (too_many_crashes or no_attempt_left):
        return replace(facts, state=RenderState.FAILED)
    return facts


def _with_cancel_settled(facts: RenderFacts) -> RenderFacts:
    if facts.cancel_requested and (is_final(facts.state) or facts.state in _NOTHING_IN_FLIGHT):
        return replace(facts, state=RenderState.CANCELLED)
    return facts
