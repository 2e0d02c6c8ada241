"""A verb's end of the link: has the core that holds a basedir carry out a command. Blocks the command line's thread."""

from multiprocessing import AuthenticationError, connection
from pathlib import Path
from typing import Self

from dmdx_desktop.errors import AccountError, DmdxError, UsageError
from dmdx_desktop.link.channel import Channel, SocketChannel
from dmdx_desktop.link.messages import (
    PROTOCOL,
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


class CoreGoneError(DmdxError):
    """The core ended before it answered. The command's rows are kept, so it can be sent again."""


class LinkClient:
    """A connection to a core that is not ours."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._send(Hello(protocol=PROTOCOL, role="verb"))
        self._welcome = self._receive()
        if not isinstance(self._welcome, Welcome) or self._welcome.protocol != PROTOCOL:
            raise LinkError(
                "other_version",
                "Another version of DMDX Studio has this library open.",
                "The two versions cannot work on it together.",
                "Close the other one, then run the command again.",
            )

    @classmethod
    def try_connect(cls, address: str, family: str, key_file: Path) -> Self | None:
        """Connect to the core that listens at ``address``; None where none does (yet)."""
        try:
            return cls(SocketChannel(connection.Client(address, family, authkey=key_file.read_bytes())))
        except (OSError, EOFError, AuthenticationError, CoreGoneError):
            return None

    def execute(self, command: Command, report: Report) -> Outcome:
        """Have ``command`` carried out. Raises the error the core ended it with, or ``CoreGoneError``."""
        self._send(Execute(command=command))
        while True:
            message = self._receive()
            if isinstance(message, Progress):
                report(message.phase, message.done, message.total)
            elif isinstance(message, Finished):
                return Outcome(ExitCode(message.exit_code), message.document)
            elif isinstance(message, Failed):
                raise _error_of(message)

    def close(self) -> None:
        self._channel.close()

    def _send(self, message: ToCore) -> None:
        try:
            self._channel.send(to_bytes(message))
        except OSError as error:
            raise _core_gone() from error

    def _receive(self) -> FromCore:
        raw = self._channel.receive()
        if raw is None:
            raise _core_gone()
        return read_by_client(raw)


def _error_of(message: Failed) -> DmdxError:
    """The error as the core had it, of the kind that ends with the same exit code here."""
    kinds = {ExitCode.WRONG_USE: UsageError, ExitCode.NEEDS_ACCOUNT: AccountError}
    kind = kinds.get(ExitCode(message.exit_code), DmdxError)
    return kind(message.code, message.title, message.detail, message.remedy)


def _core_gone() -> CoreGoneError:
    return CoreGoneError(
        "core_gone",
        "DMDX Studio ended before it answered.",
        "Nothing is lost: what was done is saved.",
        "Run the same command again, or `dmdx-desktop resume`.",
    )
