"""Requests that carry no marker, beside others of the same account: none of those is taken for one of ours."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.paid_shop import PaidShop, until
from tests.crash.paid_stock import Counter, copied, job_of_somebody_else, stocked
from tests.servers.painted import prompt_mark, prompt_sha256
from tests.servers.wavespeed_faults import SubmitFate


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaidShop]:
    with stocked(tmp_path_factory.mktemp("paid") / "shop", has_marker=False) as shop:
        yield shop


@pytest.fixture
def counter(stock: PaidShop, tmp_path: Path) -> Counter:
    return copied(stock, tmp_path / "shop")


@pytest.mark.by_turns("paid beside others")
@pytest.mark.parametrize("fate", [SubmitFate.REFUSED_503, SubmitFate.CHARGED_THEN_DROPPED])
def test_job_of_somebody_else_is_not_taken_for_one_of_ours(counter: Counter, fate: SubmitFate) -> None:
    counter.faults.submit_fates.append(fate)
    counter.faults.history_lag_s = 0.3
    submits = counter.shop.service.world.submits_received
    running = counter.shop.program.start(*counter.words, "--metal", "silver", "--json")
    until(lambda: counter.shop.service.world.submits_received > submits, "nothing was sent")
    foreign = job_of_somebody_else(counter.shop)
    assert running.communicate_to_end().exit_code == 0
    ((prompt, sha256, prediction),) = counter.rows(
        "SELECT prompt, output.sha256, prediction FROM output JOIN render ON render.key = output.render_key"
        " JOIN attempt ON attempt.render_key = render.key AND attempt.state = 'made' WHERE render.key > 1"
    )
    stored = counter.shop.paths.blobs / sha256[:2] / sha256
    assert prompt_mark(stored.read_bytes()) == prompt_sha256(prompt)
    assert prediction != foreign
    assert len(counter.charges) == 2, "ours and the other"
