"""Whether the window opens on this computer and its core answers; a process of its own, which a bad Qt may take down.

The window is the one the user sees, over a library of its own; without a screen it is drawn where nobody looks.
"""

import asyncio
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import qasync
from PySide6.QtWidgets import QApplication

from dmdx_desktop.app import build_window
from dmdx_desktop.config import Paths
from dmdx_desktop.link.messages import Failed, Finished

CORE_ANSWERS_WITHIN_S: Final = 30.0
SCREENS: Final = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main(arguments: Sequence[str]) -> int:
    """Open the window on the basedir that is the only argument, print what was seen in one line, close it again.

    Returns 0 when it was painted and its core answered, else 1.
    """
    if sys.platform == "linux" and not any(os.environ.get(name) for name in SCREENS):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    return int(qasync.run(_check(application, Paths(Path(arguments[0])))))


async def _check(application: QApplication, paths: Paths) -> int:
    began = time.monotonic()
    built = build_window(application, paths)
    heard: asyncio.Future[Finished | Failed | None] = asyncio.get_running_loop().create_future()

    def hear(answer: Finished | Failed | None) -> None:
        if not heard.done():
            heard.set_result(answer)

    built.parts.bridge.answered.connect(hear)
    built.parts.bridge.lost.connect(lambda: hear(None))
    try:
        built.window.show()
        answer = await asyncio.wait_for(heard, CORE_ANSWERS_WITHIN_S)
        took = time.monotonic() - began
        painted = not built.window.grab().toImage().isNull()
    except TimeoutError:
        return _found("its core does not answer")
    finally:
        built.window.hide()
        built.close()
    if answer is None:
        return _found("its core ended by itself")
    if isinstance(answer, Failed):
        return _found(f"its core cannot open a library ({answer.code})")
    if not painted:
        return _found("it cannot be painted")
    sys.stdout.write(f"on {application.platformName()}, its core ready after {took:.1f} s\n")
    return 0


def _found(what: str) -> int:
    sys.stdout.write(f"{what}\n")
    return 1
