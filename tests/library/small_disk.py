"""A disk of a few megabytes that can be filled, or made read-only: a tmpfs, where this user may mount one."""

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Mount a tmpfs of ``size`` at ``folder``; skips the test where that is impossible."""
    if sys.platform != "linux" or shutil.which("mount") is None:
        pytest.skip("needs Linux and the mount command")
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("this user may not mount a tmpfs")
    try:
        yield folder
    finally:
        let_go = subprocess.run(["umount", str(folder)], check=False)
        if let_go.returncode != 0:
            subprocess.run(["umount", "-l", str(folder)], check=True)
            pytest.fail("files were left open on the small disk")


def make_read_only(folder: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Write a file that takes up all that is left."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as stream, contextlib.suppress(OSError):
        while True:
            stream.write(bytes(4096))
    return filler
