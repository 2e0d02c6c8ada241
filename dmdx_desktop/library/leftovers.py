"""Clearing away what a core that was killed left half done: part files, and files whose rows were never written.

Core process, asyncio loop, at its start, before anything else writes files.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from dmdx_desktop.errors import LibraryError
from dmdx_desktop.library import exports
from dmdx_desktop.library.blob_use import discard, is_used
from dmdx_desktop.library.blobs import BlobStore
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.database import Library
from dmdx_desktop.library.previews import PreviewStore

HASHES_PER_READ: Final = 1_000


async def clear_leftovers(library: Library, blobs: BlobStore, previews: PreviewStore) -> int:
    """Remove part files, also those of exports, and blobs that no row uses; returns how many blobs.

    Rows decide: what they name stays. Listing every blob is needed only after a core did not end properly; otherwise
    the part folder is all.
    """
    await _mark(library)
    await asyncio.to_thread(blobs.sweep_parts)
    if not library.has_leftovers:
        return 0
    await asyncio.to_thread(_remove_parts_of_exports, await library.read(exports.unfinished_files))
    removed = 0
    present = await asyncio.to_thread(lambda: list(blobs.hashes()))
    for start in range(0, len(present), HASHES_PER_READ):
        some = present[start : start + HASHES_PER_READ]
        unused = await library.read(partial(_unused, sha256s=some))
        removed += await discard(library, blobs, previews, unused)
    library.note_leftovers_gone()
    return removed


def _remove_parts_of_exports(files: Sequence[tuple[Path, Path]]) -> None:
    """Clear the user's folders of what an export left there; the export itself is begun anew.

    Where the file system knows no links a name is claimed by an empty file, which then is no more than that.
    """
    for part, final in files:
        # The folder may be on a drive that is not there now.
        with contextlib.suppress(OSError):
            if part.exists() and final.exists() and final.stat().st_size == 0:
                final.unlink()
            part.unlink(missing_ok=True)


def _unused(connection: Connection, sha256s: list[str]) -> list[str]:
    return [sha256 for sha256 in sha256s if not is_used(connection, sha256)]


async def _mark(library: Library) -> None:
    """Commit something, so that the library remembers this opening before the first file is written (``upkeep``)."""
    try:
        await library.write(lambda tx: None)
    except LibraryError as error:
        # A full disk can still be read and cleared; the first row that fits brings the mark with it.
        if error.code != "disk_full":
            raise
