"""The program that is killed: the real core, opened as the command line opens it, in a process of its own.

    python -m tests.crash.victim BASEDIR [--die-at N] [--live INPUTS EXPORTED | --delete JOB | --plan JOB]

With ``--plan`` it only plans to delete. Without any of the three it opens the library and closes it again, which
clears what an earlier core left.
With ``--die-at`` it kills itself at the N-th moment at which something becomes durable, having written that moment's
name to standard output, and the number of moments it saw when it comes to its end instead. What the core logs at
WARNING or above goes to standard error.
"""

import argparse
import asyncio
import logging
import os
import signal
import threading
from pathlib import Path

from dmdx_desktop.config import Paths, load_settings
from dmdx_desktop.core import open_core
from dmdx_desktop.library.steps import Step
from dmdx_desktop.link.holder import BasedirLock
from dmdx_desktop.models.commands import Delete
from dmdx_desktop.models.gestures import PlanDeletion
from dmdx_desktop.models.ids import JobId
from tests.crash.scenario import ask, live

# On Windows this ends a process just as suddenly.
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


class Executioner:
    """Counts the steps, and ends this process at the one it was told."""

    def __init__(self, die_at: int | None) -> None:
        self._die_at = die_at
        self._lock = threading.Lock()
        self.seen = 0

    def step(self, name: Step) -> None:
        with self._lock:
            self.seen += 1
            if self.seen == self._die_at:
                os.write(1, name.encode())
                os.kill(os.getpid(), KILL)


async def _serve(paths: Paths, executioner: Executioner, values: argparse.Namespace) -> None:
    async with open_core(paths, load_settings(paths), executioner) as core:
        if values.live:
            await live(core, *values.live)
        if values.delete:
            await ask(core, Delete(jobs=(values.delete,)))
        if values.plan:
            await ask(core, PlanDeletion(jobs=(values.plan,)))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("basedir", type=Path)
    parser.add_argument("--die-at", type=int)
    parser.add_argument("--live", type=Path, nargs=2)
    parser.add_argument("--delete", type=JobId)
    parser.add_argument("--plan", type=JobId)
    values = parser.parse_args()
    logging.basicConfig(level=logging.WARNING)
    paths = Paths(values.basedir)
    executioner = Executioner(values.die_at)
    lock = BasedirLock.try_acquire(paths.lock_file)
    assert lock is not None, "somebody else holds this basedir"
    with lock:
        asyncio.run(_serve(paths, executioner, values))
    os.write(1, str(executioner.seen).encode())


if __name__ == "__main__":
    main()
