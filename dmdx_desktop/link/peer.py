"""One client as the core sees it: what it says is handed on, what it shall hear is queued. Core process.

Each has a thread that reads and one that sends, so that a client that is slow or gone never holds up the loop.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Literal

from dmdx_desktop.link.channel import Channel
from dmdx_desktop.link.messages import AnyMessage, Finished, LinkError, ToCore, failed, read_by_core, to_bytes
from dmdx_desktop.link.outbox import Outbox

log: Final = logging.getLogger(__name__)


class Client:
    """``role`` is what it said in its hello. ``is_owner``: the window that started this core, at its pipes."""

    def __init__(self, channel: Channel, *, is_owner: bool = False) -> None:
        self._channel = channel
        self._outbox = Outbox()
        self._sender = threading.Thread(target=self._send_all, name="link-send", daemon=True)
        self.role: Literal["window", "verb"] | None = None
        self.is_owner = is_owner

    def serve(self, on_message: Callable[["Client", ToCore], None], on_gone: Callable[["Client"], None]) -> None:
        """Start the two threads of this client. The callbacks run on the reading thread."""
        self._sender.start()
        threading.Thread(target=self._read_all, args=(on_message, on_gone), name="link-read", daemon=True).start()

    def send(self, message: AnyMessage) -> None:
        """Queue a message; never waits, and is silently dropped once the client is gone."""
        if not self._outbox.put(message):
            log.info("a client that does not read its answers was hung up on")
            self._outbox.close()
            self._channel.hang_up()

    def close(self) -> None:
        """Send what is queued, then hang up."""
        self._outbox.close()

    def wait_sent(self, seconds: float) -> None:
        """Wait until everything queued was handed to the operating system. Not for the loop's thread."""
        self._sender.join(seconds)

    def _read_all(self, on_message: Callable[["Client", ToCore], None], on_gone: Callable[["Client"], None]) -> None:
        try:
            while (raw := self._channel.receive()) is not None:
                on_message(self, read_by_core(raw))
        except LinkError:
            log.info("a client sent something that is not a message; it was hung up on")
            self._channel.hang_up()
        self._outbox.close()
        on_gone(self)
        self._sender.join()
        self._channel.close()

    def _send_all(self) -> None:
        with suppress(OSError):
            while (messages := self._outbox.take()) is not None:
                for message in messages:
                    self._channel.send(_bytes_of(message))
        self._channel.hang_up()


def _bytes_of(message: AnyMessage) -> bytes:
    """The message as it travels, or, for an answer that is too long, the words that say so."""
    try:
        return to_bytes(message)
    except LinkError as error:
        return to_bytes(failed(message.command if isinstance(message, Finished) else None, error))
