"""How a command ended, and how it says how far it is. Pure values; any process and thread."""

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import JsonValue

from dmdx_desktop.errors import AccountError, DmdxError, UsageError
from dmdx_desktop.models.exit_code import ExitCode as ExitCode

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
