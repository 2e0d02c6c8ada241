"""A verb's end of the link: has the core that holds a basedir carry out a command. Blocks the command line's thread."""

import contextlib
from multiprocessing import connection
from pathlib import Path
from typing import Final, Literal, Self

from dmdx_desktop.errors import AccountError, DmdxError, UsageError
from dmdx_desktop.link.channel import Channel, SocketChannel
from dmdx_desktop.link.handshake import enter
from dmdx_desktop.link.messages import (
    PROTOCOL,
    Begun,
    Execute,
    Failed,
    Finished,
    FromCore,
    Hello,
    LinkError,
    Progress,
    ToCore,
    Welcome,
    read_by_client,
    to_bytes,
)
from dmdx_desktop.models.commands import Command
from dmdx_desktop.models.outcome import ExitCode, Outcome, Report

# A core that is at work answers within milliseconds; one that was stopped or hangs does not answer at all.
ANSWERS_WITHIN_S: Final = 5.0


class CoreGoneError(DmdxError):
    """The core ended before it answered. The command's rows are kept, so it can be sent again."""


class NotBegunError(CoreGoneError):
    """The core ended before it began with the command: whoever holds the basedir next can be asked instead."""


class LinkClient:
    """A connection to a core that is not ours. ``process`` is the id of that core's process."""

    def __init__(self, channel: Channel) -> None:
        """On a ``channel`` on which the hello was sent: wait for the welcome.

        Raises ``LinkError`` for a core of another version, and ``CoreGoneError``.
        """
        self._channel = channel
        welcome = self._receive()
        if not isinstance(welcome, Welcome) or welcome.protocol != PROTOCOL:
            raise _other_version()
        self.process = welcome.process

    @classmethod
    def try_connect(
        cls,
        address: str,
        family: str,
        key_file: Path,
        *,
        within_s: float = ANSWERS_WITHIN_S,
        role: Literal["window", "verb"] = "verb",
    ) -> Self | None:
        """Connect to the core that listens at ``address``; None where none does (yet), or none that answers.

        In the role of a window: a core that renders on after its own window was closed makes room for us.
        Raises ``LinkError`` for a core of another version.
        """
        try:
            key = key_file.read_bytes()
            door = connection.Client(address, family)
        except OSError:
            return None
        channel = SocketChannel(door)
        with contextlib.ExitStack() as unless_connected:
            unless_connected.callback(channel.close)
            if not enter(door, key, within_s):
                return None
            try:
                _send(channel, Hello(protocol=PROTOCOL, role=role))
                if not channel.arrives_within(within_s):
                    return None
                client = cls(channel)
            except CoreGoneError:
                return None
            unless_connected.pop_all()
            return client

    def execute(self, command: Command, report: Report) -> Outcome:
        """Have ``command`` carried out.

        Raises the error the core ended it with, or ``CoreGoneError``: ``NotBegunError`` where nothing was done about
        it yet.
        """
        begun = False
        try:
            _send(self._channel, Execute(command=command))
            while True:
                message = self._receive()
                match message:
                    case Begun():
                        begun = True
                    case Progress():
                        report(message.phase, message.done, message.total)
                    case Finished() if message.command == command.id:
                        return Outcome(message.exit_code, message.document)
                    case Failed() if message.command in (command.id, None):
                        raise _error_of(message)
        except CoreGoneError as error:
            if begun:
                raise
            raise NotBegunError(error.code, error.title, error.detail, error.remedy) from error

    def close(self) -> None:
        """Hang up. A command under way goes on without us."""
        self._channel.close()

    def _receive(self) -> FromCore:
        raw = self._channel.receive()
        if raw is None:
            raise _core_gone()
        return read_by_client(raw)


def _send(channel: Channel, message: ToCore) -> None:
    raw = to_bytes(message)
    try:
        channel.send(raw)
    except OSError as error:
        raise _core_gone() from error


def _error_of(message: Failed) -> DmdxError:
    """The error as the core had it, of the kind that ends with the same exit code here."""
    kinds = {ExitCode.WRONG_USE: UsageError, ExitCode.NEEDS_ACCOUNT: AccountError}
    kind = kinds.get(message.exit_code, DmdxError)
    return kind(message.code, message.title, message.detail, message.remedy)


def _core_gone() -> CoreGoneError:
    return CoreGoneError(
        "core_gone",
        "DMDX Studio ended before it answered.",
        "Nothing is lost: what was done is saved.",
        "Run the same command again, or `dmdx-desktop resume`.",
    )


def _other_version() -> LinkError:
    return LinkError(
        "other_version",
        "Another version of DMDX Studio has this library open.",
        "The two versions cannot work on it together.",
        "Close the other one, then run the command again.",
    )
