"""No image is made for more than its user was told: from the command line and with the real core."""

import pytest

from dmdx_desktop.config import load_settings
from dmdx_desktop.core import open_core
from dmdx_desktop.library.queue_view import queue_view
from dmdx_desktop.models.commands import Resume
from dmdx_desktop.models.gestures import RetryRenders
from dmdx_desktop.models.ids import now_ms
from tests.crash.paid_shop import PRICE_MICRO_USD, keys_of
from tests.crash.paid_stock import Counter
from tests.crash.scenario import ask

pytestmark = pytest.mark.by_turns("prices that were agreed", of=2)


def test_image_at_the_agreed_price_is_made(counter: Counter) -> None:
    counter.render("--metal", "silver", "--most-each", str(PRICE_MICRO_USD / 1e6))
    assert counter.states() == ["done"]


async def test_dearer_image_is_not_sent_and_a_retry_agrees_to_the_new_price(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = counter.render("--metal", "silver", "--most-each", "$0.01", exit_code=1)
    (problem,) = document["problems"]
    assert problem["code"] == "price_rose"
    assert problem["message"].startswith("This image costs $0.038 now, not $0.01. ")
    assert counter.states() == ["failed"]
    assert counter.charges == []
    assert counter.rows("SELECT count(*) FROM attempt WHERE render_key > 1") == [(0,)]

    shop = counter.shop
    for name, value in keys_of(shop.service, shop.storage).items():
        monkeypatch.setenv(name, value)
    async with open_core(shop.paths, load_settings(shop.paths)) as core:
        library = core._commands._places.library
        (row,) = (await library.read(lambda connection: queue_view(connection, now_ms()))).needing
        assert row.quoted == PRICE_MICRO_USD, "what the button says that it costs now"
        await ask(core, RetryRenders(everything=True))
        await ask(core, Resume())
    assert counter.states() == ["done"]
    assert len(counter.charges) == 1


def test_most_an_image_may_cost_is_an_amount(counter: Counter) -> None:
    answer = counter.shop.program(*counter.words, "--most-each", "cheap", exit_code=2)
    assert "no amount" in answer.err
