"""Moves each paid render to its picture, one state at a time. Core process, asyncio loop.

planned, reserved, uploading, submitting, running, collecting, done. Before the paid request leaves its row is durable;
its answer is durable before anything else is asked. An answer that is lost is looked for, never sent again unseen.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from dmdx_desktop.errors import AccountError, DmdxError, Retry
from dmdx_desktop.library import attempts, renders
from dmdx_desktop.library.attempts import AttemptRow
from dmdx_desktop.library.database import Connection, Table, Transaction
from dmdx_desktop.library.places import Places
from dmdx_desktop.library.renders import RenderRow
from dmdx_desktop.models.paid_model import PaidModel, inputs_for
from dmdx_desktop.models.render_state import RenderEvent, RenderState
from dmdx_desktop.services.backends import Backends
from dmdx_desktop.services.base import PictureCalls
from dmdx_desktop.services.pace import Pace
from dmdx_desktop.workers import paid_rows
from dmdx_desktop.workers.adopting import FinishedPicture, adopt
from dmdx_desktop.workers.fetching import Fetching
from dmdx_desktop.workers.files import FilesPool
from dmdx_desktop.workers.paid_models import PaidModels
from dmdx_desktop.workers.queue_edits import Pause
from dmdx_desktop.workers.reconcile import Reconcile
from dmdx_desktop.workers.render import variant_of
from dmdx_desktop.workers.render_steps import step
from dmdx_desktop.workers.sending import Sending

VERIFY_SECONDS: Final = 20.0
FIRST_LOOK_S: Final = 1.0
LONGEST_LOOK_S: Final = 4.0
LONGEST_PAUSE_S: Final = 15.0
UNCHANGED_PAUSE_S: Final = 5.0
REFERENCE_UNREACHABLE: Final = "reference_unreachable"
QUOTES_LAST_S: Final = 600.0


class PaidRender:
    """Carries out renders of paid engines."""

    def __init__(
        self,
        places: Places,
        files: FilesPool,
        pictures: PictureCalls,
        backends: Backends,
        models: PaidModels,
        pausing: Pause,
        reconcile: Reconcile,
    ) -> None:
        self._places = places
        self._library = places.library
        self._blobs = places.blobs
        self._files = files
        self._pictures = pictures
        self._backends = backends
        self._models = models
        self._pausing = pausing
        self._sending = Sending(places, pictures, backends)
        self._reconcile = reconcile
        self._fetching = Fetching(backends, files)
        self._pace = Pace()
        self._lanes: dict[str, asyncio.Lock] = {}
        self._quotes: dict[tuple[object, ...], tuple[int, float]] = {}
        self._is_suspect = False

    def waiting(self, connection: Connection, busy: Collection[int], limit: int) -> Sequence[RenderRow]:
        """The next paid renders that can go on; while the queue is paused only those that were sent already."""
        return renders.paid_to_do(connection, limit, busy, begin=not self._pausing.paused)

    async def carry_out(self, render: RenderRow) -> None:
        """Take a render as far as it goes. Raises ``DmdxError``."""
        key = render.key
        try:
            while (now := await self._library.read(partial(paid_rows.standing_of, key=key))) is not None:
                if now.is_over:
                    return
                match now.render.state:
                    case RenderState.RUNNING if now.attempt is not None:
                        self._pace.adopt(key)
                        await self._follow(now.attempt)
                        await self._pace.ended(key)
                    case RenderState.COLLECTING if now.attempt is not None:
                        await self._collect(now.attempt)
                    case RenderState.UNCERTAIN if now.attempt is not None:
                        if not await self._find_out(now.attempt):
                            return
                    case RenderState.SUBMITTING if now.attempt is not None:
                        # Whoever sent it was stopped before it could write down what came of it.
                        await self._library.write(partial(paid_rows.doubt, attempt=now.attempt))
                    case _:
                        await self._send(now.render)
        finally:
            await self._pace.ended(key)

    async def let_go(self, prefix: str) -> None:
        """Return once no reference is on its way below a prefix of the bucket."""
        await self._sending.let_go(prefix)

    async def fail(self, render: RenderRow, error: DmdxError) -> None:
        """Let it wait for what is missing, or end it with its reason."""
        if error.retry is Retry.LATER:
            self._is_suspect = True
        changed = await self._library.write(lambda tx: paid_rows.put_off(tx, render.key, error))
        after: int | None = 0 if paid_rows.concerns_all(error) else None
        while after is not None:
            others = partial(paid_rows.put_off_others, key=render.key, error=error, after_key=after)
            after = await self._library.write(others)
        if not changed:
            await asyncio.sleep(UNCHANGED_PAUSE_S)

    async def _send(self, render: RenderRow) -> None:
        if render.state is RenderState.PLANNED:
            await self._library.write(lambda tx: step(tx, render.key, RenderEvent.RESERVE))
        model = await self._models.find(render.engine)
        await self._make_sure_it_answers()
        async with self._way_to(render) as is_lane:
            await self._pace.turn(render.key)
            attempt = await self._submit(render, model)
            if attempt is not None and is_lane:
                # The barrier: nothing else is sent to this engine before it is known what became of this one.
                await self._find_out(attempt)

    async def _submit(self, render: RenderRow, model: PaidModel) -> AttemptRow | None:
        """Send one paid request; returns its row where its answer was lost."""
        from dmdx_desktop.services.wavespeed import RateLimitedError, UncertainError

        key = render.key
        if not await self._library.write(lambda tx: _upload(tx, key)):
            return None
        service, attempt_id = self._backends.wavespeed(), attempts.new_attempt_id()
        sent = await self._sending.send(render, attempt_id)
        inputs = inputs_for(
            model, prompt=render.prompt, references=sent.addresses, variant=variant_of(render), seed=render.seed
        )
        quote = await self._quote(model, inputs)
        if render.agreed_micro_usd is not None and quote > render.agreed_micro_usd:
            await self._library.write(lambda tx: paid_rows.refuse_price(tx, render, quote))
            return None
        begin = partial(
            paid_rows.begin_attempt,
            key=key,
            attempt_id=attempt_id,
            origin=service.origin,
            has_marker=sent.has_marker,
            quote=quote,
        )
        attempt = await self._library.write(begin)
        if attempt is None:
            return None
        try:
            prediction = await service.submit(model.id, inputs)
        except RateLimitedError as error:
            await self._library.write(partial(paid_rows.reject, attempt=attempt, error=error))
            await self._pace.refused(key, error.wait_s)
            return None
        except DmdxError as error:
            await self._library.write(partial(paid_rows.reject, attempt=attempt, error=error))
            raise
        except UncertainError:
            self._is_suspect = True
            await self._library.write(lambda tx: paid_rows.doubt(tx, attempt))
            return attempt
        await self._library.write(lambda tx: paid_rows.accept(tx, attempt, prediction, RenderEvent.ACCEPTED))
        await self._pace.taken()
        return None

    async def _quote(self, model: PaidModel, inputs: dict[str, object]) -> int:
        """What the request will cost, asked once in a while for all requests that cost the same."""
        deciding = {name: value for name, value in inputs.items() if name not in ("prompt", "image", "seed")}
        images = deciding.pop("images", None)
        count = len(images) if isinstance(images, list) else 1
        about = (model.id, count, *sorted((name, str(value)) for name, value in deciding.items()))
        quote, asked_at = self._quotes.get(about, (0, -QUOTES_LAST_S))
        if time.monotonic() - asked_at >= QUOTES_LAST_S:
            quote, asked_at = await self._backends.wavespeed().quote_micro_usd(model.id, inputs), time.monotonic()
            self._quotes[about] = quote, asked_at
        return quote

    async def _make_sure_it_answers(self) -> None:
        """After a failure that may be the network's nothing paid leaves before the service has answered a question."""
        if self._is_suspect:
            await self._backends.wavespeed().balance_micro_usd()
            self._quotes.clear()
            self._is_suspect = False

    @contextlib.asynccontextmanager
    async def _way_to(self, render: RenderRow) -> AsyncIterator[bool]:
        """The way to the engine of a render; True where it is the one lane of requests that cannot be told apart.

        That lane opens once no end is open. Who waited for it looks again whether there must be one: what went before
        may have shown that the history repeats what was asked.
        """
        if not await self._tells_apart():
            async with self._lanes.setdefault(render.engine, asyncio.Lock()):
                if not await self._tells_apart():
                    await self._library.until(partial(_no_open_end, render=render), {Table.ATTEMPT})
                    yield True
                    return
        yield False

    async def _tells_apart(self) -> bool:
        """Whether the service's history can tell the requests of two renders from each other."""
        return self._sending.gives_markers and await self._reconcile.repeats_inputs()

    async def _find_out(self, attempt: AttemptRow) -> bool:
        """Have it found out what became of a request; False where only the user can tell."""
        verdict = await self._reconcile.find_out(attempt)
        if verdict.is_for_user:
            await self._library.write(lambda tx: paid_rows.leave_to_user(tx, attempt))
            return False
        found = verdict.prediction
        if found is None:
            await self._library.write(lambda tx: paid_rows.lose(tx, attempt))
            # Nothing of it runs: who is sent again waits for a turn like the others, and must not hold one meanwhile.
            await self._pace.ended(attempt.render_key)
        else:
            await self._library.write(lambda tx: paid_rows.accept(tx, attempt, found, RenderEvent.FOUND))
        return True

    async def _follow(self, attempt: AttemptRow) -> None:
        """Look until the engine has made the picture, or has given it up. The network may come and go."""
        from dmdx_desktop.services.wavespeed import PredictionState, failure_of

        pause, trouble = FIRST_LOOK_S, FIRST_LOOK_S
        while True:
            try:
                found = await self._backends.wavespeed().prediction(attempt.prediction or "")
            except AccountError:
                raise
            except DmdxError as error:
                if error.code == "not_there":
                    raise _no_longer_kept() from error
                await asyncio.sleep(trouble)
                trouble = min(2 * trouble, LONGEST_PAUSE_S)
                continue
            trouble = FIRST_LOOK_S
            if found.state is PredictionState.COMPLETED and found.outputs:
                await self._library.write(lambda tx: step(tx, attempt.render_key, RenderEvent.MADE))
                return
            if found.state is not PredictionState.UNDER_WAY:
                was_made = found.state is PredictionState.COMPLETED
                reason = _made_nothing() if was_made else failure_of(found)
                if reason.code == REFERENCE_UNREACHABLE:
                    self._sending.send_anew()
                give_up = partial(paid_rows.give_up_attempt, attempt=attempt, error=reason, was_charged=was_made)
                await self._library.write(give_up)
                return
            await asyncio.sleep(pause)
            pause = min(pause * 1.2, LONGEST_LOOK_S)

    async def _collect(self, attempt: AttemptRow) -> None:
        """Fetch the picture, make sure that it is one, and store it."""
        # Begun before the row is read: a deletion whose rows go from here on waits until the part has come to an end.
        part = self._blobs.begin()
        try:
            await self._fetching.fetch(attempt, part)
            await self._store(attempt, part)
        finally:
            await self._files.run(self._blobs.abandon, part)

    async def _store(self, attempt: AttemptRow, part: Path) -> None:
        answer = await self._pictures.call("receive", {"path": str(part)}, seconds=VERIFY_SECONDS, priority=2)
        width, height = answer.values.get("width"), answer.values.get("height")
        pixels = answer.values.get("pixels_sha256")
        if not isinstance(width, int) or not isinstance(height, int) or not isinstance(pixels, str):
            raise LookupError("a picture process did not answer what it was asked")
        picture = FinishedPicture(
            render_key=attempt.render_key,
            part=part,
            width=width,
            height=height,
            pixels_sha256=pixels,
            previews=answer.payloads,
        )
        await adopt(self._places, self._files, picture, lambda tx, made: paid_rows.collect(tx, attempt, made))


def _no_open_end(connection: Connection, render: RenderRow) -> bool | None:
    """True once nothing that was sent to the engine for another render is without an answer."""
    others = (row for row in attempts.unanswered(connection, render.engine) if row.render_key != render.key)
    return None if any(not row.history_expired for row in others) else True


def _upload(tx: Transaction, key: int) -> bool:
    render = renders.find(tx.connection, key)
    if render is None or render.state not in (RenderState.RESERVED, RenderState.UPLOADING):
        return False
    return render.state is RenderState.UPLOADING or step(tx, key, RenderEvent.UPLOAD)


def _made_nothing() -> DmdxError:
    return DmdxError(
        "made_nothing",
        "The engine says it is done, and gave no picture.",
        "It was charged.",
        "Ask the service's support; retry it if you want it anyway.",
    )


def _no_longer_kept() -> DmdxError:
    return DmdxError(
        "no_longer_kept",
        "The service no longer has this picture.",
        "It keeps finished pictures for seven days.",
        "Retry it; it is charged anew.",
    )
