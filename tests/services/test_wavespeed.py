"""What the client of WaveSpeed sends, how often, and what it makes of every answer. Against the server of the tests."""

import base64
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from io import BytesIO

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dmdx_desktop.errors import AccountError, DmdxError, PictureError, Retry
from dmdx_desktop.services.http import UnreachableError
from dmdx_desktop.services.wavespeed import (
    MOST_TRIES,
    Prediction,
    PredictionState,
    RateLimitedError,
    UncertainError,
    WaveSpeed,
    _prediction_of,
    error_of,
    failure_of,
)
from tests.servers.loopback import LoopbackServer
from tests.servers.tcp_proxy import TcpProxy, Toxic
from tests.servers.wavespeed import WaveSpeedServer
from tests.servers.wavespeed_faults import CODE_TEXTS, EndStatus, OutputForm, SubmitFate
from tests.servers.wavespeed_records import moment
from tests.servers.wavespeed_world import DOLLAR

BANANA = "google/nano-banana-pro/edit"
SEEDREAM = "bytedance/seedream-v4/edit"
CONTENT = b"\xff\xd8\xff not a picture, which nobody looks at here"


def _picture() -> str:
    file = BytesIO()
    Image.new("RGB", (8, 8), (180, 140, 60)).save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


INPUTS: dict[str, object] = {"prompt": "a ring", "images": [_picture()]}
LOST = (
    SubmitFate.CHARGED_THEN_DROPPED,
    SubmitFate.CHARGED_THEN_502,
    SubmitFate.RESET_BEFORE_CREATION,
    SubmitFate.REFUSED_503,
)


