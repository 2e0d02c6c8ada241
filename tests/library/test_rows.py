"""The tables one by one: what is written can be read back, and writing it again changes nothing."""

import pytest

from dmdx_desktop.errors import UsageError
from dmdx_desktop.library import commands, exports, intake, jobs, outputs, problems, references, renders, runs, tasks
from dmdx_desktop.library.changes import Changes
from dmdx_desktop.library.commands import CommandState
from dmdx_desktop.library.database import Library, Table, Transaction
from dmdx_desktop.library.exports import NewExport
from dmdx_desktop.library.intake import FoundFile, IntakeCounts, IntakeState
from dmdx_desktop.library.outputs import Flag, NewOutput, OutputFilter
from dmdx_desktop.library.references import ReferenceState
from dmdx_desktop.library.tasks import Subject, TaskKind
from dmdx_desktop.models.problem import Problem
from dmdx_desktop.models.render_state import RenderFacts, RenderState
from tests.library.world import (
    add_command,
    add_job,
    add_output,
    add_reference,
    add_renders,
    add_run,
    invented_hash,
)


def test_ensure_job_finds_the_job_of_its_group_key(library: Library) -> None:
    def twice(tx: Transaction) -> tuple[jobs.JobRow, jobs.JobRow]:
        return jobs.ensure(tx, title="A", group_key="g"), jobs.ensure(tx, title="B", group_key="g")

    first, second = library.write_blocking(twice)
    assert first == second
    assert first.title == "A"
    assert library.read_blocking(lambda c: jobs.by_id(c, first.id)) == first


def test_jobs_are_paged_oldest_first_without_those_being_deleted(library: Library) -> None:
    rows = library.write_blocking(lambda tx: [add_job(tx, n) for n in range(5)])
    library.write_blocking(
        lambda tx: tx.execute("UPDATE job SET deleted_at = 1 WHERE key = ?", (rows[1].key,)).rowcount
    )
    first = library.read_blocking(lambda c: jobs.page(c, limit=2))
    second = library.read_blocking(lambda c: jobs.page(c, after_key=first[-1].key, limit=2))
    assert [row.title for row in first + second] == ["Ring 0", "Ring 2", "Ring 3", "Ring 4"]
    assert library.read_blocking(jobs.count) == 4


def test_a_job_can_be_renamed_and_described(library: Library) -> None:
    def edit(tx: Transaction) -> jobs.JobRow:
        key = add_job(tx).key
        jobs.set_title(tx, key, "Solitaire")
        jobs.set_piece(tx, key, '{"type": {"value": "ring"}}')
        return jobs.get(tx.connection, key)

    row = library.write_blocking(edit)
    assert (row.title, row.piece) == ("Solitaire", '{"type": {"value": "ring"}}')


def test_get_of_what_is_gone_is_a_sentence(library: Library) -> None:
    with pytest.raises(UsageError) as caught:
        library.read_blocking(lambda c: jobs.get(c, 77))
    assert caught.value.code == "not_found"


def test_keys_are_never_given_out_twice(library: Library) -> None:
    first = library.write_blocking(lambda tx: add_job(tx, 1).key)
    library.write_blocking(lambda tx: tx.execute("DELETE FROM job").rowcount)
    assert library.write_blocking(lambda tx: add_job(tx, 1).key) > first


def test_the_same_bytes_in_one_job_are_one_reference_and_in_two_jobs_two(library: Library) -> None:
    def add(tx: Transaction) -> tuple[list[int], int]:
        first, second = add_job(tx, 1), add_job(tx, 2)
        rows = [add_reference(tx, job, sha256=invented_hash(9)) for job in (first, first, second)]
        return [row.key for row in rows], len(references.by_sha256(tx.connection, invented_hash(9)))

    keys, number = library.write_blocking(add)
    assert keys[0] == keys[1] != keys[2]
    assert number == 2


