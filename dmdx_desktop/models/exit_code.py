"""What the command line ends with. Pure; any process and thread. Imports nothing heavy: the window starts with it."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command line ends with."""

    WELL = 0
    SOME_FAILED = 1
    WRONG_USE = 2
    NEEDS_ACCOUNT = 3
    INTERRUPTED = 130