class Waits:
    """Takes no time, and keeps how long it should have."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


class Scripted(LoopbackServer):
    """Answers every call with the next of ``answers``: a status and a body."""

    def __init__(self, *answers: tuple[int, str]) -> None:
        super().__init__()
        self.answers = list(answers)
        self.date = ""
        self.asked = 0

    def add_routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/{rest:.*}", self._answer)

    async def _answer(self, request: web.Request) -> web.Response:
        await request.read()
        self.asked += 1
        status, text = self.answers.pop(0)
        headers = {"Date": self.date} if self.date else {}
        return web.Response(status=status, text=text, content_type="application/json", headers=headers)


@pytest.fixture
def server() -> Iterator[WaveSpeedServer]:
    with WaveSpeedServer(small=True) as running:
        yield running


@pytest.fixture
def waits() -> Waits:
    return Waits()


@asynccontextmanager
async def _client(url: str, key: str, waits: Waits | None = None) -> AsyncIterator[WaveSpeed]:
    client = WaveSpeed(url, key, sleep=waits or Waits())
    try:
        yield client
    finally:
        await client.close()


# Submitting


async def test_submit_is_sent_once_and_gives_the_id(server: WaveSpeedServer) -> None:
    async with _client(server.origin, server.key) as client:
        prediction = await client.submit(BANANA, INPUTS)
    (job,) = server.world.predictions
    assert (job.id, job.model, job.body) == (prediction, BANANA, INPUTS)
    assert server.world.submits_received == 1


async def test_submit_an_answer_with_an_id_alone_is_enough(server: WaveSpeedServer) -> None:
    server.faults.sparse_answer = True
    async with _client(server.origin, server.key) as client:
        assert await client.submit(BANANA, INPUTS) == server.world.predictions[0].id


@pytest.mark.parametrize("fate", LOST)
async def test_submit_whose_answer_is_lost_is_uncertain_and_never_sent_again(
    server: WaveSpeedServer, waits: Waits, fate: SubmitFate
) -> None:
    server.faults.submit_fates = [fate]
    async with _client(server.origin, server.key, waits) as client:
        with pytest.raises(UncertainError):
            await client.submit(BANANA, INPUTS)
    assert (server.world.submits_received, waits.seconds) == (1, [])
    charged = fate in (SubmitFate.CHARGED_THEN_DROPPED, SubmitFate.CHARGED_THEN_502)
    assert len(server.world.charges()) == charged


@pytest.mark.parametrize(
    ("toxic", "received"), [(Toxic.RESET, 0), (Toxic.CUT_AFTER_BODY, 1), (Toxic.CAPTIVE_PORTAL, 0), (Toxic.REFUSE, 0)]
)
async def test_submit_over_a_bad_network_is_uncertain_unless_nothing_left(
    server: WaveSpeedServer, toxic: Toxic, received: int
) -> None:
    with TcpProxy("127.0.0.1", int(server.origin.rpartition(":")[2])) as proxy:
        proxy.toxic = toxic
        async with _client(proxy.origin, server.key) as client:
            with pytest.raises(UnreachableError if toxic is Toxic.REFUSE else UncertainError):
                await client.submit(BANANA, INPUTS)
    assert server.world.submits_received == received


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 409, 413, 422, 429, 451])
async def test_submit_a_refusal_for_certain_is_told_and_not_repeated(status: int, waits: Waits) -> None:
    for told in ((status, f'{{"code": {status}}}'), (status, "<html>"), (200, f'{{"code": {status}, "data": null}}')):
        with Scripted(told) as server:
            async with _client(server.origin, "key", waits) as client:
                with pytest.raises(DmdxError):
                    await client.submit(BANANA, INPUTS)
            assert (server.asked, waits.seconds) == (1, [])


@pytest.mark.parametrize(
    "answer",
    [
        (408, "{}"), (425, "{}"), (499, "{}"), (500, '{"code": 500}'), (502, "<html>"), (503, '{"code": 503}'),
        (504, "<html>"), (302, ""), (200, "<html>"), (200, ""), (200, "[]"), (200, '{"code": 500}'),
        (200, '{"code": 200, "data": {}}'), (200, '{"code": 200, "data": {"id": 7}}'), (201, '{"code": 200}'),
        (200, '{"code": 200, "data": {"id": "' + "x" * 300 + '"}}'), (200, '{"code": 200, "data": {"id": "cut'),
    ],
)  # fmt: skip
async def test_submit_an_answer_that_says_neither_is_uncertain(answer: tuple[int, str]) -> None:
    with Scripted(answer) as server:
        async with _client(server.origin, "key") as client:
            with pytest.raises(UncertainError):
                await client.submit(BANANA, INPUTS)
        assert server.asked == 1


async def test_submit_with_a_wrong_key_is_told_so(server: WaveSpeedServer) -> None:
    async with _client(server.origin, "another") as client:
        with pytest.raises(AccountError) as caught:
            await client.submit(BANANA, INPUTS)
    assert caught.value.code == "wrong_key"
    assert server.world.submits_received == 0


@pytest.mark.parametrize("status", [402, 403])
async def test_submit_without_credit_is_told_so(server: WaveSpeedServer, status: int) -> None:
    server.world.set_balance(0)
    server.faults.no_credit_status = status
    async with _client(server.origin, server.key) as client:
        with pytest.raises(AccountError) as caught:
            await client.submit(BANANA, INPUTS)
    assert caught.value.code == "no_credit"
    assert not server.world.charges()


async def test_submit_a_model_of_another_tariff_is_no_lack_of_credit(server: WaveSpeedServer) -> None:
    server.faults.forbidden_text = "role viewer may not run this model"
    async with _client(server.origin, server.key) as client:
        with pytest.raises(AccountError) as caught:
            await client.submit(BANANA, INPUTS)
    assert caught.value.code == "not_permitted"


async def test_submit_what_is_not_offered_or_not_understood_costs_nothing(server: WaveSpeedServer) -> None:
    server.faults.retired = {SEEDREAM}
    async with _client(server.origin, server.key) as client:
        with pytest.raises(DmdxError) as caught:
            await client.submit(SEEDREAM, INPUTS)
        assert caught.value.code == "not_there"
        with pytest.raises(DmdxError) as caught:
            await client.submit(BANANA, {"prompt": "a ring"})
        assert caught.value.code == "engine_changed"
    assert not server.world.charges()


@pytest.mark.parametrize("retry_after", [None, 7])
async def test_submit_one_too_many_is_told_with_the_time_to_wait(
    server: WaveSpeedServer, retry_after: int | None
) -> None:
    server.faults.rate_per_minute, server.faults.retry_after_s = 1, retry_after
    async with _client(server.origin, server.key) as client:
        await client.submit(BANANA, INPUTS)
        with pytest.raises(RateLimitedError) as caught:
            await client.submit(BANANA, INPUTS)
    assert caught.value.wait_s == retry_after
    assert caught.value.retry is Retry.LATER
    assert (server.world.submits_received, len(server.world.charges())) == (2, 1)


# What only reads


async def test_balance_is_read_and_asked_again_where_that_may_help(server: WaveSpeedServer, waits: Waits) -> None:
    server.world.set_balance(12_340_000)
    async with _client(server.origin, server.key, waits) as client:
        assert await client.balance_micro_usd() == 12_340_000
        server.faults.balance_errors = [503, 0, 502]
        assert await client.balance_micro_usd() == 12_340_000
        assert waits.seconds == [0.5, 1.0, 2.0]
        server.faults.balance_errors = [500] * (MOST_TRIES + 1)
        with pytest.raises(DmdxError) as caught:
            await client.balance_micro_usd()
        assert caught.value.code == "service_down"
        assert server.faults.balance_errors == [500]
    async with _client(server.origin, "another", waits) as client:
        with pytest.raises(AccountError):
            await client.balance_micro_usd()


@pytest.mark.parametrize(
    "text",
    ["<html>", '{"code": 200}', '{"code": 200, "data": {"balance": "12"}}', "[1]", '{"data": {"balance": true}}'],
)
async def test_balance_that_is_no_amount_is_a_strange_answer(text: str) -> None:
    with Scripted((200, text)) as server:
        async with _client(server.origin, "key") as client:
            with pytest.raises(DmdxError) as caught:
                await client.balance_micro_usd()
    assert (caught.value.code, caught.value.retry) == ("strange_answer", Retry.LATER)


async def test_reading_waits_as_long_as_it_is_told(waits: Waits) -> None:
    with WaveSpeedServer(small=True) as server:
        server.faults.poll_errors = [429]
        async with _client(server.origin, server.key, waits) as client:
            prediction = await client.submit(BANANA, INPUTS)
            assert (await client.prediction(prediction)).id == prediction
    assert waits.seconds == [0.5]


@pytest.mark.parametrize(
    "date", ["Thu, 01 Jan 2026 00:00:00 -0000", "Mon, 99999999999999999999 Jan 2026 00:00:00 GMT", "soon"]
)
async def test_reading_the_clock_of_the_service_never_fails(date: str) -> None:
    with Scripted((200, '{"code": 200, "data": {"balance": 1}}')) as server:
        server.date = date
        async with _client(server.origin, "key") as client:
            assert await client.balance_micro_usd() == DOLLAR


async def test_clock_of_the_service_is_compared_with_this_one(server: WaveSpeedServer) -> None:
    async with _client(server.origin, server.key) as client:
        await client.balance_micro_usd()
        assert abs(client.clock_ahead_ms) < 3_000


@pytest.mark.parametrize("in_micro_usd", [False, True])
async def test_quote_is_what_will_be_charged_after_discount(server: WaveSpeedServer, in_micro_usd: bool) -> None:
    server.faults.prices_in_micro_usd = in_micro_usd
    async with _client(server.origin, server.key) as client:
        assert await client.quote_micro_usd(BANANA, {**INPUTS, "resolution": "4k"}) == 240_000
        server.faults.discount_rate = 90
        quote = await client.quote_micro_usd(BANANA, {**INPUTS, "resolution": "4k"})
        await client.submit(BANANA, {**INPUTS, "resolution": "4k"})
    assert quote == server.world.charges()[0].micro_usd == 216_000


@pytest.mark.parametrize(
    ("told", "price"),
    [('{"price": 0.14}', 140_000), ('{"price": 1, "discounted_price": 0.5}', 500_000), ('{"price": 0}', 0)],
)
async def test_quote_without_a_discount_is_the_price(told: str, price: int) -> None:
    with Scripted((200, f'{{"code": 200, "data": {told}}}')) as server:
        async with _client(server.origin, "key") as client:
            assert await client.quote_micro_usd(BANANA, {}) == price


@pytest.mark.parametrize("told", ["{}", '{"price": "0.14"}', '{"price": -1}', '{"price": null}', "[]"])
async def test_quote_that_is_no_price_is_a_strange_answer(told: str) -> None:
    with Scripted((200, f'{{"code": 200, "data": {told}}}')) as server:
        async with _client(server.origin, "key") as client:
            with pytest.raises(DmdxError) as caught:
                await client.quote_micro_usd(BANANA, {})
    assert caught.value.code == "strange_answer"


async def test_catalogue_is_read_with_every_model_but_the_retired(server: WaveSpeedServer) -> None:
    server.faults.retired = {SEEDREAM}
    async with _client(server.origin, server.key) as client:
        models = {model.id for model in await client.fetch_models()}
    assert models == server.catalogue.models.keys() - {SEEDREAM}


# Following


async def _until_ended(client: WaveSpeed, prediction: str) -> Prediction:
    end = time.monotonic() + 5
    while time.monotonic() < end:
        found = await client.prediction(prediction)
        if found.state is not PredictionState.UNDER_WAY:
            return found
    raise AssertionError("the job did not end")


@pytest.mark.parametrize("form", [OutputForm.URL, OutputForm.OBJECT, OutputForm.BASE64, OutputForm.DATA_URI])
async def test_prediction_goes_on_through_any_status_until_it_is_completed(
    server: WaveSpeedServer, form: OutputForm
) -> None:
    server.faults.unknown_status_first = True
    server.faults.polls_until_done = 3
    server.faults.output_form = form
    async with _client(server.origin, server.key) as client:
        prediction = await client.submit(BANANA, INPUTS)
        for _ in range(3):
            assert (await client.prediction(prediction)).state is PredictionState.UNDER_WAY
        found = await _until_ended(client, prediction)
    assert (found.state, found.model, len(found.outputs)) == (PredictionState.COMPLETED, BANANA, 1)
    assert found.outputs[0].startswith("http") is (form in (OutputForm.URL, OutputForm.OBJECT))
    assert found.created_at is not None
    assert abs(found.created_at - time.time() * 1000) < 10_000


@pytest.mark.parametrize("end", [end for end in EndStatus if end is not EndStatus.COMPLETED])
async def test_prediction_that_came_to_nothing_has_failed(server: WaveSpeedServer, end: EndStatus) -> None:
    server.faults.end_status = end
    async with _client(server.origin, server.key) as client:
        found = await _until_ended(client, await client.submit(BANANA, INPUTS))
    assert (found.state, found.outputs) == (PredictionState.FAILED, ())


async def test_prediction_without_outputs_or_unknown_or_expired(server: WaveSpeedServer) -> None:
    server.faults.output_form = OutputForm.EMPTY
    async with _client(server.origin, server.key) as client:
        prediction = await client.submit(BANANA, INPUTS)
        assert (await _until_ended(client, prediction)).outputs == ()
        server.faults.expired_after_s = 0.0
        for unknown in (prediction, "f" * 32):
            with pytest.raises(DmdxError) as caught:
                await client.prediction(unknown)
            assert caught.value.code == "not_there"


FIELDS = st.sampled_from(["id", "status", "outputs", "code", "created_at", "inputs", "url"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=4),
    max_leaves=10,
)


@given(st.dictionaries(FIELDS, ANYTHING) | ANYTHING)
def test_prediction_read_from_anything_never_fails(data: object) -> None:
    found = _prediction_of(data)
    assert found is None or (found.id and all(isinstance(output, str) for output in found.outputs))


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-23T14:00:00.000Z", "now"]
)
def test_prediction_moments_at_the_edges_of_time_do_not_fail(at: str) -> None:
    found = _prediction_of({"id": "x", "created_at": at})
    assert found is not None
    assert (found.created_at is None) == (at == "now")


@pytest.mark.parametrize("code", [*CODE_TEXTS, None, 0, 9999])
def test_failure_of_each_code_says_what_to_do_and_that_money_comes_back(code: int | None) -> None:
    error = failure_of(Prediction("x", BANANA, PredictionState.FAILED, code=code))
    assert "comes back" in error.message
    assert isinstance(error, PictureError) == (code == 1200)
    assert (error.retry is Retry.LATER) == (code in (1402, 1403, 1405, 5000, 5003, 5004))


def test_error_of_every_status_is_one_with_words() -> None:
    for status in range(100, 600):
        error = error_of(status, {"message": 7, "error_code": None}, None)
        assert error.code
        assert error.remedy


# History and bills


async def test_history_is_read_to_its_end_newest_first(server: WaveSpeedServer) -> None:
    for number in range(205):
        server.world.accept(BANANA, {}, {"prompt": str(number)}, webhook="", micro_usd=1, full_micro_usd=1)
    server.faults.history_errors = [503, 0]
    async with _client(server.origin, server.key) as client:
        found = [one async for one in client.history(round(time.time() * 1000) - 60_000)]
        assert [one.id for one in found] == [job.id for job in reversed(server.world.predictions)]
        assert [one.inputs for one in found][:2] == [{"prompt": "204"}, {"prompt": "203"}]
        assert server.world.calls()["history"] == 3 + 2
        server.faults.echo_inputs = False
        assert [one.inputs async for one in client.history(0)][:1] == [None]


async def test_history_begins_at_the_moment_asked_for(server: WaveSpeedServer) -> None:
    async with _client(server.origin, server.key) as client:
        await client.submit(BANANA, INPUTS)
        (job,) = server.world.predictions
        at = round(datetime.fromisoformat(moment(job.created_at)).astimezone(UTC).timestamp() * 1000)
        assert [one.id async for one in client.history(at)] == [job.id]
        assert [one.id async for one in client.history(at + 5)] == []
        server.faults.history_lag_s = 60
        assert [one.id async for one in client.history(at)] == []


async def test_charges_are_those_that_the_bills_know_already(server: WaveSpeedServer) -> None:
    server.faults.discount_rate = 90
    async with _client(server.origin, server.key) as client:
        first, second = [await client.submit(model, INPUTS) for model in (BANANA, SEEDREAM)]
        charges = {charge.prediction: charge.micro_usd for charge in await client.charges([first, "unknown"])}
        assert charges == {first: server.world.charges()[0].micro_usd}
        server.faults.billing_lag_s = 60
        assert await client.charges([first, second]) == ()
        server.faults.billing_lag_s = 0
        server.faults.billing_errors = [502]
        assert {charge.prediction for charge in await client.charges([first, second])} == {first, second}


async def test_delete_has_the_service_forget(server: WaveSpeedServer) -> None:
    async with _client(server.origin, server.key) as client:
        prediction = await client.submit(BANANA, INPUTS)
        await client.delete([prediction, "unknown"])
        assert [one async for one in client.history(0)] == []


# References


async def test_upload_goes_to_the_storage_without_the_key(server: WaveSpeedServer) -> None:
    server.faults.ticket_if_none_match = True
    async with _client(server.origin, server.key) as client:
        address = await client.upload("reference.jpg", CONTENT, "image/jpeg")
    (upload,) = server.world.uploads
    assert (upload.data, upload.content_type, upload.by_ticket) == (CONTENT, "image/jpeg", True)
    assert address == f"{server.storage.origin}/media/{upload.id}/{upload.stored_name}"
    assert server.world.keys_at_storage == 0


@pytest.mark.parametrize("status", [403, 410])
async def test_upload_whose_ticket_has_expired_asks_for_a_new_one_once(server: WaveSpeedServer, status: int) -> None:
    server.faults.ticket_expired, server.faults.ticket_expired_status = 1, status
    async with _client(server.origin, server.key) as client:
        address = await client.upload("reference.jpg", CONTENT, "image/jpeg")
        assert server.world.uploads[-1].data == CONTENT
        assert server.world.uploads[-1].id in address
        assert (server.world.calls()["ticket"], server.world.calls()["put"]) == (2, 2)
        server.faults.ticket_expired = 5
        with pytest.raises(DmdxError) as caught:
            await client.upload("reference.jpg", CONTENT, "image/jpeg")
    assert (caught.value.code, caught.value.retry) == ("upload_failed", Retry.LATER)
    assert (server.world.calls()["ticket"], server.world.calls()["put"]) == (4, 4)
    assert server.world.keys_at_storage == 0


async def test_upload_that_the_storage_refuses_otherwise_is_not_repeated(server: WaveSpeedServer) -> None:
    server.faults.ticket_expired, server.faults.ticket_expired_status = 1, 500
    async with _client(server.origin, server.key) as client:
        with pytest.raises(DmdxError) as caught:
            await client.upload("reference.jpg", CONTENT, "image/jpeg")
    assert caught.value.code == "upload_failed"
    assert (server.world.calls()["ticket"], server.world.calls()["put"]) == (1, 1)


async def test_upload_where_there_are_no_tickets_is_a_form(server: WaveSpeedServer) -> None:
    server.faults.ticket_upload = False
    async with _client(server.origin, server.key) as client:
        address = await client.upload("reference.jpg", CONTENT, "image/jpeg")
        (upload,) = server.world.uploads
        assert (upload.data, upload.filename, upload.content_type) == (CONTENT, "reference.jpg", "image/jpeg")
        assert upload.id in address
        server.faults.upload_fails_200_500 = True
        with pytest.raises(DmdxError) as caught:
            await client.upload("reference.jpg", CONTENT, "image/jpeg")
        assert caught.value.code == "service_down"
        server.faults.upload_fails_200_500, server.faults.largest_upload = False, 10
        with pytest.raises(PictureError) as refused:
            await client.upload("reference.jpg", CONTENT, "image/jpeg")
        assert refused.value.code == "too_large"


@pytest.mark.parametrize(
    "target",
    ['{"url": "http://storage.invalid/x"}', '{"url": "ftp://127.0.0.1/x"}', '{"url": ""}', "null", '{"url": "https://"}',
     '{"method": "POST", "url": "http://127.0.0.1/x"}', '{"url": "http://[::1/x"}', '{"url": "http://127.0.0.1:x/"}',
     '{"url": "http://127.0.0.1:9/", "headers": {"X": "\u00e9"}}'],
)  # fmt: skip
async def test_upload_to_an_address_that_is_not_safe_is_refused(target: str) -> None:
    ticket = f'{{"code": 200, "data": {{"download_url": "https://h/x", "upload": {target}}}}}'
    with Scripted((200, ticket)) as server:
        async with _client(server.origin, "key") as client:
            with pytest.raises(DmdxError) as caught:
                await client.upload("reference.jpg", CONTENT, "image/jpeg")
    assert caught.value.code == "strange_answer"


async def test_upload_to_a_storage_that_does_not_answer_tells_no_address(server: WaveSpeedServer) -> None:
    with TcpProxy("127.0.0.1", 1) as proxy:
        proxy.toxic = Toxic.REFUSE
        target = f'{{"url": "{proxy.origin}/x?signature=q7canaryZ9"}}'
        ticket = f'{{"code": 200, "data": {{"download_url": "https://h/x", "upload": {target}}}}}'
        with Scripted((200, ticket)) as scripted:
            async with _client(scripted.origin, "key") as client:
                with pytest.raises(UnreachableError) as caught:
                    await client.upload("reference.jpg", CONTENT, "image/jpeg")
    assert caught.value.__context__ is None
    assert "q7" not in repr(caught.value)
