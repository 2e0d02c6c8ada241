"""The part of a purge that concerns rows: everything that belongs to a job or names its files. Writer thread."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from dmdx_desktop.library import jobs, remote_traces, renders
from dmdx_desktop.library.changes import Table
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.purges import ItemKind, PurgeRow, PurgeState, advance, count, of_job
from dmdx_desktop.library.writer import Transaction

SHORTEST_TELLING_NAME: Final = 4
"""Shorter titles and names ("ring" is four) are not looked for inside other text; whole values always are."""

COMMANDS_OF_JOB: Final = """
SELECT command_key FROM intake WHERE job_key = :job
UNION SELECT run.command_key FROM render JOIN run ON run.key = render.run_key WHERE render.job_key = :job
UNION SELECT export.command_key FROM output JOIN export ON export.output_key = output.key WHERE output.job_key = :job
UNION SELECT command_key FROM problem WHERE job_key = :job AND command_key IS NOT NULL
UNION SELECT problem.command_key FROM reference JOIN problem ON problem.reference_key = reference.key
      WHERE reference.job_key = :job AND problem.command_key IS NOT NULL
"""

# A run that other jobs share stays, and so does its id.
IDS_OF_JOB: Final = """
SELECT id FROM reference WHERE job_key = :job
UNION SELECT id FROM render WHERE job_key = :job
UNION SELECT id FROM output WHERE job_key = :job
UNION SELECT id FROM run WHERE key IN (SELECT run_key FROM render WHERE job_key = :job)
      AND key NOT IN (SELECT run_key FROM render WHERE job_key <> :job)
