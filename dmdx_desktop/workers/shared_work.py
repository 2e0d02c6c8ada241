"""One execution of a command, however many ask for it at once: a client that sends it again, and the core that resumes.

Core process, asyncio loop.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from dmdx_desktop.models.outcome import Outcome, Report


@dataclass(eq=False)
class _Execution:
    """A command under way: who hears of its progress, and what it reported last."""

    task: asyncio.Task[Outcome] | None = None
    reports: list[Report] = field(default_factory=list)
    last: tuple[str, int, int | None] | None = None

    def report(self, phase: str, done: int, total: int | None) -> None:
        self.last = (phase, done, total)
        for report in tuple(self.reports):
            report(phase, done, total)


class SharedWork:
    """Carries out commands by the keys of their rows, each once at a time.

    Who asks for one that is under way joins it: hears its progress, and gets its outcome. It goes on for as long as one
    who asked for it still waits.
    """

    def __init__(self) -> None:
        self._executions: dict[int, _Execution] = {}

    async def run(self, key: int, work: Callable[[Report], Awaitable[Outcome]], report: Report) -> Outcome:
        """The outcome of ``work``, or of the one of this key that is under way. Raises what it raises."""
        execution = self._executions.get(key)
        if execution is None:
            execution = self._executions[key] = _Execution()
            execution.task = asyncio.create_task(self._carry_out(key, work, execution))
        elif execution.last is not None:
            report(*execution.last)
        assert execution.task is not None
        execution.reports.append(report)
        try:
            return await asyncio.shield(execution.task)
        finally:
            execution.reports.remove(report)
            if not execution.reports and not execution.task.done():
                execution.task.cancel()
                await asyncio.gather(execution.task, return_exceptions=True)

    def __contains__(self, key: int) -> bool:
        """Whether the command of this key is under way."""
        return key in self._executions

    async def _carry_out(
        self, key: int, work: Callable[[Report], Awaitable[Outcome]], execution: _Execution
    ) -> Outcome:
        try:
            return await work(execution.report)
        finally:
            del self._executions[key]
