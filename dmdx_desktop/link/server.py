"""The core's door: listens for programs of this user and lets in those that can read the key file. Core process.

One thread accepts; each newcomer proves itself on a thread of its own, so that one that says nothing keeps nobody out.
"""

import asyncio
import os
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import connection as local_connection
from typing import Final

from dmdx_desktop.link.channel import Channel, SocketChannel
from dmdx_desktop.link.handshake import let_in

KEY_BYTES: Final = 32
# How many may be at the door at once, and how long each may take for each step of proving itself.
MAX_AT_DOOR: Final = 32
PROVING_SECONDS: Final = 5.0
CLOSING_SECONDS: Final = 1.0
AFTER_FAILURE_SECONDS: Final = 0.1


class LinkServer:
    """Listens where ``endpoint_of(basedir)`` says; ``on_client`` is called in ``loop`` for each that was let in.

    Whoever makes one holds the lock of the basedir. Raises ``OSError`` where this computer cannot listen.
    """

    def __init__(
        self,
        address: str,
        family: str,
        key_file: os.PathLike[str],
        on_client: Callable[[Channel], None],
        loop: asyncio.AbstractEventLoop,
        *,
        proving_seconds: float = PROVING_SECONDS,
    ) -> None:
        self._on_client = on_client
        self._loop = loop
        self._key_file = key_file
        self._key = secrets.token_bytes(KEY_BYTES)
        self._proving_seconds = proving_seconds
        if family == "AF_UNIX":
            # Whoever held this basedir is gone, since we hold its lock; only its socket may be left.
            with suppress(FileNotFoundError):
                os.unlink(address)
        self._write_key()
        self._address, self._family = address, family
        self._listener = local_connection.Listener(address, family, backlog=MAX_AT_DOOR)
        if family == "AF_UNIX":
            os.chmod(address, 0o600)
        self._at_door = threading.BoundedSemaphore(MAX_AT_DOOR)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._accept, name="link-accept", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening; clients that are connected stay so. Not for the loop's thread."""
        self._closing.set()
        # A thread that waits in accept() is not woken by closing its socket, only by somebody who knocks.
        with suppress(OSError):
            local_connection.Client(self._address, self._family).close()
        self._thread.join(CLOSING_SECONDS)
        for let_go in (self._listener.close, lambda: os.unlink(self._key_file)):
            with suppress(OSError):
                let_go()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                newcomer = self._listener.accept()
            except OSError:
                # Out of file descriptors, for example: others may give some back meanwhile.
                self._closing.wait(AFTER_FAILURE_SECONDS)
                continue
            if self._closing.is_set() or not self._at_door.acquire(blocking=False):
                newcomer.close()
                continue
            threading.Thread(target=self._meet, args=(newcomer,), name="link-door", daemon=True).start()

    def _meet(self, newcomer: "local_connection.Connection[bytes, bytes]") -> None:
        try:
            if let_in(newcomer, self._key, self._proving_seconds):
                self._loop.call_soon_threadsafe(self._on_client, SocketChannel(newcomer))
            else:
                newcomer.close()
        except RuntimeError:
            # The loop has ended meanwhile.
            newcomer.close()
        finally:
            self._at_door.release()

    def _write_key(self) -> None:
        part = f"{os.fspath(self._key_file)}.part"
        with suppress(FileNotFoundError):
            os.unlink(part)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(self._key)
        os.replace(part, self._key_file)
