"""Errors a user can act on: title, detail and remedy, converted once where the outside world is touched.

Pure values; runs in every process and thread. No text here may hold a file name, a key, a URL or a prompt:
the path of an affected file travels beside the error, in a ``Problem``, never inside its words.
"""

from enum import StrEnum


class Retry(StrEnum):
    """Whether the same work may succeed later without anyone changing anything."""

    NEVER = "never"
    LATER = "later"
    AFTER_USER = "after_user"


class DmdxError(Exception):
    """A failure with words for the person at the screen.

    ``code`` is stable and machine readable, ``title`` names the failure, ``detail`` says the cause in one sentence
    and ``remedy`` what to do about it.
    """

    retry: Retry = Retry.NEVER

    def __init__(self, code: str, title: str, detail: str, remedy: str, *, retry: Retry | None = None) -> None:
        super().__init__(f"{title} {detail}")
        self.code = code
        self.title = title
        self.detail = detail
        self.remedy = remedy
        if retry is not None:
            self.retry = retry

    @property
    def message(self) -> str:
        """Title and detail as running text, without the remedy."""
        return f"{self.title} {self.detail}".strip()


class UsageError(DmdxError):
    """The command or its arguments cannot be carried out as given. Exit code 2 on the command line."""


class AccountError(DmdxError):
    """Sign-in or credits are needed. Exit code 3 on the command line."""

    retry = Retry.AFTER_USER


class PictureError(DmdxError):
    """One picture cannot be used: not a picture, out of bounds, damaged, or it took its process down."""


class StandstillError(DmdxError):
    """Nothing can be worked on until something about this computer changes; no picture is to blame.

    Whatever waits stays as it is, and can be resumed.
    """

    retry = Retry.AFTER_USER


class LibraryError(StandstillError):
    """The library on disk cannot be read or written: full, locked, damaged, read-only or newer than the program."""
