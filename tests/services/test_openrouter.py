"""What the client of OpenRouter makes of every answer, and how often it asks. Against the server of the tests."""

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from io import BytesIO

import pytest
from PIL import Image

from dmdx_desktop.errors import AccountError, DmdxError, PictureError, Retry
from dmdx_desktop.services.http import UnreachableError
from dmdx_desktop.services.openrouter import (
    MOST_TRIES,
    OpenRouter,
    Question,
    Unusable,
    UnusableAnswerError,
    key_for_code,
)
from tests.servers.openrouter import KeyState, OpenRouterServer
from tests.servers.openrouter_scenarios import Scenario
from tests.servers.tcp_proxy import TcpProxy, Toxic

SCHEMA = {
    "type": "object",
    "properties": {"type": {"enum": ["ring", "other"]}},
    "required": ["type"],
    "additionalProperties": False,
}
ANSWER = '{"type": "ring"}'
USABLE = {
    Scenario.GOOD: ANSWER,
    Scenario.CONTENT_PARTS: ANSWER,
    Scenario.REASONING_JSON: ANSWER,
    Scenario.REASONING_TEXT: "First I look at the stone, then at the metal.",
    Scenario.FENCED_JSON: f"```json\n{ANSWER}\n```",
    Scenario.SCHEMA_VIOLATED: '{"not_in_the_schema": true}',
    Scenario.FALLBACK_MODEL: ANSWER,
    Scenario.NO_USAGE: ANSWER,
    Scenario.SLOW: ANSWER,
}
UNUSABLE = {
    Scenario.CHOICE_ERROR: Unusable.BROKEN_OFF,
    Scenario.REFUSAL: Unusable.REFUSED,
    Scenario.CONTENT_FILTER: Unusable.FILTERED,
    Scenario.LENGTH_CUT: Unusable.CUT,
    Scenario.EMPTY_CONTENT: Unusable.EMPTY,
}
REFUSED: dict[Scenario, tuple[type[DmdxError], str]] = {
    Scenario.KEY_REFUSED: (AccountError, "wrong_key"),
    Scenario.CREDITS_GONE: (AccountError, "no_credit"),
    Scenario.KEY_LIMIT_REACHED: (AccountError, "key_limit"),
    Scenario.WEIGHT_EXCEEDS_BUDGET: (AccountError, "too_little_credit"),
    Scenario.MODERATION: (PictureError, "moderated"),
    Scenario.GUARDRAIL: (PictureError, "moderated"),
    Scenario.BUDGET: (AccountError, "budget_reached"),
    Scenario.PRIVACY_RESTRICTED: (AccountError, "no_private_provider"),
    Scenario.NO_ENDPOINTS: (AccountError, "model_retired"),
    Scenario.UNKNOWN_KEY: (AccountError, "question_not_taken"),
    Scenario.TOO_LARGE: (PictureError, "too_large"),
}
"""Asking these again would change nothing."""
TRIED_AGAIN = {
    Scenario.IN_FLIGHT_BUDGET: "rate_limited",
    Scenario.RATE_LIMITED: "rate_limited",
    Scenario.RATE_LIMITED_UNTIMED: "rate_limited",
    Scenario.BAD_GATEWAY: "service_down",
    Scenario.UNAVAILABLE: "service_down",
    Scenario.EDGE_TIMEOUT: "service_down",
    Scenario.OVERLOADED: "service_down",
    Scenario.HTML_BAD_GATEWAY: "service_down",
    Scenario.ERROR_IN_200: "service_down",
    Scenario.ANSWER_DROPPED: "offline",
    Scenario.BROKEN_STREAM: "offline",
    Scenario.RESET_BEFORE: "offline",
}
"""And what is said of them when they stay."""


def _picture() -> str:
    file = BytesIO()
    Image.new("RGB", (8, 8), (180, 140, 60)).save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


QUESTION = Question("You describe.", "What is this?", (_picture(),), "piece", SCHEMA, 500)


