"""The WaveSpeed server of the tests keeps to the protocol: what a client will find is asked for here by plain HTTP."""

import base64
import hashlib
import time
from collections.abc import Iterator
from io import BytesIO
from typing import cast

import httpx
import pytest
from PIL import Image

from tests.servers.painted import Painter, prompt_mark, prompt_sha256
from tests.servers.wavespeed import WaveSpeedServer
from tests.servers.wavespeed_faults import EndStatus, OutputForm, SubmitFate

Json = dict[str, object]

BANANA = "google/nano-banana-pro/edit"
SEEDREAM = "bytedance/seedream-v4/edit"
PATIENCE_S = 5.0


@pytest.fixture
def server() -> Iterator[WaveSpeedServer]:
    with WaveSpeedServer(small=True) as server:
        yield server


@pytest.fixture
def client(server: WaveSpeedServer) -> Iterator[httpx.Client]:
    with httpx.Client(
        base_url=f"{server.origin}/api/v3/", headers={"Authorization": f"Bearer {server.key}"}, trust_env=False
    ) as client:
        yield client


def _picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (80, 60), (180, 140, 60)).save(file, "PNG")
    return file.getvalue()


PICTURE = _picture()
IN_PLACE = "data:image/png;base64," + base64.b64encode(PICTURE).decode()


def _data(answer: httpx.Response) -> Json:
    body = answer.json()
    assert (answer.status_code, body["code"]) == (200, 200), body
    return cast("Json", body["data"])


def _uploaded(client: httpx.Client) -> str:
    asked = {"filename": "ring of gold.png", "size": len(PICTURE), "content_type": "image/png"}
    ticket = _data(client.post("media/uploads", json=asked))
    put = cast("dict[str, object]", ticket["upload"])
    sent = httpx.put(str(put["url"]), content=PICTURE, headers=cast("dict[str, str]", put["headers"]), trust_env=False)
    assert sent.status_code == 200
    return str(ticket["download_url"])


def _submitted(client: httpx.Client, model: str = BANANA, prompt: str = "a ring", **inputs: object) -> str:
    answer = _data(client.post(model, json={"prompt": prompt, "images": [IN_PLACE], **inputs}))
    return str(answer["id"])


def _ended(client: httpx.Client, job: str) -> Json:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        data = _data(client.get(f"predictions/{job}/result"))
        if data["status"] in set(EndStatus):
            return data
        time.sleep(0.01)
    raise AssertionError("the job did not end")


def _downloaded(data: Json) -> bytes:
    (url,) = cast("list[str]", data["outputs"])
    return httpx.get(url, trust_env=False).content


def _history(client: httpx.Client, **more: object) -> list[Json]:
    data = _data(client.post("predictions", json={"page": 1, "page_size": 100, "include_inputs": True, **more}))
    return cast("list[Json]", data["items"])


def test_job_with_uploaded_picture_is_painted_and_charged(server: WaveSpeedServer, client: httpx.Client) -> None:
    job = _submitted(client, images=[f"{_uploaded(client)}?a=7"], prompt="rose gold", resolution="4k", made_up=1)
    result = _downloaded(_ended(client, job))
    assert prompt_mark(result) == prompt_sha256("rose gold")
    with Image.open(BytesIO(result)) as opened:
        assert (opened.format, opened.size) == ("PNG", (64, 64))
    (charge,) = server.world.charges()
    assert (charge.prediction_id, charge.model, charge.micro_usd, charge.refunded) == (job, BANANA, 240_000, False)
    assert "made_up" not in charge.inputs
    assert "made_up" in server.world.predictions[0].body
    assert server.world.predictions[0].pictures == (hashlib.sha256(PICTURE).hexdigest(),)
    assert _data(client.get("balance")) == {"balance": 99.76}
    bills = _data(client.post("billings/search", json={"prediction_uuids": [job], "page": 1, "page_size": 10}))
    (bill,) = cast("list[Json]", bills["items"])
    assert (bill["price"], cast("Json", bill["order"])["state"]) == (0.24, "done")


def test_results_of_equal_inputs_differ(client: httpx.Client) -> None:
    assert len({_downloaded(_ended(client, _submitted(client))) for _ in range(2)}) == 2


