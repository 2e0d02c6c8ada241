"""An OpenRouter of the tests, on a thread of its own: chat, key, credits, models, generation, log-in by browser.

It refuses every chat request that OpenRouter would refuse or that this program must not send, and says why: designs
go out only as data URLs of pictures that decode, to providers that keep nothing, with an answer's shape laid down.
"""

import asyncio
import base64
import binascii
import contextlib
import hashlib
import io
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from aiohttp import web
from PIL import Image

from tests.servers.loopback import Handler, LoopbackServer, cut_connection
from tests.servers.openrouter_scenarios import (
    COMMENT,
    Question,
    Reply,
    Scenario,
    error_body,
    reply_to,
    smallest_answer,
    stream_events,
)
from tests.servers.tcp_proxy import reset_on_close

REQUEST_KEYS = """
    cache_control debug frequency_penalty image_config logit_bias logprobs max_completion_tokens max_tokens messages
    metadata min_p modalities model models parallel_tool_calls plugins prediction presence_penalty prompt_cache_key
    prompt_cache_options provider reasoning reasoning_effort repetition_penalty response_format route seed service_tier
    session_id stop stop_server_tools_when stream stream_options temperature tool_choice tools top_a top_k top_logprobs
    top_p trace usage user verbosity"""
PROVIDER_KEYS = """
    allow_fallbacks data_collection enforce_distillable_text ignore max_price only order preferred_max_latency
    preferred_min_throughput quantizations require_parameters sort zdr"""
PICTURE_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP", "image/gif": "GIF"}
PICTURE_TOKENS = 258
COMMENTS = 4
"""So many tell that a slow answer is on its way."""
STREAM_PIECE_BYTES = 23
"""Little enough to cut characters in two."""


class KeyState(StrEnum):
    """What GET /key says of the server's key; an expired one is refused everywhere."""

    UNLIMITED = "unlimited"
    LIMITED = "limited"
    EXPIRED = "expired"


@dataclass(frozen=True)
class SeenPicture:
    """What ``asked`` keeps of a picture; sizes are of the decoded data: bytes, and pixels."""

    mime: str
    format: str
    data_bytes: int
    width: int
    height: int
    has_exif: bool


class RequestError(ValueError):
    """A chat request that must not be sent; its words say what is wrong."""


def _need(holds: object, fault: str) -> None:
    if not holds:
        raise RequestError(fault)


