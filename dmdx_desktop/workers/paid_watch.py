"""Looks after what waits and what is not settled: the network, credit, real charges. Core process, asyncio loop."""

import asyncio
from typing import Final

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library import attempts, renders
from dmdx_desktop.library.database import Connection, Library, Table
from dmdx_desktop.models.render_state import RenderState
from dmdx_desktop.services.backends import Backends
from dmdx_desktop.workers import paid_rows
from dmdx_desktop.workers.render import resume_parked

LOOK_S: Final = 3.0
CREDIT_EVERY: Final = 40
"""Looks at the network between two at the credit."""


class PaidWatch:
    """Lets renders go on once what they wait for is there, and asks what was really charged."""

    def __init__(self, library: Library, backends: Backends) -> None:
        self._library = library
        self._backends = backends

    async def run(self) -> None:
        """Until cancelled."""
        looks = 0
        while True:
            await self._library.until(_something_to_look_after, {Table.RENDER, Table.ATTEMPT})
            waits = await self._library.read(_waits)
            looks += 1
            if RenderState.WAITING_NETWORK in waits or (
                RenderState.WAITING_CREDITS in waits and looks % CREDIT_EVERY == 0
            ):
                await self._look(waits)
            await self._settle()
            await asyncio.sleep(LOOK_S)

    async def _look(self, waits: frozenset[RenderState]) -> None:
        try:
            balance = await self._backends.wavespeed().balance_micro_usd()
        except DmdxError:
            return
        there = {RenderState.WAITING_NETWORK} | ({RenderState.WAITING_CREDITS} if balance > 0 else set())
        await self._library.write(lambda tx: resume_parked(tx, waits & there))

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
    return True if _waits(connection) or attempts.unsettled(connection, limit=1) else None
