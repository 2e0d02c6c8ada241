"""Clients and their commands, as the core's loop sees them: over real connections, with works made for the purpose."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from multiprocessing.connection import Connection, Pipe
from typing import Literal, TypeVar

from dmdx_desktop.errors import UsageError
from dmdx_desktop.link.channel import SocketChannel
from dmdx_desktop.link.host import CommandHost
from dmdx_desktop.link.messages import (
    MAX_MESSAGE_BYTES,
    PROTOCOL,
    AnyMessage,
    Begun,
    Changed,
    Execute,
    Failed,
    Finish,
    Finished,
    FromCore,
    Hello,
    Progress,
    Welcome,
    read_by_client,
    to_bytes,
)
from dmdx_desktop.models.commands import Command, ListJobs, ShowJob
from dmdx_desktop.models.gestures import KeepRecipe
from dmdx_desktop.models.outcome import ExitCode, Outcome, Report

M = TypeVar("M", bound=AnyMessage)


class Works:
    """What the host has carried out: each command waits until it is let go."""

    def __init__(self) -> None:
        self.begun: list[Command] = []
        self.reports: list[Report] = []
        self.someone_began = asyncio.Event()
        self.let_go = asyncio.Event()

    async def execute(self, command: Command, report: Report) -> Outcome:
        self.begun.append(command)
        self.reports.append(report)
        self.someone_began.set()
        await self.let_go.wait()
        if isinstance(command, ShowJob):
            raise UsageError("not_found", "There is no such piece.", "It was deleted.", "See the list.")
        return Outcome(ExitCode.WELL, {"jobs": []})


class Guest:
    """The other end of a client's connection."""

    def __init__(self, connection: "Connection[bytes, bytes]") -> None:
        self.connection = connection

    def say(self, message: AnyMessage) -> None:
        self.connection.send_bytes(to_bytes(message))

    async def hear(self, kind: type[M], such: Callable[[M], bool] = lambda _: True) -> M:
        while True:
            message = await self.next()
            assert message is not None
            if isinstance(message, kind) and such(message):
                return message

    async def next(self) -> FromCore | None:
        try:
            return read_by_client(await asyncio.to_thread(self.connection.recv_bytes))
        except (EOFError, ConnectionError):
            return None

    def leave(self) -> None:
        self.connection.close()


class House:
    """A host, its works and its guests."""

    def __init__(self, tasks: asyncio.TaskGroup) -> None:
        self.works = Works()
        self.host = CommandHost()
        self.host.begin(self.works.execute, lambda name, work: tasks.create_task(work, name=name))
        self._guests: list[Guest] = []

    async def guest(self, role: Literal["window", "verb"] = "verb", *, is_owner: bool = False) -> Guest:
        ours, theirs = Pipe()
        self.host.add(SocketChannel(ours), is_owner=is_owner)
        guest = Guest(theirs)
        self._guests.append(guest)
        guest.say(Hello(protocol=PROTOCOL, role=role))
        await guest.hear(Welcome)
        return guest

    async def close(self) -> None:
        self.works.let_go.set()
        for guest in self._guests:
            guest.leave()
        await self.host.close()


@asynccontextmanager
async def _house() -> AsyncIterator[House]:
    async with asyncio.TaskGroup() as tasks:
        house = House(tasks)
        try:
            yield house
        finally:
            await house.close()


async def test_two_clients_with_one_command_share_one_execution_and_both_hear_of_it() -> None:
    async with _house() as house:
        first, second = await house.guest(), await house.guest()
        command = ListJobs()
        for guest in (first, second):
            guest.say(Execute(command=command))
            await guest.hear(Begun)
        house.works.reports[0]("reading", 3, 10)
        for guest in (first, second):
            assert (await guest.hear(Progress)).done == 3
        house.works.let_go.set()
        for guest in (first, second):
            assert (await guest.hear(Finished)).command == command.id
        assert house.works.begun == [command]


async def test_command_that_cannot_be_carried_out_is_answered_with_its_words() -> None:
    async with _house() as house:
        guest = await house.guest()
        command = ShowJob(job="none")
        guest.say(Execute(command=command))
        house.works.let_go.set()
        answer = await guest.hear(Failed)
        assert (answer.command, answer.code, answer.exit_code) == (command.id, "not_found", ExitCode.WRONG_USE)


async def test_client_that_goes_does_not_stop_its_command() -> None:
    async with _house() as house:
        gone, staying = await house.guest(), await house.guest()
        command = ListJobs()
        gone.say(Execute(command=command))
        await house.works.someone_began.wait()
        gone.leave()
        staying.say(Execute(command=command))
        await staying.hear(Begun)
        house.works.let_go.set()
        assert (await staying.hear(Finished)).exit_code == ExitCode.WELL
        assert house.works.begun == [command]


async def test_windows_hear_of_changes_and_verbs_do_not() -> None:
    async with _house() as house:
        window, verb = await house.guest("window"), await house.guest("verb")
        house.host.announce([("job", [1, 2])])
        assert await window.hear(Changed) == Changed(table="job", keys=(1, 2))
        verb.say(Execute(command=ListJobs()))
        house.works.let_go.set()
        heard = [await verb.next(), await verb.next()]
        assert [type(message) for message in heard] == [Begun, Finished]


