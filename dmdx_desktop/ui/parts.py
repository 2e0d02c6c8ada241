"""What every page of the window is built from: how it looks, what it reads, whom it asks. The window's process."""

from dataclasses import dataclass

from PySide6.QtGui import QUndoStack

from dmdx_desktop.config import Paths
from dmdx_desktop.ui.bridge import CoreBridge
from dmdx_desktop.ui.keys import Keys
from dmdx_desktop.ui.library_source import LibrarySource
from dmdx_desktop.ui.look import Look
from dmdx_desktop.ui.preferences import PreferencesFile
from dmdx_desktop.ui.previews import Previews


@dataclass(frozen=True, slots=True)
class Parts:
    """Made once, by ``app.py``."""

    look: Look
    paths: Paths
    source: LibrarySource
    bridge: CoreBridge
    previews: Previews
    keys: Keys
    history: QUndoStack
    """What can be undone: ratings, flags, edits, deletions."""
    preferences: PreferencesFile
    """How this window is used: ``preferences.now`` tells, ``preferences.change(tile=200)`` remembers."""
