"""What one refused request means for the others that were not sent yet: all wait with it, some hundreds at a time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import AccountError, DmdxError, Retry
from dmdx_desktop.library.database import Library, Transaction
from dmdx_desktop.workers import paid_rows
from tests.library.world import add_command, add_job, add_reference, add_renders, add_run, close_places, open_places

MANY = 450
NO_CREDIT = AccountError("no_credit", "There is no credit left.", "", "Add credit.")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    places = open_places(Paths(tmp_path / "library"))
    yield places.library
    close_places(places)


def _planned(tx: Transaction, number: int) -> list[int]:
    """Renders of a paid engine, and one of another."""
    command = add_command(tx, "generate")
    planned = add_renders(tx, add_run(tx, command.key), add_reference(tx, add_job(tx)), number + 1)
    tx.execute("UPDATE render SET engine = 'maker/painter' WHERE key <> ?", (planned[-1].key,))
    return [render.key for render in planned]


def _put_off(library: Library, key: int, error: DmdxError) -> int:
    """How many transactions it took until all others wait."""
    library.write_blocking(lambda tx: paid_rows.put_off(tx, key, error))
    if not paid_rows.concerns_all(error):
        return 0
    after, turns = 0, 0
    while True:
        found = library.write_blocking(lambda tx: paid_rows.put_off_others(tx, key, error, after))  # noqa: B023
        if found is None:
            return turns
        after, turns = found, turns + 1


def _states(library: Library) -> dict[str, int]:
    return library.read_blocking(
        lambda connection: dict(connection.execute("SELECT state, count(*) FROM render GROUP BY state").fetchall())
    )


def test_others_wait_with_the_one_that_was_refused_a_few_hundred_at_a_time(library: Library) -> None:
    keys = library.write_blocking(lambda tx: _planned(tx, MANY))
    assert _put_off(library, keys[0], NO_CREDIT) == 3
    assert _states(library) == {"waiting_credits": MANY, "planned": 1}
    told = library.read_blocking(lambda connection: connection.execute("SELECT count(*) FROM problem").fetchone())
    assert told == (1,), "it is said once, however many wait"


def test_others_do_not_wait_once_the_refused_one_goes_on(library: Library) -> None:
    keys = library.write_blocking(lambda tx: _planned(tx, MANY))
    library.write_blocking(lambda tx: paid_rows.put_off(tx, keys[0], NO_CREDIT))
    library.write_blocking(lambda tx: tx.execute("UPDATE render SET state = 'planned'").rowcount)
    assert library.write_blocking(lambda tx: paid_rows.put_off_others(tx, keys[0], NO_CREDIT, 0)) is None
    assert _states(library) == {"planned": MANY + 1}


def test_others_do_not_wait_for_what_is_wrong_with_one_or_with_the_network(library: Library) -> None:
    keys = library.write_blocking(lambda tx: _planned(tx, 3))
    offline = DmdxError("offline", "It cannot be reached.", "", "", retry=Retry.LATER)
    assert _put_off(library, keys[0], offline) == 0
    assert _states(library) == {"waiting_network": 1, "planned": 3}
