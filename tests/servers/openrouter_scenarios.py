"""What an OpenRouter server of the tests can answer to a chat request. Pure; runs in the server's thread.

Shapes and words follow OpenRouter's reference (openapi.yaml, limits, errors-and-debugging); no answer needs a network.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final


class Scenario(StrEnum):
    """What happens to one chat request."""

    GOOD = "good"
    KEY_REFUSED = "key_refused"
    CREDITS_GONE = "credits_gone"
    KEY_LIMIT_REACHED = "key_limit_reached"
    IN_FLIGHT_BUDGET = "in_flight_budget"
    WEIGHT_EXCEEDS_BUDGET = "weight_exceeds_budget"
    MODERATION = "moderation"
    GUARDRAIL = "guardrail"
    BUDGET = "budget"
    PRIVACY_RESTRICTED = "privacy_restricted"
    NO_ENDPOINTS = "no_endpoints"
    UNKNOWN_KEY = "unknown_key"
    TOO_LARGE = "too_large"
    RATE_LIMITED = "rate_limited"
    """With Retry-After, as OpenRouter itself says it."""
    RATE_LIMITED_UNTIMED = "rate_limited_untimed"
    """Without Retry-After, as a provider says it."""
    BAD_GATEWAY = "bad_gateway"
    UNAVAILABLE = "unavailable"
    EDGE_TIMEOUT = "edge_timeout"
    OVERLOADED = "overloaded"
    HTML_BAD_GATEWAY = "html_bad_gateway"
    ERROR_IN_200 = "error_in_200"
    CHOICE_ERROR = "choice_error"
    REFUSAL = "refusal"
    CONTENT_FILTER = "content_filter"
    LENGTH_CUT = "length_cut"
    REASONING_JSON = "reasoning_json"
    REASONING_TEXT = "reasoning_text"
    CONTENT_PARTS = "content_parts"
    FENCED_JSON = "fenced_json"
    SCHEMA_VIOLATED = "schema_violated"
    FALLBACK_MODEL = "fallback_model"
    NO_USAGE = "no_usage"
    EMPTY_CONTENT = "empty_content"
    SLOW = "slow"
    ANSWER_DROPPED = "answer_dropped"
    """Made and charged, then the connection ends without it."""
    BROKEN_STREAM = "broken_stream"
    """Made and charged, but the connection ends in the middle of the answer's pieces."""
    RESET_BEFORE = "reset_before"
    """The connection is reset before anything was done."""


@dataclass(frozen=True)
class Question:
    """What an answer is made from; ``answer`` is the JSON text of the good one."""

    answer: str
    generation: str
    created: int
    models: Sequence[str]
    max_tokens: int
    prompt_tokens: int
    retry_after_s: int


@dataclass(frozen=True)
class Reply:
    """One HTTP response; a body that is text is HTML."""

    status: int
    body: Mapping[str, object] | str
    headers: Mapping[str, str] = field(default_factory=dict)
    cost_micro_usd: int = 0

    @property
    def content(self) -> bytes:
        """The body as sent; UTF-8 is not escaped, as the real server does not."""
        text = self.body if isinstance(self.body, str) else json.dumps(self.body, ensure_ascii=False)
        return text.encode()

    @property
    def content_type(self) -> str:
        return "text/html" if isinstance(self.body, str) else "application/json"


def reply_to(scenario: Scenario, question: Question) -> Reply:
    """The response of ``scenario``; slowness and cut connections are the server's own to act out."""
    if scenario is Scenario.HTML_BAD_GATEWAY:
        return Reply(
            502, "<!DOCTYPE html><html><head><title>502 Bad gateway</title></head><body>Error 502</body></html>"
        )
    if scenario is Scenario.ERROR_IN_200:
        body = error_body(502, "Provider returned error", metadata={"error_type": "provider_unavailable"})
        return Reply(200, body, _generation_header(question))
    if scenario in ERRORS:
        return ERRORS[scenario](question)
    return ANSWERS.get(scenario, _good)(question)


def error_body(code: int, message: str, **more: object) -> dict[str, object]:
    """The shape of every error; ``more`` is ``metadata`` or ``availability``."""
    return {"error": {"code": code, "message": message, **more}}


