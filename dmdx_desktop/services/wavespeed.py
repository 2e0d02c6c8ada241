"""WaveSpeed: asks for pictures, follows them, and looks up what was paid. Core process, asyncio loop.

Wire facts: WaveSpeed's documentation and its own clients, as of November 2026. A request for a picture is sent once and
never again here: there is no key by which the service would tell a repetition, and whoever repeats pays twice. Whether
it may be sent again is for reconciliation to find out (``workers.reconcile``). What only reads is asked again.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

import httpx

from dmdx_desktop.errors import AccountError, DmdxError, PictureError, Retry
from dmdx_desktop.models.connection import is_loopback
from dmdx_desktop.models.paid_model import PaidModel
from dmdx_desktop.services.http import Answer, UnreachableError, call, make_client, moment_of, read_json, unreachable
from dmdx_desktop.services.money import micro_usd
from dmdx_desktop.services.wavespeed_models import models_of

SERVICE: Final = "WaveSpeed"
CLIENT_NAME: Final = "dmdx-studio"
MOST_TRIES: Final = 4
FIRST_WAIT_S: Final = 0.5
SUBMIT_SECONDS: Final = 30.0
ASKED_SECONDS: Final = 20.0
"""What only reads is asked again, so that nobody waits long for a connection that has died in silence."""
RETRIED: Final = frozenset({429, 500, 502, 503, 504})
PAGE: Final = 100
MOST_PAGES: Final = 100
LONGEST_ID: Final = 200
MOST_TICKETS: Final = 2
DEAREST_MICRO_USD: Final = 10_000_000_000
"""A price of ten thousand USD and more was told in micro-USD: the service's own programs read it so."""
Sleep = Callable[[float], Awaitable[None]]


class PredictionState(StrEnum):
    """Where a picture is that was asked for."""

    UNDER_WAY = "under_way"
    COMPLETED = "completed"
    FAILED = "failed"


FAILED_STATES: Final = frozenset({"failed", "cancelled", "timeout", "deleted"})


class RateLimitedError(DmdxError):
    """The service takes no more just now; it took nothing."""

    retry = Retry.LATER

    def __init__(self, wait_s: float | None) -> None:
        super().__init__(
            "rate_limited",
            "WaveSpeed takes no more just now.",
            "The account's limit is reached.",
            "Work goes on by itself.",
        )
        self.wait_s = wait_s


class UncertainError(Exception):
    """The paid request left, and nobody knows whether it was taken."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the service says of one request. ``inputs`` are None where it does not repeat them."""

    id: str
    model: str
    state: PredictionState
    outputs: tuple[str, ...] = ()
    code: int | None = None
    created_at: int | None = None
    """Milliseconds since 1970, by the service's clock."""
    inputs: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """What was really charged for a prediction, in micro-USD."""

    prediction: str
    micro_usd: int