@pytest.mark.parametrize(
    ("inputs", "size", "kind"),
    [
        ({}, (1024, 1024), "PNG"),
        ({"size": "600*900", "output_format": "jpeg"}, (600, 900), "JPEG"),
        ({"aspect_ratio": "16:9", "resolution": "1k", "output_format": "webp"}, (1024, 576), "WEBP"),
    ],
)
def test_painter_with_size_and_format_keeps_to_them(inputs: Json, size: tuple[int, int], kind: str) -> None:
    painter = Painter()
    first, again = (painter({"prompt": "halo", "seed": 3, "prediction_id": each, **inputs}, [PICTURE]) for each in "ab")
    assert first == again
    assert prompt_mark(first) == prompt_sha256("halo")
    with Image.open(BytesIO(first)) as opened:
        assert (opened.size, opened.format) == (size, kind)


@pytest.mark.parametrize("headers", [{}, {"X-API-Key": "right"}, {"Authorization": "Bearer wrong"}])
def test_call_without_bearer_key_is_answered_401(server: WaveSpeedServer, headers: dict[str, str]) -> None:
    sent = {name: server.key if value == "right" else value for name, value in headers.items()}
    answer = httpx.get(f"{server.origin}/api/v3/balance", headers=sent, trust_env=False)
    assert (answer.status_code, answer.json()["code"]) == (401, 401)


@pytest.mark.parametrize(
    ("model", "inputs", "status", "code"),
    [
        (BANANA, {"prompt": ""}, 400, 1400),
        (BANANA, {"resolution": "3k"}, 400, 1401),
        (BANANA, {"images": [IN_PLACE] * 15}, 400, 1401),
        (SEEDREAM, {"size": "100*1024"}, 400, 1401),
        ("wavespeed-ai/flux-2-pro/edit", {"seed": "7"}, 400, 1401),
        ("nobody/nothing", {}, 404, None),
    ],
)
def test_submit_of_bad_inputs_is_refused_and_free(
    server: WaveSpeedServer, client: httpx.Client, model: str, inputs: Json, status: int, code: int | None
) -> None:
    answer = client.post(model, json={"prompt": "a ring", "images": [IN_PLACE], **inputs})
    assert (answer.status_code, answer.json()["code"]) == (status, status)
    assert (answer.json()["data"] or {}).get("code") == code
    assert server.world.charges() == []
    assert server.world.submits_received == 1


def test_submit_lost_after_charge_is_found_in_history(server: WaveSpeedServer, client: httpx.Client) -> None:
    server.faults.submit_fates = [
        SubmitFate.CHARGED_THEN_DROPPED,
        SubmitFate.CHARGED_THEN_502,
        SubmitFate.REFUSED_503,
        SubmitFate.RESET_BEFORE_CREATION,
    ]
    server.faults.history_lag_s = 0.2
    with pytest.raises(httpx.TransportError):
        _submitted(client, prompt="first")
    body = {"prompt": "second", "images": [IN_PLACE]}
    gateway = client.post(BANANA, json=body)
    assert (gateway.status_code, gateway.headers["Content-Type"].partition(";")[0]) == (502, "text/html")
    assert client.post(BANANA, json=body).status_code == 503
    with pytest.raises(httpx.TransportError):
        client.post(BANANA, json=body)
    assert _history(client) == []
    time.sleep(0.25)
    found = _history(client, model=BANANA, created_after="2020-01-01T00:00:00Z")
    assert [cast("Json", item["inputs"])["prompt"] for item in found] == ["second", "first"]
    assert [charge.prediction_id for charge in server.world.charges()] == [item["id"] for item in reversed(found)]
    server.faults.echo_inputs = False
    assert not any("inputs" in item for item in _history(client))


