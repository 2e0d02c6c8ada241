"""pytest plugin: a test marked ``alone`` runs while no other test of this clone does, pytest-xdist's included.

Every test holds a lock shared with the others while it runs; an ``alone`` test holds it for itself. Whoever waits
for it waits in a doorway that only one may stand in, so that a stream of ordinary tests cannot keep the others out.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

if sys.platform != "win32":
    import fcntl


@pytest.hookimpl(wrapper=True, tryfirst=True)  # outside pytest-timeout, whose clock must not run while this waits
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    # Python has no shared file locks on Windows: figures are to be taken without -n there.
    if sys.platform == "win32" or not item.config.pluginmanager.hasplugin("cacheprovider"):
        return (yield)
    with _room(item.config.cache.mkdir("alone"), exclusive=item.get_closest_marker("alone") is not None):
        return (yield)


@contextmanager
def _room(folder: Path, *, exclusive: bool) -> Iterator[None]:
    with (folder / "doorway").open("a") as doorway, (folder / "room").open("a") as room:
        fcntl.flock(doorway, fcntl.LOCK_EX)
        fcntl.flock(room, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
        fcntl.flock(doorway, fcntl.LOCK_UN)
        yield
