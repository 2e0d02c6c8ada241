"""The core's door: who may come in, and that nobody at it keeps others out. Real sockets in a folder of the test."""

import asyncio
import os
import socket
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing import connection
from pathlib import Path

import pytest

from dmdx_desktop.errors import LibraryError
from dmdx_desktop.link.channel import Channel
from dmdx_desktop.link.client import LinkClient
from dmdx_desktop.link.holder import BasedirLock
from dmdx_desktop.link.host import CommandHost
from dmdx_desktop.link.messages import LinkError, Welcome, to_bytes
from dmdx_desktop.link.server import MAX_AT_DOOR, LinkServer
from dmdx_desktop.models.commands import Command, ListJobs
from dmdx_desktop.models.outcome import ExitCode, Outcome, Report

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="these sockets are Unix sockets")


@dataclass
class Door:
    """A core that answers every command with its kind, and its door."""

    folder: Path
    host: CommandHost
    server: LinkServer
    came_in: list[Channel] = field(default_factory=list)

    @property
    def address(self) -> str:
        return str(self.folder / "core.sock")

    @property
    def key_file(self) -> Path:
        return self.folder / "core.key"

    async def connect(self) -> LinkClient | None:
        return await asyncio.to_thread(LinkClient.try_connect, self.address, "AF_UNIX", self.key_file)

    async def is_served(self) -> bool:
        """Whether a client that behaves is let in and its command carried out."""
        client = await self.connect()
        if client is None:
            return False
        outcome = await asyncio.to_thread(client.execute, ListJobs(), _ignore)
        client.close()
        return outcome.document == {"kind": "jobs"} and client.process == os.getpid()


def _ignore(phase: str, done: int, total: int | None) -> None:
    del phase, done, total


async def _name_it(command: Command, report: Report) -> Outcome:
    report("naming", 1, 1)
    await asyncio.sleep(0)
    return Outcome(ExitCode.WELL, {"kind": command.kind})


@asynccontextmanager
async def _door(folder: Path, *, proving_seconds: float = 5.0) -> AsyncIterator[Door]:
    loop = asyncio.get_running_loop()
    async with asyncio.TaskGroup() as tasks:
        host = CommandHost()
        host.begin(_name_it, lambda name, work: tasks.create_task(work, name=name))
        came_in: list[Channel] = []

        def let_in(channel: Channel) -> None:
            came_in.append(channel)
            host.add(channel)

        address, key_file = str(folder / "core.sock"), folder / "core.key"
        server = LinkServer(address, "AF_UNIX", key_file, let_in, loop, proving_seconds=proving_seconds)
        try:
            yield Door(folder, host, server, came_in)
        finally:
            await asyncio.to_thread(server.close)
            await host.close()


def _knock(door: Door) -> socket.socket:
    stranger = socket.socket(socket.AF_UNIX)
    stranger.connect(door.address)
    return stranger


async def test_client_with_the_key_is_served_and_learns_the_process(tmp_path: Path) -> None:
    async with _door(tmp_path) as door:
        assert await door.is_served()


async def test_socket_and_key_belong_to_this_user_alone_and_go_with_the_door(tmp_path: Path) -> None:
    async with _door(tmp_path) as door:
        for path in (Path(door.address), door.key_file):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == []


