"""An X server without a screen, for whatever has to be seen or measured as on one. A developer's process."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from devtools.telling import CannotGoOnError
from devtools.x_connection import XConnection

SCREEN = "1920x1200x24"
TOLD_TO_QT = ("DISPLAY", "QT_QPA_PLATFORM", "QT_SCALE_FACTOR", "WAYLAND_DISPLAY")


def has_x_server() -> bool:
    """Whether one can be started here."""
    return shutil.which("Xvfb") is not None


@contextmanager
def x_server() -> Iterator[None]:
    """An X server of our own while this lasts; Qt is told to use it. Raises ``CannotGoOnError``.

    It ends with its last client, and we are one all the time: so it does not outlive a process that is killed. One that
    is asked to end, ends by an exception meanwhile, so that whatever it started is put away.
    """
    if not has_x_server():
        raise CannotGoOnError("An X server is needed: sudo apt-get install --no-install-recommends xvfb")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp", "-terminate"]
    server = subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    before = {name: os.environ.get(name) for name in TOLD_TO_QT}
    asked_to_end = signal.signal(signal.SIGTERM, _end)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            raise CannotGoOnError("The X server did not start.")
        os.environ.update(DISPLAY=f":{number}", QT_QPA_PLATFORM="xcb", QT_SCALE_FACTOR="1")
        os.environ.pop("WAYLAND_DISPLAY", None)
        with XConnection(f":{number}"):
            yield
    finally:
        signal.signal(signal.SIGTERM, asked_to_end)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        server.terminate()
        server.wait()


def _end(number: int, frame: FrameType | None) -> None:
    del frame
    sys.exit(128 + number)
