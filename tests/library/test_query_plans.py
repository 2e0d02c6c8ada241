"""Hot queries use an index and never sort: looked up in SQLite's own plan of each statement the library runs."""

import re
from collections.abc import Callable

import pytest

from dmdx_desktop.library import (
    agreements,
    attempts,
    commands,
    exports,
    intake,
    jobs,
    ledger,
    outputs,
    problems,
    purges,
    questions,
    references,
    renders,
    runs,
    tasks,
)
from dmdx_desktop.library.blob_use import is_used
from dmdx_desktop.library.database import Connection, Library
from dmdx_desktop.library.outputs import Flag, OutputFilter
from dmdx_desktop.library.purges import ItemKind
from dmdx_desktop.library.tasks import TaskKind
from dmdx_desktop.models.render_state import RenderState

READS: dict[str, Callable[[Connection], object]] = {
    "jobs.by_id": lambda c: jobs.by_id(c, "x"),
    "jobs.by_group_key": lambda c: jobs.by_group_key(c, "x"),
    "jobs.page": lambda c: jobs.page(c, after_key=5),
    "jobs.of_keys": lambda c: jobs.of_keys(c, [1]),
    "references.find": lambda c: references.find(c, 1),
    "references.by_id": lambda c: references.by_id(c, "x"),
    "references.by_sha256": lambda c: references.by_sha256(c, "x"),
    "references.by_source": lambda c: references.by_source(c, "x"),
    "commands.by_id": lambda c: commands.by_id(c, "x"),
    "commands.unfinished": commands.unfinished,
    "intake.waiting": lambda c: intake.waiting(c, 1),
    "intake.of_command": lambda c: intake.of_command(c, 1),
    "intake.by_path": lambda c: intake.by_path(c, 1, "x"),
    "intake.counts": lambda c: intake.counts(c, 1),
    "tasks.waiting": lambda c: tasks.waiting(c, TaskKind.PREPARE, 8, [1]),
    "tasks.get": lambda c: tasks.get(c, 1),
    "tasks.count of command": lambda c: tasks.count(c, command_key=1),
    "tasks.job_is_read": lambda c: tasks.job_is_read(c, 1),
    "runs.of_command": lambda c: runs.of_command(c, 1),
    "renders.find": lambda c: renders.find(c, 1),
    "renders.by_id": lambda c: renders.by_id(c, "x"),
    "renders.in_states": lambda c: renders.in_states(c, {RenderState.PLANNED, RenderState.RUNNING}, after_key=7),
    "renders.planned_for_ready": lambda c: renders.planned_for_ready(c, ["draft"], 8, [1]),
    "renders.unfinished_of_reference": lambda c: renders.unfinished_of_reference(c, 1),
    "renders.command_of": lambda c: renders.command_of(c, 1),
    "renders.of_job": lambda c: renders.of_job(c, 1),
    "renders.unfinished_of_jobs": lambda c: renders.unfinished_of_jobs(c, [1, 2]),
    "renders.counts_of_run": lambda c: renders.counts_of_run(c, 1),
    "outputs.page": outputs.page,
    "outputs.page of a job": lambda c: outputs.page(c, chosen=OutputFilter(job_key=1), before_key=9),
    "outputs.page of a run": lambda c: outputs.page(c, chosen=OutputFilter(run_key=1), before_key=9),
    "outputs.page of a scene": lambda c: outputs.page(c, chosen=OutputFilter(scene="white"), before_key=9),
    "outputs.page of a metal": lambda c: outputs.page(c, chosen=OutputFilter(metal="silver"), before_key=9),
    "outputs.page of a flag": lambda c: outputs.page(c, chosen=OutputFilter(flag=Flag.PICK), before_key=9),
    "outputs.page of a rating": lambda c: outputs.page(c, chosen=OutputFilter(rating=5), before_key=9),
    "outputs.keys of a job": lambda c: outputs.keys(c, OutputFilter(job_key=1)),
    "outputs.by_id": lambda c: outputs.by_id(c, "x"),
    "outputs.of_render": lambda c: outputs.of_render(c, 1),
    "outputs.of_run": lambda c: outputs.of_run(c, 1),
    "exports.waiting": lambda c: exports.waiting(c, 1),
    "exports.is_taken": lambda c: exports.is_taken(c, "x", "y"),
    "problems.of_command": lambda c: problems.of_command(c, 1),
    "problems.of_job": lambda c: problems.of_job(c, 1),
    "problems.of_reference": lambda c: problems.of_reference(c, 1),
    "purges.of_job": lambda c: purges.of_job(c, "x"),
    "purges.items": lambda c: purges.items(c, 1, ItemKind.BLOB),
    "attempts.last_of_render": lambda c: attempts.last_of_render(c, 1),
    "attempts.by_prediction": lambda c: attempts.by_prediction(c, "x"),
    "attempts.unanswered": lambda c: attempts.unanswered(c, "x"),
    "attempts.unsettled": attempts.unsettled,
    "attempts.count_used": lambda c: attempts.count_used(c, 1),
    "renders.paid_to_do": lambda c: renders.paid_to_do(c, 8, [1], begin=True),
    "renders.references_of": lambda c: renders.references_of(c, 1),
    "questions.waiting": lambda c: questions.waiting(c, 8, [1]),
    "questions.count of command": lambda c: questions.count(c, command_key=1),
    "agreements.of_output": lambda c: agreements.of_output(c, 1),
    "ledger.meter": ledger.meter,
    "is_used": lambda c: is_used(c, "x"),
}
# Few rows by nature, sorted in another order than the index has them.
MAY_SORT = frozenset({"intake.of_command"})


def plans(library: Library, read: Callable[[Connection], object]) -> list[str]:
    """SQLite's plan of every statement ``read`` runs."""
    statements: list[str] = []

    def trace(connection: Connection) -> None:
        connection.set_trace_callback(statements.append)
        try:
            read(connection)
        finally:
            connection.set_trace_callback(None)

    def explain(connection: Connection) -> list[str]:
        return [row[3] for sql in statements for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]

    library.read_blocking(trace)
    assert statements
    return library.read_blocking(explain)


@pytest.mark.parametrize("name", READS)
def test_a_hot_query_uses_an_index_and_does_not_sort(library: Library, name: str) -> None:
    steps = plans(library, READS[name])
    # Paging through a whole table by its key is a scan in that order, ended by the limit.
    ordered = {"outputs.page"}
    assert not [step for step in steps if step.startswith("SCAN") and "USING" not in step and name not in ordered], (
        steps
    )
    assert not [step for step in steps if "TEMP B-TREE" in step and name not in MAY_SORT], steps


def test_every_foreign_key_has_an_index_to_find_its_rows(library: Library) -> None:
    def missing(connection: Connection) -> list[str]:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        found = []
        for table in tables:
            firsts = set()
            for _, index, *_ in connection.execute(f"PRAGMA index_list({table})").fetchall():
                firsts.add(connection.execute(f"PRAGMA index_info({index})").fetchone()[2])
            for row in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
                if row[3] not in firsts:
                    found.append(f"{table}.{row[3]}")
        return found

    assert library.read_blocking(missing) == []


def test_deleting_a_job_scans_no_table(library: Library) -> None:
    def explain(connection: Connection) -> list[str]:
        return [row[3] for row in connection.execute("EXPLAIN QUERY PLAN DELETE FROM job WHERE key = 1")]

    assert [step for step in library.read_blocking(explain) if re.match("SCAN", step)] == []
