"""What the window lists: the order of pieces and images as packed keys, and the few columns that a row shows.

Any process; on reader threads. An order is read whole, as one array of keys; rows are read by key as they come into
view, so that a library of a million images costs what is seen of it.
"""

import json
import os
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from dmdx_desktop.library import search
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.piece_filter import PieceFilter, where
from dmdx_desktop.library.renders import NOT_FINAL
from dmdx_desktop.library.rows import json_of_keys, placeholders

MOST_FOUND: Final = 100_000
CHECK_BELOW: Final = 0.75
"""A fact less sure than this asks the user for a look."""
_CHECKED_FACTS: Final = ("type", "metal", "finish", "setting")


@dataclass(frozen=True, slots=True)
class PieceOrder:
    """Every piece, newest first within its group; groups in the order of their newest piece."""

    keys: "array[int]"
    groups: tuple[tuple[str, int], ...]
    """Name of each group and how many pieces it has."""
    names: tuple[str, ...] = ()
    """Of every group there is, were none chosen."""


@dataclass(frozen=True, slots=True)
class PieceCard:
    """What the list of pieces shows of one."""

    key: int
    id: str
    title: str
    type: str
    sha256: str | None
    """Of its first reference; None where it has none yet."""
    checks: int
    """How many facts are less sure than they should be."""
    identifying: bool
    images: int
    waiting: int
    """Renders that are not at their end."""
    planned: int
    """Renders of the runs that still wait, done or not."""
    failed: bool


@dataclass(frozen=True, slots=True)
class ImageCard:
    """What the gallery shows of one image."""

    key: int
    id: str
    job_key: int
    title: str
    scene: str
    metal: str
    engine: str
    sha256: str
    width: int
    height: int
    rating: int
    flag: str
    created_at: int


def piece_order(connection: Connection, text: str = "", chosen: PieceFilter | None = None) -> PieceOrder:
    """The order of the pieces that ``chosen`` lets through and in which every word of ``text`` is found."""
    found = set(search.find(connection, text, limit=MOST_FOUND)) if text.strip() else None
    chosen = chosen or PieceFilter()
    condition, values = where(chosen, CHECK_BELOW)
    rows = connection.execute(
        "SELECT job.key, coalesce((SELECT source_path FROM reference WHERE job_key = job.key"
        f" ORDER BY position, key LIMIT 1), '') FROM job WHERE {condition} ORDER BY job.key DESC",
        values,
    )
    groups: dict[str, array[int]] = {}
    names: dict[str, str] = {}
    for key, path in rows:
        if found is None or key in found:
            folder = os.path.dirname(path)
            if folder not in names:
                names[folder] = _group_of(folder)
            groups.setdefault(names[folder], array("q")).append(key)
    shown = {name: members for name, members in groups.items() if chosen.group in (None, name)}
    keys: array[int] = array("q")
    for members in shown.values():
        keys.extend(members)
    return PieceOrder(keys, tuple((name, len(members)) for name, members in shown.items()), tuple(groups))


def piece_cards(connection: Connection, keys: Sequence[int]) -> list[PieceCard]:
    """The cards of these pieces, those that are gone left out."""
    rows = connection.execute(
        f"SELECT key, id, title, piece FROM job WHERE key IN ({placeholders(keys)}) AND deleted_at IS NULL", tuple(keys)
    ).fetchall()
    return [_piece_card(connection, *row) for row in rows]


def piece_ids(connection: Connection, keys: Sequence[int]) -> list[str]:
    """The public ids of these pieces, in their order; those that are gone left out."""
    rows = connection.execute(
        "SELECT job.id FROM json_each(?) AS wanted JOIN job ON job.key = wanted.value WHERE deleted_at IS NULL"
        " ORDER BY wanted.key",
        (json_of_keys(keys),),
    )
    return [job_id for (job_id,) in rows]


