"""How a command ended, and how it says how far it is. Pure values; any process and thread."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from pydantic import JsonValue

from dmdx_desktop.errors import AccountError, DmdxError, UsageError


class ExitCode(IntEnum):
    """What the command line ends with."""

    WELL = 0
    SOME_FAILED = 1
    WRONG_USE = 2
    NEEDS_ACCOUNT = 3
    INTERRUPTED = 130


Document = dict[str, JsonValue]
Report = Callable[[str, int, int | None], None]
"""Called with the phase, how much of it is done, and how much there is (None while that is being counted)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command came to: its exit code, and the document its verb prints with ``--json``."""

    exit_code: ExitCode
    document: Document


def exit_code_of(error: DmdxError) -> ExitCode:
    """The exit code of a command that could not be carried out."""
    if isinstance(error, UsageError):
        return ExitCode.WRONG_USE
    if isinstance(error, AccountError):
        return ExitCode.NEEDS_ACCOUNT
    return ExitCode.SOME_FAILED
