"""What the user says of pieces, and takes back. Core process, writer thread.

Each is one short transaction in the lane of commands, ahead of bulk work. Carrying one out twice changes nothing more.
"""

from collections.abc import Callable
from functools import partial

from pydantic import JsonValue

from dmdx_desktop.library import jobs
from dmdx_desktop.library.database import Lane, Library, Transaction
from dmdx_desktop.models.describing import as_before, described
from dmdx_desktop.models.gestures import DescribePiece, DescribePieces, TakeBackDescription
from dmdx_desktop.models.ids import JobId
from dmdx_desktop.models.outcome import Outcome
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.workers.documents import unknown_target
from dmdx_desktop.workers.edits import answer

Description = DescribePiece | DescribePieces | TakeBackDescription
Problems = list[dict[str, JsonValue]]


async def carry_out(library: Library, description: Description) -> Outcome:
    """Make it durable. Raises ``UsageError`` for what cannot be said of a piece; nothing is said then."""

    def work(tx: Transaction) -> Outcome:
        problems: Problems = []
        match description:
            case DescribePiece() as one:
                said = partial(described, facts=one.facts, withdrawn=one.withdrawn, stones=one.stones)
                problems += _change(tx, one.job, one.title, said)
            case DescribePieces() as many:
                said = partial(described, facts=many.facts, withdrawn=many.withdrawn, stones=None)
                for job in many.jobs:
                    problems += _change(tx, job, None, said)
            case TakeBackDescription() as back:
                for former in back.pieces:
                    problems += _change(tx, former.job, former.title, partial(as_before, former=former.facts))
        return answer(problems)

    return await library.write(work, lane=Lane.COMMAND)


def _change(tx: Transaction, job_id: JobId, title: str | None, change: Callable[[Piece], Piece]) -> Problems:
    """Change one piece; the problem of one that is not there any more."""
    job = jobs.by_id(tx.connection, job_id)
    if job is None:
        return [unknown_target(job_id, "piece")]
    if title is not None and title != job.title:
        jobs.set_title(tx, job.key, title)
    before = Piece.model_validate_json(job.piece)
    after = change(before)
    if after != before:
        jobs.set_piece(tx, job.key, after.model_dump_json())
    return []
