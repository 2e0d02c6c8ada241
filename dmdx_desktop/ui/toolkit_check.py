"""Whether the installed Qt can carry the window; a process of its own, because a bad one aborts the interpreter.

PySide6 6.12.0 on Python 3.11 loses a reference of True, False and None with every emitted signal, until after some
thousand the interpreter aborts.
"""

import importlib
import sys
from typing import Final

SIGNALS: Final = 200
# Others may let go of references meanwhile; a bad release loses one or more per signal.
TOLERATED_LOSS: Final = 20


def main() -> int:
    """Print what was found in one line; 0 when the window can be shown, 1 when it cannot."""
    try:
        importlib.import_module("qasync")  # it is not typed, and only whether it is there matters
        from PySide6 import QtCore, QtSvg, QtWidgets
    except ImportError as error:
        sys.stdout.write(f"{error.name or error.msg} cannot be loaded\n")
        return 1
    del QtSvg, QtWidgets
    if _lost_references() > TOLERATED_LOSS:
        sys.stdout.write(f"Qt {QtCore.qVersion()} does not work with this version of Python\n")
        return 1
    sys.stdout.write(f"Qt {QtCore.qVersion()}\n")
    return 0


def _lost_references() -> int:
    """How many references one of the constants of Python has lost over many signals."""
    from PySide6.QtCore import QCoreApplication, QObject, Signal

    class Probe(QObject):
        fired = Signal(object, object)

    application = QCoreApplication([])
    probe, kept = Probe(application), (True, False, None)
    before = [sys.getrefcount(value) for value in kept]
    for _ in range(SIGNALS):
        probe.fired.emit(1, 2)
        probe.setObjectName("probe")
    return max(then - sys.getrefcount(value) for then, value in zip(before, kept, strict=True))
