"""What went wrong with one thing, as a value that can be listed, stored and shown. Pure; any process and thread."""

from dataclasses import dataclass

from dmdx_desktop.errors import DmdxError


@dataclass(frozen=True, slots=True)
class Problem:
    """One failure of a batch: a stable ``code``, words for the user, and the thing it befell.

    ``path`` is the file as the user named it; ``job`` the id of the piece, where one exists already.
    """

    code: str
    message: str
    remedy: str
    path: str | None = None
    job: str | None = None

    @classmethod
    def of(cls, error: DmdxError, *, path: str | None = None, job: str | None = None) -> "Problem":
        """The problem that ``error`` is for ``path`` or ``job``."""
        return cls(code=error.code, message=error.message, remedy=error.remedy, path=path, job=job)
