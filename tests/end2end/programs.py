"""The real program as processes: verbs, and a core with a test in the place of its window. For the tests here."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TypeVar

from dmdx_desktop.link.channel import PipeChannel
from dmdx_desktop.link.messages import (
    PROTOCOL,
    AnyMessage,
    Execute,
    Failed,
    Finished,
    FromCore,
    Hello,
    Welcome,
    read_by_client,
    to_bytes,
)
from dmdx_desktop.models.commands import Command, ListJobs

if sys.platform != "win32":
    import pty

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "samples"
PROGRAM = (sys.executable, "-m", "dmdx_desktop")
PATIENCE_S = 60.0

M = TypeVar("M", bound=AnyMessage)


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def run_verb(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """A verb from its start to its end."""
    return subprocess.run(
        [*PROGRAM, *arguments], capture_output=True, text=True, env=environment(), timeout=PATIENCE_S, check=False
    )


class Verb:
    """A verb under way, at a terminal of its own: what it says there of its progress can be waited for."""

    def __init__(self, *arguments: str) -> None:
        self._terminal, its_end = pty.openpty()
        self.process = subprocess.Popen(
            [*PROGRAM, *arguments],
            stdout=subprocess.PIPE,
            stderr=its_end,
            text=True,
            env=environment(),
            start_new_session=True,
        )
        os.close(its_end)
        self.said = ""

    def wait_for(self, words: str) -> None:
        """Until the terminal shows ``words``."""
        while words not in self.said:
            assert self._read(), f"the verb ended without saying {words!r}: {self.said!r}"

    def interrupt(self) -> None:
        """What Ctrl-C does at a terminal: it reaches every process that was started from it."""
        os.killpg(self.process.pid, signal.SIGINT)

    def finish(self) -> str:
        """Its standard output, once it has ended."""
        while self._read():
            pass
        answer, _ = self.process.communicate(timeout=PATIENCE_S)
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.communicate()
        os.close(self._terminal)

    def _read(self) -> bool:
        readable, _, _ = select.select([self._terminal], [], [], PATIENCE_S)
        assert readable, f"nothing happened: {self.said!r}"
        try:
            more = os.read(self._terminal, 4096)
        except OSError:  # how Linux says that nobody holds the other end any more
            return False
        self.said += more.decode(errors="replace")
        return bool(more)


class Core:
    """A core process, with us in the place of its window."""

    def __init__(self, basedir: Path, *, role: Literal["window", "verb"] | None = "window") -> None:
        self.process = subprocess.Popen(
            [*PROGRAM, "core", "--basedir", str(basedir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env=environment(),
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.channel = PipeChannel(self.process.stdout, self.process.stdin)
        self.heard: list[FromCore] = []
        if role is not None:
            self._greet(role)

    def is_at_work(self) -> Self:
        """Wait until it carries out commands, ours and those of other programs."""
        self.ask(ListJobs())
        return self

    @property
    def pid(self) -> int:
        return self.process.pid

    def say(self, message: AnyMessage) -> None:
        self.channel.send(to_bytes(message))

    def ask(self, command: Command) -> Finished:
        """What a command comes to."""
        self.say(Execute(command=command))
        return self.hear(Finished, lambda finished: finished.command == command.id)

    def _greet(self, role: Literal["window", "verb"]) -> None:
        try:
            self.say(Hello(protocol=PROTOCOL, role=role))
            self.hear(Welcome)
        except BaseException:
            self.__exit__(None, None, None)
            raise

    def fail(self, command: Command) -> Failed:
        """What is said of a command that cannot be carried out."""
        self.say(Execute(command=command))
        return self.hear(Failed, lambda failed: failed.command == command.id)

    def hear(self, kind: type[M], such: Callable[[M], bool] = lambda _: True) -> M:
        """The next message of this kind; those before it are kept in ``heard``."""
        while True:
            raw = self.channel.receive()
            assert raw is not None, f"the core hung up; it said {self.heard[-3:]}"
            message = read_by_client(raw)
            self.heard.append(message)
            if isinstance(message, kind) and such(message):
                return message

    def end(self) -> int:
        """Hang up without a word, and wait for its end; its exit code."""
        self.channel.close()
        return self.process.wait(PATIENCE_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        self.channel.close()


def children_of(pid: int) -> list[int]:
    """The processes that ``pid`` started and that still are."""
    found: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in file.read_text().split()]
    return found


@contextmanager
def watched(pids: Iterable[int]) -> Iterator[dict[int, int]]:
    """Handles by which the ends of other processes, whoever started them, can be waited for."""
    handles = {pid: os.pidfd_open(pid) for pid in pids}
    try:
        yield handles
    finally:
        for handle in handles.values():
            os.close(handle)


def seconds_until_gone(handles: dict[int, int], *, at_most: float) -> dict[int, float]:
    """How long from now each process takes to end; those that do not are missing."""
    began = time.monotonic()
    left = {handle: pid for pid, handle in handles.items()}
    gone: dict[int, float] = {}
    while left and (patience := began + at_most - time.monotonic()) > 0:
        ended, _, _ = select.select(list(left), [], [], patience)
        for handle in ended:
            gone[left.pop(handle)] = time.monotonic() - began
    return gone
