"""Carrying purges out to proven completion: rows, files, previews, part files, index, backups, write-ahead logs.

Core process, asyncio loop. Every step can be repeated: after a crash the purge goes on from the state in its row, and
ends with a receipt. Files go only after their rows, and only when no other row uses them.

``secure_delete`` alone is not enough: when SQLite redistributes rows among neighbouring pages it leaves copies of them
in the gaps, which a later deletion does not reach (about 3 in 1,000 deleted rows in tests). The database is therefore
rewritten once per batch of purges, before its log is truncated.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Final

from dmdx_desktop.config import Paths
from dmdx_desktop.library import purges, remote_traces, search, withdrawals
from dmdx_desktop.library.blob_use import REMOVED_AT_ONCE, is_used, remove_unused
from dmdx_desktop.library.blobs import BlobStore
from dmdx_desktop.library.database import Library
from dmdx_desktop.library.durable import remove_file, sync_folder
from dmdx_desktop.library.places import Places
from dmdx_desktop.library.purge_rows import delete_rows
from dmdx_desktop.library.purges import ItemKind, PurgeRow, PurgeState, ReceiptRow
from dmdx_desktop.library.sqlite_errors import library_errors, locked
from dmdx_desktop.library.writer import Transaction

FIRST_PAUSE_S: Final = 0.01
LONGEST_PAUSE_S: Final = 0.5
PATIENCE_S: Final = 60.0
"""How long to wait for others to let go of a file or a log before the purge is left for another time."""


async def carry_out(
    places: Places, purge_ids: Sequence[str], *, patience_s: float = PATIENCE_S
) -> tuple[ReceiptRow, ...]:
    """Delete what these purges name, for good; returns a receipt for each that was not finished before.

    Raises ``LibraryError`` (locked) when a reader or a picture that is being made holds on for longer than
    ``patience_s``; calling it again, also after a restart, goes on from there.
    """
    library = places.library
    chosen = await library.read(lambda connection: purges.of_ids(connection, purge_ids))
    if not chosen:
        return ()
    for purge in chosen:
        if purge.state is PurgeState.PLANNED:
            await library.write(partial(_delete_rows, purge=purge))
    await _until_in_flight_has_landed(places.blobs, patience_s)
    for purge in await _in_state(library, purge_ids, PurgeState.FILES):
        await _remove_files(places, purge, patience_s)
    await _remove_traces(places, await _in_state(library, purge_ids, PurgeState.TRACES))
    await _rewrite_and_truncate(places, patience_s)
    return await finish(places, purge_ids)


async def finish(places: Places, purge_ids: Sequence[str]) -> tuple[ReceiptRow, ...]:
    """Write the receipts of those of which nothing is left, here or at a service."""
    return await places.library.write(lambda tx: _finish_all(tx, purge_ids))


def _delete_rows(tx: Transaction, purge: PurgeRow) -> None:
    if withdrawals.is_of_images(purge):
        withdrawals.delete_rows(tx, purge)
    else:
        delete_rows(tx, purge)


async def _in_state(library: Library, purge_ids: Sequence[str], state: PurgeState) -> tuple[PurgeRow, ...]:
    rows = await library.read(lambda connection: purges.of_ids(connection, purge_ids))
    return tuple(row for row in rows if row.state is state)


async def _until_in_flight_has_landed(blobs: BlobStore, patience_s: float) -> None:
    """Wait for files that were being written when the rows went; whoever writes them removes them again."""
    before = blobs.in_flight()

    def landed() -> bool:
        return before.isdisjoint(blobs.in_flight())

    await _until(lambda: asyncio.to_thread(landed), patience_s)


async def _remove_files(places: Places, purge: PurgeRow, patience_s: float) -> None:
    async def removed_all() -> bool:
        hashes = await _remembered(places.library, purge)
        for start in range(0, len(hashes), REMOVED_AT_ONCE):
            few = hashes[start : start + REMOVED_AT_ONCE]
            await places.library.write(partial(_remove_some, places=places, purge=purge, sha256s=few))
        # Somebody may be adding the very same picture again; whether it stays is known in a moment.
        return not await _remembered(places.library, purge)

    await _until(removed_all, patience_s)
    await places.library.write(lambda tx: purges.advance(tx, purge, PurgeState.TRACES))


async def _remembered(library: Library, purge: PurgeRow) -> tuple[str, ...]:
    return await library.read(lambda connection: purges.items(connection, purge.key, ItemKind.BLOB))


def _remove_some(tx: Transaction, places: Places, purge: PurgeRow, sha256s: Sequence[str]) -> None:
    """Remove what nobody else uses. What is settled is counted and forgotten in one step, so that it is counted once.

    Somebody else may be carrying out the same purge.
    """
    still = set(purges.items(tx.connection, purge.key, ItemKind.BLOB)).intersection(sha256s)
    _, of_previews = remove_unused(tx, places.blobs, places.previews, still)
    shared = [sha256 for sha256 in still if is_used(tx.connection, sha256)]
    gone = [sha256 for sha256 in still if sha256 not in shared and not places.blobs.exists(sha256)]
    purges.count(tx, purge, {"files": len(gone), "previews": of_previews})
    purges.forget_blobs(tx, purge, [*shared, *gone])


async def _remove_traces(places: Places, ready: Sequence[PurgeRow]) -> None:
    """Part files, the search index, backups from before the deletion, and the purges' own memory of hashes."""
    if not ready:
        return
    await asyncio.to_thread(places.blobs.sweep_parts)
    await asyncio.to_thread(_remove_backups, places.paths)
    await places.library.write(search.rebuild)

    def forget(tx: Transaction) -> None:
        for purge in ready:
            purges.forget_items(tx, purge.key)
            purges.advance(tx, purge, PurgeState.FORGOTTEN)

    await places.library.write(forget)


async def _rewrite_and_truncate(places: Places, patience_s: float) -> None:
    await places.library.rewrite()
    await asyncio.to_thread(places.previews.rewrite)

    async def library_log_is_empty() -> bool:
        return await places.library.truncate_wal()

    async def previews_log_is_empty() -> bool:
        return await asyncio.to_thread(places.previews.truncate_wal)

    await _until(library_log_is_empty, patience_s)
    await _until(previews_log_is_empty, patience_s)


def _finish_all(tx: Transaction, purge_ids: Sequence[str]) -> tuple[ReceiptRow, ...]:
    proven = purges.of_ids(tx.connection, purge_ids)
    return tuple(
        purges.finish(tx, purge)
        for purge in proven
        if purge.state is PurgeState.FORGOTTEN and not remote_traces.has_any(tx.connection, purge.key)
    )


def _remove_backups(paths: Paths) -> None:
    if not paths.backups.is_dir():
        return
    with library_errors():
        for backup in paths.backups.iterdir():
            remove_file(backup)
        sync_folder(paths.backups)


async def _until(done: Callable[[], Awaitable[bool]], patience_s: float) -> None:
    deadline = time.monotonic() + patience_s
    pause_s = FIRST_PAUSE_S
    while not await done():
        if time.monotonic() >= deadline:
            raise locked()
        await asyncio.sleep(pause_s)
        pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
