"""A TCP proxy of the tests that spoils the way to a server; on a thread of its own, with its own event loop.

What is wrong can be changed at any time, for connections that exist too: each piece of data meets what is in force.
"""

import asyncio
import os
import re
import socket
import struct
import threading
from collections.abc import Coroutine
from enum import StrEnum
from types import TracebackType
from typing import Self

START_SECONDS = 10.0
PIECE_BYTES = 65536
RESET_AFTER_BYTES = 10
PORTAL_PAGE = b"<!DOCTYPE html><html><body><h1>Welcome</h1><form>Accept the terms of this network.</form></body></html>"


class Toxic(StrEnum):
    """What is wrong with the network."""

    NONE = "none"
    LATENCY = "latency"
    """Each answer begins ``latency_s`` late."""
    RESET = "reset"
    """RST when ten bytes of a request have come; the server sees none of it."""
    HALF_OPEN = "half_open"
    """Requests are taken in and lost; nothing is ever answered."""
    ONE_BYTE_PER_SECOND = "one_byte_per_second"
    """Answers trickle, a byte every ``byte_s``."""
    CUT_AFTER_BODY = "cut_after_body"
    """The server gets the request and answers; the connection ends instead of bringing the answer."""
    REFUSE = "refuse"
    """Nobody listens, and connections that existed are reset."""
    CAPTIVE_PORTAL = "captive_portal"
    """A hotel's login page answers in the server's place."""
    BLACK_HOLE = "black_hole"
    """Nothing moves in either direction, as if packets were lost; what was under way goes on when it is over."""


