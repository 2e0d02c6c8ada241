"""Has a command carried out: by a core in this process, or by the core that already holds the basedir.

The command line's thread. The core and all it needs is only loaded where this process becomes one.
"""

import time
from typing import Final

from dmdx_desktop.config import Endpoint, Paths, endpoint_of
from dmdx_desktop.errors import LibraryError
from dmdx_desktop.link.client import LinkClient
from dmdx_desktop.link.holder import BasedirLock
from dmdx_desktop.models.commands import Command, CutOut, Examine
from dmdx_desktop.models.outcome import Outcome, Report

# A core that has just taken the lock may need a moment until it listens.
CORE_LISTENS_WITHIN_S: Final = 15.0
ASK_AGAIN_S: Final = 0.05


def carry_out(command: Command, paths: Paths, report: Report) -> Outcome:
    """Carry out ``command`` on the library below ``paths``. Raises ``DmdxError``."""
    if isinstance(command, CutOut):
        from dmdx_desktop.core import cut_out_picture

        return cut_out_picture(command)
    if isinstance(command, Examine) and not command.repair and not paths.lock_file.exists():
        return _examine(command, paths)
    holder = _take_or_find(paths, endpoint_of(paths.basedir))
    if isinstance(holder, LinkClient):
        try:
            return holder.execute(command, report)
        finally:
            holder.close()
    with holder:
        if isinstance(command, Examine):
            return _examine(command, paths)
        from dmdx_desktop.core import carry_out_here

        return carry_out_here(command, paths, report)


def check_installation() -> Outcome:
    """Try every part of this installation in a temporary folder."""
    from dmdx_desktop.self_test import check_installation as check

    return check()


def serve_window(paths: Paths) -> int:
    """Be the core of the window that started this process; returns when it is done."""
    from dmdx_desktop.core import serve_window as serve

    lock = BasedirLock.try_acquire(paths.lock_file)
    if lock is None:
        raise _held()
    with lock:
        return serve(paths)


def _take_or_find(paths: Paths, endpoint: Endpoint) -> BasedirLock | LinkClient:
    """The right to be the core of this basedir, or a connection to who has it."""
    deadline = time.monotonic() + CORE_LISTENS_WITHIN_S
    while time.monotonic() < deadline:
        lock = BasedirLock.try_acquire(paths.lock_file)
        if lock is not None:
            return lock
        client = LinkClient.try_connect(endpoint.address, endpoint.family, endpoint.key_file)
        if client is not None:
            return client
        time.sleep(ASK_AGAIN_S)
    raise _held()


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
