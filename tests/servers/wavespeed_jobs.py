"""What the WaveSpeed server does for an accepted job: fetch the reference pictures, wait, have results painted.

Tasks of the event loop on the server's thread; painting is done on threads of the loop's own, so that the server goes
on answering meanwhile.
"""

import asyncio
import base64
import binascii
import math
from collections.abc import AsyncIterator, Callable, Mapping
from urllib.parse import unquote_to_bytes, urlsplit

import aiohttp
from aiohttp import web

from tests.servers.wavespeed_faults import EndStatus, OutputForm
from tests.servers.wavespeed_models import BadInput, Json, Model
from tests.servers.wavespeed_records import Prediction, sha256
from tests.servers.wavespeed_world import WaveSpeedWorld

Render = Callable[[Mapping[str, object], list[bytes]], bytes]

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
FETCH_S = 20.0
NOT_FETCHED, NOT_DONE = 1402, 1403
KINDS = ((b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpeg"), (b"RIFF", "webp"))


class _NotFetchedError(Exception):
    """A reference picture cannot be had."""


class WaveSpeedJobs:
    """Every job is one task; those that are left when the server ends are given up."""

    def __init__(self, world: WaveSpeedWorld, storage: Callable[[], str], render: Render) -> None:
        self._world = world
        self._storage = storage
        self._render = render
        self._tasks: set[asyncio.Task[None]] = set()
        self._turns = asyncio.Condition()
        self._session: aiohttp.ClientSession | None = None

    async def lifetime(self, app: web.Application) -> AsyncIterator[None]:
        """From the start of the server to its end."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=FETCH_S)) as self._session:
            yield
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def start(self, job: Prediction, model: Model, bad_input: BadInput | None) -> asyncio.Task[None]:
        """Begin with a job; ``bad_input`` is what makes it fail."""
        task = asyncio.create_task(self._run(job, model, bad_input), name=f"job {job.id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _run(self, job: Prediction, model: Model, bad_input: BadInput | None) -> None:
        async with self._turns:
            await self._turns.wait_for(lambda: self._world.has_turn(job))
        self._world.begin(job)
        try:
            await self._do(job, model, bad_input)
        finally:
            async with self._turns:
                self._turns.notify_all()

    async def _do(self, job: Prediction, model: Model, bad_input: BadInput | None) -> None:
        if bad_input is not None:
            self._world.fail(job, EndStatus.FAILED, bad_input.code, bad_input.text)
            return
        try:
            pictures = [await self._fetched(url) for url in model.image_urls(job.inputs)]
            if isinstance(mask := job.inputs.get("mask_image"), str):
                await self._fetched(mask)
        except (_NotFetchedError, aiohttp.ClientError, TimeoutError):
            self._world.fail(job, EndStatus.FAILED, NOT_FETCHED)
            return
        job.pictures = tuple(map(sha256, pictures))
        # No time is so far away that a loop could not wait for it, except an endless one.
        await (asyncio.Event().wait() if math.isinf(job.ending.seconds) else asyncio.sleep(job.ending.seconds))
        if job.ending.status != EndStatus.COMPLETED:
            self._world.fail(job, job.ending.status, job.ending.code)
        elif model.makes_text:
            self._world.complete(job, [f"A photograph of: {job.inputs.get('text', 'the picture')}"])
        else:
            await self._paint(job, model, pictures)

    async def _paint(self, job: Prediction, model: Model, pictures: list[bytes]) -> None:
        inputs = model.filled(job.inputs)
        form = job.ending.form
        if form == OutputForm.URL and inputs.get("enable_base64_output") is True:
            form = OutputForm.BASE64
        outputs: list[object] = []
        for number in range(0 if form == OutputForm.EMPTY else output_count(job, inputs)):
            told = {**inputs, "prediction_id": job.id, "output_number": number}
            try:
                data = await asyncio.to_thread(self._render, told, pictures)
            except Exception as error:  # whatever a test's own function raises, the job must end
                self._world.fail(job, EndStatus.FAILED, NOT_DONE, f"{type(error).__name__}: {error}")
                return
            outputs.append(self._given(data, f"{job.id}-{number}.{kind_of(data)}", form))
        self._world.complete(job, outputs)

    def _given(self, data: bytes, name: str, form: OutputForm) -> object:
        """One result in the form in which a job gives it."""
        if form in (OutputForm.BASE64, OutputForm.DATA_URI):
            bare = base64.b64encode(data).decode()
            return bare if form == OutputForm.BASE64 else f"data:image/{kind_of(data)};base64,{bare}"
        self._world.add_output(name, data)
        url = f"{self._storage()}/output/{name}"
        return {"url": url} if form == OutputForm.OBJECT else url

    async def _fetched(self, url: str) -> bytes:
        """A reference picture. Only this computer is asked; anything else counts as out of reach."""
        if url.startswith("data:"):
            return _decoded(url)
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or parts.hostname not in LOOPBACK or self._session is None:
            raise _NotFetchedError
        async with self._session.get(url, allow_redirects=False) as answer:
            if answer.status != 200:
                raise _NotFetchedError
            return await answer.read()


def output_count(job: Prediction, inputs: Json) -> int:
    """How many pictures a job makes: as the ending says, or as many as are asked for."""
    asked = inputs.get("num_images", inputs.get("max_images", 1))
    return job.ending.count if job.ending.count is not None else asked if isinstance(asked, int) else 1


def kind_of(data: bytes) -> str:
    """The file format of a picture, as names and types write it."""
    return next((kind for start, kind in KINDS if data.startswith(start)), "bin")


def _decoded(uri: str) -> bytes:
    head, comma, body = uri.partition(",")
    if not comma:
        raise _NotFetchedError
    if not head.endswith(";base64"):
        return unquote_to_bytes(body)
    try:
        return base64.b64decode(body, validate=True)
    except binascii.Error as error:
        raise _NotFetchedError from error
