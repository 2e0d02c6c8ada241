"""Makes the library that is photographed, or photographs the window on it. A process of its own, GUI thread."""

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final, NoReturn

from PIL import Image
from PySide6.QtCore import QEventLoop, QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QCursor, QDragEnterEvent, QImage
from PySide6.QtWidgets import QApplication

from devtools.environment import ROOT
from dmdx_desktop.app import Window, build_window
from dmdx_desktop.config import Paths, Settings, save_settings
from dmdx_desktop.ui.preferences import AppearanceChoice
from dmdx_desktop.ui.review.review_bar import Mode
from dmdx_desktop.ui.settings.matters import Matter
from dmdx_desktop.ui.tokens import Appearance
from dmdx_desktop.ui.top_bar import Workspace

SIZE: Final = (1440, 900)
SAMPLES: Final = ROOT / "resources" / "samples"
PIECES: Final = 6
DRAFTS: Final = 12
QUALITY: Final = 84
Show = Callable[[Window], None]
PATIENCE_S: Final = 120.0
SETTLED_S: Final = 0.7
MOMENT_MS: Final = 1_790_000_000_000
"""21 September 2026: everything in the pictures happened then."""
TIMES: Final = {
    "command": ("accepted_at",),
    "job": ("created_at", "updated_at"),
    "output": ("created_at",),
    "reference": ("added_at",),
    "render": ("created_at", "updated_at"),
    "run": ("created_at",),
}


def main(arguments: Sequence[str]) -> NoReturn:
    library, step, *rest = arguments
    paths = Paths(Path(library))
    if step == "library":
        _make_library(paths)
    else:
        appearance, folder = rest
        _photograph(paths, Appearance(appearance), _WITH_SAMPLES if step == "samples" else _EMPTY, Path(folder))
    # Everything is written; what Qt and Python let go of at their end, and in which order, concerns nobody any more.
    sys.stdout.flush()
    os._exit(0)


def _make_library(paths: Paths) -> None:
    """What “Open samples” makes, and then all of it at one moment."""
    paths.basedir.mkdir(parents=True)
    # One after the other: the drafts come in the same order on every machine.
    save_settings(paths, Settings(picture_processes=1))
    built = _opened(paths)
    gallery = built.window.gallery
    built.window.studio.welcome.samples_wanted.emit()
    _until(lambda: len(gallery.model.keys) >= DRAFTS, "the drafts of the samples")
    _wait(1.0)
    _closed(built)
    with closing(sqlite3.connect(paths.library_db)) as connection:
        # As they were asked for: which of two is stored first is a matter of moments.
        connection.execute("UPDATE output SET key = key + 1000")
        connection.execute(
            "UPDATE output SET key = (SELECT count(*) FROM output AS other WHERE other.render_key <= output.render_key)"
        )
        for table, columns in TIMES.items():
            # In the order of their keys, a second apart: lists that are sorted by time stay as they are.
            values = ", ".join(f"{column} = {MOMENT_MS} + key * 1000" for column in columns)
            connection.execute(f"UPDATE {table} SET {values}")
        connection.execute("UPDATE output SET rating = 4, flag = 'pick' WHERE key % 5 = 1")
        connection.execute("UPDATE output SET rating = 2 WHERE key % 5 = 3")
        connection.execute("UPDATE output SET flag = 'reject' WHERE key % 12 = 4")
        connection.commit()


def _photograph(paths: Paths, appearance: Appearance, screens: Mapping[str, Show], folder: Path) -> None:
    built = _opened(paths)
    built.parts.preferences.change(appearance=AppearanceChoice(appearance.value))
    if screens is _WITH_SAMPLES:
        _until(lambda: len(built.window.gallery.model.keys) >= DRAFTS, "the images")
        _until(lambda: len(built.window.studio.pieces.model.keys) >= PIECES, "the pieces")
    for name, show in screens.items():
        show(built)
        _wait(SETTLED_S)
        _save(built, folder / f"{name}-{appearance.value}.webp")
    _closed(built)


def _studio(built: Window) -> None:
    built.window.show_workspace(Workspace.STUDIO)
    built.window.studio.pieces.show_piece(built.window.studio.pieces.model.keys[0])


def _gallery(built: Window) -> None:
    built.window.show_workspace(Workspace.GALLERY)
    built.window.gallery.grid.clearSelection()


def _gallery_selected(built: Window) -> None:
    built.window.show_workspace(Workspace.GALLERY)
    built.window.gallery.show_image(built.window.gallery.model.keys[1])


def _review(built: Window) -> None:
    keys = list(built.window.gallery.model.keys)
    built.window.review.show_images(keys, keys[1])
    built.window.show_workspace(Workspace.REVIEW)


def _together(built: Window) -> None:
    built.window.show_workspace(Workspace.STUDIO)
    built.window.studio.pieces.list.selectAll()


def _compare(built: Window) -> None:
    keys = list(built.window.gallery.model.keys)
    built.window.show_workspace(Workspace.REVIEW)
    built.window.review.show_images(keys, keys[0])
    built.window.review.choose_mode(Mode.COMPARE)


def _dragged(built: Window) -> None:
    """Three files on their way in, as they are while they are carried across the window."""
    _studio(built)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in sorted(SAMPLES.glob("*.*"))[:3]])
    none, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    entered = QDragEnterEvent(QPoint(400, 400), Qt.DropAction.CopyAction, data, button, none)
    QApplication.sendEvent(built.window, entered)


def _workspace(workspace: Workspace) -> Callable[[Window], None]:
    return lambda built: built.window.show_workspace(workspace)


_EMPTY: Final[Mapping[str, Show]] = {
    "welcome": _workspace(Workspace.STUDIO),
    "gallery-empty": _workspace(Workspace.GALLERY),
    "review-empty": _workspace(Workspace.REVIEW),
    "queue-empty": _workspace(Workspace.QUEUE),
}
_WITH_SAMPLES: Final[Mapping[str, Show]] = {
    "studio": _studio,
    "gallery": _gallery,
    "gallery-selected": _gallery_selected,
    "review": _review,
    "queue": _workspace(Workspace.QUEUE),
    "studio-together": _together,
    "review-compare": _compare,
    "connections": lambda built: built.window.show_settings(Matter.CONNECTIONS),
    "dragged-over": _dragged,
}
"""Name of each screen, and how it is brought into view."""


def _opened(paths: Paths) -> Window:
    application = QApplication.instance() or QApplication(["dmdx-desktop"])
    assert isinstance(application, QApplication)
    application.setCursorFlashTime(0)
    built = build_window(application, paths)
    built.window.resize(*SIZE)
    built.window.show()
    QCursor.setPos(1910, 1190)
    _until(lambda: built.parts.source.is_open, "the library")
    return built


def _closed(built: Window) -> None:
    built.window.hide()
    built.close()


def _save(built: Window, file: Path) -> None:
    image = built.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    pixels = Image.frombytes(
        "RGB", (image.width(), image.height()), bytes(image.constBits()), "raw", "RGB", image.bytesPerLine()
    )
    pixels.save(file, quality=QUALITY, method=6)


def _until(there: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not there():
        if time.monotonic() > deadline:
            raise SystemExit(f"waited in vain for {what}")
        _wait(0.02)


def _wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main(sys.argv[1:])
