"""Finds out what became of paid requests whose answer was lost. Core process, asyncio loop.

It asks the service's history for the request's marker. What is found is adopted. What is not found twice after the
settle window was never taken, and may be sent again. A request without a marker is recognised by its time, and by its
prompt where the history repeats that: then only one may be open at once, which whoever sends sees to. What the history
no longer reaches is for the user to decide.
"""

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dmdx_desktop.errors import AccountError, DmdxError
from dmdx_desktop.library import attempts, renders
from dmdx_desktop.library.attempts import AttemptRow
from dmdx_desktop.library.database import Connection, Library
from dmdx_desktop.models.ids import now_ms
from dmdx_desktop.models.paid_model import IMAGE, IMAGES, PROMPT
from dmdx_desktop.services.backends import Backends

if TYPE_CHECKING:
    from dmdx_desktop.services.wavespeed import Prediction

HISTORY_MS: Final = 7 * 24 * 3_600_000 - 3_600_000
SLACK_MS: Final = 5_000
LOOKS_AFTER_SETTLING: Final = 2
FRESH_S: Final = 0.5
EARLIER_MS: Final = 60_000
"""So much further back than asked, for others that will ask in a moment."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found out: the engine's id, nothing at all, or that only the user can tell."""

    prediction: str | None = None
    is_for_user: bool = False


@dataclass(frozen=True, slots=True)
class Lookup:
    """A request to be looked for: its marker, where it went, and when it was written down."""

    id: str
    engine: str
    has_marker: bool
    created_at: int


class Reconcile:
    """Looks requests up, many with one look at the history."""

    def __init__(self, library: Library, backends: Backends, settle_s: float) -> None:
        self._library = library
        self._backends = backends
        self._settle_s = settle_s
        self._one = asyncio.Lock()
        self._seen: tuple[float, int, tuple[Prediction, ...]] = (-FRESH_S, 0, ())
        self._echoes: dict[str, bool] = {}

    async def repeats_inputs(self) -> bool:
        """Whether the history tells what was asked; while nobody knows, it does not."""
        origin = self._backends.wavespeed().origin
        if origin not in self._echoes:
            for prediction in await self._history(now_ms() - 3_600_000):
                self._echoes[origin] = prediction.inputs is not None
                break
        return self._echoes.get(origin, False)

    async def find_out(self, attempt: AttemptRow | Lookup, *, waits_for_network: bool = True) -> Verdict:
        """Wait until it is known what became of a request. Raises ``AccountError``.

        A service that does not answer is waited for, or else raises ``DmdxError``.
        """
        looks = 0
        pause = max(0.05, min(2.0, self._settle_s / 8))
        while True:
            age_ms = now_ms() - attempt.created_at
            if age_ms > HISTORY_MS:
                return Verdict(is_for_user=True)
            try:
                verdict = await self._look(attempt)
            except AccountError:
                raise
            except DmdxError:
                if not waits_for_network:
                    raise
                await asyncio.sleep(max(pause, 1.0))
                continue
            if verdict.prediction is not None or verdict.is_for_user:
                return verdict
            looks += age_ms > self._settle_s * 1000
            if looks >= LOOKS_AFTER_SETTLING:
                return Verdict()
            await asyncio.sleep(pause)

    async def _look(self, attempt: AttemptRow | Lookup) -> Verdict:
        ahead = self._backends.wavespeed().clock_ahead_ms
        since = attempt.created_at + ahead - SLACK_MS
        listed = await self._history(since)
        mine = [one for one in listed if one.inputs is not None and attempt.id in _addresses(one)]
        if mine:
            return Verdict(prediction=mine[0].id)
        of_engine = [one for one in listed if not one.model or one.model == attempt.engine]
        if attempt.has_marker and all(one.inputs is not None for one in of_engine):
            return Verdict()
        known, prompt = await self._library.read(
            lambda connection: (
                attempts.known_predictions(connection, [one.id for one in of_engine]),
                _prompt_of(connection, attempt),
            )
        )
        strangers = [
            one
            for one in of_engine
            if one.id not in known
            and (one.created_at is None or one.created_at >= since)
            and not (attempt.has_marker and one.inputs is not None)
            and not _asks_for_another(one, prompt)
        ]
        if len(strangers) > 1:
            return Verdict(is_for_user=True)
        return Verdict(prediction=strangers[0].id if strangers else None)

    async def _history(self, since_ms: int) -> "tuple[Prediction, ...]":
        """The history from a moment on; one look serves all that ask within a moment."""
        async with self._one:
            looked_at, reaches, listed = self._seen
            if time.monotonic() - looked_at < FRESH_S and reaches <= since_ms:
                return listed
            began = time.monotonic()
            service = self._backends.wavespeed()
            reached = since_ms - EARLIER_MS
            found = tuple([one async for one in service.history(reached)])
            self._seen = (began, reached, found)
            for one in found:
                self._echoes[service.origin] = one.inputs is not None
            return found


def _prompt_of(connection: Connection, attempt: AttemptRow | Lookup) -> str | None:
    """What a request asked for; None where nobody remembers."""
    render = renders.find(connection, attempt.render_key) if isinstance(attempt, AttemptRow) else None
    return None if render is None else render.prompt


def _asks_for_another(prediction: "Prediction", prompt: str | None) -> bool:
    """Whether a request is certainly not the one with this prompt, but another of the same account.

    A history may set other spaces, or cut what is long: a prompt that begins as ours does may be ours.
    """
    theirs = (prediction.inputs or {}).get(PROMPT)
    if prompt is None or not isinstance(theirs, str):
        return False
    return not _plain(prompt).startswith(_plain(theirs).rstrip(".…"))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _addresses(prediction: "Prediction") -> str:
    """The addresses of references that a request named, as one text to look for a marker in."""
    inputs = prediction.inputs or {}
    several = inputs.get(IMAGES)
    named = several if isinstance(several, list) else [inputs.get(IMAGE)]
    return "\n".join(str(one) for one in named)
