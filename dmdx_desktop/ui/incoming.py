"""What paths would add, counted by names and sizes alone: nothing is opened. Any thread of the window's process."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from dmdx_desktop.models.foreign_files import FOREIGN_SUFFIXES

MOST_COUNTED: Final = 20_000


@dataclass(frozen=True, slots=True)
class Incoming:
    """Files in all, the folders they lie in, their bytes, and how many are known not to be pictures."""

    files: int = 0
    folders: int = 0
    size: int = 0
    foreign: int = 0
    foreign_suffixes: tuple[str, ...] = ()
    """The endings of those, in order, each once."""
    there_is_more: bool = False
    """Whether counting stopped at ``MOST_COUNTED``."""

    @property
    def pictures(self) -> int:
        """How many may become pictures of pieces."""
        return self.files - self.foreign


def count_incoming(paths: Sequence[str], wanted: Callable[[], bool]) -> Incoming:
    """Count files and folders of ``paths`` and of what lies in them, for as long as that is ``wanted``.

    Hidden files and links to folders are passed over, as imports do.
    """
    files = folders = size = foreign = 0
    suffixes: set[str] = set()
    waiting = list(paths)
    while waiting and files < MOST_COUNTED and wanted():
        path = waiting.pop()
        if os.path.isdir(path) and not os.path.islink(path):
            folders += 1
            waiting += _inside(path)
            continue
        files += 1
        size += _size(path)
        suffix = PurePath(path).suffix.lower()
        if suffix in FOREIGN_SUFFIXES:
            foreign += 1
            suffixes.add(suffix)
    return Incoming(files, folders, size, foreign, tuple(sorted(suffixes)), bool(waiting))


def _inside(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [entry.path for entry in entries if not entry.name.startswith(".")]
    except OSError:
        return []


def _size(path: str) -> int:
    try:
        return os.stat(path, follow_symlinks=False).st_size
    except OSError:
        return 0
