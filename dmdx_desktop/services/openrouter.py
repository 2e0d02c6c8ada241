"""OpenRouter: asks a vision model, and understands every way in which an answer is none. Core process, asyncio loop.

Wire facts: OpenRouter's documentation (openapi.yaml; errors-and-debugging, limits, structured-outputs, provider
selection, model fallbacks), as of November 2026. Privacy is not a choice here: ``data_collection: deny`` goes with
every request, zero retention where the designer wants it. Chat calls are cheap, so one whose answer was lost is asked
again; the paid pictures of WaveSpeed never are.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import httpx

from dmdx_desktop.errors import AccountError, DmdxError, PictureError, Retry
from dmdx_desktop.services.http import LONGEST_WAIT_S, Answer, UnreachableError, call, make_client
from dmdx_desktop.services.money import micro_usd
from dmdx_desktop.services.openrouter_stream import is_stream, joined

SERVICE: Final = "OpenRouter"
MOST_TRIES: Final = 3
SILENT_SECONDS: Final = 40.0
"""While a model works, something comes now and then; a connection that is silent for longer has died."""
WHOLE_SECONDS: Final = 180.0
FIRST_WAIT_S: Final = 1.0
RETRIED: Final = frozenset({408, 429, 500, 502, 503, 504, 524, 529})
BUSY_BUDGET: Final = "in_flight_budget_exhausted"
"""Why a call is refused while others hold what is left of the credit: not for long."""
GENERATION_HEADER: Final = "x-generation-id"
LONGEST_ID: Final = 200
NOT_A_PICTURE: Final = "Unrecognized key"
"""How a refusal begins that has nothing to do with the picture."""
TITLE: Final = "DMDX Studio"
Sleep = Callable[[float], Awaitable[None]]


class Unusable(StrEnum):
    """Why an answer that came is no answer."""

    BROKEN_OFF = "broken_off"
    """It failed in the middle."""
    REFUSED = "refused"
    FILTERED = "filtered"
    CUT = "cut"
    """It ran into the limit of its length."""
    EMPTY = "empty"
    NONSENSE = "nonsense"


class UnusableAnswerError(Exception):
    """The model answered, and was perhaps paid, but said nothing that can be used."""

    def __init__(self, why: Unusable, cost_micro_usd: int = 0) -> None:
        super().__init__(why.value)
        self.why = why
        self.cost_micro_usd = cost_micro_usd


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a vision model: a text, pictures as ``data:`` URLs, and the JSON schema of the answer."""

    system: str
    text: str
    pictures: tuple[str, ...]
    schema_name: str
    schema: Mapping[str, object]
    max_tokens: int
    repair: str | None = None
    """What was wrong with the answer before, where it is asked once more."""
    low_effort: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said: the text of its answer, who answered, and what it cost."""

    text: str
    model: str
    id: str
    cost_micro_usd: int


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """What OpenRouter says of a key. Money in micro-USD; None means without a limit."""

    label: str
    limit_micro_usd: int | None
    left_micro_usd: int | None
    used_micro_usd: int
    expires_at: str | None


@dataclass(frozen=True, slots=True)
class VisionModel:
    """A model that sees and answers by a schema. Prices in micro-USD for a million tokens, None where unknown."""

    id: str
    name: str
    prompt_price: int | None
    completion_price: int | None
    going_away: str | None


class OpenRouter:
    """One key, at one address."""

    def __init__(
        self,
        url: str,
        key: str,
        *,
        model: str,
        fallbacks: Sequence[str] = (),
        zero_retention: bool = False,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        headers = {"Authorization": f"Bearer {key}", "X-OpenRouter-Title": TITLE}
        self._client: httpx.AsyncClient = make_client(url, headers=headers, read_seconds=SILENT_SECONDS)
        self._models = (model, *fallbacks)
        self._zero_retention = zero_retention
        self._sleep = sleep

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def key_facts(self) -> KeyFacts:
        """What the key is and what it may still spend. Raises ``DmdxError``."""
        data = _mapping(_data(await self._get("/key")))
        return KeyFacts(
            label=_text(data.get("label")),
            limit_micro_usd=micro_usd(data.get("limit")),
            left_micro_usd=micro_usd(data.get("limit_remaining")),
            used_micro_usd=micro_usd(data.get("usage")) or 0,
            expires_at=_text(data.get("expires_at")) or None,
        )

    async def balance_micro_usd(self) -> int | None:
        """What the account has left; None for the many keys that may not ask."""
        try:
            data = _mapping(_data(await self._get("/credits")))
        except DmdxError:
            return None
        bought, used = micro_usd(data.get("total_credits")), micro_usd(data.get("total_usage"))
        return None if bought is None or used is None else bought - used

    async def vision_models(self) -> tuple[VisionModel, ...]:
        """The models that see pictures and answer by a schema. Raises ``DmdxError``."""
        listed = _mapping((await self._get("/models")).json).get("data")
        found = [_vision_model(_mapping(one)) for one in listed] if isinstance(listed, list) else []
        return tuple(one for one in found if one is not None)

    async def ask(self, question: Question, broken_off: Callable[[str], None] = lambda _: None) -> Reply:
        """Ask once, and again where that is safe and may help. Raises ``DmdxError`` and ``UnusableAnswerError``.

        ``broken_off`` is told the ids of answers that began and never came whole: they may have been paid as well.
        """
        body = self._body(question)
        wait, tries = FIRST_WAIT_S, 0
        while True:
            tries += 1
            try:
                answer = await self._asked(body, broken_off)
            except UnreachableError:
                if tries >= MOST_TRIES:
                    raise
                await self._sleep(wait)
                wait *= 2
                continue
            if not _is_worth_a_retry(answer) or tries >= MOST_TRIES:
                return _reply_of(await self._with_cost(answer))
            await self._sleep(min(answer.retry_after_s or wait, LONGEST_WAIT_S))
            wait *= 2

    async def cost_micro_usd(self, generation: str) -> int | None:
        """What an answer cost, by its id; None where it is not known there (yet). Raises ``DmdxError``."""
        return micro_usd((await self._generation(generation)).get("total_cost"))

    async def _asked(self, body: Mapping[str, object], broken_off: Callable[[str], None]) -> Answer:
        """One answer, whole. Raises ``UnreachableError`` for one that never came, came too slowly or broke off."""
        heard: dict[str, str] = {}
        whole: Answer | None = None
        try:
            async with asyncio.timeout(WHOLE_SECONDS):
                answer = await call(self._client, SERVICE, "POST", "/chat/completions", json=body, heard=heard.update)
            whole = joined(answer) if is_stream(answer) else answer
        except TimeoutError:
            raise UnreachableError(SERVICE, may_have_arrived=True, timed_out=True) from None
        finally:
            # Also where the program ends in the middle of it.
            generation = heard.get(GENERATION_HEADER, "")
            if whole is None and 0 < len(generation) <= LONGEST_ID:
                broken_off(generation)
        if whole is None:
            raise UnreachableError(SERVICE, may_have_arrived=True)
        return whole

    async def _with_cost(self, answer: Answer) -> Answer:
        """An answer that does not say what it cost, with what the service says when it is asked."""
        body = _mapping(answer.json)
        generation = _text(body.get("id"))
        if not body.get("choices") or _mapping(body.get("usage")).get("cost") is not None or not generation:
            return answer
        wait = FIRST_WAIT_S
        for _ in range(MOST_TRIES):
            try:
                cost = (await self._generation(generation)).get("total_cost")
            except DmdxError:
                break
            if cost is not None:
                return replace(answer, json={**body, "usage": {"cost": cost}})
            await self._sleep(wait)  # it is not written down yet
            wait *= 2
        return answer

    async def _generation(self, generation: str) -> Mapping[str, object]:
        """What the service says of an answer; nothing where it does not know it yet. Raises ``DmdxError``."""
        found = await call(self._client, SERVICE, "GET", "/generation", params={"id": generation})
        if found.status == 404:
            return {}
        raise_for(found)
        return _mapping(_data(found))

    def _body(self, question: Question) -> dict[str, object]:
        parts: list[object] = [{"type": "text", "text": question.text}]
        parts += [{"type": "image_url", "image_url": {"url": one, "detail": "high"}} for one in question.pictures]
        messages: list[object] = [
            {"role": "system", "content": question.system},
            {"role": "user", "content": parts},
        ]
        if question.repair is not None:
            messages.append({"role": "user", "content": [{"type": "text", "text": question.repair}]})
        body: dict[str, object] = {
            "model": self._models[0],
            "messages": messages,
            "max_tokens": question.max_tokens,
            "temperature": 0,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": question.schema_name, "strict": True, "schema": dict(question.schema)},
            },
            "provider": {
                "data_collection": "deny",
                "require_parameters": True,
                **({"zdr": True} if self._zero_retention else {}),
            },
            "stream": True,
        }
        if len(self._models) > 1:
            body["models"] = list(self._models[1:])
        if question.low_effort:
            body["reasoning"] = {"effort": "low"}
        return body

    async def _get(self, path: str) -> Answer:
        wait = FIRST_WAIT_S
        for tries_left in range(MOST_TRIES - 1, -1, -1):
            try:
                answer = await call(self._client, SERVICE, "GET", path)
            except UnreachableError:
                if not tries_left:
                    raise
            else:
                if answer.status not in RETRIED or not tries_left:
                    raise_for(answer)
                    return answer
                wait = max(wait, answer.retry_after_s or 0.0)
            await self._sleep(wait)
            wait *= 2
        raise AssertionError("the last try returns or raises")


async def key_for_code(url: str, code: str, verifier: str) -> str:
    """The key that a sign-in in the browser was granted (OAuth with PKCE, S256). Raises ``DmdxError``."""
    client = make_client(url)
    try:
        given = {"code": code, "code_verifier": verifier, "code_challenge_method": "S256"}
        answer = await call(client, SERVICE, "POST", "/auth/keys", json=given)
    finally:
        await client.aclose()
    if answer.status == 403:
        raise AccountError(
            "sign_in_expired",
            "OpenRouter did not take the sign-in.",
            "Its code was used before, or is older than ten minutes.",
            "Sign in once more.",
        )
    raise_for(answer)
    key = _mapping(answer.json).get("key")
    if not isinstance(key, str) or not key:
        raise _strange_answer()
    return key


def raise_for(answer: Answer) -> None:
    """Raise the ``DmdxError`` that an answer is, if it is one: by its status, or by an ``error`` in a good one."""
    error = _mapping(_mapping(answer.json).get("error"))
    if 200 <= answer.status < 300 and not error:
        if answer.json is None:
            raise _strange_answer()
        return
    raise _error_of(_status_of(answer, error), error, answer.retry_after_s)


def _reply_of(answer: Answer) -> Reply:
    """The text in an answer, in the order of the handbook's table. Raises ``DmdxError``, ``UnusableAnswerError``."""
    body = _mapping(answer.json)
    choices = body.get("choices")
    if not 200 <= answer.status < 300 or not isinstance(choices, list) or not choices:
        raise_for(answer)
        raise UnusableAnswerError(Unusable.EMPTY)
    cost = micro_usd(_mapping(body.get("usage")).get("cost")) or 0
    choice = _mapping(choices[0])
    message, finish = _mapping(choice.get("message")), choice.get("finish_reason")
    if choice.get("error") or finish == "error":
        raise UnusableAnswerError(Unusable.BROKEN_OFF, cost)
    if _text(message.get("refusal")):
        raise UnusableAnswerError(Unusable.REFUSED, cost)
    if finish == "content_filter":
        raise UnusableAnswerError(Unusable.FILTERED, cost)
    if finish == "length":
        raise UnusableAnswerError(Unusable.CUT, cost)
    text = _text_of(message.get("content")) or _text(message.get("reasoning"))
    if not text.strip():
        raise UnusableAnswerError(Unusable.EMPTY, cost)
    return Reply(text, _text(body.get("model")), _text(body.get("id")), cost)


