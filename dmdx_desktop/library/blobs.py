"""The blob store: every picture of the library once, under the SHA-256 of its bytes. Threads that may touch files.

A file comes in three steps, so that its header can be checked before it becomes part of the library: ``stage`` copies
it to a part file, ``commit`` makes that durable under its hash, ``discard`` drops it. The file is durable before its
row is written; a part file nobody is working on is swept away at the next start.
"""

import contextlib
import hashlib
import io
import os
import stat
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dmdx_desktop.config import Paths
from dmdx_desktop.errors import PictureError
from dmdx_desktop.library.clone import clone_content
from dmdx_desktop.library.connections import PRIVATE_FILE_MODE
from dmdx_desktop.library.durable import (
    BINARY,
    CLOSE_ON_EXEC,
    NO_FOLLOW,
    NO_WAIT,
    make_private_folder,
    new_private_file,
    remove_file,
    sync_file,
    sync_folder,
)
from dmdx_desktop.library.sqlite_errors import library_errors
from dmdx_desktop.library.steps import NoObserver, Step, StepObserver
from dmdx_desktop.models.ids import new_id

CHUNK_BYTES: Final = 1 << 18
MAX_FILE_BYTES: Final = 200_000_000
SHA256_DIGITS: Final = 64
PREFIX_DIGITS: Final = 2
UNREADABLE_TITLE: Final = "The file could not be read."


class Stopped(Exception):  # noqa: N818 - not an error: the caller asked for it
    """The caller's stop flag was set while a file was read."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A private copy that is not part of the library yet. ``is_durable``: its content is, whatever its name becomes."""

    path: Path
    sha256: str
    bytes: int
    is_durable: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """A file of the library; ``is_new`` is false when the same bytes were there already."""

    sha256: str
    bytes: int
    is_new: bool


def never() -> bool:
    """The stop flag of a caller that does not stop."""
    return False


def holds_blobs(paths: Paths) -> bool:
    """Whether any file lies where blobs do, apart from unfinished ones; says nothing about rows."""
    if not paths.blobs.is_dir():
        return False
    return any(not entry.is_dir() or any(entry.iterdir()) for entry in paths.blobs.iterdir() if entry != paths.parts)


