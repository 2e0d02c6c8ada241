"""Headers that make a request depend on what is there, and ranges of bytes. Runs in the server's thread."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from tests.servers.r2_errors import ErrorCode, R2Error
from tests.servers.r2_world import StoredObject

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def check_write(headers: Mapping[str, str], found: StoredObject | None, *, before: str = "if-") -> None:
    """Raises ``R2Error`` (412) unless what is at the key allows the write; ``before`` begins the headers' names."""
    if _unmet(headers, found, before) is not None:
        raise R2Error(ErrorCode.PRECONDITION_FAILED)


def is_unchanged(headers: Mapping[str, str], found: StoredObject) -> bool:
    """Whether a reader has the object already (304). Raises ``R2Error`` (412) when it is not the one that was meant."""
    unmet = _unmet(headers, found, "if-")
    if unmet in {"match", "unmodified-since"}:
        raise R2Error(ErrorCode.PRECONDITION_FAILED)
    return unmet is not None


def byte_range(header: str | None, size: int) -> tuple[int, int] | None:
    """Start and length of the range asked for; None for all of it. Raises ``R2Error`` (416) for none of it."""
    asked = _RANGE.fullmatch(header or "")
    if asked is None or not any(asked.groups()):
        return None  # other units, several ranges at once: all of it, as HTTP wants what is not understood ignored
    first, last = asked.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if first and last and int(last) < start:
        return None
    if start >= size:
        raise R2Error(ErrorCode.INVALID_RANGE)
    return start, end - start


def _unmet(headers: Mapping[str, str], found: StoredObject | None, before: str) -> str | None:
    """The first condition that does not hold, by the second half of its name."""
    match, none_match = headers.get(f"{before}match"), headers.get(f"{before}none-match")
    unmodified, modified = headers.get(f"{before}unmodified-since"), headers.get(f"{before}modified-since")
    if match is not None and not _names(match, found):
        return "match"
    if match is None and unmodified is not None and found is not None and found.written > _moment(unmodified):
        return "unmodified-since"
    if none_match is not None and _names(none_match, found):
        return "none-match"
    if none_match is None and modified is not None and found is not None and found.written <= _moment(modified):
        return "modified-since"
    return None


def _names(etags: str, found: StoredObject | None) -> bool:
    """Whether a list of ETags, or ``*``, names what is there."""
    if found is None:
        return False
    return etags.strip() == "*" or found.etag in {
        etag.strip().removeprefix("W/").strip('"') for etag in etags.split(",")
    }


def _moment(text: str) -> datetime:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        raise R2Error(ErrorCode.INVALID_ARGUMENT, "A date of a condition cannot be read") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
