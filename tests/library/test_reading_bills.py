"""What answers that broke off cost: each is counted once, and what never came into being is not asked for for ever."""

from dmdx_desktop.library import ledger, reading_bills
from dmdx_desktop.library.database import Library
from dmdx_desktop.library.reading_bills import MOST_LOOKUPS, ReadingBillRow


def _waiting(library: Library) -> tuple[ReadingBillRow, ...]:
    return library.read_blocking(reading_bills.waiting)


def test_bill_of_an_answer_is_one_and_is_settled_once(library: Library) -> None:
    for _ in range(2):
        library.write_blocking(lambda tx: reading_bills.enqueue(tx, ["gen-1", "gen-2"]))
    first, second = _waiting(library)
    for _ in range(2):
        library.write_blocking(lambda tx: reading_bills.settle(tx, first, 700))
    assert _waiting(library) == (second,)
    assert library.read_blocking(ledger.meter).spent == 700
    library.write_blocking(lambda tx: reading_bills.settle(tx, second, 0))
    assert _waiting(library) == ()
    assert library.read_blocking(ledger.meter).spent == 700


def test_bill_that_nobody_knows_is_given_up_after_so_many_questions(library: Library) -> None:
    library.write_blocking(lambda tx: reading_bills.enqueue(tx, ["gen-1"]))
    for asked in range(MOST_LOOKUPS):
        (bill,) = _waiting(library)
        assert bill.lookups == asked
        library.write_blocking(lambda tx, bill=bill: reading_bills.asked_in_vain(tx, bill))  # type: ignore[misc]
    assert _waiting(library) == ()
