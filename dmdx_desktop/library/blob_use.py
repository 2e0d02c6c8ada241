"""Which rows use which blobs, and removing those that none does: on the writer thread, where rows are written."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Final

from dmdx_desktop.library.blobs import BlobStore
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.database import Library
from dmdx_desktop.library.previews import PreviewStore
from dmdx_desktop.library.writer import Transaction

REMOVED_AT_ONCE: Final = 8
"""Blobs removed by one work of the writer: each may wait for the disk."""

USES: Final = (
    "SELECT 1 FROM reference WHERE sha256 = ?",
    "SELECT 1 FROM reference WHERE clean_sha256 = ?",
    "SELECT 1 FROM output WHERE sha256 = ?",
    "SELECT 1 FROM withdrawn WHERE sha256 = ?",
)


def is_used(connection: Connection, sha256: str) -> bool:
    """Whether any row needs the blob with this hash."""
    return any(connection.execute(query, (sha256,)).fetchone() is not None for query in USES)


def used_hashes(connection: Connection) -> set[str]:
    """The hashes of all blobs that rows need."""
    cursor = connection.execute(
        "SELECT sha256 FROM reference UNION SELECT clean_sha256 FROM reference WHERE clean_sha256 IS NOT NULL"
        " UNION SELECT sha256 FROM output UNION SELECT sha256 FROM withdrawn"
    )
    return {sha256 for (sha256,) in cursor}


def required_hashes(connection: Connection) -> set[str]:
    """Like :func:`used_hashes`, without the originals of references that were given up and may be gone."""
    cursor = connection.execute(
        "SELECT sha256 FROM reference WHERE state <> 'unreadable'"
        " UNION SELECT clean_sha256 FROM reference WHERE clean_sha256 IS NOT NULL"
        " UNION SELECT sha256 FROM output UNION SELECT sha256 FROM withdrawn"
    )
    return {sha256 for (sha256,) in cursor}


def remove_unused(
    tx: Transaction, blobs: BlobStore, previews: PreviewStore, sha256s: Collection[str]
) -> tuple[int, int]:
    """Remove those of the blobs, with their previews, that no row uses; returns how many of each there were.

    As part of a work of the writer no row for one of them can appear between the question and the removal; where one
    is about to be written (``protected``) the blob stays.
    """
    unused = [it for it in sha256s if not (is_used(tx.connection, it) or blobs.is_protected(it))]
    # The blob last: only by it would the next start know, were this core killed in between, that there are previews.
    of_previews = previews.remove(unused)
    return blobs.remove(unused), of_previews


async def discard(library: Library, blobs: BlobStore, previews: PreviewStore, sha256s: Sequence[str]) -> int:
    """Remove files that no row uses, such as those whose rows could not be written because their job was deleted.

    Call it while the part file they came from is not abandoned yet, so that a deletion under way waits for it.
    Returns how many there were.
    """
    removed = 0
    for start in range(0, len(sha256s), REMOVED_AT_ONCE):
        few = sha256s[start : start + REMOVED_AT_ONCE]
        files, _ = await library.write(partial(remove_unused, blobs=blobs, previews=previews, sha256s=few))
        removed += files
    return removed
