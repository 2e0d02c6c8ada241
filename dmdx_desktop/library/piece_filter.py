"""Which pieces the studio lists, besides the words that are searched. Any process; reader threads."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dmdx_desktop.library.renders import NOT_FINAL


class PieceCondition(StrEnum):
    """What a piece is waiting for, or has."""

    IDENTIFYING = "identifying"
    TO_CHECK = "to_check"
    READY = "ready"
    UNDER_WAY = "under_way"
    WITH_IMAGES = "with_images"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PieceFilter:
    """None lets everything through."""

    condition: PieceCondition | None = None
    type: str | None = None
    metal: str | None = None
    group: str | None = None
    """The folder, as its heading names it."""

    @property
    def is_active(self) -> bool:
        """Whether anything is kept back."""
        return (self.condition, self.type, self.metal, self.group) != (None, None, None, None)


_READING: Final = (
    "EXISTS (SELECT 1 FROM task JOIN reference ON reference.key = subject_key AND subject_table = 'reference'"
    " WHERE reference.job_key = job.key AND kind IN ('prepare', 'analyse') AND crashes < 2)"
)
_IMAGES: Final = "EXISTS (SELECT 1 FROM output WHERE output.job_key = job.key)"
_WAITING: Final = f"EXISTS (SELECT 1 FROM render WHERE render.job_key = job.key AND {NOT_FINAL})"
_FAILED: Final = (
    "(EXISTS (SELECT 1 FROM reference WHERE reference.job_key = job.key AND state = 'unreadable') OR 'failed' ="
    " (SELECT state FROM render WHERE render.job_key = job.key ORDER BY render.key DESC LIMIT 1))"
)
_CHECKED: Final = ("type", "metal", "finish", "setting")
_CHECKS: Final = " OR ".join(
    [
        *(
            f"(coalesce(piece ->> '$.{name}.value', '') NOT IN ('', 'unknown')"
            f" AND coalesce(piece ->> '$.{name}.source', '') <> 'user'"
            f" AND coalesce(piece ->> '$.{name}.confidence', 1.0) < :sure)"
            for name in _CHECKED
        ),
        "EXISTS (SELECT 1 FROM json_each(piece, '$.stones') AS stone"
        " WHERE coalesce(stone.value ->> '$.colour.value', '') NOT IN ('', 'unknown')"
        " AND coalesce(stone.value ->> '$.colour.source', '') <> 'user'"
        " AND coalesce(stone.value ->> '$.colour.confidence', 1.0) < :sure)",
    ]
)
_CONDITIONS: Final = {
    PieceCondition.IDENTIFYING: _READING,
    PieceCondition.TO_CHECK: f"({_CHECKS})",
    PieceCondition.READY: f"NOT ({_CHECKS} OR {_READING} OR {_IMAGES} OR {_WAITING} OR coalesce({_FAILED}, 0))",
    PieceCondition.UNDER_WAY: _WAITING,
    PieceCondition.WITH_IMAGES: _IMAGES,
    PieceCondition.FAILED: _FAILED,
}


def where(chosen: PieceFilter, sure: float) -> tuple[str, dict[str, object]]:
    """The condition on rows of ``job`` and its values; a fact less sure than ``sure`` is one to check."""
    terms = ["deleted_at IS NULL"]
    values: dict[str, object] = {"sure": sure, "type": chosen.type, "metal": chosen.metal}
    if chosen.condition is not None:
        terms.append(_CONDITIONS[chosen.condition])
    terms += [f"piece ->> '$.{name}.value' = :{name}" for name in ("type", "metal") if values[name] is not None]
    return " AND ".join(terms), values
