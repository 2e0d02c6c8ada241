"""Being the one window of a basedir, or calling the one that is there. The command line's thread.

It loads nothing of what verbs need: between a click on the program and its window this is all there is to do.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from dmdx_desktop.config import Paths, default_basedir, endpoint_of
from dmdx_desktop.errors import DmdxError, LibraryError, UsageError
from dmdx_desktop.link.holder import BasedirLock
from dmdx_desktop.models.exit_code import ExitCode

if TYPE_CHECKING:
    from dmdx_desktop.app import Window

WINDOW_ANSWERS_WITHIN_S: Final = 10.0
SCREENS: Final = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""Without any of these Qt has nowhere to draw, and would end the process."""
ASK_AGAIN_S: Final = 0.05


def open_usual_window() -> int | None:
    """Open the window on this user's own basedir; its exit code, or None where it cannot be and that is to be said."""
    try:
        return open_window(Paths(default_basedir()))
    except DmdxError:
        return None
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED


def open_window(paths: Paths, files: Sequence[str] = (), shown: "Callable[[Window], None] | None" = None) -> int:
    """Open the window with ``files`` to add, and return when it was closed; or hand them to the one that is open.

    ``shown`` gets it when it comes onto the screen. Raises ``UsageError`` where there is no screen, and
    ``LibraryError``.
    """
    if sys.platform == "linux" and not any(os.environ.get(name) for name in SCREENS):
        raise UsageError(
            "no_screen",
            "The window cannot be shown.",
            "There is no screen here.",
            "See `dmdx-desktop --help` for what can be done without one.",
        )
    lock = _first_window_or_call(paths, files)
    if lock is None:
        return ExitCode.WELL
    from dmdx_desktop.ui.plain_imports import import_plainly

    import_plainly()
    from dmdx_desktop.app import show_window

    with lock:
        return show_window(paths, files, shown)


def _first_window_or_call(paths: Paths, files: Sequence[str]) -> BasedirLock | None:
    """The right to be the window of this basedir; None once the window that has it was called."""
    deadline = time.monotonic() + WINDOW_ANSWERS_WITHIN_S
    while (lock := BasedirLock.try_acquire(paths.window_lock_file)) is None:
        from dmdx_desktop.link.second_start import call_first_window

        if call_first_window(endpoint_of(paths.basedir).window_address, files):
            return None
        if time.monotonic() >= deadline:
            raise _window_hangs()
        time.sleep(ASK_AGAIN_S)
    return lock


def _window_hangs() -> LibraryError:
    return LibraryError(
        "window_hangs",
        "DMDX Studio is open already.",
        "Its window does not answer.",
        "Wait a moment and try again, or end that program.",
    )