def _error(code: int, message: str, kind: str, **metadata: object) -> Callable[[Question], Reply]:
    return lambda _: Reply(code, error_body(code, message, metadata={"error_type": kind, **metadata}))


def _payment(message: str, source: str, **metadata: object) -> Callable[[Question], Reply]:
    return _error(402, message, "payment_required", limit_source=source, **metadata)


def _in_flight(question: Question) -> Reply:
    reply = _payment(
        "Insufficient credits for the requests in flight.",
        "openrouter_in_flight_budget",
        reason="in_flight_budget_exhausted",
        remedy_hint="Wait until other requests have ended.",
    )(question)
    return replace(reply, headers={"Retry-After": str(question.retry_after_s)})


def _weight(question: Question) -> Reply:
    message = (
        f"This request requires more credits, or fewer max_tokens. You requested up to {question.max_tokens} tokens, "
        f"but can only afford {question.max_tokens // 2}."
    )
    return _payment(message, "openrouter_credits", reason="weight_exceeds_budget")(question)


def _not_routed(
    question: Question, status: int, message: str, code: str, kind: str, *, retryable: bool = False, **more: object
) -> Reply:
    availability = {"code": code, "retryable": retryable, "requested_models": [*question.models], **more}
    return Reply(status, error_body(status, message, metadata={"error_type": kind}, availability=availability))


def _privacy(question: Question) -> Reply:
    return _not_routed(
        question,
        404,
        "No endpoints found matching your data policy.",
        "privacy_restricted",
        "not_found",
        affected_providers=["Provider One"],
        excluded_by=["data_policy:training", "data_policy:zdr"],
        fallback_models=["maker/private-vision", "maker/private-vision-small"],
        docs_url="https://docs.example.invalid/privacy",
    )


def _no_endpoints(question: Question) -> Reply:
    return _not_routed(
        question,
        404,
        "No endpoints found that can handle the requested parameters.",
        "no_endpoints",
        "not_found",
        excluded_by=["require_parameters"],
        fallback_models=[],
    )


def _rate_limited(question: Question) -> Reply:
    reset_ms = (question.created + question.retry_after_s) * 1000
    headers = {
        "Retry-After": str(question.retry_after_s),
        "X-RateLimit-Limit": "20",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": str(reset_ms),
    }
    return replace(_error(429, "Rate limit exceeded", "rate_limit_exceeded")(question), headers=headers)


def _unavailable(question: Question) -> Reply:
    reply = _not_routed(
        question,
        503,
        "Service temporarily unavailable",
        "temporarily_unavailable",
        "provider_overloaded",
        retryable=True,
        retry_after=question.retry_after_s,
    )
    return replace(reply, headers={"Retry-After": str(question.retry_after_s)})


ERRORS: Mapping[Scenario, Callable[[Question], Reply]] = {
    Scenario.KEY_REFUSED: _error(401, "User not found.", "authentication"),
    Scenario.CREDITS_GONE: _payment(
        "Insufficient credits. Add more using https://example.invalid/credits", "openrouter_credits"
    ),
    Scenario.KEY_LIMIT_REACHED: _payment(
        "Key limit exceeded. Manage it using https://example.invalid/keys", "openrouter_key_limit"
    ),
    Scenario.IN_FLIGHT_BUDGET: _in_flight,
    Scenario.WEIGHT_EXCEEDS_BUDGET: _weight,
    Scenario.MODERATION: _error(
        403,
        "The input was flagged by moderation.",
        "content_policy_violation",
        reasons=["sexual"],
        flagged_input="Describe the ...",
        provider_name="Provider One",
        model_slug="maker/vision",
    ),
    Scenario.GUARDRAIL: _error(
        403, "Request blocked: a guardrail matched.", "permission_denied", patterns=["credit-card"]
    ),
    Scenario.BUDGET: _error(
        403,
        "Request blocked: the budget is used up.",
        "permission_denied",
        limit_source="openrouter_guardrail_budget",
        scope="api_key",
        limit_usd=5.0,
        spend_usd=5.01,
        resets_at="2030-01-01T00:00:00Z",
    ),
    Scenario.PRIVACY_RESTRICTED: _privacy,
    Scenario.NO_ENDPOINTS: _no_endpoints,
    Scenario.UNKNOWN_KEY: _error(400, "Unrecognized key(s) in object: 'Require_Parameters'", "invalid_request"),
    Scenario.TOO_LARGE: _error(413, "Request payload too large", "payload_too_large"),
    Scenario.RATE_LIMITED: _rate_limited,
    Scenario.RATE_LIMITED_UNTIMED: _error(
        429, "Provider returned error", "rate_limit_exceeded", provider_name="Provider One", raw="too many requests"
    ),
    Scenario.BAD_GATEWAY: _error(502, "Provider returned error", "provider_unavailable", provider_code="internal"),
    Scenario.UNAVAILABLE: _unavailable,
    Scenario.EDGE_TIMEOUT: _error(524, "Request timed out. Please try again later.", "timeout"),
    Scenario.OVERLOADED: _error(529, "Provider returned error", "provider_overloaded"),
}
"""Answers without a completion, none of which costs anything."""