class WaveSpeed:
    """One key, at one address."""

    def __init__(self, url: str, key: str, *, sleep: Sleep = asyncio.sleep) -> None:
        headers = {"Authorization": f"Bearer {key}", "X-Client-Name": CLIENT_NAME}
        self._client: httpx.AsyncClient = make_client(url, headers=headers)
        # A paid request goes over a connection of its own: on a kept one that the other end closes at that very moment
        # nobody could tell whether it arrived.
        self._paying: httpx.AsyncClient = make_client(url, headers=headers, keeps_connections=False)
        self._sleep = sleep
        self.origin = url
        self.clock_ahead_ms = 0
        """By how much the service's clock is ahead of this computer's, to a second or two."""

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()
        await self._paying.aclose()

    async def balance_micro_usd(self) -> int:
        """What the account has left. Raises ``DmdxError``."""
        balance = micro_usd(_mapping(await self._read("GET", "/api/v3/balance")).get("balance"))
        if balance is None:
            raise strange_answer()
        return balance

    async def fetch_catalogue(self) -> object:
        """The catalogue as the service gives it, for ``models_of``. Raises ``DmdxError``."""
        return await self._read("GET", "/api/v3/models")

    async def fetch_models(self) -> tuple[PaidModel, ...]:
        """Every model. Raises ``DmdxError``."""
        return models_of(await self.fetch_catalogue())

    async def quote_micro_usd(self, model_id: str, inputs: Mapping[str, object]) -> int:
        """What one request will cost, as the service says before. Raises ``DmdxError``."""
        asked = {"model_id": model_id, "inputs": dict(inputs)}
        data = _mapping(await self._read("POST", "/api/v3/model/price", asked))
        price = micro_usd(data.get("discounted_price"))
        price = micro_usd(data.get("price")) if price is None else price
        if price is not None and price >= DEAREST_MICRO_USD:
            price //= 1_000_000
        if price is None or price < 0:
            raise strange_answer()
        return price

    async def submit(self, model_id: str, inputs: Mapping[str, object]) -> str:
        """Ask for a picture, once; returns the id of the prediction.

        Raises ``DmdxError`` where the request certainly started nothing, ``UncertainError`` where nobody knows.
        """
        try:
            answer = await call(
                self._paying, SERVICE, "POST", f"/api/v3/{model_id}", json=dict(inputs), read_seconds=SUBMIT_SECONDS
            )
        except UnreachableError as error:
            if error.may_have_arrived:
                raise UncertainError from None
            raise
        body = _mapping(answer.json)
        code = body.get("code")
        status = answer.status if answer.status != 200 or not isinstance(code, int) else code
        if status == 200:
            prediction = _text(_mapping(body.get("data")).get("id"))
            if not prediction or len(prediction) > LONGEST_ID:
                raise UncertainError
            return prediction
        if 400 <= status < 500 and status not in (408, 425, 499):
            raise error_of(status, body, answer.retry_after_s)
        if status in (1400, 1401):
            raise error_of(400, body, None)
        # A gateway that fails says nothing of what is behind it.
        raise UncertainError

    async def prediction(self, prediction_id: str) -> Prediction:
        """How far a request is. Raises ``DmdxError``: expired, or what stands in the way of asking."""
        found = _prediction_of(await self._read("GET", f"/api/v3/predictions/{prediction_id}/result"))
        if found is None:
            raise strange_answer()
        return found

    async def history(self, since_ms: int) -> AsyncIterator[Prediction]:
        """Requests of this account from ``since_ms`` on by the service's clock, newest first. Raises ``DmdxError``."""
        since = datetime.fromtimestamp(since_ms / 1000, UTC).isoformat(timespec="milliseconds")
        for page in range(1, MOST_PAGES + 1):
            asked = {
                "page": page,
                "page_size": PAGE,
                "created_after": since.replace("+00:00", "Z"),
                "include_inputs": True,
            }
            items = _mapping(await self._read("POST", "/api/v3/predictions", asked)).get("items")
            listed = items if isinstance(items, list) else []
            for item in listed:
                found = _prediction_of(item)
                if found is not None and (found.created_at is None or found.created_at >= since_ms):
                    yield found
            if len(listed) < PAGE:
                return

    async def charges(self, predictions: Sequence[str]) -> tuple[Charge, ...]:
        """What was charged for these, of those that the bills know already. Raises ``DmdxError``."""
        asked = {"prediction_uuids": list(predictions), "page": 1, "page_size": PAGE}
        items = _mapping(await self._read("POST", "/api/v3/billings/search", asked)).get("items")
        totals: dict[str, int] = {}
        for item in items if isinstance(items, list) else []:
            bill = _mapping(item)
            of, price = _text(_mapping(bill.get("prediction")).get("uuid")), micro_usd(bill.get("price"))
            if of in predictions and price is not None and bill.get("billing_type", "deduct") == "deduct":
                totals[of] = totals.get(of, 0) + abs(price)
        return tuple(Charge(of, total) for of, total in totals.items())

    async def delete(self, predictions: Sequence[str]) -> None:
        """Have the service forget these. Raises ``DmdxError``."""
        await self._read("POST", "/api/v3/predictions/delete", {"ids": list(predictions)})

    async def upload(self, name: str, content: bytes, content_type: str) -> str:
        """Bring a reference to the service; returns the address to name in a request. Raises ``DmdxError``."""
        asked = {"filename": name, "size": len(content), "content_type": content_type}
        for _ in range(MOST_TICKETS):
            try:
                ticket = _mapping(await self._read("POST", "/api/v3/media/uploads", asked))
            except DmdxError as error:
                if error.code != "not_there":
                    raise
                return await self._upload_as_form(name, content, content_type)
            target, address = _mapping(ticket.get("upload")), _text(ticket.get("download_url"))
            if target.get("method", "PUT") != "PUT" or not self._is_safe(_text(target.get("url"))) or not address:
                raise strange_answer()
            headers = {str(key): str(value) for key, value in _mapping(target.get("headers")).items()}
            status = await self._put(_text(target.get("url")), content, headers)
            if 200 <= status < 300:
                return address
            if status not in (403, 410):  # else the ticket has expired
                break
        raise DmdxError(
            "upload_failed", "A reference could not be sent.", "The service's storage did not take it.",
            "It is tried again by itself.", retry=Retry.LATER,
        )  # fmt: skip

    def _is_safe(self, address: str) -> bool:
        """Whether a design may be sent there: over https, or to this computer where the service is on it too."""
        try:
            parts = urlsplit(address)
            local = is_loopback(parts.hostname or "") and is_loopback(urlsplit(self.origin).hostname or "")
        except ValueError:
            return False
        return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and local))

    async def _put(self, address: str, content: bytes, headers: Mapping[str, str]) -> int:
        """To the storage behind a ticket, which is another host: it gets no key. Returns the status of its answer."""
        try:
            async with make_client(address) as client:
                response = await client.put(address, content=content, headers=dict(headers))
                return response.status_code
        except httpx.HTTPError as error:
            failure: DmdxError = unreachable(SERVICE, error)
        except (httpx.InvalidURL, ValueError):
            failure = strange_answer()
        raise failure

    async def _upload_as_form(self, name: str, content: bytes, content_type: str) -> str:
        try:
            response = await self._client.post(
                "/api/v3/media/upload/binary", files={"file": (name, content, content_type)}
            )
        except httpx.HTTPError as error:
            failure = unreachable(SERVICE, error)
        else:
            content = response.content
            answer = Answer(response.status_code, response.headers, content, read_json(content))
            address = _text(_mapping(_data_of(answer)).get("download_url"))
            if not address:
                raise strange_answer()
            return address
        raise failure

    async def _read(self, method: str, path: str, asked: object = None) -> object:
        """What a call that starts and costs nothing gives back; asked again where that may help."""
        wait = FIRST_WAIT_S
        for tries_left in range(MOST_TRIES - 1, -1, -1):
            try:
                answer = await call(self._client, SERVICE, method, path, json=asked, read_seconds=ASKED_SECONDS)
            except UnreachableError:
                if not tries_left:
                    raise
            else:
                self._compare_clocks(answer)
                if answer.status not in RETRIED or not tries_left:
                    return _data_of(answer)
                wait = max(wait, answer.retry_after_s or 0.0)
            await self._sleep(wait)
            wait *= 2
        raise AssertionError("the last try returns or raises")

    def _compare_clocks(self, answer: Answer) -> None:
        theirs = moment_of(answer.headers.get("date", ""))
        if theirs is not None:
            self.clock_ahead_ms = round((theirs - datetime.now(UTC)).total_seconds() * 1000)


