"""Files of an export in folders of the user: named once, never over another file. Core process, files pool; blocks."""

import errno
import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from dmdx_desktop.errors import DmdxError, LibraryError, UsageError
from dmdx_desktop.library import exports
from dmdx_desktop.library.durable import sync_file, sync_folder
from dmdx_desktop.library.steps import Step, StepObserver
from dmdx_desktop.models.naming import collision_key, with_suffix

NO_LINKS_HERE: Final = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV, errno.EACCES}
)


class PictureGoneError(DmdxError):
    """The picture that should be copied is not in the library."""


def check_folder(folder: Path) -> None:
    """Look at ``folder``, or at the nearest one above it that is there; nothing is made yet. Raises ``DmdxError``."""
    place = folder
    while not os.path.lexists(place) and place != place.parent:
        place = place.parent
    if not place.is_dir():
        raise UsageError(
            "folder_is_a_file",
            "The pictures cannot be written there.",
            "There is a file where their folder should be.",
            "Choose another folder with --to.",
        )
    if not os.access(place, os.W_OK | os.X_OK):
        raise DmdxError(
            "folder_not_writable",
            "The pictures cannot be written there.",
            "The folder is read-only, or belongs to somebody else; nothing was done.",
            "Choose another folder with --to.",
        )


def names_in(folder: Path) -> set[str]:
    """The names that are taken in ``folder``; none where it is missing. The first picture will make it."""
    check_folder(folder)
    try:
        return {collision_key(name) for name in os.listdir(folder) if not name.startswith(exports.PART_PREFIX)}
    except FileNotFoundError:
        return set()
    except OSError as error:
        raise folder_error(error) from error


def copy_out(blob: Path, sha256: str, part: Path, name: str, observer: StepObserver) -> str:
    """Copy a picture of the library to the folder of ``part``, under ``name`` or the next free one, which is returned.

    What is there already is left alone, and is not written again where it is the same. Raises ``DmdxError``.
    """
    folder = part.parent
    try:
        make_folder(folder)
        if _digest(folder / name) == sha256:
            return name
        shutil.copyfile(blob, part)
        return _appear(part, name, observer)
    except OSError as error:
        raise folder_error(error) if blob.exists() else picture_gone() from error
    finally:
        remove(part)


def name_part(part: Path, name: str, observer: StepObserver) -> str:
    """:func:`copy_out` for a part file that is written already."""
    try:
        if _digest(part.parent / name) == _digest(part):
            return name
        return _appear(part, name, observer)
    except OSError as error:
        raise folder_error(error) from error
    finally:
        remove(part)


def make_folder(folder: Path) -> None:
    """The folder, made where it is missing. Raises ``DmdxError``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise folder_error(error) from error


def remove(part: Path) -> None:
    """Remove a part file, whether it is there or not."""
    with suppress(OSError):
        part.unlink()


def _appear(part: Path, name: str, observer: StepObserver) -> str:
    sync_file(part)
    chosen, k = name, 2
    observer.step(Step.BEFORE_NAMING)
    while not _give_name(part, part.parent / chosen):
        chosen, k = with_suffix(name, k), k + 1
    observer.step(Step.AFTER_NAMING)
    sync_folder(part.parent)
    return chosen


def _give_name(part: Path, final: Path) -> bool:
    """Let ``part`` appear as ``final``; False when that name is taken. Nothing is ever replaced."""
    try:
        os.link(part, final)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in NO_LINKS_HERE:
            raise
        # A file system without links, such as that of most memory cards: claim the name, then fill it.
        try:
            final.touch(exist_ok=False)
        except FileExistsError:
            return False
        part.replace(final)
    return True


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def picture_gone() -> DmdxError:
    """The blob of a picture is not where it should be."""
    return PictureGoneError(
        "picture_gone",
        "A picture of the library is missing.",
        "Something else removed its file.",
        "Run `dmdx-desktop doctor --repair`, then export again.",
    )


def folder_error(error: OSError) -> DmdxError:
    """Why nothing can be written to a folder."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return LibraryError(
            "disk_full",
            "The disk is full.",
            "There is no room left in the folder the pictures go to; they are safe in the library.",
            "Free some space, then run `dmdx-desktop resume`.",
        )
    return DmdxError(
        "folder_not_writable",
        "The pictures cannot be written there.",
        "The folder is read-only, is a file, or belongs to somebody else; the pictures are safe in the library.",
        "Choose another folder, then run `dmdx-desktop export`.",
    )