def test_poll_goes_through_statuses_and_errors_to_the_end(server: WaveSpeedServer, client: httpx.Client) -> None:
    server.faults.polls_until_done, server.faults.unknown_status_first = 2, True
    server.faults.poll_errors = [429, 504, 0]
    job = _submitted(client)
    path = f"predictions/{job}"
    assert client.get(path).status_code == 429
    assert "<html>" in client.get(path).text
    with pytest.raises(httpx.TransportError):
        client.get(path)
    assert [_data(client.get(path))["status"] for _ in range(2)] == ["queued", "processing"]
    assert _ended(client, job)["status"] == "completed"
    assert _data(client.post("predictions/delete", json={"ids": [job, "other"]})) == {"deleted_count": 1}
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("reference", "fail_code", "end", "status", "code"),
    [
        (IN_PLACE, 1200, EndStatus.COMPLETED, "failed", 1200),
        (IN_PLACE, None, EndStatus.CANCELLED, "cancelled", None),
        ("https://pictures.invalid/ring.png", None, EndStatus.COMPLETED, "failed", 1402),
        ("data:text/plain,ring", None, EndStatus.COMPLETED, "failed", 1403),
    ],
)
def test_failed_job_is_told_with_its_code_and_refunded(
    server: WaveSpeedServer,
    client: httpx.Client,
    reference: str,
    fail_code: int | None,
    end: EndStatus,
    status: str,
    code: int | None,
) -> None:
    server.faults.fail_code, server.faults.end_status = fail_code, end
    data = _ended(client, _submitted(client, images=[reference]))
    assert (data["status"], data.get("code"), data["outputs"]) == (status, code, [])
    assert data["error"]
    assert [charge.refunded for charge in server.world.charges()] == [True]
    assert server.world.balance_micro_usd == 100_000_000