def image_cards(connection: Connection, keys: Sequence[int]) -> list[ImageCard]:
    """The cards of these images, those that are gone left out."""
    rows = connection.execute(
        "SELECT output.key, output.id, output.job_key, job.title, scene, metal, engine, sha256, width, height, rating,"
        " flag, output.created_at FROM output JOIN job ON job.key = output.job_key"
        f" WHERE output.key IN ({placeholders(keys)})",
        tuple(keys),
    )
    return [ImageCard(*row) for row in rows]


def image_ids(connection: Connection, keys: Sequence[int]) -> list[str]:
    """The public ids of these images, in their order; those that are gone left out."""
    rows = connection.execute(
        "SELECT output.id FROM json_each(?) AS wanted JOIN output ON output.key = wanted.value ORDER BY wanted.key",
        (json_of_keys(keys),),
    )
    return [output_id for (output_id,) in rows]


def images_of_piece(connection: Connection, job_key: int) -> "array[int]":
    """The images of one piece, newest first."""
    return array("q", (key for (key,) in connection.execute(
        "SELECT key FROM output WHERE job_key = ? ORDER BY key DESC", (job_key,)
    )))  # fmt: skip


def _group_of(folder: str) -> str:
    """Two folders say enough where a picture came from."""
    parts = PurePath(folder).parts
    return " / ".join(part for part in parts[-2:] if part not in {"/", "\\"})


def _piece_card(connection: Connection, key: int, job_id: str, title: str, piece: str) -> PieceCard:
    facts = json.loads(piece)
    reference = connection.execute(
        "SELECT sha256 FROM reference WHERE job_key = ? ORDER BY position, key LIMIT 1", (key,)
    ).fetchone()
    reading = connection.execute(
        "SELECT count(*) FROM task JOIN reference ON reference.key = subject_key AND subject_table = 'reference'"
        " WHERE reference.job_key = ? AND kind IN ('prepare', 'analyse') AND crashes < 2",
        (key,),
    ).fetchone()[0]
    images = connection.execute("SELECT count(*) FROM output WHERE job_key = ?", (key,)).fetchone()[0]
    waiting = connection.execute(f"SELECT count(*) FROM render WHERE job_key = ? AND {NOT_FINAL}", (key,)).fetchone()[0]
    planned = connection.execute(
        f"SELECT count(*) FROM render WHERE job_key = ? AND run_key IN (SELECT run_key FROM render WHERE job_key = ?"
        f" AND {NOT_FINAL})",
        (key, key),
    ).fetchone()[0]
    return PieceCard(
        key=key,
        id=job_id,
        title=title,
        type=str(facts.get("type", {}).get("value", "unknown")),
        sha256=reference[0] if reference else None,
        checks=doubts(facts),
        identifying=reading > 0,
        images=images,
        waiting=waiting,
        planned=planned,
        failed=_failed(connection, key),
    )


def doubts(facts: dict[str, object]) -> int:
    """Facts that were read and are not sure; what nobody stated asks for nothing."""
    stones = facts.get("stones", [])
    groups = [stone.get("colour", {}) for stone in stones] if isinstance(stones, list) else []
    read = [facts.get(name, {}) for name in _CHECKED_FACTS] + groups
    return sum(_is_doubtful(fact) for fact in read)


def _is_doubtful(fact: object) -> bool:
    if not isinstance(fact, dict) or fact.get("value") in (None, "", "unknown") or fact.get("source") == "user":
        return False
    return float(fact.get("confidence", 1.0)) < CHECK_BELOW


def _failed(connection: Connection, job_key: int) -> bool:
    """Whether its newest render failed, or a picture of it cannot be read."""
    newest = connection.execute(
        "SELECT state FROM render WHERE job_key = ? ORDER BY key DESC LIMIT 1", (job_key,)
    ).fetchone()
    unreadable = connection.execute(
        "SELECT count(*) FROM reference WHERE job_key = ? AND state = 'unreadable'", (job_key,)
    ).fetchone()[0]
    return bool(unreadable) or (newest is not None and newest[0] == "failed")
