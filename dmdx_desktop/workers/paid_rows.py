"""What is written down of paid renders, each in one transaction. Core process, writer thread.

Nothing is remembered elsewhere: where a core is killed between two of these, the next one goes on from the rows.
"""

from dataclasses import dataclass
from typing import Final

from dmdx_desktop.errors import AccountError, DmdxError, Retry
from dmdx_desktop.library import agreements, attempts, bucket_copies, ledger, outputs, problems, renders
from dmdx_desktop.library.attempts import AttemptRow, AttemptState
from dmdx_desktop.library.database import Connection, Transaction
from dmdx_desktop.library.ledger import Movement, Payee
from dmdx_desktop.library.renders import RenderRow
from dmdx_desktop.models.money_words import usd
from dmdx_desktop.models.problem import Problem
from dmdx_desktop.models.render_state import WAITING_STATES, RenderEvent, RenderState, is_final
from dmdx_desktop.workers.pools import PictureProcessError
from dmdx_desktop.workers.render_steps import note, note_if_failed, step

CREDIT_CODES = frozenset({"no_credit", "budget_reached", "hour_reached"})
WAITS_AFTER: Final = {
    RenderEvent.NO_ACCOUNT: RenderState.WAITING_ACCOUNT,
    RenderEvent.NO_CREDITS: RenderState.WAITING_CREDITS,
    RenderEvent.NO_NETWORK: RenderState.WAITING_NETWORK,
}
"""What is told to be waited for; a request that was sent keeps its state meanwhile."""
NOT_SENT_YET = (RenderState.PLANNED, RenderState.RESERVED)


@dataclass(frozen=True, slots=True)
class Standing:
    """A paid render with its latest attempt."""

    render: RenderRow
    attempt: AttemptRow | None

    @property
    def is_over(self) -> bool:
        """Whether nothing can be done about it now."""
        return is_final(self.render.state) or self.render.state in WAITING_STATES


def standing_of(connection: Connection, key: int) -> Standing | None:
    """How a render stands; None once it is gone."""
    render = renders.find(connection, key)
    return None if render is None else Standing(render, attempts.last_of_render(connection, key))


def begin_attempt(
    tx: Transaction, key: int, attempt_id: str, *, origin: str, has_marker: bool, quote: int
) -> AttemptRow | None:
    """The row of a paid request, just before it leaves; None where nobody wants the picture any more.

    Raises ``AccountError`` (budget_reached, hour_reached) where it may not be spent.
    """
    render = renders.find(tx.connection, key)
    if render is None or render.state is not RenderState.UPLOADING:
        return None
    meter = ledger.meter(tx.connection)
    if not meter.allows(quote):
        raise _too_much(meter, quote)
    # First the step: the attempt that is about to leave is none of those before it, which the step counts.
    if not step(tx, key, RenderEvent.SUBMIT):
        return None
    attempt = attempts.begin(
        tx,
        render_key=key,
        attempt_id=attempt_id,
        engine=render.engine,
        origin=origin,
        has_marker=has_marker,
        quoted=quote,
    )
    ledger.write(tx, attempt.id, Payee.WAVESPEED, Movement.RESERVED, quote)
    return attempt


def refuse_price(tx: Transaction, render: RenderRow, quote: int) -> None:
    """It costs more than the user was shown: nothing leaves. Wanted again, it is made at the new price."""
    now = renders.find(tx.connection, render.key)
    if now is None or now.state is not RenderState.UPLOADING:
        return
    error = _dearer(render.agreed_micro_usd or 0, quote)
    step(tx, render.key, RenderEvent.FAIL, problem_code=error.code)
    renders.agree(tx, render.key, quote)
    note_if_failed(tx, render.key, error)


def accept(tx: Transaction, attempt: AttemptRow, prediction: str, event: RenderEvent) -> None:
    """The engine has it: its id is durable before anything else happens."""
    attempts.settle(tx, attempt.key, AttemptState.ACCEPTED, prediction=prediction)
    step(tx, attempt.render_key, event)


def reject(tx: Transaction, attempt: AttemptRow, error: DmdxError) -> None:
    """It certainly started nothing."""
    attempts.settle(tx, attempt.key, AttemptState.REJECTED, problem_code=error.code)
    _release(tx, attempt)
    step(tx, attempt.render_key, RenderEvent.REFUSED)