def _completed(
    question: Question,
    content: object,
    *,
    finish: str | None = "stop",
    model: str | None = None,
    reasoning: str | None = None,
    refusal: str | None = None,
    error: Mapping[str, object] | None = None,
) -> Reply:
    words = (content if isinstance(content, str) else json.dumps(content)) if content else ""
    reasoning_tokens = len(reasoning or "") // 4
    tokens = reasoning_tokens + (len(words) + len(refusal or "") + 3) // 4
    # Blank answers are not charged. The prices per million tokens are 0.5 and 3 USD.
    cost = (question.prompt_tokens + 1) // 2 + 3 * tokens if tokens else 0
    choice: dict[str, object] = {
        "index": 0,
        "finish_reason": finish,
        "native_finish_reason": finish.upper() if finish else None,
        "message": {"role": "assistant", "content": content, "refusal": refusal, "reasoning": reasoning},
    }
    if error is not None:
        choice["error"] = error
    body = {
        "id": question.generation,
        "object": "chat.completion",
        "created": question.created,
        "model": model or question.models[0],
        "provider": "Provider One",
        "choices": [choice],
        "usage": _usage(question.prompt_tokens, tokens, reasoning_tokens, cost),
        "service_tier": None,
        "system_fingerprint": None,
    }
    return Reply(200, body, _generation_header(question), cost)


def _usage(prompt: int, completion: int, reasoning: int, cost_micro_usd: int) -> dict[str, object]:
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0, "audio_tokens": 0, "video_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": reasoning, "image_tokens": 0, "audio_tokens": 0},
        "cost": cost_micro_usd / 1_000_000,
        "is_byok": False,
        "cost_details": {"upstream_inference_cost": None},
    }


def _generation_header(question: Question) -> dict[str, str]:
    return {"X-Generation-Id": question.generation}


def _good(question: Question) -> Reply:
    return _completed(question, question.answer)