class Waits:
    """Takes no time, and keeps how long it should have."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def server() -> Iterator[OpenRouterServer]:
    with OpenRouterServer() as running:
        running.slow_s = 0.2
        yield running


@pytest.fixture
def waits() -> Waits:
    return Waits()


@asynccontextmanager
async def _client(
    server: OpenRouterServer,
    waits: Waits,
    *,
    url: str = "",
    key: str = "",
    fallbacks: tuple[str, ...] = (),
    zero_retention: bool = False,
) -> AsyncIterator[OpenRouter]:
    client = OpenRouter(
        url or server.url,
        key or server.key,
        model="maker/vision",
        fallbacks=fallbacks,
        zero_retention=zero_retention,
        sleep=waits,
    )
    try:
        yield client
    finally:
        await client.close()


def test_every_scenario_has_its_place_here() -> None:
    assert USABLE.keys() | UNUSABLE.keys() | REFUSED.keys() | TRIED_AGAIN.keys() == set(Scenario)


@pytest.mark.parametrize("scenario", USABLE)
async def test_ask_an_answer_that_can_be_used_is_asked_for_once(
    server: OpenRouterServer, waits: Waits, scenario: Scenario
) -> None:
    server.next = [scenario]
    async with _client(server, waits, fallbacks=("maker/private-vision",)) as client:
        reply = await client.ask(QUESTION)
    assert reply.text == USABLE[scenario]
    assert reply.id.startswith("gen-")
    assert reply.model == ("maker/private-vision" if scenario is Scenario.FALLBACK_MODEL else "maker/vision")
    assert reply.cost_micro_usd == server.spent_micro_usd
    # What an answer cost that does not say so is asked for, and is not known at once.
    asked_after = [1.0] if scenario is Scenario.NO_USAGE else []
    assert (len(server.asked), waits.seconds, server.refused) == (1, asked_after, [])


@pytest.mark.parametrize("scenario", UNUSABLE)
async def test_ask_an_answer_that_is_none_says_why_and_what_it_cost(
    server: OpenRouterServer, waits: Waits, scenario: Scenario
) -> None:
    server.next = [scenario]
    async with _client(server, waits) as client:
        with pytest.raises(UnusableAnswerError) as caught:
            await client.ask(QUESTION)
    assert caught.value.why is UNUSABLE[scenario]
    assert caught.value.cost_micro_usd == server.spent_micro_usd
    assert len(server.asked) == 1


@pytest.mark.parametrize("scenario", REFUSED)
async def test_ask_a_refusal_is_told_in_words_and_not_asked_again(
    server: OpenRouterServer, waits: Waits, scenario: Scenario
) -> None:
    server.next = [scenario]
    async with _client(server, waits) as client:
        with pytest.raises(DmdxError) as caught:
            await client.ask(QUESTION)
    kind, code = REFUSED[scenario]
    assert (type(caught.value), caught.value.code) == (kind, code)
    assert (len(server.asked), waits.seconds) == (1, [])
    assert server.key not in f"{caught.value} {caught.value.remedy}"
    if scenario is Scenario.PRIVACY_RESTRICTED:
        assert "maker/private-vision, maker/private-vision-small" in caught.value.remedy


@pytest.mark.parametrize("scenario", TRIED_AGAIN)
async def test_ask_what_passes_is_asked_again_until_it_is_answered_or_thrice(
    server: OpenRouterServer, waits: Waits, scenario: Scenario
) -> None:
    server.retry_after_s = 7
    server.next = [scenario]
    async with _client(server, waits) as client:
        assert (await client.ask(QUESTION)).text == ANSWER
        assert len(server.asked) == 2
        told = scenario in (Scenario.RATE_LIMITED, Scenario.UNAVAILABLE, Scenario.IN_FLIGHT_BUDGET)
        assert waits.seconds == [7.0 if told else 1.0]
        server.next, server.asked = [scenario] * (MOST_TRIES + 2), []
        with pytest.raises(DmdxError) as caught:
            await client.ask(QUESTION)
    assert caught.value.code == TRIED_AGAIN[scenario]
    assert len(server.asked) == MOST_TRIES
    assert caught.value.retry is Retry.LATER


async def test_ask_tells_the_ids_of_answers_that_broke_off_and_their_cost_is_known_some_time_later(
    server: OpenRouterServer, waits: Waits
) -> None:
    server.next = [Scenario.BROKEN_STREAM, Scenario.BROKEN_STREAM]
    broken_off: list[str] = []
    async with _client(server, waits) as client:
        reply = await client.ask(QUESTION, broken_off.append)
        assert [await client.cost_micro_usd(one) for one in broken_off] == [None, None], "it is not written down yet"
        costs = [await client.cost_micro_usd(one) for one in broken_off]
    assert reply.id not in broken_off
    assert reply.cost_micro_usd + sum(cost or 0 for cost in costs) == server.spent_micro_usd
    assert len(set(broken_off)) == 2


async def test_ask_that_is_cancelled_in_the_middle_of_an_answer_tells_its_id(
    server: OpenRouterServer, waits: Waits
) -> None:
    server.next, server.slow_s = [Scenario.SLOW], 30.0
    broken_off: list[str] = []
    async with _client(server, waits) as client:
        # Its headers come at once; the rest would come much later.
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1.5):
                await client.ask(QUESTION, broken_off.append)
    assert len(broken_off) == 1


async def test_cost_of_an_answer_that_may_not_be_asked_for_is_an_error_and_not_unknown(
    server: OpenRouterServer, waits: Waits
) -> None:
    server.next, server.generation_404s = [Scenario.BROKEN_STREAM], 0
    broken_off: list[str] = []
    async with _client(server, waits) as client:
        await client.ask(QUESTION, broken_off.append)
        server.key_state = KeyState.EXPIRED
        with pytest.raises(AccountError):
            await client.cost_micro_usd(broken_off[0])
        server.key_state = KeyState.UNLIMITED
        assert await client.cost_micro_usd(broken_off[0])


async def test_ask_a_wish_to_wait_for_long_is_cut_to_a_minute(server: OpenRouterServer, waits: Waits) -> None:
    server.retry_after_s = 100_000
    server.next = [Scenario.RATE_LIMITED]
    async with _client(server, waits) as client:
        await client.ask(QUESTION)
    assert waits.seconds == [60.0]


async def test_ask_sends_privacy_limits_and_all_that_was_wished(server: OpenRouterServer, waits: Waits) -> None:
    async with _client(server, waits, fallbacks=("maker/any",), zero_retention=True) as client:
        question = Question("s", "t", (_picture(), _picture()), "piece", SCHEMA, 77, repair="Mind.", low_effort=True)
        await client.ask(question)
    async with _client(server, waits) as client:
        await client.ask(QUESTION)
    strict, plain = server.asked
    assert strict["provider"] == {"data_collection": "deny", "require_parameters": True, "zdr": True}
    assert plain["provider"] == {"data_collection": "deny", "require_parameters": True}
    assert (strict["max_tokens"], strict["models"], strict["reasoning"]) == (77, ["maker/any"], {"effort": "low"})
    assert "models" not in plain
    assert "reasoning" not in plain
    assert "Mind." in str(strict["messages"])
    assert str(strict["messages"]).count("SeenPicture(") == 2


async def test_ask_with_a_wrong_key_is_told_so(server: OpenRouterServer, waits: Waits) -> None:
    async with _client(server, waits, key="sk-or-v1-another") as client:
        with pytest.raises(AccountError) as caught:
            await client.ask(QUESTION)
    assert caught.value.code == "wrong_key"
    assert not server.asked


@pytest.mark.parametrize(("toxic", "asked"), [(Toxic.REFUSE, 0), (Toxic.RESET, 0), (Toxic.CUT_AFTER_BODY, MOST_TRIES)])
async def test_ask_over_a_bad_network_is_tried_thrice(
    server: OpenRouterServer, waits: Waits, toxic: Toxic, asked: int
) -> None:
    with TcpProxy("127.0.0.1", int(server.origin.rpartition(":")[2])) as proxy:
        proxy.toxic = toxic
        async with _client(server, waits, url=f"{proxy.origin}/api/v1") as client:
            with pytest.raises(UnreachableError):
                await client.ask(QUESTION)
            assert (len(server.asked), waits.seconds) == (asked, [1.0, 2.0])
            proxy.toxic = Toxic.NONE
            assert (await client.ask(QUESTION)).text == ANSWER


@pytest.mark.parametrize("redirects", [True, False])
async def test_ask_behind_a_login_page_is_a_strange_answer_or_trouble(
    server: OpenRouterServer, waits: Waits, redirects: bool
) -> None:
    with TcpProxy("127.0.0.1", int(server.origin.rpartition(":")[2])) as proxy:
        proxy.toxic, proxy.portal_redirects = Toxic.CAPTIVE_PORTAL, redirects
        async with _client(server, waits, url=f"{proxy.origin}/api/v1") as client:
            with pytest.raises(DmdxError) as caught:
                await client.ask(QUESTION)
    assert caught.value.retry is Retry.LATER
    assert caught.value.code == ("service_down" if redirects else "strange_answer")


async def test_key_facts_tell_of_each_kind_of_key(server: OpenRouterServer, waits: Waits) -> None:
    async with _client(server, waits) as client:
        facts = await client.key_facts()
        assert (facts.limit_micro_usd, facts.left_micro_usd, facts.used_micro_usd) == (None, None, 0)
        assert server.key not in facts.label
        server.key_state, server.limit_usd = KeyState.LIMITED, 0.5
        await client.ask(QUESTION)
        facts = await client.key_facts()
        assert facts.used_micro_usd == server.spent_micro_usd > 0
        assert (facts.limit_micro_usd, facts.left_micro_usd) == (500_000, 500_000 - server.spent_micro_usd)
        server.key_state = KeyState.EXPIRED
        with pytest.raises(AccountError) as caught:
            await client.key_facts()
        assert caught.value.code == "wrong_key"


async def test_balance_is_told_to_the_few_keys_that_may_ask(server: OpenRouterServer, waits: Waits) -> None:
    async with _client(server, waits) as client:
        assert await client.balance_micro_usd() is None
        server.is_management_key = True
        await client.ask(QUESTION)
        assert await client.balance_micro_usd() == 100_500_000 - server.spent_micro_usd


async def test_vision_models_are_those_that_see_and_answer_by_a_schema(server: OpenRouterServer, waits: Waits) -> None:
    async with _client(server, waits) as client:
        models = {model.id: model for model in await client.vision_models()}
    assert set(models) == {"maker/vision", "maker/private-vision", "maker/any"}
    assert (models["maker/vision"].prompt_price, models["maker/vision"].completion_price) == (500_000, 3_000_000)
    assert (models["maker/any"].prompt_price, models["maker/any"].completion_price) == (None, None)
    assert models["maker/private-vision"].going_away == "2030-01-31"
    assert models["maker/vision"].going_away is None


async def test_key_for_code_is_given_once_to_who_knows_the_verifier(server: OpenRouterServer) -> None:
    verifier = "v" * 43
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    server.register_challenge("code", challenge)
    server.register_challenge("late", challenge, expired=True)
    with pytest.raises(AccountError):
        await key_for_code(server.url, "code", "w" * 43)
    assert await key_for_code(server.url, "code", verifier) == server.key
    for code in ("code", "late", "unknown"):
        with pytest.raises(AccountError) as caught:
            await key_for_code(server.url, code, verifier)
        assert caught.value.code == "sign_in_expired"
        assert verifier not in str(caught.value)
