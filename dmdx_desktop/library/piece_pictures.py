"""The pictures of pieces and what a person said of each piece: what is needed to regroup them, and to take that back.

Any process; on reader threads.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dmdx_desktop.library import jobs, own_prompts, references
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.rows import json_of_keys
from dmdx_desktop.models.gestures import DescribePiece, FormerPiece, StatedStone
from dmdx_desktop.models.ids import JobId, ReferenceId
from dmdx_desktop.models.own_prompt import OwnPrompt
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
    facts: dict[str, str]
    """What a person said of it."""
    stones: tuple[StatedStone, ...] | None
    """The stones where a person changed them."""
    former: FormerPiece
    """How it is known."""
    prompts: tuple[OwnPrompt, ...]
    """Those that were written for it."""

    def describe(self, job: JobId) -> DescribePiece:
        """Say the same of the piece ``job``."""
        return DescribePiece(job=job, title=self.title, facts=self.facts, stones=self.stones)


def pictures_of(connection: Connection, keys: Sequence[int]) -> list[PicturesOfPiece]:
    """These pieces in the order of ``keys``; those that are gone left out."""
    found = {row.key: row for row in jobs.of_keys(connection, keys) if row.deleted_at is None}
    written: dict[str, list[OwnPrompt]] = {}
    for one in own_prompts.of_jobs(connection, tuple(found)):
        written.setdefault(one.job, []).append(one)
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
                {name: _text(fact) for name in Piece.model_fields if _is_said(fact := getattr(piece, name))},
                tuple(_stated(stone) for stone in piece.stones) if piece.user_owns_stones else None,
                FormerPiece(job=JobId(row.id), key=row.key, group_key=row.group_key),
                tuple(written.get(row.id, ())),
            )
        )
    return pieces


@dataclass(frozen=True, slots=True)
class MenuFacts:
    """What a menu needs to know of selected pieces."""

    ids: tuple[JobId, ...]
    keys: tuple[int, ...]
    pictures: int
    """Of the first of them."""
    path: str
    """From where the first picture of the first was added; empty where it has none."""


def menu_facts(connection: Connection, keys: Sequence[int]) -> MenuFacts:
    """Of all these pieces in one go, however many are selected; those that are gone left out."""
    rows = connection.execute(
        "SELECT job.id, job.key FROM json_each(?) AS wanted JOIN job ON job.key = wanted.value"
        " WHERE deleted_at IS NULL ORDER BY wanted.key",
        (json_of_keys(keys),),
    ).fetchall()
    first = references.of_job(connection, rows[0][1]) if rows else ()
    return MenuFacts(
        ids=tuple(JobId(job_id) for job_id, _ in rows),
        keys=tuple(key for _, key in rows),
        pictures=len(first),
        path=first[0].source_path if first else "",
    )


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
