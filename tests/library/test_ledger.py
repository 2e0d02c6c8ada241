"""The ledger: every movement counts once, and its sums are what has been spent and what may still be."""

import random
import sqlite3
from datetime import UTC, datetime

import pytest

from dmdx_desktop.config import Paths
from dmdx_desktop.library import ledger
from dmdx_desktop.library.changes import Changes
from dmdx_desktop.library.database import Library, Table, Transaction
from dmdx_desktop.library.ledger import HOUR_MS, USUALLY, Limits, Meter, Movement, Payee
from dmdx_desktop.library.schema_1_3 import ATTEMPTS_PER_RENDER, HOUR_MICRO_USD

Written = tuple[str, Movement, int]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The moment that rows are written and read at, to be changed in place."""
    moment = [_ms("2031-03-15T12:00:00")]
    monkeypatch.setattr(ledger, "now_ms", lambda: moment[0])
    return moment


def _ms(moment: str) -> int:
    return round(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp() * 1000)


def _write(library: Library, *movements: Written) -> None:
    def write(tx: Transaction) -> None:
        for subject, movement, micro_usd in movements:
            ledger.write(tx, subject, Payee.WAVESPEED, movement, micro_usd)

    library.write_blocking(write)


def _meter(library: Library) -> tuple[int, int, int]:
    meter = library.read_blocking(ledger.meter)
    return meter.spent, meter.reserved, meter.hour


def test_ledger_a_movement_written_twice_counts_once_and_keeps_its_amount(library: Library, at: list[int]) -> None:
    heard: list[Changes] = []
    library.changes.subscribe(heard.append)
    _write(library, ("a", Movement.CHARGED, 140), ("a", Movement.CHARGED, 140), ("b", Movement.CHARGED, 1))
    _write(library, ("a", Movement.CHARGED, 999))
    assert _meter(library) == (141, 0, 141)
    assert library.read_blocking(lambda c: ledger.movement_of(c, "a", Movement.CHARGED)) == 140
    assert library.read_blocking(lambda c: ledger.movement_of(c, "a", Movement.RESERVED)) is None
    keys = [change.keys for changes in heard for change in changes if change.table is Table.LEDGER]
    assert [len(each) for each in keys] == [2]


def test_ledger_of_a_request_from_its_reservation_to_its_refund(library: Library, at: list[int]) -> None:
    _write(library, ("a", Movement.RESERVED, 140))
    assert _meter(library) == (0, 140, 140)
    _write(library, ("a", Movement.RELEASED, -140), ("a", Movement.CHARGED, 140))
    assert _meter(library) == (140, 0, 140)
    _write(library, ("a", Movement.CORRECTED, -14))
    assert _meter(library) == (126, 0, 126)
    _write(library, ("a", Movement.REFUNDED, -126))
    assert _meter(library) == (0, 0, 0)


def test_ledger_an_hour_ends_to_the_millisecond(library: Library, at: list[int]) -> None:
    _write(library, ("a", Movement.CHARGED, 5))
    at[0] += HOUR_MS - 1
    assert _meter(library) == (5, 0, 5)
    at[0] += 1
    assert _meter(library) == (5, 0, 0)


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ("2031-02-28T23:59:59.999", "2031-03-01T00:00:00"),
        ("2032-02-29T23:59:59.999", "2032-03-01T00:00:00"),
        ("2031-12-31T23:59:59.999", "2032-01-01T00:00:00"),
    ],
)
def test_ledger_a_month_ends_to_the_millisecond(library: Library, at: list[int], last: str, first: str) -> None:
    at[0] = _ms(last)
    _write(library, ("a", Movement.CHARGED, 5))
    assert _meter(library) == (5, 0, 5)
    at[0] = _ms(first)
    assert _meter(library) == (0, 0, 5)
    _write(library, ("b", Movement.CHARGED, 7))
    assert _meter(library) == (7, 0, 12)


def test_ledger_what_was_reserved_last_month_and_charged_in_this_one_counts_to_last_month(
    library: Library, at: list[int]
) -> None:
    at[0] = _ms("2031-02-28T23:59:59")
    _write(library, ("a", Movement.RESERVED, 140), ("b", Movement.RESERVED, 100))
    at[0] = _ms("2031-03-01T00:00:05")
    _write(library, ("a", Movement.RELEASED, -140), ("a", Movement.CHARGED, 140))
    spent, reserved, _ = _meter(library)
    assert (spent, reserved) == (0, 0)
    _write(library, ("c", Movement.RESERVED, 300))
    spent, reserved, _ = _meter(library)
    assert spent + reserved == 300
    assert min(spent, reserved) >= 0


@pytest.mark.parametrize(("service", "kind"), [("another", "charged"), ("wavespeed", "stolen")])
def test_ledger_knows_neither_other_services_nor_other_kinds(library: Library, service: str, kind: str) -> None:
    insert = "INSERT INTO ledger (id, service, kind, micro_usd, created_at) VALUES ('x', ?, ?, 1, 1)"
    with pytest.raises(sqlite3.IntegrityError):
        library.write_blocking(lambda tx: tx.execute(insert, (service, kind)).rowcount)


def test_limits_of_a_new_library_and_as_they_are_set(library: Library) -> None:
    assert library.read_blocking(ledger.limits) == Limits(ATTEMPTS_PER_RENDER, HOUR_MICRO_USD, None, is_lifted=False)
    library.write_blocking(lambda tx: ledger.set_budget(tx, 5_000_000))
    library.write_blocking(ledger.lift_budget)
    library.write_blocking(lambda tx: ledger.set_fuses(tx, attempts_per_render=3, hour_micro_usd=7))
    assert library.read_blocking(ledger.limits) == Limits(3, 7, 5_000_000, is_lifted=True)
    library.write_blocking(lambda tx: ledger.set_budget(tx, 5_000_000))
    assert library.read_blocking(ledger.limits) == Limits(3, 7, 5_000_000, is_lifted=False)


def test_limits_stay_with_the_library_and_so_does_its_name(paths: Paths) -> None:
    names = []
    for _ in range(2):
        library = Library.open(paths)
        try:
            names.append(library.read_blocking(ledger.studio_id))
            library.write_blocking(lambda tx: ledger.set_budget(tx, 1))
        finally:
            library.close()
    assert names[0] == names[1]
    assert len(names[0]) == 32


def test_limits_below_nothing_are_refused(library: Library) -> None:
    for change in (
        lambda tx: ledger.set_budget(tx, -1),
        lambda tx: ledger.set_fuses(tx, attempts_per_render=0, hour_micro_usd=1),
        lambda tx: ledger.set_fuses(tx, attempts_per_render=1, hour_micro_usd=-1),
    ):
        with pytest.raises(sqlite3.IntegrityError):
            library.write_blocking(change)


@pytest.mark.parametrize(
    ("spent", "reserved", "hour", "budget", "is_lifted", "quote", "allowed"),
    [
        (0, 0, 0, None, False, 1_000, True),
        (0, 0, 0, None, False, 1_001, False),
        (0, 0, 999, None, False, 1, True),
        (0, 0, 999, None, False, 2, False),
        (60, 30, 0, 100, False, 10, True),
        (60, 30, 0, 100, False, 11, False),
        (60, 30, 0, 100, True, 11, True),
        (60, 30, 999, 100, True, 11, False),
        (0, 0, 0, 0, False, 1, False),
        (0, 0, 0, 0, False, 0, True),
    ],
)
def test_meter_allows_what_the_fuses_would_let_pass(
    spent: int, reserved: int, hour: int, budget: int | None, is_lifted: bool, quote: int, allowed: bool
) -> None:
    assert Meter(spent, reserved, hour, Limits(2, 1_000, budget, is_lifted)).allows(quote) is allowed


def test_meter_share_of_budget() -> None:
    assert Meter(60, 20, 0, Limits(2, 1_000, 100, is_lifted=False)).share_of_budget == 0.8
    assert Meter(60, 20, 0, Limits(2, 1_000, None, is_lifted=False)).share_of_budget is None
    assert Meter(60, 20, 0, Limits(2, 1_000, 0, is_lifted=False)).share_of_budget == 80


def test_meter_sums_are_those_of_the_movements_that_count(library: Library, at: list[int], seed: int) -> None:
    """Any movements, in any order, some of them written again with other amounts."""
    chance = random.Random(seed)
    movements = [
        (f"s{chance.randrange(40)}", chance.choice(list(Movement)), chance.randrange(-500, 1_000)) for _ in range(300)
    ]
    first: dict[tuple[str, Movement], int] = {}
    for subject, movement, micro_usd in movements:
        first.setdefault((subject, movement), micro_usd)
    _write(library, *movements[:150])
    _write(library, *movements[100:])
    spent, reserved, hour = _meter(library)
    open_now = sum(amount for (_, kind), amount in first.items() if kind in (Movement.RESERVED, Movement.RELEASED))
    assert spent + reserved == hour == sum(first.values())
    assert reserved == max(open_now, 0)


def test_usual_charge_is_the_average_of_the_latest_at_this_payee(library: Library) -> None:
    def usual() -> int | None:
        return library.read_blocking(lambda connection: ledger.usual_charge(connection, Payee.OPENROUTER))

    def read(tx: Transaction, first: int, number: int, micro_usd: int) -> None:
        for reading in range(first, first + number):
            ledger.write(tx, f"reading:{reading}", Payee.OPENROUTER, Movement.CHARGED, micro_usd)

    assert usual() is None
    library.write_blocking(lambda tx: read(tx, 0, 50, 9_000))
    _write(library, ("image", Movement.RESERVED, 140_000), ("image", Movement.CHARGED, 140_000))
    assert usual() == 9_000
    library.write_blocking(lambda tx: read(tx, 50, USUALLY // 2, 1_000))
    assert usual() == 5_000