class BlobStore:
    """The blobs below one basedir. Methods may be called from several threads at once."""

    def __init__(self, paths: Paths, observer: StepObserver | None = None) -> None:
        self._root = paths.blobs
        self._parts = paths.parts
        self._observer = observer or NoObserver()
        self._lock = threading.Lock()
        self._active: set[str] = set()
        self._protected: dict[str, frozenset[str]] = {}
        self._cut_short = False
        with library_errors():
            made = make_private_folder(self._root)
            if make_private_folder(self._parts) or made:
                sync_folder(self._root)
                sync_folder(self._root.parent)

    def begin(self) -> Path:
        """A part file's path for another process to write to; end it with :meth:`adopt` or :meth:`abandon`."""
        name = new_id()
        with self._lock:
            self._active.add(name)
        return self._parts / name

    def abandon(self, part: Path) -> None:
        """Drop a part file, whether or not anything was written to it."""
        with library_errors():
            remove_file(part)
        self._forget(part)

    def stage(self, source: Path, *, limit_bytes: int = MAX_FILE_BYTES, stop: Callable[[], bool] = never) -> Staged:
        """Copy ``source``, a file from outside, to a part file, and hash it on the way; its content is durable then.

        Waiting for the disk here and not in :meth:`commit_all` lets several threads wait at once, for one flush.
        Links, devices and pipes are not followed or read. Copies share the source's blocks where the file system can.
        Raises ``PictureError`` (missing_file, unreadable_file, empty_file, too_many_bytes) for the source,
        ``LibraryError`` for the library's disk, and ``Stopped``.
        """
        part = self.begin()
        try:
            with _opened(source, limit_bytes) as (descriptor, size), library_errors(), new_private_file(part) as target:
                sha256, copied = _copy(descriptor, target, size, limit_bytes, stop)
                os.fsync(target)
                self._observer.step(Step.AFTER_COPY)
        except BaseException:
            self.abandon(part)
            raise
        return Staged(part, sha256, copied, is_durable=True)

    def discard(self, staged: Staged) -> None:
        """Drop a staged copy."""
        self.abandon(staged.path)

    def commit(self, staged: Staged) -> Added:
        """Make a staged copy part of the library; durable when this returns."""
        return self.commit_all([staged])[0]

    def commit_all(self, several: Sequence[Staged]) -> list[Added]:
        """:meth:`commit` for several copies at once, which costs fewer waits for the disk."""
        with library_errors():
            for staged in several:
                if not staged.is_durable:
                    sync_file(staged.path)
            made = [make_private_folder(self.path_of(staged.sha256).parent) for staged in several]
            added = [self._move_into_place(staged) for staged in several]
            # Also for bytes that were there: whoever brought them may not have come as far as this yet.
            for folder in {self.path_of(staged.sha256).parent for staged in several}:
                sync_folder(folder)
            if any(made):
                sync_folder(self._root)
        for staged in several:
            self._forget(staged.path)
        return added

    def add_file(self, source: Path, *, limit_bytes: int = MAX_FILE_BYTES, stop: Callable[[], bool] = never) -> Added:
        """:meth:`stage` and :meth:`commit` in one go."""
        return self.commit(self.stage(source, limit_bytes=limit_bytes, stop=stop))

    def measure(self, part: Path) -> Staged:
        """The staged copy that another process wrote to a part file of :meth:`begin`."""
        with library_errors():
            sha256, size = _hash_of(part)
        return Staged(part, sha256, size)

    def adopt(self, part: Path) -> Added:
        """Make a part file that another process wrote part of the library."""
        return self.commit(self.measure(part))

    @contextlib.contextmanager
    def protected(self, sha256s: Collection[str]) -> Iterator[None]:
        """Keep a deletion from removing these blobs: their rows are about to be written.

        Held from before ``commit`` until the row is committed. A deletion waits for it. Left by an exception it may
        leave blobs without rows behind (``was_cut_short``).
        """
        token = new_id()
        with self._lock:
            self._protected[token] = frozenset(sha256s)
        try:
            yield
        except BaseException:
            self._cut_short = True
            raise
        finally:
            with self._lock:
                del self._protected[token]

    @property
    def was_cut_short(self) -> bool:
        """Whether blobs may have been committed whose rows were then not written, as when a core is told to end."""
        return self._cut_short

    def is_protected(self, sha256: str) -> bool:
        """Whether a row for this blob is about to be written."""
        with self._lock:
            return self._is_held(sha256)

    def path_of(self, sha256: str) -> Path:
        """Where the blob with this hash is, or would be."""
        if len(sha256) != SHA256_DIGITS or not sha256.isalnum():
            raise ValueError("not a SHA-256 in hexadecimal")
        return self._root / sha256[:PREFIX_DIGITS] / sha256

    def exists(self, sha256: str) -> bool:
        """Whether the blob with this hash is there."""
        return self.path_of(sha256).is_file()

    def remove(self, sha256s: Collection[str]) -> int:
        """Remove blobs, durably; returns how many were there. On the writer thread, once no row uses them.

        One that is ``protected`` stays.
        """
        with library_errors():
            self._observer.step(Step.BEFORE_REMOVE)
            # Under the lock: whoever protects one after this finds it gone, and brings it again.
            with self._lock:
                free = [sha256 for sha256 in sha256s if not self._is_held(sha256)]
                removed = [path for path in map(self.path_of, free) if remove_file(path)]
            self._observer.step(Step.AFTER_REMOVE)
            for folder in {path.parent for path in removed}:
                sync_folder(folder)
        return len(removed)

    def hashes(self) -> Iterator[str]:
        """The hash of every blob there is, in no particular order."""
        for folder in self._root.iterdir():
            if len(folder.name) == PREFIX_DIGITS and folder.is_dir():
                yield from (file.name for file in folder.iterdir() if len(file.name) == SHA256_DIGITS)

    def in_flight(self) -> frozenset[str]:
        """A name for each part file being written and each protection held in this process, as of now."""
        with self._lock:
            return frozenset(self._active).union(self._protected)

    def sweep_parts(self) -> int:
        """Remove every part file nobody is working on; returns how many."""
        with library_errors():
            # Listed first: a part begun while the folder is read is active by then.
            present = [Path(entry) for entry in os.scandir(self._parts)]
            active = self.in_flight()
            return sum(remove_file(part) for part in present if part.name not in active)

    def _move_into_place(self, staged: Staged) -> Added:
        final = self.path_of(staged.sha256)
        try:
            is_new = final.stat().st_size != staged.bytes
        except FileNotFoundError:
            is_new = True
        if is_new:
            if not staged.is_durable:
                # Another process wrote it, perhaps under modes of its own.
                os.chmod(staged.path, PRIVATE_FILE_MODE)
            self._observer.step(Step.BEFORE_RENAME)
            os.replace(staged.path, final)
            self._observer.step(Step.AFTER_RENAME)
        else:
            remove_file(staged.path)
        return Added(staged.sha256, staged.bytes, is_new)

    def _is_held(self, sha256: str) -> bool:
        return any(sha256 in held for held in self._protected.values())

    def _forget(self, part: Path) -> None:
        with self._lock:
            self._active.discard(part.name)


