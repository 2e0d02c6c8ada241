"""Pictures that are paid for, from the command line to a file, with servers that refuse, lose answers and go away."""

import sys
import time
import urllib.error
import urllib.request
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

from dmdx_desktop.config import endpoint_of
from dmdx_desktop.library.schema_1_3 import ATTEMPTS_PER_RENDER
from dmdx_desktop.link.client import LinkClient
from dmdx_desktop.models.gestures import CancelRenders
from dmdx_desktop.models.ids import RenderId
from tests.crash.paid_shop import ENGINE, PRICE_MICRO_USD, PaidShop, keys_of, shorten, until
from tests.crash.paid_stock import SETTLE_S, Counter
from tests.end2end.command_line import CommandLine
from tests.servers.painted import prompt_mark, prompt_sha256
from tests.servers.tcp_proxy import TcpProxy, Toxic
from tests.servers.wavespeed_faults import EndStatus, SubmitFate

CURATED = "google/nano-banana-2/edit"
OFFLINE_S = 1.5
BACK_WITHIN_S = 20.0


def test_one_render_is_sent_as_the_engine_takes_it_and_paid_once(counter: Counter) -> None:
    document = counter.render("--metal", "rose_gold")
    (output,) = document["outputs"]
    (charge,) = counter.charges
    (row,) = counter.rows(
        "SELECT prompt, attempt.id, prediction, charged_micro_usd, quoted_micro_usd, attempt.state FROM attempt"
        " JOIN render ON render.key = render_key WHERE render_key > 1"
    )
    prompt, attempt, prediction, _, quoted, state = row
    assert (prediction, quoted, state) == (charge.prediction_id, PRICE_MICRO_USD, "made")
    assert Path(output["file"]).suffix == ".png"
    with Image.open(output["file"]) as picture:
        assert picture.size == (64, 64)
    stored = counter.shop.paths.blobs / output["sha256"][:2] / output["sha256"]
    assert prompt_mark(stored.read_bytes()) == prompt_sha256(prompt)

    job = counter.shop.service.world.predictions[-1]
    assert job.body == job.inputs, "something was sent that the model has no name for"
    assert set(job.body) == {
        "prompt", "images", "aspect_ratio", "output_format", "enable_sync_mode", "enable_base64_output",
    }  # fmt: skip
    assert (job.body["prompt"], job.body["aspect_ratio"], job.body["output_format"]) == (prompt, "1:1", "png")
    assert isinstance(job.body["images"], list)
    (address,) = job.body["images"]
    assert parse_qs(urlsplit(address).query)["a"] == [attempt]
    assert _status_of(address) == 200
    assert _status_of(address.replace(attempt, attempt[::-1])) == 403, "the marker is not part of what is signed"
    _check_what_was_fetched(counter.shop, job.pictures)

    money = counter.money()
    assert (money["spent_micro_usd"], money["reserved_micro_usd"]) == (2 * PRICE_MICRO_USD, 0)


def test_limits_of_the_account_are_kept_and_nothing_fails(counter: Counter) -> None:
    counter.faults.rate_per_minute, counter.faults.minute_seconds = 2, 0.8
    counter.faults.concurrent = 2
    counter.render("--scene", "white", "--scene", "slate", "--metal", "silver", "--metal", "platinum")
    assert counter.states() == ["done"] * 4
    assert len(counter.charges) == counter.outputs == 4
    assert counter.shop.service.world.limited_at


def test_picture_that_a_filter_stops_fails_with_words_and_costs_nothing(counter: Counter) -> None:
    counter.faults.fail_code = 1200
    document = counter.render("--metal", "silver", exit_code=1)
    (problem,) = document["problems"]
    assert problem["code"] == "moderated"
    assert "filter" in problem["message"]
    assert counter.states() == ["failed"]
    (charge,) = counter.charges
    assert charge.refunded
    assert counter.spent() == (PRICE_MICRO_USD, 0)


@pytest.mark.by_turns("paid requests that go wrong")
def test_picture_that_the_engine_gives_up_is_asked_for_again(counter: Counter) -> None:
    counter.faults.end_status = EndStatus.TIMEOUT
    running = counter.shop.program.start(*counter.words, "--metal", "silver", "--json")
    until(lambda: bool(counter.charges), "nothing was sent")
    counter.faults.end_status = EndStatus.COMPLETED
    assert running.communicate_to_end().exit_code == 0
    assert [charge.refunded for charge in counter.charges][-1] is False
    assert sum(not charge.refunded for charge in counter.charges) == counter.outputs == 1


def test_engine_that_was_retired_is_named_before_anything_is_planned(counter: Counter) -> None:
    counter.faults.retired.add(CURATED)
    _forget_catalogue(counter)
    answer = counter.shop.program(*counter.words[:-1], CURATED, "--metal", "silver", exit_code=2)
    assert "no longer offered" in answer.err
    assert "Choose another, such as google/" in answer.err
    assert counter.states() == []


def test_engine_that_was_retired_after_planning_fails_with_words(counter: Counter) -> None:
    # The catalogue of an hour ago still has it.
    counter.faults.retired.add(ENGINE)
    document = counter.render("--metal", "silver", exit_code=1)
    (problem,) = document["problems"]
    assert "retired" in problem["message"]
    assert problem["remedy"] == "Choose another engine."
    assert counter.states() == ["failed"]
    assert not counter.charges


