"""Carries out commands, each to the document its verb prints. Core process, asyncio loop.

A long command is a row before anything happens, and every step of it can be taken again: stopped anywhere it goes on
from its rows, and sent twice it does its work once.
"""

import asyncio
from dataclasses import replace
from typing import Final, TypeVar

from pydantic import JsonValue, TypeAdapter

from dmdx_desktop.errors import DmdxError, StandstillError, UsageError
from dmdx_desktop.library import commands, intake, jobs, outputs, questions, search
from dmdx_desktop.library.commands import CommandRow, CommandState
from dmdx_desktop.library.database import Connection, Lane, Transaction
from dmdx_desktop.library.places import Places
from dmdx_desktop.models.commands import (
    Command,
    CutOut,
    Delete,
    Examine,
    Export,
    Generate,
    Identify,
    ImportPaths,
    ListJobs,
    ListOutputs,
    LookAtImages,
    RenderPaths,
    Resume,
    ShowJob,
)
from dmdx_desktop.models.connecting import ConnectionCommand
from dmdx_desktop.models.outcome import Document, ExitCode, Outcome, Report
from dmdx_desktop.services.base import PictureCalls
from dmdx_desktop.workers.connecting import Connecting
from dmdx_desktop.workers.cutout import write_cut_out
from dmdx_desktop.workers.deletions import Deletions
from dmdx_desktop.workers.documents import job_document, output_document, unknown_target, whole_job_document
from dmdx_desktop.workers.ended import answer_again, kept_of, kept_of_error
from dmdx_desktop.workers.examine import examine_open
from dmdx_desktop.workers.gestures import Gestures
from dmdx_desktop.workers.long_commands import LongCommand, LongCommands
from dmdx_desktop.workers.look import look_at
from dmdx_desktop.workers.render_steps import resume_parked
from dmdx_desktop.workers.shared_work import SharedWork

R = TypeVar("R")
_LONG: Final[TypeAdapter[LongCommand]] = TypeAdapter(LongCommand)


class Commands:
    """Knows how each command is carried out. Raises ``DmdxError`` for one that cannot be."""

    def __init__(
        self,
        places: Places,
        pictures: PictureCalls,
        steps: LongCommands,
        deletions: Deletions,
        gestures: Gestures,
        connecting: Connecting,
    ) -> None:
        self._places = places
        self._library = places.library
        self._pictures = pictures
        self._steps = steps
        self._deletions = deletions
        self._gestures = gestures
        self._connecting = connecting
        self._under_way = SharedWork()

    async def execute(self, command: Command, report: Report) -> Outcome:
        """Carry ``command`` out."""
        if isinstance(command, ConnectionCommand):
            return await self._connecting.carry_out(command)
        match command:
            case ImportPaths() | RenderPaths() | Identify() | Generate() | Export():
                return await self._long(command, report)
            case CutOut():
                return Outcome(ExitCode.WELL, {**await write_cut_out(command, self._pictures), "problems": []})
            case LookAtImages():
                return await look_at(command, self._library, self._places.blobs, self._pictures)
            case ListJobs():
                return await self._library.read(lambda connection: _list_jobs(connection, command))
            case ListOutputs():
                return await self._library.read(lambda connection: _list_outputs(connection, command))
            case ShowJob():
                return await self._library.read(lambda connection: _show_job(connection, command))
            case Delete():
                return await self._deletions.delete(command, report)
            case Resume():
                return await self._resume(report)
            case Examine():
                return await asyncio.to_thread(examine_open, self._places, mend=command.repair)
            case _:
                return await self._gestures.carry_out(command, report)

    async def unfinished(self) -> tuple[CommandRow, ...]:
        """The commands that an earlier core did not carry to their end."""
        return await self._library.read(commands.unfinished)

    async def _long(self, command: LongCommand, report: Report) -> Outcome:
        row, others = await self._library.write(lambda tx: _accept(tx, command), lane=Lane.COMMAND)
        outcome = await self._to_its_end(row, command, report)
        left = sum(other.key not in self._under_way for other in others)
        return replace(outcome, document={**outcome.document, "unfinished": left})

    async def _to_its_end(self, row: CommandRow, command: LongCommand, report: Report) -> Outcome:
        """Carry out a command that was accepted, together with whoever is about that already."""
        return await self._under_way.run(row.key, lambda tell: self._carry_out(row.key, command, tell), report)

    async def _carry_out(self, key: int, command: LongCommand, report: Report) -> Outcome:
        row = await self._library.read(lambda connection: commands.get(connection, key))
        if row.ended_at is not None:
            return await self._library.read(lambda connection: answer_again(connection, row, command))
        try:
            outcome = await self._steps.carry_out(row, command, report)
        except StandstillError:
            # Not the command's fault: its rows stay, and `resume` goes on from them.
            raise
        except DmdxError as error:
            kept = kept_of_error(error)
            await self._library.write(lambda tx: _end(tx, key, CommandState.FAILED, kept))
            raise
        await self._library.write(lambda tx: _end(tx, key, CommandState.DONE, kept_of(tx.connection, outcome, command)))
        return outcome

    async def _resume(self, report: Report) -> Outcome:
        # What waits for an account, for credit or for the network is tried once more.
        await self._library.write(resume_parked)
        await self._library.write(questions.go_on)
        receipts = await self._deletions.resume()
        # Nothing else waits until the time to take a deletion back is over.
        worked, promised = await asyncio.gather(
            self._resume_work(report), self._deletions.resume_promised(), return_exceptions=True
        )
        if isinstance(worked, BaseException):
            raise worked
        if isinstance(promised, BaseException):
            raise promised
        document: Document = {**worked, "receipts": [receipt.id for receipt in (*receipts, *promised)]}
        return Outcome(ExitCode.SOME_FAILED if document["problems"] else ExitCode.WELL, document)

    async def _resume_work(self, report: Report) -> Document:
        document: Document = {"jobs": [], "references": [], "outputs": [], "problems": []}
        rows = await self.unfinished()
        for row in rows:
            _collect(document, await self._resumed(row, report))
        await self._steps.drain(report)
        document["commands"] = [row.id for row in rows]
        return document

    async def _resumed(self, row: CommandRow, report: Report) -> Document:
        """What came of an unfinished command; one that cannot be carried out does not hold up the others."""
        try:
            return (await self._to_its_end(row, _LONG.validate_json(row.arguments), report)).document
        except StandstillError:
            raise
        except DmdxError as error:
            return {"problems": [{"path": None, "code": error.code, "message": error.message, "remedy": error.remedy}]}


