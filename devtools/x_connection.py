"""A connection to an X server of this machine, by the X11 protocol itself. A developer's process.

It says as little as is needed: it is a client that stays, and hears which windows come onto the screen.
"""

import select
import socket
import struct
import time
from pathlib import Path
from typing import Final, Self

# The X Window System Protocol, version 11, appendix B.
GET_GEOMETRY, CHANGE_WINDOW_ATTRIBUTES = 14, 2
EVENT_MASK: Final = 1 << 11
SUBSTRUCTURE_NOTIFY: Final = 1 << 19
ERROR, REPLY, MAP_NOTIFY, CONFIGURE_NOTIFY = 0, 1, 19, 22
MESSAGE_BYTES: Final = 32
SETUP: Final = struct.Struct("<BxHHHHxx")
SOCKETS: Final = Path("/tmp/.X11-unix")


class XConnection:
    """One client of the server at ``display``, which must let this user in without a password."""

    def __init__(self, display: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(SOCKETS / f"X{display.lstrip(':').partition('.')[0]}"))
        self._socket.sendall(SETUP.pack(ord("l"), 11, 0, 0, 0))
        status, _, _, _, length = struct.unpack("<BBHHH", self._read(8))
        setup = self._read(4 * length)
        if status != 1:
            raise ConnectionRefusedError("the X server does not let us in")
        (vendor_bytes,), formats = struct.unpack_from("<H", setup, 16), setup[21]
        (self._root,) = struct.unpack_from("<I", setup, 32 + (vendor_bytes + 3) // 4 * 4 + 8 * formats)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Be a client no more."""
        self._socket.close()

    def watch_windows(self) -> None:
        """From now on be told of every window of the screen."""
        self._socket.sendall(
            struct.pack("<BxHIII", CHANGE_WINDOW_ATTRIBUTES, 4, self._root, EVENT_MASK, SUBSTRUCTURE_NOTIFY)
        )
        # What was asked is done when the answer to a later question is here.
        self._ask_size(self._root)
        while self._message(time.monotonic() + 5)[0] != REPLY:
            pass

    def next_mapped(self, smallest: int, within_s: float) -> float:
        """The moment at which a window of at least so many pixels was on the screen, by ``time.monotonic``.

        Some come small and are given their size after that. Raises ``TimeoutError``.
        """
        deadline = time.monotonic() + within_s
        asked: list[float] = []
        mapped: set[int] = set()
        while True:
            message = self._message(deadline)
            kind = message[0] & 0x7F
            if kind == MAP_NOTIFY:
                asked.append(time.monotonic())
                (window,) = struct.unpack_from("<I", message, 8)
                mapped.add(window)
                self._ask_size(window)
            elif kind == CONFIGURE_NOTIFY:
                (window,) = struct.unpack_from("<I", message, 8)
                if window in mapped and min(struct.unpack_from("<HH", message, 20)) >= smallest:
                    return time.monotonic()
            elif kind == REPLY:
                moment = asked.pop(0)
                if min(struct.unpack_from("<HH", message, 16)) >= smallest:
                    return moment
            elif kind == ERROR:
                asked.pop(0)  # a window that was gone again before it was asked for its size

    def _ask_size(self, window: int) -> None:
        self._socket.sendall(struct.pack("<BxHI", GET_GEOMETRY, 2, window))

    def _message(self, deadline: float) -> bytes:
        if not select.select([self._socket], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise TimeoutError
        return self._read(MESSAGE_BYTES)

    def _read(self, size: int) -> bytes:
        read = bytearray()
        while len(read) < size:
            more = self._socket.recv(size - len(read))
            if not more:
                raise ConnectionResetError("the X server is gone")
            read += more
        return bytes(read)
