"""The steps of the commands that take their time: import, identify, generate, export. Core process, asyncio loop.

Each step may be taken again without doing anything twice: what it did is in rows, and those are looked at first.
"""

import os
from collections.abc import Callable, Sequence
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Final

from pydantic import JsonValue

from dmdx_desktop.library import (
    agreements,
    intake,
    jobs,
    outputs,
    problems,
    questions,
    references,
    renders,
    runs,
    tasks,
)
from dmdx_desktop.library.commands import CommandRow
from dmdx_desktop.library.database import Connection, Library, Table, Transaction
from dmdx_desktop.library.references import ReferenceRow
from dmdx_desktop.library.tasks import Subject
from dmdx_desktop.models.choices import GroupMode
from dmdx_desktop.models.commands import Export, Generate, Identify, ImportPaths, RenderPaths
from dmdx_desktop.models.outcome import Document, ExitCode, Outcome, Report
from dmdx_desktop.workers.documents import (
    exported,
    ids_of_jobs,
    outputs_of_run,
    piece_documents,
    problems_of_command,
    unknown_target,
)
from dmdx_desktop.workers.export import Export as ExportFiles
from dmdx_desktop.workers.export import ExportOrder
from dmdx_desktop.workers.ingest import Ingest
from dmdx_desktop.workers.movers import Movers
from dmdx_desktop.workers.paid_models import PaidModels
from dmdx_desktop.workers.plan import RunOrder, plan_jobs, plan_run
from dmdx_desktop.workers.previews import Previews
from dmdx_desktop.workers.supervisor import Supervisor

# Planning a piece builds its prompts, a millisecond or two: the writer is not kept longer by one work.
PLANNED_AT_ONCE: Final = 4

LongCommand = ImportPaths | RenderPaths | Identify | Generate | Export


