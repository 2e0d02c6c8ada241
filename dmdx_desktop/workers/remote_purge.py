"""Deletes at services what deleted pieces left there: predictions, objects. Core process, asyncio loop.

A request whose end is not known is looked for first. What a service does not delete now stays written down and is tried
again; only then is a deletion proven.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Final

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.library import bucket_copies, purges, remote_traces
from dmdx_desktop.library.database import Library, Transaction
from dmdx_desktop.library.remote_traces import TraceKind, TraceRow
from dmdx_desktop.models.connection import Service
from dmdx_desktop.services.backends import Backends
from dmdx_desktop.workers.reconcile import Lookup, Reconcile

PREDICTIONS_AT_ONCE: Final = 100
PLACES_AT_ONCE: Final = 8


class RemotePurge:
    """Carries the far end of purges out, as far as the services answer."""

    def __init__(
        self,
        library: Library,
        backends: Backends,
        reconcile: Reconcile,
        let_go: Sequence[Callable[[str], Awaitable[None]]],
    ) -> None:
        """Each of ``let_go`` returns once nothing of its own is on its way below a prefix of the bucket."""
        self._library = library
        self._backends = backends
        self._reconcile = reconcile
        self._let_go = let_go

    async def carry_out(self, purge_ids: Sequence[str]) -> None:
        """Delete what these purges left at services. Raises nothing for a service that does not answer."""
        for trace in await self._left(purge_ids, TraceKind.UNCERTAIN):
            await self._find_out(trace)
        predictions = await self._left(purge_ids, TraceKind.PREDICTION)
        for start in range(0, len(predictions), PREDICTIONS_AT_ONCE):
            await self._delete_predictions(predictions[start : start + PREDICTIONS_AT_ONCE])
        objects = await self._left(purge_ids, TraceKind.OBJECTS)
        for start in range(0, len(objects), PLACES_AT_ONCE):
            await asyncio.gather(*map(self._delete_objects, objects[start : start + PLACES_AT_ONCE]))

    async def _left(self, purge_ids: Sequence[str], kind: TraceKind) -> list[TraceRow]:
        left = await self._library.read(partial(remote_traces.of_purges, purge_ids=purge_ids))
        return [trace for trace in left if trace.kind is kind]

    async def _find_out(self, trace: TraceRow) -> None:
        attempt_id, has_marker, quoted, engine = trace.value.split(" ", 3)
        if not self._is_at(trace.origin):
            return
        lookup = Lookup(id=attempt_id, engine=engine, has_marker=has_marker == "1", created_at=trace.since)
        try:
            verdict = await self._reconcile.find_out(lookup, waits_for_network=False)
        except DmdxError:
            return
        found = partial(
            remote_traces.found,
            trace=trace,
            attempt_id=attempt_id,
            quoted=int(quoted),
            prediction=verdict.prediction,
        )
        await self._library.write(found)

    async def _delete_predictions(self, traces: Sequence[TraceRow]) -> None:
        mine = [trace for trace in traces if self._is_at(trace.origin)]
        if not mine:
            return
        try:
            await self._backends.wavespeed().delete([trace.value for trace in mine])
        except DmdxError as error:
            if error.code != "not_there":
                return
        await self._library.write(lambda tx: _forget(tx, mine, "predictions", len(mine)))

    async def _delete_objects(self, trace: TraceRow) -> None:
        settings = self._backends.connections.settings
        if trace.origin != place_of(settings.r2_endpoint, settings.r2_bucket):
            return
        # What is on its way would arrive after the list was seen to be empty.
        for let_go in self._let_go:
            await let_go(trace.value)
        try:
            await self._backends.r2().drop_unfinished(trace.value)
            number = await self._backends.r2().delete_below(trace.value)
        except DmdxError:
            return
        await self._library.write(lambda tx: _forget_objects(tx, trace, number))

    def _is_at(self, origin: str) -> bool:
        """Whether the service that is connected now is the one that was asked."""
        connections = self._backends.connections
        return connections.is_usable(Service.WAVESPEED) and connections.settings.wavespeed_url == origin


def place_of(endpoint: str | None, bucket: str) -> str:
    """A bucket by its endpoint and name."""
    return f"{endpoint or ''}/{bucket}"


def _forget_objects(tx: Transaction, trace: TraceRow, number: int) -> None:
    _forget(tx, [trace], "objects", number)
    bucket_copies.lost_below(tx, trace.origin, trace.value)


def _forget(tx: Transaction, traces: Sequence[TraceRow], what: str, number: int) -> None:
    remote_traces.forget(tx, traces)
    for purge_key in {trace.purge_key for trace in traces}:
        purge = purges.by_key(tx.connection, purge_key)
        if purge is not None:
            mine = sum(trace.purge_key == purge_key for trace in traces)
            purges.count(tx, purge, {what: mine if what == "predictions" else number})
