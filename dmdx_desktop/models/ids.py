"""Ids made on this machine: UUIDv7 as text, so that ids sort by the time they were made. Any process and thread."""

import secrets
import time
from typing import NewType

JobId = NewType("JobId", str)
ReferenceId = NewType("ReferenceId", str)
RunId = NewType("RunId", str)
RenderId = NewType("RenderId", str)
OutputId = NewType("OutputId", str)
CommandId = NewType("CommandId", str)


def now_ms() -> int:
    """The present moment as UTC epoch milliseconds."""
    return time.time_ns() // 1_000_000


def new_id(at_ms: int | None = None) -> str:
    """A new UUIDv7 in canonical text form (RFC 9562 section 5.7)."""
    moment = now_ms() if at_ms is None else at_ms
    upper, lower = divmod(secrets.randbits(74), 1 << 62)
    value = (moment & (1 << 48) - 1) << 80 | 0x7 << 76 | upper << 64 | 0b10 << 62 | lower
    text = f"{value:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
