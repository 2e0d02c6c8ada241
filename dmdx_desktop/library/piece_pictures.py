"""The pictures of pieces and what a person said of each piece: what is needed to regroup them, and to take that back.

Any process; on reader threads.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dmdx_desktop.library import jobs, references
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.models.gestures import DescribePiece, StatedStone
from dmdx_desktop.models.ids import JobId, ReferenceId
from dmdx_desktop.models.piece import Piece, Stone
from dmdx_desktop.models.sourced import Source, Sourced

_OF_A_PERSON = (Source.USER, Source.CSV)


@dataclass(frozen=True, slots=True)
class PicturesOfPiece:
    """One piece before it is regrouped."""

    key: int
    id: JobId
    title: str
    pictures: tuple[ReferenceId, ...]
    paths: tuple[str, ...]
    """From where each picture was added."""
    facts: dict[str, str]
    """What a person said of it."""
    stones: tuple[StatedStone, ...] | None
    """The stones where a person changed them."""

    def describe(self, job: JobId) -> DescribePiece:
        """Say the same of the piece ``job``."""
        return DescribePiece(job=job, title=self.title, facts=self.facts, stones=self.stones)


def pictures_of(connection: Connection, keys: Sequence[int]) -> list[PicturesOfPiece]:
    """These pieces in the order of ``keys``; those that are gone left out."""
    found = {row.key: row for row in jobs.of_keys(connection, keys) if row.deleted_at is None}
    pieces = []
    for row in (found[key] for key in keys if key in found):
        piece = Piece.model_validate_json(row.piece)
        pictures = references.of_job(connection, row.key)
        pieces.append(
            PicturesOfPiece(
                row.key,
                JobId(row.id),
                row.title,
                tuple(one.id for one in pictures),
                tuple(one.source_path for one in pictures),
                {name: _text(fact) for name in Piece.model_fields if _is_said(fact := getattr(piece, name))},
                tuple(_stated(stone) for stone in piece.stones) if piece.user_owns_stones else None,
            )
        )
    return pieces


def pictures_of_keys(connection: Connection, keys: Sequence[int]) -> list[tuple[ReferenceId, int]]:
    """The id and the piece of each of these pictures; those that are gone left out."""
    found = []
    for key in keys:
        row = connection.execute("SELECT id, job_key FROM reference WHERE key = ?", (key,)).fetchone()
        if row is not None:
            found.append((ReferenceId(row[0]), int(row[1])))
    return found


def _is_said(fact: object) -> bool:
    return isinstance(fact, Sourced) and fact.source in _OF_A_PERSON


def _stated(stone: Stone) -> StatedStone:
    facts = {name: getattr(stone, name) for name in Stone.model_fields}
    return StatedStone(
        facts={
            name: _text(fact) for name, fact in facts.items() if isinstance(fact, Sourced) and fact.value is not None
        }
    )


def _text(fact: object) -> str:
    value = getattr(fact, "value", None)
    return "" if value is None else str(value)
