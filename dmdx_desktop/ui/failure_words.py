"""What went wrong, in the words of the window: one sentence of cause, one of what can be done. Pure; GUI thread.

The core's words are for terminals too: commands to type, options and the names of rows have no place here.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, Self

from pydantic import JsonValue

from dmdx_desktop.errors import DmdxError
from dmdx_desktop.link.messages import Failed
from dmdx_desktop.models.foreign_files import FOREIGN_SUFFIXES, Foreign
from dmdx_desktop.ui.wording import tr

UNEXPECTED: Final = "Something went wrong on our side and was written to the log. Your work is saved."
MOST_SUFFIXES: Final = 3
INSTEAD: Final = {
    "not_found": ("It is not here any more: it was deleted.", ""),
    "unexpected": (UNEXPECTED, ""),
    "disk_full": (
        "The disk is full. Nothing is lost: what waits goes on once there is room.",
        "Free some space on the disk that holds the library.",
    ),
    "basedir_held": (
        "Another program has this library open and does not answer.",
        "Close other programs that use it, then try again.",
    ),
    "basedir_read_only": (
        "The library cannot be written to. Its folder is read-only or belongs to somebody else.",
        "Give yourself the right to write there, then try again.",
    ),
}
"""Words of the window's own, by code, where those of the core speak to a terminal."""
ONE: Final = {
    "damaged": "{count} is damaged",
    "empty_file": "{count} is empty",
    "not_a_picture": "{count} is not a picture",
    "too_many_bytes": "{count} is too large",
    "too_many_pixels": "{count} is too large",
    "too_small": "{count} is too small",
    "too_narrow": "{count} is too narrow",
    "unreadable_file": "{count} cannot be read",
    "missing_path": "{count} is not there any more",
    "model": "{count} is a 3D file{suffixes}",
    "": "{count} cannot be used",
}
SEVERAL: Final = {
    "damaged": "{count} are damaged",
    "empty_file": "{count} are empty",
    "not_a_picture": "{count} are not pictures",
    "too_many_bytes": "{count} are too large",
    "too_many_pixels": "{count} are too large",
    "too_small": "{count} are too small",
    "too_narrow": "{count} are too narrow",
    "unreadable_file": "{count} cannot be read",
    "missing_path": "{count} are not there any more",
    "model": "{count} are 3D files{suffixes}",
    "": "{count} cannot be used",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One problem as the core tells it."""

    code: str
    message: str
    remedy: str
    suffix: str
    """The ending of the file's name, in lower case."""
    path: str = ""
    """The file as it was named; empty where it is about none."""

    @classmethod
    def of(cls, value: JsonValue) -> Self | None:
        """The problem in an answer's document, or None for what is none."""
        if not isinstance(value, dict):
            return None
        code, message, remedy, path = (value.get(name) for name in ("code", "message", "remedy", "path"))
        suffix = PurePath(path).suffix.lower() if isinstance(path, str) else ""
        known = path if isinstance(path, str) else ""
        return cls(str(code or ""), str(message or ""), str(remedy or ""), suffix if len(suffix) <= 6 else "", known)

    @property
    def words(self) -> str:
        """What happened, and what can be done about it."""
        message, remedy = INSTEAD.get(self.code, (self.message, self.remedy))
        return f"{tr(message)} {tr(for_window(remedy))}".strip()


def for_window(remedy: str) -> str:
    """A remedy without the parts that only a terminal understands; empty where nothing is left."""
    if "`" in remedy:
        return ""
    if "--" in remedy:
        kept = [part for part in remedy.rstrip(".").split(", ") if "--" not in part]
        return f"{', '.join(kept)}." if kept else ""
    return remedy


def troubles_in(problems: JsonValue) -> list[Trouble]:
    """The problems of an answer."""
    listed = problems if isinstance(problems, list) else []
    return [one for one in map(Trouble.of, listed) if one is not None]


def failed_words(failed: Failed) -> str:
    """Why a command could not be carried out at all."""
    return Trouble(failed.code, f"{failed.title} {failed.detail}".strip(), failed.remedy, "").words


def error_words(error: DmdxError) -> str:
    """The same of an error of the window's own."""
    return Trouble(error.code, error.message, error.remedy, "").words


def skipped_words(troubles: Sequence[Trouble], added: int) -> str:
    """How many files of an import were left out and why, and what became of the others."""
    if len(troubles) == 1 and not added:
        return troubles[0].words
    head = tr("1 file was skipped.") if len(troubles) == 1 else tr("{count} files were skipped.", count=len(troubles))
    kinds = Counter(_kind(one) for one in troubles)
    if len(kinds) == 1 and len(troubles) == 1:
        why = troubles[0].words
    else:
        why = ", ".join(_of_kind(kind, count, troubles) for kind, count in kinds.most_common()) + "."
    rest = tr("The other {count} were added.", count=added) if added > 1 else tr("The other one was added.")
    return " ".join((head, why, *([rest] if added else [])))


def several_words(troubles: Sequence[Trouble]) -> str:
    """Of several images that could not be made or written: how many, and the first reason."""
    if len(troubles) == 1:
        return troubles[0].words
    return tr("{count} images need you. The first: {why}", count=len(troubles), why=troubles[0].words)


def _kind(trouble: Trouble) -> str:
    if FOREIGN_SUFFIXES.get(trouble.suffix) is Foreign.MODEL:
        return "model"
    return trouble.code if trouble.code in SEVERAL else ""


def _of_kind(kind: str, count: int, troubles: Sequence[Trouble]) -> str:
    suffixes = sorted({one.suffix for one in troubles if one.suffix and _kind(one) == kind})[:MOST_SUFFIXES]
    named = f" ({', '.join(suffixes)})" if suffixes else ""
    return tr((ONE if count == 1 else SEVERAL)[kind], count=count, suffixes=named)