@contextlib.contextmanager
def _opened(source: Path, limit_bytes: int) -> Iterator[tuple[int, int]]:
    """A descriptor of ``source`` and its size, once it is known to be a plain file of a size we take."""
    if not NO_FOLLOW and source.is_symlink():
        raise _unreadable("It is a link.")
    try:
        descriptor = os.open(source, os.O_RDONLY | BINARY | CLOSE_ON_EXEC | NO_FOLLOW | NO_WAIT)
    except FileNotFoundError as error:
        raise _missing() from error
    except OSError as error:
        raise _unreadable("It is a link, or you may not read it.") from error
    try:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise _unreadable("It is not an ordinary file.")
        if facts.st_size == 0:
            raise _empty()
        if facts.st_size > limit_bytes:
            raise _too_many_bytes(limit_bytes)
        yield descriptor, facts.st_size
    finally:
        os.close(descriptor)


def _copy(source: int, target: int, size: int, limit_bytes: int, stop: Callable[[], bool]) -> tuple[str, int]:
    """Copy what ``source`` holds to ``target``; returns the hash and the length of what was written."""
    cloned = clone_content(source, target)
    digest = hashlib.sha256()
    buffer = memoryview(bytearray(min(CHUNK_BYTES, size)))
    total = 0
    reading = io.FileIO(target if cloned else source, closefd=False)
    while count := _read_into(reading, buffer, outside=not cloned):
        if stop():
            raise Stopped
        total += count
        if total > limit_bytes:
            raise _too_many_bytes(limit_bytes)
        digest.update(buffer[:count])
        if not cloned:
            _write_all(target, buffer[:count])
    if total == 0:
        raise _empty()
    return digest.hexdigest(), total


def _read_into(reading: io.FileIO, buffer: memoryview, *, outside: bool) -> int:
    try:
        return reading.readinto(buffer) or 0
    except OSError as error:
        if outside:
            raise _unreadable("The disk or the network drive it is on reported an error.") from error
        raise


def _write_all(descriptor: int, content: memoryview) -> None:
    while content:
        content = content[os.write(descriptor, content) :]


def _hash_of(path: Path) -> tuple[str, int]:
    with path.open("rb", buffering=0) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest(), os.fstat(stream.fileno()).st_size


def _missing() -> PictureError:
    return PictureError(
        "missing_file", UNREADABLE_TITLE, "There is no file of that name.", "Check the name and the folder."
    )


def _unreadable(cause: str) -> PictureError:
    return PictureError("unreadable_file", UNREADABLE_TITLE, cause, "Copy the picture itself to another folder.")


def _empty() -> PictureError:
    return PictureError("empty_file", "The file is empty.", "It holds no picture.", "Export or download it again.")


def _too_many_bytes(limit_bytes: int) -> PictureError:
    return PictureError(
        "too_many_bytes",
        "The file is too large.",
        f"It has more than {limit_bytes // 1_000_000} MB.",
        "Export a smaller picture of the piece.",
    )
