"""Everything the window shows of one piece: description, pictures, problems. Any process; on reader threads."""

from dataclasses import dataclass

from dmdx_desktop.library import jobs, own_prompts, problems, references
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.models.own_prompt import OwnPrompt
from dmdx_desktop.models.piece import Piece, coherent
from dmdx_desktop.models.vocabulary import View


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """One picture of a piece as the user brought it."""

    key: int
    name: str
    sha256: str
    width: int
    height: int
    view: View
    ready: bool


@dataclass(frozen=True, slots=True)
class PieceView:
    """One piece."""

    key: int
    id: str
    title: str
    piece: Piece
    references: tuple[ReferenceView, ...]
    images: int
    identifying: bool
    problems: tuple[tuple[str, str], ...]
    """What is wrong with it, and what to do about that."""
    prompts: tuple[OwnPrompt, ...] = ()
    """Those that were written for it."""


def piece_view(connection: Connection, key: int) -> PieceView | None:
    """The piece of a key; None once it is gone or being deleted."""
    found = jobs.of_keys(connection, [key])
    if not found or found[0].deleted_at is not None:
        return None
    job = found[0]
    images = connection.execute("SELECT count(*) FROM output WHERE job_key = ?", (key,)).fetchone()[0]
    reading = connection.execute(
        "SELECT count(*) FROM task JOIN reference ON reference.key = subject_key AND subject_table = 'reference'"
        " WHERE reference.job_key = ? AND kind IN ('prepare', 'analyse') AND crashes < 2",
        (key,),
    ).fetchone()[0]
    return PieceView(
        key=key,
        id=job.id,
        title=job.title,
        piece=coherent(Piece.model_validate_json(job.piece)),
        references=tuple(
            ReferenceView(
                row.key, row.original_name, row.sha256, row.width, row.height, View(row.view), row.state == "ready"
            )
            for row in references.of_job(connection, key)
        ),
        images=images,
        identifying=reading > 0,
        problems=tuple((row.message, row.remedy) for row in problems.of_job(connection, key) if row.render_key is None),
        prompts=own_prompts.of_jobs(connection, [key]),
    )
