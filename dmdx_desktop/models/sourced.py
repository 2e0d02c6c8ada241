"""A value together with who said it and how sure they were. Pure; any process and thread."""

from enum import StrEnum
from typing import Final, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

T = TypeVar("T")

MAX_NOTE_CHARACTERS: Final = 120


class Source(StrEnum):
    """Who said a value: a vision model, the user, a file name, this program's own measurement, or the user's list."""

    VISION = "vision"
    USER = "user"
    FILENAME = "filename"
    MEASURED = "measured"
    CSV = "csv"

    @property
    def is_person(self) -> bool:
        """Whether a person said it, in the window or in a list of theirs, and nothing had to be guessed."""
        return self in (Source.USER, Source.CSV)


_WITNESSES: Final = (Source.MEASURED, Source.FILENAME, Source.VISION, Source.CSV, Source.USER)
"""From the weakest witness to the strongest, for statements that are equally sure."""

_MOST_OF_MEASURED: Final = 0.89
"""However sure a measurement is, a plain word in a file name or of a vision model counts for more than it."""


class Sourced(BaseModel, Generic[T]):
    """One fact: its value, how sure its source was (0 to 1), and the source.

    A fact nobody stated has the value ``unknown`` (None for numbers, empty for text), confidence 0, and the source
    ``measured`` for want of one: any other is stronger. ``note`` holds the source's own word where the value is
    ``other``; it is left out of JSON where it is empty.
    """

    model_config = ConfigDict(frozen=True)

    value: T
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)
    source: Source = Source.MEASURED
    note: str = Field(default="", max_length=MAX_NOTE_CHARACTERS)

    @property
    def is_known(self) -> bool:
        """Whether the value says anything."""
        return self.value is not None and self.value not in ("", "unknown")

    @model_serializer(mode="wrap")
    def _without_empty_note(self, serialise: SerializerFunctionWrapHandler) -> dict[str, object]:
        fields: dict[str, object] = serialise(self)
        if not self.note:
            fields.pop("note", None)
        return fields


def unstated(value: T) -> Sourced[T]:
    """The fact that nobody stated; ``value`` is the ``unknown`` of its kind."""
    return Sourced[T](value=value, confidence=0.0)


def said_by_user(value: T, note: str = "") -> Sourced[T]:
    """The fact as the user states it: certain, and from then on theirs alone to change."""
    return Sourced[T](value=value, confidence=1.0, source=Source.USER, note=note)


def stronger(current: Sourced[T], incoming: Sourced[T]) -> Sourced[T]:
    """Which of two statements of the same fact holds.

    The user's holds against everyone's, and their latest against their earlier ones; next comes their list. Between
    readings the surer one holds, where no measurement counts as surer than a plain word; then the better witness, then
    the value that sorts last: an order without ties, so that the result does not depend on which reading ended first.
    """
    if incoming.source is Source.USER:
        return incoming
    if current.source is Source.USER:
        return current
    return max(current, incoming, key=_strength)


def _strength(fact: Sourced[T]) -> tuple[bool, bool, float, int, float, str, str]:
    """How much weight a statement that is not the user's has; larger holds."""
    return (
        fact.is_known,
        fact.source.is_person,
        min(fact.confidence, _MOST_OF_MEASURED) if fact.source is Source.MEASURED else fact.confidence,
        _WITNESSES.index(fact.source),
        fact.confidence,
        str(fact.value),
        fact.note,
    )
