"""The user's own small changes: stars, flags, facts of a piece, what shall not be made. Core process, writer thread.

Each is one short transaction in the lane of commands, ahead of bulk work. Carrying one out twice changes nothing more,
so a window may send it again to a core that was started anew.
"""

from functools import partial
from typing import Final

from pydantic import JsonValue, TypeAdapter, ValidationError

from dmdx_desktop.errors import UsageError
from dmdx_desktop.library import jobs, outputs, renders
from dmdx_desktop.library.database import Connection, Lane, Library, Transaction
from dmdx_desktop.models.commands import CancelRenders, DescribePiece, MarkImages
from dmdx_desktop.models.outcome import ExitCode, Outcome
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.render_state import RenderEvent, RenderState, advance
from dmdx_desktop.models.sourced import said_by_user
from dmdx_desktop.workers.documents import unknown_target

Edit = MarkImages | DescribePiece | CancelRenders

_WAITING: Final = (RenderState.PLANNED,)
_AT_ONCE: Final = 200


async def carry_out(library: Library, edit: Edit) -> Outcome:
    """Make the change durable. Raises ``UsageError`` for what cannot be said of a piece."""
    match edit:
        case MarkImages():
            return await library.write(lambda tx: _mark(tx, edit), lane=Lane.COMMAND)
        case DescribePiece():
            return await library.write(lambda tx: _describe(tx, edit), lane=Lane.COMMAND)
        case CancelRenders():
            return await _cancel(library, edit)


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
    return _answer(missing)


def _describe(tx: Transaction, edit: DescribePiece) -> Outcome:
    job = jobs.by_id(tx.connection, edit.job)
    if job is None:
        return _answer([unknown_target(edit.job, "piece")])
    if edit.title is not None and edit.title != job.title:
        jobs.set_title(tx, job.key, edit.title)
    if edit.facts:
        piece = stated(Piece.model_validate_json(job.piece), edit.facts)
        jobs.set_piece(tx, job.key, piece.model_dump_json())
    return _answer([])


def stated(piece: Piece, facts: dict[str, str]) -> Piece:
    """``piece`` with single facts as the user states them. Raises ``UsageError`` for a fact or value there is not."""
    said = {}
    for name, value in facts.items():
        field = Piece.model_fields.get(name)
        if field is None or name in {"stones", "stones_edited", "warnings"}:
            raise _no_such_fact()
        said[name] = said_by_user(value).model_dump(mode="json")
    try:
        return _PIECE.validate_python({**piece.model_dump(mode="json"), **said})
    except ValidationError as error:
        raise _no_such_fact() from error


async def _cancel(library: Library, edit: CancelRenders) -> Outcome:
    """Some at a time, so that no transaction is long; each takes the oldest that still wait."""
    chosen = None if edit.everything else await library.read(lambda connection: _keys_of(connection, edit))
    after, cancelled = 0, 0
    while True:
        last, number = await library.write(partial(_cancel_some, chosen=chosen, after=after), lane=Lane.COMMAND)
        cancelled += number
        if last is None:
            return Outcome(ExitCode.WELL, {"cancelled": cancelled, "problems": []})
        after = last


def _keys_of(connection: Connection, edit: CancelRenders) -> frozenset[int]:
    rows = (jobs.by_id(connection, job) for job in edit.jobs)
    return frozenset(row.key for row in rows if row is not None)


def _cancel_some(tx: Transaction, *, chosen: frozenset[int] | None, after: int) -> tuple[int | None, int]:
    rows = renders.in_states(tx.connection, _WAITING, after_key=after, limit=_AT_ONCE)
    mine = [row for row in rows if chosen is None or row.job_key in chosen]
    for row in mine:
        renders.store_facts(tx, row.key, advance(row.facts, RenderEvent.CANCEL))
    return (rows[-1].key if rows else None), len(mine)


def _answer(problems: list[dict[str, JsonValue]]) -> Outcome:
    listed: list[JsonValue] = [*problems]
    return Outcome(ExitCode.SOME_FAILED if problems else ExitCode.WELL, {"problems": listed})


def _no_such_fact() -> UsageError:
    return UsageError(
        "no_such_fact",
        "This cannot be said of a piece.",
        "The value is not one of those there are.",
        "Choose one of the list.",
    )


_PIECE: Final[TypeAdapter[Piece]] = TypeAdapter(Piece)