def test_references_keep_the_order_they_came_in(library: Library) -> None:
    def add(tx: Transaction) -> tuple[references.ReferenceRow, ...]:
        job = add_job(tx)
        for number in (3, 1, 2):
            add_reference(tx, job, sha256=invented_hash(number), name=f"{number}.png")
        return references.of_job(tx.connection, job.key)

    rows = library.write_blocking(add)
    assert [(row.position, row.original_name) for row in rows] == [(0, "3.png"), (1, "1.png"), (2, "2.png")]


def test_a_reference_becomes_ready_with_its_facts_and_reading(library: Library) -> None:
    def prepare(tx: Transaction) -> references.ReferenceRow:
        key = add_reference(tx, add_job(tx)).key
        assert references.set_ready(tx, key, clean_sha256=invented_hash(5), facts='{"bits": 8}')
        assert references.set_reading(tx, key, '{"kind": "cad"}')
        assert references.set_view(tx, key, "top")
        return references.get(tx.connection, key)

    row = library.write_blocking(prepare)
    assert (row.state, row.clean_sha256, row.facts, row.reading, row.view) == (
        ReferenceState.READY,
        invented_hash(5),
        '{"bits": 8}',
        '{"kind": "cad"}',
        "top",
    )


def test_results_for_a_reference_that_is_gone_say_so(library: Library) -> None:
    def late(tx: Transaction) -> list[bool]:
        return [
            references.set_ready(tx, 99, clean_sha256=invented_hash(1), facts="{}"),
            references.set_reading(tx, 99, "{}"),
            references.set_unreadable(tx, 99),
            renders.store_facts(tx, 99, RenderFacts()),
        ]

    assert library.write_blocking(late) == [False] * 4


def test_a_command_sent_twice_is_accepted_once_and_ends_once(library: Library) -> None:
    def live(tx: Transaction) -> commands.CommandRow:
        first = commands.accept(tx, command_id="c", kind="import", arguments='{"a": 1}')
        commands.set_phase(tx, first.key, "walking")
        again = commands.accept(tx, command_id="c", kind="import", arguments='{"a": 2}')
        assert (again.key, again.arguments, again.state) == (first.key, '{"a": 1}', CommandState.RUNNING)
        assert commands.unfinished(tx.connection) == (again,)
        commands.end(tx, first.key, CommandState.DONE, '{"ok": true}')
        commands.end(tx, first.key, CommandState.FAILED)
        commands.set_phase(tx, first.key, "late")
        return commands.get(tx.connection, first.key)

    row = library.write_blocking(live)
    assert (row.state, row.outcome, row.phase) == (CommandState.DONE, '{"ok": true}', "walking")
    assert library.read_blocking(commands.unfinished) == ()


def test_intake_remembers_each_file_once_and_what_became_of_it(library: Library) -> None:
    def take_in(tx: Transaction) -> int:
        command = add_command(tx)
        files = [FoundFile(f"/p/{n}.png", f"g{n}", f"Ring {n}", "unknown") for n in range(4)]
        intake.add(tx, command.key, files)
        intake.add(tx, command.key, files[:2])
        first, second, *_ = intake.waiting(tx.connection, command.key)
        reference = add_reference(tx, add_job(tx))
        intake.settle(tx, first.key, job_key=reference.job_key, reference_key=reference.key)
        intake.settle_as_problem(tx, second.key)
        return command.key

    command_key = library.write_blocking(take_in)
    assert library.read_blocking(lambda c: intake.counts(c, command_key)) == IntakeCounts(found=2, done=1, problem=1)
    assert [row.path for row in library.read_blocking(lambda c: intake.waiting(c, command_key))] == [
        "/p/2.png",
        "/p/3.png",
    ]
    settled = library.read_blocking(lambda c: intake.by_path(c, command_key, "/p/0.png"))
    assert settled is not None
    assert settled.state is IntakeState.DONE
    assert library.read_blocking(lambda c: intake.counts(c, 99)).total == 0


