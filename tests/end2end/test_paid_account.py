"""What an account stands in the way of: a wrong key, no credit, a budget that is used up. Nothing is paid for twice."""

import pytest

from tests.crash.paid_shop import PRICE_MICRO_USD
from tests.crash.paid_stock import BALANCE, Counter
from tests.end2end.command_line import Json


def test_wrong_key_parks_what_is_to_be_paid_until_there_is_a_right_one(counter: Counter) -> None:
    key, counter.shop.service.key = counter.shop.service.key, "wsk_another"
    wrong = counter.shop.program
    counter.shop.service.key = key
    document = wrong.json(*counter.words, "--metal", "silver", "--metal", "platinum", exit_code=3)
    assert _only_problem(document)["code"] == "wrong_key"
    assert counter.states() == ["waiting_account"] * 2
    assert not counter.charges
    _check_resumed(counter, 2)


@pytest.mark.by_turns("paid without credit")
@pytest.mark.parametrize("status", [402, 403])
def test_renders_wait_for_credit(counter: Counter, status: int) -> None:
    counter.faults.no_credit_status = status
    counter.shop.service.world.set_balance(PRICE_MICRO_USD - 1)
    document = counter.render("--metal", "silver", "--metal", "platinum", exit_code=3)
    assert _only_problem(document)["code"] == "no_credit"
    assert counter.states() == ["waiting_credits"] * 2
    assert counter.spent() == (PRICE_MICRO_USD, 0)
    assert not counter.charges
    counter.shop.service.world.set_balance(BALANCE)
    _check_resumed(counter, 2)


def test_budget_stops_paid_work_until_it_is_lifted(counter: Counter) -> None:
    # One picture was paid for before; one more fits.
    counter.shop.program("connections", "budget", "0.08")
    document = counter.render("--metal", "silver", "--metal", "platinum", exit_code=3)
    assert _only_problem(document)["code"] == "budget_reached"
    assert sorted(counter.states()) == ["done", "waiting_credits"]
    assert len(counter.charges) == counter.outputs == 1
    assert counter.spent() == (2 * PRICE_MICRO_USD, 0)
    counter.shop.program("connections", "budget", "lift")
    _check_resumed(counter, 2)
    assert counter.money() == {
        "month_micro_usd": 80_000,
        "hour_micro_usd": 100_000_000,
        "is_lifted": True,
        "spent_micro_usd": 3 * PRICE_MICRO_USD,
        "reserved_micro_usd": 0,
    }


def _check_resumed(counter: Counter, renders: int) -> None:
    """Once nothing stands in the way any more everything comes to its end, paid for once."""
    assert counter.resume()["problems"] == []
    assert counter.states() == ["done"] * renders
    assert len(counter.charges) == counter.outputs == renders
    assert counter.spent() == ((1 + renders) * PRICE_MICRO_USD, 0)


def _only_problem(document: Json) -> Json:
    (problem,) = document["problems"]
    assert isinstance(problem, dict)
    return problem
