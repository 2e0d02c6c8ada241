"""The user's own small changes: stars, flags, facts of a piece, recipes, collections. Core process, writer thread.

Each is one short transaction in the lane of commands, ahead of bulk work. Carrying one out twice changes nothing more,
so a window may send it again to a core that was started anew.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from pydantic import BaseModel, JsonValue, ValidationError

from dmdx_desktop.errors import UsageError
from dmdx_desktop.library import collections, jobs, outputs, recipes
from dmdx_desktop.library.database import Lane, Library, Transaction
from dmdx_desktop.models.gestures import ChangeCollection, DescribePiece, KeepRecipe, MarkImages, StatedStone
from dmdx_desktop.models.outcome import ExitCode, Outcome
from dmdx_desktop.models.piece import Piece, Stone
from dmdx_desktop.models.sourced import said_by_user
from dmdx_desktop.workers.documents import unknown_target

Edit = MarkImages | DescribePiece | KeepRecipe | ChangeCollection

_NOT_FACTS: Final = frozenset({"stones", "stones_edited", "warnings"})
_NOT_FACTS_OF_STONES: Final = frozenset({"places"})
_NUMBERS: Final = frozenset({"count", "size_mm", "pieces"})


async def carry_out(library: Library, edit: Edit) -> Outcome:
    """Make the change durable. Raises ``UsageError`` for what cannot be said of a piece, and for a name taken."""

    def work(tx: Transaction) -> Outcome:
        match edit:
            case MarkImages():
                return _mark(tx, edit)
            case DescribePiece():
                return _describe(tx, edit)
            case KeepRecipe():
                return _keep(tx, edit)
            case ChangeCollection():
                return _change_collection(tx, edit)

    return await library.write(work, lane=Lane.COMMAND)


def answer(problems: Sequence[dict[str, JsonValue]]) -> Outcome:
    """The outcome of a change that was made, as far as it could be."""
    listed: list[JsonValue] = [*problems]
    return Outcome(ExitCode.SOME_FAILED if problems else ExitCode.WELL, {"problems": listed})


def _mark(tx: Transaction, edit: MarkImages) -> Outcome:
    missing = []
    for output_id in edit.outputs:
        row = outputs.by_id(tx.connection, output_id)
        if row is None:
            missing.append(unknown_target(output_id, "image"))
            continue
        if edit.rating is not None and edit.rating != row.rating:
            outputs.set_rating(tx, row.key, edit.rating)
        if edit.flag is not None and edit.flag != row.flag:
            outputs.set_flag(tx, row.key, outputs.Flag(edit.flag))
        if edit.checks:
            outputs.set_checks(tx, row.key, {item.value: ticked for item, ticked in edit.checks.items()})
    return answer(missing)


def _describe(tx: Transaction, edit: DescribePiece) -> Outcome:
    job = jobs.by_id(tx.connection, edit.job)
    if job is None:
        return answer([unknown_target(edit.job, "piece")])
    if edit.title is not None and edit.title != job.title:
        jobs.set_title(tx, job.key, edit.title)
    if edit.facts or edit.withdrawn or edit.stones is not None:
        piece = stated(Piece.model_validate_json(job.piece), edit.facts)
        piece = _without(piece, edit.withdrawn)
        if edit.stones is not None:
            piece = with_stones(piece, edit.stones)
        jobs.set_piece(tx, job.key, piece.model_dump_json())
    return answer([])


def stated(piece: Piece, facts: Mapping[str, str]) -> Piece:
    """``piece`` with single facts as the user states them. Raises ``UsageError`` for a fact or value there is not."""
    return _with(piece, _said(Piece, facts, _NOT_FACTS))


def with_stones(piece: Piece, stones: Sequence[StatedStone]) -> Piece:
    """``piece`` with the list of stones as the user states it; what is not said of a group stays as it was read.

    Raises ``UsageError``.
    """
    groups: list[object] = []
    for stone in stones:
        if stone.was is not None and stone.was >= len(piece.stones):
            raise _no_such_fact()
        before = Stone() if stone.was is None else piece.stones[stone.was]
        groups.append({**before.model_dump(mode="json"), **_said(Stone, stone.facts, _NOT_FACTS_OF_STONES)})
    return _with(piece, {"stones": groups, "stones_edited": True})


def _said(of: type[BaseModel], facts: Mapping[str, str], but: frozenset[str]) -> dict[str, object]:
    said: dict[str, object] = {}
    for name, value in facts.items():
        if name not in of.model_fields or name in but:
            raise _no_such_fact()
        said[name] = said_by_user(None if name in _NUMBERS and not value else value).model_dump(mode="json")
    return said


def _without(piece: Piece, names: Sequence[str]) -> Piece:
    """``piece`` of which the user says that these facts are not known: no reading brings them back."""
    fields = Piece.model_fields
    if any(name not in fields or name in _NOT_FACTS for name in names):
        raise _no_such_fact()
    unknown = {name: said_by_user(fields[name].default.value).model_dump(mode="json") for name in names}
    return _with(piece, unknown) if unknown else piece


def _keep(tx: Transaction, edit: KeepRecipe) -> Outcome:
    if edit.recipe is None:
        recipes.forget(tx, edit.name)
    else:
        recipes.keep(tx, edit.name, edit.recipe.model_dump_json())
    return answer([])


def _change_collection(tx: Transaction, edit: ChangeCollection) -> Outcome:
    if edit.forget:
        key = collections.find(tx.connection, edit.name)
        if key is not None:
            collections.forget(tx, key)
        return answer([])
    key = collections.ensure(tx, edit.name)
    collections.add(tx, key, _output_keys(tx, edit.add))
    collections.remove(tx, key, _output_keys(tx, edit.remove))
    if edit.new_name is not None:
        collections.rename(tx, key, edit.new_name)
    return answer([])


def _output_keys(tx: Transaction, ids: Sequence[str]) -> list[int]:
    rows = tx.execute(
        "SELECT output.key FROM json_each(?) AS wanted JOIN output ON output.id = wanted.value", (json.dumps(ids),)
    )
    return [key for (key,) in rows.fetchall()]


def _no_such_fact() -> UsageError:
    return UsageError(
        "no_such_fact",
        "This cannot be said of a piece.",
        "The value is not one of those there are.",
        "Choose one of the list.",
    )


def _with(piece: Piece, said: Mapping[str, object]) -> Piece:
    """``piece`` with something said in place of what it has."""
    try:
        return Piece.model_validate({**piece.model_dump(mode="json"), **said})
    except ValidationError as error:
        raise _no_such_fact() from error
