"""Pictures of one piece become pictures of another, or a piece of their own, with what was made of them. Core process.

One transaction on the writer thread; carrying it out twice changes nothing more.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from dmdx_desktop.errors import UsageError
from dmdx_desktop.library import jobs, references, remote_traces, search
from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.database import Lane, Library, Transaction
from dmdx_desktop.library.jobs import JobRow
from dmdx_desktop.library.references import ReferenceRow
from dmdx_desktop.models.filenames import read_name
from dmdx_desktop.models.gestures import FormerPiece, MovePictures, ReplacePicture
from dmdx_desktop.models.ids import new_id
from dmdx_desktop.models.outcome import ExitCode, Outcome
from dmdx_desktop.models.piece import Piece, combine
from dmdx_desktop.models.sourced import Source
from dmdx_desktop.models.vocabulary import View
from dmdx_desktop.workers.edits import answer

LONGEST_TITLE: Final = 200
# Both pieces may have been in one run: their images of one choice are numbered on, as if they had been asked for so.
_MOVED_RENDER: Final = """
UPDATE render SET job_key = :job, n = coalesce((
    SELECT max(other.n) + 1 FROM render AS other WHERE other.job_key = :job AND other.run_key = render.run_key
    AND other.scene = render.scene AND other.metal = render.metal AND other.shot = render.shot
    AND other.shape = render.shape), n) WHERE key = :render
