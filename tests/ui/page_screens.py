"""Every page with pieces and images in it, and the dialogs over them, one after the other. For tests of layout."""

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from dmdx_desktop.app import Window
from dmdx_desktop.ui.review.review_bar import Mode
from dmdx_desktop.ui.top_bar import Workspace

IMAGES = 6
LONG_SECONDS = 60.0


def with_sample_images(built: Window) -> None:
    """Have the samples added and their first images made. Raises TimeoutError where the core does not."""
    built.window.studio.welcome.samples_wanted.emit()
    until(lambda: len(built.window.gallery.model.keys) >= IMAGES)


def until(holds: Callable[[], bool]) -> None:
    """Let the window work until something holds."""
    application, begun = QApplication.instance(), time.monotonic()
    assert application is not None
    while not holds():
        if time.monotonic() - begun > LONG_SECONDS:
            raise TimeoutError("the window did not come to that state")
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 200)


def page_screens(built: Window) -> Iterator[tuple[str, QWidget]]:
    """Name and widget of what is in view, of a window that has ``with_sample_images``."""
    window = built.window
    images = window.gallery.model.keys
    window.show_workspace(Workspace.STUDIO)
    pieces = window.studio.pieces.list
    pieces.setCurrentIndex(pieces.model().index(0, 0))
    yield "studio, one piece", window
    pieces.selectAll()
    yield "studio, all pieces", window
    window.show_workspace(Workspace.GALLERY)
    yield "gallery, nothing chosen", window
    window.gallery.grid.selectAll()
    yield "gallery, all chosen", window
    window.attendants.deleting.delete_images(list(images[:2]))
    deletion = _opened(lambda: window.attendants.deleting.dialog)
    yield "deletion", deletion
    deletion.reject()
    window.attendants.exporting.choose(list(images[:3]))
    export = _opened(lambda: window.attendants.exporting.dialog)
    yield "export", export
    export.reject()
    window.review_image(images[0])
    for mode in Mode:
        window.review.choose_mode(mode)
        yield f"review, {mode.value}", window
    window.show_workspace(Workspace.QUEUE)
    yield "queue", window


def _opened(dialog: Callable[[], QDialog | None]) -> QDialog:
    until(lambda: (opened := dialog()) is not None and opened.isVisible())
    opened = dialog()
    assert opened is not None
    return opened
