"""Channels: whole messages over pipes and sockets, whatever pieces they arrive in and whoever hangs up."""

import os
import socket
import threading
from collections.abc import Iterator
from multiprocessing.connection import Pipe

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdx_desktop.link.channel import LENGTH, Channel, PipeChannel, SocketChannel
from dmdx_desktop.link.messages import MAX_MESSAGE_BYTES


class _Slices:
    """A stream that gives what it holds in pieces of these sizes."""

    def __init__(self, raw: bytes, sizes: list[int]) -> None:
        self._raw = raw
        self._sizes = sizes

    def read(self, size: int, /) -> bytes:
        step = min(size, self._sizes.pop() if self._sizes else size)
        piece, self._raw = self._raw[:step], self._raw[step:]
        return piece

    def close(self) -> None:
        self._raw = b""


class _Sieve:
    """A stream that takes a few bytes at a time."""

    def __init__(self) -> None:
        self.taken = b""

    def write(self, data: memoryview, /) -> int:
        self.taken += bytes(data[:3])
        return len(data[:3])

    def close(self) -> None:
        pass


def _pipe_channels() -> tuple[PipeChannel, PipeChannel]:
    here, there = os.pipe(), os.pipe()
    return (
        PipeChannel(os.fdopen(here[0], "rb", buffering=0), os.fdopen(there[1], "wb", buffering=0)),
        PipeChannel(os.fdopen(there[0], "rb", buffering=0), os.fdopen(here[1], "wb", buffering=0)),
    )


def _socket_channels() -> tuple[SocketChannel, SocketChannel]:
    one, other = Pipe()
    return SocketChannel(one), SocketChannel(other)


@pytest.fixture(params=["pipe", "socket"])
def channels(request: pytest.FixtureRequest) -> Iterator[tuple[Channel, Channel]]:
    pair: tuple[Channel, Channel] = _pipe_channels() if request.param == "pipe" else _socket_channels()
    yield pair
    for channel in pair:
        channel.close()


@given(st.lists(st.binary(max_size=50), max_size=5), st.lists(st.integers(1, 7)))
def test_pipe_channel_puts_pieces_together(messages: list[bytes], sizes: list[int]) -> None:
    sieve = _Sieve()
    sender = PipeChannel(_Slices(b"", []), sieve)
    for message in messages:
        sender.send(message)
    receiver = PipeChannel(_Slices(sieve.taken, sizes), _Sieve())
    assert [receiver.receive() for _ in messages] == messages
    assert receiver.receive() is None


@pytest.mark.parametrize("raw", [b"", b"\0\0", LENGTH.pack(5) + b"four", LENGTH.pack(MAX_MESSAGE_BYTES + 1) + b"x"])
def test_pipe_channel_ends_at_half_a_message_and_at_one_that_is_too_long(raw: bytes) -> None:
    assert PipeChannel(_Slices(raw, []), _Sieve()).receive() is None


def test_what_was_sent_before_hanging_up_still_arrives(channels: tuple[Channel, Channel]) -> None:
    one, other = channels
    one.send(b"last words")
    one.hang_up()
    assert other.receive() == b"last words"
    assert other.receive() is None


def test_sending_to_whoever_is_gone_is_an_error_of_the_system(channels: tuple[Channel, Channel]) -> None:
    one, other = channels
    other.close()
    with pytest.raises(OSError):  # noqa: PT011 - which one depends on the system
        one.send(b"x" * 1_000_000)


def test_hanging_up_does_not_wait_for_a_thread_that_receives(channels: tuple[Channel, Channel]) -> None:
    one, other = channels
    heard: list[bytes | None] = []
    receiver = threading.Thread(target=lambda: heard.append(one.receive()))
    receiver.start()
    one.hang_up()
    assert other.receive() is None
    other.close()
    receiver.join(10)
    assert heard == [None]


@given(st.binary(min_size=1, max_size=40))
def test_socket_channel_survives_any_bytes(raw: bytes) -> None:
    one, other = Pipe()
    channel = SocketChannel(one)
    with socket.socket(fileno=os.dup(other.fileno())) as same:
        same.sendall(raw)
    other.close()
    while (message := channel.receive()) is not None:
        assert len(message) <= len(raw)
    channel.close()


def test_socket_channel_refuses_a_length_beyond_the_bound() -> None:
    one, other = Pipe()
    channel = SocketChannel(one)
    with socket.socket(fileno=os.dup(other.fileno())) as same:
        same.sendall(LENGTH.pack(MAX_MESSAGE_BYTES + 1) + b"x")
    assert channel.receive() is None
    channel.close()
    other.close()
