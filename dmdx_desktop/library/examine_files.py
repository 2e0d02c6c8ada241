"""The doctor's look at the files: is every picture that rows name there and unchanged, and nothing else. Reads only.

A thread that may touch files. Reading every picture takes as long as the disk needs for it.
"""

import hashlib
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from dmdx_desktop.config import Paths
from dmdx_desktop.library.blob_use import is_used, required_hashes, used_hashes
from dmdx_desktop.library.blobs import PREFIX_DIGITS, SHA256_DIGITS, never
from dmdx_desktop.library.connections import Connection, sqlite_files
from dmdx_desktop.library.findings import Damage, Finding, finding

HEXADECIMAL: Final = frozenset("0123456789abcdef")
OTHERS_MODE: Final = 0o077


def examine_blobs(
    paths: Paths, connection: Connection, *, leftovers_are_normal: bool, stop: Callable[[], bool] = never
) -> Iterator[Finding]:
    """Compare the blobs with the rows that name them, and each blob with its own hash.

    ``leftovers_are_normal``: a core is at work or was killed, and files without rows are cleared at the next start.
    """
    used = used_hashes(connection)
    present: set[str] = set()
    for file in _entries(paths.blobs):
        if stop():
            return
        sha256 = file.name
        if not _is_blob_name(file):
            yield finding(Damage.STRAY_FILE, _stray_place(paths, file))
        elif sha256 in used or is_used(connection, sha256):
            # Asked again, here and below: the core may have come by since the rows were read.
            present.add(sha256)
            if not _has_hash(file, sha256) and is_used(connection, sha256):
                yield finding(Damage.DAMAGED_FILE, f"picture {sha256}")
        elif not leftovers_are_normal:
            yield finding(Damage.UNUSED_FILE, f"picture {sha256}")
    for sha256 in sorted(required_hashes(connection) - present):
        if is_used(connection, sha256) and not _blob_is_there(paths, sha256):
            yield finding(Damage.MISSING_FILE, f"picture {sha256}")
    if not leftovers_are_normal and paths.parts.is_dir():
        yield from (finding(Damage.LEFTOVER_PART, f"part {number}") for number, _ in enumerate(paths.parts.iterdir()))


def examine_access(paths: Paths) -> Iterator[Finding]:
    """Whether anybody but this user may read what is private."""
    if sys.platform == "win32":
        return
    private = [*sqlite_files(paths.library_db), *sqlite_files(paths.previews_db), paths.blobs, *_entries(paths.blobs)]
    for path in private:
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            continue
        if not stat.S_ISLNK(mode) and mode & OTHERS_MODE:
            yield finding(Damage.OPEN_TO_OTHERS, path.relative_to(paths.basedir).as_posix())


def _entries(blobs: Path) -> Iterator[Path]:
    """Everything in the folders of the blobs, and what lies beside those folders."""
    if not blobs.is_dir():
        return
    for folder in sorted(blobs.iterdir()):
        if folder.name == ".part":
            continue
        if len(folder.name) == PREFIX_DIGITS and HEXADECIMAL.issuperset(folder.name) and _is_folder(folder):
            yield from sorted(folder.iterdir())
        else:
            yield folder


def _blob_is_there(paths: Paths, sha256: str) -> bool:
    return (paths.blobs / sha256[:PREFIX_DIGITS] / sha256).exists()


def _is_folder(path: Path) -> bool:
    return stat.S_ISDIR(path.lstat().st_mode)


def _is_blob_name(file: Path) -> bool:
    name = file.name
    return (
        len(name) == SHA256_DIGITS
        and HEXADECIMAL.issuperset(name)
        and file.parent.name == name[:PREFIX_DIGITS]
        and not _is_folder(file)
    )


def _stray_place(paths: Paths, file: Path) -> str:
    # The name may be the user's own, and findings are logged: only where it lies is said.
    place = file.parent.relative_to(paths.basedir).as_posix()
    return f"folder {place}, entry {os.lstat(file).st_ino}"


def _has_hash(file: Path, sha256: str) -> bool:
    if file.is_symlink():
        return False
    try:
        with file.open("rb", buffering=0) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    except OSError:
        return False