"""


@dataclass(frozen=True, slots=True)
class Names:
    """Every text by which what is deleted, or its files, could be recognised."""

    ids: frozenset[str]
    paths: frozenset[str]
    names: frozenset[str]

    def include(self, text: str) -> bool:
        return text in self.ids or text in self.paths

    def are_in(self, text: str) -> bool:
        return any(known in text for known in (*self.ids, *self.paths, *self.names))


def delete_rows(tx: Transaction, purge: PurgeRow) -> None:
    """Delete the rows of a purge's job, after writing down the hashes of its files; the purge then is at ``files``.

    Nothing happens to a purge that has come this far already: two may be asked to delete the same job.
    """
    current = of_job(tx.connection, purge.job_id)
    if current is None or current.state is not PurgeState.PLANNED:
        return
    job = jobs.by_id(tx.connection, purge.job_id)
    if job is None:
        advance(tx, purge, PurgeState.FILES)
        return
    counts = _remember_blobs(tx, purge.key, job.key)
    remote_traces.remember_of_job(tx, purge.key, job.key)
    names = _names_of(tx.connection, job)
    commands = [key for (key,) in tx.execute(COMMANDS_OF_JOB, {"job": job.key})]
    runs = [key for (key,) in tx.execute("SELECT DISTINCT run_key FROM render WHERE job_key = ?", (job.key,))]
    of_renders = [row.key for row in renders.of_job(tx.connection, job.key)]
    waiting = _delete_tasks(tx, job.key)
    _delete_what_names(tx, job.key, names)
    tx.execute("DELETE FROM search WHERE rowid = ?", (job.key,))
    tx.execute("DELETE FROM job WHERE key = ?", (job.key,))
    for run_key in runs:
        tx.execute(
            "DELETE FROM run WHERE key = ? AND NOT EXISTS (SELECT 1 FROM render WHERE run_key = run.key)", (run_key,)
        )
    scrub_commands(tx, set(commands), names)
    count(tx, purge, counts)
    advance(tx, purge, PurgeState.FILES)
    tx.changed(Table.JOB, job.key)
    tx.changed(Table.RUN, *runs)
    # Whoever waits for the last of a run's renders or tasks must hear that there is nothing to wait for any more.
    tx.changed(Table.RENDER, *of_renders)
    tx.changed(Table.TASK, *waiting)
    tx.changed(Table.EXPORT, *commands)


def _remember_blobs(tx: Transaction, purge_key: int, job_key: int) -> dict[str, int]:
    references = tx.execute("SELECT key, sha256, clean_sha256 FROM reference WHERE job_key = ?", (job_key,)).fetchall()
    outputs = tx.execute("SELECT key, sha256 FROM output WHERE job_key = ?", (job_key,)).fetchall()
    withdrawn = tx.execute(
        "SELECT withdrawn.sha256 FROM withdrawn JOIN render ON render.key = render_key WHERE job_key = ?", (job_key,)
    ).fetchall()
    hashes = {row[1] for row in references} | {row[2] for row in references if row[2]} | {row[1] for row in outputs}
    hashes |= {sha256 for (sha256,) in withdrawn}
    tx.executemany(
        "INSERT INTO purge_item (purge_key, kind, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(purge_key, ItemKind.BLOB, sha256) for sha256 in sorted(hashes)],
    )
    tx.changed(Table.REFERENCE, *(row[0] for row in references))
    tx.changed(Table.OUTPUT, *(row[0] for row in outputs))
    return {"pieces": 1, "references": len(references), "images": len(outputs)}


def _names_of(connection: Connection, job: jobs.JobRow) -> Names:
    rows = connection.execute(
        "SELECT source_path, original_name FROM reference WHERE job_key = ?", (job.key,)
    ).fetchall()
    intake = connection.execute("SELECT path FROM intake WHERE job_key = ?", (job.key,)).fetchall()
    exported = connection.execute(
        "SELECT export.file_name FROM output JOIN export ON export.output_key = output.key WHERE output.job_key = ?",
        (job.key,),
    ).fetchall()
    ids = connection.execute(IDS_OF_JOB, {"job": job.key})
    names = {job.title, *(name for _, name in rows), *(PurePath(name).stem for _, name in rows)}
    names |= {name for (name,) in exported}
    return Names(
        ids=frozenset({job.id, *(public_id for (public_id,) in ids)}),
        paths=frozenset({path for path, _ in rows} | {path for (path,) in intake}),
        names=frozenset(name for name in names if len(name) > SHORTEST_TELLING_NAME),
    )


def _delete_tasks(tx: Transaction, job_key: int) -> list[int]:
    """Tasks do not go with what they are about by themselves; returns their keys."""
    rows = tx.execute(
        "DELETE FROM task WHERE (subject_table = 'reference' AND subject_key IN"
        " (SELECT key FROM reference WHERE job_key = :job)) OR (subject_table = 'output' AND subject_key IN"
        " (SELECT key FROM output WHERE job_key = :job)) RETURNING key",
        {"job": job_key},
    ).fetchall()
    return [key for (key,) in rows]


def _delete_what_names(tx: Transaction, job_key: int, names: Names) -> None:
    """Rows that do not go with the job by themselves: what other imports noted about the same files."""
    tx.execute("DELETE FROM intake WHERE job_key = ?", (job_key,))
    for path in names.paths:
        tx.execute("DELETE FROM intake WHERE path = ? AND state <> 'found'", (path,))
        tx.execute("DELETE FROM problem WHERE path = ?", (path,))


def scrub_commands(tx: Transaction, own: Collection[int], names: Names) -> None:
    """Take the names out of what the user once asked for, and out of what came of it."""
    rows = tx.execute("SELECT key, arguments, outcome, ended_at FROM command").fetchall()
    for key, arguments, outcome, ended_at in rows:
        if ended_at is not None and key in own:
            scrubbed: tuple[str, str | None] = ("{}", None)
        else:
            exact_only = ended_at is None
            scrubbed = (
                _scrubbed(arguments, names, exact_only=exact_only),
                None if outcome is None else _scrubbed(outcome, names, exact_only=exact_only),
            )
        if scrubbed != (arguments, outcome):
            tx.execute("UPDATE command SET arguments = ?, outcome = ? WHERE key = ?", (*scrubbed, key))
            tx.changed(Table.COMMAND, key)


def _scrubbed(text: str, names: Names, *, exact_only: bool) -> str:
    """The JSON ``text`` without the values that name the files; unchanged text is returned as it is.

    A command that has not ended loses only ids and exact paths: others of its files may have similar names.
    """
    before = json.loads(text)
    after = _without(before, names, exact_only)
    return text if after == before else json.dumps(after)


def _without(node: object, names: Names, exact_only: bool) -> object:
    if isinstance(node, dict):
        return {name: _without(inner, names, exact_only) for name, inner in node.items()}
    if isinstance(node, list):
        others = [inner for inner in node if not _is_prompt_of(inner, names)]
        kept = [_without(inner, names, exact_only) for inner in others]
        return [
            after for after, before in zip(kept, others, strict=True) if after == before or not isinstance(before, str)
        ]
    if isinstance(node, str):
        named = names.include(node) if exact_only else names.are_in(node)
        return "" if named else node
    return node


def _is_prompt_of(node: object, names: Names) -> bool:
    """Whether it is a prompt that was written for one of the pieces: its words tell of the piece as its name does."""
    return isinstance(node, dict) and "text" in node and node.get("job") in names.ids
