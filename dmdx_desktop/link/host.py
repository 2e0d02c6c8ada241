"""Clients and their commands, as the core's loop sees them: one execution a command, however often it is asked for.

Core process, asyncio loop.
"""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from contextlib import suppress
from typing import Final, Protocol

from dmdx_desktop import __version__
from dmdx_desktop.errors import DmdxError
from dmdx_desktop.link.channel import Channel
from dmdx_desktop.link.messages import (
    PROTOCOL,
    AnyMessage,
    Begun,
    Changed,
    Execute,
    Finish,
    Finished,
    Hello,
    KeepRendering,
    Progress,
    ToCore,
    Welcome,
    failed,
)
from dmdx_desktop.link.peer import Client
from dmdx_desktop.models.commands import Command
from dmdx_desktop.models.gestures import EDITS
from dmdx_desktop.models.ids import CommandId
from dmdx_desktop.models.outcome import Outcome, Report

SENDING_SECONDS: Final = 5.0


class Execution(Protocol):
    """What carries out commands. Raises ``DmdxError``."""

    def __call__(self, command: Command, report: Report) -> Awaitable[Outcome]: ...


Spawn = Callable[[str, Coroutine[object, object, None]], object]
"""Starts a named task."""


class CommandHost:
    """Has the commands of every client carried out, from ``begin`` on; those that come earlier wait for it.

    The owner is the window that started this core. ``owner_gone`` is set when it hung up without having said that the
    work shall go on; ``finish_asked`` when it said so. Any other client may come and go: its command, which is in rows
    by then, is carried to its end.
    """

    def __init__(self) -> None:
        self._work: tuple[Execution, Spawn] | None = None
        self._early: list[Command] = []
        self._loop = asyncio.get_running_loop()
        self._clients: set[Client] = set()
        self._waiting: dict[CommandId, set[Client]] = {}
        self._idle = asyncio.Event()
        self._idle.set()
        self._edits: set[CommandId] = set()
        self._settled = asyncio.Event()
        self._settled.set()
        self._commands_taken = 0
        self._retired = False
        self.owner_gone = asyncio.Event()
        self.finish_asked = asyncio.Event()

    def add(self, channel: Channel, *, is_owner: bool = False) -> None:
        """Serve a client that has just connected."""
        client = Client(channel, is_owner=is_owner)
        self._clients.add(client)
        client.serve(self._message_from_thread, self._gone_from_thread)
        if self._retired:
            client.close()

    def begin(self, execute: Execution, spawn: Spawn) -> None:
        """From now on ``execute`` carries out commands, each in a task of ``spawn``."""
        self._work = (execute, spawn)
        for command in self._early:
            spawn(f"command {command.kind}", self._carry_out(execute, command))
        self._early.clear()

    def give_up(self, error: DmdxError) -> None:
        """Tell every client why no command will ever be carried out."""
        for client in tuple(self._clients):
            client.send(failed(None, error))

    def announce(self, changes: Iterable[tuple[str, Iterable[int]]]) -> None:
        """Tell every window which rows changed. Callable from any thread."""
        windows = [client for client in tuple(self._clients) if client.role == "window"]
        if not windows:
            return
        for table, keys in changes:
            message = Changed(table=table, keys=tuple(keys))
            for client in windows:
                client.send(message)

    async def told_to_end(self) -> None:
        """Wait until the owner is gone, or has said that this core shall end once its work is done."""
        either = [asyncio.create_task(self.owner_gone.wait()), asyncio.create_task(self.finish_asked.wait())]
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for waiting in either:
                waiting.cancel()

    async def settle(self) -> None:
        """Wait until no edit is under way: what a hand did just before its window was closed is to last."""
        while self._edits:
            await self._settled.wait()

    async def retire(self) -> None:
        """Wait until no command is under way, and take none from that moment on.

        A client whose command comes later is hung up on before it was told that its command has begun, and turns to
        the next core.
        """
        while self._waiting:
            await self._idle.wait()
        self.take_no_more()

    async def finish(self, drain: Callable[[], Awaitable[None]]) -> None:
        """Retire once nothing is left: every command has ended, and ``drain`` has nothing more to do after it."""
        while True:
            await self._idle.wait()
            commands_before = self._commands_taken
            await drain()
            if not self._waiting and self._commands_taken == commands_before:
                self.take_no_more()
                return

    def take_no_more(self) -> None:
        """Take no further command, whatever is under way."""
        self._retired = True

    async def close(self, seconds: float = SENDING_SECONDS) -> None:
        """Hang up on everyone once what is queued for them was sent, but do not wait longer than ``seconds``."""
        self._retired = True
        clients = tuple(self._clients)
        for client in clients:
            client.close()
        await asyncio.to_thread(_wait_sent, clients, seconds)

    def _message_from_thread(self, client: Client, message: ToCore) -> None:
        self._soon(lambda: self._on_message(client, message))

    def _gone_from_thread(self, client: Client) -> None:
        self._soon(lambda: self._on_gone(client))

    def _soon(self, handle: Callable[[], None]) -> None:
        # The loop may have ended meanwhile; then nobody listens any more.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(handle)

    def _on_message(self, client: Client, message: ToCore) -> None:
        match message:
            case Hello():
                self._on_hello(client, message)
            case _ if client.role is None:
                client.close()
            case Execute():
                self._on_execute(client, message.command)
            case Finish() | KeepRendering():
                if client.is_owner:
                    self.finish_asked.set()

    def _on_hello(self, client: Client, hello: Hello) -> None:
        client.send(Welcome(protocol=PROTOCOL, version=__version__, process=os.getpid()))
        if hello.protocol == PROTOCOL:
            client.role = hello.role
            if hello.role == "window" and not client.is_owner and self.finish_asked.is_set():
                # Our own window was closed and another was opened: its core goes on with what is queued here.
                self.owner_gone.set()
        else:
            client.close()

    def _on_gone(self, client: Client) -> None:
        self._clients.discard(client)
        for waiting in self._waiting.values():
            waiting.discard(client)
        if client.is_owner and not self.finish_asked.is_set():
            self.owner_gone.set()

    def _on_execute(self, client: Client, command: Command) -> None:
        if self._retired:
            client.close()
            return
        client.send(Begun(command=command.id))
        if command.id in self._waiting:
            self._waiting[command.id].add(client)
            return
        self._commands_taken += 1
        self._waiting[command.id] = {client}
        self._idle.clear()
        if isinstance(command, EDITS):
            self._edits.add(command.id)
            self._settled.clear()
        if self._work is None:
            self._early.append(command)
        else:
            execute, spawn = self._work
            spawn(f"command {command.kind}", self._carry_out(execute, command))

    async def _carry_out(self, execute: Execution, command: Command) -> None:
        try:
            outcome = await execute(command, self._reporter(command.id))
            # Our own document: it need not be looked through again, which takes long for a long one.
            answer: AnyMessage = Finished.model_construct(
                command=command.id, exit_code=outcome.exit_code, document=outcome.document
            )
        except DmdxError as error:
            answer = failed(command.id, error)
        finally:
            self._edits.discard(command.id)
            if not self._edits:
                self._settled.set()
        for client in self._waiting.pop(command.id, set()):
            client.send(answer)
        if not self._waiting:
            self._idle.set()

    def _reporter(self, command: CommandId) -> Report:
        def report(phase: str, done: int, total: int | None) -> None:
            for client in self._waiting.get(command, set()):
                client.send(Progress(command=command, phase=phase, done=done, total=total))

        return report


def _wait_sent(clients: Iterable[Client], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    for client in clients:
        client.wait_sent(max(0.0, deadline - time.monotonic()))
