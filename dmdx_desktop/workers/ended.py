"""What is kept of a command that has ended, and what it answers when it is asked for again. Pure, and reads on any
connection of the library; core process.

A client whose connection broke sends its command again: it gets what it would have got. Only ids of what there is,
numbers and words of errors are kept, since names of files are the user's own, and since what was deleted meanwhile must
not be remembered; pictures and problems are read from their rows.
"""

import json

from pydantic import JsonValue

from dmdx_desktop.errors import AccountError, DmdxError, PictureError, UsageError
from dmdx_desktop.library import references, runs
from dmdx_desktop.library.commands import CommandRow
from dmdx_desktop.library.database import Connection, Table
from dmdx_desktop.library.rows import ids_present
from dmdx_desktop.models.commands import Command, Export, Generate, Identify
from dmdx_desktop.models.outcome import Document, ExitCode, Outcome
from dmdx_desktop.workers.documents import exported, outputs_of_run, piece_documents, problems_of_command

NUMBERS = ("duplicates", "ignored")
IDS = {"jobs": Table.JOB, "references": Table.REFERENCE}
DESCRIBED = "described"
UNKNOWN = "unknown"
ERRORS = {kind.__name__: kind for kind in (UsageError, AccountError, PictureError)}


def kept_of(connection: Connection, outcome: Outcome, command: Command) -> str:
    """What is kept of ``command``, which was carried out, as JSON.

    Ask in the transaction that stores it: a piece may be deleted between a command's last look and its last word.
    """
    document: Document = {name: outcome.document[name] for name in NUMBERS if name in outcome.document}
    for name, table in IDS.items():
        if isinstance(ids := outcome.document.get(name), list):
            document[name] = [*ids_present(connection, table, ids)]
    if "run" in outcome.document:
        document["run"] = next(iter(ids_present(connection, Table.RUN, [outcome.document["run"]])), None)
    problems = outcome.document.get("problems")
    if isinstance(problems, list):
        document[UNKNOWN] = _unknown(problems, _targets(command))
    pieces = outcome.document.get("pieces")
    if isinstance(pieces, list):
        described = [piece["reference"] for piece in pieces if isinstance(piece, dict)]
        document[DESCRIBED] = [*ids_present(connection, Table.REFERENCE, described)]
    return json.dumps({"exit_code": outcome.exit_code, "document": document})


def kept_of_error(error: DmdxError) -> str:
    """What is kept of a command that could not be carried out, as JSON."""
    words = {"code": error.code, "title": error.title, "detail": error.detail, "remedy": error.remedy}
    return json.dumps({"error": {"kind": type(error).__name__, **words}})


def answer_again(connection: Connection, row: CommandRow, command: Command) -> Outcome:
    """What ``command`` came to, which ended before it was sent again. Raises the ``DmdxError`` it ended with."""
    kept = json.loads(row.outcome or '{"exit_code": 1, "document": {}}')
    if "error" in kept:
        words = kept["error"]
        raise ERRORS.get(words["kind"], DmdxError)(words["code"], words["title"], words["detail"], words["remedy"])
    document = kept["document"]
    targets = dict(enumerate(_targets(command)))
    unknown = [{**problem, "path": targets.get(problem["path"])} for problem in document.pop(UNKNOWN, ())]
    document["problems"] = [*problems_of_command(connection, row.key), *unknown]
    described = document.pop(DESCRIBED, None)
    if isinstance(described, list):
        rows = [references.by_id(connection, str(reference)) for reference in described]
        document["pieces"] = piece_documents(connection, [reference for reference in rows if reference is not None])
    run = runs.of_command(connection, row.key)
    if run is not None:
        document["outputs"] = outputs_of_run(connection, run.key, row.key)
    elif row.kind == "export":
        document["outputs"] = exported(connection, row.key)
    return Outcome(ExitCode(kept["exit_code"]), document)


def _targets(command: Command) -> tuple[str, ...]:
    """What a command names by ids."""
    match command:
        case Generate():
            return command.jobs
        case Identify() | Export():
            return command.targets
        case _:
            return ()


def _unknown(problems: list[JsonValue], targets: tuple[str, ...]) -> list[JsonValue]:
    """The problems of ids that are not there, which no row can say: each with its place among the targets for its id.

    The command that is sent again brings the ids with it; what it names may have been deleted a moment ago.
    """
    return [
        {**problem, "path": targets.index(str(problem["path"]))}
        for problem in problems
        if isinstance(problem, dict) and problem.get("code") == "not_found" and problem.get("path") in targets
    ]
