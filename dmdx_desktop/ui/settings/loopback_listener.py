"""Waits on this computer itself for a browser to come back from a sign-in. A thread of the window's process, no Qt.

Only 127.0.0.1 is listened on, at a port the system chooses, for one path that has a token in it that nobody can guess.
What arrives is bounded in size, in time and in number; whatever is not that one path is not found.
"""

import logging
import secrets
import socket
import socketserver
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from typing import Final
from urllib.parse import parse_qs, urlsplit

LARGEST_REQUEST: Final = 16_000
LONGEST_CODE: Final = 4_096
MOST_FIELDS: Final = 20
MOST_CALLERS: Final = 8
CALLER_S: Final = 5.0
"""For so long one caller may take: browsers open connections ahead of time, and say nothing on some."""
LOOK_UP_S: Final = 0.1
HEADERS: Final = (
    b"Content-Type: text/html; charset=utf-8",
    b"Content-Security-Policy: default-src 'none'",
    b"Referrer-Policy: no-referrer",
    b"X-Content-Type-Options: nosniff",
    b"Cache-Control: no-store",
    b"Connection: close",
)
FOUND: Final = b"200 OK"
NOT_UNDERSTOOD: Final = b"400 Bad Request"
NOT_FOUND: Final = b"404 Not Found"
TOO_LARGE: Final = b"431 Request Header Fields Too Large"
log: Final = logging.getLogger(__name__)


class Ending(StrEnum):
    """How waiting ended where no code came."""

    DENIED = "denied"
    TIMED_OUT = "timed_out"


OnCode = Callable[[str], None]
OnEnding = Callable[[Ending], None]


class LoopbackListener:
    """Listens from its making on; ``on_code`` or ``on_ending`` is called once, on its thread, unless it was stopped.

    Raises ``OSError`` where this computer lets nobody listen.
    """

    def __init__(self, page: bytes, within_s: float, on_code: OnCode, on_ending: OnEnding) -> None:
        """``page`` is what the browser shows then, as HTML."""
        self._token = secrets.token_urlsafe(24)
        self._server = _Server(self._path, page)
        self._until = time.monotonic() + within_s
        self._on_code, self._on_ending = on_code, on_ending
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="browser-sign-in", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where the browser has to come back to."""
        # By its name: that is what the service knows as this computer, whatever the port.
        return f"http://localhost:{self._server.server_address[1]}{self._path}"

    @property
    def is_listening(self) -> bool:
        """Whether somebody may still come."""
        return self._thread.is_alive() and not self._stopped.is_set()

    def stop(self) -> None:
        """Wait no longer, and call nobody. Returns at once; any thread."""
        self._stopped.set()

    @property
    def _path(self) -> str:
        return f"/callback/{self._token}"

    def _listen(self) -> None:
        with self._server as server:
            while not self._stopped.is_set() and server.result is None and time.monotonic() < self._until:
                server.handle_request()  # for LOOK_UP_S at most; each caller has a thread of its own
            server.let_go()
        if self._stopped.is_set():
            return
        self._stopped.set()
        if server.result:
            self._on_code(server.result)
        else:
            self._on_ending(Ending.TIMED_OUT if server.result is None else Ending.DENIED)


class _Server(socketserver.ThreadingTCPServer):
    """``result`` is the code; empty where the service sent the browser back without one."""

    daemon_threads = True
    request_queue_size = MOST_CALLERS
    timeout = LOOK_UP_S

    def __init__(self, path: str, page: bytes) -> None:
        super().__init__(("127.0.0.1", 0), _Caller)
        self.result: str | None = None
        self._path, self._page = path, page
        self._lock = threading.Lock()
        self._callers: set[socket.socket] = set()

    def verify_request(self, request: object, client_address: object) -> bool:
        del client_address
        with self._lock:
            if not isinstance(request, socket.socket) or len(self._callers) >= MOST_CALLERS:
                return False
            self._callers.add(request)
            return True

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        with self._lock:
            self._callers.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        del request, client_address
        log.debug("a caller of the sign-in was lost", exc_info=True)

    def let_go(self) -> None:
        """Cut off whoever has not said anything."""
        with self._lock:
            for caller in self._callers:
                with suppress(OSError):
                    caller.shutdown(socket.SHUT_RD)

    def answer(self, request_line: str) -> bytes:
        """What is answered to the first line of a request; the first one at the right path is the result."""
        method, _, rest = request_line.partition(" ")
        target, _, version = rest.partition(" ")
        try:
            asked = urlsplit(target)
            fields = parse_qs(asked.query, max_num_fields=MOST_FIELDS)
        except ValueError:
            return _response(NOT_UNDERSTOOD)
        is_right = secrets.compare_digest(asked.path.encode(), self._path.encode())
        if method != "GET" or not version.startswith("HTTP/1.") or not is_right:
            return _response(NOT_FOUND)
        code = fields.get("code", [""])[0]
        with self._lock:
            if self.result is not None or len(code) > LONGEST_CODE:
                return _response(NOT_FOUND)
            self.result = code
        return _response(FOUND, self._page)


class _Caller(socketserver.BaseRequestHandler):
    """One connection: a request is read to its empty line, answered, and that was all."""

    server: _Server
    request: socket.socket

    def handle(self) -> None:
        deadline, read = time.monotonic() + CALLER_S, b""
        with suppress(OSError):
            while b"\r\n\r\n" not in read:
                self.request.settimeout(max(deadline - time.monotonic(), 0.001))
                more = self.request.recv(4_096)
                read += more
                if not more:
                    return
                if len(read) > LARGEST_REQUEST:
                    self.request.sendall(_response(TOO_LARGE))
                    return
            line = read.split(b"\r\n", 1)[0].decode("latin-1")
            self.request.sendall(self.server.answer(line))


def _response(status: bytes, page: bytes = b"") -> bytes:
    head = (b"HTTP/1.1 " + status, *HEADERS, b"Content-Length: %d" % len(page))
    return b"\r\n".join(head) + b"\r\n\r\n" + page
