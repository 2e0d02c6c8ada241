"""The window's own core as a process: how it is started and how it ends. The window's process, any thread."""

import subprocess
import sys
from typing import IO, Final, cast

from dmdx_desktop.config import Paths
from dmdx_desktop.link.channel import PipeChannel

ENDS_WITHIN_S: Final = 2.0


class CoreProcess:
    """A core at work on ``paths``, started now. It ends by itself within a second once our end of its pipes is shut."""

    def __init__(self, paths: Paths) -> None:
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.BELOW_NORMAL_PRIORITY_CLASS | subprocess.CREATE_NO_WINDOW
        self._process = subprocess.Popen(
            core_command(paths), stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, creationflags=flags
        )

    def channel(self) -> PipeChannel:
        """Its pipes as a channel."""
        incoming, outgoing = cast(IO[bytes], self._process.stdout), cast(IO[bytes], self._process.stdin)
        return PipeChannel(incoming, outgoing)

    @property
    def number(self) -> int:
        """The id of the process."""
        return self._process.pid

    def wait_ended(self, seconds: float = ENDS_WITHIN_S) -> int | None:
        """Its exit code once it has ended; None when it has not ended in this time. Blocks; not for the GUI thread."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def kill(self) -> None:
        """End it at once; everything it did is in rows."""
        self._process.kill()


def core_command(paths: Paths) -> list[str]:
    """What starts a core, frozen or from a checkout."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "dmdx_desktop"]
    return [*program, "core", "--basedir", str(paths.basedir)]
