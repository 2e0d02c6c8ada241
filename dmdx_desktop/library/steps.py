"""The moments at which something becomes durable, and who may be told of them. Any thread of the core that writes.

Between two of these moments a core that is killed leaves nothing new behind, so a test that ends the process at each
of them has seen every state in which a library can be found.
"""

from enum import StrEnum
from typing import Protocol


class Step(StrEnum):
    """One such moment. Each ``before`` is the last instruction before it, each ``after`` the first one behind it."""

    BEFORE_COMMIT = "before_commit"
    AFTER_COMMIT = "after_commit"
    """Rows of the library."""
    BEFORE_ERRAND = "before_errand"
    AFTER_ERRAND = "after_errand"
    """The library's database is written anew, or its log emptied."""
    AFTER_COPY = "after_copy"
    """A part file is complete; nothing names it yet."""
    BEFORE_RENAME = "before_rename"
    AFTER_RENAME = "after_rename"
    """A part file becomes a blob."""
    BEFORE_REMOVE = "before_remove"
    AFTER_REMOVE = "after_remove"
    """A blob goes."""
    BEFORE_PREVIEWS = "before_previews"
    AFTER_PREVIEWS = "after_previews"
    """Previews come or go, or their store is written anew."""
    BEFORE_NAMING = "before_naming"
    AFTER_NAMING = "after_naming"
    """A picture appears under its name in a folder of the user."""


class StepObserver(Protocol):
    """Is told each of these moments; a test can end the process there."""

    def step(self, name: Step) -> None:
        """The moment ``name`` was reached, on the very thread that reached it."""


class NoObserver:
    """The observer of everyday life."""

    def step(self, name: Step) -> None:
        """Nothing to see."""
