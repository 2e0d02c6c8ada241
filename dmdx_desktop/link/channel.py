"""How messages travel: over the pipes of a child process, or over a local socket. Any process; blocking threads.

A channel has one thread that receives and any that send. Closing what another thread reads from neither wakes that
thread nor is safe, so an end is announced by ``hang_up``, and whoever receives closes, once it has heard the end.
"""

import os
import socket
import struct
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Final, Protocol

from dmdx_desktop.link.messages import MAX_MESSAGE_BYTES

LENGTH: Final = struct.Struct(">I")


class ByteSource(Protocol):
    """A stream that may give fewer bytes than asked for, and none at its end."""

    def read(self, size: int, /) -> bytes | None: ...

    def close(self) -> None: ...


class ByteSink(Protocol):
    """A stream that may take fewer bytes than it is given, and says how many."""

    def write(self, data: memoryview, /) -> int | None: ...

    def close(self) -> None: ...


class Channel(Protocol):
    """A two-way street for whole messages. ``receive`` gives None at its end; ``send`` raises ``OSError`` there."""

    def send(self, raw: bytes) -> None: ...

    def receive(self) -> bytes | None: ...

    def hang_up(self) -> None:
        """Say that nothing more comes. The other end still gets what was sent."""

    def close(self) -> None:
        """Let go of everything; for the thread that receives."""


class PipeChannel:
    """Messages over two unbuffered byte streams, each with its length before it: the window and its own core.

    Unbuffered, because the lock of a buffered stream would be held by the thread that waits in it.
    """

    def __init__(self, incoming: ByteSource, outgoing: ByteSink) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self._sending = threading.Lock()

    def send(self, raw: bytes) -> None:
        with self._sending:
            left = memoryview(LENGTH.pack(len(raw)) + raw)
            while left:
                try:
                    left = left[self._outgoing.write(left) or 0 :]
                except ValueError as error:
                    raise BrokenPipeError from error

    def receive(self) -> bytes | None:
        prefix = self._read(LENGTH.size)
        if prefix is None:
            return None
        length = int(LENGTH.unpack(prefix)[0])
        return self._read(length) if length <= MAX_MESSAGE_BYTES else None

    def hang_up(self) -> None:
        with suppress(OSError):
            self._outgoing.close()

    def close(self) -> None:
        for stream in (self._incoming, self._outgoing):
            with suppress(OSError):
                stream.close()

    def _read(self, size: int) -> bytes | None:
        """Exactly ``size`` bytes; None where the stream ends before that."""
        read = bytearray()
        while len(read) < size:
            try:
                more = self._incoming.read(size - len(read))
            except (OSError, ValueError):
                return None
            if not more:
                return None
            read += more
        return bytes(read)


class SocketChannel:
    """Messages over a Unix socket or a named pipe of this user. Bytes only: nothing is ever unpickled."""

    def __init__(self, connection: "Connection[bytes, bytes]") -> None:
        self._connection = connection
        self._sending = threading.Lock()
        self._ending = threading.Lock()

    def send(self, raw: bytes) -> None:
        with self._sending:
            self._connection.send_bytes(raw)

    def receive(self) -> bytes | None:
        try:
            return self._connection.recv_bytes(MAX_MESSAGE_BYTES)
        except (EOFError, OSError):
            return None

    def arrives_within(self, seconds: float) -> bool:
        """Whether a message, or the end, comes in this time."""
        try:
            return self._connection.poll(seconds)
        except (EOFError, OSError):
            return True

    def hang_up(self) -> None:
        with self._ending, suppress(OSError):
            if sys.platform == "win32":
                self._connection.close()
            else:
                with socket.socket(fileno=os.dup(self._connection.fileno())) as same:
                    same.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with self._ending, suppress(OSError):
            self._connection.close()