def _mapping(value: object, name: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise RequestError(f"{name} is not an object")
    return value


def _list(value: object, name: str) -> list[object]:
    if not isinstance(value, list):
        raise RequestError(f"{name} is not a list")
    return value


def checked(body: object) -> dict[str, object]:
    """``body`` with what was seen of each picture in its place; RequestError when it must not be sent."""
    request = _mapping(body, "the body")
    unknown = sorted(request.keys() - set(REQUEST_KEYS.split()))
    _need(not unknown, f"Unrecognized key(s) in object: {', '.join(map(repr, unknown))}")
    models = model_names(request)
    _need(models and all(isinstance(m, str) and m for m in models), "neither model nor models names a model")
    limit = request.get("max_tokens", request.get("max_completion_tokens"))
    _need(limit is not None, "max_tokens is missing")
    _need(isinstance(limit, int) and limit is not True and limit > 0, "max_tokens is not a positive whole number")
    _need(isinstance(request.get("stream", False), bool), "stream is neither true nor false")
    provider = _mapping(request.get("provider"), "provider")
    unknown = sorted(provider.keys() - set(PROVIDER_KEYS.split()))
    _need(not unknown, f"Unrecognized key(s) in provider: {', '.join(map(repr, unknown))}")
    _need(provider.get("data_collection") == "deny", "provider.data_collection is not 'deny'")
    _check_response_format(_mapping(request.get("response_format"), "response_format"))
    messages = _list(request.get("messages"), "messages")
    _need(messages, "messages is empty")
    return {**request, "messages": [_message(message, f"messages[{i}]") for i, message in enumerate(messages)]}


def model_names(request: Mapping[str, object]) -> list[object]:
    first = [request["model"]] if request.get("model") else []
    return [*first, *(m for m in _list(request.get("models") or [], "models") if m not in first)]


def _check_response_format(wanted: Mapping[str, object]) -> None:
    _need(wanted.get("type") == "json_schema", "response_format.type is not 'json_schema'")
    named = _mapping(wanted.get("json_schema"), "response_format.json_schema")
    _need(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", str(named.get("name", ""))), "json_schema.name is not a plain name")
    _need(named.get("strict") is True, "json_schema.strict is not true")
    schema = _mapping(named.get("schema"), "json_schema.schema")
    _need(schema.get("type") == "object", "schema: the outermost type is not object")
    _check_schema(schema, "schema")


def _check_schema(schema: object, where: str) -> None:
    node = _mapping(schema, where)
    kind = node.get("type")
    if kind == "object" or (isinstance(kind, list) and "object" in kind) or "properties" in node:
        _need(node.get("additionalProperties") is False, f"{where}: additionalProperties is not false")
        properties, required = node.get("properties", {}), _list(node.get("required", []), f"{where}.required")
        left_out = sorted(_mapping(properties, f"{where}.properties").keys() - set(required))
        _need(not left_out, f"{where}: not in required: {', '.join(left_out)}")
    for key in ("properties", "$defs", "definitions"):
        for name, inner in _mapping(node.get(key, {}), f"{where}.{key}").items():
            _check_schema(inner, f"{where}.{key}.{name}")
    for key in ("anyOf", "oneOf", "allOf", "prefixItems"):
        for i, inner in enumerate(_list(node.get(key, []), f"{where}.{key}")):
            _check_schema(inner, f"{where}.{key}[{i}]")
    if "items" in node:
        _check_schema(node["items"], f"{where}.items")


def _message(message: object, where: str) -> dict[str, object]:
    fields = _mapping(message, where)
    _need(fields.get("role") in {"system", "developer", "user", "assistant", "tool"}, f"{where}.role is not known")
    content = fields.get("content")
    if isinstance(content, str):
        return dict(fields)
    parts, kinds = [], list[object]()
    for i, item in enumerate(_list(content, f"{where}.content")):
        part, here = dict(_mapping(item, f"{where}.content[{i}]")), f"{where}.content[{i}]"
        kinds.append(part.get("type"))
        if part.get("type") == "image_url":
            _need(kinds[0] == "text", f"{here}: a picture before the text part")
            part["image_url"] = _picture_part(_mapping(part.get("image_url"), f"{here}.image_url"), here)
        else:
            _need(part.get("type") == "text" and isinstance(part.get("text"), str), f"{here}: neither text nor picture")
            _need("image_url" not in kinds, f"{here}: a text part after a picture")
        parts.append(part)
    return {**fields, "content": parts}


def _picture_part(fields: Mapping[str, object], where: str) -> dict[str, object]:
    _need(fields.get("detail", "auto") in {"auto", "low", "high", "original"}, f"{where}: detail is not known")
    found = re.fullmatch(r"data:([^;,]*);base64,(.*)", str(fields.get("url", "")), re.DOTALL)
    if found is None:
        raise RequestError(f"{where}: url is not a base64 data URL")
    mime, text = found.groups()
    _need(mime in PICTURE_FORMATS, f"{where}: {mime!r} is not a picture's type")
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise RequestError(f"{where}: the picture is not base64") from error
    rest = {key: value for key, value in fields.items() if key != "url"}
    return {**rest, "picture": _seen(mime, data, where)}


def _seen(mime: str, data: bytes, where: str) -> SeenPicture:
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            exif = "exif" in image.info or bool(image.getexif())
            seen = SeenPicture(mime, image.format or "", len(data), image.width, image.height, exif)
    except Exception as error:  # decoders raise whatever a damaged picture makes them raise
        raise RequestError(f"{where}: the picture cannot be decoded") from error
    _need(seen.format == PICTURE_FORMATS[mime], f"{where}: {mime} holds a {seen.format}")
    return seen


def _model(slug: str, *, sees: bool = True, **changes: object) -> dict[str, object]:
    entry: dict[str, object] = {
        "id": slug,
        "canonical_slug": f"{slug}-20260101",
        "name": slug.title(),
        "created": 1_765_000_000,
        "description": "",
        "context_length": 1_048_576,
        "architecture": {
            "input_modalities": ["text", "image"] if sees else ["text"],
            "output_modalities": ["text"],
            "modality": "text+image->text" if sees else "text->text",
        },
        "pricing": {"prompt": "0.0000005", "completion": "0.000003", "request": "0", "image": "0"},
        "top_provider": {"context_length": 1_048_576, "max_completion_tokens": 65_536, "is_moderated": False},
        "per_request_limits": None,
        "supported_parameters": ["max_tokens", "response_format", "structured_outputs", "reasoning", "seed"],
        "expiration_date": None,
        **changes,
    }
    return {key: value for key, value in entry.items() if value is not ...}


MODELS = (
    _model("maker/vision"),
    _model("maker/private-vision", expiration_date="2030-01-31"),
    _model("maker/any", pricing={"prompt": "-1", "completion": "-1"}),
    _model("maker/text", sees=False),
    _model("maker/sparse", pricing=..., top_provider=..., supported_parameters=..., expiration_date=...),
)
"""Prices as text, one that varies ("-1"), one model soon removed, one of which little is said."""


class OpenRouterServer(LoopbackServer):
    """Started by ``with``. What a test sets: ``next``, ``rates``, ``answer``, and what the comments below say."""

    def __init__(self, *, seed: int = 0, port: int = 0) -> None:
        super().__init__(port=port)
        self.key = "sk-or-v1-" + hashlib.sha256(str(seed).encode()).hexdigest()
        self.next: list[Scenario] = []
        self.rates: dict[Scenario, float] = {}
        self.answer: Callable[[Mapping[str, object]], Mapping[str, object]] = smallest_answer
        self.asked: list[dict[str, object]] = []
        # Answers with the picture in view; on a thread of its own. None has ``answer`` asked instead.
        self.look: Callable[[object], Mapping[str, object]] | None = None
        self.refused: list[str] = []  # why requests were answered with 400
        self.spent_micro_usd = 0
        self.concurrent_most = 0
        self.key_state = KeyState.UNLIMITED
        self.limit_usd = 10.0
        self.is_management_key = False
        self.slow_s = 90.0
        self.retry_after_s = 1
        self.generation_404s = 1  # how often a generation is not found before it is
        self._concurrent = 0
        self._random = random.Random(seed)
        self._generations: dict[str, dict[str, object]] = {}
        self._lookups: Counter[str] = Counter()
        self._challenges: dict[str, tuple[str, bool]] = {}

    @property
    def url(self) -> str:
        return f"{self.origin}/api/v1"

    def register_challenge(self, code: str, challenge: str, *, expired: bool = False) -> None:
        """What the browser's page does: ``code`` may be exchanged once by who knows the verifier of ``challenge``."""
        with self.lock:
            self._challenges[code] = (challenge, expired)

    def add_routes(self, app: web.Application) -> None:
        app.router.add_post("/api/v1/chat/completions", self._chat)
        app.router.add_post("/api/v1/auth/keys", self._exchange)
        for name, read in (
            ("key", self._key),
            ("credits", self._credits),
            ("models", self._models),
            ("generation", self._generation),
        ):
            app.router.add_get(f"/api/v1/{name}", self._answered_by(read))

    def _answered_by(self, read: Callable[[web.Request], Reply]) -> Handler:
        async def answered(request: web.Request) -> web.StreamResponse:
            return _response(self.locked(lambda: read(request)))

        return answered

    def _key_fault(self, request: web.Request) -> Reply | None:
        given = request.headers.get("Authorization", "")
        if not given.startswith("Bearer "):
            return Reply(
                401, error_body(401, "Missing Authentication header", metadata={"error_type": "authentication"})
            )
        if given != f"Bearer {self.key}" or self.key_state is KeyState.EXPIRED:
            return Reply(401, error_body(401, "User not found.", metadata={"error_type": "authentication"}))
        return None

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        with self.lock:
            self._concurrent += 1
            self.concurrent_most = max(self.concurrent_most, self._concurrent)
        try:
            return await self._chat_answer(request)
        finally:
            with self.lock:
                self._concurrent -= 1

    async def _chat_answer(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        if fault := self._key_fault(request):
            return _response(fault)
        try:
            body: object = json.loads(raw)
            seen = checked(body)
        except ValueError as error:
            with self.lock:
                self.refused.append(str(error))
            metadata = {"error_type": "invalid_request"}
            return _response(Reply(400, error_body(400, str(error), metadata=metadata)))
        with self.lock:
            self.asked.append(seen)
            scenario = self.next.pop(0) if self.next else self._drawn()
        if scenario is Scenario.RESET_BEFORE:
            if request.transport is not None:
                reset_on_close(request.transport)
            return cut_connection(request)
        with self.lock:
            generation = f"gen-{int(time.time())}-{self._random.getrandbits(64):016x}"
        early = await self._begun_stream(request, scenario, seen, generation)
        if scenario is Scenario.SLOW and early is None:
            await asyncio.sleep(self.slow_s)
        looked = None if self.look is None else await asyncio.to_thread(self.look, body)
        reply = self._made(scenario, seen, generation, looked)
        if scenario is Scenario.ANSWER_DROPPED:
            return cut_connection(request)
        if seen.get("stream") and reply.status == 200 and not isinstance(reply.body, str):
            response = early or await _begin_stream(request, reply.headers)
            if scenario is Scenario.BROKEN_STREAM:
                await response.write(next(stream_events(reply.body)))
                return cut_connection(request)
            return await _streamed(response, reply.body)
        return _response(reply)

    async def _begun_stream(
        self, request: web.Request, scenario: Scenario, seen: Mapping[str, object], generation: str
    ) -> web.StreamResponse | None:
        """For a slow answer in pieces: its beginning, and comments for as long as the model works."""
        if scenario is not Scenario.SLOW or not seen.get("stream"):
            return None
        response = await _begin_stream(request, {"X-Generation-Id": generation})
        for _ in range(COMMENTS):
            with contextlib.suppress(ConnectionResetError):
                await response.write(COMMENT)
            await asyncio.sleep(self.slow_s / COMMENTS)
        return response

    def _drawn(self) -> Scenario:
        point = self._random.random()
        for scenario, rate in self.rates.items():
            point -= rate
            if point < 0:
                return scenario
        return Scenario.GOOD

    def _made(
        self,
        scenario: Scenario,
        seen: Mapping[str, object],
        generation: str,
        looked: Mapping[str, object] | None = None,
    ) -> Reply:
        """The reply, paid and remembered for GET /generation."""
        messages = json.dumps(seen["messages"], default=lambda _: "x" * 4 * PICTURE_TOKENS)
        limit = seen.get("max_tokens", seen.get("max_completion_tokens"))
        with self.lock:
            question = Question(
                answer=json.dumps(self.answer(seen) if looked is None else looked, ensure_ascii=False),
                generation=generation,
                created=int(time.time()),
                models=[str(model) for model in model_names(seen)],
                max_tokens=limit if isinstance(limit, int) else 0,
                prompt_tokens=len(messages) // 4,
                retry_after_s=self.retry_after_s,
            )
            reply = reply_to(scenario, question)
            self.spent_micro_usd += reply.cost_micro_usd
            if reply.status == 200 and not isinstance(reply.body, str) and "choices" in reply.body:
                self._generations[question.generation] = {
                    "id": question.generation,
                    "model": reply.body["model"],
                    "provider_name": reply.body["provider"],
                    "total_cost": reply.cost_micro_usd / 1_000_000,
                    "usage": reply.cost_micro_usd / 1_000_000,
                    "tokens_prompt": question.prompt_tokens,
                    "cancelled": False,
                    "streamed": bool(seen.get("stream")),
                    "created_at": "2026-11-01T00:00:00Z",
                }
        return reply

    def _key(self, request: web.Request) -> Reply:
        if fault := self._key_fault(request):
            return fault
        spent = self.spent_micro_usd / 1_000_000
        limit = self.limit_usd if self.key_state is KeyState.LIMITED else None
        data = {
            "label": f"{self.key[:12]}...{self.key[-3:]}",
            "limit": limit,
            "limit_remaining": None if limit is None else max(0.0, limit - spent),
            "limit_reset": None if limit is None else "monthly",
            "include_byok_in_limit": False,
            **dict.fromkeys(("usage", "usage_daily", "usage_weekly", "usage_monthly"), spent),
            **dict.fromkeys(("byok_usage", "byok_usage_daily", "byok_usage_weekly", "byok_usage_monthly"), 0),
            "is_free_tier": False,
            "is_management_key": self.is_management_key,
            "is_provisioning_key": self.is_management_key,
            "creator_user_id": "user_1",
            "expires_at": None,
            "rate_limit": {"requests": -1, "interval": "10s", "note": "This field is deprecated and safe to ignore."},
        }
        return Reply(200, {"data": data})

    def _credits(self, request: web.Request) -> Reply:
        if fault := self._key_fault(request):
            return fault
        if not self.is_management_key:
            return Reply(403, error_body(403, "Only management keys can perform this operation"))
        return Reply(200, {"data": {"total_credits": 100.5, "total_usage": self.spent_micro_usd / 1_000_000}})

    def _models(self, request: web.Request) -> Reply:
        # Answered without a key too; a wrong key is refused.
        if "Authorization" in request.headers and (fault := self._key_fault(request)):
            return fault
        sees = "image" in request.query.get("input_modalities", "").split(",")
        asked = {word for word in request.query.get("supported_parameters", "").split(",") if word}
        data = [
            model
            for model in MODELS
            if (not sees or "image" in str(model["architecture"]))
            and all(word in str(model.get("supported_parameters")) for word in asked)
        ]
        return Reply(200, {"data": data, "total_count": len(data), "links": {"next": None}})

    def _generation(self, request: web.Request) -> Reply:
        if fault := self._key_fault(request):
            return fault
        name = request.query.get("id", "")
        self._lookups[name] += 1
        if name not in self._generations or self._lookups[name] <= self.generation_404s:
            return Reply(404, error_body(404, f"Generation {name} not found"))
        return Reply(200, {"data": self._generations[name]})

    async def _exchange(self, request: web.Request) -> web.Response:
        asked = await request.json()  # what is no JSON is a mistake of the test: 500
        if asked.get("code_challenge_method") != "S256":
            return _response(Reply(400, error_body(400, "Invalid code_challenge_method")))
        digest = hashlib.sha256(str(asked.get("code_verifier", "")).encode()).digest()
        with self.lock:
            challenge, expired = self._challenges.get(str(asked.get("code")), ("", False))
            if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != challenge:
                return _response(Reply(403, error_body(403, "Invalid code or code_verifier")))
            if expired:
                return _response(Reply(403, error_body(403, "Authorization code expired")))
            del self._challenges[str(asked["code"])]
        return _response(Reply(200, {"key": self.key, "user_id": "user_1"}))


def _response(reply: Reply) -> web.Response:
    response = web.Response(status=reply.status, body=reply.content, headers=reply.headers)
    response.content_type, response.charset = reply.content_type, "utf-8"
    return response


async def _begin_stream(request: web.Request, headers: Mapping[str, str]) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", **headers})
    await response.prepare(request)
    return response


async def _streamed(response: web.StreamResponse, body: Mapping[str, object]) -> web.StreamResponse:
    sent = b"".join(stream_events(body))
    with contextlib.suppress(ConnectionResetError):  # nobody listens any more
        for start in range(0, len(sent), STREAM_PIECE_BYTES):
            await response.write(sent[start : start + STREAM_PIECE_BYTES])
        await response.write_eof()
    return response
