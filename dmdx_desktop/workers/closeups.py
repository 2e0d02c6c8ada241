"""What is made only because somebody looks: tiles of a whole picture, small drafts of a piece in each scene.

Core process, asyncio loop. Both are kept in the preview store under the picture's hash, so that they go with it.
"""

import json
from collections.abc import Sequence
from typing import Final

from dmdx_desktop.errors import UsageError
from dmdx_desktop.library import jobs, references
from dmdx_desktop.library.blob_use import discard, is_used
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.places import Places
from dmdx_desktop.library.references import ReferenceRow, ReferenceState
from dmdx_desktop.models.gestures import MakeTiles, PreviewScenes
from dmdx_desktop.models.outcome import ExitCode, Outcome
from dmdx_desktop.models.preview_edges import DRAFT_SCENES, scene_edge, tile_edge
from dmdx_desktop.services.base import PictureCalls
from dmdx_desktop.workers.files import FilesPool

SECONDS: Final = 20.0
PRIORITY: Final = 1
"""Somebody waits for it with the picture before them."""


class Closeups:
    """Makes and stores close views."""

    def __init__(self, places: Places, files: FilesPool, pictures: PictureCalls) -> None:
        self._library, self._blobs, self._previews = places.library, places.blobs, places.previews
        self._files = files
        self._pictures = pictures

    async def make_tiles(self, command: MakeTiles) -> Outcome:
        """Decode a picture whole and keep it as tiles. Raises ``DmdxError`` where it is gone or damaged."""
        sha256 = command.sha256
        if await self._files.run(self._previews.get, sha256, tile_edge(0)) is None:
            with self._blobs.protected([sha256]):
                await self._check_used(sha256)
                arguments = {"path": str(self._blobs.path_of(sha256))}
                answer = await self._pictures.call("tiles", arguments, seconds=SECONDS, priority=PRIORITY)
                tiles = {tile_edge(number): jpeg for number, jpeg in enumerate(answer.payloads)}
                await self._files.run(self._previews.put, sha256, tiles)
            await self._discard_if_deleted(sha256)
        return Outcome(ExitCode.WELL, {"problems": []})

    async def preview_scenes(self, command: PreviewScenes) -> Outcome:
        """Draw the piece small in every scene. Raises ``DmdxError`` where it has no sound picture."""
        found = await self._library.read(lambda connection: _first_reference(connection, command.job))
        if found is None:
            raise _nothing_to_look_at()
        reference, piece = found
        sha256 = reference.sha256
        if await self._files.run(self._previews.get, sha256, scene_edge(DRAFT_SCENES[0])) is None:
            with self._blobs.protected([sha256]):
                await self._check_used(sha256)
                arguments = {
                    "path": str(self._blobs.path_of(sha256)),
                    "sha256": sha256,
                    "piece": piece,
                    "scenes": [scene.value for scene in DRAFT_SCENES],
                }
                answer = await self._pictures.call(
                    "scene_previews", arguments, seconds=SECONDS, priority=PRIORITY, affinity=sha256
                )
                drafts = {scene_edge(s): jpeg for s, jpeg in zip(DRAFT_SCENES, answer.payloads, strict=True)}
                await self._files.run(self._previews.put, sha256, drafts)
            await self._discard_if_deleted(sha256)
        return Outcome(ExitCode.WELL, {"sha256": sha256, "problems": []})

    async def _check_used(self, sha256: str) -> None:
        if not await self._library.read(lambda connection: is_used(connection, sha256)):
            raise _nothing_to_look_at()

    async def _discard_if_deleted(self, sha256: str) -> None:
        """The picture may have been deleted while it was looked at: then what was made of it goes too."""
        if not await self._library.read(lambda connection: is_used(connection, sha256)):
            await discard(self._library, self._blobs, self._previews, [sha256])


def _first_reference(connection: Connection, job_id: str) -> tuple[ReferenceRow, object] | None:
    job = jobs.by_id(connection, job_id)
    rows: Sequence[ReferenceRow] = () if job is None else references.of_job(connection, job.key)
    ready = [row for row in rows if row.state is ReferenceState.READY]
    if job is None or not ready:
        return None
    return ready[0], json.loads(job.piece)


def _nothing_to_look_at() -> UsageError:
    return UsageError(
        "not_found",
        "This picture cannot be shown.",
        "It was deleted, or it is damaged.",
        "Import the piece again.",
    )