def doubt(tx: Transaction, attempt: AttemptRow) -> None:
    """It left, and no answer came."""
    step(tx, attempt.render_key, RenderEvent.ANSWER_LOST)


def lose(tx: Transaction, attempt: AttemptRow) -> None:
    """The service knows nothing of it."""
    attempts.settle(tx, attempt.key, AttemptState.LOST, problem_code="lost")
    _release(tx, attempt)
    step(tx, attempt.render_key, RenderEvent.NOT_FOUND)
    note_if_failed(tx, attempt.render_key, _no_answer())


def leave_to_user(tx: Transaction, attempt: AttemptRow) -> None:
    """Nobody but the user can tell any more what became of it."""
    attempts.expire_history(tx, attempt.key)
    step(tx, attempt.render_key, RenderEvent.HISTORY_EXPIRED)
    note(tx, attempt.render_key, _for_user())


def give_up_attempt(tx: Transaction, attempt: AttemptRow, error: DmdxError, *, was_charged: bool = False) -> None:
    """The engine took it and gave it up; the money comes back by itself, unless it says that it was made."""
    attempts.settle(tx, attempt.key, AttemptState.FAILED, problem_code=error.code)
    _release(tx, attempt)
    if was_charged:
        ledger.write(tx, attempt.id, Payee.WAVESPEED, Movement.CHARGED, attempt.quoted_micro_usd)
    again = error.retry is Retry.LATER
    step(
        tx,
        attempt.render_key,
        RenderEvent.ATTEMPT_FAILED if again else RenderEvent.FAIL,
        problem_code=error.code,
    )
    note_if_failed(tx, attempt.render_key, error)


def collect(tx: Transaction, attempt: AttemptRow, made: outputs.NewOutput) -> bool:
    """The picture is a file of the library; False where its piece was deleted meanwhile.

    Of a render that was cancelled after it had been paid for the picture is kept all the same.
    """
    if not step(tx, attempt.render_key, RenderEvent.COLLECTED):
        return False
    output = outputs.insert(tx, made)
    agreements.enqueue(tx, output.key)
    bucket_copies.enqueue(tx, output.render_key)
    attempts.settle(tx, attempt.key, AttemptState.MADE)
    _release(tx, attempt)
    ledger.write(tx, attempt.id, Payee.WAVESPEED, Movement.CHARGED, attempt.quoted_micro_usd)
    return True


def settle_charge(tx: Transaction, attempt: AttemptRow, charged: int) -> None:
    """What was really charged is known now."""
    attempts.set_charge(tx, attempt.key, charged)
    ledger.write(tx, attempt.id, Payee.WAVESPEED, Movement.CORRECTED, charged - attempt.quoted_micro_usd)


def put_off(tx: Transaction, key: int, error: DmdxError) -> bool:
    """What an error means for a render: it waits, is tried once more, or ends. True where its state changed."""
    render = renders.find(tx.connection, key)
    if render is None or is_final(render.state):
        return True
    event = _event_of(error)
    before = render.state
    if before is RenderState.UNCERTAIN and event in (RenderEvent.FAIL, RenderEvent.CRASH):
        # It is not given up for anything but what is found out about it.
        event = RenderEvent.NO_NETWORK
    step(tx, key, event, problem_code=error.code)
    if event in (RenderEvent.NO_CREDITS, RenderEvent.NO_ACCOUNT, RenderEvent.NO_NETWORK):
        _say(tx, render, error, event)
    _settle_what_was_paid(tx, key, error)
    note_if_failed(tx, key, error)
    return renders.get(tx.connection, key).state is not before


def concerns_all(error: DmdxError) -> bool:
    """Whether an error is one of the account, which takes none of the others either."""
    return _event_of(error) in (RenderEvent.NO_CREDITS, RenderEvent.NO_ACCOUNT)


def put_off_others(tx: Transaction, key: int, error: DmdxError, after_key: int) -> int | None:
    """Let the next of those that were not sent yet wait with this render, for an error that ``concerns_all``.

    Returns the key of the last one that was looked at, None behind the last of all, and once the render itself waits no
    more. A few hundred are done at a time: thousands in one transaction would keep the user's own gestures waiting.
    """
    event = _event_of(error)
    render = renders.find(tx.connection, key)
    if render is None or render.state is not WAITS_AFTER[event]:
        return None
    rows = renders.in_states(tx.connection, NOT_SENT_YET, after_key=after_key)
    for row in rows:
        if row.is_paid:
            step(tx, row.key, event, problem_code=error.code)
            _say(tx, row, error, event)
    return rows[-1].key if rows else None


