"""A piece with something said of it by its user: facts stated and withdrawn, stones, and all of that taken back.

Pure; any process and thread. The window says it to show it at once, the core to keep it.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from pydantic import BaseModel, JsonValue, ValidationError

from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.gestures import StatedStone
from dmdx_desktop.models.piece import Piece, Stone
from dmdx_desktop.models.sourced import said_by_user

STONES: Final = ("stones", "stones_edited")
"""What belongs to the list of stones: it is stated, and taken back, as a whole."""
_NOT_FACTS: Final = frozenset({*STONES, "warnings"})
_NOT_FACTS_OF_STONES: Final = frozenset({"places"})
_NUMBERS: Final = frozenset({"count", "size_mm", "pieces", "prongs"})


def stated(piece: Piece, facts: Mapping[str, str]) -> Piece:
    """``piece`` with single facts as the user states them. Raises ``UsageError`` for a fact or value there is not."""
    return _with(piece, _said(Piece, facts, _NOT_FACTS))


def without(piece: Piece, names: Sequence[str]) -> Piece:
    """``piece`` of which the user says that these facts are not known: no reading brings them back.

    Raises ``UsageError``.
    """
    fields = Piece.model_fields
    if any(name not in fields or name in _NOT_FACTS for name in names):
        raise no_such_fact()
    unknown = {name: said_by_user(fields[name].default.value).model_dump(mode="json") for name in names}
    return _with(piece, unknown) if unknown else piece


def with_stones(piece: Piece, stones: Sequence[StatedStone]) -> Piece:
    """``piece`` with the list of stones as the user states it; what is not said of a group stays as it was read.

    Raises ``UsageError``.
    """
    groups: list[object] = []
    for stone in stones:
        if stone.was is not None and stone.was >= len(piece.stones):
            raise no_such_fact()
        before = Stone() if stone.was is None else piece.stones[stone.was]
        groups.append({**before.model_dump(mode="json"), **_said(Stone, stone.facts, _NOT_FACTS_OF_STONES)})
    return _with(piece, {"stones": groups, "stones_edited": True})


def described(
    piece: Piece, facts: Mapping[str, str], withdrawn: Sequence[str], stones: Sequence[StatedStone] | None
) -> Piece:
    """All of these said of ``piece``. Raises ``UsageError``."""
    said = without(stated(piece, facts), withdrawn)
    return said if stones is None else with_stones(said, stones)


def former_facts(piece: Piece, names: Sequence[str]) -> dict[str, JsonValue]:
    """What ``piece`` has under these names of ``Piece``, with source and confidence, for :func:`as_before`."""
    return piece.model_dump(mode="json", include=set(names))


def as_before(piece: Piece, former: Mapping[str, JsonValue]) -> Piece:
    """``piece`` with facts as they were, whoever said them then. Raises ``UsageError``."""
    if any(name not in Piece.model_fields for name in former):
        raise no_such_fact()
    return _with(piece, former)


def no_such_fact() -> UsageError:
    """What is raised for something that cannot be said of a piece."""
    return UsageError(
        "no_such_fact",
        "This cannot be said of a piece.",
        "The value is not one of those there are.",
        "Choose one of the list.",
    )


def _said(of: type[BaseModel], facts: Mapping[str, str], but: frozenset[str]) -> dict[str, object]:
    said: dict[str, object] = {}
    for name, value in facts.items():
        if name not in of.model_fields or name in but:
            raise no_such_fact()
        said[name] = said_by_user(None if name in _NUMBERS and not value else value).model_dump(mode="json")
    return said


def _with(piece: Piece, said: Mapping[str, object]) -> Piece:
    """``piece`` with something said in place of what it has."""
    try:
        return Piece.model_validate({**piece.model_dump(mode="json"), **said})
    except ValidationError as error:
        raise no_such_fact() from error
