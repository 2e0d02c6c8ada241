"""Conditions that only some machines can make: a user without a right, a disk of a few megabytes, a basedir held."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from dmdx_desktop.link.holder import BasedirLock

# Root ignores permissions, and its interpreter may lie where no other user can reach it: so it gives up the right to
# ignore them, and stays who it is.
WITHOUT_PRIVILEGE: Final = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--")


def as_anyone() -> tuple[str, ...]:
    """What to put before a command so that permissions count for it; skips the test where that is impossible."""
    if sys.platform == "win32":
        pytest.skip("permissions work otherwise there")
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("root cannot give its privileges up here")
    tried = subprocess.run([*WITHOUT_PRIVILEGE, "true"], capture_output=True, check=False)
    if tried.returncode:
        pytest.skip("root may not give its privileges up here")
    return WITHOUT_PRIVILEGE


@contextmanager
def without_rights(path: Path, mode: int = 0) -> Iterator[None]:
    """``path`` with the permissions ``mode``; with its own again afterwards."""
    own = path.stat().st_mode
    path.chmod(mode)
    try:
        yield
    finally:
        path.chmod(own)


@contextmanager
def held(basedir: Path) -> Iterator[None]:
    """``basedir`` with a holder that does not answer: this process, which listens to nobody."""
    lock = BasedirLock.try_acquire(basedir / "core.lock")
    assert lock is not None
    with lock:
        yield
