"""Has a command carried out: by a core in this process, or by the core that already holds the basedir.

The command line's thread. The core and all it needs is only loaded where this process becomes one.
"""

import contextlib
import os
import time
from typing import Final

from dmdx_desktop.config import Endpoint, Paths, endpoint_of
from dmdx_desktop.errors import LibraryError
from dmdx_desktop.link.client import LinkClient, NotBegunError
from dmdx_desktop.link.holder import BasedirLock
from dmdx_desktop.models.commands import Command, CutOut, Examine
from dmdx_desktop.models.outcome import Outcome, Report

# A core that has just taken the lock may need a moment until it listens.
CORE_LISTENS_WITHIN_S: Final = 15.0
# A core whose window crashed ends within a second; the next window may come before that.
PREDECESSOR_ENDS_WITHIN_S: Final = 3.0
ASK_AGAIN_S: Final = 0.05


def carry_out(command: Command, paths: Paths, report: Report) -> Outcome:
    """Carry out ``command`` on the library below ``paths``. Raises ``DmdxError``."""
    if isinstance(command, CutOut):
        from dmdx_desktop.core import cut_out_picture

        return cut_out_picture(command)
    if isinstance(command, Examine) and not command.repair and not _can_be_held(paths):
        return _examine(command, paths)
    deadline = time.monotonic() + CORE_LISTENS_WITHIN_S
    while True:
        holder = _take_or_find(paths, endpoint_of(paths.basedir), deadline)
        if isinstance(holder, BasedirLock):
            with holder:
                return _be_the_core(command, paths, report)
        with contextlib.closing(holder):
            try:
                return holder.execute(command, report)
            except NotBegunError:
                # It was about to end when we came; whoever holds the basedir next may be this very process.
                time.sleep(ASK_AGAIN_S)


def _can_be_held(paths: Paths) -> bool:
    """Whether anyone can be at work on this basedir: nobody has ever been, or nobody can where nothing is written."""
    return paths.lock_file.exists() and os.access(paths.lock_file, os.W_OK)


def check_installation() -> Outcome:
    """Try every part of this installation in a temporary folder."""
    from dmdx_desktop.self_test import check_installation as check

    return check()


def serve_window(paths: Paths) -> int:
    """Be the core of the window that started this process; returns when it is done."""
    from dmdx_desktop.core import refuse_window
    from dmdx_desktop.core import serve_window as serve

    deadline = time.monotonic() + PREDECESSOR_ENDS_WITHIN_S
    while (lock := BasedirLock.try_acquire(paths.lock_file)) is None:
        if time.monotonic() >= deadline:
            refuse_window(error := _held())
            raise error
        _ask_for_room(endpoint_of(paths.basedir))
        time.sleep(ASK_AGAIN_S)
    with lock:
        return serve(paths)


def _ask_for_room(endpoint: Endpoint) -> None:
    """A core that renders on after its window was closed ends when the next window's core comes."""
    client = LinkClient.try_connect(
        endpoint.address, endpoint.family, endpoint.key_file, within_s=ASK_AGAIN_S, role="window"
    )
    if client is not None:
        client.close()


def _be_the_core(command: Command, paths: Paths, report: Report) -> Outcome:
    if isinstance(command, Examine):
        return _examine(command, paths)
    from dmdx_desktop.core import carry_out_here

    return carry_out_here(command, paths, report)


def _take_or_find(paths: Paths, endpoint: Endpoint, deadline: float) -> BasedirLock | LinkClient:
    """The right to be the core of this basedir, or a connection to who has it."""
    while True:
        lock = BasedirLock.try_acquire(paths.lock_file)
        if lock is not None:
            return lock
        if time.monotonic() >= deadline:
            raise _held()
        client = LinkClient.try_connect(endpoint.address, endpoint.family, endpoint.key_file)
        if client is not None:
            return client
        time.sleep(ASK_AGAIN_S)


def _examine(command: Examine, paths: Paths) -> Outcome:
    from dmdx_desktop.core import examine_library

    return examine_library(paths, repair=command.repair)


def _held() -> LibraryError:
    return LibraryError(
        "basedir_held",
        "Another program has this library open.",
        "It does not answer.",
        "Close DMDX Studio and other programs that use this basedir, or choose another one with --basedir.",
    )
