"""Moves each render to its picture, one state at a time. Core process, asyncio loop.

Drafts: planned, running, collecting, done. A picture is an output only once its file is durable, was decoded again
from what is on disk, and stands in one transaction with its render's last state.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library import jobs, outputs, references, renders
from dmdx_desktop.library.database import Connection, Transaction
from dmdx_desktop.library.places import Places
from dmdx_desktop.library.renders import RenderRow
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.recipe import Variant
from dmdx_desktop.models.render_state import RenderEvent, RenderState, is_final
from dmdx_desktop.services.base import Engine, PictureCalls, Rendered, RenderRequest
from dmdx_desktop.workers.adopting import FinishedPicture, adopt
from dmdx_desktop.workers.files import FilesPool
from dmdx_desktop.workers.pools import PictureProcessError
from dmdx_desktop.workers.queue_edits import Pause
from dmdx_desktop.workers.render_steps import note_if_failed, step

VERIFY_SECONDS: Final = 20.0


class Render:
    """Carries out renders of the embedded engines."""

    def __init__(
        self,
        places: Places,
        files: FilesPool,
        pictures: PictureCalls,
        engines: Mapping[str, Engine],
        pausing: Pause,
    ) -> None:
        self._places = places
        self._library = places.library
        self._blobs = places.blobs
        self._files = files
        self._pictures = pictures
        self._engines = engines
        self._pausing = pausing

    def waiting(self, connection: Connection, busy: Collection[int], limit: int) -> Sequence[RenderRow]:
        """The next planned renders whose references are known to be sound; none while the queue is paused."""
        if self._pausing.paused:
            return ()
        return renders.planned_for_ready(connection, sorted(self._engines), limit, busy)

    async def carry_out(self, render: RenderRow) -> None:
        """Make the picture and store it. Raises ``DmdxError``."""
        # Begun before the row is read: a deletion whose rows go from here on waits until the part has come to an end.
        part = self._blobs.begin()
        try:
            request_parts = await self._library.write(lambda tx: _start(tx, render.key))
            if request_parts is None:
                return
            piece, title, sha256 = request_parts
            rendered = await self._engines[render.engine].render(
                RenderRequest(
                    reference=self._blobs.path_of(sha256),
                    reference_sha256=sha256,
                    target=part,
                    variant=variant_of(render),
                    piece=piece,
                    prompt=render.prompt,
                    seed=render.seed,
                    created_at=render.created_at,
                    title=title,
                )
            )
            if await self._library.write(lambda tx: step(tx, render.key, RenderEvent.MADE)):
                await self._collect(render, part, rendered)
        finally:
            await self._files.run(self._blobs.abandon, part)

    async def _collect(self, render: RenderRow, part: Path, rendered: Rendered) -> None:
        # Made from the file itself, so the previews are also the proof that it decodes.
        previews = await self._pictures.call("previews", {"path": str(part)}, seconds=VERIFY_SECONDS, priority=2)
        picture = FinishedPicture(
            render_key=render.key,
            part=part,
            width=rendered.width,
            height=rendered.height,
            pixels_sha256=rendered.pixels_sha256,
            previews=previews.payloads,
        )
        await adopt(self._places, self._files, picture, _finish)

    async def fail(self, render: RenderRow, error: DmdxError) -> None:
        """Count a crash and try again, or end the render with its reason."""
        await self._library.write(lambda tx: _fail(tx, render.key, error))


def variant_of(render: RenderRow) -> Variant:
    """What the render's row asks for."""
    return Variant.model_validate(
        {
            "scene": render.scene,
            "metal": render.metal,
            "shot": render.shot,
            "shape": render.shape,
            "size": render.size,
            "n": render.n,
        }
    )


def _start(tx: Transaction, key: int) -> tuple[Piece, str, str] | None:
    render = renders.find(tx.connection, key)
    if render is None or render.state is not RenderState.PLANNED:
        return None
    step(tx, key, RenderEvent.START)
    job = jobs.get(tx.connection, render.job_key)
    reference = references.get(tx.connection, render.reference_key)
    return Piece.model_validate_json(job.piece), job.title, reference.sha256


def _finish(tx: Transaction, made: outputs.NewOutput) -> bool:
    """Store the output; False where nobody wants it any more, because its piece was deleted or it was cancelled."""
    if not step(tx, made.render_key, RenderEvent.COLLECTED):
        return False
    outputs.insert(tx, made)
    return True


def _fail(tx: Transaction, key: int, error: DmdxError) -> None:
    render = renders.find(tx.connection, key)
    if render is None or is_final(render.state):
        return
    event = RenderEvent.CRASH if isinstance(error, PictureProcessError) else RenderEvent.FAIL
    step(tx, key, event, problem_code=error.code)
    note_if_failed(tx, key, error)
