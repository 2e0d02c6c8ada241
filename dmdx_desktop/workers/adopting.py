"""A finished picture becomes an image of the library. Core process, asyncio loop.

Its file is durable before its row is: a core that is killed in between leaves a file that nobody needs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dmdx_desktop.library.blob_use import discard
from dmdx_desktop.library.database import Transaction
from dmdx_desktop.library.outputs import NewOutput
from dmdx_desktop.library.places import Places
from dmdx_desktop.library.previews import EDGES
from dmdx_desktop.workers.files import FilesPool


@dataclass(frozen=True, slots=True)
class FinishedPicture:
    """A picture that was decoded from its file; sizes in pixels, ``previews`` one for each of ``EDGES``."""

    render_key: int
    part: Path
    width: int
    height: int
    pixels_sha256: str
    previews: Sequence[bytes]


async def adopt(
    places: Places, files: FilesPool, picture: FinishedPicture, finish: Callable[[Transaction, NewOutput], bool]
) -> None:
    """Store the file and its previews, then ``finish`` its render; where that says no, nothing of it is kept."""
    staged = await files.run(places.blobs.measure, picture.part)
    with places.blobs.protected([staged.sha256]):
        await files.run(places.blobs.commit, staged)
        previews = dict(zip(EDGES, picture.previews, strict=True))
        await files.run(places.previews.put, staged.sha256, previews)
        made = NewOutput(
            render_key=picture.render_key,
            width=picture.width,
            height=picture.height,
            bytes=staged.bytes,
            sha256=staged.sha256,
            pixels_sha256=picture.pixels_sha256,
        )
        kept = await places.library.write(lambda tx: finish(tx, made))
    if not kept:
        await discard(places.library, places.blobs, places.previews, [staged.sha256])
