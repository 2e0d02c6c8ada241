"""The render state machine: the ways it goes, and what must hold on every way there is."""

from collections import deque

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dmdx_desktop.models.render_state import (
    FINAL_STATES,
    MAX_CRASHES,
    WAITING_STATES,
    IllegalTransition,
    RenderEvent,
    RenderFacts,
    RenderState,
    advance,
    is_final,
)

DRAFT = RenderFacts(embedded=True)
PAID = RenderFacts(embedded=False)
BEFORE_SUBMISSION = WAITING_STATES | {RenderState.PLANNED, RenderState.RESERVED, RenderState.UPLOADING}
RECONCILING = {
    RenderEvent.FOUND,
    RenderEvent.NOT_FOUND,
    RenderEvent.USER_RESENDS,
    RenderEvent.USER_GIVES_UP,
}
PARKING = (RenderEvent.NO_ACCOUNT, RenderEvent.NO_CREDITS, RenderEvent.NO_NETWORK)


def after(facts: RenderFacts, *events: RenderEvent) -> RenderFacts:
    for event in events:
        facts = advance(facts, event)
    return facts


def legal(facts: RenderFacts) -> dict[RenderEvent, RenderFacts]:
    ways = {}
    for event in RenderEvent:
        try:
            ways[event] = advance(facts, event)
        except IllegalTransition:
            continue
    return ways


def reachable(start: RenderFacts) -> dict[RenderFacts, dict[RenderEvent, RenderFacts]]:
    """Every fact there is on any way from ``start``, with the ways on from it."""
    found: dict[RenderFacts, dict[RenderEvent, RenderFacts]] = {}
    waiting = deque([start])
    while waiting:
        facts = waiting.popleft()
        if facts not in found:
            found[facts] = legal(facts)
            waiting.extend(found[facts].values())
    return found


EVERYTHING = {**reachable(DRAFT), **reachable(PAID)}

SUBMITTED = after(PAID, RenderEvent.RESERVE, RenderEvent.UPLOAD, RenderEvent.SUBMIT)
RUNNING = after(SUBMITTED, RenderEvent.ACCEPTED)
UNCERTAIN = after(SUBMITTED, RenderEvent.ANSWER_LOST)


def test_advance_draft_goes_its_way_to_done() -> None:
    facts = DRAFT
    states = []
    for event in (RenderEvent.START, RenderEvent.MADE, RenderEvent.COLLECTED):
        facts = advance(facts, event)
        states.append(facts.state)
    assert states == [RenderState.RUNNING, RenderState.COLLECTING, RenderState.DONE]
    assert facts.attempts == 0


def test_advance_paid_render_goes_its_way_to_done() -> None:
    facts = PAID
    states = []
    for event in (
        *(RenderEvent.RESERVE, RenderEvent.UPLOAD, RenderEvent.SUBMIT, RenderEvent.ACCEPTED),
        *(RenderEvent.MADE, RenderEvent.COLLECTED),
    ):
        facts = advance(facts, event)
        states.append(facts.state)
    assert states == [
        *(RenderState.RESERVED, RenderState.UPLOADING, RenderState.SUBMITTING, RenderState.RUNNING),
        *(RenderState.COLLECTING, RenderState.DONE),
    ]
    assert facts.attempts == 1


def test_every_state_is_reachable_and_drafts_use_six() -> None:
    assert {facts.state for facts in EVERYTHING} == set(RenderState)
    assert {facts.state for facts in reachable(DRAFT)} == {
        *(RenderState.PLANNED, RenderState.RUNNING, RenderState.COLLECTING),
        *(RenderState.DONE, RenderState.FAILED, RenderState.CANCELLED),
    }


def test_every_event_happens_somewhere() -> None:
    assert {event for ways in EVERYTHING.values() for event in ways} == set(RenderEvent)


def test_final_states_are_left_by_nothing() -> None:
    for facts, ways in EVERYTHING.items():
        assert is_final(facts.state) == (facts.state in FINAL_STATES)
        assert not (is_final(facts.state) and ways)


