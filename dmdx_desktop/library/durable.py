"""Files that survive a power cut and belong to this user alone: the few steps everything on disk is made of.

Any thread that may touch files, never an event loop's. On Windows a folder cannot be synchronised and renames are
durable by the file system's journal; modes are left to the access rights the profile folder hands down.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dmdx_desktop.library.connections import PRIVATE_FILE_MODE, PRIVATE_FOLDER_MODE

BINARY: Final = getattr(os, "O_BINARY", 0)
CLOSE_ON_EXEC: Final = getattr(os, "O_CLOEXEC", 0)
NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0)
NO_WAIT: Final = getattr(os, "O_NONBLOCK", 0)


def make_private_folder(folder: Path) -> bool:
    """Make ``folder`` and what leads to it, for this user alone; one that exists is left as it is.

    True when it was made, which is durable only once its parent is synchronised.
    """
    if folder.is_dir():
        return False
    folder.mkdir(mode=PRIVATE_FOLDER_MODE, parents=True, exist_ok=True)
    return True


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable: what was created, renamed or removed there."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | CLOSE_ON_EXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Make the content of ``path`` durable, whoever wrote it."""
    # Windows flushes only handles that may write.
    descriptor = os.open(path, (os.O_RDWR if sys.platform == "win32" else os.O_RDONLY) | BINARY | CLOSE_ON_EXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def new_private_file(path: Path) -> Iterator[int]:
    """A descriptor of the new file ``path``, readable by this user alone. Raises ``FileExistsError``."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | BINARY | CLOSE_ON_EXEC, PRIVATE_FILE_MODE)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def remove_file(path: Path) -> bool:
    """Remove ``path``; False when it was not there."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True