"""


async def carry_out(library: Library, command: MovePictures) -> Outcome:
    """Move the pictures; the document names the piece they are in now. Raises ``UsageError`` (not_found)."""
    return await library.write(lambda tx: _move(tx, command), lane=Lane.COMMAND)


async def replace(library: Library, command: ReplacePicture) -> Outcome:
    """Put a picture in the place of another; the document names their piece. Raises ``UsageError`` (not_found)."""
    return await library.write(lambda tx: _replace(tx, command), lane=Lane.COMMAND)


def _replace(tx: Transaction, command: ReplacePicture) -> Outcome:
    old, new = (references.by_id(tx.connection, one) for one in (command.picture, command.by))
    if old is None or new is None:
        raise UsageError("not_found", "There is no such picture.", "It was deleted meanwhile.", "Choose another.")
    target = jobs.get(tx.connection, old.job_key)
    if new.job_key != old.job_key:
        _move_one(tx, new, target)
        _settle(tx, new.job_key)
    place = next(one for one in references.of_job(tx.connection, target.key) if one.sha256 == new.sha256)
    if place.key != old.key:
        (last,) = tx.execute("SELECT max(position) + 1 FROM reference WHERE job_key = ?", (target.key,)).fetchone()
        tx.execute("UPDATE reference SET position = ? WHERE key = ?", (last, old.key))
        # Whoever asked for the piece from one side still does.
        view = old.view if place.view == View.UNKNOWN else place.view
        tx.execute("UPDATE reference SET position = ?, view = ? WHERE key = ?", (old.position, view, place.key))
        tx.execute(
            "UPDATE render SET reference_key = ? WHERE reference_key = ? AND state = 'failed'", (place.key, old.key)
        )
        tx.changed(Table.REFERENCE, old.key, place.key)
        _describe_anew(tx, target.key, _of_user(target.piece))
    return Outcome(ExitCode.WELL, {"job": target.id, "problems": []})


def _move(tx: Transaction, command: MovePictures) -> Outcome:
    found = (references.by_id(tx.connection, reference_id) for reference_id in dict.fromkeys(command.references))
    moving = [row for row in found if row is not None and jobs.get(tx.connection, row.job_key).deleted_at is None]
    if not moving:
        return answer([])
    target = _target(tx, command, moving)
    moving = [row for row in moving if row.job_key != target.key]
    sources = list(dict.fromkeys(row.job_key for row in moving))
    for row in moving:
        _move_one(tx, row, target)
    _describe_anew(tx, target.key, _of_user(target.piece))
    for key in sources:
        _settle(tx, key)
    return Outcome(ExitCode.WELL, {"job": target.id, "problems": []})


def _target(tx: Transaction, command: MovePictures, moving: Sequence[ReferenceRow]) -> JobRow:
    if command.into is not None:
        job = jobs.by_id(tx.connection, command.into)
        if job is None or job.deleted_at is not None:
            raise UsageError("not_found", "There is no such piece.", "It was deleted meanwhile.", "Choose another.")
        return job
    title = Path(moving[0].original_name).stem[:LONGEST_TITLE] or "Piece"
    if command.again is not None and (former := _former(tx, command.again, title)) is not None:
        return former
    return jobs.insert(tx, title=title, group_key=f"regrouped:{new_id()}")


def _former(tx: Transaction, again: FormerPiece, title: str) -> JobRow | None:
    """The piece that was there before, as itself; None where something else has taken its place meanwhile."""
    known = jobs.by_id(tx.connection, again.job)
    if known is not None:
        return known if known.deleted_at is None else None
    taken = tx.execute("SELECT 1 FROM job WHERE key = ? OR group_key = ?", (again.key, again.group_key)).fetchone()
    if taken is not None:
        return None
    return jobs.insert_again(tx, key=again.key, job_id=again.job, title=title, group_key=again.group_key)


def _move_one(tx: Transaction, row: ReferenceRow, target: JobRow) -> None:
    remote_traces.share_places(tx, row.job_key, target.key)
    same = tx.execute("SELECT key FROM reference WHERE job_key = ? AND sha256 = ?", (target.key, row.sha256)).fetchone()
    if same is not None:
        # The piece has this very picture already: what was made of the other one is of the one that stays.
        tx.execute("UPDATE render SET reference_key = ? WHERE reference_key = ?", (same[0], row.key))
    place = same[0] if same is not None else row.key
    moved = tx.execute(
        "SELECT key FROM render WHERE reference_key = ? AND job_key = ?", (place, row.job_key)
    ).fetchall()
    for (render_key,) in moved:
        tx.execute(_MOVED_RENDER, {"job": target.key, "render": render_key})
        cursor = tx.execute(
            "UPDATE output SET job_key = ? WHERE render_key = ? RETURNING key", (target.key, render_key)
        )
        tx.changed(Table.OUTPUT, *(key for (key,) in cursor.fetchall()))
        tx.execute("UPDATE problem SET job_key = ? WHERE render_key = ?", (target.key, render_key))
        tx.changed(Table.RENDER, render_key)
    if same is not None:
        tx.execute("DELETE FROM task WHERE subject_table = 'reference' AND subject_key = ?", (row.key,))
        tx.execute("UPDATE prediction_left SET reference_key = ? WHERE reference_key = ?", (same[0], row.key))
        tx.execute("DELETE FROM reference WHERE key = ?", (row.key,))
    else:
        (position,) = tx.execute("SELECT count(*) FROM reference WHERE job_key = ?", (target.key,)).fetchone()
        tx.execute("UPDATE reference SET job_key = ?, position = ? WHERE key = ?", (target.key, position, row.key))
        tx.execute("UPDATE intake SET job_key = ? WHERE reference_key = ?", (target.key, row.key))
        tx.execute("UPDATE problem SET job_key = ? WHERE reference_key = ?", (target.key, row.key))
    tx.changed(Table.REFERENCE, row.key)


def _settle(tx: Transaction, key: int) -> None:
    """A piece that pictures left is described by those that stay; without any it goes."""
    job = jobs.get(tx.connection, key)
    if references.of_job(tx.connection, key):
        _describe_anew(tx, key, _of_user(job.piece))
        return
    tx.execute("DELETE FROM search WHERE rowid = ?", (key,))
    tx.execute("DELETE FROM job WHERE key = ?", (key,))
    tx.changed(Table.JOB, key)


def _of_user(piece: str) -> Piece:
    """What a person said of a piece, and nothing that was read in its pictures."""
    before = Piece.model_validate_json(piece)
    said = {
        name: fact
        for name in Piece.model_fields
        if (fact := getattr(before, name)) and getattr(fact, "source", None) in (Source.USER, Source.CSV)
    }
    if before.user_owns_stones:
        said |= {"stones": before.stones, "stones_edited": True}
    return Piece().model_copy(update=said)


def _describe_anew(tx: Transaction, key: int, piece: Piece) -> None:
    for row in references.of_job(tx.connection, key):
        piece = combine(piece, read_name(Path(row.source_path).parent.parts[1:], row.original_name))
        if row.reading is not None:
            piece = combine(piece, Piece.model_validate(json.loads(row.reading)))
    jobs.set_piece(tx, key, piece.model_dump_json())
    search.refresh(tx, key)
