"""Rows as the documents that verbs print with --json. Pure reads, on any connection of the library; core process."""

import json
import os
from collections.abc import Iterable, Sequence

from pydantic import JsonValue

from dmdx_desktop.library import agreements, attempts, exports, jobs, outputs, problems, references, renders
from dmdx_desktop.library.database import Connection
from dmdx_desktop.library.exports import ExportRow
from dmdx_desktop.library.jobs import JobRow
from dmdx_desktop.library.outputs import OutputRow
from dmdx_desktop.library.problems import ProblemRow
from dmdx_desktop.library.references import ReferenceRow
from dmdx_desktop.models.choices import EngineId
from dmdx_desktop.models.filenames import read_name
from dmdx_desktop.models.outcome import Document
from dmdx_desktop.models.piece import Piece
from dmdx_desktop.models.vocabulary import View

DRAFT_LABEL = "Draft"
# What is true of one picture, not of the piece: it comes from the reading of that picture alone.
PICTURE_FACTS = ("kind", "input_kind", "background", "view", "warnings")


def problem_document(problem: ProblemRow) -> Document:
    """One problem."""
    return {
        "path": problem.path,
        "code": problem.code,
        "message": problem.message,
        "remedy": problem.remedy,
    }


def unknown_target(target: str, what: str) -> Document:
    """The problem of an id that was named, as a problem of a file that is not there looks."""
    return {
        "path": target,
        "code": "not_found",
        "message": f"There is no such {what}. It was deleted, or its id was mistyped.",
        "remedy": "List what there is with `dmdx-desktop jobs` and `dmdx-desktop outputs`.",
    }


def problems_of_command(connection: Connection, command_key: int) -> list[JsonValue]:
    """Everything that went wrong for a command."""
    return [problem_document(row) for row in problems.of_command(connection, command_key)]


def output_document(connection: Connection, output: OutputRow, file: str | None = None) -> Document:
    """One finished picture; ``file`` is where it was exported to."""
    job = jobs.get(connection, output.job_key)
    return {
        "id": output.id,
        "file": file,
        "job": job.id,
        "scene": output.scene,
        "metal": output.metal,
        "shot": output.shot,
        "shape": output.shape,
        "width": output.width,
        "height": output.height,
        "sha256": output.sha256,
        "pixels_sha256": output.pixels_sha256,
        "engine": output.engine,
        "label": DRAFT_LABEL if output.engine == EngineId.DRAFT else None,
        "created_at": output.created_at,
        **_paid_document(connection, output),
    }


def _paid_document(connection: Connection, output: OutputRow) -> Document:
    """What a paid picture cost, and how it compares with its reference; nothing for a draft."""
    if output.engine == EngineId.DRAFT:
        return {}
    attempt = attempts.last_of_render(connection, output.render_key)
    agreement = agreements.of_output(connection, output.key)
    cost = None if attempt is None else attempt.charged_micro_usd
    quoted = None if attempt is None else attempt.quoted_micro_usd
    return {
        "quoted_micro_usd": quoted,
        "charged_micro_usd": cost,
        "agreement": None
        if agreement is None
        else {
            "verdict": agreement.verdict.value,
            "fields": [field.model_dump(mode="json") for field in agreement.fields],
        },
    }


def outputs_of_run(connection: Connection, run_key: int, command_key: int) -> list[JsonValue]:
    """The pictures of a run, with the files the command exported them to."""
    files = {row.output_key: path_of_export(row) for row in exports.of_command(connection, command_key)}
    return [output_document(connection, row, files.get(row.key)) for row in outputs.of_run(connection, run_key)]


def exported(connection: Connection, command_key: int) -> list[JsonValue]:
    """The pictures a command exported, with their files."""
    return [
        output_document(connection, outputs.get(connection, row.output_key), path_of_export(row))
        for row in exports.of_command(connection, command_key)
    ]


def path_of_export(row: ExportRow) -> str:
    """The full path of an exported file."""
    return os.path.join(row.folder, row.file_name)


def piece_documents(connection: Connection, rows: Iterable[ReferenceRow]) -> list[JsonValue]:
    """One description for each picture: the piece as known, and what is true of this picture alone."""
    return [_piece_document(jobs.get(connection, row.job_key), row) for row in rows]


def job_document(connection: Connection, job: JobRow) -> Document:
    """One line of the list of jobs."""
    piece = Piece.model_validate_json(job.piece)
    return {
        "id": job.id,
        "title": job.title,
        "references": len(references.of_job(connection, job.key)),
        "outputs": outputs.count_of_job(connection, job.key),
        "type": str(piece.type.value),
        "metal": str(piece.metal.value),
        "warnings": [str(warning) for warning in piece.warnings],
        "created_at": job.created_at,
    }


def whole_job_document(connection: Connection, job: JobRow) -> Document:
    """Everything about one job."""
    return {
        "id": job.id,
        "title": job.title,
        "created_at": job.created_at,
        "updated_at": job.updated_at,
        "piece": json.loads(job.piece),
        "references": [_reference_document(row) for row in references.of_job(connection, job.key)],
        "renders": [
            {
                "id": row.id,
                "scene": row.scene,
                "metal": row.metal,
                "shot": row.shot,
                "shape": row.shape,
                "size": row.size,
                "n": row.n,
                "engine": row.engine,
                "state": row.state.value,
                "prompt": row.prompt,
            }
            for row in renders.of_job(connection, job.key)
        ],
        "outputs": [
            output_document(connection, row)
            for row in outputs.page(connection, chosen=outputs.OutputFilter(job_key=job.key), limit=-1)
        ],
        "problems": [problem_document(row) for row in problems.of_job(connection, job.key)],
    }


def ids_of_jobs(connection: Connection, keys: Sequence[int]) -> list[JsonValue]:
    """The public ids of these jobs."""
    return [row.id for row in jobs.of_keys(connection, keys)]


def _reference_document(row: ReferenceRow) -> Document:
    return {
        "id": row.id,
        "file": row.source_path,
        "view": row.view,
        "format": row.format,
        "width": row.width,
        "height": row.height,
        "bytes": row.bytes,
        "sha256": row.sha256,
        "state": row.state.value,
        "warnings": _warnings_of(row),
    }


def _warnings_of(row: ReferenceRow) -> list[JsonValue]:
    if row.reading is None:
        return []
    return [str(warning) for warning in Piece.model_validate_json(row.reading).warnings]


def _piece_document(job: JobRow, row: ReferenceRow) -> Document:
    piece = Piece.model_validate_json(job.piece)
    stated = {name: getattr(piece, name) for name in ("kind", "background", "view")}
    own: dict[str, object] = {}
    if row.reading is not None:
        reading = Piece.model_validate_json(row.reading)
        own = {name: getattr(reading, name) for name in PICTURE_FACTS}
    named = read_name((), row.original_name).view
    if named.value is not View.UNKNOWN:
        own["view"] = named
    kept = {name: fact for name, fact in stated.items() if fact.source.is_person}
    document: Document = piece.model_copy(update={**own, **kept}).model_dump(mode="json")
    return {"file": row.source_path, "job": job.id, "reference": row.id, **document}