class LongCommands:
    """Takes the steps of long commands, for one command at a time or several side by side."""

    def __init__(
        self,
        library: Library,
        supervisor: Supervisor,
        movers: Movers,
        ingest: Ingest,
        export: ExportFiles,
        previews: Previews,
        paid_models: PaidModels,
        asks_model: Callable[[], bool],
    ) -> None:
        self._library = library
        self._supervisor = supervisor
        self._movers = movers
        self._ingest = ingest
        self._export = export
        self._previews = previews
        self._paid_models = paid_models
        self._asks_model = asks_model

    async def carry_out(self, row: CommandRow, command: LongCommand, report: Report) -> Outcome:
        """Carry out what is left of ``command``. Raises ``DmdxError``."""
        match command:
            case ImportPaths():
                document = await self._import(row, command, report)
            case RenderPaths():
                document = await self._render(row, command, report)
            case Identify():
                document = await self._identify(row, command, report)
            case Generate():
                document = await self._generate(row, command, report)
            case Export():
                document = await self._export_outputs(row, command, report)
        if not document["problems"]:
            return Outcome(ExitCode.WELL, document)
        waits = await self._library.read(lambda connection: problems.is_waiting(connection, row.key))
        return Outcome(ExitCode.NEEDS_ACCOUNT if waits else ExitCode.SOME_FAILED, document)

    async def drain(self, report: Report) -> None:
        """Work until no row of any kind waits, and no preview is missing."""
        await self._previews.ask_for_lost()
        self._movers.start()
        await self._until_none_left(tasks.count, "preparing", report)
        await self._until_none_left(renders.count_unfinished, "rendering", report)
        await self._until_none_left(agreements.count, "comparing", report)
        await self._movers.copying.until_none_wait()

    async def _import(self, row: CommandRow, command: ImportPaths, report: Report) -> Document:
        priority = tasks.FIRST if command.finish else tasks.NORMAL
        ignored = await self._ingest.run(row, command.paths, command.group, priority, report)
        if command.finish:
            await self._until_read(row.key, report)
        return await self._library.read(lambda connection: _import_document(connection, row, ignored))

    async def _render(self, row: CommandRow, command: RenderPaths, report: Report) -> Document:
        await self._export.check_folder(Path(command.to))
        order = RunOrder(
            recipe=command.recipe,
            most_references=await self._paid_models.most_references(command.recipe.engine),
            most_each=command.most_each_micro_usd,
        )
        self._movers.start()
        ignored = await self._ingest.run(row, command.paths, command.group, tasks.FIRST, report)
        job_keys = await self._library.read(lambda connection: intake.job_keys(connection, row.key))
        run_key = await self._run_as_read(row.key, order, job_keys, report)
        made = await self._library.read(lambda connection: [row.key for row in outputs.of_run(connection, run_key)])
        await self._export.run(row.key, made, ExportOrder(Path(command.to), command.template), report)

        def document(connection: Connection) -> Document:
            imported = _import_document(connection, row, ignored)
            return {**imported, "outputs": outputs_of_run(connection, run_key, row.key)}

        return await self._library.read(document)

    async def _identify(self, row: CommandRow, command: Identify, report: Report) -> Document:
        self._movers.start()
        job_ids, paths = _ids_and_paths(command.targets)
        await self._ingest.run(row, paths, GroupMode.FILE, tasks.FIRST, report)
        await self._library.write(lambda tx: _claim(tx, row.key, job_ids))
        if self._asks_model():
            await self._library.write(lambda tx: _ask_about(tx, row.key, job_ids))
        await self._until_read(row.key, report)

        def document(connection: Connection) -> Document:
            rows = [*_references_of_jobs(connection, job_ids), *_references_of_command(connection, row.key)]
            sound = [reference for reference in rows if reference.state is references.ReferenceState.READY]
            return {
                "pieces": piece_documents(connection, sound),
                "problems": [*problems_of_command(connection, row.key), *_unknown_jobs(connection, job_ids)],
            }

        return await self._library.read(document)

    async def _generate(self, row: CommandRow, command: Generate, report: Report) -> Document:
        order = RunOrder(
            recipe=command.recipe,
            prompts=command.prompts,
            most_references=await self._paid_models.most_references(command.recipe.engine),
            most_each=command.most_each_micro_usd,
        )
        self._movers.start()
        job_keys = await self._library.read(lambda connection: _keys_of(connection, command.jobs))
        await self._library.write(lambda tx: _claim(tx, row.key, command.jobs))
        await self._until_read(row.key, report)
        run_key = await self._library.write(partial(plan_run, command_key=row.key, order=order, job_keys=job_keys))
        await self._until_made(run_key, report)

        def document(connection: Connection) -> Document:
            return {
                "run": runs.id_of(connection, run_key),
                "outputs": outputs_of_run(connection, run_key, row.key),
                "problems": [*problems_of_command(connection, row.key), *_unknown_jobs(connection, command.jobs)],
            }

        return await self._library.read(document)

    async def _export_outputs(self, row: CommandRow, command: Export, report: Report) -> Document:
        keys, unknown = await self._library.read(lambda connection: _outputs_to_export(connection, command))
        order = ExportOrder(Path(command.to), command.template, command.treatment, command.sheet)
        await self._export.run(row.key, keys, order, report)

        def document(connection: Connection) -> Document:
            problems_now = [*problems_of_command(connection, row.key), *unknown]
            return {"outputs": exported(connection, row.key), "problems": problems_now}

        return await self._library.read(document)

    async def _run_as_read(self, command_key: int, order: RunOrder, job_keys: Sequence[int], report: Report) -> int:
        """Make the pictures of one run, each piece's begun as soon as it was read: its cut-out is at hand then.

        In the order of the pieces, whichever is read first, so that the same files get the same names.
        """
        run_key = await self._library.write(lambda tx: plan_jobs(tx, command_key, order, ()))
        left = list(job_keys)
        while left:
            report("identifying", len(job_keys) - len(left), len(job_keys))
            read = await self._supervisor.unless_halted(
                self._library.until(partial(_first_read, job_keys=tuple(left[:PLANNED_AT_ONCE])), {Table.TASK})
            )
            run_key = await self._library.write(partial(plan_jobs, command_key=command_key, order=order, job_keys=read))
            del left[: len(read)]
        await self._until_made(run_key, report)
        return run_key

    async def _until_made(self, run_key: int, report: Report) -> None:
        total = await self._library.read(lambda connection: renders.count_of_run(connection, run_key))
        await self._until_none_left(
            lambda connection: renders.count_unfinished(connection, run_key=run_key), "rendering", report, total
        )

    async def _until_read(self, command_key: int, report: Report) -> None:
        self._movers.start()
        await self._until_none_left(
            lambda connection: tasks.count(connection, command_key=command_key), "identifying", report
        )

    async def _until_none_left(
        self, left: Callable[[Connection], int], phase: str, report: Report, total: int = 0
    ) -> None:
        """Wait until ``left`` counts none, and tell how far it is: of ``total``, or of the most there ever were.

        Raises the error that halted the work.
        """
        await self._supervisor.unless_halted(self._count_down(left, phase, report, total))

    async def _count_down(self, left: Callable[[Connection], int], phase: str, report: Report, total: int) -> None:
        last = -1
        while last != 0:
            last = await self._library.until(
                lambda connection, last=last: _if_new(left(connection), last),  # type: ignore[misc]
                {Table.TASK, Table.RENDER, Table.COMPARISON},
            )
            total = max(total, last)
            report(phase, total - last, total)


