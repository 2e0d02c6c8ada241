"""Uploads in parts: what a later start must know to go on with them. Writer thread; reads anywhere.

A row is written when an upload begins and deleted when its object is verified; it goes with its piece.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import columns_of, found, one_row
from dmdx_desktop.library.writer import Transaction
from dmdx_desktop.models.ids import now_ms


@dataclass(frozen=True, slots=True)
class UploadRow:
    """One upload to ``object``, a key of the bucket ``origin``; ``etags`` is JSON by the number of the part."""

    key: int
    job_key: int
    origin: str
    object: str
    upload_id: str
    bytes: int
    part_bytes: int
    etags: str
    created_at: int

    @property
    def parts(self) -> Mapping[int, str]:
        """The ETags of parts that have arrived, by number."""
        return {int(number): str(etag) for number, etag in json.loads(self.etags).items()}


SELECT: Final = f"SELECT {columns_of(UploadRow)} FROM upload"
_THIS: Final = "job_key = ? AND origin = ? AND object = ?"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an upload belongs: a piece, a bucket, and the key of the object."""

    job_key: int
    origin: str
    object: str

    @property
    def values(self) -> tuple[int, str, str]:
        """What a statement looks for."""
        return self.job_key, self.origin, self.object


def find(connection: Connection, place: Place) -> UploadRow | None:
    """The unfinished upload to this place."""
    return one_row(UploadRow, connection.execute(f"{SELECT} WHERE {_THIS}", place.values))


def begin(tx: Transaction, place: Place, upload_id: str, size: int, part_bytes: int) -> None:
    """An upload has begun; another one to the same place is forgotten. Raises ``UsageError``: not_found, no piece."""
    piece = tx.execute("SELECT 1 FROM job WHERE key = ?", (place.job_key,)).fetchone()
    found(piece, "piece")
    tx.execute(f"DELETE FROM upload WHERE {_THIS}", place.values)
    tx.execute(
        "INSERT INTO upload (job_key, origin, object, upload_id, bytes, part_bytes, etags, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, '{}', ?)",
        (*place.values, upload_id, size, part_bytes, now_ms()),
    )


def keep_part(tx: Transaction, place: Place, upload_id: str, number: int, etag: str) -> None:
    """A part has arrived."""
    tx.execute(
        f"UPDATE upload SET etags = json_set(etags, ?, ?) WHERE {_THIS} AND upload_id = ?",
        (f'$."{number}"', etag, *place.values, upload_id),
    )


def forget(tx: Transaction, place: Place, upload_id: str) -> None:
    """The upload is whole, or is not known to the bucket any more."""
    tx.execute(f"DELETE FROM upload WHERE {_THIS} AND upload_id = ?", (*place.values, upload_id))
