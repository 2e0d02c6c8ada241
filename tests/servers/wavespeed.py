"""A WaveSpeed server for tests: the paths, envelopes, prices and traps of the real one, on this computer.

Runs on a thread of its own, with its storage on another; a test changes ``faults`` and looks at ``world`` from its own.
"""

import asyncio
import mimetypes
import secrets
import time
from types import TracebackType
from typing import Self

from aiohttp import BodyPartReader, web

from tests.servers.loopback import Handler, LoopbackServer, cut_connection
from tests.servers.painted import Painter
from tests.servers.wavespeed_account import WaveSpeedAccount, refuse_next
from tests.servers.wavespeed_answers import RefusalError, envelope, json_body
from tests.servers.wavespeed_faults import SubmitFate, WaveSpeedFaults
from tests.servers.wavespeed_jobs import Render, WaveSpeedJobs
from tests.servers.wavespeed_models import BadInput, Catalogue, Json, Model
from tests.servers.wavespeed_records import Prediction, Upload, moment
from tests.servers.wavespeed_storage import WaveSpeedStorage
from tests.servers.wavespeed_world import DOLLAR, WaveSpeedWorld

TICKET_SECONDS = 900.0
SYNC_TIMEOUT = 5004


class WaveSpeedServer(LoopbackServer):
    """``with WaveSpeedServer() as server``: then ``server.origin``, ``.key``, ``.faults``, ``.world``, ``.storage``."""

    def __init__(
        self,
        *,
        key: str = "",
        balance_micro_usd: int = 100 * DOLLAR,
        faults: WaveSpeedFaults | None = None,
        render: Render | None = None,
        small: bool = False,
        port: int = 0,
        storage_port: int = 0,
    ) -> None:
        """``render`` makes pictures of inputs and references; by default a painter, whose are tiny if ``small``."""
        super().__init__(port=port)
        self.key = key or f"wsk_test{secrets.token_hex(16)}"
        self.faults = faults if faults is not None else WaveSpeedFaults()
        self.world = WaveSpeedWorld(self.lock, self.faults, balance_micro_usd=balance_micro_usd)
        self.storage = WaveSpeedStorage(self.world, self.faults, port=storage_port)
        self.catalogue = Catalogue()
        self._jobs = WaveSpeedJobs(self.world, lambda: self.storage.origin, render or Painter(small=small))
        self._account = WaveSpeedAccount(self.world, self.faults, self.catalogue, lambda: self.origin)

    def __enter__(self) -> Self:
        self.storage.__enter__()
        try:
            return super().__enter__()
        except RuntimeError:
            self.storage.__exit__(None, None, None)
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        self.storage.__exit__(kind, error, trace)

    def add_routes(self, app: web.Application) -> None:
        app.middlewares.append(self._guarded)
        app.cleanup_ctx.append(self._jobs.lifetime)
        self._account.add_routes(app)
        app.router.add_get("/api/v3/models", self._models)
        app.router.add_get("/api/v3/predictions/{id}", self._poll)
        app.router.add_get("/api/v3/predictions/{id}/result", self._poll)
        app.router.add_post("/api/v3/media/uploads", self._ticket)
        app.router.add_post("/api/v3/media/upload/binary", self._form)
        app.router.add_post("/api/v3/{model:.+}", self._submit)

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """What all calls have in common: the key, and errors as envelopes."""
        if self.faults.down:
            return cut_connection(request)
        try:
            if request.headers.get("Authorization") != f"Bearer {self.key}":
                raise RefusalError(401)
            return await handler(request)
        except RefusalError as refusal:
            self.world.answered(refusal.status)
            return refusal.answer(request)
        except web.HTTPException as error:
            self.world.answered(error.status)
            return RefusalError(error.status, error.reason).answer(request)
        except ConnectionError:  # a client that ends in the middle of a call is no error of the server
            return cut_connection(request)

    async def _models(self, request: web.Request) -> web.StreamResponse:
        self.world.called("models")
        faults = self.faults
        if faults.catalogue_status != 200:
            raise RefusalError(faults.catalogue_status)
        entries = self.catalogue.entries(
            origin=self.origin,
            without=faults.retired,
            discount_rate=faults.discount_rate,
            padding=faults.catalogue_bytes,
        )
        return envelope(entries)

    async def _submit(self, request: web.Request) -> web.StreamResponse:
        self.world.called("submit")
        fate = self.faults.next_fate()
        await asyncio.sleep(self.faults.seconds_before_creation)
        if fate == SubmitFate.RESET_BEFORE_CREATION:
            raise RefusalError(0)
        if fate == SubmitFate.REFUSED_503:
            raise RefusalError(503)
        if self.faults.forbidden_text:
            raise RefusalError(403, self.faults.forbidden_text, self.faults.forbidden_code)
        model = self._model_in_path(request)
        job, task = self._accepted(model, await json_body(request), request.query.get("webhook", ""))
        await asyncio.sleep(self.faults.submit_seconds)
        if fate == SubmitFate.CHARGED_THEN_DROPPED:
            raise RefusalError(0)
        if fate == SubmitFate.CHARGED_THEN_502:
            raise RefusalError(502)
        if model.filled(job.inputs).get("enable_sync_mode") is True:
            return await self._after_sync(job, task)
        return envelope({"id": job.id} if self.faults.sparse_answer else job.shown(self.origin, status=job.status))

    def _model_in_path(self, request: web.Request) -> Model:
        # Ids stand in the path as they are; escaped slashes find no model.
        escaped = "%2f" in request.rel_url.raw_path.lower()
        return self._account.model("" if escaped else request.match_info["model"])

    def _accepted(self, model: Model, body: Json, webhook: str) -> tuple[Prediction, asyncio.Task[None]]:
        """The job made of a submit, paid for and begun."""
        if self.world.over_limit():
            wait = self.faults.retry_after_s
            raise RefusalError(429, headers={} if wait is None else {"Retry-After": str(wait)})
        inputs = model.known(body)
        bad_input = model.bad_input(inputs)
        if bad_input is not None and not self.faults.bad_inputs_fail_later:
            raise RefusalError(400, bad_input.text, data={"code": bad_input.code})
        full = _price(model, inputs, bad_input)
        job = self.world.accept(
            model.id, body, inputs, webhook=webhook, micro_usd=self._account.paid(full), full_micro_usd=full
        )
        if job is None:
            raise RefusalError(self.faults.no_credit_status)
        return job, self._jobs.start(job, model, bad_input)

    async def _after_sync(self, job: Prediction, task: asyncio.Task[None]) -> web.StreamResponse:
        """The answer to a submit that waits for the end of its job."""
        if self.faults.sync_gateway_504:
            raise RefusalError(504)
        await asyncio.wait([task], timeout=self.faults.sync_seconds)
        if job.ended:
            return envelope(job.shown(self.origin, status=job.status))
        late = f"Sync mode timed out after {self.faults.sync_seconds:.0f} seconds"
        return envelope({**job.shown(self.origin, status="processing"), "code": SYNC_TIMEOUT, "error": late})

    async def _poll(self, request: web.Request) -> web.StreamResponse:
        self.world.called("poll")
        refuse_next(self.faults.poll_errors)
        job = self.world.poll(request.match_info["id"])
        if job is None:
            raise RefusalError(404, "prediction not found")
        inputs = {"inputs": job.inputs} if self.faults.echo_inputs_in_result else {}
        return envelope({**job.shown(self.origin), **inputs})

    async def _ticket(self, request: web.Request) -> web.StreamResponse:
        self.world.called("ticket")
        if not self.faults.ticket_upload:
            raise RefusalError(404)
        body = await json_body(request)
        filename, size = body.get("filename"), body.get("size")
        if not isinstance(filename, str) or not filename or not isinstance(size, int) or size <= 0:
            raise RefusalError(400, "filename and size are required")
        self._refuse_upload(size)
        upload = self._new_upload(filename, size, str(body.get("content_type") or ""), by_ticket=True)
        self.world.add_upload(upload)
        put = {
            "method": "PUT",
            "url": f"{self.storage.origin}/incoming/{upload.id}?signature={upload.token}",
            "headers": upload.headers,
            "expires_at": moment(upload.created_at + TICKET_SECONDS),
        }
        return envelope({**upload.answer(self.storage.origin), "upload": put})

    async def _form(self, request: web.Request) -> web.StreamResponse:
        self.world.called("form")
        if not request.content_type.startswith("multipart/"):
            raise RefusalError(400, "not a multipart form")
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.name == "file":
                data = bytes(await part.read())
                await asyncio.sleep(self.faults.upload_seconds)
                self._refuse_upload(len(data))
                kind = part.headers.get("Content-Type", "")
                upload = self._new_upload(part.filename or "file", len(data), kind, by_ticket=False)
                upload.data = data
                self.world.add_upload(upload)
                return envelope(upload.answer(self.storage.origin))
        raise RefusalError(400, "file is required")

    def _refuse_upload(self, size: int) -> None:
        if self.faults.upload_fails_200_500:
            raise RefusalError(200, "Upload failed: invalid file type", code=500)
        if self.faults.largest_upload is not None and size > self.faults.largest_upload:
            raise RefusalError(413)

    def _new_upload(self, filename: str, size: int, content_type: str, *, by_ticket: bool) -> Upload:
        kind = content_type or mimetypes.guess_type(filename)[0] or "application/octet-stream"
        ending = filename.rpartition(".")[2].lower()
        stored_name = secrets.token_hex(4) + (f".{ending}" if ending.isalnum() and "." in filename else "")
        headers = {"Content-Type": kind, **({"If-None-Match": "*"} if self.faults.ticket_if_none_match else {})}
        return Upload(
            id=secrets.token_hex(12),
            filename=filename,
            stored_name=stored_name,
            size=size,
            content_type=kind,
            token=secrets.token_hex(16),
            headers=headers,
            by_ticket=by_ticket,
            created_at=time.time(),
        )


def _price(model: Model, inputs: Json, bad_input: BadInput | None) -> int:
    """What a job costs; with bad inputs, which the formula may not understand, what one costs without any."""
    return model.micro_usd(inputs if bad_input is None else {})
