"""What several selected pieces have in common, and where they differ. Any process; on reader threads.

Read in one question, whatever number of pieces is selected.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import JsonValue

from dmdx_desktop.library.catalogue import doubts
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.models.describing import STONES, former_facts
from dmdx_desktop.models.piece import Piece

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SelectedPieces:
    """What is known of several pieces together."""

    keys: tuple[int, ...] = ()
    """Those that are still there, in the order they were asked for."""
    ids: tuple[str, ...] = ()
    values: dict[str, Counter[str]] = field(default_factory=dict)
    """How many pieces have each value of a fact, by its name in ``Piece``; unknown ones are counted as such."""
    species: Counter[str] = field(default_factory=Counter)
    """How many pieces have stones of each kind."""
    without_stones: int = 0
    to_check: int = 0
    """Pieces with a fact that is less sure than it should be."""


@dataclass(frozen=True, slots=True)
class Former:
    """What one piece has before something is said of it."""

    id: str
    title: str
    facts: dict[str, JsonValue]


def selected_pieces(connection: Connection, keys: Sequence[int], names: Sequence[str]) -> SelectedPieces:
    """What these pieces have under these names; those that are gone are left out."""
    values: dict[str, Counter[str]] = {name: Counter() for name in names}
    species: Counter[str] = Counter()
    found: list[int] = []
    ids: list[str] = []
    bare = to_check = 0
    for key, job_id, _, piece in _rows(connection, keys):
        facts = json.loads(piece)
        found.append(key)
        ids.append(job_id)
        for name in names:
            value = facts.get(name, {}).get("value")
            values[name][UNKNOWN if value in (None, "") else str(value)] += 1
        seen = {str(stone.get("species", {}).get("value", UNKNOWN)) for stone in facts.get("stones", [])}
        species.update(seen)
        bare += not seen
        to_check += doubts(facts) > 0
    return SelectedPieces(tuple(found), tuple(ids), values, species, bare, to_check)


def former_descriptions(connection: Connection, keys: Sequence[int], names: Sequence[str]) -> list[Former]:
    """What these pieces have under these names, stones as a whole; those that are gone are left out."""
    wanted = {*names, *(STONES if STONES[0] in names else ())}
    return [
        Former(job_id, title, former_facts(Piece.model_validate_json(piece), tuple(wanted)))
        for _, job_id, title, piece in _rows(connection, keys)
    ]


def _rows(connection: Connection, keys: Sequence[int]) -> list[tuple[int, str, str, str]]:
    return connection.execute(
        "SELECT job.key, job.id, title, piece FROM json_each(?) AS wanted JOIN job ON job.key = wanted.value"
        " WHERE deleted_at IS NULL ORDER BY wanted.key",
        (json.dumps(list(keys)),),
    ).fetchall()