def test_every_other_state_can_still_end() -> None:
    ending = {facts for facts in EVERYTHING if is_final(facts.state)}
    grew = True
    while grew:
        more = {facts for facts, ways in EVERYTHING.items() if facts not in ending and ending & set(ways.values())}
        ending |= more
        grew = bool(more)
    assert ending == set(EVERYTHING)


def test_every_other_state_can_still_be_cancelled_and_restarted() -> None:
    for facts, ways in EVERYTHING.items():
        if not is_final(facts.state):
            assert RenderEvent.CANCEL in ways
            assert RenderEvent.RESTART in ways


def test_attempts_never_pass_the_cap() -> None:
    assert max(facts.attempts for facts in EVERYTHING) == PAID.max_attempts
    for facts, ways in EVERYTHING.items():
        assert RenderEvent.SUBMIT not in ways or facts.attempts < facts.max_attempts


def test_attempts_are_counted_once_when_a_request_may_have_been_accepted() -> None:
    for facts, ways in EVERYTHING.items():
        for target in ways.values():
            counted = facts.state is RenderState.SUBMITTING and target.state in (
                RenderState.RUNNING,
                RenderState.UNCERTAIN,
            )
            assert target.attempts == facts.attempts + counted


def test_uncertain_is_left_by_reconciliation_or_the_users_decision_alone() -> None:
    for facts, ways in EVERYTHING.items():
        if facts.state is RenderState.UNCERTAIN:
            leaving = {event for event, target in ways.items() if target.state is not RenderState.UNCERTAIN}
            assert leaving <= RECONCILING


def test_uncertain_after_the_history_expired_waits_for_the_user() -> None:
    assert RenderEvent.USER_RESENDS not in legal(UNCERTAIN)
    expired = after(UNCERTAIN, RenderEvent.HISTORY_EXPIRED)
    assert RenderEvent.NOT_FOUND not in legal(expired)
    assert after(expired, RenderEvent.USER_RESENDS).state is RenderState.RESERVED
    assert after(expired, RenderEvent.USER_GIVES_UP).state is RenderState.FAILED
    assert after(expired, RenderEvent.FOUND).state is RenderState.RUNNING


def test_uncertain_not_found_may_be_sent_again_until_the_cap() -> None:
    again = after(UNCERTAIN, RenderEvent.NOT_FOUND)
    assert (again.state, again.attempts) == (RenderState.RESERVED, 1)
    lost_again = after(again, RenderEvent.UPLOAD, RenderEvent.SUBMIT, RenderEvent.ANSWER_LOST, RenderEvent.NOT_FOUND)
    assert (lost_again.state, lost_again.attempts) == (RenderState.FAILED, 2)


def test_a_refused_request_counts_no_attempt() -> None:
    refused = after(SUBMITTED, RenderEvent.REFUSED)
    assert (refused.state, refused.attempts) == (RenderState.RESERVED, 0)


@pytest.mark.parametrize("state", [RenderState.RUNNING, RenderState.COLLECTING])
def test_restart_puts_a_draft_back_to_planned(state: RenderState) -> None:
    facts = RenderFacts(state=state)
    assert advance(facts, RenderEvent.RESTART) == RenderFacts(state=RenderState.PLANNED)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (RenderState.PLANNED, RenderState.PLANNED),
        (RenderState.RESERVED, RenderState.RESERVED),
        (RenderState.UPLOADING, RenderState.RESERVED),
        (RenderState.SUBMITTING, RenderState.UNCERTAIN),
        (RenderState.RUNNING, RenderState.RUNNING),
        (RenderState.COLLECTING, RenderState.COLLECTING),
        (RenderState.UNCERTAIN, RenderState.UNCERTAIN),
        (RenderState.WAITING_CREDITS, RenderState.WAITING_CREDITS),
    ],
)
def test_restart_of_a_paid_render_loses_nothing_and_sends_nothing_twice(
    before: RenderState, expected: RenderState
) -> None:
    assert advance(RenderFacts(state=before, embedded=False), RenderEvent.RESTART).state is expected


