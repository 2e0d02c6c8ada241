"""Looks after what waits and what is not settled: the network, credit, real charges. Core process, asyncio loop."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Final

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library import attempts, questions, reading_bills, remote_traces, renders
from dmdx_desktop.library.attempts import AttemptRow
from dmdx_desktop.library.database import Connection, Library, Table
from dmdx_desktop.library.questions import WaitsFor
from dmdx_desktop.library.reading_bills import ReadingBillRow
from dmdx_desktop.models.render_state import RenderState
from dmdx_desktop.services.backends import Backends
from dmdx_desktop.workers import paid_rows
from dmdx_desktop.workers.render_steps import resume_parked

LOOK_S: Final = 3.0
CREDIT_EVERY: Final = 40
"""Looks at the network between two at the credit."""
DELETIONS_S: Final = 15.0
LONGEST_BILLS_S: Final = 60.0
"""Between two questions for the same bills: they come when they come."""


class PaidWatch:
    """Lets renders go on once what they wait for is there, and asks what was really charged; each a loop of its own."""

    def __init__(self, library: Library, backends: Backends, finish_deletions: Callable[[], Awaitable[None]]) -> None:
        self._library = library
        self._finish_deletions = finish_deletions
        self._backends = backends

    async def watch_waiting(self) -> None:
        """Until cancelled."""
        looks = 0
        while True:
            await self._library.until(_something_waits, {Table.RENDER, Table.QUESTION})
            waits = await self._library.read(_waits)
            looks += 1
            await self._look_at_questions(looks)
            if RenderState.WAITING_NETWORK in waits or (
                RenderState.WAITING_CREDITS in waits and looks % CREDIT_EVERY == 0
            ):
                await self._look(waits)
            await asyncio.sleep(LOOK_S)

    async def watch_deletions(self) -> None:
        """Try again what services did not delete so far, until cancelled."""
        while True:
            await self._library.until(_is_deleted_in_part, {Table.PURGE})
            await asyncio.sleep(DELETIONS_S)
            await self._finish_deletions()

    async def watch_bills(self) -> None:
        """Until cancelled. What was asked for already is asked for less and less often."""
        asked: frozenset[int] = frozenset()
        pause = LOOK_S
        while True:
            rows = await self._library.until(_unsettled, {Table.ATTEMPT})
            settled = await self._settle(rows)
            keys = frozenset(row.key for row in rows)
            pause = LOOK_S if settled or keys - asked else min(2 * pause, LONGEST_BILLS_S)
            asked = keys
            await asyncio.sleep(pause)

    async def watch_reading_bills(self) -> None:
        """Ask what answers cost that broke off, less and less often while it is not known; until cancelled."""
        pause = LOOK_S
        while True:
            bills = await self._library.until(_unknown_bills, {Table.READING_BILL})
            known = [await self._settle_bill(bill) for bill in bills]
            pause = LOOK_S if any(known) else min(2 * pause, LONGEST_BILLS_S)
            await asyncio.sleep(pause)

    async def _settle_bill(self, bill: ReadingBillRow) -> bool:
        """Whether it is known now what an answer cost."""
        try:
            cost = await self._backends.openrouter().cost_micro_usd(bill.generation)
        except DmdxError:
            return False
        if cost is None:
            await self._library.write(partial(reading_bills.asked_in_vain, bill=bill))
            return False
        await self._library.write(partial(reading_bills.settle, bill=bill, cost_micro_usd=cost))
        return True

    async def _look(self, waits: frozenset[RenderState]) -> None:
        try:
            balance = await self._backends.wavespeed().balance_micro_usd()
        except DmdxError:
            return
        there = {RenderState.WAITING_NETWORK} | ({RenderState.WAITING_CREDITS} if balance > 0 else set())
        await self._library.write(lambda tx: resume_parked(tx, waits & there))

    async def _look_at_questions(self, looks: int) -> None:
        """Ask again what waits for the network, and now and then what waits for credit."""
        wanted = {WaitsFor.NETWORK} | ({WaitsFor.CREDITS} if looks % CREDIT_EVERY == 0 else set())
        there = await self._library.read(
            lambda connection: [one for one in wanted if questions.are_put_off(connection, one)]
        )
        if not there:
            return
        try:
            await self._backends.openrouter().key_facts()
        except DmdxError:
            return
        await self._library.write(lambda tx: questions.go_on(tx, there))

    async def _settle(self, rows: Sequence[AttemptRow]) -> bool:
        """Ask for the real charges of pictures that are here; False where the bills know none of them yet."""
        by_prediction = {row.prediction: row for row in rows if row.prediction is not None}
        try:
            charges = await self._backends.wavespeed().charges(list(by_prediction))
        except DmdxError:
            return False
        for charge in charges:
            attempt = by_prediction[charge.prediction]
            await self._library.write(partial(paid_rows.settle_charge, attempt=attempt, charged=charge.micro_usd))
        return bool(charges)


def _waits(connection: Connection) -> frozenset[RenderState]:
    states = (RenderState.WAITING_NETWORK, RenderState.WAITING_CREDITS)
    return frozenset(state for state in states if renders.in_states(connection, [state], limit=1))


def _something_waits(connection: Connection) -> bool | None:
    is_put_off = any(questions.are_put_off(connection, one) for one in (WaitsFor.NETWORK, WaitsFor.CREDITS))
    return True if is_put_off or _waits(connection) else None


def _is_deleted_in_part(connection: Connection) -> bool | None:
    return True if remote_traces.purges_with_any(connection) else None


def _unknown_bills(connection: Connection) -> tuple[ReadingBillRow, ...] | None:
    return reading_bills.waiting(connection) or None


def _unsettled(connection: Connection) -> tuple[AttemptRow, ...] | None:
    return attempts.unsettled(connection) or None
