"""Log files that hold no secrets, in every process; any thread may log.

One file per process and day below the basedir's ``logs``, at most 30 days and 50 MB of them together. Files are never
renamed: a new day or a full file begins the next one, so processes that share a folder lose none of each other's
lines. Whatever was passed to a logger, private matter stays out in two ways: every line goes through ``redact``, and
of an exception only its type and the places it passed are written, because its words may hold a file name, a URL or
a prompt.
"""

import contextlib
import errno
import faulthandler
import logging
import os
import re
import sys
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from types import TracebackType
from typing import Final, Self

from dmdx_desktop.redaction import redact

KEPT_DAYS: Final = 30
FILE_BYTES: Final = 5_000_000
FOLDER_BYTES: Final = 50_000_000

LONGEST_MESSAGE: Final = 8_000
"""Characters of a message; what is longer is cut, for a log line is a remark and not a document."""

DEEPEST_CHAIN: Final = 6
"""Exceptions of one chain that are written."""

TALKATIVE: Final = ("PIL", "asyncio", "boto3", "botocore", "hpack", "httpcore", "httpx", "urllib3")
"""Libraries that would log every request or chunk; only their warnings are kept."""

DAY_S: Final = 86_400


class OpenLogs:
    """Logging at work; ``close`` ends it and leaves the root logger as it was."""

    def __init__(self, handlers: Sequence[logging.Handler], faults: "_FaultFile | None" = None) -> None:
        self._handlers = handlers
        self._faults = faults
        self._levels = {name: logging.getLogger(name).level for name in ("", *TALKATIVE)}
        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        logging.getLogger().setLevel(logging.INFO)
        for handler in handlers:
            logging.getLogger().addHandler(handler)

    def close(self) -> None:
        """Take the handlers off, close the files, and remove the file for crashes if there was none."""
        for handler in self._handlers:
            logging.getLogger().removeHandler(handler)
            handler.close()
        for name, level in self._levels.items():
            logging.getLogger(name).setLevel(level)
        if self._faults is not None:
            self._faults.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_logs(folder: Path, process: str, *, terminal: bool = False) -> OpenLogs:
    """Log to ``folder`` under the name ``process``, and with ``terminal`` warnings to standard error as well.

    Stacks of a crash of the interpreter itself go to a file of their own, unless someone collects them already.
    Never fails: a folder that cannot be written costs the log, not the work.
    """
    handlers: list[logging.Handler] = [DailyFile(folder, process)]
    if terminal:
        handlers.append(_terminal())
    return OpenLogs(handlers, None if faulthandler.is_enabled() else _FaultFile(folder, process))


def open_terminal_log() -> OpenLogs:
    """Log warnings to standard error only: for a process that has no basedir of its own."""
    return OpenLogs([_terminal()])


def _terminal() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(RedactingFormatter(dated=False))
    return handler


class RedactingFormatter(logging.Formatter):
    """One line per record, without anything private; stacks follow on indented lines.

    ``dated`` lines begin with time (UTC), level, process and logger, as a file wants them.
    """

    def __init__(self, *, dated: bool) -> None:
        super().__init__()
        self._dated = dated

    def format(self, record: logging.LogRecord) -> str:
        text = redact(_message(record)[: 2 * LONGEST_MESSAGE])[:LONGEST_MESSAGE].replace("\n", "\n    ")
        if self._dated:
            moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
            origin = f"{record.levelname} [{record.process}] {redact(record.name)}"
            text = f"{moment}.{int(record.created % 1 * 1000):03d}Z {origin}: {text}"
        error = record.exc_info[1] if record.exc_info else None
        return "\n    ".join([text, *_story(error)]) if error is not None else text


