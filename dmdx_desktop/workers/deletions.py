"""Deletions that can be taken back for a while: planned at once, carried out or undone later. Core process."""

import asyncio
import json
from collections.abc import Sequence
from functools import partial

from pydantic import JsonValue

from dmdx_desktop.library import jobs, purges, purging, remote_traces, withdrawals
from dmdx_desktop.library.connections import Connection
from dmdx_desktop.library.database import Lane, Transaction
from dmdx_desktop.library.places import Places
from dmdx_desktop.library.purges import PurgeRow, PurgeState, ReceiptRow
from dmdx_desktop.models.commands import Delete
from dmdx_desktop.models.gestures import UNDO_MS, CarryOutDeletion, HoldDeletion, PlanDeletion, UndoDeletion
from dmdx_desktop.models.ids import now_ms
from dmdx_desktop.models.outcome import Document, ExitCode, Outcome, Report
from dmdx_desktop.workers.documents import unknown_target
from dmdx_desktop.workers.remote_purge import RemotePurge


class Deletions:
    """Plans, takes back and carries out purges; one is carried out at a time."""

    def __init__(self, places: Places, remote: RemotePurge) -> None:
        self._places = places
        self._remote = remote
        self._library = places.library
        self._one = asyncio.Lock()

    async def delete(self, command: Delete, report: Report) -> Outcome:
        """Delete pieces for good."""
        known = await self._library.read(lambda connection: _known_jobs(connection, command.jobs))
        planned = await self._library.write(lambda tx: purges.plan(tx, known), lane=Lane.COMMAND)
        receipts = await self._carry_out([purge.id for purge in planned], report)
        missing: list[JsonValue] = [
            unknown_target(job, "job") for job in dict.fromkeys(command.jobs) if job not in known
        ]
        if await self._library.read(partial(remote_traces.of_purges, purge_ids=[purge.id for purge in planned])):
            missing.append(_not_finished())
        document: Document = {"deleted": list(known), "receipts": receipts, "problems": missing}
        return Outcome(ExitCode.SOME_FAILED if missing else ExitCode.WELL, document)

    async def plan(self, command: PlanDeletion) -> Outcome:
        """Hide what is to be deleted; the document names the purges by which it is taken back or carried out."""
        ids = await self._library.write(lambda tx: _plan(tx, command), lane=Lane.COMMAND)
        return Outcome(ExitCode.WELL, {"purges": list(ids), "problems": []})

    async def undo(self, command: UndoDeletion) -> Outcome:
        """Take planned purges back. Raises ``UsageError`` when it is too late for one."""
        await self._library.write(lambda tx: _undo(tx, command.purges), lane=Lane.COMMAND)
        return Outcome(ExitCode.WELL, {"problems": []})

    async def hold(self, command: HoldDeletion) -> Outcome:
        """Leave planned purges the whole time once more."""
        until = now_ms() + UNDO_MS
        await self._library.write(lambda tx: purges.hold(tx, command.purges, until), lane=Lane.COMMAND)
        return Outcome(ExitCode.WELL, {"problems": []})

    async def carry_out(self, command: CarryOutDeletion, report: Report) -> Outcome:
        """Purge what was planned."""
        receipts = await self._carry_out(command.purges, report)
        return Outcome(ExitCode.WELL, {"receipts": receipts, "problems": []})

    async def resume(self) -> tuple[ReceiptRow, ...]:
        """Go on with what an earlier core was deleting, but not with what can still be taken back."""
        return await self._resume(await self._library.read(_due))

    async def resume_promised(self) -> tuple[ReceiptRow, ...]:
        """Carry out what an earlier core had planned, each when the time to take it back is over.

        That begins with the plan, and anew whenever it is held.
        """
        promised = await self._library.read(_promised)
        receipts: list[ReceiptRow] = []
        for purge in promised:
            held: PurgeRow | None = purge
            while held is not None and (left := _ms_left(held)):
                await asyncio.sleep(left / 1000)
                held = await self._library.read(partial(purges.by_id, purge_id=purge.id))
            receipts += await self._resume([purge.id])
        return tuple(receipts)

    async def _resume(self, purge_ids: Sequence[str]) -> tuple[ReceiptRow, ...]:
        async with self._one:
            receipts = await purging.carry_out(self._places, purge_ids)
        return (*receipts, *await self._finish_remotely(purge_ids))

    async def finish_remotely(self) -> None:
        """Try again what services did not delete so far."""
        await self._finish_remotely(await self._library.read(remote_traces.purges_with_any))

    async def _finish_remotely(self, purge_ids: Sequence[str]) -> tuple[ReceiptRow, ...]:
        if not await self._library.read(partial(remote_traces.of_purges, purge_ids=purge_ids)):
            return ()
        await self._remote.carry_out(purge_ids)
        return await purging.finish(self._places, purge_ids)

    async def _carry_out(self, purge_ids: Sequence[str], report: Report) -> list[JsonValue]:
        report("deleting", 0, len(purge_ids))
        receipts = await self._resume(purge_ids)
        report("deleting", len(purge_ids), len(purge_ids))
        return [_receipt_document(receipt) for receipt in receipts]


def _due(connection: Connection) -> list[str]:
    return [purge.id for purge in purges.unfinished(connection) if not _ms_left(purge)]


def _promised(connection: Connection) -> tuple[PurgeRow, ...]:
    return tuple(purge for purge in purges.unfinished(connection) if _ms_left(purge))


def _ms_left(purge: PurgeRow) -> int:
    """For how long it can be taken back; never longer than promised, wherever the clock was set to meanwhile."""
    if purge.state is not PurgeState.PLANNED:
        return 0
    until = max(purge.created_at + UNDO_MS, purge.held_until)
    return min(max(until - now_ms(), 0), UNDO_MS)


def _known_jobs(connection: Connection, ids: Sequence[str]) -> list[str]:
    return [job for job in dict.fromkeys(ids) if jobs.by_id(connection, job) is not None]


def _plan(tx: Transaction, command: PlanDeletion) -> list[str]:
    ids = [purge.id for purge in purges.plan(tx, _known_jobs(tx.connection, command.jobs))]
    of_images = withdrawals.plan(tx, command.outputs)
    return ids if of_images is None else [*ids, of_images.id]


def _undo(tx: Transaction, purge_ids: Sequence[str]) -> None:
    for purge_id in purge_ids:
        purge = purges.to_be_undone(tx.connection, purge_id)
        if withdrawals.is_of_images(purge):
            withdrawals.restore(tx, purge)
        else:
            purges.undo(tx, purge_id)


def _not_finished() -> Document:
    return {
        "path": None,
        "code": "deletion_unfinished",
        "message": "Deleted here, but not everywhere yet. A service that had copies does not answer now.",
        "remedy": "`dmdx-desktop resume` goes on with it; the receipt comes when everything is gone.",
    }


def _receipt_document(receipt: ReceiptRow) -> dict[str, JsonValue]:
    return {
        "id": receipt.id,
        "counts": json.loads(receipt.counts),
        "started_at": receipt.started_at,
        "finished_at": receipt.finished_at,
    }
