"""Proving to each other, before the first message, that both ends can read the key of this user. Any process; threads.

Each end proves it to the other by the challenge and the answer of ``multiprocessing.connection``. Every wait is
bounded, so that an end that says nothing, or half of something, holds up nobody but itself.
"""

import os
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, answer_challenge, deliver_challenge
from typing import Final

# AssertionError: what Python 3.11 says of an answer that does not look like one.
STRANGERS: Final = (OSError, EOFError, AuthenticationError, AssertionError, ValueError)


def let_in(connection: "Connection[bytes, bytes]", key: bytes, seconds: float) -> bool:
    """The core's end. Whether the other end has the key; False also when it is silent for ``seconds``."""
    try:
        with _each_wait_bounded(connection, seconds):
            deliver_challenge(connection, key)
            answer_challenge(connection, key)
    except STRANGERS:
        return False
    return True


def enter(connection: "Connection[bytes, bytes]", key: bytes, seconds: float) -> bool:
    """The client's end. Whether the core at the other end let us in and has the key itself."""
    try:
        with _each_wait_bounded(connection, seconds):
            if not connection.poll(seconds):
                return False
            answer_challenge(connection, key)
            deliver_challenge(connection, key)
    except STRANGERS:
        return False
    return True


@contextmanager
def _each_wait_bounded(connection: "Connection[bytes, bytes]", seconds: float) -> Iterator[None]:
    """Let the operating system end each wait after ``seconds``. Windows has no such bound for its pipes."""
    if sys.platform == "win32":
        yield
        return
    with socket.socket(fileno=os.dup(connection.fileno())) as same:
        _bound_waits(same, seconds)
        yield
        _bound_waits(same, 0.0)


def _bound_waits(bounded: socket.socket, seconds: float) -> None:
    """Zero is without end. The value is a ``struct timeval``."""
    value = struct.pack("@ll", int(seconds), int(seconds % 1 * 1_000_000))
    bounded.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, value)
    bounded.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, value)
