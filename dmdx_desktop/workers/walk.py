"""Finds the pictures among the files and folders a user named: lazily, in a fixed order, within bounds.

Core process, files pool. No link is followed, no device opened, and nothing is read but the first bytes of files whose
names do not tell what they are.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dmdx_desktop.errors import DmdxError, PictureError
from dmdx_desktop.imaging.formats import HEAD_BYTES, sniff
from dmdx_desktop.models.choices import GroupMode
from dmdx_desktop.models.filenames import group_and_view
from dmdx_desktop.models.ids import CommandId
from dmdx_desktop.models.path_text import is_text, name_not_text, printable_path
from dmdx_desktop.models.problem import Problem
from dmdx_desktop.models.vocabulary import View

MAX_FILES: Final = 100_000
MAX_DEPTH: Final = 16
# Files with these endings say that they are designs or pictures: where they cannot be used, the user is told so.
CLAIMING: Final = frozenset({
    ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".heic", ".heif", ".avif",
    ".jxl", ".jp2", ".psd", ".ai", ".eps", ".pdf", ".svg", ".raw", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".3dm",
    ".stl", ".obj", ".step", ".stp", ".iges", ".igs", ".3ds", ".fbx", ".gltf", ".glb", ".ply", ".blend", ".jcd",
    ".matrix",
})  # fmt: skip
LEFT_ALONE: Final = frozenset({"__MACOSX", "@eaDir", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read. ``group_key`` is None where the content of the file decides (one piece a file)."""

    path: str
    group_key: str | None
    title: str
    view: View | None


class Walk:
    """One walk over ``paths``; iterate it once. ``ignored`` counts files in folders that are no pictures at all."""

    def __init__(self, paths: tuple[str, ...], group: GroupMode, command: CommandId) -> None:
        self._paths = paths
        self._group = group
        self._command = command
        self._all_title = _title_of_all(paths)
        self._count = 0
        self.ignored = 0

    def __iter__(self) -> Iterator[Found | Problem]:
        for path in self._paths:
            yield from self._from_root(path)
            if self._count >= MAX_FILES:
                yield Problem.of(_too_many(), path=path)
                return

    def _from_root(self, path: str) -> Iterator[Found | Problem]:
        if (refusal := _name_error(path)) is not None:
            yield Problem.of(refusal, path=printable_path(path))
            return
        try:
            # The user named this path, so a link is followed here, once; never below it.
            root = os.path.realpath(path, strict=True)
            mode = os.stat(root).st_mode
        except OSError as error:
            yield Problem.of(path_error(error), path=path)
            return
        if not stat.S_ISDIR(mode):
            yield from self._file(root, mode)
            return
        before, problems = self._count, 0
        for item in self._folder(root, depth=0):
            problems += isinstance(item, Problem)
            yield item
        if self._count == before and not problems:
            yield Problem.of(_no_pictures(), path=path)

    def _file(self, path: str, mode: int) -> Iterator[Found | Problem]:
        if stat.S_ISREG(mode):
            yield self._found(path)
        else:
            yield Problem.of(not_a_file(), path=path)

    def _folder(self, folder: str, depth: int) -> Iterator[Found | Problem]:
        try:
            with os.scandir(folder) as entries:
                ordered = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Problem.of(path_error(error), path=folder)
            return
        for entry in ordered:
            if self._count >= MAX_FILES:
                return
            yield from self._entry(entry, depth)

    def _entry(self, entry: "os.DirEntry[str]", depth: int) -> Iterator[Found | Problem]:
        if entry.name.startswith(".") or entry.name in LEFT_ALONE or entry.is_symlink():
            self.ignored += 1
        elif entry.is_dir(follow_symlinks=False):
            if depth + 1 < MAX_DEPTH:
                yield from self._folder(entry.path, depth + 1)
            else:
                yield Problem.of(_too_deep(), path=printable_path(entry.path))
        elif not entry.is_file(follow_symlinks=False):
            self.ignored += 1
        elif (refusal := _name_error(entry.path)) is not None:
            yield Problem.of(refusal, path=printable_path(entry.path))
        elif Path(entry.name).suffix.lower() in CLAIMING or _looks_like_a_picture(entry.path):
            yield self._found(entry.path)
        else:
            self.ignored += 1

    def _found(self, path: str) -> Found:
        self._count += 1
        folder, name = os.path.split(path)
        stem = os.path.splitext(name)[0]
        group_stem, view = group_and_view(stem)
        if self._group is GroupMode.FOLDER:
            return Found(path, f"folder:{folder}", os.path.basename(folder) or stem, view)
        if self._group is GroupMode.NAME:
            return Found(path, f"name:{folder}{os.sep}{group_stem.casefold()}", group_stem, view)
        if self._group is GroupMode.ALL:
            return Found(path, f"all:{self._command}", self._all_title, view)
        return Found(path, None, stem, view)


def path_error(error: OSError) -> DmdxError:
    """The words for a path that could not be read. The path itself is not among them."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return PictureError(
            "missing_path",
            "There is nothing at this path.",
            "It may have been moved, renamed or deleted.",
            "Check the path, and add it again.",
        )
    return PictureError(
        "unreadable_file",
        "This file or folder cannot be read.",
        "You may not have the right to open it, or the disk it lies on is gone.",
        "Give yourself the right to read it, or copy it somewhere else and add the copy.",
    )


def not_a_file() -> PictureError:
    """The words for a device, a pipe or a socket."""
    return PictureError(
        "not_a_file",
        "This is not a file.",
        "It is a device or a connection, which cannot hold a picture.",
        "Add a picture file or a folder of pictures.",
    )


def _name_error(path: str) -> DmdxError | None:
    if os.name == "nt" and path.startswith(("\\\\", "//")):
        return PictureError(
            "network_path",
            "This path leads to another computer.",
            "Opening it would send your sign-in name there.",
            "Copy the files to this computer, and add the copies.",
        )
    return None if is_text(path) else name_not_text()


def _looks_like_a_picture(path: str) -> bool:
    try:
        with open(path, "rb") as stream:
            return sniff(stream.read(HEAD_BYTES)) is not None
    except OSError:
        return False


def _title_of_all(paths: tuple[str, ...]) -> str:
    first = os.path.basename(os.path.normpath(paths[0])) if paths else ""
    return os.path.splitext(first)[0] or "Piece"


def _no_pictures() -> PictureError:
    return PictureError(
        "no_pictures",
        "There are no pictures in this folder.",
        "DMDX reads JPEG, PNG, WebP, TIFF, BMP, GIF and HEIC.",
        "Choose the folder that holds the pictures.",
    )


def _too_many() -> PictureError:
    return PictureError(
        "too_many_files",
        "These are too many files for one import.",
        f"The first {MAX_FILES:,} were taken.",
        "Add the rest in parts, folder by folder.",
    )


def _too_deep() -> PictureError:
    return PictureError(
        "too_deep",
        "This folder lies too deep.",
        f"Folders are read {MAX_DEPTH} levels down.",
        "Add this folder itself.",
    )
