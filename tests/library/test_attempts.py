"""Paid requests are written down before they leave, and the database itself refuses what must not be paid for."""

import sqlite3
from datetime import UTC, datetime

import pytest

from dmdx_desktop.library import attempts, jobs, ledger
from dmdx_desktop.library.attempts import AttemptRow, AttemptState
from dmdx_desktop.library.database import Library, Transaction
from dmdx_desktop.library.ledger import Movement, Payee
from dmdx_desktop.library.schema_1_3 import ATTEMPTS_PER_RENDER, HOUR_MICRO_USD
from tests.library.world import add_job, add_reference, add_renders, add_run

ENGINE = "maker/model"
ORIGIN = "https://service.example.invalid"
HOUR_MS = 3_600_000
OVER = (AttemptState.REJECTED, AttemptState.LOST, AttemptState.FAILED, AttemptState.GIVEN_UP)
OPEN = (AttemptState.INTENT, AttemptState.ACCEPTED, AttemptState.MADE)


class Clock:
    """The moment that rows are written at."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ms = 0
        monkeypatch.setattr(attempts, "now_ms", lambda: self.ms)
        monkeypatch.setattr(ledger, "now_ms", lambda: self.ms)
        self.set("2031-03-15T12:00:00")

    def set(self, moment: str) -> None:
        self.ms = round(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def render_keys(library: Library) -> list[int]:
    return library.write_blocking(
        lambda tx: [row.key for row in add_renders(tx, add_run(tx), add_reference(tx, add_job(tx)), 4)]
    )


def _begin(tx: Transaction, render_key: int, quoted: int = 100, engine: str = ENGINE) -> AttemptRow:
    row = attempts.begin(
        tx,
        render_key=render_key,
        attempt_id=attempts.new_attempt_id(),
        engine=engine,
        origin=ORIGIN,
        has_marker=True,
        quoted=quoted,
    )
    ledger.write(tx, row.id, Payee.WAVESPEED, Movement.RESERVED, quoted)
    return row


def _ended(tx: Transaction, render_key: int, state: AttemptState) -> AttemptRow:
    row = _begin(tx, render_key)
    attempts.settle(tx, row.key, state, prediction=f"p{row.key}" if state in OPEN else None)
    return row


def _refused(library: Library, render_key: int, fuse: str, quoted: int = 100) -> None:
    """Fails unless the database refuses one more attempt, and leaves everything as it was."""
    before = library.read_blocking(lambda c: (attempts.of_render(c, render_key), ledger.meter(c)))
    with pytest.raises(sqlite3.IntegrityError, match=f"^{fuse} fuse$"):
        library.write_blocking(lambda tx: _begin(tx, render_key, quoted))
    assert library.read_blocking(lambda c: (attempts.of_render(c, render_key), ledger.meter(c))) == before


def test_attempt_is_written_down_with_all_that_will_be_asked_of_it(library: Library, render_keys: list[int]) -> None:
    row = library.write_blocking(lambda tx: _begin(tx, render_keys[0]))
    assert (row.state, row.engine, row.origin, row.has_marker) == (AttemptState.INTENT, ENGINE, ORIGIN, True)
    assert (row.prediction, row.quoted_micro_usd, row.charged_micro_usd, row.history_expired) == (
        None,
        100,
        None,
        False,
    )
    assert library.read_blocking(lambda c: attempts.last_of_render(c, render_keys[0])) == row
    assert library.read_blocking(lambda c: attempts.last_of_render(c, render_keys[1])) is None


def test_attempt_keeps_what_was_known_when_more_becomes_known(
    library: Library, render_keys: list[int], clock: Clock
) -> None:
    def live(tx: Transaction) -> AttemptRow | None:
        key = _begin(tx, render_keys[0]).key
        clock.ms += 1
        attempts.settle(tx, key, AttemptState.ACCEPTED, prediction="p1")
        clock.ms += 1
        attempts.settle(tx, key, AttemptState.MADE)
        attempts.set_charge(tx, key, 90)
        attempts.expire_history(tx, key)
        return attempts.by_prediction(tx.connection, "p1")

    row = library.write_blocking(live)
    assert row is not None
    assert (row.state, row.prediction, row.charged_micro_usd, row.history_expired) == (
        AttemptState.MADE,
        "p1",
        90,
        True,
    )
    assert (row.answered_at, row.ended_at) == (row.created_at + 1, row.created_at + 2)


def test_attempts_are_found_by_what_is_not_known_of_them(library: Library, render_keys: list[int]) -> None:
    def fill(tx: Transaction) -> tuple[AttemptRow, ...]:
        other = _begin(tx, render_keys[3], engine="maker/other")
        intent = _begin(tx, render_keys[0])
        accepted = _ended(tx, render_keys[1], AttemptState.ACCEPTED)
        made = _ended(tx, render_keys[2], AttemptState.MADE)
        return other, intent, accepted, made

    other, intent, accepted, made = library.write_blocking(fill)
    assert library.read_blocking(lambda c: attempts.unanswered(c, ENGINE)) == (intent,)
    assert library.read_blocking(lambda c: attempts.unanswered(c, "maker/other")) == (other,)
    assert [row.key for row in library.read_blocking(attempts.unsettled)] == [made.key]
    library.write_blocking(lambda tx: attempts.set_charge(tx, made.key, 0))
    assert library.read_blocking(attempts.unsettled) == ()
    ids = [f"p{accepted.key}", f"p{made.key}", *(f"stranger {number}" for number in range(250))]
    assert library.read_blocking(lambda c: attempts.known_predictions(c, ids[::-1])) == set(ids[:2])
    assert library.read_blocking(lambda c: attempts.known_predictions(c, [])) == frozenset()


def test_one_prediction_belongs_to_one_attempt(library: Library, render_keys: list[int]) -> None:
    def adopt_twice(tx: Transaction) -> None:
        for render_key in render_keys[:2]:
            row = _begin(tx, render_key)
            attempts.settle(tx, row.key, AttemptState.ACCEPTED, prediction="the same")

    with pytest.raises(sqlite3.IntegrityError):
        library.write_blocking(adopt_twice)
    assert library.read_blocking(lambda c: attempts.of_render(c, render_keys[0])) == ()


@pytest.mark.parametrize("state", OPEN)
def test_open_attempt_fuse_allows_none_beside_one_that_may_have_been_paid(
    library: Library, render_keys: list[int], state: AttemptState
) -> None:
    library.write_blocking(lambda tx: _ended(tx, render_keys[0], state))
    _refused(library, render_keys[0], "open attempt")
    library.write_blocking(lambda tx: _begin(tx, render_keys[1]))


@pytest.mark.parametrize("state", [state for state in OVER if state is not AttemptState.REJECTED])
def test_attempt_fuse_counts_every_attempt_that_may_have_cost_something(
    library: Library, render_keys: list[int], state: AttemptState
) -> None:
    for _ in range(ATTEMPTS_PER_RENDER):
        library.write_blocking(lambda tx: _ended(tx, render_keys[0], state))
    _refused(library, render_keys[0], "attempt")
    assert library.read_blocking(lambda c: attempts.count_used(c, render_keys[0])) == ATTEMPTS_PER_RENDER
    library.write_blocking(lambda tx: _ended(tx, render_keys[1], state))


def test_attempt_fuse_leaves_out_those_that_certainly_started_nothing(library: Library, render_keys: list[int]) -> None:
    for _ in range(3 * ATTEMPTS_PER_RENDER):
        library.write_blocking(lambda tx: _ended(tx, render_keys[0], AttemptState.REJECTED))
    assert library.read_blocking(lambda c: attempts.count_used(c, render_keys[0])) == 0
    library.write_blocking(lambda tx: _begin(tx, render_keys[0]))


def test_attempt_fuse_follows_its_setting(library: Library, render_keys: list[int]) -> None:
    library.write_blocking(lambda tx: ledger.set_fuses(tx, attempts_per_render=1, hour_micro_usd=HOUR_MICRO_USD))
    library.write_blocking(lambda tx: _ended(tx, render_keys[0], AttemptState.LOST))
    _refused(library, render_keys[0], "attempt")


def test_hour_fuse_allows_exactly_its_sum_within_any_hour(
    library: Library, render_keys: list[int], clock: Clock
) -> None:
    library.write_blocking(lambda tx: ledger.set_fuses(tx, attempts_per_render=9, hour_micro_usd=1_000))
    _refused(library, render_keys[0], "hour", quoted=1_001)
    library.write_blocking(lambda tx: _begin(tx, render_keys[0], 600))
    clock.ms += HOUR_MS // 2
    library.write_blocking(lambda tx: _begin(tx, render_keys[1], 400))
    _refused(library, render_keys[2], "hour", quoted=1)
    clock.ms += HOUR_MS // 2 - 1
    _refused(library, render_keys[2], "hour", quoted=1)
    clock.ms += 1
    _refused(library, render_keys[2], "hour", quoted=601)
    library.write_blocking(lambda tx: _begin(tx, render_keys[2], 600))


def test_hour_fuse_is_there_from_the_beginning(library: Library, render_keys: list[int], clock: Clock) -> None:
    _refused(library, render_keys[0], "hour", quoted=HOUR_MICRO_USD + 1)
    library.write_blocking(lambda tx: _begin(tx, render_keys[0], HOUR_MICRO_USD))


def test_month_fuse_allows_exactly_the_budget_of_each_month(
    library: Library, render_keys: list[int], clock: Clock
) -> None:
    library.write_blocking(lambda tx: ledger.set_budget(tx, 1_000))
    clock.set("2031-02-01T00:00:00")
    library.write_blocking(lambda tx: _begin(tx, render_keys[0], 1_000))
    clock.set("2031-02-28T23:59:59.999")
    _refused(library, render_keys[1], "month", quoted=1)
    clock.set("2031-03-01T00:00:00")
    _refused(library, render_keys[1], "month", quoted=1_001)
    library.write_blocking(lambda tx: _begin(tx, render_keys[1], 1_000))


def test_month_fuse_with_a_budget_of_nothing_and_with_none(
    library: Library, render_keys: list[int], clock: Clock
) -> None:
    library.write_blocking(lambda tx: ledger.set_budget(tx, 0))
    _refused(library, render_keys[0], "month", quoted=1)
    library.write_blocking(lambda tx: ledger.set_budget(tx, None))
    library.write_blocking(lambda tx: _begin(tx, render_keys[0], 50_000_000))


def test_month_fuse_that_was_lifted_holds_again_next_month_or_with_a_new_budget(
    library: Library, render_keys: list[int], clock: Clock
) -> None:
    clock.ms = round(datetime.now(UTC).timestamp() * 1000)
    library.write_blocking(lambda tx: ledger.set_budget(tx, 10))
    library.write_blocking(ledger.lift_budget)
    library.write_blocking(lambda tx: _begin(tx, render_keys[0], 100))
    clock.ms += 40 * 24 * HOUR_MS
    _refused(library, render_keys[1], "month", quoted=100)
    clock.ms -= 40 * 24 * HOUR_MS
    library.write_blocking(lambda tx: _begin(tx, render_keys[1], 100))
    library.write_blocking(lambda tx: ledger.set_budget(tx, 10))
    _refused(library, render_keys[2], "month", quoted=1)


def test_attempts_go_with_their_piece_and_the_money_stays(library: Library, render_keys: list[int]) -> None:
    library.write_blocking(lambda tx: _ended(tx, render_keys[0], AttemptState.MADE))
    library.write_blocking(lambda tx: tx.execute("DELETE FROM job").rowcount)
    assert library.read_blocking(jobs.count) == 0
    assert library.read_blocking(lambda c: attempts.of_render(c, render_keys[0])) == ()
    assert library.read_blocking(ledger.meter).reserved == 100