def _half(question: Question) -> str:
    """A beginning of the good answer that is no JSON."""
    return question.answer[: len(question.answer) // 2 or 1]


def _choice_error(question: Question) -> Reply:
    error = error_body(502, "Provider returned error", metadata={"error_type": "provider_unavailable"})["error"]
    assert isinstance(error, dict)
    return _completed(question, _half(question), finish="error", error=error)


def _content_parts(question: Question) -> Reply:
    half = _half(question)
    parts = [{"type": "text", "text": half}, {"type": "text", "text": question.answer[len(half) :]}]
    return _completed(question, parts)


def _schema_violated(question: Question) -> Reply:
    values: dict[str, object] = json.loads(question.answer)
    wrong = {**dict([*values.items()][1:]), "not_in_the_schema": True}
    return _completed(question, json.dumps(wrong, ensure_ascii=False))


def _fallback_model(question: Question) -> Reply:
    # With a single model asked for, OpenRouter may still name a dated release of it.
    others = question.models[1:] or [f"{question.models[0]}-20260101"]
    return _completed(question, question.answer, model=others[-1])


def _no_usage(question: Question) -> Reply:
    made = _good(question)
    assert not isinstance(made.body, str)
    return replace(made, body={key: value for key, value in made.body.items() if key != "usage"})


ANSWERS: Mapping[Scenario, Callable[[Question], Reply]] = {
    Scenario.CHOICE_ERROR: _choice_error,
    Scenario.REFUSAL: lambda q: _completed(q, None, refusal="I can’t describe this picture."),
    Scenario.CONTENT_FILTER: lambda q: _completed(q, _half(q), finish="content_filter"),
    Scenario.LENGTH_CUT: lambda q: _completed(q, _half(q), finish="length"),
    Scenario.REASONING_JSON: lambda q: _completed(q, None, reasoning=q.answer),
    Scenario.REASONING_TEXT: lambda q: _completed(q, None, reasoning="First I look at the stone, then at the metal."),
    Scenario.CONTENT_PARTS: _content_parts,
    Scenario.FENCED_JSON: lambda q: _completed(q, f"```json\n{q.answer}\n```"),
    Scenario.SCHEMA_VIOLATED: _schema_violated,
    Scenario.FALLBACK_MODEL: _fallback_model,
    Scenario.NO_USAGE: _no_usage,
    Scenario.EMPTY_CONTENT: lambda q: _completed(q, "", finish=None),
}
"""Answers with a completion, other than the good one."""


COMMENT: Final = b": OPENROUTER PROCESSING\n\n"
"""What comes while a model works, so that nobody takes the connection for dead."""


def stream_events(body: Mapping[str, Any]) -> Iterator[bytes]:
    """The completion ``body`` as server-sent events; one with a choice's error ends without [DONE]."""
    yield COMMENT
    if "choices" not in body:
        yield _event(body)
        return
    (choice,) = body["choices"]
    shared = {key: body[key] for key in ("id", "created", "model", "provider")} | {"object": "chat.completion.chunk"}
    message = choice["message"]
    content = message["content"]
    text = content if isinstance(content, str) else "".join(part["text"] for part in content or ())
    for piece in (text[: len(text) // 2], text[len(text) // 2 :]):
        delta = {"role": "assistant", "content": piece}
        yield _event({**shared, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
    last = {key: message[key] for key in ("refusal", "reasoning") if message[key]}
    ending = {"index": 0, "delta": {"content": "", **last}, "finish_reason": choice["finish_reason"]}
    if "error" in choice:
        yield _event({**shared, "error": choice["error"], "choices": [ending]})
        return
    yield _event({**shared, "choices": [ending]})
    if "usage" in body:
        yield _event({**shared, "choices": [], "usage": body["usage"]})
    yield b"data: [DONE]\n\n"


def _event(chunk: Mapping[str, object]) -> bytes:
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()


def smallest_answer(request: Mapping[str, Any]) -> dict[str, object]:
    """The least that satisfies the schema of ``request``: first choices, empty lists, null where it is allowed."""
    schema = request["response_format"]["json_schema"]["schema"]
    answer = _least(schema, schema)
    assert isinstance(answer, dict)
    return answer


def _least(node: Mapping[str, Any], root: Mapping[str, Any]) -> object:
    if "$ref" in node:
        inner = root
        for step in node["$ref"].split("/")[1:]:
            inner = inner[step]
        return _least(inner, root)
    if "const" in node:
        return node["const"]
    if "enum" in node:
        return node["enum"][0]
    options = node.get("anyOf") or node.get("oneOf") or node.get("allOf")
    if options:
        return None if {"type": "null"} in options else _least(options[0], root)
    kind = node.get("type", "object" if "properties" in node else "string")
    kinds = kind if isinstance(kind, list) else [kind]
    if "null" in kinds:
        return None
    if "object" in kinds:
        return {name: _least(inner, root) for name, inner in node.get("properties", {}).items()}
    if "array" in kinds:
        return [_least(node["items"], root) for _ in range(node.get("minItems", 0))]
    if "number" in kinds or "integer" in kinds:
        value = 0.5 if "number" in kinds else 0
        value = max(value, node.get("minimum", value))
        return min(value, node.get("maximum", value))
    return False if "boolean" in kinds else "x" * node.get("minLength", 0)