def send_again(tx: Transaction, render: RenderRow) -> None:
    """The user has seen that a request nobody could find was not charged, and wants the picture.

    Where it was sent as often as is allowed the render has failed now.
    """
    price = renders.price_shown(tx.connection, render.key)
    if price is not None:
        renders.agree(tx, render.key, price)
    _let_go(tx, render, RenderEvent.USER_RESENDS, was_charged=False)


def let_go(tx: Transaction, render: RenderRow) -> None:
    """The user lets a request go that nobody could find. It may have been charged, so it counts as that."""
    _let_go(tx, render, RenderEvent.USER_GIVES_UP, was_charged=True)


def _dearer(agreed: int, quote: int) -> DmdxError:
    return DmdxError(
        "price_rose",
        f"This image costs {usd(quote)} now, not {usd(agreed)}.",
        "The engine became dearer after you saw its price. Nothing was sent.",
        "Retry it to make it at the new price, or skip it.",
    )


def _event_of(error: DmdxError) -> RenderEvent:
    if isinstance(error, PictureProcessError):
        return RenderEvent.CRASH
    if error.code in CREDIT_CODES:
        return RenderEvent.NO_CREDITS
    if isinstance(error, AccountError):
        return RenderEvent.NO_ACCOUNT
    return RenderEvent.NO_NETWORK if error.retry is Retry.LATER else RenderEvent.FAIL


def _say(tx: Transaction, render: RenderRow, error: DmdxError, event: RenderEvent) -> None:
    command_key = renders.command_of(tx.connection, render.key)
    if command_key is not None:
        problems.say_waiting(tx, WAITS_AFTER[event].value, Problem.of(error), command_key)


def _let_go(tx: Transaction, render: RenderRow, event: RenderEvent, *, was_charged: bool) -> None:
    attempt = attempts.last_of_render(tx.connection, render.key)
    if attempt is None or not step(tx, render.key, event):
        return
    attempts.settle(tx, attempt.key, AttemptState.GIVEN_UP)
    _release(tx, attempt)
    if was_charged:
        ledger.write(tx, attempt.id, Payee.WAVESPEED, Movement.CHARGED, attempt.quoted_micro_usd)


def _settle_what_was_paid(tx: Transaction, key: int, error: DmdxError) -> None:
    """What an engine made and nobody can use is paid for: nothing stays reserved for it."""
    attempt = attempts.last_of_render(tx.connection, key)
    if attempt is None or attempt.state is not AttemptState.ACCEPTED:
        return
    if renders.get(tx.connection, key).state is RenderState.FAILED:
        attempts.settle(tx, attempt.key, AttemptState.FAILED, problem_code=error.code)
        _release(tx, attempt)
        ledger.write(tx, attempt.id, Payee.WAVESPEED, Movement.CHARGED, attempt.quoted_micro_usd)


def _release(tx: Transaction, attempt: AttemptRow) -> None:
    ledger.write(tx, attempt.id, Payee.WAVESPEED, Movement.RELEASED, -attempt.quoted_micro_usd)


def _too_much(meter: ledger.Meter, quote: int) -> AccountError:
    if meter.hour + quote > meter.limits.hour_micro_usd:
        return AccountError(
            "hour_reached",
            "Too much would be spent within an hour.",
            "A fuse stops what would cost more than it allows. Nothing was charged.",
            "Continue in a while, or raise it in Settings, Connections.",
        )
    return AccountError(
        "budget_reached",
        "This month's budget is used up.",
        "Nothing more is sent that costs something. Nothing was charged for what waits.",
        "Raise the budget in Settings, Connections, or lift it for this month.",
    )


def _no_answer() -> DmdxError:
    return DmdxError(
        "no_answer",
        "The engine never took this picture.",
        "It was asked as often as is allowed, and its history shows nothing of it. Nothing was charged.",
        "Retry it; each time it is looked up first.",
    )


def _for_user() -> DmdxError:
    return DmdxError(
        "uncertain",
        "Nobody can tell whether this picture was made.",
        "Its request left, no answer came, and the service's history does not tell it from others any more.",
        "Look at your bill at wavespeed.ai, then decide in the queue whether it is sent again.",
    )
