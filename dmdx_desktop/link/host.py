"""Clients and their commands, as the core's loop sees them: one execution a command, however often it is asked for.

Core process, asyncio loop.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Final, Protocol

from dmdx_desktop import __version__
from dmdx_desktop.errors import DmdxError
from dmdx_desktop.link.channel import Channel
from dmdx_desktop.link.messages import (
    PROTOCOL,
    AnyMessage,
    Changed,
    Execute,
    Failed,
    Finish,
    Finished,
    Hello,
    KeepRendering,
    Progress,
    ToCore,
    Welcome,
)
from dmdx_desktop.link.server import Client
from dmdx_desktop.models.commands import Command
from dmdx_desktop.models.ids import CommandId
from dmdx_desktop.models.outcome import Outcome, Report, exit_code_of

SENDING_SECONDS: Final = 5.0


class Execution(Protocol):
    """What carries out commands. Raises ``DmdxError``."""

    def __call__(self, command: Command, report: Report) -> Awaitable[Outcome]: ...


class CommandHost:
    """Carries out the commands of every client through ``execute``.

    ``window_gone`` is set when the window of this core hung up without having said that the work shall go on;
    ``finish_asked`` when it said so. A client that hangs up does not stop its command: the work is in rows by then.
    """

    def __init__(self, execute: Execution, spawn: Callable[[str, Coroutine[object, object, None]], object]) -> None:
        self._execute = execute
        self._spawn = spawn
        self._loop = asyncio.get_running_loop()
        self._clients: set[Client] = set()
        self._waiting: dict[CommandId, set[Client]] = {}
        self._idle = asyncio.Event()
        self._idle.set()
        self.window_gone = asyncio.Event()
        self.finish_asked = asyncio.Event()

    def add(self, channel: Channel) -> None:
        """Serve a client that has just connected."""
        client = Client(channel)
        self._clients.add(client)
        client.serve(self._from_thread(self._on_message), self._gone_from_thread)

    def announce(self, changes: Iterable[tuple[str, Iterable[int]]]) -> None:
        """Tell every window which rows changed. Callable from any thread."""
        messages = [Changed(table=table, keys=tuple(keys)) for table, keys in changes]
        for client in tuple(self._clients):
            if client.role == "window":
                for message in messages:
                    client.send(message)

    async def told_to_end(self) -> None:
        """Wait until the window is gone, or has said that this core shall end once its work is done."""
        either = [asyncio.create_task(self.window_gone.wait()), asyncio.create_task(self.finish_asked.wait())]
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for waiting in either:
                waiting.cancel()

    async def idle(self) -> None:
        """Wait until no command is under way."""
        await self._idle.wait()

    async def close(self) -> None:
        """Hang up on everyone, once what is queued for them was sent."""
        clients = tuple(self._clients)
        for client in clients:
            client.close()
        await asyncio.gather(*(asyncio.to_thread(client.wait_sent, SENDING_SECONDS) for client in clients))

    def _from_thread(self, handle: Callable[[Client, ToCore], None]) -> Callable[[Client, ToCore], None]:
        return lambda client, message: self._soon(handle, client, message)

    def _gone_from_thread(self, client: Client) -> None:
        self._soon(self._on_gone, client)

    def _soon(self, handle: Callable[..., None], *arguments: object) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(handle, *arguments)

    def _on_message(self, client: Client, message: ToCore) -> None:
        match message:
            case Hello():
                client.role = message.role
                client.send(Welcome(protocol=PROTOCOL, version=__version__, process=os.getpid()))
            case Execute():
                self._on_execute(client, message.command)
            case Finish() | KeepRendering():
                self.finish_asked.set()

    def _on_gone(self, client: Client) -> None:
        self._clients.discard(client)
        for waiting in self._waiting.values():
            waiting.discard(client)
        if client.role == "window" and not self.finish_asked.is_set():
            self.window_gone.set()

    def _on_execute(self, client: Client, command: Command) -> None:
        if command.id in self._waiting:
            self._waiting[command.id].add(client)
            return
        self._waiting[command.id] = {client}
        self._idle.clear()
        self._spawn(f"command {command.kind}", self._carry_out(command))

    async def _carry_out(self, command: Command) -> None:
        try:
            outcome = await self._execute(command, self._reporter(command.id))
            answer: AnyMessage = Finished(command=command.id, exit_code=outcome.exit_code, document=outcome.document)
        except DmdxError as error:
            answer = failed(command.id, error)
        self._answer(command.id, answer)

    def _answer(self, command: CommandId, answer: AnyMessage) -> None:
        for client in self._waiting.pop(command, set()):
            client.send(answer)
        if not self._waiting:
            self._idle.set()

    def _reporter(self, command: CommandId) -> Report:
        def report(phase: str, done: int, total: int | None) -> None:
            for client in self._waiting.get(command, set()):
                client.send(Progress(command=command, phase=phase, done=done, total=total))

        return report


def failed(command: CommandId | None, error: DmdxError) -> Failed:
    """The message for a command that could not be carried out."""
    return Failed(
        command=command,
        exit_code=exit_code_of(error),
        code=error.code,
        title=error.title,
        detail=error.detail,
        remedy=error.remedy,
    )
