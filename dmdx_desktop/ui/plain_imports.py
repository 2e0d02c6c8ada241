"""Has modules imported without PySide6 looking into each. Before the window is built, on the thread that builds it.

It puts a function of its own in the place of Python's, for the sake of ``from __feature__ import``, which is not used
here, and reads the source of every module that is imported from then on, to look for its own name in it: a sixth of
what loading the window takes. Fact: ``feature_imported`` in shibokensupport/feature.py, PYSIDE-2029.
"""

import builtins
from typing import Final

from PySide6.QtCore import qVersion

KEPT_AS: Final = "__orig_import__"
"""Where PySide6 keeps what it replaced; a version that replaces nothing has nothing there."""


def import_plainly() -> str:
    """Read no sources of modules that are imported from now on; the version of Qt that is loaded."""
    builtins.__import__ = getattr(builtins, KEPT_AS, builtins.__import__)
    return qVersion()
