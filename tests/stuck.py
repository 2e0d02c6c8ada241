"""pytest plugin: a test that is stuck for good ends its process, with the stacks of all threads, and fails.

pytest-timeout raises an exception once. It is not enough for a test that waits in C, nor for one whose clearing up
waits for ever after that exception. pytest-xdist starts another process in place of the ended one and goes on.
"""

import faulthandler
import os
from collections.abc import Iterator

import pytest

TIMES = 2.0
"""So many times its own limit a test may take with all that it clears up."""

_WORDS = pytest.StashKey[int]()
"""A copy of the standard error of the process, which pytest points elsewhere while tests run."""


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_WORDS] = os.dup(2)


def pytest_unconfigure(config: pytest.Config) -> None:
    os.close(config.stash[_WORDS])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    _watch(item)
    try:
        return (yield)
    finally:
        faulthandler.cancel_dump_traceback_later()


@pytest.hookimpl(wrapper=True)
def pytest_exception_interact(node: pytest.Item | pytest.Collector) -> Iterator[None]:
    # pytest's own watch stops here, before what the failed test has to clear up.
    try:
        return (yield)
    finally:
        if isinstance(node, pytest.Item) and not node.config.getoption("usepdb"):
            _watch(node)


def _watch(item: pytest.Item) -> None:
    marker = item.get_closest_marker("timeout")
    limit = float(marker.args[0] if marker is not None else item.config.getini("timeout"))
    faulthandler.dump_traceback_later(TIMES * limit, exit=True, file=item.config.stash[_WORDS])
