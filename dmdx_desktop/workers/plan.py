"""One run: which pictures a recipe makes of which pieces, from which references. Writer thread of the core.

Writing the run and its renders down in one transaction is the whole of "generate"; the rest follows from the rows. A
command that also imports writes the renders of each piece down as soon as that is read.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library import jobs, own_prompts, problems, references, renders, runs
from dmdx_desktop.library.database import Transaction
from dmdx_desktop.library.jobs import JobRow
from dmdx_desktop.library.references import ReferenceRow, ReferenceState
from dmdx_desktop.library.renders import NewRender
from dmdx_desktop.models.choices import EngineId, ShotId
from dmdx_desktop.models.own_prompt import OwnPrompt
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.problem import Problem
from dmdx_desktop.models.prompt import build_prompt
from dmdx_desktop.models.recipe import Recipe, Variant, variants
from dmdx_desktop.models.reference_doubts import doubt_about
from dmdx_desktop.models.vocabulary import View

SEED_BITS: Final = 62
NO_SOUND_REFERENCE: Final = "no_sound_reference"


@dataclass(frozen=True, slots=True)
class RunOrder:
    """What is to be made of each piece.

    An image with one of ``prompts`` gets that as it is. Of a piece's references a paid engine is sent
    ``most_references``; for more than ``most_each`` (micro-USD, None for any price) an image is not made.
    """

    recipe: Recipe
    prompts: tuple[OwnPrompt, ...] = ()
    most_references: int = 1
    most_each: int | None = None


def plan_run(tx: Transaction, command_key: int, order: RunOrder, job_keys: Sequence[int]) -> int:
    """Write down the run of a command with all its renders, unless it has one already; returns its key."""
    known = runs.of_command(tx.connection, command_key)
    if known is not None:
        return known.key
    return plan_jobs(tx, command_key, order, job_keys)


def plan_jobs(tx: Transaction, command_key: int, order: RunOrder, job_keys: Sequence[int]) -> int:
    """Write down the renders of some pieces, in the one run of a command; returns its key.

    Those that are written down already stay as they are. A prompt that is kept with its piece is used as it is.
    """
    run = runs.ensure(tx, command_key=command_key, recipe=order.recipe.model_dump_json())
    for job in jobs.of_keys(tx.connection, job_keys):
        if job.deleted_at is None:
            renders.plan(tx, run.key, _renders_of(tx, command_key, job, order))
    return run.key


def _renders_of(tx: Transaction, command_key: int, job: JobRow, order: RunOrder) -> list[NewRender]:
    recipe = order.recipe
    ready = [row for row in references.of_job(tx.connection, job.key) if row.state is ReferenceState.READY]
    if not ready:
        _note(tx, command_key, job, _no_sound_reference())
        return []
    piece = Piece.model_validate_json(job.piece)
    views = [view_of(row) for row in ready]
    is_paid = recipe.engine != EngineId.DRAFT
    known = (*order.prompts, *own_prompts.of_jobs(tx.connection, [job.key]))
    planned = []
    for variant in variants(recipe):
        reference = _reference_for(variant.shot, ready, views)
        if reference is None and is_paid:
            reference = ready[0]  # it can turn the piece to a side that no reference shows
        if reference is None:
            _note(tx, command_key, job, _view_missing(variant.shot))
            continue
        sent = _in_order_sent(reference, ready, order.most_references) if is_paid else list(ready)
        doubt = _doubt_about(reference, piece, recipe)
        if doubt is not None:
            _note(tx, command_key, job, doubt, reference)
            continue
        own = next((one.text for one in known if one.is_for(job.id, variant)), None)
        planned.append(
            NewRender(
                job_key=job.key,
                reference_key=reference.key,
                scene=variant.scene,
                metal=variant.metal,
                shot=variant.shot,
                shape=variant.shape,
                size=variant.size,
                n=variant.n,
                engine=recipe.engine,
                seed=seed_of(reference.sha256, variant),
                prompt=build_prompt(piece, variant, [view_of(row) for row in sent]) if own is None else own,
                has_own_prompt=own is not None,
                references=tuple(row.key for row in sent) if is_paid else (),
                agreed_micro_usd=order.most_each if is_paid else None,
            )
        )
    return planned


def view_of(reference: ReferenceRow) -> View:
    """From where a reference shows the piece: as its name says, else as it was read."""
    if reference.view != View.UNKNOWN or reference.reading is None:
        return View(reference.view)
    return Piece.model_validate_json(reference.reading).view.value


def seed_of(sha256: str, variant: Variant) -> int:
    """The same number for the same picture and variant, on every machine and in every run."""
    digest = hashlib.sha256(f"{sha256} {variant.model_dump_json()}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - SEED_BITS)


def _doubt_about(reference: ReferenceRow, piece: Piece, recipe: Recipe) -> DmdxError | None:
    """Why a draft of the reference would not be good; None for other engines, and for whoever insists."""
    if recipe.even_if_unsure or recipe.engine != EngineId.DRAFT or reference.reading is None:
        return None
    reading = Piece.model_validate_json(reference.reading)
    return doubt_about(reading, piece, max(reference.width, reference.height), recipe.size)


def _reference_for(shot: ShotId, ready: Sequence[ReferenceRow], views: Sequence[View]) -> ReferenceRow | None:
    if shot is ShotId.AS_REFERENCE:
        return ready[0]
    return next((row for row, view in zip(ready, views, strict=True) if view.value == shot.value), None)


def _in_order_sent(chosen: ReferenceRow, ready: Sequence[ReferenceRow], most: int) -> list[ReferenceRow]:
    """The references that an engine gets: the one of the shot first, then the others as they are listed."""
    return [chosen, *(row for row in ready if row.key != chosen.key)][: max(most, 1)]


def _note(
    tx: Transaction, command_key: int, job: JobRow, error: DmdxError, reference: ReferenceRow | None = None
) -> None:
    """Write down why a piece, or some of its pictures, are not made; once, and only where nothing says why yet."""
    known = [row for row in problems.of_command(tx.connection, command_key) if row.job_key == job.key]
    if any(row.message == error.message for row in known) or (known and error.code == NO_SOUND_REFERENCE):
        return
    rows = references.of_job(tx.connection, job.key)
    about = reference or (rows[0] if rows else None)
    path = about.source_path if about else None
    problems.add(tx, Problem.of(error, path=path, job=job.id), command_key=command_key, job_key=job.key)


def _no_sound_reference() -> DmdxError:
    return DmdxError(
        NO_SOUND_REFERENCE,
        "This piece has no picture that can be used.",
        "All its references are damaged or could not be opened.",
        "Import another picture of the piece.",
    )


def _view_missing(shot: ShotId) -> DmdxError:
    return DmdxError(
        "view_missing",
        "There is no reference from this side.",
        f"A draft of the shot {shot} is made from a reference with that view, and this piece has none.",
        f"Add a picture whose name ends in _{shot.replace('_', '-')}, or choose the shot as_reference.",
    )
