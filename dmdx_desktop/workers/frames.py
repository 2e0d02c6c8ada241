"""The wire between the core and a picture process: a JSON head and raw payloads, all bounded. Both processes.

JSON and bytes, never pickle: a picture process that a hostile file took over may say what it likes, and the core only
ever reads numbers, text and lists out of it.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from dmdx_desktop.errors import DmdxError, PictureError, StandstillError

MAX_HEAD_BYTES: Final = 4_000_000
MAX_PAYLOADS: Final = 2_048
"""A large picture has some hundred tiles."""
MAX_PAYLOADS_BYTES: Final = 256_000_000
MAX_PAYLOAD_BYTES: Final = 16_000_000
MAX_PROBLEM_CHARS: Final = 2_000
LENGTH: Final = struct.Struct(">I")
# The first word of a picture process: everything it needs is loaded, and its bounds are in force.
READY: Final[Mapping[str, object]] = {"ready": True}


class FrameError(Exception):
    """What arrived is not a frame of this protocol."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: ``head`` is a JSON object, ``payloads`` are raw bytes that belong to it."""

    head: Mapping[str, object]
    payloads: tuple[bytes, ...] = ()


def encode(head: Mapping[str, object], payloads: Sequence[bytes] = ()) -> bytes:
    """The bytes of one frame."""
    body = json.dumps({"head": head, "payloads": [len(payload) for payload in payloads]}).encode()
    if len(body) > MAX_HEAD_BYTES:
        raise FrameError("head too long")
    return b"".join((LENGTH.pack(len(body)), body, *payloads))


def head_length(prefix: bytes) -> int:
    """Length of the head that follows these four bytes."""
    length = int(LENGTH.unpack(prefix)[0])
    if length > MAX_HEAD_BYTES:
        raise FrameError("head too long")
    return length


def decode_head(body: bytes) -> tuple[Mapping[str, object], tuple[int, ...]]:
    """The head, and the lengths of the payloads that follow it."""
    try:
        values = json.loads(body)
        head, lengths = values["head"], values["payloads"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise FrameError("head is not what was agreed") from error
    if not isinstance(head, dict) or not isinstance(lengths, list) or len(lengths) > MAX_PAYLOADS:
        raise FrameError("head is not what was agreed")
    if any(type(length) is not int or not 0 <= length <= MAX_PAYLOAD_BYTES for length in lengths) or (
        sum(lengths) > MAX_PAYLOADS_BYTES
    ):
        raise FrameError("payload too long")
    return head, tuple(lengths)


def read_frame(stream: BinaryIO) -> Frame | None:
    """Read one frame from a blocking stream; None at its end."""
    prefix = stream.read(LENGTH.size)
    if len(prefix) < LENGTH.size:
        return None
    head, lengths = decode_head(stream.read(head_length(prefix)))
    return Frame(head, tuple(stream.read(length) for length in lengths))


def words_of(error: DmdxError) -> dict[str, object]:
    """An error as it travels from a picture process; ``error_from`` reads it."""
    return {
        "code": error.code,
        "title": error.title,
        "detail": error.detail,
        "remedy": error.remedy,
        "standstill": isinstance(error, StandstillError),
    }


def error_from(problem: Mapping[str, object]) -> DmdxError:
    """The error a picture process reported, its words bounded: about one picture, or about this computer."""
    words = [str(problem.get(name, ""))[:MAX_PROBLEM_CHARS] for name in ("code", "title", "detail", "remedy")]
    kind = StandstillError if problem.get("standstill") is True else PictureError
    return kind(words[0], words[1], words[2], words[3])