def _text_of(content: object) -> str:
    """A message's text, which is one, or parts of which some are text."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "".join(_text(_mapping(part).get("text")) for part in parts)


def _is_worth_a_retry(answer: Answer) -> bool:
    error = _mapping(_mapping(answer.json).get("error"))
    availability = _mapping(error.get("availability"))
    if "retryable" in availability:
        return availability["retryable"] is True
    status = _status_of(answer, error)
    if status == 402:
        return _mapping(error.get("metadata")).get("reason") == BUSY_BUDGET
    return status in RETRIED and not _mapping(answer.json).get("choices")


def _status_of(answer: Answer, error: Mapping[str, object]) -> int:
    """The status an error has: an answer that went well may carry one inside."""
    if not 200 <= answer.status < 300:
        return answer.status
    code = error.get("code")
    return code if isinstance(code, int) and not isinstance(code, bool) else (500 if error else answer.status)


def _error_of(status: int, error: Mapping[str, object], retry_after_s: float | None) -> DmdxError:
    metadata, availability = _mapping(error.get("metadata")), _mapping(error.get("availability"))
    kind = _text(metadata.get("error_type"))
    unavailable = _text(availability.get("code"))
    if unavailable == "privacy_restricted":
        return AccountError(
            "no_private_provider",
            "No provider of this model promises to keep your designs private.",
            "Pictures are sent only to those that neither keep nor learn from them.",
            _other_models(availability),
        )
    if unavailable in ("model_not_found", "no_endpoints", "model_deprecated", "free_variant_ended", "wrong_endpoint"):
        return AccountError(
            "model_retired",
            "This vision model is no longer offered.",
            "OpenRouter does not know it, or nobody serves it any more.",
            _other_models(availability),
        )
    if status == 401 or kind == "authentication":
        return AccountError(
            "wrong_key",
            "OpenRouter does not take the key.",
            "It is mistyped, switched off or expired.",
            "Give another key in Settings, Connections.",
        )
    if status == 402 or kind == "payment_required":
        return _payment_error(metadata)
    if status == 403:
        return _forbidden(metadata)
    if status == 413 or kind in ("payload_too_large", "image_too_large"):
        return PictureError(
            "too_large", "This picture is too large for the model.", "It was not read.", "Choose another model."
        )
    if status == 400 and _text(error.get("message")).startswith(NOT_A_PICTURE):
        return AccountError(
            "question_not_taken",
            "OpenRouter does not take the question.",
            "Nothing is wrong with the picture: a part of the question is not known there.",
            "Choose another model in Settings, Connections, or update DMDX Studio.",
        )
    if status in (400, 422) or kind in ("invalid_image", "image_too_small", "unsupported_image_format"):
        return PictureError(
            "not_understood",
            "The model could not read this picture.",
            "It took it for no picture, or did not understand the question.",
            "Choose another model, or describe the piece yourself.",
        )
    if status == 429:
        return _pause()
    if status == 404:
        return AccountError(
            "model_retired", "This vision model cannot be used.", "Nobody serves it with what is asked of it.",
            _other_models(availability),
        )  # fmt: skip
    del retry_after_s
    return DmdxError(
        "service_down", "OpenRouter has trouble.", "It, or the model behind it, did not answer.",
        "Work goes on by itself once it does.", retry=Retry.LATER,
    )  # fmt: skip


def _pause() -> DmdxError:
    return DmdxError(
        "rate_limited", "OpenRouter asks for a pause.", "Too much was asked in a short time.",
        "Work goes on by itself.", retry=Retry.LATER,
    )  # fmt: skip


def _payment_error(metadata: Mapping[str, object]) -> DmdxError:
    source, reason = _text(metadata.get("limit_source")), _text(metadata.get("reason"))
    if source == "openrouter_key_limit":
        return AccountError(
            "key_limit",
            "The key has spent what it may.",
            "Its own limit at OpenRouter is reached.",
            "Raise the limit of the key at openrouter.ai/keys, or give another key.",
        )
    if reason == BUSY_BUDGET:
        return _pause()
    if reason == "weight_exceeds_budget":
        return AccountError(
            "too_little_credit",
            "There is too little credit for this reading.",
            "What is left at OpenRouter is less than one reading may cost.",
            "Add credit at openrouter.ai/credits.",
        )
    return AccountError(
        "no_credit",
        "There is no credit left at OpenRouter.",
        "Readings wait; those of this computer stand until then.",
        "Add credit at openrouter.ai/credits.",
    )


def _forbidden(metadata: Mapping[str, object]) -> DmdxError:
    if _text(metadata.get("limit_source")):
        return AccountError(
            "budget_reached",
            "A budget at OpenRouter is used up.",
            "It is set for the key, its workspace or its account.",
            "Raise it at openrouter.ai, or wait until it begins anew.",
        )
    if metadata.get("reasons") or metadata.get("patterns"):
        return PictureError(
            "moderated",
            "The model will not read this picture.",
            "A filter of the service stopped it.",
            "Choose another model, or describe the piece yourself.",
        )
    return AccountError(
        "not_permitted",
        "The key may not do this.",
        "OpenRouter refuses it for this key.",
        "Give another key in Settings, Connections.",
    )


def _other_models(availability: Mapping[str, object]) -> str:
    offered = availability.get("fallback_models")
    names = [one for one in offered if isinstance(one, str) and len(one) < 100][:3] if isinstance(offered, list) else []
    words = f" OpenRouter suggests {', '.join(names)}." if names else ""
    return f"Choose another model in Settings, Connections.{words}"


def _strange_answer() -> DmdxError:
    return DmdxError(
        "strange_answer",
        "OpenRouter answered something that is not understood.",
        "Something between here and there may have answered in its place.",
        "Work goes on by itself; if this stays, look at the address in Settings, Connections.",
        retry=Retry.LATER,
    )


def _vision_model(found: Mapping[str, object]) -> VisionModel | None:
    architecture, pricing = _mapping(found.get("architecture")), _mapping(found.get("pricing"))
    sees = architecture.get("input_modalities")
    knows = found.get("supported_parameters")
    if not (isinstance(sees, list) and "image" in sees and isinstance(knows, list) and "structured_outputs" in knows):
        return None
    model = _text(found.get("id"))
    if not model:
        return None
    return VisionModel(
        id=model,
        name=_text(found.get("name")) or model,
        prompt_price=_per_million(pricing.get("prompt")),
        completion_price=_per_million(pricing.get("completion")),
        going_away=_text(found.get("expiration_date")) or None,
    )


def _per_million(price: object) -> int | None:
    """Prices are text, in USD for one token; "-1" stands for one that varies."""
    try:
        each = float(price) if isinstance(price, str | int | float) else -1.0
    except ValueError:
        return None
    return round(each * 1e12) if 0 <= each < 1 else None


def _data(answer: Answer) -> object:
    return _mapping(answer.json).get("data")


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
