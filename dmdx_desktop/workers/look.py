"""Looks at finished images before they are exported: what surrounds each piece. Core process, asyncio loop."""

import asyncio
from pathlib import Path
from typing import Final

from pydantic import JsonValue

from dmdx_desktop.errors import PictureError
from dmdx_desktop.library import outputs
from dmdx_desktop.library.blobs import BlobStore
from dmdx_desktop.library.database import Library
from dmdx_desktop.models.commands import LookAtImages
from dmdx_desktop.models.outcome import Document, ExitCode, Outcome
from dmdx_desktop.services.base import PictureCalls

LOOK_SECONDS: Final = 10.0
PRIORITY: Final = 1
FACTS: Final = ("width", "height", "edge", "fill", "jpeg_bits_per_pixel")


async def look_at(command: LookAtImages, library: Library, blobs: BlobStore, pictures: PictureCalls) -> Outcome:
    """The facts of each image, in order; one that is gone or cannot be opened is left out."""
    rows = await library.read(
        lambda connection: [row for each in command.outputs if (row := outputs.by_id(connection, each)) is not None]
    )
    looked = await asyncio.gather(*(_look(row.id, blobs.path_of(row.sha256), pictures) for row in rows))
    images: list[JsonValue] = [facts for facts in looked if facts is not None]
    return Outcome(ExitCode.WELL, {"images": images, "problems": []})


async def _look(output_id: str, blob: Path, pictures: PictureCalls) -> Document | None:
    try:
        answer = await pictures.call("look_at", {"path": str(blob)}, seconds=LOOK_SECONDS, priority=PRIORITY)
    except PictureError:
        return None
    facts: Document = {"id": output_id}
    for name in FACTS:
        value = answer.values.get(name)
        facts[name] = value if isinstance(value, str | int | float) else None
    return facts