def _accept(tx: Transaction, command: LongCommand) -> tuple[CommandRow, tuple[CommandRow, ...]]:
    """The row of a command, and those of the commands that were not carried to their end before it came."""
    others = tuple(row for row in commands.unfinished(tx.connection) if row.id != command.id)
    row = commands.accept(tx, command_id=command.id, kind=command.kind, arguments=command.model_dump_json())
    return row, others


def _collect(document: Document, more: Document) -> None:
    """Add the lists of ``more`` to those of the same names."""
    for name, collected in document.items():
        added = more.get(name)
        if isinstance(collected, list) and isinstance(added, list):
            collected.extend(added)


def _end(tx: Transaction, key: int, state: CommandState, outcome: str | None) -> None:
    commands.end(tx, key, state, outcome)
    intake.forget(tx, key)


def _list_jobs(connection: Connection, command: ListJobs) -> Outcome:
    one_more = command.limit + 1
    if command.search:
        rows = jobs.of_keys(connection, search.find(connection, command.search, limit=command.limit))
        return _page([job_document(connection, row) for row in rows], "jobs", None)
    before = None if command.after is None else _place(jobs.by_id(connection, command.after)).key
    rows = jobs.newest(connection, before_key=before, limit=one_more)
    page, more = rows[: command.limit], len(rows) == one_more
    return _page([job_document(connection, row) for row in page], "jobs", page[-1].id if more else None)


def _list_outputs(connection: Connection, command: ListOutputs) -> Outcome:
    one_more = command.limit + 1
    job_key = None
    if command.job is not None:
        job = jobs.by_id(connection, command.job)
        if job is None:
            return _no_such_job(command.job)
        job_key = job.key
    before = outputs.LAST_KEY if command.after is None else _place(outputs.by_id(connection, command.after)).key
    chosen = outputs.OutputFilter(job_key=job_key)
    rows = outputs.page(connection, chosen=chosen, before_key=before, limit=one_more)
    page, more = rows[: command.limit], len(rows) == one_more
    return _page([output_document(connection, row) for row in page], "outputs", page[-1].id if more else None)


def _show_job(connection: Connection, command: ShowJob) -> Outcome:
    job = jobs.by_id(connection, command.job)
    return _no_such_job(command.job) if job is None else Outcome(ExitCode.WELL, whole_job_document(connection, job))


def _page(rows: list[JsonValue], of: str, cursor: str | None) -> Outcome:
    return Outcome(ExitCode.WELL, {of: rows, "next": cursor, "problems": []})


def _no_such_job(job: str) -> Outcome:
    return Outcome(ExitCode.WRONG_USE, {"problems": [unknown_target(job, "job")]})


def _place(row: R | None) -> R:
    """The row that an earlier page ended with."""
    if row is None:
        raise UsageError(
            "unknown_cursor",
            "The list cannot go on from there.",
            "The entry it stopped at was deleted, or the cursor was mistyped.",
            "Take `next` of the last answer as it stands, or leave out --after.",
        )
    return row
