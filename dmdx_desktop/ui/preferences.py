"""How this window is used on this computer: one small file in the basedir, read before the window is shown.

The window's process. Changes are told at once on the GUI thread and written by a thread of their own, the last one
soon after it was made. Nothing in the file is trusted: what is not as it should be counts as never set, field by field.
"""

import json
import os
import threading
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from dmdx_desktop.config import Paths
from dmdx_desktop.ui.remembered import AppearanceChoice as AppearanceChoice
from dmdx_desktop.ui.remembered import Place as Place
from dmdx_desktop.ui.remembered import Preferences as Preferences
from dmdx_desktop.ui.remembered import WhenClosing as WhenClosing
from dmdx_desktop.ui.remembered import believed as believed
from dmdx_desktop.ui.remembered import changed, written

VERSION: Final = 1
FILE: Final = "window.json"
MOST_BYTES: Final = 256_000
GATHER_S: Final = 0.4
ENDS_WITHIN_S: Final = 2.0


def preferences_file(paths: Paths) -> Path:
    """Where the preferences of one basedir are kept."""
    return paths.basedir / FILE


def read_preferences(file: Path) -> Preferences:
    """What the file says, as far as it can be believed; a missing or damaged file says nothing. Reads a small file."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
        values = json.loads(raw) if len(raw) <= MOST_BYTES else None
    except (OSError, ValueError, RecursionError):
        return Preferences()
    return believed(values) if isinstance(values, dict) else Preferences()


class PreferencesFile(QObject):
    """The preferences as they are now. ``changed`` comes when one of them is another."""

    changed = Signal()

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._now = read_preferences(file)
        self._wanted: Preferences | None = None
        self._there = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None

    @property
    def now(self) -> Preferences:
        """What is preferred at present."""
        return self._now

    def change(self, **fields: object) -> None:
        """Prefer something else from now on. Raises ``KeyError`` for a field that does not exist."""
        wanted = changed(self._now, fields)
        if wanted == self._now:
            return
        self._now = wanted
        with self._there:
            self._wanted = wanted
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._write_all, name="preferences", daemon=True)
                self._thread.start()
        self.changed.emit()

    def close(self) -> None:
        """Write what is not written yet. Blocks for a moment; not for the GUI thread."""
        with self._there:
            self._closed = True
            self._there.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(ENDS_WITHIN_S)

    def _write_all(self) -> None:
        while True:
            with self._there:
                # What follows at once, as when a window is being moved, is written together.
                self._there.wait_for(lambda: self._closed, GATHER_S)
                wanted, self._wanted = self._wanted, None
                if wanted is None:
                    self._thread = None
                    return
            _write(self._file, wanted)


def _write(file: Path, preferences: Preferences) -> None:
    """A crash leaves the old file or the new one; where nothing can be written, nothing is remembered."""
    part = file.with_suffix(".part")
    values = {"version": VERSION, **written(preferences)}
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as stream:
            json.dump(values, stream, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True) if file.parent.is_dir() else None
