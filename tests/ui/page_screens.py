"""Every page with pieces and images in it, and the dialogs over them, one after the other. For tests of layout."""

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from dmdx_desktop.app import Window
from dmdx_desktop.ui.review.review_bar import Mode
from dmdx_desktop.ui.top_bar import Workspace

IMAGES = 6
LONG_SECONDS = 90.0


def with_sample_images(built: Window) -> None:
    """Have the samples added and their first images made. Raises TimeoutError where the core does not."""
    built.window.studio.welcome.samples_wanted.emit()
    until_images(built)


def until_images(built: Window) -> None:
    """Wait for the images of a library that has some. Raises TimeoutError where they do not come."""
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
    until(lambda: window.studio.canvas.view is not None)
    for step in window.studio.steps.names:
        window.studio.steps.show_step(step)
        yield f"studio, one piece, {step}", window
    window.studio.editing.show_form()
    until(lambda: window.studio.editing.is_form_shown)
    yield "studio, one piece as form", window
    for card in window.studio.editing.form.stones.cards:
        card.show_more(True)
        window.studio.editing.form.show_field(card)
    yield "studio, stones in the form", window
    window.studio.editing.show_chips()
    window.studio.check_step.show_every_text()
    prompts = _opened(lambda: window.studio.check_step.dialog)
    yield "every prompt", prompts
    prompts.reject()
    pieces.selectAll()
    until(lambda: bool(window.studio.piece_step.note))
    for step in window.studio.steps.names:
        window.studio.steps.show_step(step)
        yield f"studio, all pieces, {step}", window
    window.show_workspace(Workspace.GALLERY)
    yield "gallery, nothing chosen", window
    window.gallery.inspector.show()
    window.gallery.show_image(images[0])
    until(lambda: bool(window.gallery.inspector.prompt))
    yield "gallery, one chosen", window
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
