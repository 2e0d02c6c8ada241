"""Files that are there whole or not at all. Any process and thread that may write files."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from dmdx_desktop.errors import LibraryError


@contextmanager
def whole_file(target: Path) -> Iterator[IO[bytes]]:
    """``target`` open for writing, replaced if it exists; removed again when anything goes wrong meanwhile.

    Whoever needs the bytes to survive a power cut flushes them to the disk afterwards. Raises LibraryError disk_full
    or unwritable.
    """
    try:
        with open(target, "wb") as stream:
            yield stream
    except OSError as failure:
        _remove(target)
        raise _unwritable(failure) from failure
    except BaseException:
        _remove(target)
        raise


def _remove(target: Path) -> None:
    with suppress(OSError):  # a read-only disk refuses this too, and what is to be told is the first failure
        target.unlink()


def _unwritable(failure: OSError) -> LibraryError:
    if failure.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return LibraryError(
            "disk_full",
            "The disk is full.",
            "There is no room for another picture.",
            "Free some space on that disk, then go on with the work.",
        )
    return LibraryError(
        "unwritable",
        "The picture cannot be written.",
        "The folder does not accept a new file.",
        "Check that the folder is there and that you may write to it, then try again.",
    )
