"""What only the user can decide about a paid request, and what is kept in mind of one that is forgotten."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from dmdx_desktop.config import Settings
from dmdx_desktop.core import Core, open_core
from dmdx_desktop.models.commands import Command, Delete
from dmdx_desktop.models.gestures import RetryRenders, SkipFailures
from dmdx_desktop.models.ids import JobId, RenderId
from dmdx_desktop.models.outcome import Document
from tests.crash.paid_shop import PRICE_MICRO_USD, PaidShop, keys_of, until
from tests.crash.paid_stock import SETTLE_S, Counter, copied, job_of_somebody_else, stocked
from tests.servers.wavespeed_faults import SubmitFate

pytestmark = pytest.mark.by_turns("decisions about paid requests", of=2)

LOOKS_THAT_FAIL = 3


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaidShop]:
    with stocked(tmp_path_factory.mktemp("paid") / "shop", has_marker=False) as shop:
        yield shop


@pytest.fixture
def counter(stock: PaidShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counter:
    for name, value in keys_of(stock.service, stock.storage).items():
        monkeypatch.setenv(name, value)
    return copied(stock, tmp_path / "shop")


async def test_image_nobody_can_tell_of_is_sent_again_once_the_user_says_so(counter: Counter) -> None:
    render = _left_to_user(counter)
    assert counter.spent() == (PRICE_MICRO_USD, PRICE_MICRO_USD)
    async with _core(counter) as core:
        assert (await _do(core, RetryRenders(renders=(render,))))["retried"] == 1
        await core.resume()
    assert counter.states() == ["done"]
    assert counter.rows("SELECT state FROM attempt WHERE render_key > 1") == [("given_up",), ("made",)]
    assert counter.outputs == 1
    assert counter.spent() == (2 * PRICE_MICRO_USD, 0)


async def test_image_nobody_can_tell_of_that_is_let_go_counts_as_paid(counter: Counter) -> None:
    render = _left_to_user(counter)
    async with _core(counter) as core:
        assert (await _do(core, SkipFailures(renders=(render,))))["skipped"] == 1
        await core.resume()
    assert counter.states() == []
    assert counter.outputs == 0
    assert counter.spent() == (2 * PRICE_MICRO_USD, 0)


async def test_image_that_may_still_be_found_is_not_decided_about(counter: Counter) -> None:
    render = _left_to_user(counter)
    with closing(sqlite3.connect(counter.shop.paths.library_db)) as rows:
        rows.execute("UPDATE attempt SET history_expired = 0 WHERE render_key > 1")
        rows.commit()
    counter.faults.down = True
    sent = counter.shop.service.world.submits_received
    async with _core(counter) as core:
        assert (await _do(core, RetryRenders(renders=(render,))))["retried"] == 0
        assert (await _do(core, SkipFailures(renders=(render,))))["skipped"] == 0
    assert counter.states() == ["uncertain"]
    assert counter.shop.service.world.submits_received == sent


async def test_result_that_is_no_picture_is_paid_for_and_goes_with_its_piece_although_it_was_retried(
    counter: Counter,
) -> None:
    counter.faults.download_html = True
    counter.render("--metal", "silver", exit_code=1)
    assert counter.states() == ["failed"]
    assert counter.spent() == (2 * PRICE_MICRO_USD, 0), "it was charged, and nothing is reserved any more"
    counter.faults.download_html = False
    ((render,),) = counter.rows("SELECT id FROM render WHERE key > 1")
    ((job,),) = counter.rows("SELECT id FROM job")
    mine = counter.shop.service.world.predictions[-1]
    async with _core(counter) as core:
        await _do(core, RetryRenders(renders=(RenderId(render),)))
        await core.resume()
        assert counter.outputs == 1
        document = await _do(core, Delete(jobs=(JobId(job),)))
    assert document["problems"] == []
    deleted = [one.id for one in counter.shop.service.world.predictions if one.deleted]
    assert mine.id in deleted
    assert len(deleted) >= 3, "the first, the one that was no picture, and the one made then"


def _left_to_user(counter: Counter) -> RenderId:
    """An image whose answer was lost, beside a job of others that nobody can tell it from."""
    counter.faults.echo_inputs = False
    counter.faults.submit_fates.append(SubmitFate.CHARGED_THEN_DROPPED)
    counter.faults.history_errors += [503] * LOOKS_THAT_FAIL
    submits = counter.shop.service.world.submits_received
    running = counter.shop.program.start(*counter.words, "--metal", "silver", "--json")
    until(lambda: counter.shop.service.world.submits_received > submits, "nothing was sent")
    job_of_somebody_else(counter.shop)
    answer = running.communicate_to_end()
    assert answer.exit_code == 1, answer
    assert "decide in the queue" in answer.out
    ((render, state),) = counter.rows("SELECT id, state FROM render WHERE key > 1")
    assert state == "uncertain"
    return RenderId(render)


@asynccontextmanager
async def _core(counter: Counter) -> AsyncIterator[Core]:
    async with open_core(counter.shop.paths, Settings(picture_processes=1, settle_seconds=SETTLE_S)) as core:
        yield core


async def _do(core: Core, command: Command) -> Document:
    return (await core.execute(command, lambda phase, done, total: None)).document
