"""The core's end of the link: accepts clients of this user and hands their messages to the core's loop.

Core process. One thread accepts; each client has one thread that reads and one that sends, so that a client that is
slow or gone never holds up the loop.
"""

import asyncio
import logging
import os
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing import connection as local_connection
from typing import Final

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.link.channel import Channel, SocketChannel
from dmdx_desktop.link.messages import AnyMessage, ToCore, read_by_core, to_bytes
from dmdx_desktop.link.outbox import Outbox

KEY_BYTES: Final = 32
log: Final = logging.getLogger(__name__)


class Client:
    """One client, as the core sees it. ``role`` is what it said in its hello."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._outbox = Outbox()
        self.role: str | None = None

    def send(self, message: AnyMessage) -> None:
        """Queue a message; never waits, and is silently dropped once the client is gone."""
        self._outbox.put(message)

    def close(self) -> None:
        """Send what is queued, then hang up."""
        self._outbox.close()

    def serve(self, on_message: Callable[["Client", ToCore], None], on_gone: Callable[["Client"], None]) -> None:
        """Start the two threads of this client. The callbacks run on the reading thread."""
        self._sender = threading.Thread(target=self._send_all, name="link-send", daemon=True)
        self._sender.start()
        threading.Thread(target=self._read_all, args=(on_message, on_gone), name="link-read", daemon=True).start()

    def wait_sent(self, seconds: float) -> None:
        """Wait until everything queued was handed to the operating system. Not for the loop's thread."""
        self._sender.join(seconds)

    def _read_all(self, on_message: Callable[["Client", ToCore], None], on_gone: Callable[["Client"], None]) -> None:
        while (raw := self._channel.receive()) is not None:
            try:
                message = read_by_core(raw)
            except DmdxError:
                log.info("a client sent something that is not a message; it was hung up on")
                break
            on_message(self, message)
        self._outbox.close()
        on_gone(self)

    def _send_all(self) -> None:
        with suppress(OSError, ValueError):
            while (messages := self._outbox.take()) is not None:
                for message in messages:
                    self._channel.send(to_bytes(message))
        self._channel.close()


class LinkServer:
    """Listens where ``endpoint_of(basedir)`` says, for clients that can read the key file of this user."""

    def __init__(
        self,
        address: str,
        family: str,
        key_file: os.PathLike[str],
        on_client: Callable[[Channel], None],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._on_client = on_client
        self._loop = loop
        self._key_file = key_file
        key = secrets.token_bytes(KEY_BYTES)
        if family == "AF_UNIX":
            # Whoever held this basedir is gone, since we hold its lock; only its socket may be left.
            with suppress(FileNotFoundError):
                os.unlink(address)
        self._write_key(key)
        self._address, self._family, self._key = address, family, key
        self._listener = local_connection.Listener(address, family, authkey=key)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._accept, name="link-accept", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening; clients that are connected stay so. Not for the loop's thread."""
        self._closing.set()
        # A thread that waits in accept() is not woken by closing its socket, only by somebody who knocks.
        with suppress(OSError, EOFError, AuthenticationError):
            local_connection.Client(self._address, self._family, authkey=self._key).close()
        self._thread.join()
        self._listener.close()
        with suppress(FileNotFoundError):
            os.unlink(self._key_file)

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection = self._listener.accept()
            except (OSError, EOFError, AuthenticationError):
                continue
            if self._closing.is_set():
                connection.close()
                return
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._on_client, SocketChannel(connection))

    def _write_key(self, key: bytes) -> None:
        part = f"{os.fspath(self._key_file)}.part"
        with suppress(FileNotFoundError):
            os.unlink(part)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(key)
        os.replace(part, self._key_file)