def test_tasks_wait_in_order_of_priority_and_are_held_after_two_crashes(library: Library) -> None:
    def fill(tx: Transaction) -> None:
        for subject_key in (1, 2, 3):
            tasks.enqueue(tx, TaskKind.PREPARE, Subject.REFERENCE, subject_key)
        tasks.enqueue(tx, TaskKind.PREPARE, Subject.REFERENCE, 3, priority=tasks.FIRST)
        tasks.hurry(tx, Subject.REFERENCE, [2], priority=5)
        tasks.enqueue(tx, TaskKind.PREPARE, Subject.REFERENCE, 2)

    def waiting() -> list[int]:
        return [row.subject_key for row in library.read_blocking(lambda c: tasks.waiting(c, TaskKind.PREPARE, 10))]

    library.write_blocking(fill)
    assert waiting() == [3, 2, 1]
    key = library.read_blocking(lambda c: tasks.waiting(c, TaskKind.PREPARE, 1))[0].key
    assert library.write_blocking(lambda tx: [tasks.count_crash(tx, key), tasks.count_crash(tx, key)]) == [1, 2]
    assert waiting() == [2, 1]
    assert library.read_blocking(tasks.count) == 2
    library.write_blocking(lambda tx: tasks.finish(tx, key))
    assert library.read_blocking(lambda c: tasks.get(c, key)) is None


def test_a_command_makes_one_run_and_a_run_each_picture_once(library: Library) -> None:
    def generate(tx: Transaction) -> tuple[runs.RunRow, tuple[renders.RenderRow, ...]]:
        command = add_command(tx, "generate")
        reference = add_reference(tx, add_job(tx))
        run = add_run(tx, command.key)
        add_renders(tx, run, reference, 3)
        assert add_run(tx, command.key) == run
        return run, add_renders(tx, run, reference, 4)

    run, planned = library.write_blocking(generate)
    assert [row.n for row in planned] == [1, 2, 3, 4]
    assert library.read_blocking(lambda c: renders.counts_of_run(c, run.key)) == {RenderState.PLANNED: 4}


def test_renders_are_listed_by_state_across_pages(library: Library) -> None:
    def generate(tx: Transaction) -> list[int]:
        planned = add_renders(tx, add_run(tx), add_reference(tx, add_job(tx)), 6)
        renders.store_facts(tx, planned[1].key, RenderFacts(state=RenderState.RUNNING, crashes=1))
        renders.store_facts(tx, planned[2].key, RenderFacts(state=RenderState.FAILED), problem_code="damaged")
        return [row.key for row in planned]

    keys = library.write_blocking(generate)
    both = {RenderState.PLANNED, RenderState.RUNNING}
    first = library.read_blocking(lambda c: renders.in_states(c, both, limit=2))
    rest = library.read_blocking(lambda c: renders.in_states(c, both, after_key=first[-1].key))
    assert [row.key for row in first + rest] == [keys[0], keys[1], keys[3], keys[4], keys[5]]
    facts = library.read_blocking(lambda c: renders.facts_of(c, first[1]))
    assert facts == RenderFacts(state=RenderState.RUNNING, crashes=1)
    failed = library.read_blocking(lambda c: renders.get(c, keys[2]))
    assert (failed.state, failed.problem_code) == (RenderState.FAILED, "damaged")


def test_a_render_has_one_output_that_carries_its_choices(library: Library) -> None:
    def make(tx: Transaction) -> tuple[outputs.OutputRow, outputs.OutputRow]:
        (render,) = add_renders(tx, add_run(tx), add_reference(tx, add_job(tx)))
        return add_output(tx, render), outputs.insert(
            tx, NewOutput(render.key, 1, 1, 1, invented_hash(1), invented_hash(1))
        )

    first, second = library.write_blocking(make)
    assert first == second
    assert (first.scene, first.metal, first.shot, first.shape, first.engine) == (
        "white", "as_reference", "as_reference", "1:1", "draft",
    )  # fmt: skip


def test_an_output_of_a_render_that_is_gone_is_refused(library: Library) -> None:
    with pytest.raises(UsageError):
        library.write_blocking(
            lambda tx: outputs.insert(tx, NewOutput(99, 1, 1, 1, invented_hash(1), invented_hash(1)))
        )


