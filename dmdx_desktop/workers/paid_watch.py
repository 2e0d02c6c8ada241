"""Looks after what waits and what is not settled: the network, credit, real charges. Core process, asyncio loop."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library import attempts, questions, remote_traces, renders
from dmdx_desktop.library.database import Connection, Library, Table
from dmdx_desktop.library.questions import WaitsFor
from dmdx_desktop.models.render_state import RenderState
from dmdx_desktop.services.backends import Backends
from dmdx_desktop.workers import paid_rows
from dmdx_desktop.workers.render import resume_parked

LOOK_S: Final = 3.0
CREDIT_EVERY: Final = 40
"""Looks at the network between two at the credit."""
DELETIONS_EVERY: Final = 5


class PaidWatch:
    """Lets renders go on once what they wait for is there, and asks what was really charged."""

    def __init__(self, library: Library, backends: Backends, finish_deletions: Callable[[], Awaitable[None]]) -> None:
        self._library = library
        self._finish_deletions = finish_deletions
        self._backends = backends

    async def run(self) -> None:
        """Until cancelled."""
        looks = 0
        while True:
            await self._library.until(
                _something_to_look_after, {Table.RENDER, Table.ATTEMPT, Table.QUESTION, Table.PURGE}
            )
            waits = await self._library.read(_waits)
            looks += 1
            await self._look_at_questions(looks)
            if RenderState.WAITING_NETWORK in waits or (
                RenderState.WAITING_CREDITS in waits and looks % CREDIT_EVERY == 0
            ):
                await self._look(waits)
            await self._settle()
            if looks % DELETIONS_EVERY == 0:
                await self._finish_deletions()
            await asyncio.sleep(LOOK_S)

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

    async def _settle(self) -> None:
        """Ask for the real charges of pictures that are here; what the bills do not know yet is asked for again."""
        rows = await self._library.read(attempts.unsettled)
        by_prediction = {row.prediction: row for row in rows if row.prediction is not None}
        if not by_prediction:
            return
        try:
            charges = await self._backends.wavespeed().charges(list(by_prediction))
        except DmdxError:
            return
        for charge in charges:
            attempt = by_prediction[charge.prediction]
            await self._library.write(lambda tx, a=attempt, c=charge: paid_rows.settle_charge(tx, a, c.micro_usd))  # type: ignore[misc]


def _waits(connection: Connection) -> frozenset[RenderState]:
    states = (RenderState.WAITING_NETWORK, RenderState.WAITING_CREDITS)
    return frozenset(state for state in states if renders.in_states(connection, [state], limit=1))


def _something_to_look_after(connection: Connection) -> bool | None:
    is_put_off = any(questions.are_put_off(connection, one) for one in (WaitsFor.NETWORK, WaitsFor.CREDITS))
    if remote_traces.purges_with_any(connection):
        return True
    return True if is_put_off or _waits(connection) or attempts.unsettled(connection, limit=1) else None
