"""The window's end of the link to its own core: two threads, so that the window itself never waits. Window process."""

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from dmdx_desktop.link.channel import Channel
from dmdx_desktop.link.messages import (
    PROTOCOL,
    Execute,
    FromCore,
    Hello,
    KeepRendering,
    LinkError,
    ToCore,
    read_by_client,
    to_bytes,
)
from dmdx_desktop.models.commands import Command

OnMessage = Callable[[FromCore], None]
OnGone = Callable[[], None]


class WindowEnd:
    """A channel to a core. ``on_message`` and ``on_gone`` are called on the reading thread and must return at once."""

    def __init__(self, channel: Channel, on_message: OnMessage, on_gone: OnGone) -> None:
        self._channel = channel
        self._waiting: Final[queue.SimpleQueue[ToCore | None]] = queue.SimpleQueue()
        self._sender = threading.Thread(target=self._send_all, name="core-send", daemon=True)
        self._sender.start()
        self.send(Hello(protocol=PROTOCOL, role="window"))
        reader = threading.Thread(target=self._read_all, args=(on_message, on_gone), name="core-read", daemon=True)
        reader.start()

    def execute(self, command: Command) -> None:
        """Have a command carried out."""
        self.send(Execute(command=command))

    def keep_rendering(self) -> None:
        """Have what is queued rendered after the window is gone."""
        self.send(KeepRendering())

    def send(self, message: ToCore) -> None:
        """Queue a message; never waits, and is silently dropped once the core is gone."""
        self._waiting.put(message)

    def hang_up(self) -> None:
        """Send what is queued, then say that nothing more comes."""
        self._waiting.put(None)

    def wait_sent(self, seconds: float) -> None:
        """After :meth:`hang_up`, wait until everything queued was handed to the operating system. Blocks."""
        self._sender.join(seconds)

    def _send_all(self) -> None:
        with suppress(OSError):
            while (message := self._waiting.get()) is not None:
                self._channel.send(to_bytes(message))
        self._channel.hang_up()

    def _read_all(self, on_message: OnMessage, on_gone: OnGone) -> None:
        # What cannot be understood ends the conversation: the two parts are of different versions.
        with suppress(LinkError):
            while (raw := self._channel.receive()) is not None:
                on_message(read_by_client(raw))
        self._waiting.put(None)
        on_gone()
        self._sender.join()
        self._channel.close()