def test_outputs_are_paged_newest_first_under_every_filter(library: Library) -> None:
    def make(tx: Transaction) -> tuple[list[int], int]:
        job = add_job(tx)
        planned = add_renders(tx, add_run(tx), add_reference(tx, job), 7)
        keys = [add_output(tx, render).key for render in planned]
        outputs.set_flag(tx, keys[2], Flag.PICK)
        outputs.set_flag(tx, keys[4], Flag.PICK)
        outputs.set_rating(tx, keys[4], 5)
        return keys, job.key

    keys, job_key = library.write_blocking(make)

    def paged(chosen: OutputFilter) -> list[int]:
        found: list[int] = []
        while rows := library.read_blocking(
            lambda c: outputs.page(c, chosen=chosen, before_key=found[-1] if found else outputs.LAST_KEY, limit=3)
        ):
            found.extend(row.key for row in rows)
        return found

    assert paged(OutputFilter()) == keys[::-1]
    assert paged(OutputFilter(job_key=job_key, scene="white", metal="as_reference")) == keys[::-1]
    assert paged(OutputFilter(flag=Flag.PICK)) == [keys[4], keys[2]]
    assert paged(OutputFilter(flag=Flag.PICK, rating=5)) == [keys[4]]
    assert paged(OutputFilter(job_key=job_key + 1)) == []
    assert library.read_blocking(lambda c: outputs.keys(c, OutputFilter(flag=Flag.PICK))) == [keys[4], keys[2]]


def test_exports_keep_the_names_they_were_given(library: Library) -> None:
    def export(tx: Transaction) -> tuple[int, int]:
        (render,) = add_renders(tx, add_run(tx), add_reference(tx, add_job(tx)))
        output = add_output(tx, render)
        command = add_command(tx, "export")
        exports.plan(tx, command.key, [NewExport(output.key, "/out", "ring.png")])
        exports.plan(tx, command.key, [NewExport(output.key, "/out", "ring-2.png")])
        return command.key, exports.waiting(tx.connection, command.key)[0].key

    command_key, key = library.write_blocking(export)
    assert library.read_blocking(lambda c: exports.is_taken(c, "/out", "ring.png"))
    assert not library.read_blocking(lambda c: exports.is_taken(c, "/out", "ring-2.png"))
    library.write_blocking(lambda tx: exports.finish(tx, key))
    assert library.read_blocking(lambda c: exports.waiting(c, command_key)) == ()
    assert [row.file_name for row in library.read_blocking(lambda c: exports.of_command(c, command_key))] == [
        "ring.png"
    ]


def test_problems_are_listed_by_what_they_befell(library: Library) -> None:
    problem = Problem("damaged", "It is damaged.", "Export it again.", path="/p/ring.png")

    def fail(tx: Transaction) -> tuple[int, int]:
        command, reference = add_command(tx), add_reference(tx, add_job(tx))
        problems.add(tx, problem, command_key=command.key, job_key=reference.job_key, reference_key=reference.key)
        return command.key, reference.key

    command_key, reference_key = library.write_blocking(fail)
    (row,) = library.read_blocking(lambda c: problems.of_command(c, command_key))
    assert (row.code, row.path, row.reference_key) == ("damaged", "/p/ring.png", reference_key)
    library.write_blocking(lambda tx: problems.clear_reference(tx, reference_key))
    assert library.read_blocking(lambda c: problems.of_reference(c, reference_key)) == ()


def test_the_feed_names_the_rows_that_changed(library: Library) -> None:
    heard: list[Changes] = []
    job = library.write_blocking(add_job)
    library.changes.subscribe(heard.append)
    reference = library.write_blocking(lambda tx: add_reference(tx, job))
    assert {(change.table, change.keys) for changes in heard for change in changes} == {
        (Table.REFERENCE, frozenset({reference.key})),
        (Table.JOB, frozenset({job.key})),
    }