class DailyFile(logging.Handler):
    """Appends to ``<folder>/<process>-<day>.log``, a numbered sibling when that is full, and removes old files."""

    def __init__(self, folder: Path, process: str) -> None:
        super().__init__()
        self.setFormatter(RedactingFormatter(dated=True))
        self._folder = folder
        self._process = process
        self._day = ""
        self._file: int | None = None
        self._room_bytes = 0

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record).encode("utf-8", "backslashreplace") + b"\n"
        try:
            os.write(self._open_file(record.created, len(line)), line)
        except OSError:
            # Nothing is worth failing the work for here, least of all the note about it. The next record tries anew.
            self._let_go()

    def close(self) -> None:
        with self.lock or contextlib.nullcontext():
            self._let_go()
        super().close()

    def _open_file(self, now: float, wanted_bytes: int) -> int:
        """The descriptor of the file for this moment with room for ``wanted_bytes``."""
        day = _day(now)
        if self._file is None or day != self._day or wanted_bytes > self._room_bytes:
            self._let_go()
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _remove_old(self._folder, now)
            self._file, used_bytes = self._first_with_room(day, wanted_bytes)
            self._day, self._room_bytes = day, FILE_BYTES - used_bytes
        self._room_bytes -= wanted_bytes
        return self._file

    def _first_with_room(self, day: str, wanted_bytes: int) -> tuple[int, int]:
        number = 0
        while True:
            suffix = f".{number}" if number else ""
            file = _append_to(self._folder / f"{self._process}-{day}{suffix}.log")
            used_bytes = os.fstat(file).st_size
            if used_bytes == 0 or used_bytes + wanted_bytes <= FILE_BYTES:
                return file, used_bytes
            os.close(file)
            number += 1

    def _let_go(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


class _FaultFile:
    """Where the interpreter writes every thread's stack (no values) when it crashes."""

    def __init__(self, folder: Path, process: str) -> None:
        self._path = folder / f"{process}-{_day(time.time())}-{os.getpid()}.faults.log"
        self._file: int | None = None
        with contextlib.suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = _append_to(self._path)
            faulthandler.enable(self._file)

    def close(self) -> None:
        if self._file is None:
            return
        faulthandler.disable()
        is_empty = os.fstat(self._file).st_size == 0
        os.close(self._file)
        self._file = None
        if is_empty:
            self._path.unlink(missing_ok=True)


def _append_to(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)


def _day(moment: float) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(moment))


def _remove_old(folder: Path, now: float) -> None:
    """Remove log files of more than ``KEPT_DAYS`` ago, and beyond ``FOLDER_BYTES`` the oldest first."""
    oldest_kept = _day(now - KEPT_DAYS * DAY_S)
    kept: list[tuple[str, float, int, Path]] = []
    for file in folder.glob("*.log"):
        written = re.search(r"-(\d{4}-\d\d-\d\d)[.-]", file.name)
        with contextlib.suppress(OSError):
            if written and written[1] < oldest_kept:
                file.unlink()
            elif written:
                kept.append((written[1], file.stat().st_mtime, file.stat().st_size, file))
    spare_bytes = FOLDER_BYTES - FILE_BYTES
    for _, _, size_bytes, file in sorted(kept, reverse=True):
        spare_bytes -= size_bytes
        if spare_bytes < 0:
            with contextlib.suppress(OSError):  # on Windows another process may have it open
                file.unlink()


def _message(record: logging.LogRecord) -> str:
    """The record's text, with exceptions named rather than quoted and no paths."""
    template = _harmless(record.msg) if isinstance(record.msg, BaseException) else str(record.msg)
    values = record.args
    if not values:
        return str(template)
    try:
        if isinstance(values, Mapping):
            return str(template) % {name: _harmless(value) for name, value in values.items()}
        return str(template) % tuple(_harmless(value) for value in values)
    except Exception:  # a slip in a log call, or in some object's __str__, must not become the caller's failure
        return f"{template} (with values that do not fit it)"


def _harmless(value: object) -> object:
    if isinstance(value, BaseException):
        return _name_of(value)
    return "[path]" if isinstance(value, os.PathLike) else value


def _name_of(error: BaseException) -> str:
    """What kind of error it is: its type, and its code where that is one of ours or the system's."""
    code = getattr(error, "code", None) or getattr(error, "sqlite_errorname", None)
    if isinstance(error, OSError):
        code = errno.errorcode.get(error.errno or 0)
    kind = type(error).__name__
    return f"{kind} {code}" if isinstance(code, str) and re.fullmatch(r"\w{1,60}", code) else kind


def _story(error: BaseException) -> Iterator[str]:
    """Lines that tell where ``error`` and what led to it came from: types and places, never words."""
    current: BaseException | None = error
    relation = ""
    for _ in range(DEEPEST_CHAIN):
        if current is None:
            return
        yield f"{relation}{_name_of(current)}"
        for frame, line in traceback.walk_tb(current.__traceback__):
            yield f"  {_place(frame.f_code.co_filename)}:{line} in {frame.f_code.co_qualname}"
        if isinstance(current, BaseExceptionGroup):
            for member in current.exceptions[:DEEPEST_CHAIN]:
                yield from (f"  | {text}" for text in _story(member))
        follows = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
        relation = "caused by " if current.__cause__ else "while handling "
        current = follows


def _place(filename: str) -> str:
    """A source file without the folders that name a machine or its user."""
    parts = PurePath(filename).parts
    for anchor in ("dmdx_desktop", "site-packages"):
        if anchor in parts:
            start = len(parts) - 1 - parts[::-1].index(anchor)
            return "/".join(parts[start + (anchor == "site-packages") :])
    return "/".join(parts[-2:])