def _first_read(connection: Connection, job_keys: Sequence[int]) -> tuple[int, ...] | None:
    """Those at the head of ``job_keys`` about which all is known, or None while there are none."""
    return tuple(takewhile(partial(tasks.job_is_read, connection), job_keys)) or None


def _if_new(number: int, last: int) -> int | None:
    return number if number != last else None


def _import_document(connection: Connection, row: CommandRow, ignored: int) -> Document:
    rows = _references_of_command(connection, row.key)
    ids: list[JsonValue] = [reference.id for reference in rows]
    known = sum(reference.added_at < row.accepted_at for reference in rows)
    return {
        "jobs": ids_of_jobs(connection, intake.job_keys(connection, row.key)),
        "references": ids,
        "duplicates": known,
        "ignored": ignored,
        "problems": problems_of_command(connection, row.key),
    }


def _references_of_command(connection: Connection, command_key: int) -> list[ReferenceRow]:
    found_rows = (references.find(connection, key) for key in intake.reference_keys(connection, command_key))
    return [row for row in found_rows if row is not None]


def _references_of_jobs(connection: Connection, job_ids: Sequence[str]) -> list[ReferenceRow]:
    return [row for key in _keys_of(connection, job_ids) for row in references.of_job(connection, key)]


def _ids_and_paths(targets: Sequence[str]) -> tuple[list[str], list[str]]:
    """Which of the targets are ids of jobs and which are paths: a path is named in full."""
    paths = [target for target in targets if os.path.isabs(target)]
    return [target for target in targets if not os.path.isabs(target)], paths


def _keys_of(connection: Connection, job_ids: Sequence[str]) -> list[int]:
    """The keys of the jobs that there are; the others may have been deleted since they were named."""
    rows = (jobs.by_id(connection, job_id) for job_id in dict.fromkeys(job_ids))
    return [row.key for row in rows if row is not None]


def _unknown_jobs(connection: Connection, job_ids: Sequence[str]) -> list[JsonValue]:
    """A problem for each of the ids that is the id of no job."""
    named = dict.fromkeys(job_ids)
    return [unknown_target(job_id, "job") for job_id in named if jobs.by_id(connection, job_id) is None]


def _claim(tx: Transaction, command_key: int, job_ids: Sequence[str]) -> None:
    """What still waits for these jobs is waited for now; what is wrong with them is a problem of this command too."""
    for reference in _references_of_jobs(tx.connection, job_ids):
        tasks.claim(tx, Subject.REFERENCE, reference.key, priority=tasks.FIRST, command_key=command_key)
        problems.repeat(tx, reference.key, command_key)


def _ask_about(tx: Transaction, command_key: int, job_ids: Sequence[str]) -> None:
    """A vision model is asked about what only this computer has read so far."""
    known = (*_references_of_jobs(tx.connection, job_ids), *_references_of_command(tx.connection, command_key))
    for reference in known:
        if reference.reading is not None and not references.was_read_by_model(tx.connection, reference.key):
            questions.enqueue(tx, reference.key, priority=tasks.FIRST, command_key=command_key)


def _outputs_to_export(connection: Connection, command: Export) -> tuple[list[int], list[JsonValue]]:
    """The outputs that were named, by their own ids or by their jobs', and a problem for each id of neither."""
    if command.everything:
        return list(reversed(outputs.keys(connection))), []
    keys: list[int] = []
    unknown: list[JsonValue] = []
    for target in dict.fromkeys(command.targets):
        output, job = outputs.by_id(connection, target), jobs.by_id(connection, target)
        if output is not None:
            keys.append(output.key)
        elif job is not None:
            keys.extend(reversed(outputs.keys(connection, outputs.OutputFilter(job_key=job.key))))
        else:
            unknown.append(unknown_target(target, "job or output"))
    return list(dict.fromkeys(keys)), unknown