@pytest.mark.by_turns("paid requests that go wrong")
@pytest.mark.parametrize("fate", [SubmitFate.CHARGED_THEN_DROPPED, SubmitFate.CHARGED_THEN_502])
def test_request_whose_answer_was_lost_is_found_and_not_sent_again(counter: Counter, fate: SubmitFate) -> None:
    counter.faults.submit_fates.append(fate)
    counter.render("--metal", "silver")
    assert len(counter.charges) == counter.outputs == 1
    ((state, count),) = counter.rows("SELECT state, count(*) FROM attempt WHERE render_key > 1 GROUP BY 1")
    assert (state, count) == ("made", 1)


def test_request_that_was_never_taken_is_sent_once_more_by_the_usual_settings(counter: Counter) -> None:
    shorten(counter.shop.paths, settle_s=SETTLE_S, attempts=ATTEMPTS_PER_RENDER)
    counter.faults.submit_fates.append(SubmitFate.REFUSED_503)
    counter.render("--metal", "silver")
    assert counter.rows("SELECT state FROM attempt WHERE render_key > 1") == [("lost",), ("made",)]
    assert len(counter.charges) == counter.outputs == 1


def test_request_that_is_never_taken_is_given_up_after_as_many_as_are_allowed(counter: Counter) -> None:
    shorten(counter.shop.paths, settle_s=SETTLE_S, attempts=ATTEMPTS_PER_RENDER)
    counter.faults.submit_fates += [SubmitFate.REFUSED_503] * 3
    document = counter.render("--metal", "silver", exit_code=1)
    assert [problem["code"] for problem in document["problems"]] == ["no_answer"]
    assert counter.rows("SELECT state FROM attempt WHERE render_key > 1") == [("lost",)] * ATTEMPTS_PER_RENDER
    assert not counter.charges
    assert counter.spent() == (PRICE_MICRO_USD, 0)


@pytest.mark.by_turns("paid requests that go wrong")
def test_requests_that_were_never_taken_leave_their_turns_to_others(counter: Counter) -> None:
    # As many as may be under way at first: while they waited for a turn, each held the one that the other waited for.
    counter.faults.submit_fates += [SubmitFate.REFUSED_503] * 2
    counter.render("--metal", "silver", "--metal", "platinum", "--metal", "rose_gold")
    assert counter.states() == ["done"] * 3
    assert len(counter.charges) == counter.outputs == 3


def test_renders_wait_while_the_network_is_away_and_go_on_when_it_is_back(counter: Counter) -> None:
    target = urlsplit(counter.shop.service.origin)
    counter.faults.seconds_until_done = 0.5
    with TcpProxy(str(target.hostname), int(target.port or 0)) as proxy:
        variables = keys_of(counter.shop.service, counter.shop.storage, address=proxy.origin)
        program = CommandLine(counter.shop.paths.basedir, variables=variables)
        running = program.start(*counter.words, "--metal", "silver", "--metal", "platinum", "--scene", "slate",
                                "--scene", "warm", "--json")  # fmt: skip
        until(lambda: bool(counter.charges), "nothing was sent")
        proxy.toxic = Toxic.REFUSE
        time.sleep(OFFLINE_S)
        assert running.process.poll() is None
        proxy.toxic = Toxic.NONE
        back = time.monotonic()
        answer = running.communicate_to_end()
    assert answer.exit_code == 0, answer
    assert time.monotonic() - back < BACK_WITHIN_S
    assert counter.states() == ["done"] * 4
    assert len(counter.charges) == counter.outputs == 4


@pytest.mark.skipif(sys.platform == "win32", reason="the link is a socket of this test's own kind")
def test_render_that_is_cancelled_after_it_was_sent_is_collected(counter: Counter) -> None:
    counter.faults.seconds_until_done = 0.9
    running = counter.shop.program.start(*counter.words, "--metal", "silver", "--json")
    until(lambda: bool(counter.charges), "nothing was sent")
    until(lambda: counter.states() == ["running"], "its id was not stored")
    ((render,),) = counter.rows("SELECT id FROM render WHERE key > 1")
    endpoint = endpoint_of(counter.shop.paths.basedir)
    client = LinkClient.try_connect(endpoint.address, endpoint.family, endpoint.key_file)
    assert client is not None
    client.execute(CancelRenders(renders=(RenderId(render),)), lambda phase, done, total: None)
    client.close()
    running.communicate_to_end()
    assert counter.states() == ["cancelled"]
    assert len(counter.charges) == counter.outputs == 1
    assert counter.rows("SELECT state FROM attempt WHERE render_key > 1") == [("made",)]
    assert counter.spent() == (2 * PRICE_MICRO_USD, 0)


def _check_what_was_fetched(shop: PaidShop, hashes: tuple[str, ...]) -> None:
    """It is pixels and nothing else."""
    assert shop.storage is not None
    objects = shop.storage.world.objects()
    (sha256,) = hashes
    (content,) = [one.read() for key, one in objects.items() if sha256 in key]
    with Image.open(BytesIO(content)) as picture:
        assert not picture.getexif()
        assert {"exif", "xmp", "comment", "photoshop"}.isdisjoint(picture.info)
    assert b"Exif" not in content


def _status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            status: int = answer.status
            return status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def _forget_catalogue(counter: Counter) -> None:
    for file in counter.shop.paths.cache.glob("*.json"):
        file.unlink()