def error_of(status: int, body: Mapping[str, object], retry_after_s: float | None) -> DmdxError:
    """What an answer that is no success means for the person at the screen."""
    message = f"{_text(body.get('message'))} {_text(body.get('error_code'))}".lower()
    if status == 401:
        return AccountError(
            "wrong_key",
            "WaveSpeed does not take the key.",
            "It is mistyped, switched off or was never activated.",
            "Give another key in Settings, Connections.",
        )
    if status == 402 or (
        status == 403 and any(word in message for word in ("balance", "credit", "top up", "insufficient"))
    ):
        return AccountError(
            "no_credit",
            "There is too little credit left at WaveSpeed.",
            "Nothing was charged, and the pictures wait.",
            "Add credit at wavespeed.ai, then continue.",
        )
    if status == 403:
        return AccountError(
            "not_permitted",
            "The key may not do this.",
            "WaveSpeed refuses it for this key or this model.",
            "Give another key in Settings, Connections, or choose another engine.",
        )
    if status == 404:
        return DmdxError(
            "not_there",
            "WaveSpeed does not know this.",
            "The engine was retired, or what was made is no longer kept.",
            "Choose another engine.",
        )
    if status == 429:
        return RateLimitedError(retry_after_s)
    if status in (400, 422):
        return DmdxError(
            "engine_changed",
            "The engine does not take this.",
            "It takes other settings than it said. Nothing was charged.",
            "Try again; if it stays, choose another engine or size.",
        )
    if status == 413:
        return PictureError(
            "too_large", "A reference is too large.", "The engine does not take it.", "Use a smaller one."
        )
    return DmdxError(
        "service_down", "WaveSpeed has trouble.", "It did not answer as it should.",
        "Work goes on by itself once it does.", retry=Retry.LATER,
    )  # fmt: skip