class TcpProxy:
    """Started by ``with``; stands in front of ``host`` and ``port``."""

    def __init__(self, host: str, port: int) -> None:
        self.latency_s = 0.4
        self.byte_s = 1.0
        self.portal_redirects = True  # else each request is answered with the login page at once
        self.connections = 0
        self.bytes_asked = 0  # from clients, whether passed on or not
        self.bytes_answered = 0  # passed on to clients
        self.target = (host, port)
        self._toxic = Toxic.NONE
        self._port = 0
        self._listening: asyncio.Server | None = None
        self._placeholder: socket.socket | None = None
        self._carried: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end = asyncio.Event()
        self._started = threading.Event()
        self._light = asyncio.Event()
        self._failed: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=type(self).__name__, daemon=True)

    @property
    def port(self) -> int:
        return self._port

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def toxic(self) -> Toxic:
        return self._toxic

    @toxic.setter
    def toxic(self, toxic: Toxic) -> None:
        """In force when this returns. Not to be set in the proxy's own thread."""
        self._done(self._switch(toxic))

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._started.wait(START_SECONDS) or self._failed is not None:
            raise RuntimeError("the proxy did not start") from self._failed
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(START_SECONDS)

    def _done(self, work: Coroutine[object, object, None]) -> None:
        assert self._loop is not None, "the proxy is started by with"
        asyncio.run_coroutine_threadsafe(work, self._loop).result(START_SECONDS)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # told to whoever waits for the start
            self._failed = error
        finally:
            self._started.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._light.set()
        self._hold_port()
        await self._listen()
        self._started.set()
        await self._end.wait()
        await self._stop_listening()
        if self._placeholder is not None:
            self._placeholder.close()

    def _hold_port(self) -> None:
        """A bound socket that does not listen: connecting is refused, and nobody else is given the port."""
        held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name != "nt":
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", self._port))
        self._port = held.getsockname()[1]
        self._placeholder = held

    async def _listen(self) -> None:
        # The small limit makes senders wait soon when nothing is read.
        held, self._placeholder = self._placeholder, None
        self._listening = await asyncio.start_server(self._accept, sock=held, limit=4096)

    async def _stop_listening(self) -> None:
        listening, self._listening = self._listening, None
        if listening is not None:
            listening.close()
        while self._carried:
            for task in self._carried:
                task.cancel()
            await asyncio.gather(*self._carried, return_exceptions=True)
        await asyncio.sleep(0)  # sockets are closed in the loop's next round

    async def _switch(self, toxic: Toxic) -> None:
        self._toxic = toxic
        if toxic is Toxic.BLACK_HOLE:
            self._light.clear()
        else:
            self._light.set()
        if toxic is Toxic.REFUSE and self._listening is not None:
            await self._stop_listening()
            self._hold_port()
        elif toxic is not Toxic.REFUSE and self._listening is None:
            await self._listen()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        connection = _Connection(self, reader, writer)
        self.start(connection.carry()).add_done_callback(lambda _: connection.close())

    def start(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        """``work`` as a task that ends when the proxy does."""
        task = asyncio.create_task(work)
        self._carried.add(task)
        task.add_done_callback(self._carried.discard)
        return task

    async def light(self) -> None:
        """Wait while everything falls into a black hole."""
        await self._light.wait()


class _Connection:
    """One client's connection and, once something is passed on, the one to the server."""

    def __init__(self, proxy: TcpProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._proxy = proxy
        self._reader = reader
        self._writer = writer
        self._server: asyncio.StreamWriter | None = None
        self._answers: asyncio.Task[None] | None = None
        self._asked_since_answer = False

    async def carry(self) -> None:
        """Until either side ends it, or what is wrong does."""
        try:
            await self._carry_requests()
        except (OSError, asyncio.CancelledError):
            self._abort()

    def close(self) -> None:
        """Leave nothing open, however far it came: a task may be cancelled before its first line."""
        if self._answers is not None:
            self._answers.cancel()
        for writer in (self._server, self._writer):
            if writer is not None:
                writer.close()

    async def _carry_requests(self) -> None:
        asked = 0
        while True:
            await self._proxy.light()
            piece = await self._reader.read(PIECE_BYTES)
            await self._proxy.light()
            if not piece:
                return
            asked += len(piece)
            self._proxy.bytes_asked += len(piece)
            match self._proxy.toxic:
                case Toxic.RESET:
                    if asked >= RESET_AFTER_BYTES:
                        return self._abort()
                case Toxic.HALF_OPEN:
                    pass
                case Toxic.CAPTIVE_PORTAL:
                    return await self._answer_as_portal(piece)
                case _:
                    await self._pass_on(piece)

    async def _pass_on(self, piece: bytes) -> None:
        if self._server is None:
            reader, self._server = await asyncio.open_connection(*self._proxy.target)
            self._answers = self._proxy.start(self._carry_answers(reader))
        self._asked_since_answer = True
        self._server.write(piece)
        await self._server.drain()

    async def _carry_answers(self, reader: asyncio.StreamReader) -> None:
        try:
            while piece := await reader.read(PIECE_BYTES):
                await self._proxy.light()
                match self._proxy.toxic:
                    case Toxic.CUT_AFTER_BODY | Toxic.RESET:
                        return self._abort()
                    case Toxic.HALF_OPEN | Toxic.CAPTIVE_PORTAL:
                        continue
                    case Toxic.LATENCY if self._asked_since_answer:
                        await asyncio.sleep(self._proxy.latency_s)
                self._asked_since_answer = False
                await self._trickle(piece)
            self._writer.close()
        except OSError:
            self._abort()

    async def _trickle(self, piece: bytes) -> None:
        """Pass ``piece`` on: a byte at a time while that is what is wrong, then the rest."""
        while piece:
            size = 1 if self._proxy.toxic is Toxic.ONE_BYTE_PER_SECOND else len(piece)
            self._writer.write(piece[:size])
            await self._writer.drain()
            self._proxy.bytes_answered += size
            piece = piece[size:]
            if piece:
                await asyncio.sleep(self._proxy.byte_s)
                await self._proxy.light()

    async def _answer_as_portal(self, request: bytes) -> None:
        while b"\r\n\r\n" not in request:
            request += await self._more()
        head, _, body = request.partition(b"\r\n\r\n")
        length = re.search(rb"(?im)^content-length:\s*(\d+)", head)
        # A client that asks first whether to send its body sends none.
        waits = re.search(rb"(?im)^expect:", head)
        left = int(length[1]) - len(body) if length and not waits else 0
        while left > 0:  # unread data would turn the answer into a reset
            left -= len(await self._more())
        redirects = self._proxy.portal_redirects and b" /login " not in head.split(b"\r\n")[0]
        login = f"{self._proxy.origin}/login".encode()
        first = b"HTTP/1.1 302 Found\r\nLocation: " + login if redirects else b"HTTP/1.1 200 OK"
        page = b"" if redirects else PORTAL_PAGE
        rest = b"Content-Type: text/html\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(page)
        answer = first + b"\r\n" + rest + page
        self._writer.write(answer)
        await self._writer.drain()
        self._proxy.bytes_answered += len(answer)
        self._writer.close()
        await self._writer.wait_closed()

    async def _more(self) -> bytes:
        piece = await self._reader.read(PIECE_BYTES)
        if not piece:
            raise ConnectionResetError
        self._proxy.bytes_asked += len(piece)
        return piece

    def _abort(self) -> None:
        """End both sides at once, with RST."""
        for writer in (self._writer, self._server):
            if writer is not None:
                reset_on_close(writer.transport)
                writer.transport.abort()


def reset_on_close(transport: asyncio.BaseTransport) -> None:
    """Make the end of the connection an RST instead of a FIN."""
    sock = transport.get_extra_info("socket")
    if sock is not None and sock.fileno() >= 0:
        # Windows has two shorts where others have two ints: on, and no seconds to linger.
        linger = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
