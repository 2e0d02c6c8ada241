"""All loops that work through rows, as one thing that can be started. Core process, asyncio loop."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Final

from dmdx_desktop.library.database import Library, Table
from dmdx_desktop.workers.analyse import Analyse
from dmdx_desktop.workers.asking import Asking
from dmdx_desktop.workers.comparing import Comparing
from dmdx_desktop.workers.copying import Copying
from dmdx_desktop.workers.paid_render import PaidRender
from dmdx_desktop.workers.paid_watch import PaidWatch
from dmdx_desktop.workers.prepare import Prepare
from dmdx_desktop.workers.previews import Previews
from dmdx_desktop.workers.render import Render
from dmdx_desktop.workers.row_loop import RowLoop
from dmdx_desktop.workers.supervisor import Supervisor

PAID_WIDTH: Final = 256
"""So many paid renders are on their way at once at most; how many of them at the engine, its account decides."""
ASKED_AT_ONCE: Final = 8
Loop = Callable[[], Coroutine[object, object, None]]


class Movers:
    """Starts the loops when a command first needs them: listing what there is costs no picture process.

    A loop that a full disk ended is started again by the next command that needs it.
    """

    def __init__(
        self,
        library: Library,
        supervisor: Supervisor,
        *,
        prepare: Prepare,
        analyse: Analyse,
        render: Render,
        previews: Previews,
        paid: PaidRender,
        watch: PaidWatch,
        asking: Asking,
        comparing: Comparing,
        copying: Copying,
        width: int,
    ) -> None:
        self._supervisor = supervisor
        self.copying: Final = copying
        self._running: dict[str, asyncio.Task[None]] = {}
        drawn_on = {Table.RENDER, Table.REFERENCE}
        preparing = RowLoop(library, {Table.TASK}, prepare.waiting, prepare.carry_out, prepare.fail, width=width)
        analysing = RowLoop(library, {Table.TASK}, analyse.waiting, analyse.carry_out, analyse.fail, width=width)
        rendering = RowLoop(library, drawn_on, render.waiting, render.carry_out, render.fail, width=width)
        previewing = RowLoop(library, {Table.TASK}, previews.waiting, previews.carry_out, previews.fail, width=width)
        paying = RowLoop(library, drawn_on, paid.waiting, paid.carry_out, paid.fail, width=PAID_WIDTH)
        asks = RowLoop(library, {Table.QUESTION}, asking.waiting, asking.carry_out, asking.fail, width=ASKED_AT_ONCE)
        compares = RowLoop(library, {Table.COMPARISON}, comparing.waiting, comparing.carry_out, comparing.fail, width=2)
        self._loops: dict[str, Loop] = {
            "prepare": preparing.run,
            "analyse": analysing.run,
            "render": rendering.run,
            "previews": previewing.run,
            "paid": paying.run,
            "waiting": watch.watch_waiting,
            "far deletions": watch.watch_deletions,
            "bills": watch.watch_bills,
            "reading bills": watch.watch_reading_bills,
            "asking": asks.run,
            "comparing": compares.run,
            "copying": copying.run,
        }

    def start(self) -> None:
        """Work through whatever waits from now on."""
        self._supervisor.go_on()
        for name, run in self._loops.items():
            running = self._running.get(name)
            if running is None or running.done():
                self._running[name] = self._supervisor.spawn(name, run())
