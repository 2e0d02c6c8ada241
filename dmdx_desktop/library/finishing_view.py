"""Deletions on their way: what still has to go, and the proof of what is gone. Any process; on readers."""

from dataclasses import dataclass
from typing import Final

from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.purges import SELECT_RECEIPT, PurgeState, ReceiptRow
from dmdx_desktop.library.rows import every_row
from dmdx_desktop.models.gestures import UNDO_MS

MOST_FINISHING: Final = 20
MOST_PROVEN: Final = 5


@dataclass(frozen=True, slots=True)
class FinishingRow:
    """One deletion that is not proven complete."""

    id: str
    state: PurgeState
    planned_at: int
    """In UTC epoch milliseconds; from then on the time to take it back is counted."""
    title: str
    """Of the piece; empty once its rows are gone, and where only images go."""
    images: int
    """Images that go while their piece stays, as long as they are known; 0 for a piece."""
    files: int
    """Files that are still to be removed."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", PurgeState(self.state))

    @property
    def is_of_images(self) -> bool:
        """Whether the piece stays."""
        return self.images > 0


def finishing(connection: Connection) -> tuple[FinishingRow, ...]:
    """Deletions that are planned or being carried out, oldest first."""
    cursor = connection.execute(
        "SELECT purge.id, purge.state, max(purge.created_at, purge.held_until - ?), coalesce(job.title, ''),"
        " (SELECT count(*) FROM withdrawn WHERE purge_key = purge.key),"
        " (SELECT count(*) FROM purge_item WHERE purge_key = purge.key AND kind = 'blob')"
        " FROM purge LEFT JOIN job ON job.id = purge.job_id ORDER BY purge.key LIMIT ?",
        (UNDO_MS, MOST_FINISHING),
    )
    return every_row(FinishingRow, cursor)


def proven_since(connection: Connection, since: int) -> tuple[ReceiptRow, ...]:
    """The receipts of deletions that came to their end after ``since``, newest first."""
    return every_row(
        ReceiptRow,
        connection.execute(f"{SELECT_RECEIPT} WHERE finished_at > ? ORDER BY key DESC LIMIT ?", (since, MOST_PROVEN)),
    )
