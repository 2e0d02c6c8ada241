"""Fetches finished pictures into part files, as often as it takes. Core process, asyncio loop."""

import asyncio
from pathlib import Path
from typing import Final

from dmdx_desktop.errors import DmdxError, Retry
from dmdx_desktop.library.attempts import AttemptRow
from dmdx_desktop.services.backends import Backends
from dmdx_desktop.workers.files import FilesPool

FIRST_PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 15.0
MOST_GONE: Final = 3
"""So often an address may turn out to lead nowhere before the picture is given up."""


class Fetching:
    """What is paid for is fetched: a network that fails is waited for, an address that expired is asked for anew."""

    def __init__(self, backends: Backends, files: FilesPool) -> None:
        self._backends = backends
        self._files = files

    async def fetch(self, attempt: AttemptRow, part: Path) -> int:
        """Write the picture of an attempt to ``part``; returns its bytes. Raises ``DmdxError`` where there is none."""
        pause, gone = FIRST_PAUSE_S, 0
        while True:
            try:
                return await self._once(attempt, part)
            except DmdxError as error:
                if error.retry is not Retry.LATER:
                    raise
                gone += error.code in ("result_gone", "result_missing")
                if gone >= MOST_GONE:
                    raise _lost_by_service() from error
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_S)

    async def _once(self, attempt: AttemptRow, part: Path) -> int:
        from dmdx_desktop.services.downloads import fetch

        service = self._backends.wavespeed()
        found = await service.prediction(attempt.prediction or "")
        if not found.outputs:
            raise DmdxError("result_missing", "The picture is not there.", "", "", retry=Retry.LATER)
        with await self._files.run(part.open, "wb") as stream:

            async def write(chunk: bytes) -> None:
                await self._files.run(stream.write, chunk)

            return await fetch(found.outputs[0], write, service_url=service.origin)


def _lost_by_service() -> DmdxError:
    return DmdxError(
        "result_gone",
        "The finished picture cannot be fetched.",
        "The service says that it made it, and does not give it out.",
        "Ask the service's support; it was charged.",
    )