async def test_only_the_owner_makes_the_core_end_by_hanging_up() -> None:
    async with _house() as house:
        owner = await house.guest("window", is_owner=True)
        other = await house.guest("window")
        other.say(Finish())
        other.leave()
        owner.say(Execute(command=ListJobs()))
        house.works.let_go.set()
        await owner.hear(Finished)
        assert not house.host.finish_asked.is_set()
        assert not house.host.owner_gone.is_set()
        owner.leave()
        await house.host.told_to_end()
        assert house.host.owner_gone.is_set()


async def test_owner_that_said_finish_may_hang_up() -> None:
    async with _house() as house:
        owner = await house.guest("window", is_owner=True)
        owner.say(Finish())
        owner.leave()
        await house.host.told_to_end()
        assert house.host.finish_asked.is_set()
        assert not house.host.owner_gone.is_set()


async def test_host_settles_when_edits_are_done_whatever_else_is_under_way() -> None:
    async with _house() as house:
        guest = await house.guest("window", is_owner=True)
        guest.say(Execute(command=ListJobs()))
        await guest.hear(Begun)
        await house.host.settle()
        guest.say(Execute(command=KeepRecipe(name="Web shop")))
        await guest.hear(Begun)
        settling = asyncio.create_task(house.host.settle())
        await asyncio.sleep(0)
        assert not settling.done()
        house.works.let_go.set()
        await settling


async def test_owner_that_goes_before_its_first_word_is_gone_all_the_same() -> None:
    async with _house() as house:
        ours, theirs = Pipe()
        house.host.add(SocketChannel(ours), is_owner=True)
        theirs.close()
        await house.host.owner_gone.wait()


async def test_retiring_waits_for_what_is_under_way_and_leaves_later_commands_to_the_next_core() -> None:
    async with _house() as house:
        early, late = await house.guest(), await house.guest()
        early.say(Execute(command=ListJobs()))
        await early.hear(Begun)
        retiring = asyncio.create_task(house.host.retire())
        await asyncio.sleep(0)
        assert not retiring.done()
        house.works.let_go.set()
        await retiring
        await early.hear(Finished)
        late.say(Execute(command=ListJobs()))
        assert await late.next() is None
        assert len(house.works.begun) == 1


async def test_finishing_drains_again_when_a_command_came_meanwhile() -> None:
    async with _house() as house:
        guest = await house.guest()
        house.works.let_go.set()
        drained = 0

        async def drain() -> None:
            nonlocal drained
            drained += 1
            if drained == 1:
                guest.say(Execute(command=ListJobs()))
                await house.works.someone_began.wait()

        await house.host.finish(drain)
        await guest.hear(Finished)
        assert drained == 2


async def test_answer_too_long_to_send_is_answered_with_words() -> None:
    async def tell_all(command: Command, report: Report) -> Outcome:
        await asyncio.sleep(0)
        return Outcome(ExitCode.WELL, {"everything": "x" * (MAX_MESSAGE_BYTES + 1)})

    async with asyncio.TaskGroup() as tasks:
        host = CommandHost()
        host.begin(tell_all, lambda name, work: tasks.create_task(work, name=name))
        ours, theirs = Pipe()
        host.add(SocketChannel(ours))
        guest = Guest(theirs)
        guest.say(Hello(protocol=PROTOCOL, role="verb"))
        command = ListJobs()
        guest.say(Execute(command=command))
        answer = await guest.hear(Failed)
        assert (answer.code, answer.command) == ("answer_too_long", command.id)
        guest.leave()
        await host.close()


async def test_command_that_comes_before_the_library_is_open_waits_for_it() -> None:
    async with asyncio.TaskGroup() as tasks:
        host, works = CommandHost(), Works()
        ours, theirs = Pipe()
        host.add(SocketChannel(ours), is_owner=True)
        guest = Guest(theirs)
        guest.say(Hello(protocol=PROTOCOL, role="window"))
        guest.say(Execute(command=ListJobs()))
        await guest.hear(Begun)
        assert works.begun == []
        works.let_go.set()
        host.begin(works.execute, lambda name, work: tasks.create_task(work, name=name))
        await guest.hear(Finished)
        guest.leave()
        await host.close()


async def test_client_that_talks_nonsense_is_hung_up_on() -> None:
    async with _house() as house:
        guest, other = await house.guest(), await house.guest()
        guest.connection.send_bytes(b"\xff\xfe nonsense")
        assert await guest.next() is None
        house.works.let_go.set()
        other.say(Execute(command=ListJobs()))
        await other.hear(Finished)


async def test_client_that_reads_no_answers_is_hung_up_on_and_closing_does_not_wait_for_it() -> None:
    async with _house() as house:
        deaf = await house.guest()
        house.works.let_go.set()
        sent = await asyncio.to_thread(_talk_on_and_on, deaf)
        assert sent < 200_000
        began = asyncio.get_running_loop().time()
        await house.host.close(0.2)
        assert asyncio.get_running_loop().time() - began < 2.0


def _talk_on_and_on(guest: Guest) -> int:
    """Ask and ask without listening; how often it took until we were hung up on."""
    sent = 0
    with suppress(OSError):
        while sent < 1_000_000:
            guest.say(Execute(command=ListJobs()))
            sent += 1
    return sent
