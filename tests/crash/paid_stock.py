"""A shop that has paid for one picture already, to be copied for each test: what is read once need not be read again.

Used by the tests' own process. The servers are shared by all copies; what goes wrong with them starts from nothing in
each.
"""

import asyncio
import json
import os
import shutil
import threading
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from tests.crash.audit import rows_of
from tests.crash.paid_shop import ENGINE, PaidShop, paid_shop, shorten
from tests.end2end.command_line import Answer, Json
from tests.servers.wavespeed_faults import WaveSpeedFaults
from tests.servers.wavespeed_records import Charge
from tests.servers.wavespeed_world import DOLLAR

BALANCE: Final = 1_000 * DOLLAR
SETTLE_S: Final = 1
START_S: Final = 20.0


@dataclass(frozen=True)
class Counter:
    """One copy of the shop; what was there before it does not count."""

    shop: PaidShop
    charges_before: int

    @property
    def faults(self) -> WaveSpeedFaults:
        return self.shop.service.faults

    @property
    def charges(self) -> list[Charge]:
        """What this copy was charged."""
        return self.shop.service.world.charges()[self.charges_before :]

    @property
    def words(self) -> list[str | Path]:
        """How everything is rendered, without what is chosen."""
        return ["render", self.shop.inputs, "--to", self.shop.exported, "--engine", ENGINE]

    def render(self, *chosen: str, exit_code: int = 0) -> Json:
        """Render the piece; the answer."""
        return self.shop.program.json(*self.words, *chosen, exit_code=exit_code)

    def render_in_words(self, *chosen: str, exit_code: int = 0) -> Answer:
        """Render the piece; what a person reads."""
        return self.shop.program(*self.words, *chosen, exit_code=exit_code)

    def resume(self, *, exit_code: int = 0) -> Json:
        return self.shop.program.json("resume", exit_code=exit_code)

    def money(self) -> Json:
        """What the verb ``connections`` says of money."""
        money: Json = self.shop.program.json("connections")["money"]
        return money

    def spent(self) -> tuple[int, int]:
        """What the ledger says was spent, and what is still reserved."""
        ((spent, reserved),) = self.rows(
            "SELECT sum(iif(kind IN ('charged', 'corrected', 'refunded'), micro_usd, 0)),"
            " sum(iif(kind IN ('reserved', 'released'), micro_usd, 0)) FROM ledger"
        )
        return spent, reserved

    def states(self) -> list[str]:
        """The states of the renders that were planned since the copy was made, in their order."""
        return [state for (state,) in self.rows("SELECT state FROM render WHERE key > 1 ORDER BY key")]

    def rows(self, query: str) -> Sequence[Any]:
        """What a query finds in the library."""
        with rows_of(self.shop.paths.library_db) as rows:
            return rows.execute(query).fetchall()

    @property
    def outputs(self) -> int:
        """The pictures that were made since the copy was made."""
        return len(self.rows("SELECT 1 FROM output WHERE render_key > 1"))


@contextmanager
def stocked(folder: Path, *, has_marker: bool = True) -> Iterator[PaidShop]:
    """A shop whose one render, the first, is done."""
    with paid_shop(folder, renders=1, has_marker=has_marker, faults=WaveSpeedFaults(polls_until_done=0)) as shop:
        shorten(shop.paths, settle_s=SETTLE_S, attempts=4)
        _start_threads(shop)
        shop.program.json(*shop.render_words())
        yield shop


def copied(shop: PaidShop, folder: Path) -> Counter:
    """The same shop elsewhere, with servers that do their work."""
    shutil.copytree(shop.folder, folder)
    calm = WaveSpeedFaults(polls_until_done=0)
    for field in fields(WaveSpeedFaults):
        setattr(shop.service.faults, field.name, getattr(calm, field.name))
    shop.service.world.set_balance(BALANCE)
    return Counter(replace(shop, folder=folder), len(shop.service.world.charges()))


def job_of_somebody_else(shop: PaidShop) -> str:
    """A picture that the same account asks for elsewhere, from the same reference; its id."""
    images = shop.service.world.predictions[0].inputs["images"]
    asked = urllib.request.Request(
        f"{shop.service.origin}/api/v3/{ENGINE}",
        data=json.dumps({"prompt": "A watch on a table.", "images": images}).encode(),
        headers={"Authorization": f"Bearer {shop.service.key}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return str(json.load(answer)["data"]["id"])


def _start_threads(shop: PaidShop) -> None:
    """Have the servers start every thread that they may use later, so that none of them belongs to a test."""
    threads = min(32, (os.cpu_count() or 1) + 4)
    together = threading.Barrier(threads)

    async def start_all() -> None:
        await asyncio.gather(*(asyncio.to_thread(together.wait, START_S) for _ in range(threads)))

    for server in filter(None, (shop.service, shop.service.storage, shop.storage)):
        assert server._loop is not None
        asyncio.run_coroutine_threadsafe(start_all(), server._loop).result(START_S)
