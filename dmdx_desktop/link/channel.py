"""How messages travel: over the pipes of a child process, or over a local socket. Any process; blocking threads."""

import struct
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import BinaryIO, Final, Protocol

from dmdx_desktop.link.messages import MAX_MESSAGE_BYTES

LENGTH: Final = struct.Struct(">I")


class Channel(Protocol):
    """A two-way street for whole messages. ``receive`` gives None at its end; ``send`` raises ``OSError`` there."""

    def send(self, raw: bytes) -> None: ...

    def receive(self) -> bytes | None: ...

    def close(self) -> None: ...


class PipeChannel:
    """Messages over two byte streams, each with its length before it. The window and its own core speak so."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self._sending = threading.Lock()

    def send(self, raw: bytes) -> None:
        with self._sending:
            self._outgoing.write(LENGTH.pack(len(raw)) + raw)
            self._outgoing.flush()

    def receive(self) -> bytes | None:
        try:
            prefix = self._incoming.read(LENGTH.size)
            if len(prefix) < LENGTH.size:
                return None
            length = int(LENGTH.unpack(prefix)[0])
            if length > MAX_MESSAGE_BYTES:
                return None
            raw = self._incoming.read(length)
        except (OSError, ValueError):
            return None
        return raw if len(raw) == length else None

    def close(self) -> None:
        for stream in (self._incoming, self._outgoing):
            with suppress(OSError):
                stream.close()


class SocketChannel:
    """Messages over a Unix socket or a named pipe of this user. Bytes only: nothing is ever unpickled."""

    def __init__(self, connection: "Connection[bytes, bytes]") -> None:
        self._connection = connection
        self._sending = threading.Lock()

    def send(self, raw: bytes) -> None:
        with self._sending:
            self._connection.send_bytes(raw)

    def receive(self) -> bytes | None:
        try:
            return self._connection.recv_bytes(MAX_MESSAGE_BYTES)
        except (EOFError, OSError):
            return None

    def close(self) -> None:
        with suppress(OSError):
            self._connection.close()