def failure_of(prediction: Prediction) -> DmdxError:
    """Why an accepted request came to nothing; what was charged for it comes back by itself."""
    back = "What it cost comes back within about three hours."
    match prediction.code:
        case 1200:
            return PictureError(
                "moderated", "The engine will not make this picture.", f"Its filter stopped it. {back}",
                "Change the prompt or the reference, or choose another engine.",
            )  # fmt: skip
        case 1400 | 1401:
            return DmdxError(
                "engine_changed", "The engine does not take this.", f"It takes other settings than it said. {back}",
                "Try again; if it stays, choose another engine or size.",
            )  # fmt: skip
        case 1402:
            return DmdxError(
                "reference_unreachable", "The engine could not fetch the reference.", back,
                "It is sent anew by itself.", retry=Retry.LATER,
            )  # fmt: skip
        case 5000 | 5003 | 5004 | 1403 | 1405:
            return DmdxError(
                "engine_failed", "The engine gave this picture up.", back,
                "Try again.", retry=Retry.LATER,
            )  # fmt: skip
        case _:
            return DmdxError("engine_failed", "The engine gave this picture up.", back, "Try again.")


def strange_answer() -> DmdxError:
    """An answer of which nothing is understood."""
    return DmdxError(
        "strange_answer",
        "WaveSpeed answered something that is not understood.",
        "Something between here and there may have answered in its place.",
        "Work goes on by itself; if this stays, look at the address in Settings, Connections.",
        retry=Retry.LATER,
    )


def _data_of(answer: Answer) -> object:
    body = _mapping(answer.json)
    if not body:
        if 200 <= answer.status < 400 or answer.status >= 500:
            raise strange_answer()
        raise error_of(answer.status, {}, answer.retry_after_s)
    code = body.get("code")
    status = answer.status if answer.status != 200 or not isinstance(code, int) else code
    if status != 200:
        raise error_of(status, body, answer.retry_after_s)
    return body.get("data")


def _prediction_of(data: object) -> Prediction | None:
    found = _mapping(data)
    prediction = _text(found.get("id"))
    if not prediction or len(prediction) > LONGEST_ID:
        return None
    status, code = _text(found.get("status")), found.get("code")
    outputs = found.get("outputs")
    inputs = found.get("inputs", found.get("input"))
    listed = outputs if isinstance(outputs, list) else []
    return Prediction(
        id=prediction,
        model=_text(found.get("model")),
        state=_state_of(status),
        outputs=tuple(filter(None, (_output_of(one) for one in listed))),
        code=code if isinstance(code, int) else None,
        created_at=_moment(found.get("created_at")),
        inputs=inputs if isinstance(inputs, dict) else None,
    )


def _state_of(status: str) -> PredictionState:
    """A status that nobody knows is one on the way."""
    if status == "completed":
        return PredictionState.COMPLETED
    return PredictionState.FAILED if status in FAILED_STATES else PredictionState.UNDER_WAY


def _output_of(output: object) -> str:
    return _text(output) or _text(_mapping(output).get("url"))


def _moment(text: object) -> int | None:
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    if moment is None:
        return None
    return round((moment.replace(tzinfo=moment.tzinfo or UTC)).timestamp() * 1000)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