async def test_strangers_that_say_nothing_keep_nobody_out(tmp_path: Path) -> None:
    async with _door(tmp_path) as door:
        strangers = [_knock(door) for _ in range(MAX_AT_DOOR // 2)]
        assert await door.is_served()
        for stranger in strangers:
            stranger.close()


async def test_strangers_that_say_half_of_something_are_hung_up_on_after_a_while(tmp_path: Path) -> None:
    async with _door(tmp_path, proving_seconds=0.2) as door:
        strangers = [_knock(door) for _ in range(MAX_AT_DOOR)]
        for stranger in strangers:
            stranger.sendall(b"\0\0")
        for stranger in strangers:
            await asyncio.to_thread(_read_to_the_end, stranger)
            stranger.close()
        assert await door.is_served()


@pytest.mark.parametrize("said", [b"", b"\xff" * 300, b"\0\0\0\x05hello", b"\x7f\xff\xff\xff", b"\xff\xff\xff\xfb"])
async def test_stranger_that_hangs_up_or_talks_nonsense_does_no_harm(tmp_path: Path, said: bytes) -> None:
    async with _door(tmp_path) as door:
        stranger = _knock(door)
        stranger.sendall(said)
        stranger.close()
        assert await door.is_served()
        assert len(door.came_in) == 1


async def test_client_with_another_key_is_not_let_in(tmp_path: Path) -> None:
    async with _door(tmp_path) as door:
        wrong = tmp_path / "wrong.key"
        wrong.write_bytes(b"k" * 32)
        assert await asyncio.to_thread(LinkClient.try_connect, door.address, "AF_UNIX", wrong) is None
        assert door.came_in == []
        assert await door.is_served()


async def test_client_that_was_let_in_and_then_says_nothing_keeps_nobody_out(tmp_path: Path) -> None:
    async with _door(tmp_path) as door:
        silent = await asyncio.to_thread(connection.Client, door.address, "AF_UNIX", authkey=door.key_file.read_bytes())
        assert await door.is_served()
        silent.close()


async def test_client_that_gives_commands_before_a_greeting_is_hung_up_on(tmp_path: Path) -> None:
    async with _door(tmp_path) as door:
        rude = await asyncio.to_thread(connection.Client, door.address, "AF_UNIX", authkey=door.key_file.read_bytes())
        rude.send_bytes(b'{"type": "execute", "command": {"kind": "jobs"}}')
        with pytest.raises(EOFError):
            await asyncio.to_thread(rude.recv_bytes)
        rude.close()


async def test_client_of_another_version_is_told_ours_and_hung_up_on(tmp_path: Path) -> None:
    async with _door(tmp_path) as door:
        newer = await asyncio.to_thread(connection.Client, door.address, "AF_UNIX", authkey=door.key_file.read_bytes())
        newer.send_bytes(b'{"type": "hello", "protocol": 99, "role": "window", "more": true}')
        assert b'"welcome"' in await asyncio.to_thread(newer.recv_bytes)
        with pytest.raises(EOFError):
            await asyncio.to_thread(newer.recv_bytes)
        newer.close()


async def test_client_meets_a_core_of_another_version_and_says_so(tmp_path: Path) -> None:
    key_file, address = tmp_path / "key", str(tmp_path / "socket")
    key_file.write_bytes(b"k" * 32)
    with connection.Listener(address, "AF_UNIX", authkey=b"k" * 32) as listener:
        connecting = asyncio.create_task(asyncio.to_thread(LinkClient.try_connect, address, "AF_UNIX", key_file))
        with await asyncio.to_thread(listener.accept) as core:
            await asyncio.to_thread(core.recv_bytes)
            core.send_bytes(to_bytes(Welcome(protocol=99, version="9.9", process=1)))
            with pytest.raises(LinkError) as raised:
                await connecting
    assert raised.value.code == "other_version"


async def test_client_gives_up_on_a_core_that_does_not_answer(tmp_path: Path) -> None:
    """A core that was stopped or hangs still has its socket; whoever knocks must not hang with it."""
    key_file = tmp_path / "key"
    key_file.write_bytes(b"k" * 32)
    with connection.Listener(str(tmp_path / "socket"), "AF_UNIX"):
        address = str(tmp_path / "socket")
        assert await asyncio.to_thread(LinkClient.try_connect, address, "AF_UNIX", key_file, within_s=0.2) is None


async def test_socket_that_a_dead_core_left_is_no_door_and_no_obstacle(tmp_path: Path) -> None:
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(tmp_path / "core.sock"))
    left.close()
    (tmp_path / "core.key").write_bytes(b"old")
    (tmp_path / "core.key.part").write_bytes(b"half a key")
    assert LinkClient.try_connect(str(tmp_path / "core.sock"), "AF_UNIX", tmp_path / "core.key") is None
    async with _door(tmp_path) as door:
        assert await door.is_served()


async def test_door_whose_socket_was_moved_away_still_closes(tmp_path: Path) -> None:
    """Whoever clears away old files may take the socket of a core that is at work."""
    async with _door(tmp_path) as door:
        os.rename(door.address, tmp_path / "elsewhere.sock")
        door.key_file.unlink()
        await asyncio.to_thread(door.server.close)
        # Only for this process, which lives on: the thread that accepts has still to be woken.
        with socket.socket(socket.AF_UNIX) as stranger:
            stranger.connect(str(tmp_path / "elsewhere.sock"))


def test_lock_is_held_by_one_and_given_back_when_its_process_is_killed(tmp_path: Path) -> None:
    lock_file = tmp_path / "library" / "core.lock"
    hold = "import sys; from pathlib import Path; from dmdx_desktop.link.holder import BasedirLock as Lock\n"
    hold += "lock = Lock.try_acquire(Path(sys.argv[1])); print(lock is not None, flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(lock_file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert BasedirLock.try_acquire(lock_file) is None
        holder.kill()
        holder.wait()
        lock = BasedirLock.try_acquire(lock_file)
        assert lock is not None
        lock.close()


def test_lock_in_a_folder_that_cannot_be_has_words_for_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryError) as raised:
        BasedirLock.try_acquire(tmp_path / "file" / "core.lock")
    assert raised.value.code == "basedir_not_a_folder"


def _read_to_the_end(stranger: socket.socket) -> None:
    while stranger.recv(4096):
        pass