def test_submits_beyond_limits_and_balance_are_refused(server: WaveSpeedServer, client: httpx.Client) -> None:
    server.faults.rate_per_minute, server.faults.retry_after_s = 2, 3
    body = {"prompt": "a ring", "images": [IN_PLACE]}
    answers = [client.post(BANANA, json=body) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "3"
    server.faults.rate_per_minute, server.faults.concurrent, server.faults.seconds_until_done = None, 1, float("inf")
    end = time.monotonic() + PATIENCE_S
    while server.world.running and time.monotonic() < end:
        time.sleep(0.01)
    assert [client.post(BANANA, json=body).status_code for _ in range(2)] == [200, 429]
    server.faults.concurrent, server.faults.no_credit_status = None, 403
    server.world.set_balance(100_000)
    assert client.post(BANANA, json=body).status_code == 403
    world = server.world
    assert (len(world.accepted_at), len(world.limited_at), len(world.completed_at)) == (3, 2, 2)
    assert server.world.running == 1


@pytest.mark.parametrize(("model", "inputs", "price"), [
    ("google/nano-banana-2/edit", {"resolution": "2k", "enable_web_search": True}, 0.119),
    ("openai/gpt-image-1.5/edit", {"quality": "high", "size": "1024*1536"}, 0.3),
    ("wavespeed-ai/flux-kontext-dev", {"num_images": 3}, 0.075),
    ("alibaba/wan-2.7/image-edit", {}, 0.03),
    (SEEDREAM, {"nothing": 1}, 0.027),
])  # fmt: skip
def test_price_follows_formula_and_discount(
    server: WaveSpeedServer, client: httpx.Client, model: str, inputs: Json, price: float
) -> None:
    server.faults.discount_rate = 90
    data = _data(client.post("model/price", json={"model_id": model, "inputs": inputs}))
    assert (data["price"], data["discounted_price"]) == (price, pytest.approx(0.9 * price))
    legacy = _data(client.post("model/pricing", json={"model_id": model, "inputs": inputs}))
    assert legacy["unit_price"] == price


def test_catalogue_without_retired_model_has_schemas(server: WaveSpeedServer, client: httpx.Client) -> None:
    server.faults.retired.add(SEEDREAM)
    server.faults.catalogue_bytes = 2_000_000
    answer = client.get("models")
    assert len(answer.content) > 2_000_000
    entries = {entry["model_id"]: entry for entry in answer.json()["data"]}
    assert SEEDREAM not in entries
    assert entries[BANANA]["api_schema"]["api_schemas"][0]["request_schema"]["required"] == ["prompt", "images"]
    assert client.post(SEEDREAM, json={}).status_code == 404


def test_upload_that_breaks_a_rule_is_refused(server: WaveSpeedServer, client: httpx.Client) -> None:
    asked = {"filename": "a.png", "size": len(PICTURE)}
    put = cast("Json", _data(client.post("media/uploads", json=asked))["upload"])
    url, headers = str(put["url"]), cast("dict[str, str]", put["headers"])
    assert client.put(url, content=PICTURE, headers=headers).status_code == 400
    assert server.world.keys_at_storage == 1
    for content, kind in ((PICTURE, "image/jpeg"), (PICTURE[:-1], "image/png")):
        assert httpx.put(url, content=content, headers={"Content-Type": kind}, trust_env=False).status_code == 403
    server.faults.ticket_expired = 1
    statuses = [httpx.put(url, content=PICTURE, headers=headers, trust_env=False).status_code for _ in range(2)]
    assert statuses == [403, 200]
    server.faults.ticket_upload = False
    assert client.post("media/uploads", json=asked).status_code == 404
    form = _data(client.post("media/upload/binary", files={"file": ("a.png", PICTURE, "image/png")}))
    assert httpx.get(str(form["download_url"]), trust_env=False).content == PICTURE
    server.faults.upload_fails_200_500 = True
    failed = client.post("media/upload/binary", files={"file": ("a.png", PICTURE, "image/png")})
    assert (failed.status_code, failed.json()["code"]) == (200, 500)


def test_download_meets_each_fault(server: WaveSpeedServer, client: httpx.Client) -> None:
    (url,) = cast("list[str]", _ended(client, _submitted(client))["outputs"])
    faults = server.faults
    with httpx.Client(trust_env=False) as plain:
        whole = plain.get(url).content
        with pytest.raises(httpx.TransportError):
            plain.get(url, headers={"User-Agent": ""})
        faults.download_truncated, faults.download_redirects = 1, 2
        with pytest.raises(httpx.TransportError):
            plain.get(url, follow_redirects=True)
        assert plain.get(url).status_code == 302
        assert plain.get(url, follow_redirects=True).content == whole
        faults.download_redirects, faults.download_403 = 0, 1
        assert [plain.get(url).status_code for _ in range(2)] == [403, 200]
        faults.download_trickle = 20 * len(whole)
        assert plain.get(url).content == whole
        faults.download_trickle, faults.download_oversize, faults.download_tells_length = 0, 300_000, False
        large = plain.get(url)
        assert (len(large.content), "Content-Length" in large.headers) == (300_000, False)
        faults.download_oversize, faults.download_wrong_type = 0, True
        assert plain.get(url).content.startswith(b"\xff\xd8\xff")
        faults.expired_after_s = 0.0
        assert plain.get(url).status_code == 403


@pytest.mark.parametrize("form", [OutputForm.OBJECT, OutputForm.BASE64, OutputForm.DATA_URI, OutputForm.EMPTY])
def test_outputs_take_the_form_asked_for(server: WaveSpeedServer, client: httpx.Client, form: OutputForm) -> None:
    server.faults.output_form, server.faults.output_count, server.faults.nsfw = form, 2, True
    data = _ended(client, _submitted(client))
    outputs = cast("list[object]", data["outputs"])
    assert data["has_nsfw_contents"] == [True] * len(outputs)
    assert len(outputs) == (0 if form == OutputForm.EMPTY else 2)
    for output in outputs:
        if isinstance(output, dict):
            assert httpx.get(output["url"], trust_env=False).status_code == 200
        else:
            text = str(output)
            assert text.startswith("data:image/png;base64,") is (form == OutputForm.DATA_URI)
            assert prompt_mark(base64.b64decode(text.rpartition(",")[2])) == prompt_sha256("a ring")


def test_synchronous_submit_waits_or_tells_5004(server: WaveSpeedServer, client: httpx.Client) -> None:
    body = {"prompt": "a ring", "images": [IN_PLACE], "enable_sync_mode": True}
    assert _data(client.post(BANANA, json=body))["status"] == "completed"
    server.faults.seconds_until_done, server.faults.sync_seconds = float("inf"), 0.02
    late = _data(client.post(BANANA, json=body))
    assert (late["status"], late["code"]) == ("processing", 5004)
    assert len(server.world.charges()) == 2