def test_restart_twice_is_as_restart_once() -> None:
    for ways in EVERYTHING.values():
        if RenderEvent.RESTART in ways:
            once = ways[RenderEvent.RESTART]
            assert is_final(once.state) or advance(once, RenderEvent.RESTART) == once


def test_crash_once_tries_again_and_twice_is_held() -> None:
    once = after(DRAFT, RenderEvent.START, RenderEvent.CRASH)
    assert (once.state, once.crashes) == (RenderState.PLANNED, 1)
    twice = after(once, RenderEvent.START, RenderEvent.CRASH)
    assert (twice.state, twice.crashes) == (RenderState.FAILED, MAX_CRASHES)


def test_crash_over_a_paid_result_does_not_pay_for_it_again() -> None:
    collecting = after(RUNNING, RenderEvent.MADE)
    crashed = after(collecting, RenderEvent.CRASH)
    assert (crashed.state, crashed.attempts) == (RenderState.COLLECTING, 1)


@pytest.mark.parametrize("event", PARKING)
def test_parking_holds_what_has_not_left_and_not_what_has(event: RenderEvent) -> None:
    parked = after(PAID, RenderEvent.RESERVE, event)
    assert parked.state in WAITING_STATES
    assert after(parked, RenderEvent.RESUME).state is RenderState.PLANNED
    assert advance(RUNNING, event) == RUNNING
    assert advance(UNCERTAIN, event) == UNCERTAIN
    with pytest.raises(IllegalTransition):
        advance(DRAFT, event)


def test_parking_never_fails_a_render() -> None:
    for facts, ways in EVERYTHING.items():
        for target in (ways[event] for event in PARKING if event in ways):
            assert target.state is not RenderState.FAILED
            assert target.attempts == facts.attempts


def test_cancel_before_submission_holds_at_once() -> None:
    for facts, ways in EVERYTHING.items():
        if facts.embedded and not is_final(facts.state):
            assert ways[RenderEvent.CANCEL].state is RenderState.CANCELLED
        if not facts.embedded and facts.state in BEFORE_SUBMISSION:
            assert ways[RenderEvent.CANCEL].state is RenderState.CANCELLED


def test_cancel_after_submission_collects_what_was_paid_for() -> None:
    asked = after(RUNNING, RenderEvent.CANCEL)
    assert (asked.state, asked.cancel_requested) == (RenderState.RUNNING, True)
    assert after(asked, RenderEvent.MADE).state is RenderState.COLLECTING
    assert after(asked, RenderEvent.MADE, RenderEvent.COLLECTED).state is RenderState.CANCELLED


def test_cancel_while_uncertain_sends_nothing_again() -> None:
    asked = after(UNCERTAIN, RenderEvent.CANCEL)
    assert asked.state is RenderState.UNCERTAIN
    assert after(asked, RenderEvent.NOT_FOUND).state is RenderState.CANCELLED


def test_a_cancelled_render_is_never_on_its_way_to_be_sent() -> None:
    assert not any(facts.cancel_requested and facts.state in BEFORE_SUBMISSION for facts in EVERYTHING)
    assert not any(facts.cancel_requested and facts.state is RenderState.DONE for facts in EVERYTHING)


def test_illegal_transition_names_state_and_event() -> None:
    with pytest.raises(IllegalTransition, match="collected cannot happen to a render that is planned") as caught:
        advance(DRAFT, RenderEvent.COLLECTED)
    assert (caught.value.state, caught.value.event) == (RenderState.PLANNED, RenderEvent.COLLECTED)


