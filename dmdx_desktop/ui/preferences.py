"""How this window is used on this computer: one small file in the basedir, read before the window is shown.

The window's process. Changes are told at once on the GUI thread and written by a thread of their own, the last one
soon after it was made. Nothing in the file is trusted: what is not as it should be counts as never set, field by field.
"""

import json
import os
import threading
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from PySide6.QtCore import QObject, Signal

from dmdx_desktop.config import Paths
from dmdx_desktop.models.treatment import LONGEST_CREATOR, LONGEST_RIGHTS
from dmdx_desktop.ui.keys import KeyAction
from dmdx_desktop.ui.tokens import Appearance

VERSION: Final = 1
FILE: Final = "window.json"
MOST_BYTES: Final = 256_000
GATHER_S: Final = 0.4
ENDS_WITHIN_S: Final = 2.0
LARGEST_PIXEL: Final = 100_000
Pixel = Annotated[int, Field(ge=-LARGEST_PIXEL, le=LARGEST_PIXEL, strict=True)]
Length = Annotated[int, Field(ge=1, le=LARGEST_PIXEL, strict=True)]
Part = Annotated[int, Field(ge=0, le=LARGEST_PIXEL, strict=True)]
Name = Annotated[str, Field(max_length=120)]
KeyText = Annotated[str, Field(min_length=1, max_length=40)]


class AppearanceChoice(StrEnum):
    """Dark, light, or as the system is."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"

    @property
    def appearance(self) -> Appearance | None:
        """What the theme is asked for."""
        return None if self is AppearanceChoice.SYSTEM else Appearance(self.value)


class WhenClosing(StrEnum):
    """What becomes of images under way when the window closes."""

    ASK = "ask"
    KEEP_RENDERING = "keep_rendering"
    STOP = "stop"


class Place(BaseModel):
    """Where a window stood on a screen, in logical pixels from the screen's corner, and how large it was."""

    model_config = ConfigDict(frozen=True)

    x: Pixel
    y: Pixel
    width: Length
    height: Length


class Preferences(BaseModel):
    """Everything that is remembered. Unknown fields, of later versions, are left alone by being left out."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    appearance: AppearanceChoice = AppearanceChoice.SYSTEM
    screen: Name = ""
    """The screen the window was last on."""
    places: dict[Name, Place] = Field(default_factory=dict, max_length=16)
    """By screen: a window that comes back to a screen stands where it stood there."""
    maximised: bool = False
    splitters: dict[Name, tuple[Part, ...]] = Field(default_factory=dict, max_length=32)
    workspace: Annotated[int, Field(ge=0, le=3, strict=True)] = 0
    surround: Name = ""
    """Id of the ground pictures are judged on; empty for the theme's own."""
    tile: Annotated[int, Field(ge=0, le=2_000, strict=True)] = 0
    """Width of the gallery's tiles; zero is the usual one."""
    export_folder: Annotated[str, Field(max_length=4_096)] = ""
    export_preset: Name = ""
    export_creator: Annotated[str, Field(max_length=LONGEST_CREATOR)] = ""
    """Whose work exported files say they are."""
    export_rights: Annotated[str, Field(max_length=LONGEST_RIGHTS)] = ""
    """The copyright notice of exported files."""
    own_keys: dict[KeyAction, Annotated[tuple[KeyText, ...], Field(max_length=4)]] = Field(default_factory=dict)
    letters: bool = True
    when_closing: WhenClosing = WhenClosing.ASK


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


def believed(values: Mapping[str, object]) -> Preferences:
    """The fields among ``values`` that are what they should be."""
    good: dict[str, object] = {}
    for name in Preferences.model_fields.keys() & values.keys():
        try:
            good[name] = getattr(Preferences.model_validate({name: values[name]}), name)
        except (ValidationError, RecursionError):
            continue
    return Preferences.model_validate(good)


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
        for name in fields:
            Preferences.model_fields[name]
        changed = Preferences.model_validate({**self._now.model_dump(), **fields})
        if changed == self._now:
            return
        self._now = changed
        with self._there:
            self._wanted = changed
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
    values = {"version": VERSION, **preferences.model_dump(mode="json", exclude_defaults=True)}
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as stream:
            json.dump(values, stream, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True) if file.parent.is_dir() else None
