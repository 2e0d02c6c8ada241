"""The OpenRouter of the tests answers as the real one is documented to. httpx asks in the test's thread."""

import base64
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import Any

import httpx
import pytest
from PIL import Image
from pydantic import BaseModel, ConfigDict, Field

from tests.servers.openrouter import KeyState, OpenRouterServer, SeenPicture
from tests.servers.openrouter_scenarios import ERRORS, Scenario

MADE = {Scenario.GOOD, Scenario.FALLBACK_MODEL, Scenario.NO_USAGE, Scenario.SLOW}
"""Scenarios whose content is the good answer."""


class Metal(StrEnum):
    GOLD = "gold"
    SILVER = "silver"


class Stone(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    carats: float | None


class Piece(BaseModel):
    model_config = ConfigDict(extra="forbid")
    metal: Metal
    note: str = Field(min_length=2)
    sureness: float = Field(ge=0, le=1)
    count: int = Field(ge=1)
    centre: Stone | None
    first: Stone
    stones: list[Stone]
    engraved: bool


@pytest.fixture
def server() -> Iterator[OpenRouterServer]:
    with OpenRouterServer() as running:
        running.slow_s = 0.1
        yield running


@pytest.fixture
def client(server: OpenRouterServer) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {server.key}"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=5.0, trust_env=False) as made:
        yield made


def picture(*, kind: str = "JPEG", exif: bool = False) -> str:
    image, file = Image.new("RGB", (12, 8), "gold"), io.BytesIO()
    tags = Image.Exif()
    tags[271] = "A camera"
    image.save(file, kind, exif=tags if exif else b"")
    return f"data:image/{kind.lower()};base64,{base64.b64encode(file.getvalue()).decode()}"


def chat(url: str = "", **changes: Any) -> dict[str, Any]:
    text = {"type": "text", "text": "Describe the ring."}
    seen = {"type": "image_url", "image_url": {"url": url or picture(), "detail": "high"}}
    form = {"name": "piece", "strict": True, "schema": Piece.model_json_schema()}
    return {
        "model": "maker/vision",
        "models": ["maker/vision", "maker/private-vision"],
        "messages": [{"role": "system", "content": "Answer."}, {"role": "user", "content": [text, seen]}],
        "max_tokens": 1200,
        "provider": {"data_collection": "deny", "zdr": True, "require_parameters": True},
        "response_format": {"type": "json_schema", "json_schema": form},
        **changes,
    }


def asked(client: httpx.Client, **changes: Any) -> httpx.Response:
    return client.post("/chat/completions", json=chat(**changes))


def content(response: httpx.Response) -> Any:
    return response.json()["choices"][0]["message"]["content"]


def test_chat_good_request_gets_the_least_that_satisfies_its_schema(
    server: OpenRouterServer, client: httpx.Client
) -> None:
    response = asked(client)
    assert response.status_code == 200, response.text
    piece = Piece.model_validate_json(content(response))
    assert (piece.metal, piece.note, piece.sureness, piece.count) == (Metal.GOLD, "xx", 0.5, 1)
    assert (piece.centre, piece.first.carats, piece.stones, piece.engraved) == (None, None, [], False)
    body = response.json()
    assert body["model"] == "maker/vision"
    assert body["id"] == response.headers["X-Generation-Id"]
    assert round(body["usage"]["cost"] * 1_000_000) == server.spent_micro_usd > 0
    assert server.concurrent_most == 1


def test_asked_keeps_what_was_seen_of_a_picture_but_not_the_picture(
    server: OpenRouterServer, client: httpx.Client
) -> None:
    url = picture(exif=True)
    assert asked(client, url=url).status_code == 200
    assert asked(client, url=picture(kind="PNG")).status_code == 200
    seen = [body["messages"][1]["content"][1]["image_url"] for body in map(dict[str, Any], server.asked)]
    size = len(base64.b64decode(url.partition(",")[2]))
    assert seen[0] == {"detail": "high", "picture": SeenPicture("image/jpeg", "JPEG", size, 12, 8, True)}
    assert (seen[1]["picture"].format, seen[1]["picture"].has_exif) == ("PNG", False)
    assert "base64" not in str(server.asked)


def test_answer_given_by_the_test_is_what_is_answered(server: OpenRouterServer, client: httpx.Client) -> None:
    server.answer = lambda request: {"model": request["model"], "note": "größer"}
    assert json.loads(content(asked(client))) == {"model": "maker/vision", "note": "größer"}


def changed(*path: str | int, value: object = ...) -> Callable[[dict[str, Any]], None]:
    def change(body: Any) -> None:
        for step in path[:-1]:
            body = body[step]
        if value is ...:
            del body[path[-1]]
        else:
            body[path[-1]] = value

    return change


SCHEMA = ("response_format", "json_schema", "schema")
PARTS = ("messages", 1, "content")
IMAGE_URL = (*PARTS, 1, "image_url", "url")
JPEG_TEXT = picture().partition(",")[2]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (changed("Max_Tokens", value=3), "Unrecognized key(s) in object: 'Max_Tokens'"),
        (changed("max_tokens"), "max_tokens is missing"),
        (changed("provider"), "provider is not an object"),
        (changed("provider", "data_collection", value="allow"), "data_collection is not 'deny'"),
        (changed("provider", "ZDR", value=True), "Unrecognized key(s) in provider: 'ZDR'"),
        (changed("response_format"), "response_format is not an object"),
        (changed("response_format", "json_schema", "strict", value=False), "strict is not true"),
        (changed(*SCHEMA, "$defs", "Stone", "additionalProperties"), "schema.$defs.Stone: additionalProperties"),
        (changed(*SCHEMA, "required", value=["metal"]), "not in required: centre, count"),
        (changed(*PARTS, 0), "a picture before the text part"),
        (changed(*PARTS, 0, "type", value="video_url"), "neither text nor picture"),
        (changed(*IMAGE_URL, value="https://example.invalid/ring.jpg"), "not a base64 data URL"),
        (changed(*IMAGE_URL, value=f"data:image/heic;base64,{JPEG_TEXT}"), "'image/heic' is not a picture's type"),
        (changed(*IMAGE_URL, value=f"data:image/png;base64,{JPEG_TEXT}"), "image/png holds a JPEG"),
        (changed(*IMAGE_URL, value=f"data:image/jpeg;base64,{JPEG_TEXT[:400]}"), "cannot be decoded"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_chat_request_that_must_not_be_sent_is_refused_by_name(
    server: OpenRouterServer, client: httpx.Client, change: Callable[[dict[str, Any]], None], words: str
) -> None:
    body = chat()
    change(body)
    server.next = [Scenario.OVERLOADED]
    response = client.post("/chat/completions", json=body)
    assert response.status_code == 400
    assert words in response.json()["error"]["message"]
    assert words in server.refused[0]
    assert (server.asked, server.next, server.spent_micro_usd) == ([], [Scenario.OVERLOADED], 0)


def test_chat_errors_have_their_status_shape_and_no_price(server: OpenRouterServer, client: httpx.Client) -> None:
    server.next = [*ERRORS]
    server.retry_after_s = 3
    got = {scenario: asked(client) for scenario in ERRORS}
    assert all(got[s].json()["error"]["code"] == got[s].status_code for s in ERRORS)
    assert [got[s].status_code for s in ERRORS] == [
        *(401, 402, 402, 402, 402, 403, 403, 403, 404, 404, 400, 413, 429, 429, 502, 503, 524, 529)
    ]
    timed = {Scenario.IN_FLIGHT_BUDGET, Scenario.RATE_LIMITED, Scenario.UNAVAILABLE}
    assert {s for s in ERRORS if got[s].headers.get("Retry-After") == "3"} == timed
    private = got[Scenario.PRIVACY_RESTRICTED].json()["error"]["availability"]
    assert (private["code"], private["retryable"]) == ("privacy_restricted", False)
    assert private["excluded_by"]
    assert private["fallback_models"]
    assert got[Scenario.WEIGHT_EXCEEDS_BUDGET].json()["error"]["metadata"]["reason"] == "weight_exceeds_budget"
    assert server.spent_micro_usd == 0
    assert len(server.asked) == len(ERRORS)


def test_chat_odd_answers_are_what_their_names_say(server: OpenRouterServer, client: httpx.Client) -> None:
    good = content(asked(client))
    wanted: list[Scenario] = [
        s for s in Scenario if s not in ERRORS and s not in {Scenario.ANSWER_DROPPED, Scenario.RESET_BEFORE}
    ]
    server.next = [*wanted]
    got = {scenario: asked(client) for scenario in wanted}
    assert server.next == []
    html = got.pop(Scenario.HTML_BAD_GATEWAY)
    assert (html.status_code, html.headers["Content-Type"]) == (502, "text/html; charset=utf-8")
    bare = got.pop(Scenario.ERROR_IN_200)
    assert (bare.status_code, list(bare.json())) == (200, ["error"])
    choices = {scenario: response.json()["choices"][0] for scenario, response in got.items()}
    messages: dict[Scenario, Any] = {scenario: choice["message"] for scenario, choice in choices.items()}
    assert all(messages[s]["content"] == good for s in MADE)
    assert got[Scenario.FALLBACK_MODEL].json()["model"] == "maker/private-vision"
    assert "usage" not in got[Scenario.NO_USAGE].json()
    assert choices[Scenario.CHOICE_ERROR]["error"]["code"] == 502
    assert [choices[s]["finish_reason"] for s in (Scenario.CHOICE_ERROR, Scenario.LENGTH_CUT)] == ["error", "length"]
    for cut in (Scenario.CHOICE_ERROR, Scenario.LENGTH_CUT, Scenario.CONTENT_FILTER):
        assert good.startswith(messages[cut]["content"])
        with pytest.raises(ValueError, match="line 1"):
            json.loads(messages[cut]["content"])
    assert messages[Scenario.REFUSAL]["refusal"]
    assert (messages[Scenario.REASONING_JSON]["content"], messages[Scenario.REASONING_JSON]["reasoning"]) == (
        None,
        good,
    )
    assert messages[Scenario.REASONING_TEXT]["content"] is None
    assert "".join(part["text"] for part in messages[Scenario.CONTENT_PARTS]["content"]) == good
    assert messages[Scenario.FENCED_JSON]["content"] == f"```json\n{good}\n```"
    with pytest.raises(ValueError, match="not_in_the_schema"):
        Piece.model_validate_json(messages[Scenario.SCHEMA_VIOLATED]["content"])
    empty = got[Scenario.EMPTY_CONTENT].json()
    assert (messages[Scenario.EMPTY_CONTENT]["content"], empty["usage"]["cost"]) == ("", 0)


def test_chat_connection_ends_before_or_after_the_answer_was_paid(
    server: OpenRouterServer, client: httpx.Client
) -> None:
    server.next = [Scenario.RESET_BEFORE, Scenario.ANSWER_DROPPED]
    with pytest.raises(httpx.TransportError):
        asked(client)
    assert server.spent_micro_usd == 0
    with pytest.raises(httpx.TransportError):
        asked(client)
    assert server.spent_micro_usd > 0
    assert asked(client).status_code == 200
    assert len(server.asked) == 3


def test_rates_same_seed_gives_the_same_scenarios() -> None:
    def statuses() -> list[int]:
        with OpenRouterServer(seed=5) as server, httpx.Client(base_url=server.url, trust_env=False) as client:
            server.rates = {Scenario.RATE_LIMITED: 0.4, Scenario.BAD_GATEWAY: 0.3}
            client.headers["Authorization"] = f"Bearer {server.key}"
            return [asked(client).status_code for _ in range(20)]

    first = statuses()
    assert first == statuses()
    assert set(first) == {200, 429, 502}


def test_concurrent_most_counts_requests_that_overlap(server: OpenRouterServer, client: httpx.Client) -> None:
    server.slow_s, server.next = 0.4, [Scenario.SLOW] * 3
    with ThreadPoolExecutor(3) as pool:
        got = [*pool.map(lambda _: asked(client).status_code, range(3))]
    assert got == [200] * 3
    assert asked(client).status_code == 200
    assert server.concurrent_most == 3


def test_stream_good_and_broken_answers_come_as_events(server: OpenRouterServer, client: httpx.Client) -> None:
    server.answer = lambda _: {"note": "größer – schöner"}
    server.next = [Scenario.GOOD, Scenario.CHOICE_ERROR]
    good, broken = (asked(client, stream=True) for _ in range(2))
    assert good.headers["Content-Type"] == "text/event-stream"
    lines = good.text.split("\n\n")
    assert (lines[0], lines[-2]) == (": OPENROUTER PROCESSING", "data: [DONE]")
    chunks = [json.loads(line.removeprefix("data: ")) for line in lines[1:-2]]
    text = "".join(chunk["choices"][0]["delta"]["content"] for chunk in chunks if chunk["choices"])
    assert json.loads(text) == {"note": "größer – schöner"}
    assert (chunks[-1]["choices"], chunks[-1]["usage"]["cost"] > 0) == ([], True)
    last = json.loads(broken.text.rstrip().rpartition("data: ")[2])
    assert (last["error"]["code"], last["choices"][0]["finish_reason"]) == (502, "error")


def test_key_and_credits_tell_what_the_key_may(server: OpenRouterServer, client: httpx.Client) -> None:
    data = client.get("/key").json()["data"]
    assert (data["limit"], data["limit_remaining"], data["usage"]) == (None, None, 0)
    asked(client)
    server.key_state = KeyState.LIMITED
    data = client.get("/key").json()["data"]
    assert data["limit_remaining"] == pytest.approx(10 - server.spent_micro_usd / 1e6)
    refused = client.get("/credits")
    assert (refused.status_code, "management keys" in refused.text) == (403, True)
    server.is_management_key = True
    assert client.get("/credits").json()["data"]["total_credits"] == 100.5
    server.key_state = KeyState.EXPIRED
    assert [client.get("/key").status_code, asked(client).status_code] == [401, 401]
    missing = httpx.post(f"{server.url}/chat/completions", json=chat(), trust_env=False)
    assert (missing.status_code, missing.json()["error"]["message"]) == (401, "Missing Authentication header")


def test_models_filters_and_odd_entries_are_there(client: httpx.Client) -> None:
    every = {model["id"]: model for model in client.get("/models").json()["data"]}
    assert every["maker/vision"]["pricing"]["prompt"] == "0.0000005"
    assert every["maker/any"]["pricing"]["prompt"] == "-1"
    assert every["maker/private-vision"]["expiration_date"]
    assert "pricing" not in every["maker/sparse"]
    query = {"input_modalities": "text,image", "supported_parameters": "structured_outputs", "zdr": "true"}
    found = client.get("/models", params=query).json()
    assert [model["id"] for model in found["data"]] == ["maker/vision", "maker/private-vision", "maker/any"]
    assert found["total_count"] == 3


def test_generation_is_not_found_at_first_then_tells_the_price(server: OpenRouterServer, client: httpx.Client) -> None:
    query = {"id": asked(client).json()["id"]}
    first, second = (client.get("/generation", params=query) for _ in range(2))
    assert (first.status_code, second.status_code) == (404, 200)
    assert second.json()["data"]["total_cost"] == server.spent_micro_usd / 1e6
    assert [client.get("/generation", params={"id": "gen-0"}).status_code for _ in range(2)] == [404, 404]


def test_exchange_code_is_good_once_for_who_knows_the_verifier(server: OpenRouterServer) -> None:
    verifier = "v" * 43
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    server.register_challenge("good", challenge)
    server.register_challenge("old", challenge, expired=True)

    def exchanged(code: str, word: str = verifier, method: str = "S256") -> tuple[int, str]:
        body = {"code": code, "code_verifier": word, "code_challenge_method": method}
        response = httpx.post(f"{server.url}/auth/keys", json=body, trust_env=False)
        told = response.json()
        return response.status_code, told["key"] if "key" in told else told["error"]["message"]

    assert exchanged("good", method="plain") == (400, "Invalid code_challenge_method")
    assert exchanged("good", "w" * 43) == (403, "Invalid code or code_verifier")
    assert exchanged("old") == (403, "Authorization code expired")
    assert exchanged("good") == (200, server.key)
    assert exchanged("good") == (403, "Invalid code or code_verifier")