class PaidEngineWorld(RuleBasedStateMachine):
    """Renders beside an engine that charges in secret, whose answers get lost, under a core that dies at any time.

    Unless the user takes the risk of an expired history: one charge a render at most, and what was charged is kept.
    """

    @initialize()
    def begin(self) -> None:
        self.facts = PAID
        self.charged = False
        self.charges = 0
        self.kept = False
        self.user_took_the_risk = False

    def happens(self, event: RenderEvent) -> None:
        self.facts = advance(self.facts, event)

    def in_state(self, *states: RenderState) -> bool:
        return self.facts.state in states

    @precondition(lambda self: is_final(self.facts.state))
    @rule()
    def next_render(self) -> None:
        self.begin()

    @precondition(lambda self: self.in_state(RenderState.PLANNED, RenderState.RESERVED, *WAITING_STATES))
    @rule()
    def goes_on(self) -> None:
        steps = {RenderState.PLANNED: RenderEvent.RESERVE, RenderState.RESERVED: RenderEvent.UPLOAD}
        self.happens(steps.get(self.facts.state, RenderEvent.RESUME))

    @precondition(lambda self: self.in_state(RenderState.UPLOADING))
    @rule(charged=st.booleans())
    def submits(self, charged: bool) -> None:
        self.happens(RenderEvent.SUBMIT)
        self.charged = charged
        self.charges += charged

    @precondition(lambda self: self.in_state(RenderState.SUBMITTING))
    @rule(heard=st.booleans())
    def engine_answers(self, heard: bool) -> None:
        answer = RenderEvent.ACCEPTED if self.charged else RenderEvent.REFUSED
        self.happens(answer if heard else RenderEvent.ANSWER_LOST)

    @precondition(lambda self: self.in_state(RenderState.UNCERTAIN) and not self.facts.history_expired)
    @rule(in_time=st.booleans())
    def reconciles(self, in_time: bool) -> None:
        proof = RenderEvent.FOUND if self.charged else RenderEvent.NOT_FOUND
        self.happens(proof if in_time else RenderEvent.HISTORY_EXPIRED)

    @precondition(lambda self: self.in_state(RenderState.UNCERTAIN) and self.facts.history_expired)
    @rule(event=st.sampled_from([RenderEvent.USER_RESENDS, RenderEvent.USER_GIVES_UP]))
    def user_decides(self, event: RenderEvent) -> None:
        self.user_took_the_risk = True
        self.happens(event)

    @precondition(lambda self: self.in_state(RenderState.RUNNING))
    @rule(made=st.booleans())
    def engine_ends(self, made: bool) -> None:
        self.happens(RenderEvent.MADE if made else RenderEvent.ATTEMPT_FAILED)
        if not made:
            self.charges -= 1
            self.charged = False

    @precondition(lambda self: self.in_state(RenderState.COLLECTING))
    @rule(survives=st.booleans())
    def collects(self, survives: bool) -> None:
        self.happens(RenderEvent.COLLECTED if survives else RenderEvent.CRASH)
        self.kept = survives

    @precondition(lambda self: not is_final(self.facts.state))
    @rule(event=st.sampled_from([RenderEvent.RESTART, RenderEvent.CANCEL]))
    def core_or_user_interrupts(self, event: RenderEvent) -> None:
        self.happens(event)

    @precondition(lambda self: self.in_state(RenderState.PLANNED, RenderState.RESERVED, RenderState.RUNNING))
    @rule(event=st.sampled_from(PARKING))
    def connection_parks(self, event: RenderEvent) -> None:
        self.happens(event)

    @invariant()
    def nothing_is_paid_twice(self) -> None:
        assert self.charges <= 1 or self.user_took_the_risk
        assert self.charges <= self.facts.attempts + 1 <= self.facts.max_attempts + 1

    @invariant()
    def what_was_paid_is_kept(self) -> None:
        held = self.facts.crashes >= MAX_CRASHES
        lost = is_final(self.facts.state) and self.charges > 0 and not self.kept
        assert not lost or held or self.user_took_the_risk

    @invariant()
    def done_means_kept(self) -> None:
        assert self.facts.state is not RenderState.DONE or self.kept


TestPaidEngineWorld = PaidEngineWorld.TestCase
TestPaidEngineWorld.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
